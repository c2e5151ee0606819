// The instruments below a calculator: other questions to the same formula, and ways to carry the numbers away.

import * as carry from "./carry.js";
import * as form from "./form.js";
import * as link from "./link.js";
import * as runtime from "./runtime.js";

/** Milliseconds after which a reader is told that a question takes its time. */
const PROGRESS_AFTER = 300;

const LINK_COPIED = "Link copied: it opens this page with your numbers and choices.";

const FILES = { markdown: "md", csv: "csv", json: "json", scenario: "json", command: "sh", python: "py", svg: "svg" };

export class Instruments {
  /** The numbers kept as A, as the JSON text of a question. */
  #pinned;
  /** The newest question of each part: an older answer that comes late is dropped. */
  #newest = new WeakMap();
  /** The chart that an instrument drew last. */
  #drawn;

  /**
   * @param {HTMLElement} element the fold with all controls
   * @param {HTMLElement} section the calculator it belongs to
   * @param {{say: (words: string) => void, open: (found: object) => void}} calculator
   */
  constructor(element, section, calculator) {
    this.element = element;
    this.section = section;
    this.form = section.querySelector("form");
    this.calculator = calculator;
    element.hidden = false;
    element.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    section.querySelector(".calc-shortcuts")?.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    element.addEventListener("keydown", (event) => this.#enter(event));
    element.addEventListener("change", ({ target }) => target.dataset.role === "open" && this.#open(target.files[0], target));
    section.addEventListener("dragover", (event) => isFile(event) && event.preventDefault());
    section.addEventListener("drop", (event) => this.#drop(event));
  }

  /** Marks what the instruments found for other numbers than the present ones. */
  outdate() {
    this.element.querySelectorAll("[data-found].is-answer").forEach((found) => found.classList.add("is-old"));
  }

  #control(role) {
    return this.element.querySelector(`[data-role="${role}"]`);
  }

  #value(role) {
    return this.#control(role).value.trim();
  }

  /** Enter in a field presses the last button beside it that asks something. */
  #enter(event) {
    if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
    event.target.closest(".explore-part").querySelector("[data-ask]:enabled, [data-do]")?.click();
  }

  #press(button) {
    if (button?.dataset.ask) this.#ask(button);
    else if (button?.dataset.do === "explore") this.#unfold();
    else if (button?.dataset.do) this.#do(button.dataset.do, found(button));
  }

  #unfold() {
    this.element.open = true;
    this.element.querySelector("summary").focus();
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
    if (kind === "compare") {
      const names = [this.#value("name-a"), this.#value("name-b")];
      return `compare ${JSON.stringify({ given: JSON.parse(this.#given()), names })}`;
    }
    return kind === "ranges" ? kind : `${kind} ${this.#value(kind)}`;
  }

  #given() {
    return form.question(this.form, form.typed(this.form));
  }

  async #ask(button) {
    const kind = button.dataset.ask;
    const place = found(button);
    const given = kind === "compare" ? this.#pinned : this.#given();
    await this.#put(place, given, "part", this.#question(kind), (html) => {
      place.innerHTML = html;
      place.classList.add("is-answer");
      this.#drawn = place.querySelector("svg[role=img]") ?? this.#drawn;
    });
  }

  /** Puts a question for a part; tells its progress and what is wrong; only the newest answer is taken. */
  async #put(place, given, as, question, take) {
    const mine = {};
    this.#newest.set(place, mine);
    const newest = () => this.#newest.get(place) === mine;
    const tell = (words) => {
      if (!newest()) return;
      place.textContent = words;
      place.classList.remove("is-answer", "is-old");
    };
    const busy = () => tell(runtime.isRunning() ? "Computing…" : "Loading the calculator…");
    const timer = setTimeout(busy, PROGRESS_AFTER);
    try {
      const text = await runtime.ask(this.section.dataset.calculator, given, as, question);
      if (newest()) {
        place.classList.remove("is-old");
        await take(text);
      }
    } catch (error) {
      tell(error.message);
    } finally {
      clearTimeout(timer);
    }
  }

  #do(what, place) {
    const say = (words) => (place.textContent = words);
    if (what === "pin") {
      this.#pinned = this.#given();
      this.element.querySelector('[data-ask="compare"]').disabled = false;
      say(`Kept as ${this.#value("name-a") || "A"}. Change some numbers above, then compare.`);
    } else if (what === "link") this.#copy(link.made(this.section, this.form), LINK_COPIED, place);
    else if (what === "copy") this.#result((text) => this.#copy(text, "Copied.", place), place);
    else if (what === "save") this.#result((text, form) => this.#save(text, form, say), place);
    else if (what === "print") window.print();
    else if (what === "use") this.#use();
  }

  /** The result in the chosen form, handed to `take`. */
  async #result(take, place) {
    const chosen = this.#value("copy-as");
    if (chosen !== "svg") return this.#put(place, this.#given(), chosen, "result", (text) => take(text, chosen));
    const own = this.section.querySelector("[data-result] :is(.chart-line, .chart-bars, .chart-shares)");
    const chart = this.#drawn?.isConnected ? this.#drawn : own;
    if (chart) take(carry.standalone(chart), chosen);
    else place.textContent = "This result has no chart.";
  }

  async #copy(text, said, place) {
    place.textContent = "";
    place.hidden = false;
    if (await carry.copy(text)) place.textContent = said;
    else carry.showToCopy(place, text);
  }

  #save(text, chosen, say) {
    const name = `${this.section.dataset.calculator.replace("/", "-")}.${FILES[chosen]}`;
    carry.save(text, name, chosen === "svg" ? "image/svg+xml" : "text/plain;charset=utf-8");
    say(`Saved as ${name}.`);
  }

  /** Goes to another calculator with the numbers that it asks for too. */
  #use() {
    const [{ value, dataset }] = this.#control("use").selectedOptions;
    const anchor = document.createElement("a");
    link.taken.clear(); // the reader asks for these numbers, even where they went there before
    anchor.href = dataset.place + link.carried(this.form, value, JSON.parse(dataset.names));
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
  }

  #drop(event) {
    if (!isFile(event)) return;
    event.preventDefault();
    this.#open(event.dataTransfer.files[0]);
  }

  async #open(file, control) {
    if (!file) return;
    this.calculator.open(link.opened(this.section, this.form, file.size < 1e6 ? await file.text() : ""));
    if (control) control.value = "";
  }
}

/** Where what a button finds is shown: in its own part, or above the calculator. */
const found = (button) =>
  button.closest(".explore-part")?.querySelector("[data-found]") ?? button.closest(".calc").querySelector("[data-notice]");

/** Whether a file is dragged over something that does not take files itself. */
const isFile = ({ dataTransfer, target }) => dataTransfer.types.includes("Files") && target.type !== "file";
