// From a keystroke to the painted result, in Chromium with a 4x slower CPU. Prints one line of JSON.
// node bench/keystrokes.mjs ADDRESS
import { chromium } from "@playwright/test";

const WORDS = ["dzīvesvietas deklarēšana", "berna piedzimsanas pabalsts", "pase", "nekustama ipasuma nodoklis", "uznemuma dibinasana"];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
await page.goto(`http://${process.argv[2]}/lv/services`);
await page.locator("#results").waitFor();
await page.evaluate(() => {
  window.times = [];
  addEventListener("input", () => {
    const start = performance.now();
    // The task after the next frame's: by then the browser has painted it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.times.push(performance.now() - start);
      port2.postMessage(0);
    });
  }, true);
});
const session = await page.context().newCDPSession(page);
await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
for (const words of WORDS) {
  await page.locator("#q").fill("");
  await page.locator("#q").pressSequentially(words, { delay: 60 });
}
const times = (await page.evaluate(() => window.times)).sort((a, b) => a - b);
const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10;
console.log(JSON.stringify({ keystrokes: times.length, p50_ms: at(0.5), p95_ms: at(0.95), max_ms: at(1) }));
await browser.close();
