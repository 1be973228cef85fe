import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Desk } from "./support/desk";
import { codeSentTo, portal, type Portal } from "./support/outside";
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
const MAIL = "anna@epasts.example";

/** Writes to the tax office; at the receipt. */
async function send(page: Page, name: RegExp) {
  await page.goto("/lv/sign-in?to=/lv/e-services/e-submission");
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name }).click();
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
  await expect(page.getByText("Gaida izskatīšanu")).toBeVisible();
}

const bell = (page: Page) => page.getByRole("banner").getByRole("link", { name: /Paziņojumi/ });

test("a submission is followed: taken, asked, answered, decided; told at the bell and by letter", async ({ page }) => {
  await page.goto("/lv/account");
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name: /Anna Bērziņa/ }).click();
  await page.getByRole("button", { name: "Pievienot: E-pasts" }).click();
  await page.getByLabel("E-pasta adrese").fill(MAIL);
  await page.getByRole("button", { name: "Nosūtīt kodu" }).click();
  await expect(page.getByLabel("Kods no e-pasta")).toBeFocused();
  await page.getByLabel("Kods no e-pasta").fill(await codeSentTo(here, MAIL));
  await page.getByRole("button", { name: "Apstiprināt", exact: true }).click();
  await expect(page.getByRole("main").getByText("Apstiprināts", { exact: true })).toBeVisible();
  await bell(page).click();
  await expect(page.getByText("Paziņojumu vēl nav")).toBeVisible();
  await page.context().clearCookies();
  await send(page, /Anna Bērziņa/);
  const submission = page.url().replace("/check-answers", "");

  const { case: received, answers } = await desk.first();
  expect(answers.subject).toBe("Nodoklis");
  await desk.step(received.id, { kind: "take" });
  await desk.step(received.id, { kind: "ask", text: "Par kuru gadu jautājat?", due: "2099-12-31" });
  // The open page hears of it by itself.
  await expect(bell(page)).toHaveAccessibleName("Paziņojumi: 2 jauni");
  await bell(page).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Iestādei vajadzīga jūsu atbilde" })).toBeVisible();
  await expect(bell(page)).toHaveAccessibleName("Paziņojumi");
  await page.getByRole("navigation", { name: "Mana darba vieta" }).getByRole("link", { name: "Pārskats" }).click();
  const task = page.getByRole("main").getByRole("listitem").filter({ hasText: "Par kuru gadu jautājat?" });
  await expect(task).toContainText("Līdz");
  await task.getByRole("link", { name: "Atbildēt" }).click();
  await expect(page).toHaveURL(submission);
  await expect(page.getByRole("heading", { name: "Uzdevums: atbildiet iestādei" })).toBeVisible();
  await expect(page.getByText("Par kuru gadu jautājat?").first()).toBeVisible();
  await page.getByLabel("Jūsu ziņa").fill("Par 2025. gadu.\nPaldies!");
  await page.getByRole("button", { name: "Nosūtīt ziņu" }).click();
  await expect(page.locator(".du-message[data-mine]")).toContainText("Par 2025. gadu.");
  await expect(page.getByRole("heading", { name: "Uzdevums: atbildiet iestādei" })).toHaveCount(0);
  await page.goto("/lv/workspace");
  await expect(page.getByText("Nekas negaida jūsu atbildi")).toBeVisible();
  await page.goto(submission);
  await desk.step(received.id, { kind: "decide", ruling: "granted", text: "Jāmaksā 12 eiro." });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Lēmums: iesniegums apmierināts" })).toBeVisible();
  await expect(page.getByText("Jāmaksā 12 eiro.")).toBeVisible();
  await expect(page.getByLabel("Jūsu ziņa")).toHaveCount(0);
  await page.goto("/lv/uses");
  await expect(page.getByText("Izlemts")).toBeVisible();
  await page.goto("/lv/account/history");
  await expect(page.getByRole("table")).toContainText("Iestāde aplūkoja iesniegumu");
  await expect.poll(async () => (await subjects()).filter((subject) => subject.includes("vajadzīga jūsu atbilde")).length).toBe(1);
});

async function subjects(): Promise<string[]> {
  const letters = (await (await fetch(`${here.outside}/mailbox/messages?to=${MAIL}`)).json()) as { subject: string }[];
  return letters.map(({ subject }) => subject);
}

test("what was sent is taken back, asked once more before", async ({ page }) => {
  await send(page, /Jānis/);
  await page.getByRole("button", { name: "Atsaukt iesniegumu" }).click();
  await page.getByRole("button", { name: "Jā, atsaukt" }).click();
  await expect(page.getByText("Iesniegums atsaukts").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Atsaukt iesniegumu" })).toHaveCount(0);
});

for (const [colorScheme, width] of [["light", 320], ["dark", 1280]] as const) {
  test(`ru, ${colorScheme}, ${width} px: axe finds nothing in a submission and the notices, and nothing is cut off`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce", baseURL: here.url });
    const page = await context.newPage();
    const look = async (what: string) => {
      await expect(page.locator(".du-loading"), what).toHaveCount(0);
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(violations.map(({ id, nodes }) => [what, id, nodes[0].html]), what).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width);
    };
    await send(page, /Pēteris Liepa/);
    const id = new URL(page.url()).pathname.split("/")[3];
    await desk.step(id, { kind: "take" });
    await desk.step(id, { kind: "ask", text: "Vai varat atsūtīt dokumentu, kas apliecina jūsu tiesības uz šo īpašumu?", due: "2099-12-31" });
    await page.goto(page.url().replace("/lv/", "/ru/"));
    await expect(page.getByRole("heading", { name: "Задача: ответьте учреждению" })).toBeVisible();
    await page.getByRole("button", { name: "Отозвать заявление" }).click();
    await look("submission");
    await page.goto("/ru/workspace");
    await expect(page.getByRole("heading", { name: "Задачи" })).toBeVisible();
    await look("overview");
    await page.goto("/ru/uses");
    await expect(page.getByRole("main").getByText("Ожидает вашего ответа").first()).toBeVisible();
    await look("uses");
    await page.goto("/ru/notices");
    await expect(page.getByRole("main").locator(".du-list > li")).not.toHaveCount(0);
    await look("notices");
    await context.close();
  });
}
