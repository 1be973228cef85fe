// How long an answer takes until what follows from it is painted, in Chromium with its processor slowed down to a quarter and
// no network: a step with 100 fields that each wait for one number, and a group of 1,000 rows. And what a definition costs: its
// bytes as they come, and the time from its arrival to the first step. Prints a line of JSON for each;
// `cargo xtask bench forms` publishes the two definitions and runs it.
//   CHROMIUM=/usr/bin/chromium node bench/forms.mjs 127.0.0.1:8080 [profile]
import { writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const [address, profile] = process.argv.slice(2);
const SLOW_DOWN = 4;
const PAUSE_MS = 60;
const ANSWERS = 60;
const ROWS = 1000;
const LIMIT_MS = 240_000;

// Whatever hangs: Playwright ends its browser when this process exits.
setTimeout(() => {
  console.error(`forms: not done within ${LIMIT_MS / 1000} seconds`);
  process.exit(1);
}, LIMIT_MS).unref();

/** In the page, before anything else: the clock. */
function clock() {
  window.bench = { answers: [] };
  addEventListener("input", () => {
    const start = performance.now();
    requestAnimationFrame(() => {
      const frame = performance.now();
      // The message comes after the frame in which it was posted: style, layout and paint are done by then.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const end = performance.now();
        bench.answers.push({ script: frame - start, paint: end - frame, total: end - start });
        bench.painted?.();
      };
      port2.postMessage(0);
    });
  }, true);
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
const rounded = (ms) => Math.round(ms * 10) / 10;
function figures(of, key) {
  const sorted = of.map((one) => one[key]).sort((a, b) => a - b);
  return { p50: rounded(at(sorted, 0.5)), p95: rounded(at(sorted, 0.95)), max: rounded(sorted.at(-1)) };
}

async function open(browser, slug) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "lv-LV", serviceWorkers: "block" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await page.addInitScript(clock);
  await page.goto(`http://${address}/lv/e-services/${slug}`);
  await page.getByRole("button", { name: "Sākt", exact: true }).click();
  await page.locator("#rooms, #trips").waitFor();
  return { context, page, devtools };
}

/** Answers again and again; each answer until it is painted. */
async function measure({ context, page, devtools }, what, answer, check) {
  for (let warm = 0; warm < 10; warm++) await answer(warm);
  await context.setOffline(true);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
  await page.waitForTimeout(2_500);
  await page.evaluate(() => { bench.answers = []; });
  if (profile) {
    await devtools.send("Profiler.enable");
    await devtools.send("Profiler.start");
  }
  const all = [];
  for (let number = 0; number < ANSWERS; number++) {
    // Not asked again and again: that would run in the time that is measured.
    const painted = page.evaluate(() => new Promise((resolve) => { bench.painted = () => resolve(bench.answers.at(-1)); }));
    await answer(number);
    all.push(await painted);
    await page.waitForTimeout(PAUSE_MS);
    await check(number);
  }
  if (profile) {
    const taken = await devtools.send("Profiler.stop");
    writeFileSync(`target/forms.${what.replaceAll(/\W+/g, "-")}.cpuprofile`, JSON.stringify(taken.profile));
  }
  return { what, answers: all.length, total_ms: figures(all, "total"), script_ms: figures(all, "script"), paint_ms: figures(all, "paint") };
}

async function fields(browser) {
  const opened = await open(browser, "bench-fields");
  const { page, context } = opened;
  const box = page.locator("#rooms");
  // Every answer brings up some of the hundred, or takes some away; all their conditions are asked each time.
  const rooms = (number) => 50 + ((number * 7) % 11);
  const measured = await measure(opened, "100 conditional fields", (number) => box.fill(String(rooms(number))), async (number) => {
    const shown = await page.locator("main input[id^=room_]").count();
    if (shown !== rooms(number)) throw new Error(`${shown} fields of ${rooms(number)}`);
  });
  await context.close();
  return measured;
}

async function rows(browser) {
  const opened = await open(browser, "bench-rows");
  const { page, context } = opened;
  const made = await page.evaluate(async (rows) => {
    const add = [...document.querySelectorAll("main fieldset button")].at(-1);
    for (let row = 0; row < rows; row++) {
      add.click();
      if (row % 20 === 19) await new Promise(requestAnimationFrame);
    }
    await new Promise(requestAnimationFrame);
    return document.querySelector("main fieldset").textContent;
  }, ROWS);
  if (!made.includes(`${ROWS}`)) throw new Error("not all rows are there");
  const cell = page.locator(`[id="trips.${ROWS - 5}.where"]`);
  let text = "";
  const measured = await measure(opened, "a cell of 1,000 rows", async () => {
    text = text.length > 12 ? "" : `${text}k`;
    await cell.fill(text);
  }, async () => {
    if ((await cell.inputValue()) !== text) throw new Error("the cell does not follow the typing");
  });
  const sums = page.locator(`[id="trips.${ROWS - 5}.paid"]`);
  const conditional = page.locator(`[id="trips.${ROWS - 5}.why"]`);
  const changed = await measure(opened, "a condition in 1,000 rows", (number) => sums.fill(number % 2 ? "5" : "0"), async (number) => {
    if ((await conditional.count()) !== number % 2) throw new Error("the condition does not follow");
  });
  await context.close();
  return [measured, changed];
}

/** The longest definition of the sample content. */
async function load(browser) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "lv-LV", serviceWorkers: "block" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
  const bytes = {};
  const names = {};
  devtools.on("Network.responseReceived", ({ requestId, response }) => { names[requestId] = response.url; });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => { bytes[names[requestId]] = encodedDataLength; });
  await page.goto(`http://${address}/lv/e-services/housing-benefit`);
  const start = page.getByRole("button", { name: "Izmēģināt bez pieslēgšanās" });
  await start.waitFor();
  const began = await page.evaluate(() => new Promise((resolve) => {
    const from = performance.now();
    const seen = () => document.querySelector("main h1")?.textContent.includes("nosacījumi") ? resolve(performance.now() - from) : requestAnimationFrame(seen);
    [...document.querySelectorAll("main button")].find((one) => one.textContent.includes("Izmēģināt")).click();
    seen();
  }));
  const found = (part) => Object.entries(bytes).filter(([url]) => url.includes(part)).reduce((sum, [, one]) => sum + one, 0);
  await context.close();
  return { what: "housing-benefit", definition_bytes: found("/api/v1/e-services/housing-benefit"), piece_bytes: found("/assets/wizard."), start_to_first_page_ms: rounded(began) };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // Frames as soon as there is something to paint: otherwise the figure is mostly the wait for the next 60th of a second.
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-frame-rate-limit", "--disable-gpu-vsync"],
});
try {
  for (const one of [await load(browser), await fields(browser), ...(await rows(browser))]) console.log(JSON.stringify(one));
} finally {
  await browser.close();
}
