import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";

let here: Portal;
test.beforeAll(async () => {
  here = await portal({ DURVIS_SESSION_UNUSED_MINUTES: "1" });
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

test("one is warned before the session ends, may stay, and loses nothing when it ends", async ({ page, context }) => {
  test.setTimeout(240_000);
  await page.goto("/lv/account");
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name: /Anna Bērziņa/ }).click();
  await page.getByLabel("Tālrunis").fill("2000 0000");

  const warning = page.getByRole("alertdialog", { name: "Vai vēl esat šeit?" });
  await expect(warning).toBeVisible({ timeout: 60_000 });
  await expect(warning.getByRole("button", { name: "Palikt" })).toBeFocused();
  await warning.getByRole("button", { name: "Palikt" }).click();
  await expect(warning).toBeHidden();
  await expect(page.getByLabel("Tālrunis")).toHaveValue("2000 0000");

  await expect(warning).toBeVisible({ timeout: 60_000 });
  const again = page.getByRole("link", { name: "Ieiet vēlreiz (jaunā logā)" });
  await expect(again).toBeVisible({ timeout: 60_000 });
  await expect(warning).toBeHidden();
  await expect(page.getByLabel("Tālrunis")).toHaveValue("2000 0000");

  const opened = context.waitForEvent("page");
  await again.click();
  const window = await opened;
  await window.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await window.getByRole("button", { name: /Anna Bērziņa/ }).click();
  await expect(window.getByRole("heading", { level: 1 })).toHaveText("Jūs esat pieslēgušies");
  await expect(again).toBeHidden();
  await expect(page.getByLabel("Tālrunis")).toHaveValue("2000 0000");
  await page.getByRole("button", { name: "Saglabāt" }).click();
  await expect(page.getByText("Saglabāts")).toBeVisible();
});
