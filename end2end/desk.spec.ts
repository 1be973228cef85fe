import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";
import { at } from "./support/walk";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
  here.durvis("institution", "add-officer", "vid", "320000-00002", "--name", "Jānis O.");
  here.durvis("institution", "add-officer", "vid", "320000-00003", "--name", "Otrais O.");
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** A window of somebody else's, on a page they sign in for. */
async function somebody(browser: Browser, persona: RegExp, path: string, options = {}): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: here.url, ...options })).newPage();
  const lang = path.split("/")[1];
  await page.goto(`/${lang}/sign-in?to=${encodeURIComponent(path)}`);
  await page.getByRole("main").getByRole("link", { name: /eID/ }).first().click();
  await page.getByRole("button", { name: persona }).click();
  return page;
}

/** Opens what may be done, unless it is open: what is typed, and where, outlives a case that has changed. */
async function unfold(page: Page, name: string) {
  const details = page.locator("main details").filter({ has: page.locator("summary").getByText(name, { exact: true }) });
  if (!(await details.evaluate((one: HTMLDetailsElement) => one.open))) await details.locator("summary").click();
}

/** A day from today on, as a field takes it. */
const day = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);

/** Writes to the tax office; at the receipt. */
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

test("an officer takes, asks, gives a document and decides; the second officer is told, the citizen sees all of it", async ({ browser }) => {
  const citizen = await somebody(browser, /Anna Bērziņa/, "/lv/e-services/e-submission");
  await send(citizen);
  const number = await citizen.locator(".du-ref").innerText();

  const officer = await somebody(browser, /Jānis Ozoliņš/, "/lv/desk");
  const second = await somebody(browser, /Velta Krūmiņa/, "/lv/desk");
  for (const page of [officer, second]) {
    const line = page.getByRole("main").getByRole("listitem").filter({ hasText: number });
    await expect(line).toContainText("Jauna");
    await line.getByRole("link").click();
    await expect(page.getByText("Cik man jāmaksā?")).toBeVisible();
  }
  await officer.getByRole("button", { name: "Sākt izskatīt" }).click();
  await expect(officer.getByText("Izskata Jānis O.")).toBeVisible();
  // The other one has the page open as it was.
  await second.getByRole("button", { name: "Sākt izskatīt" }).click();
  await expect(second.getByText("Kamēr strādājāt, lieta mainījās")).toBeVisible();
  await expect(second.getByText(/Šo lietu kopš .* izskata Jānis O\./)).toBeVisible();

  await unfold(officer, "Jautāt iesniedzējam");
  await officer.getByLabel("Ko vajag noskaidrot").fill("Par kuru gadu?");
  await officer.getByRole("button", { name: "Nosūtīt jautājumu" }).click();
  await expect(officer.getByText("Norādiet šodienu vai vēlāku dienu")).toBeVisible();
  await expect(officer.getByLabel("Ko vajag noskaidrot")).toHaveValue("Par kuru gadu?");
  await officer.getByLabel("Līdz kurai dienai atbildēt").fill("2099-12-31");
  await officer.getByRole("button", { name: "Nosūtīt jautājumu" }).click();
  await expect(officer.getByText("Jautāts iesniedzējam")).toBeVisible();

  await citizen.reload();
  await citizen.getByRole("button", { name: "Nosūtīt ziņu" }).click();
  await expect(citizen.getByText("Uzrakstiet ziņu vai pievienojiet failu")).toBeVisible();
  await citizen.getByLabel("Jūsu ziņa").fill("Par 2025. gadu.");
  const paper = (name: string) => ({ name, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n") });
  await citizen.getByLabel("Izvēlēties failus").setInputFiles([paper("Pārskats.pdf"), paper("Pielikums.pdf"), { ...paper("Vīruss.exe") }]);
  await expect(citizen.getByText("Vīruss.exe: Tāda veida failu nevar pievienot")).toBeVisible();
  await citizen.getByRole("button", { name: /Noņemt ?: Pielikums\.pdf/ }).click();
  await expect(citizen.locator(".du-files").getByText("Pievienots", { exact: true })).toBeVisible();
  await citizen.getByRole("button", { name: "Nosūtīt ziņu" }).click();
  const mine = citizen.locator(".du-message[data-mine]");
  await expect(mine).toContainText("Par 2025. gadu.");
  await expect(mine.getByRole("link")).toHaveText(["Pārskats.pdf"]);

  // What the citizen answered meanwhile is told before anything is decided, and what was typed stays.
  await unfold(officer, "Pieņemt lēmumu");
  await officer.getByRole("radio", { name: "Apmierināts", exact: true }).check();
  await officer.getByLabel("Pamatojums").fill("Jāmaksā 12 eiro.");
  await officer.getByRole("button", { name: "Pārbaudīt un pieņemt" }).click();
  await officer.locator(".du-task").getByRole("button", { name: "Pieņemt lēmumu" }).click();
  await expect(officer.getByText("Kamēr strādājāt, lieta mainījās")).toBeVisible();
  await expect(officer.getByText("Par 2025. gadu.")).toBeVisible();
  const [download] = await Promise.all([officer.waitForEvent("download"), officer.getByRole("link", { name: "Pārskats.pdf" }).click()]);
  expect(await readFile(await download.path(), "utf8")).toBe("%PDF-1.7\n");

  await unfold(officer, "Pievienot dokumentu");
  await officer.getByLabel("Izvēlēties failu").setInputFiles({ name: "Izziņa.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n") });
  await officer.getByRole("button", { name: "Nodot dokumentu iesniedzējam" }).click();
  await expect(officer.getByText("Nodots: Izziņa.pdf")).toBeVisible();

  await unfold(officer, "Pieņemt lēmumu");
  await expect(officer.getByLabel("Pamatojums")).toHaveValue("Jāmaksā 12 eiro.");
  await officer.getByRole("button", { name: "Pārbaudīt un pieņemt" }).click();
  await officer.locator(".du-task").getByRole("button", { name: "Pieņemt lēmumu" }).click();
  await expect(officer.getByText("Izlemta").first()).toBeVisible();
  await expect(officer.getByRole("heading", { name: "Ko darīt" })).toHaveCount(0);

  await citizen.reload();
  await expect(citizen.getByRole("heading", { name: "Lēmums: iesniegums apmierināts" })).toBeVisible();
  await expect(citizen.getByText("Izziņa.pdf").first()).toBeVisible();
  await citizen.goto("/lv/account/history");
  await expect(citizen.getByRole("table")).toContainText("Jānis O.");
  await officer.goto("/lv/desk?state=decided");
  await expect(officer.getByRole("main").getByRole("listitem").filter({ hasText: number })).toContainText("Izlemta");
  // Who is no officer is told so.
  await citizen.goto("/lv/desk");
  await expect(citizen.getByText("Šī lapa ir iestāžu darbiniekiem")).toBeVisible();
  for (const page of [citizen, officer, second]) await page.context().close();
});

test("a bill is split, paid part by part and with others, disputed and answered, and sent back", async ({ browser }) => {
  const citizen = await somebody(browser, /Anna Bērziņa/, "/lv/e-services/e-submission");
  await send(citizen);
  const number = await citizen.locator(".du-ref").innerText();
  const officer = await somebody(browser, /Jānis Ozoliņš/, "/lv/desk");
  await officer.getByRole("main").getByRole("listitem").filter({ hasText: number }).getByRole("link").click();
  await officer.getByRole("button", { name: "Sākt izskatīt" }).click();
  await unfold(officer, "Izrakstīt rēķinu");
  const bills = officer.getByRole("region", { name: "Rēķini šajā lietā" }).locator("ul.du-list > li");
  for (const [at, what] of ["Kopija", "Izziņa"].entries()) {
    await officer.getByLabel("Par ko").fill(what);
    await officer.getByLabel("Summa, €").last().fill("30");
    await officer.getByLabel("Jāsamaksā līdz").fill(day(100 + at));
    await officer.getByRole("button", { name: "Izrakstīt rēķinu" }).click();
    await expect(bills).toHaveCount(at + 1);
  }
  /** Does something with the bill of that name. */
  const step = async (name: string, way: string, fill: () => Promise<void>) => {
    const bill = bills.filter({ hasText: name });
    const details = bill.locator("details");
    if (!(await details.evaluate((one: HTMLDetailsElement) => one.open))) await details.locator("summary").click();
    await bill.getByLabel("Darbība").selectOption({ label: way });
    await fill();
    await bill.getByRole("button", { name: "Izdarīt" }).click();
  };
  const copy = bills.filter({ hasText: "Kopija" });
  await step("Kopija", "Sadalīt daļās", async () => {
    await copy.getByLabel("Daļu skaits").fill("3");
    await copy.getByLabel("Pirmās daļas diena").fill(day(40));
  });
  await expect(copy.getByText("Maksājams pa daļām")).toBeVisible();

  // The first part, and all of the other bill, at once.
  await citizen.goto("/lv/bills");
  await citizen.getByRole("checkbox", { name: /Kopija/ }).check();
  await citizen.getByRole("checkbox", { name: /Izziņa/ }).check();
  await citizen.getByRole("button", { name: "Maksāt 2 rēķinus, kopā 40,00 €" }).click();
  await citizen.getByRole("button", { name: "Apstiprināt", exact: true }).click();
  await expect(citizen.getByText("Samaksāti rēķini: 2, kopā 40,00 €.")).toBeVisible();
  await citizen.getByRole("link", { name: "Kopija" }).click();
  await expect(citizen.getByText("Nākamo daļu: 10,00 €")).toBeVisible();
  await citizen.getByRole("radio", { name: "Visu atlikušo: 20,00 €" }).check();
  await expect(citizen.getByRole("button", { name: "Maksāt 20,00 €" })).toBeVisible();
  await citizen.getByText("Rēķins nav pareizs?").click();
  await citizen.getByRole("button", { name: "Apstrīdēt rēķinu" }).click();
  await expect(citizen.getByText("Uzrakstiet, kas nav pareizi")).toBeVisible();
  await citizen.getByLabel("Kas rēķinā nav pareizi").fill("Kopiju nesaņēmu.");
  await citizen.getByRole("button", { name: "Apstrīdēt rēķinu" }).click();
  await expect(citizen.getByText("Jūs apstrīdējāt šo rēķinu")).toBeVisible();
  await expect(citizen.getByRole("button", { name: /^Maksāt/ })).toHaveCount(0);

  await officer.goto("/lv/desk");
  const line = officer.getByRole("main").getByRole("listitem").filter({ hasText: number });
  await expect(line).toContainText("Apstrīdēts rēķins");
  await line.getByRole("link").click();
  await expect(copy).toContainText("Kopiju nesaņēmu.");
  await step("Kopija", "Atsaukt", () => copy.getByLabel("Paskaidrojums iesniedzējam").fill("Jums taisnība."));
  await expect(copy.getByText("Atcelts", { exact: true })).toBeVisible();
  await step("Kopija", "Atmaksāt", async () => {
    await copy.getByLabel("Summa").fill("10,01");
    await copy.getByLabel("Paskaidrojums iesniedzējam").fill("Pirmā daļa.");
  });
  await expect(copy.getByText("Summa ir lielāka, nekā var būt")).toBeVisible();
  await step("Kopija", "Atmaksāt", () => copy.getByLabel("Summa").fill("10"));
  await expect(copy).toContainText("Atmaksa: 10,00 €");
  await citizen.reload();
  await expect(citizen.getByText("Jums taisnība.")).toBeVisible();
  await expect(citizen.getByText("Pirmā daļa.")).toBeVisible();
  for (const page of [citizen, officer]) await page.context().close();
});

for (const [colorScheme, width] of [["light", 320], ["dark", 1280]] as const) {
  test(`ru, ${colorScheme}, ${width} px: axe finds nothing at the desk, and nothing is cut off`, async ({ browser }) => {
    const citizen = await somebody(browser, /Anna Bērziņa/, "/lv/e-services/e-submission");
    await send(citizen);
    const number = await citizen.locator(".du-ref").innerText();
    await citizen.context().close();
    const options = { colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" };
    const page = await somebody(browser, /Jānis Ozoliņš/, "/ru/desk", options);
    const look = async (what: string) => {
      await expect(page.locator(".du-loading"), what).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => [what, id, nodes[0].html]), what).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
    };
    await expect(page.getByText("Новое").first()).toBeVisible();
    await look("queue");
    await page.getByRole("main").getByRole("listitem").filter({ hasText: number }).getByRole("link").click();
    await page.getByRole("button", { name: "Начать рассмотрение" }).click();
    await expect(page.getByText("Рассматривает Jānis O.")).toBeVisible();
    for (const summary of await page.locator("main details summary").all()) await summary.click();
    await look("case");
    await page.context().close();
  });
}
