import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";
import { definition, walk, words } from "./support/walk";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const SLUG = "e-submission";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const HOLDS = /Pārbaudīts šajā ierīcē: \d+ posm/;

/** Signs in at the record; says whether the device is one's own. */
async function open(page: Page, isOwnDevice: boolean) {
  await page.goto("/lv/record");
  if (isOwnDevice) await page.getByLabel("Tā ir mana ierīce").check();
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name: /Anna Bērziņa/ }).click();
  await expect(page.getByText(HOLDS)).toBeVisible();
}

/** Sends an e-service, as its example says; back at the record. */
async function send(page: Page) {
  const of = definition(SLUG);
  const answers = of.examples.find((example) => example.errors.length === 0)!.answers;
  await page.goto(`/lv/e-services/${SLUG}`);
  await page.getByRole("button", { name: words("lv").start.now, exact: true }).click();
  await walk(page, of, answers, "lv", async () => {});
  await page.getByRole("button", { name: words("lv").walk.send, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible();
  await page.goto("/lv/record");
  await expect(page.getByText(HOLDS)).toBeVisible();
}

test("what is sent is a link that this device verifies; a changed one is shown where it is", async ({ page }) => {
  await open(page, false);
  await send(page);
  await send(page);
  const lines = page.getByRole("main").getByRole("list").last().getByRole("listitem");
  await expect(lines).toHaveCount(2);
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect((await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations).toEqual([]);
  }
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Lejupielādēt reģistru" }).click();
  expect((await download).suggestedFilename()).toBe("durvis-record.json");

  // Somebody at the server changes what was, or signs it by a key of their own.
  await page.route("**/api/v1/record", async (route) => {
    const answer = await route.fetch();
    const record = await answer.json();
    record.entries[0].at = "2020-01-01T00:00:00Z";
    await route.fulfill({ response: answer, json: record });
  });
  await page.reload();
  await expect(page.getByText("Ķēde pārtrūkst: 1. posms ir mainīts")).toBeVisible();
  await expect(lines.last().getByText("Šeit ķēde pārtrūkst")).toBeVisible();
  await expect(page.getByText("Šeit ķēde pārtrūkst")).toHaveCount(1);
  await page.unroute("**/api/v1/record");
  await page.route("**/api/v1/record", async (route) => {
    const answer = await route.fetch();
    const record = await answer.json();
    record.head.at = "2020-01-01T00:00:00Z";
    await route.fulfill({ response: answer, json: record });
  });
  await page.reload();
  await expect(page.getByText("Portāla paraksts neatbilst")).toBeVisible();
});

test("one's own device verifies without a line, and tells a record that has become shorter", async ({ page, context }) => {
  await open(page, true);
  await send(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText("Nav savienojuma: pārbaudīts tas, kas saglabāts")).toBeVisible();
  await expect(page.getByText(HOLDS)).toBeVisible();
  await context.setOffline(false);
  await page.route("**/api/v1/record", async (route) => {
    const answer = await route.fetch();
    const record = await answer.json();
    record.entries.pop();
    record.head = { ...record.head, length: record.entries.length, link: record.entries.at(-1)?.link ?? "" };
    await route.fulfill({ response: answer, json: record });
  });
  await page.reload();
  await expect(page.getByText("Šī ierīce ir redzējusi garāku vai citu ķēdi")).toBeVisible();
});
