// Makes the one minified style sheet out of main.css: node style/bundle.mjs OUT.css
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { bundleAsync, transform } from "lightningcss";

const PACKAGE = "@digdir/designsystemet-css/";
const version = (major, minor = 0) => (major << 16) | (minor << 8);

// light-dark() came after the oldest of these: it is lowered to two switched custom properties, which
// follow color-scheme (the system's, and html[data-theme]) just the same. Nesting stays.
const targets = { chrome: version(120), firefox: version(121), safari: version(17, 4) };

// Parts of the package that no page has. Take a name out of here when a page gets it.
const UNUSED_CLASSES = [
  "ds-togglegroup", "ds-skiplink", "ds-icon", "ds-floating", "ds-readonly-icon", "ds-print-preserve", "ds-list--unstyled",
  "ds-checkbox--checked", "ds-focus--inset", "ds-focus--middle", "ds-focus--visible", "ds-focus--visible--inset",
  "ds-focus--visible--middle", "ds-field-affixes", "ds-field-affix", "ds-card__block", "ds-dialog__block",
];
const UNUSED_ATTRIBUTES = ["data-variant=outline", "data-field=counter", "data-clickdelegatefor", "data-placement"];
const UNUSED_KEYFRAMES = ["ds-fade-in", "ds-dialog-slide-down", "ds-dialog-slide-left", "ds-dialog-slide-right"];
const isUnused = (part) =>
  (part.type === "class" && UNUSED_CLASSES.includes(part.name)) ||
  (part.type === "attribute" && UNUSED_ATTRIBUTES.some((name) => [part.name, `${part.name}=${part.operation?.value}`].includes(name))) ||
  (part.type === "pseudo-class" && part.kind === "dir") ||
  (part.type === "pseudo-class" && part.kind === "lang" && ["nb", "nn", "no"].some((language) => part.languages.includes(language)));
const visitor = { Selector: (selector) => (selector.some(isUnused) ? [] : undefined) };

const url = (path) => fileURLToPath(new URL(path, import.meta.url));
const options = { minify: true, targets };
const bundle = await bundleAsync({
  ...options,
  filename: url("main.css"),
  visitor,
  unusedSymbols: UNUSED_KEYFRAMES,
  resolver: {
    resolve: (specifier, from) =>
      specifier.startsWith(PACKAGE)
        ? url(`../node_modules/${PACKAGE}dist/src/${specifier.slice(PACKAGE.length)}`)
        : fileURLToPath(new URL(specifier, `file://${from}`)),
  },
});

// A custom property that nothing reads is dropped, and what only that one read, and so on.
let code = bundle.code;
for (;;) {
  const text = code.toString();
  const read = new Set(text.match(/(?<=var\(\s*)--[\w-]+/g));
  const unread = [...new Set(text.match(/(?<=[{;])--[\w-]+(?=:)/g))].filter((name) => !read.has(name));
  if (unread.length === 0) break;
  code = transform({ filename: "bundle.css", code, ...options, unusedSymbols: unread }).code;
  if (code.length === text.length) break;
}

const out = process.argv[2];
if (!out) throw new Error("usage: node style/bundle.mjs OUT.css");
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, code);
const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
console.log(`${out}: ${code.length} bytes, ${brotli.length} after brotli`);
