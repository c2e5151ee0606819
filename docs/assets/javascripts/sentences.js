// Shows marked sentences with the figures of the reader's case, and the published example at a press.
// One press changes all sentences of the page, so that figures of two cases never stand beside each other.

import { entries, names } from "./case.js";
import * as runtime from "./runtime.js";

/** Where a sentence has a figure: an output, with a tilde where it is to two digits. */
const PLACE = /\{(~?)([\w.-]+)\}/;

/** A cell of a table, whose line a sentence means by its number: the reader may have another plan there. */
const CELL = /\.\d+\./;

/** Milliseconds without a change of the case after which its figures are asked for. */
const CALM = 600;

/** The wait for that, and how often it was over: an answer to an older case is dropped. */
let timer;
let round = 0;

/** Has the sentences of the page follow the case as it is now. */
export function follow() {
  clearTimeout(timer);
  timer = setTimeout(followNow, round === 0 ? 0 : CALM);
}

function followNow() {
  const now = ++round;
  const questions = new Map();
  for (const sentence of document.querySelectorAll(".yours")) {
    const { given, used } = answers(sentence);
    if (used.length === 0) publish(sentence);
    else if (!navigator.connection?.saveData || runtime.isRunning()) {
      const key = JSON.stringify([sentence.dataset.calculator, given]);
      const asked = questions.get(key) ?? { name: sentence.dataset.calculator, given, used, sentences: [] };
      asked.sentences.push(sentence);
      questions.set(key, asked);
    }
  }
  for (const { name, given, used, sentences } of questions.values()) {
    const places = sentences.flatMap(({ dataset }) => dataset.yours.split(PLACE).filter((_, at) => at % 3 === 2));
    runtime.ask(name, given, "json", { kind: "figures", outputs: [...new Set(places)] }).then(
      (text) => now === round && sentences.forEach((sentence) => show(sentence, JSON.parse(text), used)),
      // A choice that this calculator does not offer, or a start that failed: the example is true in any case.
      () => now === round && sentences.forEach(publish),
    );
  }
}

/** The question of a sentence with what the case answers of it, and that in words. Its own answers stay. */
function answers({ dataset }) {
  const fixed = JSON.parse(dataset.given ?? "{}");
  const given = { ...fixed };
  const used = [];
  const own = `${dataset.calculator} `;
  const paths = Object.entries(names(dataset.case));
  const take = (path, text, name) => {
    if (path in fixed || CELL.test(path)) return;
    given[path] = text;
    used.push(`${name.replaceAll("_", " ")} ${text}`);
  };
  for (const [name, { text }] of Object.entries(entries())) {
    if (name.startsWith(own)) take(name.slice(own.length), text, name.slice(own.length));
    for (const [path, known] of paths) {
      // A figure of a record has the record's name before its own.
      if (name === known || (name.startsWith(`${known}.`) && !name.slice(known.length + 1).includes("."))) {
        take(path + name.slice(known.length), text, name);
      }
    }
  }
  return { given, used: [...new Set(used)] };
}

/** Puts the reader's sentence before the published one, with a button that changes between the two. */
function show(sentence, figures, used) {
  const published = sentence.querySelector(".yours-published");
  const own = sentence.querySelector(".yours-own") ?? document.createElement("span");
  const button = sentence.querySelector("button") ?? switcher();
  own.className = "yours-own";
  own.replaceChildren(...words(sentence.dataset.yours, figures), " ");
  button.title = `With your case: ${used.join(" · ")}. The rest is as the calculator starts.`;
  sentence.prepend(own);
  published.after(button);
  turn(sentence, !document.querySelector(".yours > [data-shown=example]"));
}

/** The pieces of a sentence: its words, and its figures as marks of their own. */
function words(sentence, figures) {
  const pieces = sentence.split(PLACE);
  return pieces.map((piece, at) => {
    if (at % 3 === 0) return piece;
    if (at % 3 === 1) return "";
    const figure = document.createElement("span");
    figure.className = "figure-value";
    figure.translate = false;
    figure.textContent = pieces[at - 1] ? figures[piece].rough : figures[piece].exact;
    return figure;
  });
}

function switcher() {
  const button = document.createElement("button");
  button.type = "button";
  button.onclick = () => {
    const isOwn = button.dataset.shown === "example";
    document.querySelectorAll(".yours:has(> .yours-own)").forEach((it) => turn(it, isOwn));
  };
  return button;
}

/** Shows the reader's sentence or the published one. */
function turn(sentence, isOwn) {
  sentence.querySelector(".yours-published").hidden = isOwn;
  sentence.querySelector(".yours-own").hidden = !isOwn;
  const button = sentence.querySelector("button");
  button.dataset.shown = isOwn ? "case" : "example";
  button.textContent = isOwn ? "your case" : "example";
  button.ariaLabel = isOwn ? "Your case; show the published example" : "Published example; show your case";
}

/** Shows what the page came with. */
function publish(sentence) {
  sentence.querySelector(".yours-own")?.remove();
  sentence.querySelector("button")?.remove();
  sentence.querySelector(".yours-published").hidden = false;
}
