// Ours, as the app ships it: the profile `wasm`. The index also carries the name and summary of each doc, which a result list
// shows; the others' carry ids only. Its build is a program: crates/search/examples/corpus.rs.

export async function build(docs, lang) {
  const { execFileSync } = await import("node:child_process");
  const { tsv } = await import("../corpus.mjs");
  const { mkdtempSync, readFileSync, rmSync, writeFileSync } = await import("node:fs");
  const folder = mkdtempSync("/tmp/durvis-bench-");
  try {
    writeFileSync(`${folder}/in.tsv`, tsv(docs));
    execFileSync(process.env.DURVIS_CORPUS, [`${folder}/in.tsv`, `${folder}/out.dvx`, lang], { stdio: ["ignore", "ignore", "pipe"] });
    return readFileSync(`${folder}/out.dvx`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let module;

/** The code, before the clock runs: a script's code is there too. */
export async function ready(base) {
  module = await import("durvis-wasm");
  await module.default({ module_or_path: `${base}/durvis.wasm` });
}

export function open(bytes) {
  const engine = module.open(bytes);
  if (!engine) throw new Error("not an index");
  return { search: (text, limit) => [...engine.search(text, limit)] };
}
