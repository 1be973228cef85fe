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
  await citizen.getByLabel("Jūsu ziņa").fill("Par 2025. gadu.");
  await citizen.getByRole("button", { name: "Nosūtīt ziņu" }).click();
  await expect(citizen.locator(".du-message[data-mine]")).toContainText("Par 2025. gadu.");

  // What the citizen answered meanwhile is told before anything is decided, and what was typed stays.
  await unfold(officer, "Pieņemt lēmumu");
  await officer.getByRole("radio", { name: "Apmierināts", exact: true }).check();
  await officer.getByLabel("Pamatojums").fill("Jāmaksā 12 eiro.");
  await officer.getByRole("button", { name: "Pārbaudīt un pieņemt" }).click();
  await officer.locator(".du-task").getByRole("button", { name: "Pieņemt lēmumu" }).click();
  await expect(officer.getByText("Kamēr strādājāt, lieta mainījās")).toBeVisible();
  await expect(officer.getByText("Par 2025. gadu.")).toBeVisible();

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
