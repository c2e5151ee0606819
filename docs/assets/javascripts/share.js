// Takes an answer out of the page: to the clipboard, a file or paper, or its numbers to another calculator. Saves files of
// the reader's own as well: a case, which it opens, too, and what Python makes of a training file.

import { differs, question, typed } from "./form.js";
import { copy } from "./instrument.js";
import { fragment, made, taken, traveling, without } from "./link.js";
import { halt } from "./runtime.js";

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
 */
export function share(what, calculator, { chosen, place, chart, put }) {
  const { section, form } = calculator;
  if (what === "use") return goElsewhere(section, form, place);
  if (what === "print" || what === "page") return print(what, calculator);
  const left = ANSWERS.test(chosen) ? "" : without(section, form);
  const take = (text) => {
    if (what === "copy") copy(calculator, text, `Copied.${left}`);
    else calculator.say(`Saved as ${saveAs(text, chosen, section.dataset.calculator)}.${left}`);
  };
  if (chosen === "svg") {
    const drawn = chart?.isConnected ? chart : section.querySelector("[data-result] :is(.chart-line, .chart-bars, .chart-shares)");
    return drawn ? take(standalone(drawn)) : calculator.say("This result has no chart.");
  }
  const [as, kind] = chosen.split("-").reverse();
  return put(as, kind ? reportOf(section, form) : "result", take);
}

/** Prints the report, or the page with all that is folded away. */
async function print(what, calculator) {
  calculator.say("Preparing to print…");
  try {
    if (what === "page") await calculator.fillAll();
    else while (!(await prepareReport(calculator)));
    calculator.say("");
    // Then the page is printed, whatever reports are ready.
    document.body.classList.toggle("is-whole", what === "page");
    window.addEventListener("afterprint", () => document.body.classList.remove("is-whole"), { once: true });
    window.print();
  } catch (error) {
    calculator.say(`${error.message} ${calculator.refused}`);
  }
}

const PRINTED = "This report was printed in place of the page. “Print page” under “Share” prints the page.";

/** Has the report of the present answers ready: a browser that prints waits for nothing. Returns whether they still are. */
export async function prepareReport(calculator) {
  const { section, form } = calculator;
  const present = () => question(form, typed(form));
  const given = present();
  const text = await calculator.answer(given, "html", reportOf(section, form));
  calculator.report = () => {
    if (document.body.matches(".is-whole") || present() !== given) return undefined;
    const end = showOnPaper(text);
    return () => {
      end();
      if (!differs(form)) calculator.report = undefined;
      calculator.say(PRINTED);
    };
  };
  return present() === given;
}

/** On paper nothing but reports, black on white. */
const ALONE = `
@media screen { body > .report { display: none; } }
@media print {
  html, body { background: #fff !important; color-scheme: light; }
  body > :not(.report) { display: none !important; }
  .report + .report { break-before: page; }
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

/**
 * Gives what saves the reader's case as a file, and what opens one.
 * @param {import("./case.js").Case} held
 * @param {(words: string) => void} say shows a sentence at the foot of the window
 */
export function caseFile(held, say) {
  const tell = (error) => say(error.message);
  const box = held.section.querySelector("[data-case-name]");

  /** Saves the case under a name, which the file has and this tab does not keep. */
  async function saveCase() {
    const name = box?.value ?? "";
    const text = await held.text(name.trim());
    if (text === "") return say("Your case is empty: type a number or choose something first.");
    const file = `${name.toLowerCase().replace(/[^\p{L}\p{M}\d]+/gu, "-").replace(/^-|-$/g, "") || "case"}.json`;
    save(text, file, "application/json");
    return say(`Saved as ${file}: numbers and choices, no texts. Open it on this page, or with: calculators case ${file}`);
  }

  /** Opens the text of a case file; `forget` forgets what was typed on other pages. */
  async function openCase(text, forget) {
    say("Opening the file…");
    const { error, said, name } = await held.open(text);
    if (error) return say(error);
    forget();
    if (box) box.value = name;
    return say(said);
  }

  return { saveCase: () => saveCase().catch(tell), openCase: (text, forget) => openCase(text, forget).catch(tell) };
}

/**
 * Downloads what Python makes of a training file. It goes from the Worker into the download: the page shows line numbers
 * alone.
 * @param {HTMLButtonElement} button names the file
 * @param {HTMLFormElement} form
 * @param {(question: string, as: string, ask: object, progress?: Function) => Promise<string | Blob>} answer asks the Worker
 */
export async function open({ dataset, parentElement }, form, answer) {
  const place = parentElement.nextElementSibling;
  const ask = { kind: "copy", file: dataset.file };
  const given = question(form, typed(form));
  const name = `${dataset.file.replace("_", "-")}.jsonl`;
  place.innerHTML = `<span>Making the file…</span> <button type="button" class="calc-retry">Stop</button>`;
  const [said, stop] = place.children;
  stop.onclick = halt;
  try {
    const file = await answer(given, "file", ask, (words) => (said.textContent = words));
    place.innerHTML = await answer(given, "part", ask);
    if (file.size) save(file, name, "application/jsonl");
    if (file.size) place.firstElementChild.prepend(`Saved as ${name}. `);
  } catch (error) {
    place.textContent = error.message;
  }
}

const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "font-weight", "paint-order"];

/** A chart as a file of its own: every color and font written into it, with the words beside it, on its background. */
function standalone(chart) {
  chart.classList.add("is-file");
  const copied = chart.cloneNode(true);
  const parts = copied.querySelectorAll("*");
  chart.querySelectorAll("*").forEach((part, at) => {
    for (const name of LOOK) parts[at].setAttribute(name, getComputedStyle(part)[name]);
  });
  copied.setAttribute("width", chart.getBoundingClientRect().width);
  copied.setAttribute("overflow", "visible");
  const { x, y, width, height } = chart.getBBox();
  chart.classList.remove("is-file");
  const box = [x - 8, y - 8, width + 16, height + 16];
  const ground = getComputedStyle(chart.closest(".calc") ?? document.body).backgroundColor;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${box[2]}" height="${box[3]}">
<rect x="-50%" y="-50%" width="200%" height="200%" fill="${ground}"/>
${new XMLSerializer().serializeToString(copied)}</svg>`;
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
  const texts = {};
  for (const [name, text] of Object.entries(traveling(form))) {
    const owner = Object.hasOwn(names, name) ? name : name.slice(0, name.lastIndexOf("."));
    if (text && Object.hasOwn(names, owner)) texts[names[owner] + name.slice(owner.length)] = text;
  }
  for (const [output, text] of Object.entries(JSON.parse(measured))) {
    for (const path of goals[output] ?? []) texts[path] = text;
  }
  return fragment(calculator, texts, { came: "along" });
}
