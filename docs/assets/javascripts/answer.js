// Puts an answer into a calculator without moving the focus or closing what the reader opened.

// A fold that is closed comes empty: what it held belongs to an older answer. It is filled when it is opened.

import { unfold } from "./form.js";

const FOCUSABLE = "a[href], button, summary, input, select, [tabindex]";

/**
 * Changes what is shown into a new answer. Most of it stays as it was, and is neither laid out nor painted again.
 * @param {HTMLElement} place  @param {string} html our own markup, escaped where it was written
 * @param {boolean} [isHeadline] whether it is the headline alone, ahead of the rest, whose closed folds are emptied
 */
export function showResult(place, html, isHeadline) {
  const answer = parsed(html);
  const shown = new Map(folds(place).map((fold) => [fold.dataset.keep, fold]));
  for (const fold of folds(answer)) {
    const earlier = shown.get(fold.dataset.keep);
    fold.open = earlier?.open ?? fold.open;
    if (fold.firstChild) continue;
    // Where a summary counts what the fold holds, an empty fold comes without one.
    const summary = earlier?.firstElementChild;
    if (summary) fold.append(summary.cloneNode(true));
    else fold.hidden = true;
  }
  const focus = focusWithin(place);
  if (isHeadline) {
    for (const part of answer.firstChild.children) {
      const old = place.querySelector(`:scope > .result-short > .${part.classList[0]}`);
      if (old) change(old, part);
    }
    for (const fold of folds(place)) if (!fold.open && fold.firstChild) fold.replaceChildren(fold.firstChild);
  } else changeChildren(place, answer);
  if (!place.contains(document.activeElement)) focus?.(place)?.focus({ preventScroll: true });
}

/** All folds below a place whose content is asked for by name. */
export const folds = (place) => [...place.querySelectorAll("details[data-keep]")];

/** Fills a fold. @param {string} html the fold as the whole result has it: nothing where it has none */
export function fill(fold, html) {
  const [whole] = parsed(html).children;
  if (!whole) return void fold.remove();
  changeChildren(fold, whole);
  fold.hidden = false;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function changeChildren(place, answer) {
  const olds = [...place.childNodes];
  const news = [...answer.childNodes];
  news.forEach((node, index) => {
    const old = olds[index];
    if (!old) place.append(node);
    else if (old.isEqualNode(node)) return;
    else if (isAlike(old, node)) change(old, node);
    else old.replaceWith(node);
  });
  olds.slice(news.length).forEach((old) => old.remove());
}

/** Whether a node may become another. A fold becomes none of another name, which may be open while this one is not. */
const isAlike = (old, node) => old.nodeName === node.nodeName && old.dataset?.keep === node.dataset?.keep;

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
const shownFields = new WeakMap();

/** What can change beside a field. */
const SHOWN = ["echo", "error", "published", "gone"];

/** Shows what was understood, what is wrong and what is published, beside each field the answer names. */
export function showFields(section, fields) {
  for (const element of section.querySelectorAll(".field[data-field]")) {
    const field = fields[element.dataset.field];
    const before = shownFields.get(element) ?? {};
    if (!field || SHOWN.every((it) => "echo" in before && before[it] === field[it])) continue;
    showField(element, field, before.published);
    shownFields.set(element, field);
    element.hidden = Boolean(field.gone);
  }
}

function showField(element, { echo = "", error = "", published }, before) {
  const echoed = part(element, ".field-echo");
  setText(echoed, echo);
  let message = part(element, ".field-error");
  if (error && !message) {
    message = document.createElement("p");
    message.className = "field-error";
    echoed?.after(message);
  }
  setText(message, error);
  if (message) message.hidden = !error;
  const figure = part(element, ".field-published");
  for (const control of describe(element, [figure, echo && echoed, error && message])) {
    if (error) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
  if (error) unfold(element);
  if (figure && published !== undefined && published !== before) figure.innerHTML = published;
}

/** The part of a field, and not of a field within it. */
const part = (element, selector) => [...element.querySelectorAll(selector)].find((it) => it.closest(".field") === element);

/** Has screen readers say what is published beside each control: the page comes without so many ids. */
export function describeFigures(section) {
  for (const element of section.querySelectorAll(".figure")) describe(element, [part(element, ".field-published")]);
}

/** Has screen readers say parts of a field with its controls, which it returns. */
function describe(element, parts) {
  const controls = [...element.querySelectorAll("[name]")].filter(({ name }) => name === element.dataset.field);
  for (const control of controls) {
    const ids = parts.filter(Boolean).map((it) => (it.id ||= `${control.id}-${it.className}`)).join(" ");
    if (ids !== (control.getAttribute("aria-describedby") ?? "")) control.setAttribute("aria-describedby", ids);
  }
  return controls;
}

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}
