// Reads and fills the controls of a calculator's form, as text.

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** The named controls of a form, in the order of the page. @returns {Control[]} */
export function controls(form) {
  return [...form.elements].filter((control) => control.name && control.type !== "submit" && control.type !== "button");
}

/** A number for each chosen file, by which the Worker knows it again. Its text is read there and never comes here. */
const numbers = new WeakMap();
let chosen = 0;

function numberOf(file) {
  if (!numbers.has(file)) numbers.set(file, ++chosen);
  return numbers.get(file);
}

/** The chosen files of a form by the names of their controls, for the Worker. */
export function files(form) {
  const found = controls(form).filter((control) => control.type === "file" && control.files.length > 0);
  const described = found.map(({ name, files: chosen, dataset }) => {
    const summed = "summed" in dataset;
    const all = summed ? [...chosen] : [chosen[0]];
    return [name, { id: all.map(numberOf).join("+"), files: all, summed, longest: Number(dataset.longest) }];
  });
  return Object.fromEntries(described);
}

/** The values of a list's options that fit. */
const picked = ({ options }, fits) => [...options].filter(fits).map(({ value }) => value).join();

/** Whether a control may hold a text: a list must offer what it chooses. */
export const offers = ({ options, multiple }, text) =>
  !options || (multiple ? text.split(",") : [text]).every((it) => [...options].some(({ value }) => value === it));

/** The text a control holds now; undefined for a radio button or a file that is not chosen. */
export function now(control) {
  if (control.type === "file") {
    return control.files.length > 0 ? `file ${[...control.files].map(numberOf).join("+")}` : undefined;
  }
  if (control.type === "checkbox") return control.checked ? "yes" : "no";
  if (control.type === "radio") return control.checked ? control.value : undefined;
  return control.multiple ? picked(control, (it) => it.selected) : control.value;
}

/** The text the page itself gave a control. */
export function own(control) {
  if (control.type === "file") return undefined;
  if (control.type === "checkbox") return control.defaultChecked ? "yes" : "no";
  if (control.type === "radio") return control.defaultChecked ? control.value : undefined;
  if (!control.options) return control.defaultValue;
  return picked(control, (it) => it.defaultSelected) || (control.multiple ? "" : control.options[0]?.value);
}

function collect(form, text) {
  const read = controls(form).map((control) => [control.name, text(control)]);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/** All texts of a form by name, to be put back later with `fill`. */
export const typed = (form) => collect(form, now);

/** The texts of a form as the page came. */
export const published = (form) => collect(form, own);

/** Whether a control takes what a reader brings to be read: a file, or a text. */
export const isBrought = ({ type }) => /file|area/.test(type);

/** All that was brought to a form. */
export const brought = (form) => JSON.stringify(controls(form).filter(isBrought).map(now));

/** Fills in the word of a button that the page offers below a control. */
export function take(button) {
  const control = button.closest(".field").querySelector("[name]");
  control.value = button.textContent;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Whether a form holds a file, and whether it lacks the one that some texts of it came with. */
export const hasFile = (form) => Object.keys(files(form)).length > 0;
export const lacksFile = (form, texts) => controls(form).some((it) => it.type === "file" && texts[it.name] && !now(it));

/** Puts files into a control, where a browser would empty it. */
export function choose(control, chosen) {
  const given = new DataTransfer();
  chosen.forEach((file) => given.items.add(file));
  control.files = given.files;
}

/** Gives what puts back all that a form holds now. */
export function restoring(form) {
  const texts = typed(form);
  const chosen = controls(form).filter(({ type }) => type === "file").map((control) => [control, [...control.files]]);
  return () => {
    fill(form, texts);
    chosen.forEach(([control, all]) => choose(control, all));
  };
}

/** Whether a control differs from what the page gave it. */
export function differs(form) {
  return controls(form).some((control) => now(control) !== own(control));
}

/** The JSON text of a question: all texts, without the optional ones that are empty. */
export function question(form, texts) {
  const given = { ...texts };
  for (const control of controls(form)) {
    if ("optional" in control.dataset && given[control.name] === "") delete given[control.name];
  }
  return JSON.stringify(given);
}

/** Opens all folds that a part of a form is in. */
export function unfold(part) {
  for (let fold = part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

/** The buttons of a calculator's examples. */
export const examples = (section) => [...section.querySelectorAll("[data-example]")];

/** The texts of the example whose button has these words; nothing where there is none. */
export function exampleTexts(section, words) {
  const button = examples(section).find((it) => it.textContent === words);
  return button && JSON.parse(button.dataset.example);
}

/** Puts texts into the controls they name and leaves the others alone. */
export function fill(form, texts) {
  for (const control of controls(form)) {
    if (!Object.hasOwn(texts, control.name)) continue;
    const text = String(texts[control.name]);
    if (control.type === "file") continue; // a script may not choose a reader's file
    if (control.type === "checkbox") control.checked = text === "yes";
    else if (control.type === "radio") control.checked = control.value === text;
    else if (control.multiple) for (const option of control.options) option.selected = text.split(",").includes(option.value);
    else control.value = text;
  }
}

/**
 * Fills an example: what it does not name goes back to the page's own value.
 * Figures that belonged to another choice than the example's do not stay.
 */
export function fillExample(form, texts) {
  form.reset();
  fill(form, texts);
  for (const control of controls(form)) {
    if (control.dataset.clears && now(control) !== own(control)) clear(form, control.dataset.clears, texts);
  }
}

/** Empties the controls whose name starts with `prefix`, but for the named ones. Returns whether one held a text. */
export function clear(form, prefix, keep = {}) {
  const filled = controls(form).filter(
    (control) => control.name.startsWith(prefix) && control.value !== "" && !Object.hasOwn(keep, control.name),
  );
  for (const control of filled) control.value = "";
  return filled.length > 0;
}
