// The service worker: keeps one whole release of the app, and the catalogue, on the device.
//
// What lives here: which request is answered from which cache. What does not: personal data (the app keeps
// it in IndexedDB, and wipes it at sign-out), and the decision to move to a new release (the citizen's).
//
// Two kinds of cache:
//   durvis-<release>   the app: documents, wasm, scripts, styles, fonts, texts. Filled whole at install, never
//                      changed afterwards, deleted when the next release has taken over. HTML and code in it
//                      always belong together.
//   durvis-catalogue   what outlives a release: catalogue files, the newest manifest that names them, and the
//                      language last used.
//
// A cache may fail at any time (private mode, a full disk). Then the network answers, as if we were not here:
// every look into a cache goes through `attempt`. Only the install may fail loudly: without all of its files
// a release is not offered.

const RELEASE = "__RELEASE__";
const FILES = ["__FILES__"];

const APP = `durvis-${RELEASE}`;
const KEPT = "durvis-catalogue";

const LANGUAGE_KEY = "/language";
const DEFAULT_LANGUAGE = "lv";
const MANIFEST = "/api/v1/catalogue";
const SHELLS = ["home", "page"];
const MANIFEST_MAX_MS = 4_000;
const INSTALL_MAX_MS = 120_000;

// The name holds a hash of the content: same name, same bytes.
const HASHED = /^\/assets\/.*[.-][0-9a-f]{8,}\./;
const LOCALISED = /^\/([a-z]{2})(?:\/(.*))?$/;
const CATALOGUE_FILE = /^(\/catalogue\/[a-z]+\.[a-z]+\.)[^/]+$/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("message", (event) => {
  // A new release waits until the citizen says so: forms that are open belong to the old one.
  if (event.data?.type === "take-over") event.waitUntil(self.skipWaiting());
  if (event.data?.type === "release") event.ports[0]?.postMessage(RELEASE);
});

// Every route on one screen. What gets no answer here goes to the network untouched: above all the rest of
// /api, which is personal and never enters a cache, /sign-in/*, which leads to a provider and back, and /sw.js itself.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;

  if (request.mode === "navigate") {
    const localised = LOCALISED.exec(pathname);
    if (localised) event.respondWith(shell(event, localised[1], localised[2] ? "page" : "home"));
    else if (pathname === "/") event.respondWith(frontDoor(request));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(asset(request, pathname));
  } else if (CATALOGUE_FILE.test(pathname)) {
    event.respondWith(catalogueFile(event, pathname));
  } else if (pathname === MANIFEST) {
    event.respondWith(catalogueManifest(event));
  }
});

/** All files of the release, or none. */
async function install() {
  const paths = await files();
  const cache = await caches.open(APP);
  const stores = await Promise.allSettled(paths.map((path) => store(cache, path)));
  const failed = stores.find(({ status }) => status === "rejected");
  if (!failed) return;
  await attempt(() => caches.delete(APP));
  throw failed.reason;
}

/** The build names the documents of the interface's languages; the portal may have others, and says which. */
async function files() {
  const languages = await portalLanguages(await fetch(MANIFEST, { signal: AbortSignal.timeout(INSTALL_MAX_MS) }));
  if (!languages.length) return FILES;
  const shells = languages.flatMap((language) => SHELLS.map((name) => `/shell/${language}/${name}`));
  return [...FILES.filter((path) => !path.startsWith("/shell/")), ...shells];
}

/** The languages that a manifest of the catalogue names; none without a catalogue. */
async function portalLanguages(manifest) {
  if (manifest?.status !== 200) return [];
  const read = await attempt(() => manifest.json());
  return read?.files?.map(({ lang }) => lang) ?? [];
}

