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

const SLUG = "criminal-record-certificate";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const BOX = "Meklēt savās lietās";

/** Signs in at the search over one's own affairs; says whether the device is one's own. */
async function open(page: Page, isOwnDevice: boolean) {
  await page.goto("/lv/own");
  if (isOwnDevice) await page.getByLabel("Tā ir mana ierīce").check();
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name: /Anna Bērziņa/ }).click();
  await expect(page.getByRole("searchbox", { name: BOX })).toBeVisible();
}

/** Sends what costs, as its example says. */
async function send(page: Page) {
  const of = definition(SLUG);
  const answers = of.examples.find((example) => example.errors.length === 0)!.answers;
  await page.goto(`/lv/e-services/${SLUG}`);
  await page.getByRole("button", { name: words("lv").start.now, exact: true }).click();
  await walk(page, of, answers, "lv", async () => {});
  await page.getByRole("button", { name: words("lv").walk.send, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible();
}

/** What this browser keeps: the keys of every database, answers of the API in caches, names in storages. */
function kept(page: Page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((one) => one.name!);
    const rows: string[] = [];
    for (const name of names) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAllKeys();
        await new Promise((resolve) => (request.onsuccess = resolve));
        rows.push(...request.result.map((key) => `${name}/${key}`));
      }
      database.close();
    }
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) cached.push(new URL(request.url).pathname);
    }
    const storage = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    return { rows, cached: cached.filter((path) => path.startsWith("/api/") && path !== "/api/v1/catalogue"), storage };
  });
}

test("what one remembers of one's own affairs finds them, on the device", async ({ page }) => {
  await open(page, false);
  await send(page);
  await page.goto("/lv/own");
  const box = page.getByRole("searchbox", { name: BOX });
  await expect(box).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${decodeURIComponent(request.url())} ${request.postData() ?? ""}`));
  await box.fill("sodamibu");
  const lines = page.getByRole("main").getByRole("list").last().getByRole("listitem");
  await expect(lines.filter({ hasText: "10,40 €" })).toHaveCount(1);
  await page.getByRole("button", { name: /^Rēķini/ }).click();
  await expect(lines).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Rēķini/ })).toHaveAttribute("aria-pressed", "true");
  await box.fill("10,40");
  await expect(lines).toHaveCount(1);
  await box.fill("nekā tāda nav xyzzy");
  await expect(page.getByRole("status").filter({ hasText: "0 atrast" })).toBeVisible();
  const told = asked.filter((request) => /sodamibu|10,40|xyzzy|\/api\/v1\/own/.test(request));
  expect(told, "what is looked for goes nowhere").toEqual([]);
  expect(page.url()).not.toContain("xyzzy");
  await box.fill("");
  await page.getByRole("button", { name: /^Viss/ }).click();
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect((await new AxeBuilder({ page }).withTags(TAGS).analyze()).violations).toEqual([]);
  }
  await lines.filter({ hasText: "10,40 €" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/lv\/bills\//);
});

test("on one's own device it works without a line, until one signs out", async ({ page, context }) => {
  await open(page, true);
  await page.getByRole("searchbox", { name: BOX }).fill("pieslēg");
  await expect(page.getByRole("main").getByRole("link", { name: "Pieslēgšanās" }).first()).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText("Nav savienojuma. Tas ir šajā ierīcē saglabātais")).toBeVisible();
  await page.getByRole("searchbox", { name: BOX }).fill("pieslēg");
  await expect(page.getByRole("main").getByRole("link", { name: "Pieslēgšanās" }).first()).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  expect((await kept(page)).rows.filter((row) => row.endsWith("/affairs"))).toHaveLength(1);
  await page.getByRole("banner").getByRole("button", { name: "Iziet" }).click();
  await expect(page).toHaveURL(`${here.url}/lv/signed-out`);
  expect((await kept(page)).rows.filter((row) => row.endsWith("/affairs"))).toEqual([]);
});

test("on a device of others nothing of it is kept, and sign-out leaves zero bytes", async ({ page, context }) => {
  await open(page, false);
  expect((await kept(page)).rows.filter((row) => row.includes("/file/")), "nothing of it is kept").toEqual([]);
  await page.getByRole("banner").getByRole("button", { name: "Iziet" }).click();
  await expect(page).toHaveURL(`${here.url}/lv/signed-out`);
  const { rows, cached, storage } = await kept(page);
  expect(rows).toEqual([]);
  expect(cached).toEqual([]);
  expect(storage.filter((name) => !["theme", "size"].includes(name))).toEqual([]);
  expect((await context.cookies()).filter((cookie) => cookie.name.startsWith("__Host-"))).toEqual([]);
});
