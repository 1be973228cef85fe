// Tolerance 1: one letter may be wrong in each word; a beginning always does. Fields boosted as ours are weighted.
import { create, insertMultiple, load, save, search } from "@orama/orama";
import { fromJson, toJson } from "./json.mjs";

const BOOST = { name: 10, keywords: 5, summary: 3 };

// Its own tokenizer cuts words at the letters that English lacks.
const tokenizer = {
  language: "any",
  normalizationCache: new Map(),
  tokenize: (text) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])],
};

const empty = () =>
  create({ schema: { name: "string", keywords: "string", summary: "string", description: "string" }, components: { tokenizer } });

export async function build(docs) {
  const database = empty();
  const rows = docs.map(({ id, name, keywords, summary, description }) => ({ id: `${id}`, name, keywords: keywords.join(" "), summary, description }));
  await insertMultiple(database, rows, 1_000);
  const saved = await save(database);
  // It keeps every text; the others are asked for ids only.
  for (const [at, doc] of Object.entries(saved.docs.docs)) saved.docs.docs[at] = { id: doc.id };
  return toJson(saved);
}

export async function open(bytes) {
  const database = empty();
  load(database, fromJson(bytes));
  const found = (text, limit) => search(database, { term: text, tolerance: 1, boost: BOOST, limit });
  return { search: async (text, limit) => (await found(text, limit)).hits.map(({ id }) => Number(id)) };
}
