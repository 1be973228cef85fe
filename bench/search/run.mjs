// Durvis's search beside other engines, in Chromium: node bench/search/run.mjs [--lang en] [--times 1,10,50] [--kinds] [--engines a,b] [--json FILE]
// Prints a table for each size of the catalogue. `cargo xtask bench search` builds what it needs and tells it by DURVIS_CORPUS (the
// program that builds our index), DURVIS_WASM (a folder with our module) and BENCH_FOLDER (where indexes are kept).
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { docs, queries } from "./corpus.mjs";
import { ENGINES, built, bundled } from "./prepare.mjs";
import { serve } from "./serve.mjs";
import { table } from "./table.mjs";

const OPENINGS = { 1: 5, 10: 3 };
/** For one answer of the page, whatever it does. */
const ANSWER_WITHIN_MS = 90_000;
/** For all keystrokes of one engine at one size. */
const TYPE_WITHIN_MS = 40_000;
const FIND_WITHIN_MS = 30_000;

const { values } = parseArgs({
  options: {
    lang: { type: "string", default: "en" },
    times: { type: "string", default: "1,10,50" },
    kinds: { type: "boolean", default: false },
    engines: { type: "string" },
    json: { type: "string" },
  },
});
const { lang, kinds } = values;
const engines = values.engines?.split(",") ?? ENGINES;
const asked = queries(lang);
const lettered = asked.map(({ text }) => Array.from(text, (_, at) => text.slice(0, at + 1)));

const code = new Map();
for (const name of engines) code.set(name, await bundled(name));
const all = [];
for (const times of values.times.split(",").map(Number)) {
  const runs = [];
  for (const name of engines) runs.push({ name, times, code: code.get(name).brotli, ...(await built(name, lang, times, kinds)) });
  await measured(runs, times);
  all.push(...runs.map(({ folder, page, empty, ...run }) => run));
  console.log(table(runs, { lang, times, kinds, docs: docs(lang, times, kinds).length, keystrokes: lettered.flat().length }));
}
if (values.json) writeFileSync(values.json, JSON.stringify(all, null, 1));

/** Fills in the times of each run: all engines open at once, and take turns. */
async function measured(runs, times) {
  const server = await serve((name) => ({ script: code.get(name)?.script, folder: runs.find((run) => run.name === name)?.folder }));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-blink-features=ForceEagerMeasureMemory"],
  });
  try {
    for (let round = 0; round < (OPENINGS[times] ?? 1); round += 1) await each(runs, (run) => opening(run, browser, server.port));
    for (let at = 0; at < lettered.length; at += 1) {
      await each(turned(runs, at), async (run) => {
        const left = TYPE_WITHIN_MS - sum(run.keys);
        if (left > 0) run.keys.push(...(await answer(run.page.evaluate(([texts, ms]) => bench.type(texts, ms), [lettered[at], left]))));
      });
    }
    await each(runs, async (run) => {
      run.memory = (await answer(run.page.evaluate(() => bench.memory()))) - run.empty;
    });
    const texts = docs(lang, times, kinds);
    await each(runs, (run) => judged(run, texts));
  } finally {
    await browser.close();
    server.close();
  }
}

/** A fresh page up to its first answer. The last one stays open. */
async function opening(run, browser, port) {
  await run.page?.context().close();
  run.page = await (await browser.newContext()).newPage();
  run.page.on("pageerror", (error) => console.error(`${run.name}: ${error.message}`));
  await run.page.goto(`http://${run.name}.localhost:${port}/`);
  await answer(run.page.evaluate(() => bench.ready()));
  run.empty = await answer(run.page.evaluate(() => bench.memory()));
  if (run.name !== "pagefind") await answer(run.page.evaluate(() => bench.load()));
  run.first.push(await answer(run.page.evaluate((text) => bench.first(text), asked[0].text)));
}

/** How often the service meant is among the first ten, and how often a mistyped word alone finds a text with the right word. */
async function judged(run, texts) {
  const tally = { clean: [0, 0], mistyped: [0, 0], corrected: [0, 0] };
  const end = performance.now() + FIND_WITHIN_MS;
  const find = async (text) => (await answer(run.page.evaluate((text) => bench.find(text), text))).map((id) => texts[id]);
  const note = (of, good) => [of[0] + Number(good), of[1] + 1];
  for (const { text, title, wrong, right } of asked) {
    if (performance.now() > end) break;
    const kind = wrong ? "mistyped" : "clean";
    tally[kind] = note(tally[kind], (await find(text)).some((doc) => doc.title === title));
    if (!wrong) continue;
    const has = (doc) => [doc.name, doc.summary, doc.description, ...doc.keywords].join(" ").toLowerCase().includes(right);
    tally.corrected = note(tally.corrected, (await find(wrong)).some(has));
  }
  run.found = tally;
}

/** One step of every engine that is still in the run; what breaks or takes too long is out, and the table says why. */
async function each(runs, step) {
  for (const run of runs) {
    run.first ??= [];
    run.keys ??= [];
    if (run.out) continue;
    try {
      await step(run);
    } catch (error) {
      run.out = error.message.split("\n")[0].slice(0, 90);
      await run.page?.context().close().catch(() => {});
    }
  }
}

function answer(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ANSWER_WITHIN_MS / 1_000} s`)), ANSWER_WITHIN_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function turned(runs, by) {
  return runs.map((_, at) => runs[(at + by) % runs.length]);
}

function sum(numbers) {
  return numbers.reduce((one, other) => one + other, 0);
}
