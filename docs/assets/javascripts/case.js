// The reader's case: the numbers and choices that they typed or measured, kept for this tab and filled in everywhere.

import { showChip } from "./chip.js";
import { clear, controls, fill, fillExample, now, offers, own, published, typed } from "./form.js";
import { mayTravel, travels } from "./link.js";
import * as runtime from "./runtime.js";

const KEY = "which-lever-case";

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

/** The calculators that show a link, a file, an example or the page's own numbers in place of the case, by their places. */
const apart = new Set();

/**
 * @typedef {{text: string, from?: string, at?: string}} Entry an answer: the text of its control, and the files that it
 * was measured in, or the place where it was typed
 * @returns {Record<string, Entry>} by the names of their questions
 */
export function entries() {
  try {
    return JSON.parse(held ?? sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** Keeps a case in place of the one before; returns whether it lives as long as the tab. */
function keep(all) {
  const text = JSON.stringify(all);
  held = undefined;
  try {
    if (text === "{}") sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, text);
  } catch {
    held = text;
  }
  document.dispatchEvent(new Event("case"));
  return held === undefined;
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
    if (!apart.has(this.place)) this.#put([...this.#answers()].map(([name, { text }]) => [name, text]));
    this.#show();
  }

  /** Puts texts into controls. Figures that belonged to another choice do not stay. */
  #put(texts) {
    const shown = typed(this.form);
    const changed = texts.filter(([name, text]) => shown[name] !== text).map(([name]) => name);
    if (changed.length === 0) return;
    fill(this.form, Object.fromEntries(texts));
    for (const { name, dataset } of controls(this.form)) {
      if (dataset.clears && changed.includes(name)) clear(this.form, dataset.clears, Object.fromEntries(texts));
    }
    this.ask();
  }

  /** Keeps what a reader put into a control. What was emptied, or filled with words, is forgotten. */
  keep(control, typed) {
    if (!control.name || !travels(control) || typed === undefined) return;
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

  /** Leaves the form to a link, a file or an example. */
  leave() {
    apart.add(this.place);
    this.#show();
  }

  /** Gives what puts the case, and its use here, back to what they are now. */
  restoring() {
    const all = entries();
    const isApart = apart.has(this.place);
    return () => {
      keep(all);
      apart[isApart ? "add" : "delete"](this.place);
      this.#show();
    };
  }

  /** After a reset: forgets what was typed for the questions of this form. What was measured stays, and stays out. */
  reset() {
    const typed = [...this.#answers()].filter(([, { from }]) => from === undefined);
    this.#forget(typed.map(([name]) => name));
    if (this.#answers().size > 0) this.leave();
    else apart.delete(this.place);
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
    apart.delete(this.place);
    fillExample(this.form, Object.fromEntries([...this.#answers()].map(([name, { text }]) => [name, text])));
    this.ask();
    this.#show();
  }

  /** Gives the case, or what this form holds of one, as the text of a file; nothing where there is none. */
  async text(name) {
    const kept = Object.entries(entries());
    const typed = controls(this.form)
      .filter((it) => travels(it) && now(it) && now(it) !== own(it) && mayTravel(it, now(it)))
      .map((it) => [this.#name(it.name), { text: now(it) }]);
    const all = kept.length > 0 ? kept : typed;
    if (all.length === 0) return "";
    const given = Object.fromEntries(all.map(([name, { text }]) => [name, text]));
    const measured = Object.fromEntries(all.filter(([, { from }]) => from).map(([name, { from }]) => [name, from]));
    const more = { measured: JSON.stringify(measured) };
    return runtime.ask(ANSWERING, given, "json", { kind: "keep", name }, more);
  }

  /** Gives where the numbers of a question come from that nobody typed here, as JSON; nothing where there are none. */
  sources(question) {
    const given = JSON.parse(question);
    const sources = [...this.#answers()]
      .filter(([name, { text, at }]) => given[name] === text && at !== this.place)
      .map(([name, { from, at }]) => [name, source(from, at)]);
    return sources.length > 0 ? JSON.stringify(Object.fromEntries(sources)) : "";
  }

  #forget(names) {
    const all = entries();
    names.forEach((name) => delete all[this.#name(name)]);
    keep(all);
    this.#show();
  }

  /** Forgets some answers, or all, and gives their controls back what the page gave them. */
  #clear(names) {
    const answers = this.#answers();
    const shown = typed(this.form);
    const cleared = [...answers].filter(([, entry]) => !names || names.some((name) => answers.get(name) === entry));
    const filled = cleared.map(([name]) => name).filter((name) => shown[name] === answers.get(name).text);
    if (names) this.#forget(names);
    else {
      replaced = entries();
      keep({});
    }
    const texts = published(this.form);
    this.#put(filled.map((name) => [name, texts[name]]));
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
    const shown = rows.length > 0 || putBack ? JSON.stringify([rows, isInUse, replaced]) : "[]";
    if (shown === this.#shown) return;
    this.#shown = shown;
    showChip(this.section, this.form, rows, isInUse, {
      clear: (name) => this.#clear(name === undefined ? undefined : [name]),
      use: () => {
        apart.delete(this.place);
        this.fill();
      },
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
