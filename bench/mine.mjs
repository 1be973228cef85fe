// A full workspace in Chromium with its processor slowed down to a quarter: how long a list takes from the press that opens it until
// it is painted, and a letter typed into the search over all of one's own affairs. Prints one line of JSON for each.
//   CHROMIUM=/usr/bin/chromium node bench/mine.mjs 127.0.0.1:8080 __Host-session=...
import { clocks, figures, launch, limit, slowPage, typed } from "./support.mjs";

const [address, cookie] = process.argv.slice(2);
const LISTS = { uses: "main .du-list li", bills: "main .du-list li", documents: "main .du-list li", notices: "main .du-list li" };
const QUERIES = ["jautājums", "rēķins", "lemums", "portala atbalsts", "kvīts", "qxzw"];
const [ROUNDS, PAUSE_MS, LIMIT_MS] = [7, 60, 480_000];
limit("mine", LIMIT_MS);

const browser = await launch();
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "lv-LV", serviceWorkers: "block" });
  const [name, value] = [cookie.slice(0, cookie.indexOf("=")), cookie.slice(cookie.indexOf("=") + 1)];
  const own = { domain: "127.0.0.1", path: "/", secure: true, sameSite: "Lax" };
  await context.addCookies([{ name, value, httpOnly: true, ...own }, { name: "__Host-here", value: "1", ...own }]);
  const { page } = await slowPage(context);
  await page.addInitScript(clocks, "own-words");

  for (const [list, lines] of Object.entries(LISTS)) {
    const [took, server] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      await page.goto(`http://${address}/lv/workspace`);
      await page.locator("main .du-list li").first().waitFor();
      const asked = page.waitForResponse((answer) => new URL(answer.url()).pathname.startsWith(`/api/v1/${list}`));
      const opened = await page.evaluate(([list, lines]) => new Promise((resolve) => {
        const here = document.querySelector(`main a[href="/lv/${list}"], nav a[href="/lv/${list}"]`);
        const start = performance.now();
        const look = () => {
          const is_there = location.pathname === `/lv/${list}` && document.querySelector(lines) && !document.querySelector(".du-loading");
          if (is_there) bench.afterPaint((_, end) => resolve(end - start));
          else requestAnimationFrame(look);
        };
        here.click();
        requestAnimationFrame(look);
      }), [list, lines]);
      const { requestStart, responseEnd } = (await asked).request().timing();
      // The first press fetches the piece of the app that has the page.
      if (round > 0) {
        took.push(opened);
        server.push(responseEnd - requestStart);
      }
    }
    console.log(JSON.stringify({ list, rounds: ROUNDS, painted_ms: figures(took), of_it_the_answer_ms: figures(server) }));
  }

  await page.goto(`http://${address}/lv/own`);
  const box = page.locator("#own-words");
  await box.waitFor();
  await box.pressSequentially("pase", { delay: PAUSE_MS });
  await box.fill("");
  const letters = [];
  for (const query of QUERIES) {
    for (const letter of query) {
      letters.push(await typed(page, letter));
      await page.waitForTimeout(PAUSE_MS);
    }
    await box.fill("");
    await page.waitForTimeout(3 * PAUSE_MS);
  }
  const of = (key) => figures(letters.map((letter) => letter[key]));
  const found = await page.evaluate(() => document.querySelector("main [role=status]")?.textContent);
  console.log(JSON.stringify({ search: "own", things: found, letters: letters.length, total_ms: of("total"), script_ms: of("script"), paint_ms: of("paint") }));
} finally {
  await browser.close();
}
