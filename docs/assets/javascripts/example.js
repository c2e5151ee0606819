// Lets a reader's own data take over nothing of an example: no value, and no title.

import { controls, fill, now, own, published } from "./form.js";

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
  form.addEventListener("reset", () => (title.textContent = before), { once: true });
}
