// It reads every text at every keystroke and has no dictionary: its file is the texts themselves. `ignoreLocation`, or it
// finds only what stands at a text's beginning; threshold 0.3, since its usual 0.6 finds nearly everything; words one by one
// (`useTokenSearch`), which found as much as the whole query at once and was faster.
import Fuse from "fuse.js";
import { fromJson, toJson } from "./json.mjs";

const OPTIONS = {
  keys: [{ name: "name", weight: 10 }, { name: "keywords", weight: 5 }, { name: "summary", weight: 3 }, { name: "description", weight: 1 }],
  ignoreLocation: true,
  threshold: 0.3,
  useTokenSearch: true,
};

export function build(docs) {
  return toJson(docs.map(({ name, keywords, summary, description }) => ({ name, keywords, summary, description })));
}

export function open(bytes) {
  const fuse = new Fuse(fromJson(bytes), OPTIONS);
  return { search: (text, limit) => fuse.search(text, { limit }).map(({ refIndex }) => refIndex) };
}
