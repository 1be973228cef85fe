import AxeBuilder from "@axe-core/playwright";
import { type CardPortal, type Extension, cardPortal, insert } from "./support/card";
import { expect, test } from "./support/test";

let here: CardPortal;
test.beforeAll(async () => {
  here = await cardPortal();
});
test.afterAll(() => here?.stop());
test.use({ baseURL: async ({}, use) => use(here?.url), ignoreHTTPSErrors: true });

test("one signs in by card with the keyboard, and comes back to exactly that page", async ({ page, context }) => {
  await insert(page, here.folder);
  await page.goto("/lv/services?q=pase");
  await page.getByRole("banner").getByRole("link", { name: "Ieiet" }).click();
  await page.getByRole("button", { name: "eID viedkarte" }).press("Enter");
  await expect(page).toHaveURL(`${here.url}/lv/services?q=pase`);
  await expect(page.getByRole("banner").locator(".du-user > summary")).toHaveText("ANDRIS PARAUDZIŅŠ");
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name).sort()).toEqual(["__Host-here", "__Host-session"]);

  await page.goto("/lv/account/history");
  await expect(page.getByRole("row").filter({ hasText: "eID viedkarte" })).toHaveCount(1);
});

for (const [lang, words, link] of [
  ["lv", "Pārlūkā nav Web eID paplašinājuma", "eID karte"],
  ["ru", "В браузере нет расширения Web eID", "Карта eID"],
  ["en", "The browser has no Web eID extension", "eID card"],
] as const) {
  test(`without the extension the page says what to install, and the other ways are there: ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}/sign-in`);
    await page.locator("#card").click();
    const alert = page.getByRole("alert").filter({ hasText: words });
    await expect(alert).toBeFocused();
    await expect(alert.getByRole("link")).toHaveAttribute("href", "https://web-eid.eu/");
    await expect(page.getByRole("main").getByRole("link", { name: link })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    // The reader may try again, as often as they like.
    await page.locator("#card").click();
    await expect(alert).toHaveCount(0);
    await expect(alert).toBeFocused();
  });
}

const FAILURES: [string, Extension, RegExp][] = [
  ["the citizen says no", { fails: { at: "authenticate", code: "ERR_WEBEID_USER_CANCELLED" } }, /atcelta/],
  ["the PIN comes too late", { fails: { at: "authenticate", code: "ERR_WEBEID_USER_TIMEOUT" } }, /PIN1 laikus/],
  ["the program is missing", { fails: { at: "status", code: "ERR_WEBEID_NATIVE_UNAVAILABLE" } }, /nav Web eID programmas/],
  ["the program is old", { version: "1.9.0" }, /pārāk veca/],
  ["the card is revoked", { card: "revoked" }, /anulēta/],
  ["the card has signed for another site", { origin: "https://evil.example" }, /nevar uzticēties/],
];
for (const [what, extension, words] of FAILURES) {
  test(`it is said in plain words why one is not let in: ${what}`, async ({ page, context }) => {
    await insert(page, here.folder, extension);
    await page.goto("/lv/sign-in?to=%2Flv%2Fguide");
    await page.getByRole("button", { name: "eID viedkarte" }).click();
    const alert = page.getByRole("alert").filter({ hasText: words });
    await expect(alert).toBeFocused();
    expect((await context.cookies()).filter(({ name }) => name === "__Host-session")).toEqual([]);
    await expect(page.getByRole("main").getByRole("link", { name: "Kalnu banka" })).toBeVisible();
  });
}
