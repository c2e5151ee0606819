// Takes an answer out of the page: to the clipboard, a file or paper, or its numbers to another calculator.

import { controls, differs, question, typed } from "./form.js";
import { fragment, made, mayTravel, taken, travels, without } from "./link.js";

/** What holds an answer alone. All else asks the question again elsewhere, and goes without texts. */
const ANSWERS = /csv|json|svg/;

/** The question for a report: it says where it can be asked again, and by which build. */
const reportOf = (section, form) => {
  return { kind: "report", link: made(section, form), build: document.querySelector("meta[name=build]").content };
};

/**
 * @param {"copy" | "save" | "print" | "page" | "use"} what
 * @param {import("./calculator.js").Calculator} calculator
 * @param {object} given
 * @param {string} given.chosen a form: `report-html` is a report, `csv` a whole result, `svg` the chart
 * @param {HTMLOptionElement} [given.place] another calculator
 * @param {SVGElement} [given.chart] the chart that an instrument drew last
 * @param {(as: string, ask: unknown, take: (text: string) => void) => void} given.put puts a question
 * @param {(text: string, said: string) => void} given.copy
 */
export function share(what, calculator, { chosen, place, chart, put, copy }) {
  const { section, form } = calculator;
  if (what === "use") return goElsewhere(section, form, place);
  if (what === "print" || what === "page") return print(what, calculator);
  const left = ANSWERS.test(chosen) ? "" : without(section, form);
  const take = (text) => {
    if (what === "copy") copy(text, `Copied.${left}`);
    else calculator.say(`Saved as ${saveAs(text, chosen, section.dataset.calculator)}.${left}`);
  };
  if (chosen === "svg") {
    const own = section.querySelector("[data-result] :is(.chart-line, .chart-bars, .chart-shares)");
    const drawn = chart?.isConnected ? chart : own;
    return drawn ? take(standalone(drawn)) : calculator.say("This result has no chart.");
  }
  const [as, kind] = chosen.split("-").reverse();
  return put(as, kind ? reportOf(section, form) : "result", take);
}

/** Whether the page is to be printed, whatever reports are ready. */
let isWhole = false;

/** Prints the report, or the page with all that is folded away. */
async function print(what, calculator) {
  calculator.say("Preparing to print…");
  try {
    await (what === "page" ? calculator.fillAll() : prepareReport(calculator));
    calculator.say("");
    isWhole = what === "page";
    window.addEventListener("afterprint", () => (isWhole = false), { once: true });
    window.print();
  } catch (error) {
    calculator.say(error.message);
  }
}

const PRINTED = "This report was printed in place of the page. “Print page” under “Share” prints the page.";

/** Has the report of the present answers ready: a browser that prints waits for nothing. */
export async function prepareReport(calculator) {
  const { section, form } = calculator;
  const present = () => question(form, typed(form));
  const given = present();
  const text = await calculator.answer(given, "html", reportOf(section, form));
  calculator.report = () => {
    if (isWhole || present() !== given) return undefined;
    const end = showOnPaper(text);
    return () => {
      end();
      if (!differs(form)) calculator.report = undefined;
      calculator.say(PRINTED);
    };
  };
}

/** On paper nothing but reports, black on white. */
const ALONE = `
@media screen { body > .report { display: none; } }
@media print {
  html, body { background: #fff !important; color-scheme: light; }
  body > :not(.report) { display: none !important; }
  .report + .report { break-before: page; }
  .report .end::after { content: " ${PRINTED}"; }
}`;

/**
 * Puts a report in place of the page, for paper; returns what takes it away. Its style becomes a sheet of the page,
 * whose policy allows none in parsed markup.
 */
function showOnPaper(text) {
  const [, style, body] = text.split(/<\/?style>/);
  const whole = new DOMParser().parseFromString(body, "text/html");
  const article = document.importNode(whole.querySelector(".report"), true);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style + ALONE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  document.body.append(article);
  return () => {
    article.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((it) => it !== sheet);
  };
}

/** How the names of files end, where not with the name of their form. */
const ENDINGS = { "report-markdown": "md", "report-html": "html", scenario: "json", command: "sh", python: "py" };

/** Offers a text in one of the forms as a file, and returns its name. */
function saveAs(text, form, calculator) {
  const name = `${calculator.replace("/", "-")}.${ENDINGS[form] ?? form}`;
  save(text, name, form === "svg" ? "image/svg+xml" : "text/plain;charset=utf-8");
  return name;
}

/** Offers a text as a file of a name and a type. */
export function save(text, name, type) {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([text], { type }));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}

const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "font-weight", "paint-order"];

/** A chart as a file of its own: every color and font written into it, on the background it stands on. */
function standalone(chart) {
  const copied = chart.cloneNode(true);
  const parts = [...copied.querySelectorAll("*")];
  [...chart.querySelectorAll("*")].forEach((part, at) => {
    const style = getComputedStyle(part);
    for (const name of LOOK) parts[at].setAttribute(name, style.getPropertyValue(name));
    parts[at].removeAttribute("class");
  });
  copied.querySelectorAll("[visibility=hidden]").forEach((part) => part.remove());
  for (const name of ["class", "data-at", "role"]) copied.removeAttribute(name);
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const { width, height } = chart.getBoundingClientRect();
  for (const [name, length] of Object.entries({ width, height })) {
    for (const part of [copied, paper]) part.setAttribute(name, Math.ceil(length));
  }
  paper.setAttribute("fill", getComputedStyle(chart.closest(".calc") ?? document.body).backgroundColor);
  copied.prepend(paper);
  return new XMLSerializer().serializeToString(copied);
}

/** Opens the page of the calculator of an option, with the numbers of this one in its address. */
function goElsewhere(section, form, { value, dataset }) {
  const anchor = document.createElement("a");
  taken.clear(); // the reader asks for these numbers, even where they went there before
  const measured = [JSON.parse(dataset.measured ?? "{}"), section.querySelector("[data-measured]")?.dataset];
  anchor.href = dataset.place + carried(form, value, JSON.parse(dataset.names), ...measured);
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

/**
 * The fragment that carries numbers to another calculator; `names` gives each path of ours its path there. What the
 * result `measured` in a file answers the questions at the paths of `goals`, whatever this form holds for them.
 */
function carried(form, calculator, names, goals = {}, { measured = "{}" } = {}) {
  const now = typed(form);
  const texts = {};
  for (const { name } of controls(form).filter((it) => travels(it) && mayTravel(it, now[it.name]))) {
    const owner = Object.hasOwn(names, name) ? name : name.slice(0, name.lastIndexOf("."));
    if (Object.hasOwn(names, owner) && now[name]) texts[names[owner] + name.slice(owner.length)] = now[name];
  }
  for (const [output, text] of Object.entries(JSON.parse(measured))) {
    for (const path of goals[output] ?? []) texts[path] = text;
  }
  return fragment(calculator, texts, { came: "along" });
}
