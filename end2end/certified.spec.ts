import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { firstLine, portal, type Portal } from "./support/outside";
import { ROOT, freePort } from "./support/server";
import { expect, test } from "./support/test";

let [here, provider, folder]: [Portal?, ChildProcess?, string?] = [];
test.beforeAll(async () => {
  const script = join(ROOT, "end2end/support/certified.mjs");
  provider = spawn("node", [script, String(await freePort())], { stdio: ["pipe", "pipe", "ignore"] });
  const { issuer } = JSON.parse(await firstLine(provider)) as { issuer: string };
  folder = mkdtempSync(join(tmpdir(), "durvis-certified-"));
  writeFileSync(join(folder, "secret"), "sandbox-secret");
  here = await portal({}, `
[[sign_in]]
slug = "certified"
kind = "eid"
name = { lv = "Cits nodrošinātājs" }
issuer = "${issuer}"
client_id = "durvis"
client_secret = "${folder}/secret"
`);
});
test.afterAll(() => {
  here?.stop();
  provider?.kill();
  if (folder) rmSync(folder, { recursive: true, force: true });
});
// Asked for before `beforeAll` has run, too.
test.use({ baseURL: async ({}, use) => use(here?.url) });

const TO = "/lv/services/passport?from=home";

async function leave(page: Page) {
  await page.goto(`/lv/sign-in?to=${encodeURIComponent(TO)}`);
  await page.getByRole("main").getByRole("link", { name: "Cits nodrošinātājs" }).click();
}

async function signIn(page: Page, login: string) {
  await leave(page);
  await page.locator("[name=login]").fill(login);
  await page.locator("[name=password]").fill("x");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

test("one signs in, comes back, and leaves the provider, too", async ({ page }) => {
  await signIn(page, "anna");
  await expect(page).toHaveURL(`${here!.url}${TO}`);
  await expect(page.locator(".du-user > summary")).toHaveText("Anna Bērziņa");
  await page.getByRole("banner").getByRole("button", { name: "Iziet" }).click();
  await page.getByRole("button", { name: /yes/i }).click();
  await expect(page).toHaveURL(new RegExp(`^${here!.url}/lv/signed-out`));
  await page.goto("/lv");
  await expect(page.getByRole("banner").getByRole("link", { name: "Ieiet" })).toBeVisible();
  // Its own session has ended: it asks anew who is there.
  await leave(page);
  await expect(page.locator("[name=login]")).toBeVisible();
});

test("an answer is good once, and for the question that it answers", async ({ page, browser }) => {
  const backs: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/sign-in/certified/back")) backs.push(request.url());
  });
  await signIn(page, "velta");
  await expect(page.locator(".du-user > summary")).toHaveText("Velta Krūmiņa");
  await page.goto(backs[0]);
  await expect(page).toHaveURL(/failed=expired/);
  const other = await browser.newContext({ baseURL: here!.url });
  const elsewhere = await other.newPage();
  await elsewhere.goto(backs[0]);
  await expect(elsewhere).toHaveURL(/failed=expired/);

  // The code of before with the state of now.
  const asked = elsewhere.waitForRequest((request) => request.url().includes("code_challenge="));
  await leave(elsewhere);
  const state = new URL((await asked).url()).searchParams.get("state")!;
  const code = new URL(backs[0]).searchParams.get("code")!;
  await elsewhere.goto(`/sign-in/certified/back?code=${code}&state=${state}`);
  await expect(elsewhere).toHaveURL(/failed=mistrusted/);
  expect((await other.cookies(here!.url)).filter(({ name }) => name === "__Host-session")).toEqual([]);
  await other.close();
});

test("who gives up, or of whom the token says nothing, is not let in", async ({ page }) => {
  await leave(page);
  await page.getByRole("link", { name: /cancel/i }).click();
  await expect(page).toHaveURL(/failed=refused/);
  await signIn(page, "nobody");
  await expect(page).toHaveURL(/failed=mistrusted/);
});
