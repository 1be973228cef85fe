import AxeBuilder from "@axe-core/playwright";
import { expect, LANGUAGES, test } from "./support/test";
import { definition, slugs, walk, words } from "./support/walk";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test.use({ serviceWorkers: "block" });

for (const slug of slugs()) {
  for (const lang of LANGUAGES) {
    test(`${slug}, ${lang}: walked by its example up to the check, nothing sent, axe finds nothing`, async ({ page }) => {
      const of = definition(slug);
      const example = of.examples.find((example) => example.errors.length === 0)!;
      await page.clock.setFixedTime(new Date(`${example.today}T10:00:00+02:00`));
      const sent: string[] = [];
      page.on("request", (request) => {
        if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
      });
      const look = async (where: string) => {
        // Header and footer: access.spec.ts. Contrast, the slowest of the rules, does not depend on the language.
        const rules = new AxeBuilder({ page }).include("main").withTags(TAGS).disableRules(lang === "lv" ? [] : ["color-contrast"]);
        const { violations } = await rules.analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes[0].html]), where).toEqual([]);
        await expect(page.locator("main [lang]"), "everything is in the page's language").toHaveCount(0);
      };
      await page.goto(`/${lang}/e-services/${slug}`);
      const { start } = words(lang);
      await look("start");
      await page.getByRole("button", { name: of.audience === "nobody" ? start.now : start.try, exact: true }).click();
      await walk(page, of, example.answers, lang, look);
      await expect(page.locator(".ds-error-summary")).toHaveCount(0);
      await expect(page.locator("main dl.du-summary dd").first()).toBeVisible();
      expect(sent).toEqual([]);
    });
  }
}
