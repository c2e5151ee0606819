// The instruments below a calculator: other questions to the same formula, and ways to carry the numbers away.

import * as form from "./form.js";
import * as link from "./link.js";
import * as runtime from "./runtime.js";

export class Instruments {
  /** The numbers kept as A, as the JSON text of a question. */
  #pinned;

  /**
   * @param {HTMLElement} element the fold with all controls
   * @param {HTMLElement} section the calculator it belongs to
   * @param {{say: (words: string) => void, fill: (texts: object) => void}} calculator
   */
  constructor(element, section, calculator) {
    this.element = element;
    this.section = section;
    this.form = section.querySelector("form");
    this.calculator = calculator;
    element.hidden = false;
    element.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    element.addEventListener("keydown", (event) => this.#enter(event));
    element.addEventListener("change", (event) => event.target.dataset.role === "open" && this.#open(event.target));
  }

  #value(role) {
    return this.element.querySelector(`[data-role="${role}"]`).value.trim();
  }

  /** Enter in a field presses the button beside it. */
  #enter(event) {
    if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
    event.target.closest(".explore-part").querySelector("[data-ask]")?.click();
  }

  #press(button) {
    if (button?.dataset.ask) this.#ask(button);
    else if (button?.dataset.do) this.#do(button.dataset.do, button);
  }

  /** The question in the words of the one door: `solve per_month=1000 by=requests`. */
  #question(kind) {
    if (kind === "solve") {
      const target = this.#value("solve-target").replace(/\s+/g, "");
      return `solve ${this.#value("solve-output")}=${target} by=${this.#value("solve-by")}`;
    }
    if (kind === "sweep") {
      const [from, to] = [this.#value("sweep-from"), this.#value("sweep-to")].map((text) => text.replace(/\s+/g, ""));
      const outputs = `${this.#value("sweep-first")} ${this.#value("sweep-second")}`.trim();
      return `sweep ${this.#value("sweep-over")}=${from}..${to} ${outputs}`;
    }
    if (kind === "compare") return `compare ${this.#given()}`;
    return kind === "ranges" ? kind : `${kind} ${this.#value(kind)}`;
  }

  #given() {
    return form.question(this.form, form.typed(this.form));
  }

  async #ask(button) {
    const kind = button.dataset.ask;
    const found = button.closest(".explore-part").querySelector("[data-found]");
    found.textContent = runtime.isRunning() ? "Computing…" : "Loading the calculator…";
    const given = kind === "compare" ? this.#pinned : this.#given();
    try {
      found.innerHTML = await runtime.ask(this.section.dataset.calculator, given, "html", this.#question(kind));
    } catch (error) {
      found.textContent = error.message.replace(/^[a-z_.0-9]*: /, "");
    }
  }

  #do(what, button) {
    const say = (words) => (button.closest(".explore-part").querySelector("[data-found]").textContent = words);
    if (what === "pin") {
      this.#pinned = this.#given();
      this.element.querySelector('[data-ask="compare"]').disabled = false;
      say("Kept as A. Change some numbers above, then compare.");
    } else if (what === "link") this.#copy(link.made(this.section, this.form), "Link copied.", say);
    else if (what === "command") this.#copy(link.command(this.section, this.form), "Command copied.", say);
    else if (what === "save") this.#save();
    else if (what === "print") window.print();
  }

  /** Copies a text; where the browser refuses, as on plain-http intranets, it is shown to be copied by hand. */
  async #copy(text, said, say) {
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    say(copied ? said : `The browser does not allow copying. Copy it yourself: ${text}`);
  }

  #save() {
    const blob = new Blob([link.scenario(this.section, this.form)], { type: "application/json" });
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(blob);
    anchor.download = `${this.section.dataset.calculator.replace("/", "-")}.json`;
    anchor.click();
    URL.revokeObjectURL(anchor.href);
  }

  async #open(control) {
    const [file] = control.files;
    if (!file) return;
    const { texts, message } = link.opened(this.section, this.form, file.size < 1e6 ? await file.text() : "");
    if (texts) this.calculator.fill(texts);
    this.calculator.say(message);
    control.value = "";
  }
}
