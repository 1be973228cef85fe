import type { BrowserContext, Page } from "@playwright/test";
import { portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";
import { definition, fill, words } from "./support/walk";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const SLUG = "housing-benefit";

async function signIn(page: Page) {
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.getByRole("button", { name: /Velta Krūmiņa/ }).click();
}

/** All that the citizen sees of their answers on a page. */
const typed = (page: Page) =>
  page.evaluate(() => {
    const inputs = [...document.querySelectorAll<HTMLInputElement>("main input, main textarea, main select")];
    const answers = inputs.map((one) => [one.id, ["radio", "checkbox"].includes(one.type) ? one.checked : one.value]);
    return JSON.stringify([answers, [...document.querySelectorAll(".du-files strong")].map((one) => one.textContent)]);
  });

const isKept = (page: Page) => expect(page.locator(".du-saved[role=status]")).toContainText("Saglabāts");

/** What may happen to a tab; each ends with a page of the same address. */
const HAPPENS: Record<string, (context: BrowserContext, page: Page) => Promise<Page>> = {
  "the line is cut and the tab killed": async (context, page) => {
    const url = page.url();
    await context.setOffline(true);
    await page.close();
    const other = await context.newPage();
    await other.goto(url);
    await expect(other.locator("main h1")).toBeVisible();
    await isKept(other);
    await context.setOffline(false);
    return other;
  },
  "the tab is killed": async (context, page) => {
    const url = page.url();
    await page.close({ runBeforeUnload: false });
    const other = await context.newPage();
    await other.goto(url);
    return other;
  },
  "the session ends": async (context, page) => {
    const to = new URL(page.url()).pathname;
    await context.clearCookies();
    await page.close();
    const other = await context.newPage();
    await other.goto(`/lv/sign-in?to=${encodeURIComponent(to)}`);
    await signIn(other);
    return other;
  },
  "the release is swapped": async (_, page) => {
    await here.swapRelease();
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())!.update()));
    await page.getByRole("button", { name: "Pārlādēt" }).click();
    await expect(page.getByText("Ir jauna Durvju versija.")).toHaveCount(0);
    return page;
  },
};

test("at each step of the longest e-service, whatever happens: not a character is lost", async ({ context, page }) => {
  test.setTimeout(180_000);
  const of = definition(SLUG);
  const { answers } = of.examples.find((example) => example.name === "a family that rents")!;
  const { walk: said } = words("lv");
  await page.goto(`/lv/e-services/${SLUG}`);
  await page.getByRole("link", { name: "Pieslēgties un sākt" }).click();
  await signIn(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.getByRole("button", { name: "Sākt", exact: true }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: said.next, exact: true }).click();
  const where = (of: Page) => new URL(of.url()).pathname.split("/")[4] ?? "";
  let now = page;
  let steps = 0;
  for (const step of of.steps) {
    if (where(now) === "task-list") await now.locator("main .du-list a").first().click();
    await expect.poll(() => where(now)).toBe(step.id);
    await fill(now, step.fields, answers, said.add);
    await isKept(now);
    for (const [what, happen] of Object.entries(HAPPENS)) {
      const before = await typed(now);
      now = await happen(context, now);
      await expect.poll(() => typed(now), { message: `${step.id}: ${what}` }).toBe(before);
    }
    steps++;
    await now.getByRole("button", { name: said.next, exact: true }).click();
  }
  expect(steps).toBe(of.steps.length);
  await expect.poll(() => where(now)).toBe("check-answers");
  await now.getByRole("button", { name: "Nosūtīt", exact: true }).click();
  await expect(now.getByRole("heading", { level: 1, name: "Iesniegums ir saņemts" })).toBeVisible();
});
