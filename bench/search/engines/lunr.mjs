// Each word as it is, as a beginning and with a letter wrong (from four letters on), in this order of weight. Its stemmer and its
// trimmer are for English only.
import lunr from "lunr";
import { fromJson, toJson } from "./json.mjs";

export function build(docs, lang) {
  const index = lunr(function () {
    this.ref("id");
    this.field("name", { boost: 10 });
    this.field("keywords", { boost: 5 });
    this.field("summary", { boost: 3 });
    this.field("description");
    if (lang !== "en") {
      this.pipeline.reset();
      this.searchPipeline.reset();
    }
    for (const doc of docs) this.add(doc);
  });
  return toJson(index);
}

export function open(bytes) {
  const index = lunr.Index.load(fromJson(bytes));
  const { TRAILING } = lunr.Query.wildcard;
  const found = (text) =>
    index.query((query) => {
      for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
        query.term(word, { boost: 10 });
        query.term(word, { boost: 5, wildcard: TRAILING, usePipeline: false });
        if (word.length > 3) query.term(word, { boost: 1, editDistance: 1, usePipeline: false });
      }
    });
  return { search: (text, limit) => found(text).slice(0, limit).map(({ ref }) => Number(ref)) };
}
