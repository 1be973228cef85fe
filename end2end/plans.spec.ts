import AxeBuilder from "@axe-core/playwright";
import ICAL from "ical.js";
import { readFile } from "node:fs/promises";
import type { Page, Request } from "@playwright/test";
import { expect, LANGUAGES, test } from "./support/test";

const PLAN = "/lv/life-events/having-a-baby/plan";
const BORN = "2026-11-18";
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What is answered to the questions of having-a-baby, in order. */
const ANSWERS = ["Nē", "Jā", "Jā", "Latvijā", "Pirmais vai otrais"];
const NOTE = "Paprasīt Ilzei par dokumentiem";

test.use({ serviceWorkers: "block" });
test.beforeEach(({ page }) => page.clock.setFixedTime(new Date("2026-11-23T10:00:00+02:00")));

/** Answers everything, up to the plan. */
async function answer(page: Page) {
  await page.getByLabel("Kurā dienā bērns piedzima").fill(BORN);
  await page.getByRole("button", { name: "Tālāk" }).click();
  for (const [at, text] of ANSWERS.entries()) {
    await expect(page.getByText(`${at + 2}. jautājums no 6`)).toBeVisible();
    await page.getByRole("radio", { name: text, exact: true }).check();
    await page.getByRole("button", { name: "Tālāk" }).click();
  }
  await expect(page.getByRole("heading", { level: 1, name: "Ģimenē gaidāms bērns" })).toBeVisible();
}

const step = (page: Page, name: string) => page.getByRole("listitem").filter({ has: page.getByRole("checkbox", { name, exact: true }) });

test("the plan stands in order with its dates, and no answer, tick or note leaves the device", async ({ page }) => {
  const log: Request[] = [];
  const sockets: string[] = [];
  page.on("request", (request) => log.push(request));
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await page.goto("/lv/life-events/having-a-baby");
  await page.getByRole("link", { name: "Sastādīt savu plānu" }).click();
  await expect(page.getByLabel("Kurā dienā bērns piedzima")).toBeVisible();
  const before = log.length;
  expect(log.filter((request) => request.url().includes("/api/v1/plans/")).length, "the log sees requests").toBe(1);

  await answer(page);
  await expect(step(page, "Bērna dzimšanas reģistrācija")).toContainText("18.12.2026, vēl 25 dienas");
  await expect(step(page, "Bērna dzimšanas reģistrācija")).toContainText("Civilstāvokļa aktu reģistrācijas likums");
  await expect(step(page, "Bērna dzimšanas reģistrācija")).toContainText("E-pakalpojums šeit");
  await expect(step(page, "Paternitātes atzīšana"), "the parents are not married").toBeVisible();
  await expect(step(page, "Ģimenes valsts pabalsts")).toContainText("Ne agrāk: 18.11.2027");
  await expect(page.getByRole("checkbox", { name: "Atbalsts daudzbērnu ģimenei" })).toHaveCount(0);
  await step(page, "Bērna dzimšanas reģistrācija").getByRole("checkbox").check();
  await step(page, "Pase").getByText("Piezīme").click();
  await page.getByRole("textbox", { name: "Piezīme: Pase" }).fill(NOTE);
  await page.getByRole("button", { name: "Mainīt Vai bērna vecāki" }).click();
  await page.getByRole("radio", { name: "Jā" }).check();
  await page.getByRole("button", { name: "Tālāk" }).click();
  await expect(page.getByRole("checkbox", { name: "Paternitātes atzīšana" })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: /Padarīts: 1 no/ })).toBeVisible();

  // Nothing is asked of any server from the first answer on; so nothing can be told to it.
  expect(log.slice(before).map((request) => `${request.method()} ${request.url()} ${request.postData() ?? ""}`)).toEqual([]);
  expect(sockets).toEqual([]);
  expect(page.url(), "an address is sent with the next load").toMatch(/\/having-a-baby\/plan$/);
  expect(await page.context().cookies()).toEqual([]);

  await page.reload();
  await expect(step(page, "Bērna dzimšanas reģistrācija").getByRole("checkbox")).toBeChecked();
  await expect(page.getByRole("textbox", { name: "Piezīme: Pase" })).toHaveValue(NOTE);
  const told = log.map((request) => decodeURIComponent(request.url()) + (request.postData() ?? "") + JSON.stringify(request.headers()));
  for (const secret of [BORN, "unmarried", "mother-works", NOTE, "register-birth"]) {
    expect(told.filter((text) => text.includes(secret)), secret).toEqual([]);
  }
});

