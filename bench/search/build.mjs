// Builds one engine's index of one corpus into a folder, as `index.bin` (or the engine's own files), and counts its bytes:
// node bench/search/build.mjs ENGINE LANG TIMES KINDS FOLDER. Prints one line of JSON. A process of its own, so that it can be ended.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compressed, quality } from "./compress.mjs";
import { docs } from "./corpus.mjs";

const [name, lang, times, kinds, folder] = process.argv.slice(2);
const engine = await import(`./engines/${name}.mjs`);
const bytes = await engine.build(docs(lang, Number(times), kinds === "true"), lang, folder);
if (bytes) writeFileSync(join(folder, "index.bin"), bytes);
const counted = bytes ? { bytes: bytes.length, brotli: compressed(bytes, quality(Number(times))) } : packed();
console.log(JSON.stringify(counted));

/** Pagefind compresses its dictionary and postings itself, and its WASM. Its texts to show are not counted. */
function packed() {
  const named = (pattern) => readdirSync(folder, { recursive: true }).filter((file) => pattern.test(file)).map((file) => join(folder, file));
  const sum = (files, size) => files.reduce((bytes, file) => bytes + size(file), 0);
  const index = sum(named(/\.pf_(meta|index)$/), (file) => statSync(file).size);
  const script = sum(named(/pagefind(-worker)?\.js$/), (file) => compressed(readFileSync(file), 11));
  const [wasm] = [lang, "unknown"].flatMap((stem) => named(new RegExp(`wasm\\.${stem}\\.pagefind$`)));
  return { bytes: index, brotli: index, code: script + statSync(wasm).size };
}
