// How long a letter typed into the catalogue's search box takes until its results are painted, in Chromium with its
// processor slowed down to a quarter. Prints one line of JSON, a screen each; `cargo xtask bench keystrokes` runs it.
//   CHROMIUM=/usr/bin/chromium node bench/keystrokes.mjs 127.0.0.1:8080 [profile]
// With `profile`, a CPU profile of the typing is written to target/keystrokes.<screen>.cpuprofile (for DevTools).
import { writeFileSync } from "node:fs";
import { clocks, figures, launch, limit, rounded, slowPage, typed } from "./support.mjs";

const [address, profile] = process.argv.slice(2);
const SCREENS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
/** Words of names and of texts, one with wrong letters, one that finds nothing. */
const QUERIES = [
  "deklarēt dzīvesvietu", "pase", "bērna piedzimšanas pabalsts", "atvērt uzņēmumu", "dzivesveita deklresana",
  "būvatļauja", "bērnudārzs rinda", "qxzw",
];
const PAUSE_MS = 60;
const LIMIT_MS = 150_000;

limit("keystrokes", LIMIT_MS);

/** In the page, after the clocks: what is seen of the results, and how long the index is decoded. */
function eyes() {
  // What the reader sees of the results when the letter is painted must be what stays: else the figure would be a lie.
  // Cards out of sight and the facets' counts may follow a frame later.
  bench.seen = () => [document.querySelector("#results"), ...document.querySelectorAll("main article")]
    .filter((element) => element.getBoundingClientRect().top < innerHeight)
    .map((element) => element.textContent).join("|");
  // The app decodes the index in one go, in a microtask after its bytes have come. Microtasks of ours stand between:
  // the first long gap among them is the decoding.
  const bytes = Response.prototype.arrayBuffer;
  Response.prototype.arrayBuffer = async function () {
    const buffer = await bytes.call(this);
    if (this.url.includes(".index.")) {
      let before = performance.now();
      const hop = (left) => {
        const now = performance.now();
        bench.hops.push(now - before);
        if (left > 0) queueMicrotask(() => hop(left - 1));
        before = now;
      };
      queueMicrotask(() => hop(60));
    }
    return buffer;
  };
}

async function measure(browser, screen) {
  const context = await browser.newContext({ viewport: SCREENS[screen], locale: "lv-LV", serviceWorkers: "block" });
  const { page, devtools } = await slowPage(context);
  await page.addInitScript(clocks, "q");
  await page.addInitScript(eyes);
  await page.goto(`http://${address}/lv/services`);
  const box = page.locator("#q");
  await page.locator("main article a.du-title").first().waitFor();
  // The engine compiles what runs often: the first letters warm it.
  await box.pressSequentially("pases", { delay: PAUSE_MS });
  await box.fill("");
  await page.waitForTimeout(500);
  const all = await page.locator("#results").textContent();
  await page.evaluate(() => { bench.letters = []; });
  if (profile) {
    await devtools.send("Profiler.enable");
    await devtools.send("Profiler.start");
  }
  const letters = [];
  let late = 0;
  for (const query of QUERIES) {
    for (const letter of query) {
      letters.push({ query, ...(await typed(page, letter)) });
      await page.waitForTimeout(PAUSE_MS);
      late += await page.evaluate(() => Number(bench.now !== bench.seen()));
    }
    if (query === QUERIES[0] && (await page.locator("#results").textContent()) === all) {
      throw new Error("the results do not follow the typing");
    }
    // Emptying the box is no letter.
    await box.fill("");
    await page.waitForTimeout(3 * PAUSE_MS);
  }
  if (profile) {
    const taken = await devtools.send("Profiler.stop");
    writeFileSync(`target/keystrokes.${screen}.cpuprofile`, JSON.stringify(taken.profile));
  }
  const { hops } = await page.evaluate(() => bench);
  await context.close();
  if (late > 0) throw new Error(`${late} letters whose results changed after the paint that was measured`);
  const of = (key) => figures(letters.map((letter) => letter[key]));
  return {
    screen, letters: letters.length, total_ms: of("total"),
    script_ms: of("script"), paint_ms: of("paint"), decode_ms: rounded(hops.find((gap) => gap > 1) ?? 0),
    slowest_ms: letters.toSorted((a, b) => b.total - a.total).slice(0, 5).map(({ query, total }) => `${query}: ${rounded(total)}`),
  };
}

const browser = await launch();
try {
  for (const screen of Object.keys(SCREENS)) console.log(JSON.stringify(await measure(browser, screen)));
} finally {
  await browser.close();
}
