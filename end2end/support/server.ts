import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const ROOT = join(import.meta.dirname, "../..");
export const DURVIS = join(ROOT, "target/release/durvis");
const TRIES = 300;

/** Starts the server once for all tests; what it returns stops it. */
export default async function start() {
  const folder = mkdtempSync(join(tmpdir(), "durvis-e2e-"));
  const database = `sqlite://${folder}/durvis.sqlite?mode=rwc`;
  const env = { ...process.env, DURVIS_DATABASE_URL: database, DURVIS_LOG: "warn", DURVIS_SITE: join(ROOT, "dist"), DURVIS_KEYS: `${folder}/keys`, DURVIS_FILES: `${folder}/files` };
  execFileSync(DURVIS, ["catalogue", "import", join(ROOT, "server/content")], { env, stdio: "inherit" });
  execFileSync(DURVIS, ["e-service", "publish", join(ROOT, "server/content")], { env, stdio: "inherit" });
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(DURVIS, ["serve"], {
    env: { ...env, DURVIS_LISTEN: address, DURVIS_PUBLIC_URL: `http://${address}` },
    stdio: "inherit",
  });
  process.env.DURVIS_URL = `http://${address}`;
  await ready(server, `http://${address}/health/ready`);
  return () => {
    server.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
}

export async function ready(server: ChildProcess, url: string) {
  for (let tries = 0; tries < TRIES && server.exitCode === null; tries++) {
    if (await fetch(url).then((answer) => answer.ok, () => false)) return;
    await pause(100);
  }
  throw new Error("the server did not get ready");
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
