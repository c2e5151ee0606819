// A scenario outside the page: as a link or as a file. Numbers and choices only, never a pasted text.

import { controls, published, typed } from "./form.js";

const VERSION = "1";

/**
 * The links taken over so far, each with the sentence about it and the texts that it led to. Instant navigation draws a
 * page anew, at the latest when a reader goes back, and must not undo what was changed since.
 */
export const taken = new Map();

/** Characters of a link: ours stay far below, and more would only keep the page busy. */
const LONGEST = 20_000;

/** Whether a control may leave the page: a number, a choice, yes or no. */
function travels(control) {
  if (control instanceof HTMLSelectElement) return true;
  return control instanceof HTMLInputElement && (["checkbox", "radio"].includes(control.type) || control.inputMode !== "");
}

/** What numbers, ranges and months are typed with; other words in their fields were pasted there, or are a mistake. */
const NUMERIC = /^(?:[\d\s.,$%+±−–/-]|thousand|million|billion|[bm]n|[bekm])*$/i;

/** Whether a text may: of what can be pasted, only that it was emptied. */
function mayTravel(control, text = "") {
  if (!travels(control)) return text === "" && control.type !== "file";
  return control.type !== "text" || NUMERIC.test(text);
}

/** What the calculator itself starts with, where this page starts with something else. */
const defaults = (section) => JSON.parse(section.dataset.defaults ?? "{}");

/** The texts that may travel and that differ from what the calculator starts with. */
function changed(section, form) {
  const [now, own, others] = [typed(form), published(form), defaults(section)];
  const names = controls(form).filter((it) => mayTravel(it, now[it.name])).map((control) => control.name);
  const kept = names.filter((name) => (Object.hasOwn(others, name) ? now[name] !== others[name] : now[name] !== own[name]));
  return Object.fromEntries(kept.map((name) => [name, now[name] ?? ""]));
}

const facts = (section) => section.dataset.facts;
const headline = (section) => section.querySelector(".result-value")?.textContent.trim() ?? "";

function fragment(calculator, texts, more = {}) {
  const told = new URLSearchParams({ numbers: VERSION, calculator, ...more });
  for (const [name, text] of Object.entries(texts)) told.append(`.${name}`, text);
  return `#${told}`;
}

/** The address of this page with the scenario in its fragment. */
export function made(section, form) {
  const more = { on: section.id, facts: facts(section), answer: headline(section) };
  const told = fragment(section.dataset.calculator, changed(section, form), more);
  return `${location.origin}${location.pathname}${location.search}${told}`;
}

/** Loads the page anew, with the scenario, so that it comes with another build. */
export function openAnew(section, form) {
  history.replaceState(history.state, "", made(section, form));
  location.reload();
}

/** The fragment that carries numbers to another calculator; `names` gives each path of ours its path there. */
export function carried(form, calculator, names) {
  const now = typed(form);
  const texts = {};
  for (const { name } of controls(form).filter((it) => travels(it) && mayTravel(it, now[it.name]))) {
    const owner = Object.hasOwn(names, name) ? name : name.slice(0, name.lastIndexOf("."));
    if (Object.hasOwn(names, owner) && now[name]) texts[names[owner] + name.slice(owner.length)] = now[name];
  }
  return fragment(calculator, texts, { came: "along" });
}

/** What a file holds for this calculator: the texts to fill in, or none, and a sentence about it. */
export function opened(section, form, text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    told = undefined;
  }
  const { given, calculator, facts: day, answer } = told ?? {};
  if (typeof given !== "object" || given === null || calculator !== section.dataset.calculator) {
    return { message: "This file holds no scenario of this calculator. Nothing was changed." };
  }
  return understood(section, form, Object.entries(given), { day, answer, from: "file" });
}

/** What the page's address holds for a calculator; nothing where it holds none, or one of another on this page. */
export function fromAddress(section, form) {
  const fragment = location.hash.slice(1);
  if (!/(^|&)numbers=/.test(fragment)) return undefined;
  const told = new URLSearchParams(fragment.slice(0, LONGEST));
  const sections = [...document.querySelectorAll("section.calc")];
  const fitting = sections.filter((it) => it.dataset.calculator === told.get("calculator"));
  const full = fitting.find((it) => it.dataset.show === "full");
  const meant = fitting.find((it) => it.id === told.get("on")) ?? full ?? fitting[0] ?? sections[0];
  if (meant !== section) return undefined;
  const no = (why) => ({ message: `This link ${why}. Nothing was changed.` });
  if (fragment.length > LONGEST) return no("is too long to be a scenario");
  if (fitting.length === 0) return no("holds numbers of a calculator that is not on this page");
  if (told.get("numbers") !== VERSION) return no("is of another version");
  const given = [...told].filter(([name]) => name.startsWith(".")).map(([name, text]) => [name.slice(1), text]);
  const from = told.get("came") === "along" ? "other calculator" : "link";
  return understood(section, form, given, { day: told.get("facts"), answer: told.get("answer"), from });
}

/** Keeps what this form has controls for, also under earlier names; a select must offer the text. */
function understood(section, form, given, { day, answer, from }) {
  const texts = { ...defaults(section) };
  const known = new Map();
  for (const control of controls(form)) {
    const names = control.closest("[data-field]")?.dataset.formerly?.split(" ") ?? [];
    for (const name of [control.name, ...names]) known.set(name, control);
  }
  let [used, left] = [0, 0];
  for (const [name, text] of given) {
    const control = known.get(name);
    const fits = control && typeof text === "string" && text.length <= 100 && mayTravel(control, text);
    const offered = !(control instanceof HTMLSelectElement) || [...control.options].some((it) => it.value === text);
    if (fits && offered) {
      texts[control.name] = text;
      used += 1;
    } else left += 1;
  }
  if (used === 0 && left > 0) return { message: `Nothing in this ${from} was understood. Nothing was changed.` };
  const part = left > 0 ? " A part was not understood and left out." : "";
  const moved = typeof day === "string" && day !== facts(section) && /^\d{4}-\d\d-\d\d$/.test(day);
  const then = moved ? { day, answer: printable(answer) } : undefined;
  return { texts, message: `These numbers came with the ${from}.${part}`, then };
}

/** One sentence about facts that have moved on since a link was made, with the answer then and now. */
export function movedOn(section, { day, answer }) {
  const [today, now] = [facts(section), headline(section)];
  if (!answer) return `It was made with prices of ${day}; they are now those of ${today}.`;
  return `With the prices of ${day} the answer was ${answer}; with those of ${today} it is ${now}.`;
}

/** A foreign text cut to what a figure may be. */
const printable = (text) => (typeof text === "string" ? text.replace(/[^\w$.,%:/ –−-]/g, "").slice(0, 60) : "");
