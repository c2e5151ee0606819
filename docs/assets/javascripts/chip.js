// The line above a calculator that shows what it has of the reader's case, to look at, change and clear.

import { controls, unfold } from "./form.js";
import { label } from "./link.js";

/** How many numbers the closed line names. */
const NAMED = 3;

/**
 * Shows the case and the example or file that the form begins with, or nothing where there is neither; of a case that was just
 * cleared, the way back.
 * @param {{name: string, text: string, origin: string}[]} rows the answers by the names of their controls
 * @param {boolean} isInUse whether the form holds them
 * @param {{from?: string, clear: (name?: string) => void, use: () => void, putBack?: () => void}} doing
 */
export function showChip(section, form, rows, isInUse, doing) {
  const before = section.querySelector(".calc-case");
  const isInside = before?.contains(document.activeElement);
  const typing = form.contains(document.activeElement) ? document.activeElement : undefined;
  const place = typing?.getBoundingClientRect().top;
  if (rows.length === 0 && !doing.putBack && !doing.from) before?.remove();
  else {
    const chip = before ?? element("details");
    chip.className = "calc-case";
    chip.replaceChildren(...content(form, rows, isInUse, doing));
    if (!before) section.querySelector("[data-notice]").after(chip);
    if (isInside) chip.firstElementChild.focus();
  }
  // The control that somebody types in stays where it is.
  if (typing) scrollBy({ top: typing.getBoundingClientRect().top - place, behavior: "instant" });
}

function content(form, rows, isInUse, { from: start, clear, use, putBack }) {
  const from = start ? `From the ${start}` : "";
  const leave = button(isInUse ? `Leave the ${start?.split(" ")[0]}` : "Use your case", use);
  if (rows.length === 0 && from) return [element("summary", from), leave];
  if (rows.length === 0) return [element("summary", "Your case is cleared"), button("Put it back", putBack)];
  const list = element("ul");
  const answers = rows.map(({ name, text, origin }) => {
    const control = controls(form).find((it) => it.name === name);
    const words = `${label(control)} ${shown(control, text)}`;
    const row = element("li", `${words}, ${origin} `);
    row.append(button("Change", () => reach(control)), " ", button("Clear", () => clear(name)));
    list.append(row);
    return words;
  });
  const more = rows.length > NAMED ? ` and ${rows.length - NAMED} more` : "";
  const measured = rows.find(({ origin }) => origin !== "typed");
  const line = `${answers.slice(0, NAMED).join(" · ")}${more}${measured ? ` (${measured.origin})` : ""}`;
  const summary = element("summary", `${from}${from && ". "}Your case${isInUse ? "" : " is not used here"}: ${line}`);
  const all = isInUse && !from ? [] : [leave, " "];
  all.push(button("Clear your case", () => clear()), " ");
  const save = button("Save it as a file");
  save.dataset.caseSave = "";
  all.push(save, " ");
  if (putBack) all.push(button("Put back the case before", putBack), " ");
  all.push("Kept in this tab alone: numbers and choices, never texts.");
  return [summary, list, ...all];
}

/** Puts the focus on a control, out of whatever fold it is in. */
function reach(control) {
  unfold(control);
  control.focus();
}

/** A number with commas, the words of a choice, or the text as it was typed. */
export function shown(control, text) {
  if (/^\d+$/.test(text)) return Number(text).toLocaleString("en");
  const choices = control.multiple ? text.split(",") : [text];
  const options = [...(control.options ?? [])].filter(({ value }) => choices.includes(value));
  return options.map(({ textContent }) => textContent).join(", ") || text;
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element("button", text);
  made.type = "button";
  made.onclick = act;
  return made;
}
