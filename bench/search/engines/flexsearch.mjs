// Every beginning of every word stands in a map (`forward`): its fast way to search while typing. `LatinBalance` takes letters
// together that sound alike, and `suggest` leaves out a word that is not found: that is all the correction it has here. One text
// a doc, the name first, because it ranks by how early a word stands; one index is smaller and faster than one for each field.
import { Charset, Index } from "flexsearch";
import { fromJson, toJson } from "./json.mjs";

const empty = () => new Index({ tokenize: "forward", encoder: Charset.LatinBalance });

export async function build(docs) {
  const index = empty();
  for (const { id, name, keywords, summary, description } of docs) index.add(id, [name, ...keywords, summary, description].join(" "));
  const parts = {};
  await index.export((key, data) => {
    if (data) parts[key] = data;
  });
  return toJson(parts);
}

export function open(bytes) {
  const index = empty();
  for (const [key, data] of Object.entries(fromJson(bytes))) index.import(key, data);
  return { search: (text, limit) => index.search(text, { limit, suggest: true }) };
}