async function store(cache, path) {
  // A release changes a few files only: the others are copied from the one before.
  const hashed = HASHED.test(path);
  const known = hashed && (await attempt(() => caches.match(path, { ignoreVary: true })));
  if (known) return cache.put(path, known);

  const signal = AbortSignal.timeout(INSTALL_MAX_MS);
  const response = await fetch(path, { cache: hashed ? "default" : "no-cache", signal });
  // A redirected answer cannot serve a navigation later, and is none of ours anyway.
  if (response.status !== 200 || response.redirected) throw new Error(`${path}: ${response.status}`);
  return cache.put(path, response);
}

async function activate() {
  const names = (await attempt(() => caches.keys())) ?? [];
  const older = names.filter((name) => name.startsWith("durvis-") && name !== APP && name !== KEPT);
  await Promise.all(older.map((name) => attempt(() => caches.delete(name))));
  await self.clients.claim();
}

/** One of two documents per language answers every page of the app; the app reads the rest from the URL. */
async function shell(event, language, name) {
  const kept = await look(APP, `/shell/${language}/${name}`);
  if (kept) event.waitUntil(remember(language));
  return kept ?? fetch(event.request);
}

/** The server chooses the language of "/" (by Accept-Language); offline it is the one used last. */
async function frontDoor(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await look(KEPT, LANGUAGE_KEY);
    const last = kept && (await attempt(() => kept.text()));
    const language = last ?? (await portalLanguages(await look(KEPT, MANIFEST)))[0];
    return Response.redirect(`/${language ?? DEFAULT_LANGUAGE}/`, 302);
  }
}

/** A missing asset is the network's 404, never a document. */
async function asset(request, path) {
  return (await look(APP, path)) ?? fetch(request);
}

/** A catalogue file is named by its content: once kept, it need not be asked for again. */
async function catalogueFile(event, path) {
  const kept = await look(KEPT, path);
  if (kept) return kept;

  const response = await fetch(event.request);
  if (response.status === 200) {
    const copy = response.clone();
    event.waitUntil(attempt(() => keepCatalogueFile(path, copy)));
  }
  return response;
}

/** Keeps the new file and the one before it, which an open page may still be reading. */
async function keepCatalogueFile(path, response) {
  const cache = await caches.open(KEPT);
  await cache.put(path, response);

  const [, family] = CATALOGUE_FILE.exec(path);
  const keys = await cache.keys(); // oldest first
  const ofFamily = keys.filter(({ url }) => new URL(url).pathname.startsWith(family));
  await Promise.all(ofFamily.slice(0, -2).map((key) => cache.delete(key)));
}

/** What names the present catalogue files: fresh if the network is quick, else the copy of last time. */
async function catalogueManifest(event) {
  const kept = await look(KEPT, MANIFEST);
  // Without a copy to fall back on, a slow answer is better than none.
  const signal = kept && AbortSignal.timeout(MANIFEST_MAX_MS);
  try {
    const response = await fetch(event.request, { signal });
    if (response.status >= 500 && kept) return fromCache(kept);
    if (response.status !== 200) return response;
    // Read to the end here: a line that dies half-way is a failure as well.
    const whole = new Response(await response.arrayBuffer(), response);
    const copy = whole.clone();
    event.waitUntil(attempt(async () => (await caches.open(KEPT)).put(MANIFEST, copy)));
    return whole;
  } catch (error) {
    if (kept) return fromCache(kept);
    throw error;
  }
}

/** Says that the answer is old, so that the app can say so too. */
function fromCache(response) {
  const headers = new Headers(response.headers);
  headers.set("x-durvis-from", "cache");
  return new Response(response.body, { status: response.status, headers });
}

let remembered;
async function remember(language) {
  if (language === remembered) return;
  remembered = language;
  await attempt(async () => (await caches.open(KEPT)).put(LANGUAGE_KEY, new Response(language)));
}

function look(cacheName, path) {
  return attempt(() => caches.match(path, { cacheName, ignoreVary: true }));
}

/** What `work` gives, or undefined where the cache is broken. */
async function attempt(work) {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
