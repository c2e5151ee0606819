// Lets a reader's own data take over nothing of an example: no value, and no title.

import { controls, fill, now, own, published } from "./form.js";

/**
 * Puts back to what the calculator starts with what an example gave and nobody changed, where an edit brought a file, or
 * a text in place of one. `example` holds the texts of the example that was opened last, if it is not the page's own.
 */
export function leaveExample(section, form, example, target) {
  const asked = controls(form).find((control) => control.type === "file")?.closest(".field-group");
  const brought = target.type === "file" ? target.files.length > 0 : target instanceof HTMLTextAreaElement;
  if (!brought || !asked?.contains(target)) return;
  const starts = JSON.parse(section.dataset.defaults ?? "{}");
  const texts = example ?? published(form);
  for (const control of controls(form)) {
    const { name } = control;
    const isOfExample = Object.hasOwn(example ?? starts, name) && now(control) === String(texts[name]);
    if (control !== target && isOfExample) fill(form, { [name]: starts[name] ?? own(control) });
  }
  const title = section.querySelector(".calc-title");
  const before = title.textContent;
  if (!section.dataset.title || before === section.dataset.title) return;
  title.textContent = section.dataset.title;
  form.addEventListener("reset", () => (title.textContent = before), { once: true });
}
