// What is made before anything is measured, and kept: each engine's index of each corpus, and its code for the browser.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build as bundle } from "esbuild";
import { compressed, quality } from "./compress.mjs";
import { docs, tsv } from "./corpus.mjs";

export const ENGINES = ["durvis", "minisearch", "flexsearch", "orama", "fuse", "lunr", "ufuzzy", "pagefind"];

const HERE = new URL(".", import.meta.url).pathname;
const KEPT = resolve(process.env.BENCH_FOLDER ?? join(HERE, "../../target/bench-search"));
const WASM = resolve(process.env.DURVIS_WASM ?? join(KEPT, "durvis"));
const BUILD_WITHIN_MS = 600_000;
/** MB: what a process may take for building. */
const HEAP_MB = 8_192;

const corpora = new Map();

/** `{folder, bytes, brotli, quality}`, or `{out}` with the reason. An index is built once for the same texts, adapter and versions. */
export async function built(name, lang, times, kinds) {
  const key = hash([corpus(lang, times, kinds), read(`engines/${name}.mjs`), versions(name), name === "durvis" ? readFileSync(process.env.DURVIS_CORPUS) : ""]);
  const folder = join(KEPT, `${name}-${lang}-${times}-${key}`);
  const done = join(folder, "built.json");
  if (existsSync(done)) return { ...JSON.parse(readFileSync(done, "utf8")), folder };
  console.error(`building ${name}, ${lang}, ${times}x`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const start = performance.now();
  const command = [`--max-old-space-size=${HEAP_MB}`, join(HERE, "build.mjs"), name, lang, String(times), String(kinds), folder];
  const child = spawnSync(process.execPath, command, { encoding: "utf8", timeout: BUILD_WITHIN_MS, killSignal: "SIGKILL" });
  if (child.status !== 0) return { out: why(child) };
  const result = { ...JSON.parse(child.stdout), quality: quality(times), build_s: Math.round((performance.now() - start) / 1_000) };
  writeFileSync(done, JSON.stringify(result));
  return { ...result, folder };
}

function why({ error, signal, stderr }) {
  if (error?.code === "ETIMEDOUT") return `not built in ${BUILD_WITHIN_MS / 1_000} s`;
  const [said] = /(?<=panicked at .*\n).*/.exec(stderr) ?? /\w*Error: .*|FATAL ERROR: .*/.exec(stderr) ?? [signal];
  return `not built: ${said}`.slice(0, 120);
}

/** The page's script, and what engine and adapter weigh in brotli, with ours the WASM. */
export async function bundled(name) {
  const { outputFiles } = await bundle({
    stdin: { contents: read("page.mjs"), resolveDir: HERE },
    alias: { engine: join(HERE, `engines/${name}.mjs`), "durvis-wasm": join(WASM, "durvis_bench_search.js") },
    external: ["node:*", "pagefind"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  const wasm = name === "durvis" ? compressed(readFileSync(join(WASM, "durvis_bench_search_bg.wasm")), 11) : 0;
  return { script: outputFiles[0].text, brotli: compressed(outputFiles[0].contents, 11) + wasm };
}

export const wasmFile = join(WASM, "durvis_bench_search_bg.wasm");

function corpus(lang, times, kinds) {
  const name = `${lang}-${times}-${kinds}`;
  if (!corpora.has(name)) corpora.set(name, hash([tsv(docs(lang, times, kinds))]));
  return corpora.get(name);
}

/** Only its own package's: another engine's new version makes no other index. */
function versions(name) {
  const pinned = Object.entries(JSON.parse(read("package.json")).dependencies);
  return pinned.filter(([dependency]) => dependency.includes(name)).join(";");
}

function read(path) {
  return readFileSync(join(HERE, path), "utf8");
}

function hash(parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest("hex").slice(0, 16);
}
