// Saves files of the reader's own: a case, which it opens as well, and what Python makes of a training file.

import { question, typed } from "./form.js";
import { halt } from "./runtime.js";
import { save as saveText } from "./share.js";

/**
 * @param {import("./case.js").Case} held
 * @param {(words: string) => void} say shows a sentence at the foot of the window
 */
export function on(held, say) {
  const tell = (error) => say(error.message);

  /** Saves the case under a name, which the file has and this tab does not keep. */
  async function save(name) {
    const text = await held.text(name.trim());
    if (text === "") return say("Your case is empty: type a number or choose something first.");
    const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "case"}.json`;
    saveText(text, file, "application/json");
    return say(`Saved as ${file}: numbers and choices, no texts. Open it on this page, or with: calculators case ${file}`);
  }

  /** Opens the text of a case file; `forget` forgets what was typed on other pages. */
  async function open(text, forget) {
    say("Opening the file…");
    const { error, said, name } = await held.open(text);
    if (error) return say(error);
    forget();
    const box = held.section.querySelector("[data-case-name]");
    if (box) box.value = name;
    return say(said);
  }

  return { saveCase: (name) => save(name).catch(tell), openCase: (text, forget) => open(text, forget).catch(tell) };
}

/**
 * The file goes from the Worker into the download: the page shows line numbers alone.
 * @param {HTMLButtonElement} button names the file
 * @param {HTMLFormElement} form
 * @param {(question: string, as: string, ask: object, progress?: Function) => Promise<string | Blob>} answer asks the Worker
 */
export async function open({ dataset, parentElement }, form, answer) {
  const place = parentElement.nextElementSibling;
  const ask = { kind: "copy", file: dataset.file };
  const given = question(form, typed(form));
  const name = `${dataset.file.replace("_", "-")}.jsonl`;
  place.innerHTML = `<span>Making the file…</span> <button type="button" class="calc-retry">Stop</button>`;
  const [said, stop] = place.children;
  stop.onclick = halt;
  try {
    const file = await answer(given, "file", ask, (words) => (said.textContent = words));
    place.innerHTML = await answer(given, "part", ask);
    if (file.size) saveText(file, name, "application/jsonl");
    if (file.size) place.firstElementChild.prepend(`Saved as ${name}. `);
  } catch (error) {
    place.textContent = error.message;
  }
}
