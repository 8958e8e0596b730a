// Lists what MDN's table of browsers (CC0) says that one of the oldest browsers which this site
// promises lacks. To run again, for other versions or a newer table, in a scratch folder:
//   npm install @mdn/browser-compat-data && node newer.mjs 111 16.2 121 > newer.txt
import { createRequire } from "node:module";
import { join } from "node:path";

const table = createRequire(join(process.cwd(), "package.json"))("@mdn/browser-compat-data");
const BROWSERS = ["chrome", "safari", "firefox"];
const oldest = process.argv.slice(2).map(Number);

/** The version from which on a browser has a feature without prefix or switch. */
function since(feature, browser) {
  const entries = [feature.__compat.support[browser] ?? []].flat();
  const whole = entries.filter((each) => !each.prefix && !each.flags && !each.alternative_name && !each.version_removed);
  return Math.min(...whole.map(({ version_added }) => Number(String(version_added).replace("≤", "")) || Infinity));
}

const versions = (feature) => BROWSERS.map((browser) => since(feature, browser));
const isNewer = (feature) => versions(feature).some((version, index) => version > oldest[index]) && versions(feature).some(Number.isFinite);
const lines = new Set();
const note = (kind, name, feature) =>
  feature.__compat && isNewer(feature) && lines.add([kind, name, ...versions(feature).map((each) => (each === Infinity ? "-" : each))].join(" "));

/** Every feature below one, with its name. */
function* below(parent) {
  for (const [name, feature] of Object.entries(parent))
    if (name !== "__compat" && feature && typeof feature === "object") {
      yield [name, feature];
      yield* below(feature);
    }
}

const unprefixed = (group) => Object.entries(group).filter(([name]) => !name.startsWith("-"));
for (const [name, feature] of unprefixed(table.css.properties)) note("property", name, feature);
for (const [name, feature] of unprefixed(table.css.selectors)) note("selector", name, feature);
for (const [name, feature] of unprefixed(table.css["at-rules"])) note("at-rule", name, feature);
for (const [name, feature] of below(table.css.types)) if (feature.__compat?.description?.includes("()")) note("function", name, feature);

// Of scripts the language, and what pages like ours use; names that are hardly a reader's own.
const INTERFACES = ["AbortSignal", "Blob", "CanvasRenderingContext2D", "Clipboard", "CSS", "Document", "Element", "Event",
  "HTMLCanvasElement", "HTMLElement", "HTMLInputElement", "HTMLSelectElement", "Navigator", "Node", "PointerEvent",
  "Response", "Selection", "URL", "URLSearchParams", "Window", "Worker"];
const all = [...below(table.javascript.builtins), ...below(table.api)];
const used = new Set([...below(table.javascript.builtins), ...INTERFACES.flatMap((name) => [...below(table.api[name])])].map(([name]) => name));
const script = all.filter(([name, { __compat }]) => __compat && /^[a-zA-Z]+[A-Z][a-zA-Z]*(_static)?$/.test(name));
const plain = (name) => name.replace("_static", "");
const known = new Set(script.filter(([, feature]) => !isNewer(feature)).map(([name]) => plain(name)));
for (const [name, feature] of script) if (used.has(name) && !known.has(plain(name))) note("script", plain(name), feature);

console.log([...lines].sort().join("\n"));
