// A scenario outside the page: as a link or as a file. Numbers and choices only, never a pasted text.

import { controls, exampleTexts, isBrought, offers, published, typed } from "./form.js";

const VERSION = "1";

/** Where numbers came from that are a link's and, in part, the reader's. */
const CHANGED = "link, with your changes";

/**
 * The links taken over so far, each with the sentence about it and the texts that it led to. Instant navigation draws a
 * page anew, at the latest when a reader goes back, and must not undo what was changed since.
 */
export const taken = new Map();

/** How many of the inputs that were not understood are named. */
const NAMED = 3;

/** Characters of a link: ours stay far below, and more would only keep the page busy. */
const LONGEST = 20_000;

/** Characters of an address that somebody types from paper, as in `report/page.py`. */
const LONGEST_TYPED = 110;

/** Whether a control may leave the page: a number, a choice, yes or no. */
export const travels = ({ options, type, inputMode }) => Boolean(options) || /checkbox|radio/.test(type) || inputMode !== "";

/** What numbers, ranges and months are typed with; other words in their fields were pasted there, or are a mistake. */
const NUMERIC = /^(?:[\d\s.,$%+±−–/-]|(?:thousand|(?:m|b|tr)illion|page|word|token)s?|[bmt]n|[bekmt])*$/i;

/** Whether a text may: of what can be pasted, only that it was emptied. */
export function mayTravel(control, text = "") {
  if (!travels(control)) return text === "" && control.type !== "file";
  return control.type !== "text" || NUMERIC.test(text);
}

/** The texts of a form that may leave the page, by the names of their controls. */
export function traveling(form) {
  const texts = typed(form);
  const names = controls(form).filter((it) => mayTravel(it, texts[it.name])).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, texts[name] ?? ""]));
}

/** What the calculator itself starts with, where this page starts with something else. */
const defaults = (section) => JSON.parse(section.dataset.defaults ?? "{}");

/** The texts that may travel and that differ from what the calculator starts with. */
function changed(section, form) {
  const starts = { ...published(form), ...defaults(section) };
  return Object.fromEntries(Object.entries(traveling(form)).filter(([name, text]) => text !== starts[name]));
}

/** The controls whose text differs from what the calculator starts with and may not leave the page. */
function leftBehind(section, form) {
  const [now, own, others] = [typed(form), published(form), defaults(section)];
  return controls(form).filter(
    ({ name }, at, all) => now[name] && !mayTravel(all[at], now[name]) && now[name] !== (others[name] ?? own[name]),
  );
}

/** What a control is called on the page. */
export const label = (control) => control.ariaLabel ?? control.labels?.[0]?.textContent.trim() ?? control.name;

/** A sentence about the texts that a link, a file or a command goes without; empty where there are none. */
export function without(section, form) {
  const labels = leftBehind(section, form).map(label);
  return labels.length > 0 ? ` Left out, as texts never travel: ${labels.join(", ")}. The answer there will differ.` : "";
}

export const facts = (section) => section.dataset.facts;
export const headline = (section) => section.querySelector(".result-value")?.textContent.trim() ?? "";

const UNITS = ["", "$", "%", "seconds", "minutes", "hours", "days", "GB", "tokens", "examples", "second", "minute", "example", "points", "point", "errors", "error", "warnings", "warning"];

/** Words that say what the amounts of a headline are. */
const WORDS = ["·", "to", "against", "better", "worse", "may be chance", "a month", "in use", "next", "of", "free of errors", "usually", "within"];

/** Units and words of a headline. A link has their places in this list, so that none of its own words is shown. */
export const SAID = [...UNITS, ...WORDS];

/** The most parts of a headline that a link has. */
export const PARTS = 12;

const AMOUNT = new RegExp(`(?<![\\w@.-])(?:([−-]?)(\\$?)(\\d[\\d,]*(?:\\.\\d+)?)(%?)(?= ?([a-z]*))|(${WORDS.join("|")})(?!\\w))|[;(]`, "gi");

/** A headline as a link has it: its numbers, each with the place of its unit, and the words known here: `85~2_~20_62~2`. */
export function amounts(section) {
  const { dataset, textContent } = section.querySelector(".result-value") ?? { dataset: {}, textContent: "" };
  return parts(dataset.figures ?? textContent);
}

export function parts(text) {
  const told = [...text.matchAll(AMOUNT)].map(([, minus, dollar, digits, percent, unit, word]) => {
    if (!digits) return `~${SAID.indexOf(word?.toLowerCase() ?? "·")}`;
    return `${minus && "-"}${digits.replaceAll(",", "")}~${Math.max(0, UNITS.indexOf(dollar || percent || unit))}`;
  });
  // Words alone are no answer.
  return told.some((it) => it[0] !== "~") ? told.slice(0, PARTS).join("_") : "";
}

export function fragment(calculator, texts, more = {}) {
  const told = new URLSearchParams({ numbers: VERSION, calculator, ...more });
  for (const [name, text] of Object.entries(texts)) told.append(`.${name}`, text);
  return `#${told}`;
}

/** The fragment with the scenario of a form, and the names of texts that stay behind. */
function scenario(section, form, more) {
  const names = leftBehind(section, form).map((control) => control.name);
  if (section.matches(".is-lacking")) names.push(parameters().get("without") ?? form.querySelector("[type=file]").name);
  const left = names.length > 0 ? { without: names.join(" ") } : {};
  return fragment(section.dataset.calculator, changed(section, form), { on: section.id, ...more, ...left });
}

