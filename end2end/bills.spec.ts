import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { misbehave, portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";
import { definition, walk, words } from "./support/walk";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const SLUG = "criminal-record-certificate";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PAID = "Maksājums ir saņemts";

/** Sends what costs, as its example says; at the receipt. */
async function send(page: Page, name: RegExp) {
  const of = definition(SLUG);
  const answers = of.examples.find((example) => example.errors.length === 0)!.answers;
  await page.goto(`/lv/e-services/${SLUG}`);
  await page.getByRole("link", { name: "Pieslēgties un sākt" }).click();
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name }).click();
  await page.getByRole("button", { name: words("lv").start.now, exact: true }).click();
  await walk(page, of, answers, "lv", async () => {});
  await page.getByRole("button", { name: words("lv").walk.send, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible();
}

/** From the bill to the bank's own page. */
async function leave(page: Page) {
  await page.getByRole("radio", { name: "Jūras banka" }).check();
  await page.getByRole("button", { name: "Maksāt 10,40 €" }).click();
  await expect(page).toHaveURL(new RegExp(`^${here.outside}/bank/pay/`));
}

const decide = (page: Page, button: string) => page.getByRole("button", { name: button, exact: true }).click();

test("what costs is paid from its receipt at the bank, and found among the payments", async ({ page }) => {
  await send(page, /Anna Bērziņa/);
  await page.getByRole("link", { name: "Skatīt un samaksāt rēķinu" }).click();
  await leave(page);
  await decide(page, "Atcelt");
  await expect(page.getByText("Jāmaksā")).toBeVisible();
  await leave(page);
  await page.goBack();
  await expect(page.getByText("Maksājums iesākts un vēl nav")).toBeVisible();
  await page.getByRole("link", { name: "Turpināt bankā" }).click();
  await decide(page, "Apstiprināt");
  await expect(page.getByText(PAID)).toBeVisible();
  const number = await page.locator("dt", { hasText: "Rēķina numurs" }).locator("xpath=following-sibling::dd").textContent();
  await page.getByRole("main").getByRole("link", { name: "Rēķini un maksājumi" }).click();
  await expect(page.getByText("Nav neviena rēķina, kas jāmaksā")).toBeVisible();
  await page.getByLabel("Saņēmējs, mērķis, numurs").fill(`sodāmību ${number}`);
  await page.getByRole("button", { name: "Rādīt" }).click();
  await expect(page.getByText("Maksājumi: 1, kopā 10,40 €")).toBeVisible();
  await page.getByLabel("Summa no, €").fill("10,41");
  await page.getByRole("button", { name: "Rādīt" }).click();
  await expect(page.getByText("Maksājumi: 0")).toBeVisible();
});

test("what the bank does not say is said to be unknown, and resolves itself", async ({ page }) => {
  await send(page, /Jānis/);
  await page.getByRole("link", { name: "Skatīt un samaksāt rēķinu" }).click();
  const bill = page.url();
  await misbehave(here, "bank", "error", "transfers");
  await page.getByRole("button", { name: "Maksāt 10,40 €" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Banka pašlaik neatbild" })).toBeVisible();
  // Pressed again it is the same payment.
  await page.getByRole("button", { name: "Maksāt 10,40 €" }).click();
  await expect(page).toHaveURL(new RegExp(`^${here.outside}/bank/pay/`));
  await misbehave(here, "bank", "pending", "status");
  await decide(page, "Apstiprināt");
  await expect(page.getByRole("heading", { name: "Vēl nezinām, vai maksājums izdevies" })).toBeVisible();
  await expect(page.getByText("Nemaksājiet vēlreiz")).toBeVisible();
  await expect(page.getByRole("button", { name: /Maksāt/ })).toHaveCount(0);
  expect(page.url()).toBe(bill);
  // The page asks by itself, and so does the server.
  await expect(page.getByText(PAID)).toBeVisible({ timeout: 40_000 });
});

for (const [colorScheme, width] of [["light", 320], ["dark", 1280]] as const) {
  test(`ru, ${colorScheme}, ${width} px: axe finds nothing in bills and nothing is cut off`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce", baseURL: here.url });
    const page = await context.newPage();
    const look = async (what: string) => {
      await expect(page.locator(".du-loading"), what).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => [what, id, nodes[0].html]), what).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
    };
    await send(page, /Tanel Mägi/);
    await page.goto(page.url().replace("/lv/", "/ru/"));
    await expect(page.getByRole("heading", { level: 1, name: "Заявление получено" })).toBeVisible();
    await look("receipt");
    await page.getByRole("link", { name: "Посмотреть и оплатить счёт" }).click();
    await expect(page.getByRole("radio")).toHaveCount(2);
    await look("bill");
    await page.getByRole("button", { name: /Оплатить/ }).click();
    await expect(page).toHaveURL(new RegExp(`^${here.outside}/bank/pay/`));
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Платёж начат и ещё" })).toBeVisible();
    await look("begun");
    await page.getByRole("link", { name: "Продолжить в банке" }).click();
    await misbehave(here, "bank", "pending", "status");
    await page.locator("button[value=confirm]").click();
    await expect(page.getByRole("heading", { name: /Пока не знаем/ })).toBeVisible();
    await look("unknown");
    await page.goto("/ru/bills");
    await expect(page.getByRole("list").filter({ hasText: "Справка" })).toHaveCount(1);
    await look("bills");
    await context.close();
  });
}
