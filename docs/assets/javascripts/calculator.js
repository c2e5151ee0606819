// One calculator on a page: takes each change to the Worker and shows the newest answer.

import { showFields, showFolds, showResult } from "./answer.js";
import { copy } from "./carry.js";
import * as form from "./form.js";
import { Instruments } from "./instrument.js";
import { fromAddress, made, movedOn, openAnew, taken } from "./link.js";
import { letChartsBeRead } from "./reading.js";
import * as runtime from "./runtime.js";
import { Status } from "./status.js";

/** Milliseconds that a running interpreter may take before the figures are marked as out of date. */
const BUSY_AFTER = 150;

/** Milliseconds after which a reader may stop what is computed. */
const LONG = 1000;

/** Milliseconds without an edit after which what is folded away follows what is in sight. */
const CALM = 60;

/** What readers typed, by page and calculator: instant navigation draws a page anew, which would forget it. */
const memory = new Map();

export class Calculator {
  /** The question in progress, the newest that waits, and the last one that came back, as JSON texts. */
  #asked = null;
  #waiting = null;
  #settled = null;
  /** The question whose result is on the page. At first it is the one the page came with. */
  #shown;
  #cleared = "";
  #timer;
  #long;
  /** What is to be said once the answer to an opened link is there: the facts may have moved on. */
  #then;
  #instruments;

  /** How much of a result the page shows: all of it, or the headline alone. */
  #answers;
  /** The wait for a moment to show what is folded away. */
  #folds;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.#answers = section.dataset.show === "headline" ? "headline" : "result";
    this.form = section.querySelector("form");
    this.status = new Status(section.querySelector(".calc-status"), runtime.halt, () => this.#tryAgain());
    this.place = `${location.pathname}#${section.id}`;
    this.#shown = form.question(this.form, form.published(this.form));
    this.#enable();
    if (memory.has(this.place)) form.fill(this.form, memory.get(this.place));
    const tools = section.querySelector("[data-instruments]");
    if (tools) this.#instruments = new Instruments(tools, section, this);
    letChartsBeRead(section);
    const link = taken.get(this.#address());
    if (!link) this.openLink();
    else if (link.texts === this.#texts()) this.say(link.message);
  }

  /** Asks again where the page no longer shows what its controls hold. */
  catchUp() {
    if (form.differs(this.form)) this.#ask();
  }

  #enable() {
    const { section } = this;
    section.querySelectorAll(".calc-fields").forEach((fields) => (fields.disabled = false));
    section.querySelectorAll(".calc-noscript").forEach((notice) => (notice.hidden = true));
    section.querySelectorAll(".calc-examples").forEach((examples) => (examples.hidden = false));
    // A finger that scrolls past enters too, and must not fetch the interpreter.
    section.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && runtime.start());
    section.addEventListener("focusin", () => runtime.start());
    section.addEventListener("toggle", (event) => this.#unfold(event), true);
    section.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("paste", (event) => this.#paste(event));
    this.form.addEventListener("input", (event) => this.#edit(event));
    this.form.addEventListener("change", (event) => this.#edit(event));
  }

  /** Shows a sentence above the calculator. */
  say(words) {
    const notice = this.section.querySelector("[data-notice]");
    notice.textContent = words;
    notice.hidden = false;
    const link = taken.get(this.#address());
    if (link) link.message = words;
  }

  /** Takes over the numbers of a link or a file, if it holds any, and says so. */
  open({ texts, message, then }) {
    this.#then = then && { ...then, message };
    if (texts) {
      form.fillExample(this.form, texts);
      this.#ask();
    }
    this.say(message);
    if (this.#then && this.#asked === null) this.#sayMovedOn();
  }

  /** Takes over the numbers of the page's address. */
  openLink() {
    const found = fromAddress(this.section, this.form);
    if (!found) return;
    this.open(found);
    taken.set(this.#address(), { message: found.message, texts: this.#texts() });
    this.section.scrollIntoView();
  }

  /** This calculator with the fragment of the address that it may take over. */
  #address() {
    return this.place + location.hash;
  }

  #texts() {
    return JSON.stringify(form.typed(this.form));
  }

  #sayMovedOn() {
    this.say(`${this.#then.message} ${movedOn(this.section, this.#then)}`);
    this.#then = undefined;
  }

  /** Opens what paper cannot unfold, and returns what closes it again. */
  unfoldForPrint() {
    const printed = this.section.querySelector("[data-printed]");
    if (printed) printed.textContent = made(this.section, this.form);
    const closed = [...this.section.querySelectorAll(":is(.result-working, .result-sources):not([open])")];
    closed.forEach((part) => (part.open = true));
    return () => closed.forEach((part) => (part.open = false));
  }

  /** Fills the working of an output when it is opened. */
  async #unfold({ target: part }) {
    if (!part.dataset?.working || !part.open) return;
    const place = part.querySelector("div") ?? part.appendChild(document.createElement("div"));
    const timer = setTimeout(() => (place.textContent = "Computing…"), BUSY_AFTER);
    try {
      const ask = `working ${part.dataset.working}`;
      const given = form.question(this.form, form.typed(this.form));
      place.innerHTML = await runtime.ask(this.section.dataset.calculator, given, "part", ask);
      if (place.innerHTML === "") place.textContent = "There is no number here to explain.";
    } catch (error) {
      place.textContent = error.message;
    } finally {
      clearTimeout(timer);
    }
  }

  #edit({ target, type }) {
    if (target.type === "file" && type === "input") return; // one choice fires both events
    const cleared = Boolean(target.dataset.clears) && form.clear(this.form, target.dataset.clears);
    if (cleared || type === "input") this.#sayCleared(cleared);
    this.#ask();
  }

  #press(button) {
    if (!button) return;
    if ("copy" in button.dataset) return void this.#copy(button);
    if ("example" in button.dataset) form.fillExample(this.form, JSON.parse(button.dataset.example));
    else if ("reset" in button.dataset) this.form.reset();
    else return;
    this.#sayCleared(false);
    this.#ask();
  }

  /** Keeps a text out of a box that takes no such length: a browser would stand still for seconds to lay it out. */
  #paste(event) {
    const longest = Number(event.target.dataset.longest ?? Infinity);
    const length = event.clipboardData?.getData("text").length ?? 0;
    if (length <= longest) return;
    event.preventDefault();
    this.status.say(`That text is longer than ${longest.toLocaleString("en")} characters. Choose it as a file instead.`);
  }

