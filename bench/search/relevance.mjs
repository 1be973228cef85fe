// minisearch on judged queries: the best of a small grid of its settings. node bench/search/relevance.mjs [FOLDER]
// Prints one line of JSON: `{pairs, settings, hit1, hit3, mrr, best, documented}`. A pair is a query and a page that it should find; hit@k is
// the share of pairs with the page among the first k. Best is by hit@3, then hit@1, then MRR.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import MiniSearch from "minisearch";

const FOLDER = process.argv[2] ?? process.env.SEARCH_RELEVANCE ?? "../shared/data/search_relevance";
/** What it would leave out if told: the words that questions are made of. */
const STOP = new Set("a about am an and any are as at be by can do does for from get have how i if in is it me my of on or out the to up what when where which who will with you your".split(" "));

const pages = lines("documents_en.jsonl").map((line) => JSON.parse(line));
const pairs = lines("judged_queries_en.csv").slice(1).map(pair);
const indexes = new Map([false, true].map((stop) => [stop, indexed(stop)]));

const results = settings().map((setting) => ({ ...judged(setting), setting }));
const best = results.reduce((one, other) => (compared(other, one) > 0 ? other : one));
const documented = judged({ stop: false, prefix: "all", fuzzy: 0.2, combineWith: "OR", title: 1, description: 1 });
const { setting, ...figures } = best;
console.log(JSON.stringify({ pairs: pairs.length, settings: results.length, ...figures, best: setting, documented }));

function settings() {
  let all = [{}];
  const choices = {
    stop: [false, true],
    prefix: ["none", "last", "all"],
    fuzzy: [false, 0.1, 0.2],
    combineWith: ["OR", "AND"],
    title: [1, 2, 3, 5, 10],
    description: [1, 2, 3, 5],
  };
  for (const [name, values] of Object.entries(choices)) all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return all;
}

function judged({ stop, prefix, fuzzy, combineWith, title, description }) {
  const begins = { none: false, all: true, last: (_, at, terms) => at === terms.length - 1 }[prefix];
  const options = { prefix: begins, fuzzy, combineWith, boost: { title, description } };
  const answers = new Map();
  const sums = { hit1: 0, hit3: 0, mrr: 0 };
  for (const { query, page } of pairs) {
    if (!answers.has(query)) answers.set(query, indexes.get(stop).search(query, options).map(({ id }) => id));
    const place = answers.get(query).indexOf(page) + 1;
    sums.hit1 += Number(place === 1);
    sums.hit3 += Number(place > 0 && place <= 3);
    sums.mrr += place > 0 ? 1 / place : 0;
  }
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Math.round((sum / pairs.length) * 1e4) / 1e4]));
}

function compared(one, other) {
  return one.hit3 - other.hit3 || one.hit1 - other.hit1 || one.mrr - other.mrr;
}

function indexed(stop) {
  const small = (term) => term.toLowerCase();
  const index = new MiniSearch({
    idField: "base_path",
    fields: ["title", "description", "body"],
    processTerm: stop ? (term) => (STOP.has(small(term)) ? null : small(term)) : small,
  });
  index.addAll(pages);
  return index;
}

/** `query,page,position`; only the query may be quoted. */
function pair(line) {
  const [, quoted, plain, page] = /^(?:"((?:[^"]|"")*)"|([^,]*)),([^,]*),/.exec(line);
  return { query: quoted?.replaceAll('""', '"') ?? plain, page };
}

function lines(name) {
  return readFileSync(join(FOLDER, name), "utf8").split(/\r?\n/).filter((line) => line.trim());
}
