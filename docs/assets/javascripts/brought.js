// Takes what a reader brings: dropped files, also those of folders; and of an example then no value and no title.

import { choose, controls, fill, now, own, published } from "./form.js";

/**
 * Puts back to what the calculator starts with what an example gave and nobody changed, where an edit brought a file, or
 * a text in place of one; texts of a sample in place of other files go. `example` holds the texts of the example that
 * was opened last, if it is not the page's own.
 */
export function leaveExample(section, form, example, target) {
  const group = target.closest(".field-group");
  const brought = target.type === "file" ? target.files.length > 0 : target instanceof HTMLTextAreaElement;
  if (!brought || !group?.querySelector("[type=file]")) return;
  const starts = JSON.parse(section.dataset.defaults ?? "{}");
  const texts = example ?? published(form);
  for (const control of controls(form)) {
    const { name } = control;
    const isOtherText = control instanceof HTMLTextAreaElement && !group.contains(control);
    const isOfExample = isOtherText || Object.hasOwn(example ?? starts, name);
    if (control === target || !isOfExample || now(control) !== String(texts[name] ?? own(control))) continue;
    fill(form, { [name]: isOtherText ? "" : (starts[name] ?? own(control)) });
  }
  const title = section.querySelector(".calc-title");
  const before = title.textContent;
  if (!section.dataset.title || before === section.dataset.title) return;
  title.textContent = section.dataset.title;
  form.onreset = () => (title.textContent = before);
}

/**
 * Opens a dropped scenario; any other files, also those of folders, go to the question that asks for files.
 * @param {import("./calculator.js").Calculator} calculator
 * @param {File[]} files what was dropped
 * @param {(FileSystemEntry | undefined)[]} entries the same as entries, among them folders
 */
export async function takeDropped(calculator, files, entries) {
  const control = calculator.form.querySelector("[data-summed]");
  if (!control) return void (files[0] && calculator.openFile(files[0]));
  const all = entries.some((entry) => entry?.isDirectory) ? await filesBelow(entries) : files;
  if (all.length === 1 && (await isScenario(all[0]))) return void calculator.openFile(all[0]);
  choose(control, all);
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Whether a file is a scenario of any calculator, or a case. */
async function isScenario(file) {
  const text = file.size < 1e6 ? await file.text() : "";
  return /^\s*\{/.test(text) && /"calculators?"/.test(text) && text.includes('"given"');
}

/** The files of dropped folders, and of folders below them, in the order of their names. */
async function filesBelow(entries) {
  const found = [];
  for (const entry of entries.filter(Boolean).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isFile) found.push(await new Promise((take, refuse) => entry.file(take, refuse)));
    else found.push(...(await filesBelow(await allEntries(entry.createReader()))));
  }
  return found;
}

/** A browser hands out the entries of a folder a hundred at a time. */
async function allEntries(reader) {
  const entries = await new Promise((take, refuse) => reader.readEntries(take, refuse));
  return entries.length > 0 ? [...entries, ...(await allEntries(reader))] : [];
}
