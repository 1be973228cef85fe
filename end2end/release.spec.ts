import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

/** The server, with the service worker that a build of this release would have made, missing files included. */
async function server(release: () => { name: string; missing?: string }): Promise<Server> {
  const proxy = createServer(async (request, response) => {
    const answer = await fetch(process.env.DURVIS_URL + request.url!, { redirect: "manual" });
    let body = Buffer.from(await answer.arrayBuffer());
    if (request.url === "/sw.js") {
      const { name, missing } = release();
      let worker = body.toString().replace(/const RELEASE = "[0-9a-f]+"/, `const RELEASE = "${name}"`);
      if (missing) worker = worker.replace("const FILES = [", `const FILES = ["${missing}",`);
      body = Buffer.from(worker);
    }
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "", "cache-control": "no-cache" });
    response.end(body);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return proxy;
}

/** The releases kept; none while the page is being loaded again. */
const releases = (page: Page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name !== "durvis-catalogue").sort()).catch(() => []);

test("a new release is offered, taken whole, and the old one goes", async ({ browser }) => {
  let release: { name: string; missing?: string } = { name: "aaaaaaaaaaaaaaaa" };
  const proxy = await server(() => release);
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  const page = await context.newPage();
  await page.goto("/lv/services");
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), { timeout: 30_000 }).toBe(true);
  expect(await releases(page)).toEqual(["durvis-aaaaaaaaaaaaaaaa"]);

  release = { name: "bbbbbbbbbbbbbbbb" };
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await expect(page.getByText("Ir jauna Durvju versija.")).toBeVisible();
  expect(await releases(page), "the old one serves until the citizen says so").toContain("durvis-aaaaaaaaaaaaaaaa");

  await page.getByRole("button", { name: "Pārlādēt" }).click();
  await expect.poll(() => releases(page)).toEqual(["durvis-bbbbbbbbbbbbbbbb"]);
  await expect(page.locator("#results")).toHaveText(/213/);
  await context.setOffline(true);
  await page.goto("/lv/guide");
  await expect(page.locator("main h1")).not.toBeEmpty();
  await context.close();
  proxy.close();
  proxy.closeAllConnections();
});

test("a release that cannot be had whole is not taken at all", async ({ browser }) => {
  let release: { name: string; missing?: string } = { name: "aaaaaaaaaaaaaaaa" };
  const proxy = await server(() => release);
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  const page = await context.newPage();
  await page.goto("/lv/services");
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), { timeout: 30_000 }).toBe(true);
  release = { name: "cccccccccccccccc", missing: "/assets/missing.0123456789abcdef.js" };
  const failed = await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    const found = new Promise<ServiceWorker>((resolve) =>
      registration.addEventListener("updatefound", () => resolve(registration.installing!), { once: true }));
    await registration.update();
    const worker = await found;
    return new Promise<string>((resolve) => worker.addEventListener("statechange", () => resolve(worker.state)));
  });
  expect(failed).toBe("redundant");
  await expect.poll(() => releases(page)).toEqual(["durvis-aaaaaaaaaaaaaaaa"]);
  await page.reload();
  await expect(page.locator("#results")).toHaveText(/213/);
  await context.close();
  proxy.close();
  proxy.closeAllConnections();
});
