// Builds one engine's index of one corpus into a folder, as `index.bin` (or the engine's own files), and counts its bytes:
// node bench/search/build.mjs ENGINE LANG TIMES FOLDER. Prints one line of JSON. A process of its own, so that it can be ended.
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compressed, quality } from "./compress.mjs";
import { docs } from "./corpus.mjs";

const [name, lang, times, folder] = process.argv.slice(2);
const engine = await import(`./engines/${name}.mjs`);
const bytes = await engine.build(docs(lang, Number(times)), lang, folder);
if (bytes) writeFileSync(join(folder, "index.bin"), bytes);
const brotli = bytes ? compressed(bytes, quality(Number(times))) : packed();
console.log(JSON.stringify({ bytes: bytes ? bytes.length : brotli, brotli }));

/** Pagefind's dictionary and postings, which it compresses itself. Its texts to show are not counted. */
function packed() {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.pf_(meta|index)$/.test(file));
  return files.reduce((bytes, file) => bytes + statSync(join(folder, file)).size, 0);
}
