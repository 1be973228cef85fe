import { expect, test } from "./support/test";

test("everything works by keyboard: skip, search, tick, open, keep", async ({ page }) => {
  await page.goto("/lv/services");
  await expect(page.locator("#results")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Pāriet uz saturu" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
  await page.locator("#q").focus();
  await page.keyboard.type("pase");
  await expect(page.locator("main article a.du-title").first()).toHaveText("Pase");
  const box = page.getByRole("complementary").getByRole("checkbox", { name: "Klātienē" });
  await box.focus();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/kind=in-person/);
  await page.locator("main article a.du-title").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("main h1")).toHaveText("Pase");
  await expect(page.locator("main h1")).toBeFocused();
  await expect(page.locator("#announcer")).toHaveText("Pase");
  await page.getByRole("button", { name: "Pievienot izlasei" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Izlasē" })).toHaveAttribute("aria-pressed", "true");
});

test("theme and size of letters are chosen and stay", async ({ page }) => {
  await page.goto("/lv");
  await page.locator("summary[aria-label='Izskats un burtu lielums']").first().click();
  await page.getByRole("button", { name: "Tumšs" }).first().click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
