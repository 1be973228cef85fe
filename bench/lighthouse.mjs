// Lighthouse, mobile, one run a language. Prints one line of JSON a page. node bench/lighthouse.mjs ADDRESS
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
for (const lang of ["lv", "ru", "en"]) {
  const { lhr } = await lighthouse(`http://${process.argv[2]}/${lang}`, { port: chrome.port, logLevel: "error" });
  const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]));
  const ms = (id) => Math.round(lhr.audits[id].numericValue);
  const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => scoreDisplayMode === "binary" && score === 0).map(({ id }) => id);
  console.log(JSON.stringify({
    page: `/${lang}`, ...scores, fcp_ms: ms("first-contentful-paint"), lcp_ms: ms("largest-contentful-paint"),
    tbt_ms: ms("total-blocking-time"), cls: Number(lhr.audits["cumulative-layout-shift"].numericValue.toFixed(4)), failed,
  }));
}
await chrome.kill();
