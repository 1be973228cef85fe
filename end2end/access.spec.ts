import AxeBuilder from "@axe-core/playwright";
import { expect, LANGUAGES, test } from "./support/test";

const PAGES = ["", "/services?q=pas", "/services?kind=here&q=zzzz", "/services/passport", "/services/preschool-queue/riga", "/life-events", "/life-events/moving-home", "/life-events/moving-home/plan", "/institutions", "/institutions/pmlp", "/favourites", "/guide", "/help", "/about", "/sign-in?failed=expired", "/signed-out", "/nothing"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

for (const lang of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [320, 1280]) {
      test(`${lang}, ${colorScheme}, ${width} px: axe finds nothing and nothing is cut off`, async ({ browser }) => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, serviceWorkers: "block", reducedMotion: "reduce", baseURL: process.env.DURVIS_URL });
        const page = await context.newPage();
        for (const path of PAGES) {
          await page.goto(`/${lang}${path}`);
          await expect(page.locator("main h1"), path).toHaveCount(1);
          await expect(page.locator(".du-loading"), path).toHaveCount(0);
          const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
          expect(violations.map(({ id, nodes }) => [path, id, nodes[0].html]), path).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
        }
        await context.close();
      });
    }
  }
}
