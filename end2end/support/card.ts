import { execFileSync, spawn } from "node:child_process";
import { createHash, createPrivateKey, sign } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type Portal, portal } from "./outside";
import { freePort } from "./server";

/** A portal behind TLS, as cards want it, with an authority of cards and its responder. */
export interface CardPortal extends Portal {
  /** Where certificates and keys are. */
  folder: string;
}

/** The cards of the authority. */
export const CARDS = { good: "02", revoked: "03" } as const;
export type Card = keyof typeof CARDS;

const YEAR = ["-days", "365"];
const NAME = "/C=LV/CN=ANDRIS PARAUDZIŅŠ/SN=PARAUDZIŅŠ/GN=ANDRIS/serialNumber=PNOLV-321234-56789";

export async function cardPortal(): Promise<CardPortal> {
  const folder = mkdtempSync(join(tmpdir(), "durvis-card-"));
  const ocsp = await freePort();
  authority(folder, ocsp);
  const responder = spawn("openssl", ["ocsp", "-port", `${ocsp}`, "-index", "index", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key", "-nmin", "5"], {
    cwd: folder,
    stdio: "ignore",
  });
  const front = await tls(folder);
  const settings = `
[web_eid]
name = { lv = "eID viedkarte", ru = "Смарт-карта eID", en = "eID smart card" }
trusted = ${JSON.stringify(join(folder, "trusted"))}
`;
  const inner = await portal({ DURVIS_PUBLIC_URL: front.url }, settings);
  front.leadTo(inner.url);
  const stop = () => {
    inner.stop();
    front.stop();
    responder.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...inner, url: front.url, folder, stop };
}

/** An authority, two cards of it, and what its responder says of them. */
function authority(folder: string, ocsp: number) {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-nodes", "-utf8"];
  openssl("req", "-x509", "-sha384", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/C=LV/CN=Test CA", ...YEAR, "-addext", "keyUsage=critical,keyCertSign,cRLSign");
  openssl("req", "-x509", ...key, "-keyout", "tls.key", "-out", "tls.pem", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", ...YEAR);
  mkdirSync(join(folder, "trusted"));
  writeFileSync(join(folder, "trusted/ca.pem"), readFileSync(join(folder, "ca.pem")));
  const says = ["basicConstraints=CA:FALSE", "keyUsage=critical,digitalSignature", "extendedKeyUsage=clientAuth", `authorityInfoAccess=OCSP;URI:http://127.0.0.1:${ocsp}/`];
  writeFileSync(join(folder, "card.ext"), says.join("\n"));
  for (const [card, serial] of Object.entries(CARDS)) {
    openssl("req", ...key, "-keyout", `${card}.key`, "-out", `${card}.csr`, "-subj", NAME);
    openssl("x509", "-req", "-sha384", "-in", `${card}.csr`, "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", `0x${serial}`, "-extfile", "card.ext", "-out", `${card}.der`, "-outform", "DER", ...YEAR);
  }
  writeFileSync(join(folder, "index"), `V\t991231235959Z\t\t02\tunknown\t/CN=good\nR\t491231235959Z\t250101000000Z\t03\tunknown\t/CN=revoked\n`);
}

/** TLS in front of the portal, as operators have it. */
async function tls(folder: string) {
  let to = new URL("http://127.0.0.1:9");
  const read = (name: string) => readFileSync(join(folder, name));
  const server = createServer({ key: read("tls.key"), cert: read("tls.pem") }, (asked, answer) => {
    const { method, headers, url: path } = asked;
    const passed = request({ host: to.hostname, port: to.port, method, headers, path }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, leadTo: (inner: string) => void (to = new URL(inner)), stop };
}

/** What a card makes of a nonce on an origin. */
function token(folder: string, card: Card, origin: string, nonce: string) {
  const digest = (text: string) => createHash("sha384").update(text).digest();
  const key = createPrivateKey(readFileSync(join(folder, `${card}.key`)));
  const signed = Buffer.concat([digest(origin), digest(nonce)]);
  return {
    unverifiedCertificate: readFileSync(join(folder, `${card}.der`)).toString("base64"),
    algorithm: "ES384",
    signature: sign("sha384", signed, { key, dsaEncoding: "ieee-p1363" }).toString("base64"),
    format: "web-eid:1.0",
    appVersion: "https://web-eid.eu/web-eid-app/releases/2.5.0+0",
  };
}

/** What plays the extension: with a card, or failing with a code when it is asked to `status` or `authenticate`. */
export interface Extension {
  card?: Card;
  /** Signs for another site. */
  origin?: string;
  fails?: { at: "status" | "authenticate"; code: string };
  version?: string;
}

/** Puts an extension into the page, which answers messages as the real one does. */
export async function insert(page: Page, folder: string, extension: Extension = {}) {
  const { card = "good", origin } = extension;
  await page.exposeFunction("cardSigns", (here: string, nonce: string) => token(folder, card, origin ?? here, nonce));
  await page.addInitScript(({ fails, version = "2.5.0" }: Extension) => {
    type Asked = { action?: string; challengeNonce?: string };
    const { cardSigns } = window as unknown as { cardSigns: (origin: string, nonce: string) => Promise<object> };
    addEventListener("message", async ({ data, source }: MessageEvent<Asked>) => {
      const asked = data?.action?.match(/^web-eid:(status|authenticate)$/)?.[1];
      if (!asked || source !== window) return;
      const say = (end: string, more: object = {}) => postMessage({ action: `web-eid:${asked}-${end}`, ...more }, location.origin);
      say("ack");
      if (fails?.at === asked) return say("failure", { error: { code: fails.code, message: "…" } });
      if (asked === "status") return say("success", { extension: version, nativeApp: version });
      say("success", await cardSigns(location.origin, data.challengeNonce ?? ""));
    });
  }, extension);
}