/** The address of this page with the scenario in its fragment, and its headline's amounts unless they are of another. */
export function made(section, form) {
  const isOld = section.matches(".is-stale, .is-sent");
  const told = scenario(section, form, { facts: facts(section), ...(!isOld && { sent: amounts(section) }) });
  return `${location.origin}${location.pathname}${location.search}${told}`;
}

/** The address for paper, with the scenario where somebody may type it; as a report has it. */
export function printed(section, form) {
  const page = location.origin + location.pathname;
  const whole = page + fragment(section.dataset.calculator, changed(section, form)).replaceAll("%2F", "/").replaceAll("%2C", ",");
  return whole.length <= LONGEST_TYPED ? whole : page;
}

/** Puts the numbers of an opened link, with what was changed since, into the address: Reload and Back then have both. */
export function keepChanges(section, form) {
  history.replaceState(history.state, "", scenario(section, form, { came: "yours" }));
  return origin(CHANGED);
}

const origin = (from) => `These numbers came with the ${from}.`;

/** Loads the page anew, with the scenario, so that it comes with another build. */
export function openAnew(section, form) {
  history.replaceState(history.state, "", made(section, form));
  location.reload();
}

/** What a file holds for this calculator: the texts to fill in, or none, and a sentence about it. */
export function opened(section, form, text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    told = undefined;
  }
  const { given, calculator, facts: day, answer, left_out: left } = told ?? {};
  if (typeof given !== "object" || given === null || calculator !== section.dataset.calculator) {
    return { message: "This file holds no scenario of this calculator. Nothing was changed." };
  }
  return understood(section, form, Object.entries(given), { day, answer, from: "file", left });
}

/** What the fragment of the page's address says. */
const parameters = () => new URLSearchParams(location.hash.slice(1, LONGEST));

/** What the page's address holds for a calculator; nothing where it holds none, or one of another on this page. */
export function fromAddress(section, form) {
  const told = parameters();
  if (!told.has("numbers")) return undefined;
  const sections = [...document.querySelectorAll("section.calc")];
  const fitting = sections.filter((it) => it.dataset.calculator === told.get("calculator"));
  const full = fitting.find((it) => it.dataset.show === "full");
  const meant = fitting.find((it) => it.id === told.get("on")) ?? full ?? fitting[0] ?? sections[0];
  if (meant !== section) return undefined;
  const no = (why) => ({ message: `This link ${why}. Nothing was changed.` });
  if (location.hash.length > LONGEST) return no("is too long to be a scenario");
  if (fitting.length === 0) return no("holds numbers of a calculator that is not on this page");
  if (told.get("numbers") !== VERSION) return no("is of another version");
  const given = [...told].filter(([name]) => name.startsWith(".")).map(([name, text]) => [name.slice(1), text]);
  const from = { along: "other calculator", yours: CHANGED }[told.get("came")] ?? "link";
  const left = told.get("without")?.split(" ");
  // Links of earlier days have the headline itself, of which the amounts are taken.
  const sent = from === "link" ? told.get("sent") ?? parts(told.get("answer") ?? "") : undefined;
  const start = exampleTexts(section, told.get("example"));
  return understood(section, form, given, { day: told.get("facts"), from, left, sent, start });
}

/** What a text means now where it answered another question under an earlier name: `yes` of a batch is `batch`. */
function former(control, text) {
  const words = control?.dataset.former?.split(" ").map((pair) => pair.split("=")) ?? [];
  return words.find(([word]) => word === text)?.[1] ?? text;
}

/** Keeps what this form has controls for, also under earlier names; a select must offer the text. */
function understood(section, form, given, { day, answer, from, left: names, sent, start }) {
  const texts = { ...defaults(section), ...start };
  const known = new Map();
  for (const control of controls(form)) {
    const former = control.closest("[data-field]")?.dataset.formerly?.split(" ") ?? [];
    for (const name of [control.name, ...former]) known.set(name, control);
  }
  const behind = Array.isArray(names) ? names.map((name) => known.get(name)) : [];
  const left = [];
  const used = [];
  for (const [name, told] of given) {
    const control = known.get(name);
    const text = former(control, told);
    const isShort = typeof text === "string" && (control?.multiple || text.length <= 100);
    if (control && isShort && mayTravel(control, text) && offers(control, text)) {
      texts[control.name] = text;
      used.push(control);
    } else if (control?.type === "file") behind.push(control);
    else left.push(control ? label(control) : /^[\w.]{1,40}$/.test(name) ? name : "an unknown one");
  }
  if (used.length + behind.length === 0 && left.length > 0) {
    return { message: `Nothing in this ${from} was understood. Nothing was changed.` };
  }
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : "";
  const part = left.length > 0 ? ` Not understood and left out: ${left.slice(0, NAMED).join(", ")}${more}.` : "";
  const moved = typeof day === "string" && day !== facts(section) && /^\d{4}-\d\d-\d\d$/.test(day);
  // Where a file is read, the answer without it would be one to a sample. A name that is not known here may be its.
  const isLacking = behind.some((control) => !control || isBrought(control)) && form.querySelector("[type=file]") !== null;
  const message = isLacking ? `${part}${part && " "}This ${from.split(",")[0]} was made with a file that is not in it` : origin(from) + part;
  const isTold = moved || sent !== undefined || behind.length > 0;
  const then = isTold && { day: moved ? day : undefined, answer, sent, behind: behind.filter(Boolean), used, isLacking };
  return { texts, message, then, example: start, isFile: from === "file" && !isLacking };
}
