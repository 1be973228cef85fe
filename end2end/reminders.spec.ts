import AxeBuilder from "@axe-core/playwright";
import { readFile } from "node:fs/promises";
import ICAL from "ical.js";
import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test("a reminder of a favourite is set, changed, put into a calendar, and deleted", async ({ page }) => {
  await page.goto("/lv/services/passport");
  await page.getByRole("button", { name: "Pievienot izlasei" }).click();
  await page.goto("/lv/favourites");
  await page.getByRole("link", { name: /^Atgādināt/ }).click();
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name: /Anna Bērziņa/ }).click();
  const name = await page.locator("[aria-labelledby=reminder] p").first().innerText();
  expect(name.length).toBeGreaterThan(3);
  const set = page.getByRole("button", { name: "Atgādināt šajā dienā" });
  await page.getByLabel("Piezīme sev").fill("Paņemt veco pasi");
  await set.click();
  await expect(page.getByRole("alert").getByRole("link", { name: "Norādiet dienu, sākot no rītdienas" })).toBeVisible();
  await expect(page.getByLabel("Piezīme sev")).toHaveValue("Paņemt veco pasi");
  await page.getByLabel("Diena, kurā atgādināt").fill("2027-01-15");
  await set.click();
  const line = page.getByRole("main").getByRole("listitem").filter({ hasText: "Paņemt veco pasi" });
  await expect(line).toContainText("15.01.2027");
  await line.getByRole("link", { name: /^Mainīt/ }).click();
  await expect(page.getByLabel("Diena, kurā atgādināt")).toHaveValue("2027-01-15");
  await page.getByLabel("Diena, kurā atgādināt").fill("2027-02-01");
  await set.click();
  await expect(line).toContainText("01.02.2027");
  await expect(line).toHaveCount(1);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Lejupielādēt kalendāra failu" }).click(),
  ]);
  const calendar = new ICAL.Component(ICAL.parse(await readFile(await download.path(), "utf8")));
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  expect(events.map((event) => [event.summary, event.startDate.toString()])).toEqual([["Paņemt veco pasi", "2027-02-01"]]);

  await page.goto("/lv/workspace");
  await expect(page.getByRole("region", { name: "Atgādinājumi" })).toContainText("Paņemt veco pasi");
  await page.goto("/lv/reminders");
  await line.getByRole("button", { name: /^Dzēst/ }).click();
  await expect(line).toHaveCount(0);
});

for (const [colorScheme, width] of [["light", 320], ["dark", 1280]] as const) {
  test(`ru, ${colorScheme}, ${width} px: axe finds nothing in the reminders, and nothing is cut off`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce", baseURL: here.url });
    const page = await context.newPage();
    await page.goto("/ru/sign-in?to=" + encodeURIComponent("/ru/reminders?kind=service&about=passport"));
    await page.getByRole("main").getByRole("link", { name: /eID/ }).first().click();
    await page.getByRole("button", { name: /Velta Krūmiņa/ }).click();
    await page.getByLabel("В какой день напомнить").fill("2027-01-15");
    for (const what of ["form", "list"]) {
      await expect(page.locator(".du-loading"), what).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => [what, id, nodes[0].html]), what).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
      if (what === "form") await page.getByRole("button", { name: "Напомнить в этот день" }).click();
    }
    await context.close();
  });
}
