import { expect, LANGUAGES, test } from "./support/test";

const WANTED = {
  lv: [["deklarēt dzīvesvietu", "declare-residence"], ["pase", "passport"], ["bērna piedzimšanas pabalsts", "childbirth-allowance"], ["atvērt uzņēmumu", "start-company"]],
  ru: [["прописка", "declare-residence"], ["паспорт", "passport"], ["пособие при рождении", "childbirth-allowance"], ["открыть фирму", "start-company"]],
  en: [["declare residence", "declare-residence"], ["passport", "passport"], ["childbirth allowance", "childbirth-allowance"], ["start a company", "start-company"]],
} as const;

for (const lang of LANGUAGES) {
  for (const [words, slug] of WANTED[lang]) {
    test(`${lang}: a person who types "${words}" finds it on the first screen of a phone`, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`/${lang}`);
      await page.locator("#q").fill(words);
      await page.locator("#q").press("Enter");
      const result = page.locator(`main article a.du-title[href*="/services/${slug}"]`);
      await expect(result).toBeVisible();
      await expect(result).toBeInViewport();
    });
  }
}

test("results follow the typing, without a reload", async ({ page }) => {
  await page.goto("/lv/services");
  const count = page.locator("#results");
  await expect(count).toHaveText(/213/);
  await page.getByRole("searchbox").first().pressSequentially("pas");
  await expect(page.locator("main article").first()).toContainText("Pas");
  await expect(count).not.toHaveText(/213/);
});

test("wrong letters find the service, and the page says what it searched", async ({ page }) => {
  await page.goto("/lv/services?q=dzivesveita%20deklresana");
  await expect(page.locator("main article a.du-title").first()).toHaveText("Dzīvesvietas deklarēšana");
  await expect(page.getByText(/Rādām arī rezultātus.*deklarēšana/)).toBeVisible();
});

test("what matched is marked", async ({ page }) => {
  await page.goto("/lv/services?q=deklaret");
  await expect(page.locator("main article mark").first()).toHaveText(/deklar/i);
});

test("nothing found has a way out", async ({ page }) => {
  await page.goto("/lv/services?q=qqqqqqqqqq");
  await expect(page.locator("#results")).toHaveText("Nekas nav atrasts");
  await expect(page.getByRole("main").getByRole("link", { name: "Palīdzība" })).toBeVisible();
});

test("Back brings the words, the results and the place back", async ({ page }) => {
  await page.goto("/lv/services?q=pabalsts");
  const third = page.locator("main article a.du-title").nth(6);
  const name = await third.textContent();
  await third.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(100);
  await third.click();
  await expect(page.locator("h1")).toHaveText(name ?? "");
  await page.goBack();
  await expect(page.locator("#q")).toHaveValue("pabalsts");
  await expect(page.locator("main article a.du-title").nth(6)).toHaveText(name ?? "");
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before - 50);
});

test("recent searches stay on this device, and go with one click", async ({ page }) => {
  const told: string[] = [];
  page.on("request", (request) => { if (request.method() === "POST") told.push(request.url()); });
  await page.goto("/lv/services");
  await page.locator("#q").fill("pase");
  await page.locator("#q").press("Enter");
  await expect(page).toHaveURL(/q=pase/);
  await page.goto("/lv/services");
  const recent = page.getByRole("list", { name: "Nesen meklēts" });
  await recent.getByRole("link", { name: "pase" }).click();
  await expect(page.locator("main article a.du-title").first()).toHaveText("Pase");
  await page.goto("/lv/services");
  await page.getByRole("button", { name: "Notīrīt" }).click();
  await expect(recent).toHaveCount(0);
  await page.reload();
  await expect(page.locator("main article").first()).toBeVisible();
  await expect(recent).toHaveCount(0);
  expect(told).toEqual([]);
});

test("what is not found is told to the editors, without the citizen's name", async ({ page }) => {
  await page.goto("/lv/services");
  const told = page.waitForRequest((request) => request.url().endsWith("/api/v1/searches/missed"));
  await page.locator("#q").fill("qxzwvqx");
  expect((await told).postDataJSON()).toEqual({ lang: "lv", text: "qxzwvqx" });
});

test("near me sorts the places on the device, and the position leaves it never", async ({ page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 56.5047, longitude: 21.0108 });
  const sent: string[] = [];
  await page.goto("/lv/services/passport");
  const list = page.locator("ul.du-list li", { has: page.locator("strong") });
  const first = list.first().locator("strong");
  const before = await first.textContent();
  page.on("request", (request) => sent.push(request.url() + (request.postData() ?? "")));
  await page.getByRole("button", { name: "Tuvākās vispirms" }).click();
  await expect(first).toContainText("Liepāj");
  expect(before).not.toContain("Liepāj");
  await expect(list.first()).toContainText("km");
  expect(sent.filter((request) => /56[.,]5|21[.,]01/.test(request))).toEqual([]);
});
