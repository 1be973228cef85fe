import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DURVIS, ROOT, freePort, ready } from "./server";

const SANDBOX = join(ROOT, "target/release/durvis-sandbox");

/** A portal that people can sign in to, with the sandbox as the world outside of it. */
export interface Portal {
  url: string;
  /** The sandbox's own address. */
  outside: string;
  stop: () => void;
  /** What `durvis` prints, on this portal's database. */
  durvis: (...args: string[]) => string;
  /** Puts another release in the place of the one that is served. */
  swapRelease: () => Promise<void>;
}

/** Starts both. `more` are settings, such as `{ DURVIS_SESSION_UNUSED_MINUTES: "1" }`; `tables` stand in the file. */
export async function portal(more: Record<string, string> = {}, tables = ""): Promise<Portal> {
  const folder = mkdtempSync(join(tmpdir(), "durvis-signin-"));
  const sandbox = spawn(SANDBOX, ["--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--portal", folder, "--with-stdin"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { http, settings } = JSON.parse(await firstLine(sandbox)) as { http: string; settings: string };
  appendFileSync(settings, SILENT + tables);
  const address = `127.0.0.1:${await freePort()}`;
  const database = `sqlite://${folder}/durvis.sqlite?mode=rwc`;
  // The address of the other server, which is no setting.
  const { DURVIS_URL: _, ...own } = process.env;
  const env = {
    ...own,
    DURVIS_DATABASE_URL: database,
    DURVIS_LOG: process.env.DURVIS_LOG ?? "warn",
    DURVIS_SITE: join(ROOT, "dist"),
    DURVIS_KEYS: join(folder, "keys"),
    DURVIS_FILES: join(folder, "files"),
    DURVIS_LISTEN: address,
    DURVIS_PUBLIC_URL: `http://${address}`,
    DURVIS_CONFIG: settings,
    ...more,
  };
  execFileSync(DURVIS, ["catalogue", "import", join(ROOT, "server/content")], { env, stdio: "ignore" });
  execFileSync(DURVIS, ["e-service", "publish", join(ROOT, "server/content")], { env, stdio: "ignore" });
  let server = spawn(DURVIS, ["serve"], { env, stdio: "inherit" });
  await ready(server, `http://${address}/health/ready`);
  let releases = 0;
  const swapRelease = async () => {
    const site = join(folder, `release-${++releases}`);
    cpSync(join(ROOT, "dist"), site, { recursive: true });
    for (const file of ["sw.js", "sw.js.br", "sw.js.gz"]) rmSync(join(site, file), { force: true });
    const worker = readFileSync(join(ROOT, "dist/sw.js"), "utf8");
    writeFileSync(join(site, "sw.js"), worker.replace(/const RELEASE = "[0-9a-f]+"/, `const RELEASE = "${String(releases).padStart(16, "0")}"`));
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    server = spawn(DURVIS, ["serve"], { env: { ...env, DURVIS_SITE: site }, stdio: "inherit" });
    await ready(server, `http://${address}/health/ready`);
  };
  const stop = () => {
    server.kill("SIGTERM");
    sandbox.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  const durvis = (...args: string[]) => execFileSync(DURVIS, args, { env: { ...env, DURVIS_LOG: "error" }, encoding: "utf8" });
  return { url: `http://${address}`, outside: http, stop, durvis, swapRelease };
}

/** A bank that never answers. */
const SILENT = `
[[sign_in]]
slug = "klusa-banka"
kind = "bank"
name = { lv = "Klusā banka" }
issuer = "http://127.0.0.1:9/klusa-banka"
client_id = "durvis"
client_secret = "/dev/null"
`;

/** The next thing that a provider does is wrong. */
export async function misbehave(portal: Portal, part: string, kind: string, at?: string) {
  const body = JSON.stringify({ part, kind, times: 1, at });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${portal.outside}/misbehave`, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`the sandbox does not know how to misbehave: ${answer.status}`);
}

/** The code in the newest letter to somebody. */
export async function codeSentTo(portal: Portal, to: string): Promise<string> {
  const letters = await fetch(`${portal.outside}/mailbox/messages?to=${encodeURIComponent(to)}`);
  const [newest] = (await letters.json()) as { text: string }[];
  return /\b\d{6}\b/.exec(newest?.text ?? "")?.[0] ?? "";
}

/** The first line that a program prints. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`it ended with ${code}`)));
  });
}
