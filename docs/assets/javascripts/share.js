// Copies, saves and prints an answer: as a report to show, for a program, or its chart alone.

import { NOT_LOADED } from "./carry.js";
import { made, without } from "./link.js";

/** What asks the question again elsewhere, and goes without texts. */
const AGAIN = ["scenario", "command", "python", "report-markdown", "report-html"];

/**
 * @param {"copy" | "save" | "print"} what
 * @param {string} chosen a form: `report-html` is a report, `csv` a whole result, `svg` the chart
 * @param {object} given
 * @param {SVGElement} [given.chart] the chart that an instrument drew last
 * @param {(as: string, ask: unknown, take: (text: string) => void) => void} given.put puts a question
 * @param {(text: string, said: string) => void} given.copy
 * @param {(words: string) => void} given.say
 */
export async function share(what, chosen, { section, form, chart, put, copy, say }) {
  const report = { kind: "report", link: made(section, form), build: document.querySelector("meta[name=build]").content };
  if (what === "print") return put("html", report, (text) => print(text, say));
  const left = AGAIN.includes(chosen) ? without(section, form) : "";
  const saving = await import("./saving.js").catch(() => undefined);
  if (!saving) return say(NOT_LOADED);
  const take = (text) => {
    if (what === "copy") copy(text, `Copied.${left}`);
    else say(`Saved as ${saving.saveAs(text, chosen, section.dataset.calculator)}.${left}`);
  };
  if (chosen === "svg") {
    const own = section.querySelector("[data-result] :is(.chart-line, .chart-bars, .chart-shares)");
    const drawn = chart?.isConnected ? chart : own;
    return drawn ? take(saving.standalone(drawn)) : say("This result has no chart.");
  }
  const [as, kind] = chosen.split("-").reverse();
  return put(as, kind ? report : "result", take);
}

/** On paper nothing but the report, black on white. */
const ALONE = `
@media screen { body > .report { display: none; } }
@media print {
  html, body { background: #fff !important; color-scheme: light; }
  body > :not(.report) { display: none !important; }
}`;

/** Prints a report and nothing else. Its style becomes a sheet of the page, whose policy allows none in parsed markup. */
function print(text, say) {
  const [, style, body] = text.split(/<\/?style>/);
  const whole = new DOMParser().parseFromString(body, "text/html");
  const article = document.importNode(whole.querySelector(".report"), true);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style + ALONE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(article);
  const tidy = () => {
    article.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
  };
  window.addEventListener("afterprint", tidy, { once: true });
  say("The report of this calculator is what was printed. Your browser's menu prints the whole page.");
  window.print();
}