  /** Copies the text below a button. */
  async #copy(button) {
    const text = button.parentElement.querySelector("pre").textContent;
    this.status.say((await copy(text)) ? "Copied." : "The browser does not allow copying: select the text and copy it.");
  }

  #sayCleared(cleared) {
    const notice = this.form.querySelector("[data-cleared]");
    if (notice) notice.hidden = !cleared;
    this.#cleared = cleared && notice ? `${notice.textContent.trim()} ` : "";
  }

  #ask() {
    const texts = form.typed(this.form);
    if (form.differs(this.form)) memory.set(this.place, texts);
    else memory.delete(this.place);
    const question = form.question(this.form, texts);
    if (this.#asked !== null) this.#waiting = question;
    else if (question !== this.#settled) this.#put(question);
  }

  /** Puts one question. Its answer is dropped when a newer question waits by then. */
  async #put(question) {
    this.#asked = question;
    clearTimeout(this.#folds);
    if (!runtime.hasFailed()) this.#markBusy(question);
    let show;
    try {
      const answer = await this.#answer(question, this.#first());
      show = () => this.#showAnswer(question, answer);
    } catch (error) {
      show = () => this.#showFailure(question, error.message);
    }
    const newest = this.#waiting ?? question;
    this.#asked = this.#waiting = null;
    this.#settled = question;
    if (newest === question) show();
    else this.#put(newest);
  }

  async #answer(question, shows) {
    const more = { files: form.files(this.form), progress: (words) => this.status.say(words) };
    return JSON.parse(await runtime.ask(this.section.dataset.calculator, question, "page", shows, more));
  }

  /** What is asked for first: all that is shown, or what is in sight alone, where no fold is open. */
  #first() {
    // A file may take seconds, and is not read twice.
    const whole = this.#result.querySelector("details[open]") || this.form.querySelector("input[type=file]");
    return whole || this.#answers === "headline" ? this.#answers : "sight";
  }

  get #result() {
    return this.section.querySelector("[data-result]");
  }

  /** Shows what is folded away, unless the reader goes on. */
  async #showFolds() {
    const question = this.#shown;
    let show;
    try {
      const { result } = await this.#answer(question, this.#answers);
      show = () => showFolds(this.#result, result);
    } catch (error) {
      show = () => this.#showFailure(undefined, error.message);
    }
    if (this.#asked === null && this.#shown === question) show();
  }

  #markBusy(question) {
    this.#clearTimers();
    const mark = () => this.#mark({ busy: true, stale: question !== this.#shown });
    if (runtime.isRunning()) {
      this.#timer = setTimeout(mark, BUSY_AFTER);
      this.#long = setTimeout(() => this.status.sayLong(), LONG);
    } else {
      mark();
      this.status.say("Loading the calculator…");
    }
  }

  #showAnswer(question, answer) {
    if (answer.ok) {
      showResult(this.#result, answer.result);
      this.#shown = question;
      this.#instruments?.outdate();
    }
    showFields(this.section, answer.fields);
    this.#mark({ busy: false, stale: !answer.ok });
    this.status.sayLater(this.#cleared + answer.spoken);
    if (this.#then && answer.ok) this.#sayMovedOn();
    if (this.#result.querySelector("[data-later]")) this.#folds = setTimeout(() => this.#showFolds(), CALM);
  }

  #showFailure(question, message) {
    this.#mark({ busy: false, stale: question !== this.#shown });
    this.status.fail(message);
  }

  async #tryAgain() {
    this.#settled = null;
    if (await runtime.retry()) this.#ask();
    else openAnew(this.section, this.form);
  }

  #clearTimers() {
    clearTimeout(this.#timer);
    clearTimeout(this.#long);
  }

  #mark({ busy, stale }) {
    if (!busy) this.#clearTimers();
    this.section.classList.toggle("is-busy", busy);
    this.section.classList.toggle("is-stale", stale);
    this.section.querySelector(".calc-stale").hidden = !stale;
  }
}
