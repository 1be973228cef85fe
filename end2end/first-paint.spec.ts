import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** The place of what both the static page and the app show. */
const boxes = (page: Page) =>
  page.evaluate(() =>
    ["header", ".du-brand", ".du-hero", "main h1", "#q", "#q-hint", ".du-belt", "#life", ".du-doors li:nth-child(1) a", ".du-doors li:nth-child(12) a"].map((selector) => {
      const { x, y, width, height } = document.querySelector(selector)!.getBoundingClientRect();
      return [selector, ...[x, y, width, height].map(Math.round)].join(" ");
    }));

for (const width of [390, 1280]) {
  test(`at ${width} px the page is painted before the WASM, keeps what is typed, and does not move`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/*.wasm", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto("/lv", { waitUntil: "domcontentloaded" });
    await expect(page.locator(".du-doors li")).toHaveCount(12);
    await page.evaluate(() => document.fonts.ready);
    const before = await boxes(page);
    await page.locator("#q").pressSequentially("pas");
    release();
    await expect(page.locator("#popular")).toBeVisible();
    await expect(page.locator("#q")).toHaveValue("pas");
    await expect(page.locator("#q")).toBeFocused();
    expect(await boxes(page)).toEqual(before);
  });
}

test("the search box works before the app does", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/lv", { waitUntil: "domcontentloaded" });
  await page.locator("#q").fill("pase");
  await page.locator("#q").press("Enter");
  await expect(page).toHaveURL(/\/lv\/services\?q=pase$/);
});
