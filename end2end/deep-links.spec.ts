import { expect, LANGUAGES, test } from "./support/test";

const PAGES = ["", "/services", "/services/passport", "/services/preschool-queue/riga", "/life-events", "/life-events/having-a-baby", "/institutions", "/institutions/pmlp", "/favourites", "/guide", "/help", "/about", "/sign-in", "/signed-out", "/account", "/account/history", "/account/sessions"];

for (const lang of LANGUAGES) {
  test(`${lang}: every page opens by its address`, async ({ page }) => {
    for (const path of PAGES) {
      const answer = await page.goto(`/${lang}${path}`);
      expect(answer?.status(), path).toBe(200);
      await expect(page.locator("main h1"), path).toHaveCount(1);
      await expect(page.locator("main h1"), path).not.toBeEmpty();
      await expect(page.locator("html")).toHaveAttribute("lang", lang);
    }
  });
}

for (const path of ["/lv/nothing", "/lv/services/nope", "/lv/services/passport/riga", "/de", "/lv/life-events/x", "/lv/institutions/x"]) {
  test(`${path} is a clear page and a 404`, async ({ page }) => {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(page.locator("main h1")).toHaveText(/Aiz šīm durvīm/);
  });
}

for (const query of ["?page=-1&sort=x&kind=nonsense", "?page=999999", "?q=%FF", "?q=" + "ā".repeat(3_000)]) {
  test(`the catalogue survives ${query.slice(0, 30)}`, async ({ page }) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`/lv/services${query}`);
    await expect(page.locator("#results")).toBeVisible();
    expect(errors).toEqual([]);
  });
}

test("another language is the same page in that language", async ({ page }) => {
  await page.goto("/lv/services?q=pase&kind=in-person");
  await expect(page.locator("main article").first()).toBeVisible();
  await page.getByRole("navigation", { name: "Valoda" }).first().getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(/\/en\/services\?q=pase&kind=in-person$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a service page says everything that one has to know before starting", async ({ page }) => {
  await page.goto("/en/services/declare-residence");
  for (const heading of ["Before you start", "How to get it", "Steps", "Legal basis"]) {
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
  }
  await expect(page).toHaveTitle(/Declare your place of residence - Durvis/);
});
