// It runs a regular expression over every text at every keystroke: its file is the texts, one a line. `intraMode` 1 allows one slip
// in each word. Words in any order; ranked only below its usual 1,000 matches, as its documentation advises.
import uFuzzy from "@leeoniya/ufuzzy";

export function build(docs) {
  const line = ({ name, keywords, summary, description }) => uFuzzy.latinize([name, ...keywords, summary, description].join(" ").replace(/\n/g, " "));
  return new TextEncoder().encode(docs.map(line).join("\n"));
}

export function open(bytes) {
  const lines = new TextDecoder().decode(bytes).split("\n");
  const fuzzy = new uFuzzy({ intraMode: 1 });
  return {
    search: (text, limit) => {
      const [found, info, order] = fuzzy.search(lines, uFuzzy.latinize(text), 1, 1_000);
      return order ? order.slice(0, limit).map((at) => info.idx[at]) : (found ?? []).slice(0, limit);
    },
  };
}
