// The texts that every engine indexes, and what is typed. All of it follows from the sample catalogue: no chance, no clock.
//
// A doc is one description: a national service, or what one municipality offers of a kind (2,723 of them, as the portal counts
// them); or, where `kinds` is asked for, a kind is one doc (213 of them, as the portal's list shows them). `times` copies of the
// catalogue follow each other; in all but the first a quarter of the longer words is another word, made of halves of two words
// of the catalogue, so that the dictionary grows with the docs as a real one does.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const CONTENT = new URL("../../server/content/", import.meta.url).pathname;
const QUERIES = 40;
const LETTERS = { lv: "aeiustrnkm", ru: "аеиостнрлк", en: "aeiostrnlc" };
const WORD = /\p{L}{5,}/gu;

/** `[{id, title, name, summary, description, keywords}]`; `title` is the name without the municipality. */
export function docs(lang, times, kinds) {
  const first = catalogue(lang, kinds);
  const words = [...new Set(first.flatMap((doc) => texts(doc).match(WORD) ?? []))].sort();
  const all = [];
  for (let copy = 0; copy < times; copy += 1) {
    const made = new Map();
    const other = (word) => {
      if (!made.has(word)) made.set(word, copy > 0 && hash(word, copy) % 4 === 0 ? recombined(word, words, copy) : word);
      return made.get(word);
    };
    const vary = (text) => text.replace(WORD, other);
    for (const { title, territory, summary, description, keywords } of first) {
      const varied = vary(title);
      all.push({
        id: all.length,
        title: varied,
        name: territory ? `${varied}, ${vary(territory)}` : varied,
        summary: vary(summary),
        description: vary(description),
        keywords: keywords.map(vary),
      });
    }
  }
  return all;
}

/** `[{text, title, wrong, right}]`: names of services, every second one with a slip of a finger in its longest word. */
export function queries(lang) {
  const titles = [...new Set(catalogue(lang, true).map((doc) => doc.title))];
  const drawn = titles.sort((one, other) => hash(one, 1) - hash(other, 1) || (one < other ? -1 : 1)).slice(0, QUERIES);
  return drawn.map((title, at) => {
    const text = title.toLowerCase();
    return { text, title, ...(at % 2 === 1 ? slip(text, lang, at >> 1) : {}) };
  });
}

/** One doc a line; fields are separated by tabs, keywords by `;`. What the example `corpus` of durvis-search reads. */
export function tsv(all) {
  const clean = (text) => text.replace(/[\t\n;]/g, " ");
  const line = (doc) =>
    [doc.id, doc.name, doc.summary, doc.description].map((text) => clean(String(text))).join("\t") + `\t${doc.keywords.map(clean).join(";")}\n`;
  return all.map(line).join("");
}

function catalogue(lang, kinds) {
  const territories = read("territories.yaml").filter((one) => one.slug);
  const all = [];
  for (const file of readdirSync(join(CONTENT, "services")).sort()) {
    const service = read(`services/${file}`);
    const doc = {
      title: service.name[lang],
      territory: "",
      summary: service.summary[lang],
      description: service.description[lang],
      keywords: [...(service.keywords?.[lang] ?? []), ...(service.synonyms?.[lang] ?? [])],
    };
    if (kinds || !service.municipal) all.push(doc);
    else for (const one of territories.filter((one) => offers(service.municipal.offered_by, one.slug))) all.push({ ...doc, territory: one.name[lang] });
  }
  return all;
}

function offers(by, slug) {
  return by === "all" || (Array.isArray(by) ? by.includes(slug) : !by.except.includes(slug));
}

function read(path) {
  return parse(readFileSync(join(CONTENT, path), "utf8"));
}

function texts(doc) {
  return [doc.title, doc.territory, doc.summary, doc.description, ...doc.keywords].join(" ");
}

function recombined(word, words, copy) {
  const other = words[hash(word, copy + 1_000) % words.length];
  return word.slice(0, Math.ceil(word.length / 2)) + other.slice(Math.floor(other.length / 2)).toLowerCase();
}

/** Two letters swapped, one missing, one wrong or one too many, by turns; the first two letters stay. */
function slip(text, lang, turn) {
  const longest = text.match(/\p{L}+/gu).reduce((one, other) => (other.length > one.length ? other : one));
  const at = 2 + (hash(text, turn) % Math.max(1, longest.length - 4));
  const wrong = [...LETTERS[lang]].find((letter) => letter !== longest[at] && letter !== longest[at + 1]);
  const changed = [
    () => longest.slice(0, at) + longest[at + 1] + longest[at] + longest.slice(at + 2),
    () => longest.slice(0, at) + longest.slice(at + 1),
    () => longest.slice(0, at) + wrong + longest.slice(at + 1),
    () => longest.slice(0, at) + wrong + longest.slice(at),
  ][turn % 4]();
  return { text: text.replace(longest, changed), wrong: changed, right: longest };
}

/** FNV-1a with a seed, mixed at the end. */
function hash(text, seed) {
  let value = (2_166_136_261 ^ Math.imul(seed, 2_654_435_761)) >>> 0;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16_777_619) >>> 0;
  value = Math.imul(value ^ (value >>> 15), 2_246_822_507) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}
