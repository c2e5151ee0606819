// The reader's case: the numbers and choices that they typed or measured, kept for this tab and filled in everywhere.

import { showChip } from "./chip.js";
import { clear, controls, exampleTexts, fill, fillExample, offers, published, typed } from "./form.js";
import { mayTravel, traveling, travels } from "./link.js";
import * as runtime from "./runtime.js";

const KEY = "which-lever-case";
const SHOWN = "which-lever-shown";

/** What the browser would not keep; the case then lives as long as the page. */
let held;

/** Where an answer was typed that came with a file; a place on the site holds a `#`. */
const FILE = "file";

/** Milliseconds without a key after which the line above is drawn anew: the browser lays the page out twice for it. */
const CALM = 200;

/** The calculator that answers a case. Where it is there, all others are, too, which a file may have inputs for. */
const ANSWERING = "choosing/case";

/** The case that was here before one was opened, to be put back. */
let replaced;

/**
 * The calculators that show a link, a file, an example or the page's own numbers in place of the case, by their places:
 * each with the texts that may travel, with what these have of the case, and with the words on the button of its example,
 * or the texts that its file gave.
 */
const apart = new Map(Object.entries(stored(SHOWN)));

/** Those of them that a page, loaded anew, has not filled in yet. */
const left = new Set(apart.keys());

/** What each form last had of the case, by the place of its calculator: `calculator.js` puts a left page's numbers back. */
const had = new Map([...apart].map(([place, { had }]) => [place, had]));

/**
 * @typedef {{text: string, from?: string, at?: string}} Entry an answer: the text of its control, and the files that it
 * was measured in, or the place where it was typed
 * @returns {Record<string, Entry>} by the names of their questions
 */
export const entries = () => (held ? JSON.parse(held) : stored(KEY));

/** What this tab keeps under a key. */
function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

/** Keeps something for this tab; returns its text where the browser does not. */
function store(key, all) {
  const text = JSON.stringify(all);
  try {
    if (text === "{}") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    return text;
  }
}

/** Keeps a case in place of the one before; returns whether it lives as long as the tab. */
function keep(all) {
  held = store(KEY, all);
  document.dispatchEvent(new Event("case"));
  return held === undefined;
}

/** Keeps for this tab what calculators show of examples and files. */
function keepShown() {
  store(SHOWN, Object.fromEntries([...apart].filter(([, { example, file }]) => example || file)));
}

/** Takes what was typed out of what calculators show of examples and files. */
function forgetShown() {
  for (const shown of apart.values()) {
    Object.keys(shown.had ?? {}).forEach((name) => delete shown.texts[name]);
    delete shown.had;
  }
  keepShown();
}

/** The names that the case has for questions, by the paths of a calculator. @param {string} grouped as its HTML holds them */
export function names(grouped) {
  const all = {};
  for (const [owner, words] of Object.entries(JSON.parse(grouped))) {
    for (const word of words.split(" ")) {
      const [last, name = last] = word.split("=");
      all[owner ? `${owner}.${last}` : last] = name;
    }
  }
  return all;
}

/** The case as one calculator asks for it. */
export class Case {
  /** The names of questions by the paths that they have here. */
  #names;
  /** The names of what further plans take from the case, by their paths. */
  #follows;
  /** What was typed and refused, by control: a browser tells of it once more when the focus goes on. */
  #refused = new Map();
  /** What the chip shows: drawn anew for nothing, it would lose the click that a field's change comes with. */
  #shown = "[]";
  /** The wait for a moment to draw it. */
  #later;

  /**
   * @param {HTMLElement} section  @param {HTMLFormElement} form
   * @param {string} place where the calculator is: its page, and its id there
   * @param {() => void} ask asks the question that the form holds by now
   */
  constructor(section, form, place, ask) {
    Object.assign(this, { section, form, place, ask });
    this.#names = names(section.dataset.case);
    this.#follows = names(section.dataset.follows ?? "{}");
  }

