// What runs in the page: one engine, driven by run.mjs.
import * as engine from "engine";

const base = location.href.replace(/\/$/, "");
let bytes;
let handle;

// The browser's own count leaves WASM out, so every module's memory is noted.
const memories = [];
for (const name of ["instantiate", "instantiateStreaming"]) {
  const real = WebAssembly[name].bind(WebAssembly);
  WebAssembly[name] = async (...given) => {
    const made = await real(...given);
    memories.push((made.instance ?? made).exports.memory);
    return made;
  };
}

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
  /** Bytes of the page's heap and of WASM; nothing for a worker's. */
  async memory() {
    if (engine.worker) return undefined;
    const { bytes: heap } = await performance.measureUserAgentSpecificMemory();
    return heap + memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  },
};
