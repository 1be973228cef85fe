import type { Page } from "@playwright/test";
import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";
import { at, content } from "./support/walk";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const LETTER = "/lv/e-services/e-submission";
const PART = 256 * 1024;

async function signIn(page: Page, name: RegExp) {
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name }).click();
}

/** To the step with the attachments. */
async function write(page: Page) {
  await at(page, "recipient").selectOption("vid");
  await page.getByRole("button", { name: "Tālāk", exact: true }).click();
  await page.getByRole("radio", { name: "Jautājums" }).check();
  await page.getByLabel("Par ko").fill("Ielas nosaukums");
  await page.getByLabel("Teksts").fill("Kāpēc?");
}

async function start(page: Page, name: RegExp) {
  await page.goto(LETTER);
  await page.getByRole("link", { name: "Pieslēgties un sākt" }).click();
  await signIn(page, name);
  await page.getByRole("button", { name: "Sākt", exact: true }).click();
  await write(page);
}

const pdf = (name: string, bytes: number) => ({ name, mimeType: "application/pdf", buffer: content("application/pdf", bytes) });
const row = (page: Page, name: string) => page.locator(".du-files > li").filter({ hasText: name });
const choose = (page: Page, ...files: ReturnType<typeof pdf>[]) => at(page, "attachments").setInputFiles(files);

async function toSend(page: Page) {
  await page.getByRole("button", { name: "Tālāk", exact: true }).click();
  await page.getByRole("radio", { name: "Portālā" }).check();
  await page.getByRole("button", { name: "Tālāk", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Pārbaudiet atbildes" })).toBeVisible();
}

test("a file goes up at once, goes on after a dropped line in another tab, and is sent", async ({ context, page }) => {
  await start(page, /Anna Bērziņa/);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const parts: string[] = [];
  context.on("request", (request) => {
    if (request.url().includes("/parts/")) parts.push(request.url().split("/parts/")[1]);
  });
  // The line drops at the third part.
  await context.route("**/parts/2", (route) => route.abort("internetdisconnected"));
  await choose(page, pdf("Pase.pdf", 4 * PART + 10));
  await expect(row(page, "Pase.pdf")).toContainText("Saglabāts šajā ierīcē");
  await expect(page.locator(".du-saved[role=status]")).toContainText("Saglabāts jūsu kontā");
  const url = page.url();
  await page.close();
  await context.unroute("**/parts/2");
  const other = await context.newPage();
  await other.goto(url);
  await expect(row(other, "Pase.pdf")).toContainText("Pievienots");
  expect(parts.filter((part) => part === "0" || part === "1"), "what was there did not go twice").toHaveLength(2);
  await toSend(other);
  await expect(other.getByText("Pase.pdf")).toBeVisible();
  await other.getByRole("button", { name: "Nosūtīt", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible();
});

test("what is not as its name says, too large or of another kind is refused with its reason", async ({ page }) => {
  await start(page, /Velta Krūmiņa/);
  const refused = page.locator("[role=alert]").filter({ has: page.locator(".ds-alert") });
  await choose(page, { name: "Rēķins.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ programma") });
  await expect(refused).toContainText("Rēķins.pdf: fails nav tāds, kā saka tā nosaukums");
  await expect(row(page, "Rēķins.pdf")).toHaveCount(0);
  await choose(page, { name: "skripts.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 <</S /JavaScript>>") });
  await expect(refused).toContainText("skripts.pdf: PDF failā ir skripti");
  await choose(page, { name: "virus.exe", mimeType: "application/pdf", buffer: Buffer.from("MZ") }, pdf("liels.pdf", 10_000_001), pdf("tukšs.pdf", 0), pdf("labs.pdf", 100));
  await expect(refused).toContainText("virus.exe: Tāda veida failu nevar pievienot");
  await expect(refused).toContainText("liels.pdf: Fails ir par lielu");
  await expect(refused).toContainText("tukšs.pdf: Fails ir tukšs");
  await expect(row(page, "labs.pdf")).toContainText("Pievienots");
  await row(page, "labs.pdf").getByRole("button").click();
  await expect(page.locator(".du-files")).toHaveCount(0);
});

test("a file chosen in a rehearsal stays on the device, and goes up after signing in", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET" && request.url().includes("/api/")) sent.push(request.url());
  });
  await page.goto(LETTER);
  await page.getByRole("button", { name: "Izmēģināt bez pieslēgšanās" }).click();
  await write(page);
  await choose(page, pdf("Karte.pdf", 300_000));
  await expect(row(page, "Karte.pdf")).toContainText("augšupielādēsim, kad pieslēgsieties");
  await toSend(page);
  expect(sent).toEqual([]);
  await page.getByRole("link", { name: "Pieslēgties, lai nosūtītu" }).click();
  await signIn(page, /Elza Ozoliņa/);
  await expect(page.getByRole("heading", { level: 1, name: "Pārbaudiet atbildes" })).toBeVisible();
  await page.getByRole("button", { name: "Nosūtīt", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible({ timeout: 20_000 });
  expect(sent.filter((url) => url.includes("/parts/"))).toHaveLength(2);
});
