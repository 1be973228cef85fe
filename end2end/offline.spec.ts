import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** Visits once, and waits until the service worker has everything. */
async function visit(page: Page) {
  await page.goto("/lv");
  const kept = () =>
    page.evaluate(async () => {
      const cache = await caches.open("durvis-catalogue");
      const paths = (await cache.keys()).map((request) => new URL(request.url).pathname);
      return ["/catalogue/lv.index.", "/catalogue/lv.details."].every((start) => paths.some((path) => path.startsWith(start)));
    });
  await expect.poll(kept, { timeout: 30_000 }).toBe(true);
}

test("after one visit all of search and browsing works without a network", async ({ page, context }) => {
  await visit(page);
  await context.setOffline(true);
  await page.goto("/lv/services?q=pase");
  await expect(page.locator("main article a.du-title").first()).toHaveText("Pase");
  await expect(page.getByText("Nav interneta savienojuma.")).toBeVisible();
  await page.locator("main article a.du-title").first().click();
  await expect(page.getByRole("heading", { name: "Pirms sākat" })).toBeVisible();
  for (const path of ["/lv", "/lv/life-events", "/lv/life-events/having-a-baby", "/lv/institutions/pmlp", "/lv/services/preschool-queue/ogre", "/lv/favourites", "/lv/guide"]) {
    await page.goto(path);
    await expect(page.locator("main h1"), path).toHaveCount(1);
    await expect(page.locator("main h1"), path).not.toBeEmpty();
    await expect(page.locator('[role="alert"]:visible'), path).toHaveCount(0);
  }
  await expect(page.locator("#crash")).toBeHidden();
});

test("a favourite is read at the counter without a network, with places and hours", async ({ page, context }) => {
  await visit(page);
  await page.goto("/lv/services/passport");
  await page.getByRole("button", { name: "Pievienot izlasei" }).click();
  await expect(page.getByRole("button", { name: "Izlasē" })).toBeVisible();
  await page.goto("/lv/favourites");
  await expect(page.getByText(/Pilna kopija/)).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole("article")).toContainText("Pase");
  await expect(page.getByRole("article")).toContainText("+371");
  await page.getByRole("article").getByRole("link", { name: "Pase", exact: true }).click();
  await expect(page.getByText(/\d\.\d\d–\d+\.\d\d/).first()).toBeVisible();
});

test("a favourite is removed by its star", async ({ page }) => {
  await page.goto("/lv/services?q=pase");
  await page.getByRole("button", { name: "Izlase: Pase", exact: true }).click();
  await page.goto("/lv/favourites");
  await page.getByRole("button", { name: "Izlase: Pase", exact: true }).click();
  await expect(page.getByText("Izlase vēl ir tukša")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Izlase vēl ir tukša")).toBeVisible();
});

test("without a service worker and without IndexedDB the online app works and says what it cannot keep", async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: "block", baseURL: process.env.DURVIS_URL });
  await context.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  const page = await context.newPage();
  await page.goto("/lv/services?q=pase");
  await page.getByRole("button", { name: "Izlase: Pase", exact: true }).click();
  await expect(page.getByText(/krātuve nav pieejama/)).toBeVisible();
  await page.locator("main article a.du-title").first().click();
  await expect(page.getByRole("heading", { name: "Pirms sākat" })).toBeVisible();
  await context.close();
});

test("a server that fails is told with its number, and trying again works", async ({ page }) => {
  let broken = true;
  await page.route("**/api/v1/services/passport**", (route) =>
    broken ? route.fulfill({ status: 500, contentType: "application/problem+json", body: '{"type":"/problems/internal","status":500,"title":"x","instance":"abc123"}' }) : route.continue());
  await page.goto("/lv/services/passport");
  await expect(page.getByRole("alert").filter({ hasText: "abc123" })).toBeVisible();
  broken = false;
  await page.getByRole("button", { name: "Mēģināt vēlreiz" }).click();
  await expect(page.getByRole("heading", { name: "Pirms sākat" })).toBeVisible();
});
