// The instruments below a calculator: other questions to the same formula, and ways to carry the numbers away.

import * as carry from "./carry.js";
import * as form from "./form.js";
import * as link from "./link.js";
import * as runtime from "./runtime.js";

/** Milliseconds after which a reader is told that a question takes its time. */
const PROGRESS_AFTER = 300;

const LINK_COPIED = "Link copied: it opens this page with your numbers and choices.";

export class Instruments {
  /** The numbers kept as A, as the JSON text of a question. */
  #pinned;
  /** The newest question of each part: an older answer that comes late is dropped. */
  #newest = new WeakMap();
  /** The chart that an instrument drew last. */
  #drawn;
  /** What was typed and chosen, by control: WebKit empties the controls of a page that it kept whole. */
  #typed = new Map();

  /**
   * @param {HTMLElement} element the fold with all controls
   * @param {HTMLElement} section the calculator it belongs to
   * @param {import("./calculator.js").Calculator} calculator
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
    element.addEventListener("toggle", () => element.open && this.#showFirst());
    element.addEventListener("input", ({ target }) => target.type !== "file" && this.#typed.set(target, target.value));
    element.addEventListener("change", ({ target }) => target.dataset.role === "open" && this.#open(target.files[0], target));
    section.addEventListener("dragover", (event) => isFile(event) && event.preventDefault());
    section.addEventListener("drop", (event) => this.#drop(event));
  }

  /** Marks what the instruments found for other numbers than the present ones. */
  outdate() {
    this.element.querySelectorAll("[data-found].is-answer").forEach((found) => found.classList.add("is-old"));
    const copied = [...this.section.querySelectorAll("[data-found], [data-notice]")];
    copied.filter((it) => it.textContent.startsWith(LINK_COPIED)).forEach((it) => (it.textContent = ""));
  }

  /** Puts back what was typed and chosen, after a return to the page. */
  refill() {
    for (const [control, text] of this.#typed) control.value = text;
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
    else if (button?.dataset.do === "send") this.#send();
    else if (button?.dataset.do) this.#do(button.dataset.do, found(button));
  }

  /** Shows what matters most as soon as there is somebody to see it. */
  #showFirst() {
    const button = this.element.querySelector('[data-ask="sensitivity"]');
    if (button && !found(button).matches(".is-answer:not(.is-old)")) this.#ask(button);
  }

  /** Prints the report in place of the page. */
  printReport() {
    const place = this.section.querySelector("[data-notice]");
    place.hidden = false;
    place.textContent = "Preparing the report to print. Your browser's menu prints the whole page instead.";
    return this.#share("print", place);
  }

  /**
   * Opens the system's sheet with the headline and the link; where there is none, all ways of sharing. A headline may have
   * names that a reader typed: it stays behind wherever a text does.
   */
  #send() {
    const { section, form } = this;
    if (!navigator.share) return this.#unfold();
    const label = section.querySelector(".result-label").textContent;
    const text = link.without(section, form) ? label : `${label}: ${link.headline(section)}`;
    navigator.share({ text, url: link.made(section, form) }).catch(({ name }) => name !== "AbortError" && this.#unfold());
  }

  #unfold() {
    this.element.open = true;
    this.element.querySelector("summary").focus();
  }

  /** What is asked of the calculator. */
  #question(kind) {
    if (kind === "solve") {
      const target = this.#value("solve-target").replace(/\s+/g, "");
      return { kind, output: this.#value("solve-output"), target, by: this.#value("solve-by") };
    }
    if (kind === "sweep") {
      const [from, to] = [this.#value("sweep-from"), this.#value("sweep-to")].map((text) => text.replace(/\s+/g, ""));
      const outputs = [this.#value("sweep-first"), this.#value("sweep-second")].filter(Boolean);
      return { kind, input: this.#value("sweep-over"), ends: from || to ? `${from}..${to}` : "", outputs };
    }
    if (kind === "compare") {
      const names = [this.#value("name-a"), this.#value("name-b")];
      return { kind, given: JSON.parse(this.#given()), names };
    }
    return kind === "ranges" ? kind : { kind, output: this.#value(kind) };
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
      const text = await this.calculator.answer(given, as, question);
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
    place.hidden = false;
    const say = (words) => (place.textContent = words);
    if (what === "pin") {
      this.#pinned = this.#given();
      this.element.querySelector('[data-ask="compare"]').disabled = false;
      say(`Kept as ${this.#value("name-a") || "A"}. Change some numbers above, then compare.`);
    } else if (what === "link") {
      this.#copy(link.made(this.section, this.form), LINK_COPIED + link.without(this.section, this.form), place);
    } else if (what === "use") this.#use();
    else this.#share(what, place);
  }

  /** Copies, saves or prints the result. */
  async #share(what, place) {
    const say = (words) => (place.textContent = words);
    const module = await import("./share.js").catch(() => undefined);
    if (!module) return say(carry.NOT_LOADED);
    const put = (as, ask, take) => this.#put(place, this.#given(), as, ask, take);
    const copy = (text, said) => this.#copy(text, said, place);
    const { section, form } = this;
    return module.share(what, this.#value("copy-as"), { section, form, chart: this.#drawn, put, copy, say });
  }

  async #copy(text, said, place) {
    place.textContent = "";
    if (await carry.copy(text)) place.textContent = said;
    else carry.showToCopy(place, text);
  }

  /** Goes to another calculator with the numbers that it asks for too. */
  async #use() {
    const elsewhere = await import("./elsewhere.js").catch(() => undefined);
    if (elsewhere) elsewhere.goElsewhere(this.section, this.form, this.#control("use").selectedOptions[0]);
    else this.calculator.say(carry.NOT_LOADED);
  }

  #drop(event) {
    if (!isFile(event)) return;
    event.preventDefault();
    this.#take(event.dataTransfer);
  }

  /** A dropped scenario is opened; any other files, also those of folders, go to the question that asks for files. */
  async #take({ files, items }) {
    const control = this.form.querySelector("[data-summed]");
    if (!control) return this.#open(files[0]);
    const entries = [...items].map((item) => item.webkitGetAsEntry?.()); // A drop can be looked at only now.
    const { giveFiles } = await import("./dropped.js");
    const scenario = await giveFiles(control, [...files], entries);
    if (scenario) this.#open(scenario);
  }

  async #open(file, control) {
    if (!file) return;
    await this.calculator.openFile(file);
    if (control) control.value = "";
  }
}

/** Where what a button finds is shown: in its own part, or above the calculator. */
const found = (button) =>
  button.closest(".explore-part")?.querySelector("[data-found]") ?? button.closest(".calc").querySelector("[data-notice]");

/** Whether a file is dragged over something that does not take files itself. */
const isFile = ({ dataTransfer, target }) => dataTransfer.types.includes("Files") && target.type !== "file";
