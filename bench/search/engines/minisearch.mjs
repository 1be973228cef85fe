// The settings its own documentation gives for search while typing: prefixes, fuzzy 0.2 (a fifth of a word's letters may be
// wrong), fields boosted as ours are weighted.
import MiniSearch from "minisearch";
import { fromJson, toJson } from "./json.mjs";

const OPTIONS = {
  fields: ["name", "keywords", "summary", "description"],
  extractField: (doc, field) => (field === "keywords" ? doc.keywords.join(" ") : doc[field]),
  searchOptions: { prefix: true, fuzzy: 0.2, boost: { name: 10, keywords: 5, summary: 3 } },
};

export function build(docs) {
  const index = new MiniSearch(OPTIONS);
  index.addAll(docs);
  return toJson(index.toJSON());
}

export function open(bytes) {
  const index = MiniSearch.loadJS(fromJson(bytes), OPTIONS);
  return { search: (text, limit) => index.search(text).slice(0, limit).map(({ id }) => id) };
}
