import type { BrowserContext, Page } from "@playwright/test";
import { misbehave, portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";
import { at } from "./support/walk";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const FACE = "/lv/e-services/biometric-data";
const LETTER = "/lv/e-services/e-submission";
const TEXT = "Kāpēc ielas nosaukums ir cits? 🦔 «ā̄»";

/** Signs in on the page that asks for it. */
async function signIn(page: Page, name: RegExp) {
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name }).click();
}

async function start(page: Page, path: string, name: RegExp) {
  await page.goto(path);
  await page.getByRole("link", { name: "Pieslēgties un sākt" }).click();
  await signIn(page, name);
  await expect(page).toHaveURL(`${here.url}${path}`);
  await page.getByRole("button", { name: "Sākt", exact: true }).click();
}

const next = (page: Page) => page.getByRole("button", { name: "Tālāk", exact: true }).click();
const kept = (page: Page) => page.locator(".du-saved[role=status]");

test("biometric data: terms, the person, the answer, asked anew, reported, ended", async ({ page, context }) => {
  const cached: string[] = [];
  page.on("response", (answer) => {
    if (answer.url().endsWith("/result")) cached.push(answer.headers()["cache-control"]);
  });
  await start(page, FACE, /Anna Bērziņa/);
  await next(page);
  await expect(page.getByRole("link", { name: "Lai turpinātu, piekrītiet lietošanas nosacījumiem" })).toBeVisible();
  await page.getByRole("checkbox").check();
  await next(page);
  await page.getByRole("radio", { name: "Anna Bērziņa" }).check();
  await next(page);
  await misbehave(here, "bdas", "error");
  await page.getByRole("button", { name: "Saņemt atbildi" }).click();
  await expect(page.getByRole("heading", { name: "Reģistrs pašlaik neatbild" })).toBeVisible();
  await page.getByRole("button", { name: "Mēģināt vēlreiz" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reģistra atbilde" })).toBeVisible();
  await expect(page.getByRole("img", { name: "Sejas attēls" })).toHaveJSProperty("complete", true);
  await expect(page.getByText("320000-00001")).toBeVisible();
  await expect(page.getByRole("cell", { name: "labās rokas rādītājpirksts" })).toBeVisible();
  await page.getByRole("button", { name: "Sākt no jauna" }).click();
  await expect(page.getByRole("img", { name: "Sejas attēls" })).toBeVisible();
  expect(cached.length).toBeGreaterThanOrEqual(3);
  expect(new Set(cached)).toEqual(new Set(["no-store"]));
  const stored = await context.storageState({ indexedDB: true });
  expect(JSON.stringify(stored)).not.toContain("svg");

  await page.getByRole("link", { name: "Ziņot par nepilnībām" }).click();
  await page.getByRole("button", { name: "Nosūtīt ziņojumu" }).click();
  await expect(page.getByRole("link", { name: "Aprakstiet, kas nav pareizi" })).toBeVisible();
  await page.getByLabel("Aprakstiet, kas nav pareizi *").fill("Vārds nav tāds.");
  await page.getByLabel("Kā ar jums sazināties *").fill("anna@epasts.example");
  await page.getByRole("button", { name: "Nosūtīt ziņojumu" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Ziņojums nosūtīts" })).toBeVisible();
  const letters = await (await fetch(`${here.outside}/mailbox/messages`)).json();
  expect(JSON.stringify(letters)).toContain("Vārds nav tāds.");

  await page.getByRole("link", { name: "Atpakaļ uz atbildi" }).click();
  await page.getByRole("button", { name: "Beigt e-pakalpojumu" }).click();
  await expect(page).toHaveURL(`${here.url}/lv/uses`);
  const use = page.getByRole("listitem").filter({ hasText: "Par mani glabātie biometrijas dati" });
  await expect(use).toContainText("Atbildēts");
  await expect(use).toContainText(/[2-9B-Z]{4}-[2-9B-Z]{4}.*sākts.*beigts/);
});

test("who is not held is told so in plain words", async ({ page }) => {
  await start(page, FACE, /Artūrs Vītols/);
  await page.getByRole("checkbox").check();
  await next(page);
  await page.getByRole("radio").first().check();
  await next(page);
  await page.getByRole("button", { name: "Saņemt atbildi" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Informācijas nav" })).toBeVisible();
  await expect(page.getByText("Tas nav kļūdas paziņojums.")).toBeVisible();
});

test("by keyboard only, from the terms to the answer", async ({ page }) => {
  await start(page, FACE, /Velta Krūmiņa/);
  await expect(page.getByRole("heading", { level: 1, name: "Lietošanas nosacījumi" })).toBeFocused();
  const to = async (name: string | RegExp, role: "checkbox" | "radio" | "button") => {
    const target = page.getByRole("main").getByRole(role, { name }).first();
    for (let keys = 0; keys < 20 && !(await target.evaluate((one) => one === document.activeElement)); keys++) await page.keyboard.press("Tab");
    await expect(target).toBeFocused();
  };
  await to(/Piekrītu/, "checkbox");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Par ko jautājat" })).toBeFocused();
  await to(/Velta/, "radio");
  await page.keyboard.press("Space");
  await to("Tālāk", "button");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Pārbaudiet atbildes" })).toBeFocused();
  await to("Saņemt atbildi", "button");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: "Sejas attēls" })).toBeVisible();
});

/** Fills the first two steps of a letter, and is at the second. */
async function write(page: Page) {
  await at(page, "recipient").selectOption("vid");
  await next(page);
  await page.getByRole("radio", { name: "Jautājums" }).check();
  await page.getByLabel("Par ko").fill("Ielas nosaukums");
  await page.getByLabel("Teksts").fill(TEXT);
}

async function isWritten(page: Page, text = TEXT) {
  await expect(page.getByRole("radio", { name: "Jautājums" })).toBeChecked();
  await expect(page.getByLabel("Par ko")).toHaveValue("Ielas nosaukums");
  await expect(page.getByLabel("Teksts")).toHaveValue(text);
}

/** Until the release is on the device, whole. */
const installed = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

test("nothing typed is lost: line down, tab killed, session over, another device", async ({ context, page, browser }) => {
  test.setTimeout(120_000);
  await start(page, LETTER, /Pēteris Liepa/);
  await installed(page);
  await write(page);
  await expect(kept(page)).toContainText("Saglabāts jūsu kontā");
  const url = page.url();

  // The line goes down, and the tab with it.
  await context.setOffline(true);
  await page.getByLabel("Teksts").fill(`${TEXT} Bez līnijas.`);
  await expect(kept(page)).toContainText("saglabāts šajā ierīcē");
  await page.close();
  let other = await context.newPage();
  await other.goto(url);
  await isWritten(other, `${TEXT} Bez līnijas.`);
  await context.setOffline(false);
  await other.getByLabel("Teksts").fill(`${TEXT} Ar līniju.`);
  await expect(kept(other)).toContainText("Saglabāts jūsu kontā");

  // The session is over: the answers are not there for whoever comes next, and there again after signing in.
  await other.getByLabel("Teksts").fill(`${TEXT} Beidzās.`);
  await expect(kept(other)).toContainText("Saglabāts šajā ierīcē");
  await context.clearCookies();
  await other.close();
  other = await context.newPage();
  await other.goto(url);
  await expect(other.getByLabel("Teksts")).toHaveCount(0);
  await other.goto(`/lv/sign-in?to=${encodeURIComponent(new URL(url).pathname)}`);
  await signIn(other, /Pēteris Liepa/);
  await isWritten(other, `${TEXT} Beidzās.`);
  await expect(kept(other)).toContainText("Saglabāts jūsu kontā");

  // Another device goes on; this one is asked which answers hold.
  const desk = await browser.newContext({ baseURL: here.url });
  const there = await desk.newPage();
  await there.goto(`/lv/sign-in?to=${encodeURIComponent(new URL(url).pathname)}`);
  await signIn(there, /Pēteris Liepa/);
  await isWritten(there, `${TEXT} Beidzās.`);
  await there.getByLabel("Teksts").fill("No galda.");
  await expect(kept(there)).toContainText("Saglabāts jūsu kontā");
  await other.getByLabel("Teksts").fill("No telefona.");
  await expect(other.getByRole("alert").filter({ hasText: "mainītas citā ierīcē" })).toBeVisible();
  await other.getByRole("button", { name: "Ar otras ierīces atbildēm" }).click();
  await isWritten(other, "No galda.");
  await desk.close();
});

test("Send without a line waits, says so, and goes once when the line is back", async ({ context, page }) => {
  await start(page, LETTER, /Tanel Mägi/);
  await installed(page);
  await write(page);
  await next(page);
  await page.getByRole("radio", { name: "Portālā" }).check();
  await next(page);
  await expect(page.getByRole("heading", { level: 1, name: "Pārbaudiet atbildes" })).toBeVisible();
  await expect(kept(page)).toContainText("Saglabāts jūsu kontā");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Nosūtīt", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Vēl nav nosūtīts" })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator(".du-ref")).toHaveText(/^[2-9B-Z]{4}-[2-9B-Z]{4}$/);
  const number = await page.locator(".du-ref").textContent();
  await page.reload();
  await expect(page.locator(".du-ref")).toHaveText(number!);
  await page.goto("/lv/uses");
  await expect(page.getByRole("main").locator(".du-list > li")).toHaveCount(1);
});

