// What runs in the page: one engine, driven by run.mjs.
import * as engine from "engine";

const base = location.href.replace(/\/$/, "");
let bytes;
let handle;

window.bench = {
  async ready() {
    await engine.ready?.(base);
  },
  async load() {
    bytes = new Uint8Array(await (await fetch(`${base}/index.bin`)).arrayBuffer());
  },
  /** From bytes in memory to the first answer, in ms. */
  async first(text) {
    const start = performance.now();
    handle = await engine.open(bytes, base);
    await handle.search(text, 10);
    const ms = performance.now() - start;
    bytes = null;
    return ms;
  },
  /** Each keystroke's time in ms; fewer of them when they take longer than allowed. */
  async type(texts, withinMs) {
    const times = [];
    const end = performance.now() + withinMs;
    for (const text of texts) {
      const start = performance.now();
      if (start > end) break;
      await handle.search(text, 10);
      times.push(performance.now() - start);
    }
    return times;
  },
  async find(text) {
    const found = await handle.search(text, 10);
    return handle.ids ? handle.ids(found) : found;
  },
  /** Bytes: what the browser counts for this page, and the engine's WASM memory. */
  async memory() {
    const { bytes: counted } = await performance.measureUserAgentSpecificMemory();
    return { counted, wasm: handle?.held?.() ?? 0 };
  },
};
