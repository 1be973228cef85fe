import type { Browser, Page } from "@playwright/test";
import { codeSentTo, type Portal } from "./outside";
import { expect, type Lang } from "./test";
import { definition, walk, words } from "./walk";

/** Who wants what, in their own words. */
export interface Story {
  who: string;
  name: string;
  /** As the button of the way to sign in has it, in every language. */
  way: RegExp;
  lang: Lang;
  /** The company that they act for. */
  company?: string;
  query: string;
  /** The service that is found, if it is not called as its e-service is. */
  service?: string;
  slug: string;
  /** Slug of the institution that decides, and who works there. */
  office: string;
  officer: string;
  ruling: "granted" | "granted_in_part" | "refused" | "closed";
}

/** Their own window, at the portal's first page. */
export async function arrive(browser: Browser, here: Portal, { lang }: Story): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: here.url })).newPage();
  await page.goto(`/${lang}`);
  return page;
}

/** From the search on the first page to the beginning of the e-service. */
export async function find(page: Page, { lang, query, slug, service = slug }: Story) {
  await page.locator("#q").fill(query);
  await page.locator("#q").press("Enter");
  await page.locator(`main article a.du-title[href*="/services/${service}"]`).first().click();
  await page.getByRole("main").locator(`a[href="/${lang}/e-services/${slug}"]`).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** Signs in from where one is, and comes back there. */
export async function signIn(page: Page, { name, way, lang, company }: Story) {
  const back = page.url();
  await page.getByRole("link", { name: words(lang).start["sign-in"] }).click();
  await page.getByRole("main").getByRole("link", { name: way }).first().click();
  await page.getByRole("button", { name }).click();
  await expect(page).toHaveURL(back);
  if (company) {
    await page.locator(".du-user > summary").click();
    await page.getByRole("button", { name: words(lang).company.open }).first().click();
    await page.getByRole("dialog").locator(".du-choice").filter({ hasText: company }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
}

/** Leaves an address for letters, with the code that comes there; then back. */
export async function leaveAddress(page: Page, here: Portal, { lang }: Story, mail: string) {
  const [back, said] = [page.url(), words(lang).contact];
  await page.goto(`/${lang}/account`);
  await page.getByRole("button", { name: `${said.add}: ${said.email}` }).click();
  await page.getByLabel(said["new-email"]).fill(mail);
  await page.getByRole("button", { name: said["send-code"] }).click();
  await expect(page.getByLabel(said.code)).toBeFocused();
  await page.getByLabel(said.code).fill(await codeSentTo(here, mail));
  await page.getByRole("button", { name: said.verify, exact: true }).click();
  await expect(page.getByRole("main").getByText(said.verified, { exact: true })).toBeVisible();
  await page.goto(back);
}

/** Walks it by its example and sends; pays at the sandbox's bank what it costs. The number at the receipt. */
export async function apply(page: Page, here: Portal, { lang, slug }: Story): Promise<string> {
  const [of, said] = [definition(slug), words(lang)];
  await page.getByRole("button", { name: said.start.now, exact: true }).click();
  await walk(page, of, of.examples.find((example) => example.errors.length === 0)!.answers, lang, async () => {});
  await page.getByRole("button", { name: said.walk.send, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: said.receipt.title })).toBeVisible();
  const number = await page.locator(".du-ref").innerText();
  const bill = page.getByRole("main").getByRole("link", { name: said.receipt.bill });
  if (of.prices) {
    const receipt = page.url();
    await bill.first().click();
    await page.locator("form button[type=submit]").click();
    await expect(page).toHaveURL(new RegExp(`^${here.outside}/bank/pay/`));
    await page.locator("button[value=confirm]").click();
    await expect(page.getByText(said.bill["paid-text"])).toBeVisible();
    await page.goto(receipt);
  } else {
    await expect(bill).toHaveCount(0);
  }
  return number;
}

/** An officer finds the case by its number, takes it, tells the citizen something, decides. */
export async function decide(browser: Browser, here: Portal, { office, officer, ruling }: Story, number: string, told: string, why: string) {
  const page = await (await browser.newContext({ baseURL: here.url })).newPage();
  const said = words("lv").desk;
  await page.goto(`/lv/sign-in?to=${encodeURIComponent(`/lv/desk?institution=${office}`)}`);
  await page.getByRole("main").getByRole("link", { name: /eID/ }).first().click();
  await page.getByRole("button", { name: officer }).click();
  await page.getByRole("main").getByRole("listitem").filter({ hasText: number }).getByRole("link").click();
  await page.getByRole("button", { name: said.take, exact: true }).click();
  const unfold = async (name: string) => {
    const details = page.locator("main details").filter({ has: page.locator("summary").getByText(name, { exact: true }) });
    if (!(await details.evaluate((one: HTMLDetailsElement) => one.open))) await details.locator("summary").click();
  };
  await unfold(said.tell);
  await page.getByLabel(said["tell-text"]).fill(told);
  await page.getByRole("button", { name: said["tell-send"] }).click();
  await expect(page.getByRole("listitem").filter({ hasText: told })).toBeVisible();
  await unfold(said.decide);
  const rulings = { granted: said.granted, granted_in_part: said["in-part"], refused: said.refused, closed: said.closed };
  await page.getByRole("radio", { name: rulings[ruling], exact: true }).check();
  await page.getByLabel(said.why).fill(why);
  await page.getByRole("button", { name: said["decide-look"] }).click();
  await page.locator(".du-task").getByRole("button", { name: said["decide-now"] }).click();
  await expect(page.getByText(said["state-decided"]).first()).toBeVisible();
  await page.context().close();
}
