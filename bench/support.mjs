// What the measures in the browser share: Chromium, slowed down; how long a letter takes until it is painted.
import { chromium } from "@playwright/test";

/** Like a cheap phone. */
export const SLOW_DOWN = 4;

/** Frames as soon as there is something to paint: otherwise a figure is mostly the wait for the next 60th of a second. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-frame-rate-limit", "--disable-gpu-vsync"],
  });

/** Whatever hangs: Playwright ends its browser when this process exits. */
export function limit(name, ms) {
  setTimeout(() => {
    console.error(`${name}: not done within ${ms / 1000} seconds`);
    process.exit(1);
  }, ms).unref();
}

/** A page whose processor is slowed down. */
export async function slowPage(context) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
  return { page, devtools };
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
export const rounded = (ms) => Math.round(ms * 10) / 10;

/** p50, p95 and max of some figures, in ms. */
export function figures(all) {
  const sorted = all.toSorted((a, b) => a - b);
  return { p50: rounded(at(sorted, 0.5)), p95: rounded(at(sorted, 0.95)), max: rounded(sorted.at(-1)) };
}

/** In the page, before anything else: `bench.painted(then)` after the frame that shows what is done now; the letters typed into a box. */
export function clocks(box) {
  const bench = { letters: [], hops: [] };
  window.bench = bench;
  // The message comes after the frame in which it was posted: style, layout and paint are done by then.
  bench.afterPaint = (then) => requestAnimationFrame(() => {
    const frame = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(frame, performance.now());
    port2.postMessage(0);
  });
  addEventListener("input", (event) => {
    if (event.target.id !== box) return;
    const start = performance.now();
    bench.afterPaint((frame, end) => {
      bench.now = bench.seen?.();
      bench.letters.push({ script: frame - start, paint: end - frame, total: end - start });
      bench.painted?.();
    });
  }, true);
}

/** Types a letter; how long it took until it was painted. */
export async function typed(page, letter) {
  // Not asked again and again: that would run in the time that is measured.
  const painted = page.evaluate(() => new Promise((resolve) => { bench.painted = () => resolve(bench.letters.at(-1)); }));
  await page.keyboard.type(letter);
  return painted;
}
