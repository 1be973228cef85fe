import { expect, test } from "./support/test";

const total = async (page: import("@playwright/test").Page) =>
  Number((await page.locator("#results").textContent())?.replace(/\D/g, ""));

test("a count is how many results ticking it leaves", async ({ page }) => {
  await page.goto("/en/services");
  for (const name of ["On another portal", "For businesses", "Expecting a child", "All of Latvia", "Kurzeme"]) {
    await page.goto("/en/services");
    const box = page.getByRole("complementary").getByRole("checkbox", { name, exact: true });
    await expect(box).toBeVisible();
    const id = await box.getAttribute("aria-describedby");
    const promised = Number((await page.locator(`#${id}`).textContent())?.replace(/\D/g, ""));
    await box.check();
    await expect.poll(() => total(page)).toBe(promised);
  }
});

test("a region holds its municipalities, and a parish finds its own", async ({ page }) => {
  await page.goto("/lv/services");
  const facets = page.getByRole("complementary");
  const territories = facets.locator("details", { has: page.locator("summary", { hasText: /^Teritorija$/ }) });
  await expect(territories.getByRole("checkbox")).toHaveCount(6);
  await territories.getByRole("searchbox").fill("elejas pag");
  await expect(territories.getByRole("checkbox")).toHaveCount(2);
  await expect(territories.getByRole("checkbox", { name: "Zemgale" })).toBeVisible();
  await territories.getByRole("checkbox", { name: "Jelgavas novads" }).check();
  const some = await total(page);
  await territories.getByRole("searchbox").fill("");
  await expect(territories.getByRole("checkbox")).toHaveCount(7);
  await territories.getByRole("checkbox", { name: "Zemgale" }).check();
  await expect(page).toHaveURL(/territory=jelgava-municipality&territory=zemgale|territory=zemgale/);
  expect(await total(page)).toBeGreaterThanOrEqual(some);
});

test("facets combine, stand in the address, and are removed by one action", async ({ page }) => {
  await page.goto("/lv/services?kind=here&territory=riga&audience=person");
  await expect(page.getByRole("list", { name: "Izvēlētie filtri" }).getByRole("button")).toHaveCount(3);
  const some = await total(page);
  expect(some).toBeGreaterThan(5);
  await page.getByRole("list", { name: "Izvēlētie filtri" }).getByRole("button", { name: /Rīga/ }).click();
  await expect(page).toHaveURL(/\?kind=here&audience=person$/);
  await expect.poll(() => total(page)).toBeGreaterThan(some);
  await page.getByRole("link", { name: "Noņemt visus" }).click();
  await expect(page).toHaveURL(/\/lv\/services$/);
  await expect.poll(() => total(page)).toBe(213);
});

test("Back undoes a tick", async ({ page }) => {
  await page.goto("/lv/services");
  await page.getByRole("complementary").getByRole("checkbox", { name: "Pa pastu" }).check();
  await expect(page).toHaveURL(/kind=post/);
  const narrowed = await total(page);
  await page.goBack();
  await expect(page.getByRole("complementary").getByRole("checkbox", { name: "Pa pastu" })).not.toBeChecked();
  await expect.poll(() => total(page)).toBeGreaterThan(narrowed);
});

test("on a phone the facets stand in a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/lv/services");
  await page.getByRole("button", { name: /Filtri/ }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("checkbox", { name: "Citā portālā" }).check();
  await sheet.getByRole("button", { name: /Rādīt \d+ pakalpojum/ }).click();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/kind=elsewhere/);
});

test("a municipality is chosen once and remembered", async ({ page }) => {
  await page.goto("/lv/services/preschool-queue");
  await page.getByLabel("Pašvaldība", { exact: true }).selectOption({ label: "Ogres novads" });
  await expect(page).toHaveURL(/preschool-queue\/ogre$/);
  await page.goto("/lv/services?q=bērnudārzs");
  await expect(page.locator('main article a.du-title[href$="/preschool-queue/ogre"]')).toBeVisible();
});
