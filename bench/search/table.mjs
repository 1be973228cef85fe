// The figures of one size as Markdown.

/** `about`: `{lang, times, kinds, docs, keystrokes}`. */
export function table(runs, about) {
  const head = [
    `**${about.times}x, ${about.lang}: ${number(about.docs)} ${about.kinds ? "kinds of services" : "descriptions"}, ${number(about.keystrokes)} keystrokes**`,
    "",
    "| engine | index | code | first answer | keystroke p50 | p99 | memory | found | mistyped | corrected |",
    "|---|---|---|---|---|---|---|---|---|---|",
  ];
  return [...head, ...runs.map((run) => row(run, about.keystrokes)), "", ...ratios(runs), ""].join("\n");
}

function row(run, keystrokes) {
  const { keys = [], found } = run;
  const few = keys.length < keystrokes ? ` (${keys.length} keystrokes)` : "";
  const share = (of) => (of?.[1] ? `${of[0]} of ${of[1]}` : "");
  const cells = [
    run.name,
    run.brotli ? kb(run.brotli) : "",
    kb(run.code),
    ms(at(run.first ?? [], 0.5)),
    ms(at(keys, 0.5)) + few,
    ms(at(keys, 0.99)),
    run.memory ? mb(run.memory) : "",
    ...(run.out ? [run.out, "", ""] : [share(found?.clean), share(found?.mistyped), share(found?.corrected)]),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** How far ahead ours is, over the keystrokes that both did; below 1 it is behind. */
function ratios(runs) {
  const ours = runs.find((run) => run.name === "durvis");
  if (!ours?.keys?.length) return [];
  const times = (one, other) => (one && other ? (other / one).toFixed(other / one < 10 ? 2 : 0) : "-");
  return runs
    .filter((run) => run !== ours && run.keys?.length)
    .map((run) => {
      const both = Math.min(ours.keys.length, run.keys.length);
      const key = (share) => times(at(ours.keys.slice(0, both), share), at(run.keys.slice(0, both), share));
      return `- ${run.name} to ours: p50 ${key(0.5)}, p99 ${key(0.99)}, first answer ${times(at(ours.first, 0.5), at(run.first, 0.5))}, index ${times(ours.brotli, run.brotli)}, memory ${times(ours.memory, run.memory)}`;
    });
}

function at(numbers, share) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function ms(value) {
  return value === undefined ? "" : `${value.toPrecision(value < 100 ? 2 : 3) * 1} ms`;
}

function kb(bytes) {
  return `${number(Math.round(bytes / 1_024))} KB`;
}

function mb(bytes) {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

function number(value) {
  return value.toLocaleString("en-US");
}