test("a rehearsal goes on in one's own name after signing in", async ({ page }) => {
  await page.goto(LETTER);
  await page.getByRole("button", { name: "Izmēģināt bez pieslēgšanās" }).click();
  await write(page);
  await next(page);
  await page.getByRole("radio", { name: "Portālā" }).check();
  await next(page);
  await page.getByRole("link", { name: "Pieslēgties, lai nosūtītu" }).click();
  await signIn(page, /Elza Ozoliņa/);
  await expect(page.getByRole("heading", { level: 1, name: "Pārbaudiet atbildes" })).toBeVisible();
  await expect(page.getByText(TEXT)).toBeVisible();
  await page.getByRole("button", { name: "Nosūtīt", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible();
});

async function databases(context: BrowserContext): Promise<string> {
  return JSON.stringify(await context.storageState({ indexedDB: true }));
}

test("the journal is sealed, and gone after signing out", async ({ context, page }) => {
  await start(page, LETTER, /Maria Lindqvist/);
  await write(page);
  await expect(kept(page)).toContainText("Saglabāts jūsu kontā");
  const there = await databases(context);
  expect(there).toContain("durvis-uses");
  expect(there).not.toContain("Ielas nosaukums");
  await page.getByRole("banner").getByRole("button", { name: "Iziet" }).click();
  await expect(page).toHaveURL(`${here.url}/lv/signed-out`);
  expect(await databases(context)).not.toContain("sealed");
});
