// Saves the reader's case as a file, and opens such a file.

import { save as saveText } from "./share.js";

/**
 * @param {import("./case.js").Case} held
 * @param {(words: string) => void} say shows a sentence above the calculator
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
