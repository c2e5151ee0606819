// Puts an answer into a calculator without moving the focus or closing what the reader opened.

// An answer may come in two steps: first what is in sight, and later what is folded away. Until then a fold is empty.

const FOCUSABLE = "a[href], button, summary, input, select, [tabindex]";

/**
 * Changes what is shown into a new answer. Most of it stays as it was, and is neither laid out nor painted again.
 * @param {HTMLElement} place  @param {string} html our own markup, escaped where it was written
 */
export function showResult(place, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const kept = new Map([...place.querySelectorAll("details[data-keep]")].map((fold) => [fold.dataset.keep, fold]));
  for (const part of made.content.querySelectorAll("[data-later]")) leaveEmpty(part, kept.get(part.dataset.keep));
  for (const fold of made.content.querySelectorAll("details[data-keep]")) {
    fold.open = kept.get(fold.dataset.keep)?.open ?? fold.open;
  }
  const focus = focusWithin(place);
  changeChildren(place, made.content);
  if (!place.contains(document.activeElement)) focus?.(place)?.focus({ preventScroll: true });
}

function changeChildren(shown, made) {
  const olds = [...shown.childNodes];
  const news = [...made.childNodes];
  news.forEach((node, at) => {
    const old = olds[at];
    if (!old) shown.append(node);
    else if (old.isEqualNode(node)) return;
    else if (isAlike(old, node)) change(old, node);
    else old.replaceWith(node);
  });
  olds.slice(news.length).forEach((old) => old.remove());
}

/** An open working is put in anew, which has it asked for. */
function isAlike(old, node) {
  if (old.nodeName !== node.nodeName) return false;
  if (old.localName !== "details") return true;
  const isSame = (name) => old.dataset[name] === node.dataset[name];
  return isSame("keep") && isSame("working") && !(old.open && old.dataset.working);
}

function change(old, node) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== node.data) old.data = node.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!node.hasAttribute(name)) old.removeAttribute(name);
  for (const it of node.attributes) {
    if (old.getAttribute(it.name) !== it.value) old.setAttributeNode(it.cloneNode());
  }
  if (old.localName === "input") old.value = node.value; // A slider that was moved stands where it began.
  changeChildren(old, node);
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

/** Has a fold that comes later stand there without what it held, which belongs to an older answer. */
function leaveEmpty(part, fold) {
  if (!fold?.firstElementChild) return void (part.hidden = true);
  const empty = fold.cloneNode();
  empty.dataset.later = "";
  empty.append(fold.firstElementChild.cloneNode(true));
  part.replaceWith(empty);
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

/** What was last shown beside each field: what is drawn anew costs the browser more than what is compared. */
const told = new WeakMap();

/** Shows what was understood, what is wrong and what is published, beside each field the answer names. */
export function showFields(section, fields) {
  for (const element of section.querySelectorAll(".field[data-field]")) {
    const field = fields[element.dataset.field];
    const before = told.get(element) ?? {};
    if (!field || ["echo", "error", "published"].every((it) => it in before && before[it] === field[it])) continue;
    showField(element, field, before.published);
    told.set(element, { echo: field.echo, error: field.error, published: field.published });
  }
}

function showField(element, { echo = "", error = "", published }, before) {
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
  if (figure && published !== undefined && published !== before) figure.innerHTML = published;
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
