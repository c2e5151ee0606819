// Puts an answer into a calculator without moving the focus or closing what the reader opened.

// An answer may come in two steps: first what is in sight, and later what is folded away. Until then a fold is empty.

const FOCUSABLE = "a[href], button, summary, input, select, [tabindex]";

/** @param {HTMLElement} place  @param {string} html our own markup, escaped where it was written */
export function showResult(place, html) {
  const kept = new Map([...place.querySelectorAll("[data-keep]")].map((part) => [part.dataset.keep, part]));
  const focus = focusWithin(place);
  place.innerHTML = html;
  for (const part of place.querySelectorAll("[data-later]")) leaveEmpty(part, kept.get(part.dataset.keep));
  for (const part of place.querySelectorAll("details[data-keep]")) {
    if (kept.get(part.dataset.keep)?.open) part.open = true;
  }
  focus?.(place)?.focus({ preventScroll: true });
}

/** Fills the folds that the first step left empty. @param {string} html the whole answer */
export function showFolds(place, html) {
  const whole = document.createElement("template");
  whole.innerHTML = html;
  const focus = focusWithin(place);
  for (const part of place.querySelectorAll("[data-later]")) {
    const fold = whole.content.querySelector(`[data-keep="${part.dataset.keep}"]`);
    if (fold) fold.open = part.open;
    part.replaceWith(fold ?? "");
  }
  focus?.(place)?.focus({ preventScroll: true });
}

/** Puts the fold that stood there in the place of a new one, without what it held, which belongs to an older answer. */
function leaveEmpty(part, fold) {
  if (!fold) return void (part.hidden = true);
  [...fold.children].slice(1).forEach((child) => child.remove());
  fold.dataset.later = "";
  part.replaceWith(fold);
}

/** Returns how to find the focused part again in new markup, or nothing when the focus is elsewhere. */
function focusWithin(place) {
  const focused = document.activeElement;
  if (!place.contains(focused) || focused === place) return undefined;
  const keep = focused.closest("[data-keep]")?.dataset.keep;
  const order = focusable(place, keep).indexOf(focused);
  return (now) => focusable(now, keep)[order];
}

/** The parts below `place` that can have the focus, or those in its part that is kept under the name `keep`. */
function focusable(place, keep) {
  const parts = [...place.querySelectorAll(FOCUSABLE)];
  return parts.filter((part) => part.closest("[data-keep]")?.dataset.keep === keep);
}

/** Shows what was understood, what is wrong and what is published, beside each field the answer names. */
export function showFields(section, fields) {
  for (const element of section.querySelectorAll(".field[data-field]")) {
    const field = fields[element.dataset.field];
    if (field) showField(element, field);
  }
}

function showField(element, { echo = "", error = "", published }) {
  const part = (selector) => [...element.querySelectorAll(selector)].find((it) => it.closest(".field") === element);
  setText(part(".field-echo"), echo);
  const message = part(".field-error");
  setText(message, error);
  if (message && message.hidden !== (error === "")) message.hidden = error === "";
  for (const control of element.querySelectorAll("[name]")) {
    if (control.name !== element.dataset.field) continue;
    if (error) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  const details = element.closest("details");
  if (error && details) details.open = true;
  const figure = part(".field-published");
  // What is drawn anew costs the browser more than what is compared.
  if (figure && published !== undefined && figure.innerHTML !== published) figure.innerHTML = published;
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
