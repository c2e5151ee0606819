// Goes to another calculator with the numbers that it asks for too.

import { controls, typed } from "./form.js";
import { fragment, mayTravel, taken, travels } from "./link.js";

/** Opens the page of the calculator of an option, with the numbers of this one in its address. */
export function goElsewhere(section, form, { value, dataset }) {
  const anchor = document.createElement("a");
  taken.clear(); // the reader asks for these numbers, even where they went there before
  const measured = [JSON.parse(dataset.measured ?? "{}"), section.querySelector("[data-measured]")?.dataset];
  anchor.href = dataset.place + carried(form, value, JSON.parse(dataset.names), ...measured);
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

/**
 * The fragment that carries numbers to another calculator; `names` gives each path of ours its path there. What the
 * result `measured` in a file answers the questions at the paths of `goals`, whatever this form holds for them.
 */
function carried(form, calculator, names, goals = {}, { measured = "{}" } = {}) {
  const now = typed(form);
  const texts = {};
  for (const { name } of controls(form).filter((it) => travels(it) && mayTravel(it, now[it.name]))) {
    const owner = Object.hasOwn(names, name) ? name : name.slice(0, name.lastIndexOf("."));
    if (Object.hasOwn(names, owner) && now[name]) texts[names[owner] + name.slice(owner.length)] = now[name];
  }
  for (const [output, text] of Object.entries(JSON.parse(measured))) {
    for (const path of goals[output] ?? []) texts[path] = text;
  }
  return fragment(calculator, texts, { came: "along" });
}
