// How long a letter typed into the catalogue's search box takes until its results are painted, in Chromium with its
// processor slowed down to a quarter. Prints one line of JSON, a screen each; `cargo xtask bench keystrokes` runs it.
//   CHROMIUM=/usr/bin/chromium node bench/keystrokes.mjs 127.0.0.1:8080 [profile]
// With `profile`, a CPU profile of the typing is written to target/keystrokes.<screen>.cpuprofile (for DevTools).
import { writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const [address, profile] = process.argv.slice(2);
const SLOW_DOWN = 4;
const SCREENS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
/** Words of names and of texts, one with wrong letters, one that finds nothing. */
const QUERIES = [
  "deklarēt dzīvesvietu", "pase", "bērna piedzimšanas pabalsts", "atvērt uzņēmumu", "dzivesveita deklresana",
  "būvatļauja", "bērnudārzs rinda", "qxzw",
];
const PAUSE_MS = 60;
const LIMIT_MS = 150_000;

// Whatever hangs: Playwright ends its browser when this process exits.
setTimeout(() => {
  console.error(`keystrokes: not done within ${LIMIT_MS / 1000} seconds`);
  process.exit(1);
}, LIMIT_MS).unref();

/** In the page, before anything else: the clocks. */
function clocks() {
  const bench = { letters: [], hops: [] };
  window.bench = bench;
  // The message comes after the frame in which it was posted: style, layout and paint are done by then.
  const painted = (then) => requestAnimationFrame(() => {
    const frame = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(frame, performance.now());
    port2.postMessage(0);
  });
  addEventListener("input", (event) => {
    if (event.target.id !== "q") return;
    const start = performance.now();
    painted((frame, end) => {
      bench.now = bench.seen();
      bench.letters.push({ script: frame - start, paint: end - frame, total: end - start });
      bench.painted?.();
    });
  }, true);
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

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
const rounded = (ms) => Math.round(ms * 10) / 10;

async function measure(browser, screen) {
  const context = await browser.newContext({ viewport: SCREENS[screen], locale: "lv-LV", serviceWorkers: "block" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
  await page.addInitScript(clocks);
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
      // Not asked again and again: that would run in the time that is measured.
      const painted = page.evaluate(() => new Promise((resolve) => { bench.painted = () => resolve(bench.letters.at(-1)); }));
      await page.keyboard.type(letter);
      letters.push({ query, ...(await painted) });
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
  const figures = (key) => {
    const sorted = letters.map((letter) => letter[key]).sort((a, b) => a - b);
    return { p50: rounded(at(sorted, 0.5)), p95: rounded(at(sorted, 0.95)), max: rounded(sorted.at(-1)) };
  };
  return {
    screen, letters: letters.length, total_ms: figures("total"),
    script_ms: figures("script"), paint_ms: figures("paint"), decode_ms: rounded(hops.find((gap) => gap > 1) ?? 0),
    slowest_ms: letters.toSorted((a, b) => b.total - a.total).slice(0, 5).map(({ query, total }) => `${query}: ${rounded(total)}`),
  };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Frames as soon as there is something to paint: otherwise the figure is mostly the wait for the next 60th of a second.
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-frame-rate-limit", "--disable-gpu-vsync"],
});
try {
  for (const screen of Object.keys(SCREENS)) console.log(JSON.stringify(await measure(browser, screen)));
} finally {
  await browser.close();
}
