import { portal, type Portal } from "./support/outside";
import { apply, arrive, decide, find, leaveAddress, signIn, type Story } from "./support/stories";
import { expect, test } from "./support/test";
import { words } from "./support/walk";

let here: Portal;
test.beforeAll(async () => {
  here = await portal();
});
test.afterAll(() => here?.stop());

const CODES: Record<string, string> = { "Anna Bērziņa": "320000-00001", "Jānis Ozoliņš": "320000-00002" };
const [ANNA, JANIS] = Object.keys(CODES);
const CARD = /eID/;

/** The people of the sandbox (docs/sandbox.md), from the first page to the decision. */
const STORIES: Story[] = [
  { who: "adult, for a job", name: ANNA, way: CARD, lang: "lv", query: "sodamibas izzina", slug: "criminal-record-certificate", office: "iem-ic", officer: JANIS, ruling: "granted" },
  { who: "parent of two, a child's paper", name: JANIS, way: /Kalnu banka/, lang: "lv", query: "dzimšanas apliecība", slug: "civil-status-certificate", office: "riga", officer: ANNA, ruling: "granted" },
  { who: "pensioner, a dear flat", name: "Velta Krūmiņa", way: /Jūras banka/, lang: "lv", query: "dzīvokļa pabalsts", slug: "housing-benefit", office: "daugavpils", officer: JANIS, ruling: "granted_in_part" },
  { who: "entrepreneur, for her company", name: "Ilze Kalniņa", way: CARD, lang: "lv", company: "40003000000", query: "patiesie labuma guveji", slug: "beneficial-owner", office: "ur", officer: JANIS, ruling: "granted" },
  { who: "without biometric data, with a dog", name: "Artūrs Vītols", way: /Kalnu banka/, lang: "ru", query: "регистрация собаки", slug: "pet-registration", office: "jurmala", officer: JANIS, ruling: "refused" },
  { who: "minor, who asks", name: "Elza Ozoliņa", way: CARD, lang: "lv", query: "iesniegums iestādei", slug: "e-submission", office: "vid", officer: JANIS, ruling: "closed" },
  { who: "historic code, a house", name: "Pēteris Liepa", way: /Jūras banka/, lang: "lv", query: "nekustamā īpašuma nodokļa atvieglojums", slug: "property-tax-relief", office: "cesis", officer: JANIS, ruling: "refused" },
  { who: "foreigner, who does not find her way", name: "Maria Lindqvist", way: CARD, lang: "en", query: "write to an institution", service: "e-submission", slug: "e-submission", office: "vid", officer: ANNA, ruling: "closed" },
];

for (const [at, story] of STORIES.entries()) {
  test(`${story.who}: from the search to the decision`, async ({ browser }) => {
    const { lang, name, office, officer, ruling } = story;
    const mail = `story-${at}@epasts.example`;
    here.durvis("institution", "add-officer", office, CODES[officer], "--name", officer);
    const page = await arrive(browser, here, story);
    await find(page, story);
    await signIn(page, story);
    await leaveAddress(page, here, story, mail);
    const number = await apply(page, here, story);
    const why = `Lēmums par ${number}.`;
    await decide(browser, here, story, number, `Sākam: ${name}.`, why);

    // The citizen's workspace, and the letter in their language.
    await page.goto(`/${lang}/workspace`);
    await page.getByRole("main").getByRole("link", { name: new RegExp(number) }).or(page.getByRole("main").getByRole("listitem").filter({ hasText: number }).getByRole("link")).first().click();
    const word = words(lang).ruling[ruling === "granted_in_part" ? "in-part" : ruling];
    await expect(page.getByRole("heading", { name: word })).toBeVisible();
    await expect(page.getByText(why).first()).toBeVisible();
    await expect(page.locator(".du-message").filter({ hasText: `Sākam: ${name}.` })).toBeVisible();
    const subjects = async () => {
      const letters = (await (await fetch(`${here.outside}/mailbox/messages?to=${mail}`)).json()) as { subject: string }[];
      return letters.map(({ subject }) => subject);
    };
    const decided = { lv: /lēmums/i, ru: /решение/i, en: /decision|decided/i }[lang];
    await expect.poll(async () => (await subjects()).some((subject) => decided.test(subject) && subject.includes(number)), { timeout: 20_000 }).toBe(true);
    await page.context().close();
  });
}
