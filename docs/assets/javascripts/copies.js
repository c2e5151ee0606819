// Downloads a file that Python makes of the reader's own, and says what is changed in it.

import { question, typed } from "./form.js";
import { halt } from "./runtime.js";
import { save } from "./share.js";

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
    if (file.size) save(file, name, "application/jsonl");
    if (file.size) place.firstElementChild.prepend(`Saved as ${name}. `);
  } catch (error) {
    place.textContent = error.message;
  }
}
