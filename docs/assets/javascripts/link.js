// A scenario outside the page: as a link, as a file, as a command. Numbers and choices only, never a pasted text.

import { controls, published, typed } from "./form.js";

const VERSION = "1";

/** Whether a control may leave the page: a number, a choice, yes or no. */
function travels(control) {
  if (control instanceof HTMLSelectElement) return true;
  return control instanceof HTMLInputElement && (["checkbox", "radio"].includes(control.type) || control.inputMode !== "");
}

/** The texts that may travel and that differ from what the page came with. */
function changed(form) {
  const [now, own] = [typed(form), published(form)];
  const names = controls(form).filter(travels).map((control) => control.name);
  return Object.fromEntries(names.filter((name) => now[name] !== own[name]).map((name) => [name, now[name]]));
}

const facts = (section) => section.dataset.facts;
const headline = (section) => section.querySelector(".result-value")?.textContent.trim() ?? "";

/** The address of this page with the scenario in its fragment. */
export function made(section, form) {
  const told = new URLSearchParams({ numbers: VERSION, calculator: section.dataset.calculator, facts: facts(section) });
  told.set("answer", headline(section));
  for (const [name, text] of Object.entries(changed(form))) told.append(`.${name}`, text);
  return `${location.origin}${location.pathname}${location.search}#${told}`;
}

/** The command that asks the same in a terminal. */
export function command(section, form) {
  const quoted = (text) => (/^[\w./:%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const words = Object.entries(changed(form)).map(([name, text]) => quoted(`${name}=${text}`));
  return ["calculators", section.dataset.calculator, ...words].join(" ");
}

/** The scenario as the text of a file, which the terminal reads too. */
export function scenario(section, form) {
  const told = { calculator: section.dataset.calculator, facts: facts(section), given: changed(form) };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/** What a file holds for this calculator: the texts to fill in, or none, and a sentence about it. */
export function opened(section, form, text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    told = undefined;
  }
  if (typeof told?.given !== "object" || told.given === null || told.calculator !== section.dataset.calculator) {
    return { message: "This file holds no scenario of this calculator. Nothing was changed." };
  }
  return understood(section, form, told.given, told.facts, "", "file");
}

/** What the page's address holds for a calculator; nothing where it holds no scenario of it. */
export function fromAddress(section, form) {
  const told = new URLSearchParams(location.hash.slice(1));
  if (told.get("calculator") !== section.dataset.calculator || !told.has("numbers")) return undefined;
  if (told.get("numbers") !== VERSION) return { message: "This link is of another version. Nothing was changed." };
  const given = [...told].filter(([name]) => name.startsWith(".")).map(([name, text]) => [name.slice(1), text]);
  return understood(section, form, Object.fromEntries(given), told.get("facts"), told.get("answer") ?? "", "link");
}

/** Keeps what this form has controls for; a select keeps its value unless it offers the text. */
function understood(section, form, given, day, answer, from) {
  const texts = {};
  let left = 0;
  const known = new Map(controls(form).filter(travels).map((control) => [control.name, control]));
  for (const [name, text] of Object.entries(given)) {
    const control = known.get(name);
    const fits = control && typeof text === "string" && text.length <= 100;
    const offered = !(control instanceof HTMLSelectElement) || [...control.options].some((it) => it.value === text);
    if (fits && offered) texts[name] = text;
    else left += 1;
  }
  let message = `These numbers came with the ${from}.`;
  if (left > 0) message += " A part of it was not understood and left out.";
  if (day && day !== facts(section)) {
    message += ` Prices are now those of ${facts(section)}, the ${from} was made with those of ${printable(day)}.`;
    if (answer) message += ` The answer was ${printable(answer)} then.`;
  }
  return { texts, message };
}

/** A foreign text cut to what a date or a figure may be. */
const printable = (text) => text.replace(/[^\w$.,%:/ –−-]/g, "").slice(0, 40);
