// Lighthouse, mobile: of three runs a page the median of each figure. Prints one line of JSON a page.
// CHROMIUM=/usr/bin/chromium node bench/lighthouse.mjs 127.0.0.1:8080
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const RUNS = 3;
const LIMIT_MS = 600_000;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
// Whatever hangs: chrome-launcher does not end its browser with us.
setTimeout(() => {
  console.error(`lighthouse: not done within ${LIMIT_MS / 1000} seconds`);
  chrome.kill();
  process.exit(1);
}, LIMIT_MS).unref();

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(page) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const { lhr } = await lighthouse(`http://${process.argv[2]}${page}`, { port: chrome.port, logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${page}: ${lhr.runtimeError.message}`);
    runs.push(lhr);
  }
  const figure = (of, digits = 0) => Number(median(runs.map(of)).toFixed(digits));
  const audit = (id, digits) => figure((lhr) => lhr.audits[id].numericValue, digits);
  const failed = runs.flatMap(({ categories, audits }) => Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => audits[id]))
    .filter(({ score }) => score !== null && score < 0.9).map(({ id }) => id));
  return {
    page,
    ...Object.fromEntries(CATEGORIES.map((id) => [id, figure((lhr) => lhr.categories[id].score * 100)])),
    fcp_ms: audit("first-contentful-paint"), lcp_ms: audit("largest-contentful-paint"),
    tbt_ms: audit("total-blocking-time"), cls: audit("cumulative-layout-shift", 4), bytes: audit("total-byte-weight"),
    failed: [...new Set(failed)],
  };
}

try {
  for (const lang of ["lv", "ru", "en"]) console.log(JSON.stringify(await measure(`/${lang}`)));
} finally {
  await chrome.kill();
}
