import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { codeSentTo, misbehave, portal, type Portal } from "./support/outside";
import { expect, test } from "./support/test";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

/** From the sign-in page to wherever one comes back to. */
async function signIn(page: Page, who: RegExp, way = "eID karte") {
  await page.getByRole("main").getByRole("link", { name: way }).click();
  await page.getByRole("button", { name: who }).click();
}

const ANNA = /Anna Bērziņa/;
const ILZE = /Ilze Kalniņa/;

test("one signs in from any page, comes back to exactly that one, and signs out", async ({ page, context }) => {
  await page.goto("/lv/services?q=pase&kind=here");
  await page.getByRole("banner").getByRole("link", { name: "Ieiet" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kā vēlaties apliecināt identitāti?");
  await expect(page.getByText("Turpināsies: Pakalpojumi")).toBeVisible();
  await signIn(page, ANNA);
  await expect(page).toHaveURL(`${here.url}/lv/services?q=pase&kind=here`);
  const header = page.getByRole("banner");
  await expect(header.locator(".du-user > summary")).toHaveText("Anna Bērziņa");
  await page.getByRole("contentinfo").getByRole("link", { name: "Palīdzība" }).first().click();
  await expect(page).toHaveURL(`${here.url}/lv/help`);

  const session = (await context.cookies()).find(({ name }) => name === "__Host-session");
  expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", expires: -1 });
  expect(await page.evaluate(() => document.cookie)).toBe("__Host-here=1");

  await header.getByRole("button", { name: "Iziet" }).click();
  await expect(page).toHaveURL(`${here.url}/lv/signed-out`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Jūs esat izgājuši no portāla");
  expect(await context.cookies()).toEqual([]);
  await page.goBack();
  await expect(page).toHaveURL(`${here.url}/lv/services?q=pase&kind=here`);
  await expect(header.getByRole("link", { name: "Ieiet" })).toBeVisible();
  await expect(page.getByText("Anna Bērziņa")).toHaveCount(0);
});

test("a service is named as the place to come back to", async ({ page }) => {
  await page.goto("/lv/services/passport");
  await page.getByRole("banner").getByRole("link", { name: "Ieiet" }).click();
  await expect(page.locator("main header strong")).not.toBeEmpty();
  await signIn(page, ANNA, "Kalnu banka");
  await expect(page).toHaveURL(`${here.url}/lv/services/passport`);
});

test("a way that does not answer is shown as such", async ({ page }) => {
  await page.goto("/lv/sign-in");
  await expect(page.getByText("Pašlaik neatbild, mēģiniet vēlāk")).toBeVisible();
  await expect(page.getByRole("link", { name: "Klusā banka" })).toHaveCount(0);
});

for (const [code, sentence] of [
  ["expired", "ieilga"],
  ["refused", "atcelta"],
  ["silent", "neatbild"],
  ["mistrusted", "nevar uzticēties"],
  ["often", "ļoti daudz mēģinājumu"],
]) {
  test(`what went wrong is said, and has the focus: ${code}`, async ({ page }) => {
    await page.goto(`/lv/sign-in?failed=${code}&to=%2Flv%2Faccount`);
    const alert = page.getByRole("alert").filter({ hasText: "Pieslēgties neizdevās" });
    await expect(alert).toContainText(sentence);
    await expect(alert).toBeFocused();
  });
}

test("one who gives up at the provider, or whose provider lies, is not let in", async ({ page }) => {
  await page.goto("/lv/account/history");
  await expect(page).toHaveURL(/\/lv\/sign-in\?to=%2Flv%2Faccount%2Fhistory$/);
  await page.getByRole("main").getByRole("link", { name: "eID karte" }).click();
  await page.locator("button[value='-']").click();
  await expect(page.getByRole("alert").filter({ hasText: "atcelta" })).toBeVisible();
  await misbehave(here, "eid", "wrong-nonce");
  await signIn(page, ANNA);
  await expect(page.getByRole("alert").filter({ hasText: "nevar uzticēties" })).toBeVisible();
  await signIn(page, ANNA);
  await expect(page).toHaveURL(`${here.url}/lv/account/history`);
});

test("the account needs a sign-in, and e-mail is verified by the code that came", async ({ page }) => {
  await page.goto("/lv/account");
  await signIn(page, ANNA);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kontaktinformācija un paziņojumi");
  await page.getByRole("button", { name: "Pievienot: E-pasts" }).click();
  await page.getByLabel("E-pasta adrese").fill("anna");
  await page.getByRole("button", { name: "Nosūtīt kodu" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "Kaut kas nav kārtībā" });
  await expect(summary).toBeFocused();
  await summary.getByRole("link").click();
  await expect(page.getByLabel("E-pasta adrese")).toBeFocused();
  await page.getByLabel("E-pasta adrese").fill("anna.berzina@epasts.example");
  await page.getByRole("button", { name: "Nosūtīt kodu" }).click();
  await expect(page.getByLabel("Kods no e-pasta")).toBeFocused();
  const code = await codeSentTo(here, "anna.berzina@epasts.example");
  await page.getByLabel("Kods no e-pasta").fill(code === "000000" ? "000001" : "000000");
  await page.getByRole("button", { name: "Apstiprināt" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Kods nav pareizs" })).toBeVisible();
  await page.getByLabel("Kods no e-pasta").fill(code);
  await page.getByRole("button", { name: "Apstiprināt" }).click();
  await expect(page.getByRole("main").getByText("Apstiprināts", { exact: true })).toBeVisible();

  await page.getByLabel("Tālrunis").fill("123");
  await page.getByRole("button", { name: "Saglabāt" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "tālruņa numuru" })).toBeFocused();
  await page.getByLabel("Tālrunis").fill("2000 0000");
  await page.getByLabel("Saziņas valoda").selectOption("ru");
  await page.getByRole("switch", { name: "Atgādinājumi par dokumentu derīgumu" }).check();
  await page.getByRole("button", { name: "Saglabāt" }).click();
  await expect(page.getByText("Saglabāts")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Tālrunis")).toHaveValue("+37120000000");
  await expect(page.getByLabel("Saziņas valoda")).toHaveValue("ru");
  await expect(page.getByRole("switch", { name: "Atgādinājumi par dokumentu derīgumu" })).toBeChecked();

  await page.getByRole("link", { name: "Vēsture" }).first().click();
  await expect(page.getByRole("table")).toContainText("E-pasts apstiprināts");
  await page.getByLabel("Darbība").selectOption({ label: "Pieslēgšanās" });
  await page.getByRole("button", { name: "Rādīt" }).click();
  await expect(page).toHaveURL(/kind=sign_in/);
  await expect(page.getByRole("table")).toContainText("eID karte");
  await expect(page.getByRole("table")).not.toContainText("E-pasts apstiprināts");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Izrakstīt" }).click();
  expect((await download).suggestedFilename()).toBe("durvis-history.csv");
});

test("one acts for a company, and it is said on every page, in every window", async ({ page, context }) => {
  await page.goto("/lv/account");
  await signIn(page, ILZE);
  const other = await context.newPage();
  await other.goto("/lv/help");
  await page.locator(".du-user > summary").click();
  await page.getByRole("button", { name: "Rīkoties uzņēmuma vārdā" }).first().click();
  await page.getByRole("button", { name: /Jūras koks/ }).click();
  const strip = (of: Page) => of.getByRole("region", { name: "Jūs rīkojaties uzņēmuma vārdā:" });
  await expect(strip(page)).toContainText("SIA \"Jūras koks\"");
  await expect(strip(other)).toContainText("40203000000");
  await strip(page).getByRole("button").click();
  await expect(strip(page)).toHaveCount(0);
  await expect(strip(other)).toHaveCount(0);
});

test("a sign-out in one window shows in the others, and wipes a device that is not one's own", async ({ page, context }) => {
  await page.goto("/lv/services/passport");
  await page.getByRole("button", { name: /Pievienot izlasei/ }).first().click();
  await page.getByRole("banner").getByRole("link", { name: "Ieiet" }).click();
  await signIn(page, ANNA);
  const other = await context.newPage();
  await other.goto("/lv/account/sessions");
  await expect(other.getByText("Šeit", { exact: true })).toBeVisible();
  await page.getByRole("banner").getByRole("button", { name: "Iziet" }).click();
  await expect(other).toHaveURL(`${here.url}/lv/signed-out`);
  await expect(page.getByText("Šajā ierīcē nekas par jums nav palicis")).toBeVisible();
  await page.goto("/lv/favourites");
  await expect(page.getByText("Izlase vēl ir tukša")).toBeVisible();
});

test("on one's own device the favourites stay", async ({ page }) => {
  await page.goto("/lv/services/passport");
  await page.getByRole("button", { name: /Pievienot izlasei/ }).first().click();
  await page.getByRole("banner").getByRole("link", { name: "Ieiet" }).click();
  await page.getByLabel("Tā ir mana ierīce").check();
  await signIn(page, ANNA);
  await page.getByRole("banner").getByRole("button", { name: "Iziet" }).click();
  await expect(page.getByText("Šajā ierīcē palika tikai jūsu izlase")).toBeVisible();
  await page.goto("/lv/favourites");
  await expect(page.getByText("Izlase vēl ir tukša")).toHaveCount(0);
});

test("another browser's session is seen and ended", async ({ page, browser }) => {
  const context = await browser.newContext({ baseURL: here.url, userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0" });
  const other = await context.newPage();
  await other.goto("/lv/account");
  await signIn(other, /Velta Krūmiņa/);
  await page.goto("/lv/account/sessions");
  await signIn(page, /Velta Krūmiņa/);
  await page.getByRole("button", { name: "Beigt: Firefox (Windows)" }).click();
  await expect(page.getByRole("main").getByText("Firefox (Windows)")).toHaveCount(0);
  await other.reload();
  await expect(other).toHaveURL(/sign-in/);
  await context.close();
});

test("who one is and what the page shows are asked for at once: one way to the server and back", async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: "block", baseURL: here.url });
  const page = await context.newPage();
  await page.goto("/lv/account");
  // Who it is, is not told before the page has asked for its own: in the other order it would wait for ever.
  const asked = page.waitForRequest(/\/api\/v1\/contact$/);
  await page.route(/\/api\/v1\/session$/, async (route) => {
    await asked;
    await route.continue();
  });
  await signIn(page, ANNA);
  await expect(page.getByLabel("Tālrunis")).toBeVisible();
  await expect(page.locator(".du-user > summary")).toHaveText("Anna Bērziņa");
  await context.close();
});

test("nothing personal enters a cache", async ({ page }) => {
  await page.goto("/lv/account");
  await signIn(page, ANNA);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kontaktinformācija un paziņojumi");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(page.getByRole("switch").first()).toBeVisible();
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  const personal = kept.filter((path) => /session|contact|acts|sign-in\//.test(path));
  expect(personal).toEqual([]);
});

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [320, 1280]) {
    test(`ru, ${colorScheme}, ${width} px: axe finds nothing in the account and nothing is cut off`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce", baseURL: here.url });
      const page = await context.newPage();
      const look = async (path: string) => {
        await page.goto(path);
        await expect(page.locator("main h1"), path).toHaveCount(1);
        await expect(page.locator(".du-loading"), path).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        expect(violations.map(({ id, nodes }) => [path, id, nodes[0].html]), path).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width);
      };
      await look("/ru/sign-in?failed=silent&to=/ru/help");
      await look("/ru/signed-out");
      await page.goto("/ru/account");
      await signIn(page, ILZE, "Карта eID");
      await expect(page).toHaveURL(`${here.url}/ru/account`);
      for (const path of ["/ru/account", "/ru/account/history", "/ru/account/sessions"]) await look(path);
      await context.close();
    });
  }
}