  /** The name in the case of a control's question: its own, or that of the record whose figure it is. */
  #name(path, all = this.#names) {
    const owner = Object.hasOwn(all, path) ? path : path.slice(0, Math.max(0, path.lastIndexOf(".")));
    const name = all[owner];
    return name ? name + path.slice(owner.length) : `${this.section.dataset.calculator} ${path}`;
  }

  /**
   * What the case answers here, by the names of the controls. A short calculator beside prose keeps the numbers that
   * the prose is about, but for what was typed in it. What was typed here for one plan is meant for that one alone.
   * @returns {Map<string, Entry>}
   */
  #answers() {
    const all = entries();
    const answers = new Map();
    for (const control of controls(this.form)) {
      const followed = all[this.#name(control.name, this.#follows)];
      const entry = all[this.#name(control.name)] ?? (followed?.at === this.place ? undefined : followed);
      if (!entry || (this.section.dataset.show === "headline" && entry.at !== this.place)) continue;
      if (offers(control, entry.text) && mayTravel(control, entry.text)) answers.set(control.name, entry);
    }
    return answers;
  }

  /** Fills the form with the case, unless it holds something else that the reader asked for. */
  fill() {
    const { example, texts } = apart.get(this.place) ?? {};
    const isLeft = texts && left.delete(this.place);
    const filled = isLeft ? { ...exampleTexts(this.section, example), ...texts } : texts ? {} : this.#texts();
    this.#put({ ...filled, ...this.#moved({ ...typed(this.form), ...filled }) });
    this.#show();
  }

  /** What took the place of what a form last had of the case, changed or cleared on another page since. */
  #moved(texts) {
    const now = { ...this.#start(), ...this.#texts() };
    const moved = Object.entries(had.get(this.place) ?? {}).filter(([name, text]) => texts[name] === text);
    return Object.fromEntries(moved.map(([name]) => [name, now[name]]));
  }

  /** The texts that the page, its example or an opened file gives the form, without a change. */
  #start() {
    const { example, file } = apart.get(this.place) ?? {};
    return { ...published(this.form), ...exampleTexts(this.section, example), ...file };
  }

  /** The texts that the case has for this form, by the names of its controls. */
  #texts() {
    return Object.fromEntries([...this.#answers()].map(([name, { text }]) => [name, text]));
  }

  /** Puts texts into controls. Figures that belonged to another choice do not stay. */
  #put(texts) {
    const shown = typed(this.form);
    const changed = Object.keys(texts).filter((name) => shown[name] !== texts[name]);
    if (changed.length === 0) return;
    fill(this.form, texts);
    for (const { name, dataset } of controls(this.form)) {
      if (dataset.clears && changed.includes(name)) clear(this.form, dataset.clears, texts);
    }
    this.#stay();
    this.ask();
  }

  /** Keeps what a reader put into a control. What was emptied, or filled with words, is forgotten. */
  keep(control, typed) {
    if (control.name && travels(control) && typed !== undefined) this.#keepText(control, typed);
    this.#stay();
  }

  #keepText(control, typed) {
    const text = mayTravel(control, typed) && this.#refused.get(control.name) !== typed ? typed : "";
    const all = entries();
    const name = this.#name(control.name);
    this.#part(name, all);
    if (control.dataset.clears) Object.keys(all).filter((it) => it.startsWith(`${name}.`)).forEach((it) => delete all[it]);
    if (text.trim() === "") delete all[name];
    else all[name] = { text, at: this.place };
    keep(all);
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#show(), CALM);
  }

  /** Before a plan's question is answered by itself, gives those that followed it what they have of the case. */
  #part(name, all) {
    for (const [path, followed] of Object.entries(this.#follows)) {
      if (!isOf(name, followed)) continue;
      for (const key of Object.keys(all).filter((it) => isOf(it, followed) && all[it].at !== this.place)) {
        all[this.#name(path + key.slice(followed.length))] ??= all[key];
      }
    }
  }

  /** Forgets what was typed here and cannot be used. @param {Record<string, {error?: string}>} fields */
  check(fields) {
    for (const name of this.#refused.keys()) if (!fields[name]?.error) this.#refused.delete(name);
    const wrong = [...this.#answers()].filter(([name, { at }]) => at === this.place && fields[name]?.error);
    wrong.forEach(([name, { text }]) => this.#refused.set(name, text));
    if (wrong.length > 0) this.#forget(wrong.map(([name]) => name));
  }

  /** Leaves the form to a link, to an example with these words on its button, or to a file. */
  leave(example, isFile) {
    had.delete(this.place);
    this.#stay({ example, file: isFile ? traveling(this.form) : undefined });
    this.#show();
  }

  /**
   * Takes down what the form shows by now in place of the case, or nothing where it shows the case; an example or a file
   * for this tab: a link is in the address.
   */
  #stay(shown = apart.get(this.place)) {
    left.delete(this.place);
    if (shown) apart.set(this.place, { ...shown, texts: traveling(this.form) });
    else apart.delete(this.place);
    this.#note();
    keepShown();
  }

  /** Takes down what the form has of the case: where it shows something else, what was typed here and what followed that. */
  #note() {
    const [texts, before, shown] = [typed(this.form), had.get(this.place) ?? {}, apart.get(this.place)];
    const own = [...this.#answers()].filter(([name, { text, at }]) => {
      return texts[name] === text && (!shown || at === this.place || name in before);
    });
    const answers = Object.fromEntries(own.map(([name, { text }]) => [name, text]));
    had.set(this.place, answers);
    if (shown) shown.had = answers;
  }

  /** Gives what puts the case, and its use here, back to what they are now. */
  restoring() {
    const all = entries();
    const shown = apart.get(this.place) ?? null;
    return () => {
      keep(all);
      this.#stay(shown);
      this.#show();
    };
  }

  /** After a reset: forgets what was typed for the questions of this form. What was measured stays, and stays out. */
  reset() {
    const typed = [...this.#answers()].filter(([, { from }]) => from === undefined);
    this.#forget(typed.map(([name]) => name));
    this.#stay(this.#answers().size > 0 ? {} : null);
    this.#show();
  }

  /** Keeps the measured numbers that a button offers, and returns a sentence about it. */
  adopt(button) {
    const isKept = keep({ ...entries(), ...JSON.parse(button.dataset.case) });
    this.#show();
    const where = isKept ? "fill the other calculators of this tab" : "stay as long as this page is open";
    return `Kept as your case. Your numbers ${where}; each calculator shows them and can clear them.`;
  }

  /** Takes over the case that a file holds, in place of the one before; returns what the file holds, or its error. */
  async open(text) {
    const told = JSON.parse(await runtime.ask(ANSWERING, {}, "json", { kind: "open", text }));
    if (told.entries) {
      for (const entry of Object.values(told.entries)) if (entry.from === undefined) entry.at = FILE;
      this.#replace(told.entries);
    }
    return told;
  }

  #replace(all) {
    const before = entries();
    // The same file opened twice must not stand for what was here before it.
    if (JSON.stringify(before) !== JSON.stringify(all)) replaced = Object.keys(before).length > 0 ? before : undefined;
    keep(all);
    this.#use();
  }

  /** Fills the form with the case alone. */
  #use() {
    fillExample(this.form, this.#texts());
    this.#stay(null);
    this.ask();
    this.#show();
  }

  /** Gives the case, or what this form holds of one, as the text of a file; nothing where there is none. */
  async text(name) {
    const kept = Object.entries(entries());
    const own = published(this.form);
    const shown = Object.entries(traveling(this.form))
      .filter(([name, text]) => (apart.has(this.place) || kept.length === 0) && text && text !== own[name])
      .map(([name, text]) => [this.#name(name), { text }]);
    const all = Object.entries(Object.fromEntries([...kept, ...shown]));
    if (all.length === 0) return "";
    const given = Object.fromEntries(all.map(([name, { text }]) => [name, text]));
    const measured = Object.fromEntries(all.filter(([, { from }]) => from).map(([name, { from }]) => [name, from]));
    const more = { measured: JSON.stringify(measured) };
    return runtime.ask(ANSWERING, given, "json", { kind: "keep", name }, more);
  }

  /** Gives where the numbers of a question come from that nobody typed here, as JSON. */
  sources(question) {
    const given = JSON.parse(question);
    const example = apart.get(this.place)?.example;
    const sources = {};
    for (const [name, text] of Object.entries(exampleTexts(this.section, example) ?? {})) {
      if (given[name] === `${text}`) sources[name] = `the example “${example}”`;
    }
    for (const [name, { text, from, at }] of this.#answers()) {
      if (given[name] === text) sources[name] = at === this.place ? undefined : source(from, at);
    }
    return JSON.stringify(sources);
  }

  #forget(names) {
    const all = entries();
    names.forEach((name) => delete all[this.#name(name)]);
    keep(all);
    this.#stay();
    this.#show();
  }

  /** Forgets one answer, or all, and gives their controls back what the page or the example gave them. */
  #clear(name) {
    const answers = this.#answers();
    const shown = typed(this.form);
    const cleared = [...answers].filter(([, entry]) => !name || answers.get(name) === entry);
    const filled = cleared.map(([path]) => path).filter((path) => shown[path] === answers.get(path).text);
    if (name) this.#forget([name]);
    else {
      replaced = entries();
      keep({});
      forgetShown();
    }
    const texts = this.#start();
    this.#put(Object.fromEntries(filled.map((path) => [path, texts[path]])));
    this.#show();
  }

  #show() {
    const texts = typed(this.form);
    const answers = [...this.#answers()];
    const isInUse = answers.every(([name, { text }]) => texts[name] === text);
    const all = entries();
    const rows = answers.filter(([name]) => all[this.#name(name)]).map(([name, { text, from, at }]) => {
      return { name, text, origin: from ? source(from) : at === FILE ? "from a file" : "typed" };
    });
    const putBack = (rows.length > 0 || Object.keys(all).length === 0) && replaced;
    const { example, file } = apart.get(this.place) ?? {};
    const from = file ? "file that you opened" : example && `example “${example}”`;
    const shown = rows.length > 0 || putBack || from ? JSON.stringify([rows, isInUse, replaced, from]) : "[]";
    this.#note();
    if (shown === this.#shown) return;
    this.#shown = shown;
    showChip(this.section, this.form, rows, isInUse, {
      from,
      clear: (name) => this.#clear(name),
      use: () => this.#use(),
      putBack: putBack && (() => this.#replace(replaced)),
    });
  }
}

/** Whether an answer is that of a question, or of a figure of the record which that picks. */
const isOf = (name, question) => name === question || name.startsWith(`${question}.`);

function source(from, at) {
  if (from) return `measured from ${from}`;
  return `your case: ${at === FILE ? "it came with a file" : "you typed it in another calculator"}`;
}
