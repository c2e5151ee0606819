// Downloads a file that Python makes of the reader's own, and says what is changed in it.

import { question, typed } from "./form.js";
import { save } from "./saving.js";

/**
 * The text goes from the Worker into the download: the page shows line numbers alone.
 * @param {HTMLButtonElement} button names the file
 * @param {HTMLFormElement} form
 * @param {(question: string, as: string, ask: object) => Promise<string>} answer puts a question to the calculator
 */
export async function open({ dataset, parentElement }, form, answer) {
  const place = parentElement.nextElementSibling;
  const ask = { kind: "copy", file: dataset.file };
  const given = question(form, typed(form));
  const name = `${dataset.file.replace("_", "-")}.jsonl`;
  place.textContent = "Making the file…";
  try {
    const text = await answer(given, "file", ask);
    place.innerHTML = await answer(given, "part", ask);
    if (text) save(text, name, "application/jsonl");
    if (text) place.firstElementChild.prepend(`Saved as ${name}. `);
  } catch (error) {
    place.textContent = error.message;
  }
}
