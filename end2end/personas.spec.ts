import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

/** Everybody of the sandbox who may sign in (docs/sandbox.md), each in one of the ways. */
const PEOPLE = [
  { who: "adult", name: "Anna Bērziņa", way: "eID karte", companies: 0 },
  { who: "parent of two", name: "Jānis Ozoliņš", way: "Kalnu banka", companies: 0 },
  { who: "pensioner", name: "Velta Krūmiņa", way: "Jūras banka", companies: 0 },
  { who: "entrepreneur", name: "Ilze Kalniņa", way: "eID karte", companies: 2 },
  { who: "without biometric data", name: "Artūrs Vītols", way: "Kalnu banka", companies: 0 },
  { who: "minor", name: "Elza Ozoliņa", way: "eID karte", companies: 0 },
  { who: "historic code", name: "Pēteris Liepa", way: "Jūras banka", companies: 0 },
  { who: "foreigner", name: "Maria Lindqvist", way: "eID karte", companies: 0 },
  { who: "foreign code", name: "Tanel Mägi", way: "eID karte", companies: 0 },
];

for (const { who, name, way, companies } of PEOPLE) {
  test(`${who}: signs in, is who they are, sees only their own, and leaves`, async ({ page, context }) => {
    await page.goto("/lv/account/history");
    await page.getByRole("main").getByRole("link", { name: way }).click();
    await page.getByRole("button", { name }).click();
    await expect(page).toHaveURL(`${here.url}/lv/account/history`);
    const menu = page.locator(".du-user > summary");
    await expect(menu).toHaveText(name);
    const acts = page.getByRole("table").locator("tbody tr");
    await expect(acts).toHaveCount(1);
    await expect(acts).toContainText("Pieslēgšanās");
    await expect(acts).toContainText(way);

    await menu.click();
    await page.getByRole("button", { name: "Rīkoties uzņēmuma vārdā" }).first().click();
    const choices = page.getByRole("dialog").locator(".du-choice");
    await expect(choices).toHaveCount(companies + 1);
    await expect(choices.first()).toContainText(name);
    await page.keyboard.press("Escape");

    await page.getByRole("banner").getByRole("button", { name: "Iziet" }).click();
    await expect(page).toHaveURL(`${here.url}/lv/signed-out`);
    expect(await context.cookies()).toEqual([]);
  });
}