test("a calendar program reads the dates, all of them, and the same ones again", async ({ page }) => {
  await page.goto(PLAN);
  await answer(page);
  const save = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /\.ics/ }).click()]);
    expect(download.suggestedFilename()).toBe("having-a-baby.ics");
    return readFile(await download.path(), "utf8");
  };
  const read = (text: string) => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
    return calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  };
  const text = await save();
  expect(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  const events = read(text);
  const dated = await page.getByRole("listitem").filter({ hasText: /Termiņš: |Termiņš bija |Ne agrāk: / }).count();
  expect(events.length).toBe(dated);
  const birth = events.find((event) => event.summary === "Bērna dzimšanas reģistrācija")!;
  expect([birth.startDate.isDate, birth.startDate.toString(), birth.endDate.toString()]).toEqual([true, "2026-12-18", "2026-12-19"]);
  expect(birth.description).toContain("Bez tiem nevar pieteikt pabalstus.\nTermiņu nosaka Civilstāvokļa aktu reģistrācijas likums: https://likumi.lv/");
  expect(birth.component.getFirstSubcomponent("valarm")!.getFirstPropertyValue("trigger")!.toString()).toBe("-P3D");
  expect(birth.component.getFirstPropertyValue("dtstamp")!.toString()).toBe("2026-11-23T08:00:00Z");
  expect(new Set(events.map((event) => event.uid)).size).toBe(events.length);

  await step(page, "Bērna dzimšanas reģistrācija").getByRole("checkbox").check();
  const left = read(await save()).map((event) => event.uid);
  expect(left, "what is done is left out, the rest keeps its names").toEqual(events.map((event) => event.uid).filter((uid) => uid !== birth.uid));
});

test("without a date the plan counts from the event, and what is missing is said once and focused", async ({ page }) => {
  await page.goto(PLAN);
  await page.getByRole("button", { name: "Tālāk" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await page.getByRole("alert").getByRole("link", { name: "Ierakstiet dienu, mēnesi un gadu" }).click();
  await expect(page.getByLabel("Kurā dienā bērns piedzima")).toBeFocused();
  await page.getByRole("button", { name: "Datumu vēl nezinu" }).click();
  await page.getByRole("button", { name: "Tālāk" }).click();
  await expect(page.getByRole("alert").getByRole("link", { name: "Izvēlieties atbildi" })).toBeVisible();
  await page.getByRole("button", { name: "Atpakaļ" }).click();
  await page.getByRole("button", { name: "Datumu vēl nezinu" }).click();
  for (const text of ANSWERS) {
    await page.getByRole("radio", { name: text, exact: true }).check();
    await page.getByRole("button", { name: "Tālāk" }).click();
  }
  await expect(step(page, "Bērna dzimšanas reģistrācija")).toContainText("Termiņš: 1 mēnesis pēc notikuma");
  await expect(page.getByRole("button", { name: /\.ics/ })).toHaveCount(0);
});

test("a plan is deleted from the device, and printed on one page", async ({ page }) => {
  await page.goto(PLAN);
  await answer(page);
  const printed = await page.pdf({ format: "A4" });
  expect(printed.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.getByRole("button", { name: "Dzēst plānu" }).click();
  await page.getByRole("button", { name: "Jā, dzēst" }).click();
  await expect(page.getByLabel("Kurā dienā bērns piedzima")).toHaveValue("");
  await page.reload();
  await expect(page.getByLabel("Kurā dienā bērns piedzima")).toHaveValue("");
  const kept = await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const open = indexedDB.open("durvis-plans");
        open.onsuccess = () => {
          const keys = open.result.transaction("plans").objectStore("plans").getAllKeys();
          keys.onsuccess = () => resolve(keys.result as string[]);
        };
      }),
  );
  expect(kept).toEqual(["rules/lv/having-a-baby"]);
});

for (const lang of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${lang}, ${colorScheme}: axe finds nothing on a question and on a plan, and nothing is cut off at 320 px`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme, viewport: { width: 320, height: 900 }, serviceWorkers: "block", reducedMotion: "reduce", baseURL: process.env.DURVIS_URL });
      const page = await context.newPage();
      await page.goto(`/${lang}/life-events/losing-a-loved-one/plan`);
      await page.locator("#day").fill("2026-11-18");
      const submit = page.locator("form button[type=submit]");
      await submit.click();
      while (await page.locator("fieldset").isVisible()) {
        await submit.click();
        await expect(page.getByRole("alert")).toBeVisible();
        await check(page);
        const title = await page.locator("h1").textContent();
        await page.getByRole("radio").first().check();
        await submit.click();
        await expect(page.locator("h1")).not.toHaveText(title!);
      }
      await expect(page.getByRole("checkbox").first()).toBeVisible();
      await check(page);
      await context.close();
    });
  }
}

async function check(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0].html])).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
}

test.describe("offline", () => {
  test.use({ serviceWorkers: "allow" });

  test("a plan that was opened once opens and goes on without a network", async ({ page, context }) => {
    await page.goto("/lv/life-events/having-a-baby");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.goto(PLAN);
    await answer(page);
    await context.setOffline(true);
    await page.reload();
    await step(page, "Bērna dzimšanas reģistrācija").getByRole("checkbox").check();
    await page.reload();
    await expect(step(page, "Bērna dzimšanas reģistrācija").getByRole("checkbox")).toBeChecked();
  });
});
