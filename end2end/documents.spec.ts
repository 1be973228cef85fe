import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { container } from "./support/container";
import { Desk } from "./support/desk";
import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";
import { at } from "./support/walk";

let here: Portal;
let desk: Desk;
test.beforeAll(async () => {
  here = await portal();
  desk = await Desk.of(here, "vid");
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Writes to the tax office, which decides; at the submission. */
async function decided(page: Page, name: RegExp) {
  await page.goto("/lv/sign-in?to=/lv/e-services/e-submission");
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name }).click();
  await send(page);
  const { case: received } = await desk.first();
  await desk.step(received.id, { kind: "take" });
  await desk.step(received.id, { kind: "decide", ruling: "granted", text: "Jums nav jāmaksā." });
  await page.goto(`/lv/uses/${received.id}`);
}

/** From the beginning of the e-service to its receipt. */
async function send(page: Page) {
  await page.getByRole("button", { name: "Sākt", exact: true }).click();
  await at(page, "recipient").selectOption("vid");
  const next = () => page.getByRole("button", { name: "Tālāk", exact: true }).click();
  await next();
  await page.getByRole("radio", { name: "Jautājums" }).check();
  await page.getByLabel("Par ko").fill("Nodoklis");
  await page.getByLabel("Teksts").fill("Cik man jāmaksā?");
  await next();
  await page.getByRole("radio", { name: "Portālā" }).check();
  await next();
  await page.getByRole("button", { name: "Nosūtīt", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible();
}

/** What pressing a thing downloads. */
async function saved(page: Page, press: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

const documents = (page: Page) => page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("checkbox") });

test("a decision is kept, shared for a while, and proved genuine by whoever holds it", async ({ page, browser }) => {
  await decided(page, /Anna Bērziņa/);
  await expect(page.getByRole("heading", { level: 2, name: "Dokumenti" })).toBeVisible();
  await page.goto("/lv/documents");
  await expect(documents(page)).toHaveCount(2);
  await page.getByLabel("Veids").selectOption("decision");
  await page.getByRole("button", { name: "Rādīt" }).click();
  await expect(documents(page)).toHaveCount(1);
  const file = await saved(page, () => page.getByRole("link", { name: /Lejupielādēt ?: Lēmums/ }).click());
  expect(file.name).toMatch(/^Durvis-[2-9B-Z]{4}-[2-9B-Z]{4}\.pdf$/);
  const bytes = await readFile(file.path);
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");

  // Many at once.
  await page.getByLabel("Veids").selectOption("");
  await page.getByRole("button", { name: "Rādīt" }).click();
  await expect(documents(page)).toHaveCount(2);
  for (const box of await documents(page).getByRole("checkbox").all()) await box.check();
  const zip = await saved(page, () => page.getByRole("button", { name: "Lejupielādēt atlasītos (2)" }).click());
  expect((await readFile(zip.path)).subarray(0, 2).toString()).toBe("PK");

  // Shared, fetched by a stranger, ended.
  await page.getByRole("button", { name: /Kopīgot ?: Lēmums/ }).click();
  const dialog = page.getByRole("dialog", { name: "Kopīgot dokumentu" });
  await dialog.getByRole("button", { name: "Izveidot saiti" }).click();
  const link = await dialog.getByLabel("Saite", { exact: true }).inputValue();
  const stranger = await browser.newContext({ baseURL: here.url });
  const path = new URL(link).pathname;
  const fetched = await stranger.request.get(path);
  expect([fetched.status(), Buffer.compare(await fetched.body(), bytes)]).toEqual([200, 0]);
  await dialog.getByRole("button", { name: /Izbeigt saiti/ }).click();
  await expect(dialog.getByText("Šim dokumentam nav nevienas saites")).toBeVisible();
  expect((await stranger.request.get(path)).status()).toBe(404);
  await dialog.getByRole("button", { name: "Aizvērt" }).click();
  await page.goto("/lv/account/history");
  await expect(page.locator("tbody").getByText("Dokuments lejupielādēts pēc saites")).toHaveCount(1);

  // Genuine, and not when one byte is another.
  const other = await stranger.newPage();
  await other.goto(`/lv/genuine/${file.name.slice(7, 16)}`);
  const give = (buffer: Buffer) => other.locator("#genuine-file").setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer });
  await give(bytes);
  await expect(other.getByRole("heading", { name: "Dokuments ir īsts" })).toBeVisible();
  await expect(other.getByText("Valsts ieņēmumu dienests")).toBeVisible();
  expect(await other.getByRole("main").textContent()).not.toContain("Bērziņa");
  const forged = Buffer.from(bytes);
  forged[forged.length - 20] ^= 1;
  await give(forged);
  await expect(other.getByRole("heading", { name: "Šis fails nav tas, ko portāls izsniedza" })).toBeVisible();
  await other.getByLabel("Kods", { exact: true }).fill("2222-2222");
  await other.getByRole("button", { name: "Pārbaudīt" }).click();
  await expect(other.getByRole("heading", { name: "Portāls šādu dokumentu nav izsniedzis" })).toBeVisible();
  await stranger.close();
});

test("what is signed in a container is told layer by layer, and that nothing is", async ({ page }) => {
  await page.goto("/lv/sign-in?to=/lv/e-services/e-submission");
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name: /Velta Krūmiņa/ }).click();
  await send(page);
  const { case: received } = await desk.first();
  await desk.step(received.id, { kind: "take" });
  await desk.give(received.id, "Līgums.asice", container({ "Līgums.txt": "Vienojamies." }));
  await desk.step(received.id, { kind: "decide", ruling: "granted", text: "Jā." });
  await page.goto("/lv/documents");
  await page.getByRole("button", { name: /Skatīt parakstus ?: .*Līgums\.asice/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Paraksta nav.")).toBeVisible();
  await expect(dialog.getByRole("listitem").filter({ hasText: "Līgums.txt" })).toContainText("Nav parakstīts");
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);
});

for (const [colorScheme, width] of [["light", 320], ["dark", 1280]] as const) {
  test(`ru, ${colorScheme}, ${width} px: axe finds nothing in the archive and nothing is cut off`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce", baseURL: here.url });
    const page = await context.newPage();
    const look = async (what: string) => {
      await expect(page.locator(".du-loading"), what).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => [what, id, nodes[0].html]), what).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
    };
    await decided(page, /Tanel Mägi/);
    await page.goto("/ru/documents");
    await expect(documents(page).first()).toBeVisible();
    await look("archive");
    await page.getByRole("button", { name: /Поделиться ?: Решение/ }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Создать ссылку" }).click();
    await expect(page.getByRole("dialog").getByLabel("Ссылка", { exact: true })).toBeVisible();
    await look("share");
    await page.goto("/ru/genuine");
    await look("genuine");
    await page.getByLabel("Номер документа").fill("2222-2222");
    await page.getByLabel("Код", { exact: true }).fill("2222-2222");
    await page.getByRole("button", { name: "Проверить" }).click();
    await expect(page.getByRole("heading", { name: "Портал такого документа не выдавал" })).toBeVisible();
    await look("unknown");
    await context.close();
  });
}
