// One calculator on a page: takes each change to the Worker and shows the newest answer.

import { describeFigures, fill, folds, showFields, showResult } from "./answer.js";
import * as form from "./form.js";
import { fromAddress, keepChanges, openAnew, opened, printed, taken } from "./link.js";
import * as runtime from "./runtime.js";
import { Status } from "./status.js";

/** Milliseconds that a running interpreter may take before the figures are marked as out of date. */
const BUSY_AFTER = 150;

/** Milliseconds after which a reader may stop what is computed. */
const LONG = 1000;

/** Milliseconds without an edit after which the folds are filled that paper shows: a printer waits for no answer. */
const CALM = 500;

/** The folds that paper shows: the theme opens them all, and the workings of single amounts are left out. */
const PRINTED = ":not([data-working])";

/** What a reader hears of a part of the scripts that does not come. */
const NOT_LOADED = "This part could not be loaded. Check your connection, then try again.";

/** What a reader is told who comes back to a calculator without the file that was chosen there. */
const CHOOSE_AGAIN = "Choose your file again: no page keeps what is in it. Until then, this is the page's own example.";

/** What a reader is told who would take over numbers while the answer to what they gave last is still missing. */
const NOT_YET = "These numbers are from before. Wait for the answer to what you gave last, then press again.";

/** What readers typed, by page and calculator: `navigation.js` draws a page anew, which would forget it. */
const memory = new Map();

/** Whether this tab may keep a case, or an example; where storage is blocked, the module that holds it knows. */
export function hasCase() {
  try {
    return /which-lever/.test(Object.keys(sessionStorage));
  } catch {
    return true;
  }
}

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
  /** What is done once the answer to an opened link is there: it may differ from what the sender saw. */
  #then;
  /** The fold with the instruments, on pages that have it; the promise of their module, once wanted, and what it made. */
  #explore;
  #loading;
  #instruments;

  /** The texts of the example that was opened last; none while it is the page's own. */
  #example;

  /** How much of a result the page shows: all of it, or the headline alone. */
  #answers;
  /** The wait for a moment to fill what paper shows. */
  #calm;
  /** The wait for a moment to keep changes of a link. */
  #changing;
  /** The reader's case as this calculator asks for it, once it is here. */
  #case;
  /** Whether a file was chosen whose answer is not here yet. */
  #isFileNew = false;
  /** What a link was opened with in place of a sender's file: nothing is asked while the form holds that. */
  #lacking;
  /** The way back to the answers that a reset, an example or a file replaced, until the next edit. */
  #undo;
  /** What was typed here beside a file that has to be chosen again; put back with it. */
  #besideFile;

  /** What puts the report of the answers in place of the page, and returns what ends that, once it is ready. */
  report;
  /** The question whose content each fold is waiting for. */
  #filling = new WeakMap();

  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.#answers = section.dataset.show === "headline" ? "headline" : "result";
    this.form = section.querySelector("form");
    this.status = new Status(section.querySelector(".calc-status"), runtime.halt, () => this.#tryAgain());
    this.place = `${location.pathname}#${section.id}`;
    this.#shown = form.question(this.form, form.published(this.form));
    this.#enable();
    this.#putBack();
    this.#explore = section.querySelector("[data-instruments]");
    if (this.#explore) this.#offerInstruments();
    // Not needed to answer; a chart that cannot be pointed at still has its table.
    import("./reading.js").then(({ letChartsBeRead }) => letChartsBeRead(section, (fold) => this.#fill(fold)), () => {});
    const link = taken.get(this.#address());
    if (!link || (link.isLacking && link.texts === this.#texts())) this.openLink();
    else if (link.texts === this.#texts()) this.#note(link.message);
    if ((hasCase() || memory.has(this.place)) && !this.#besideFile) this.#withCase((it) => it.fill());
  }

  /**
   * Puts back what was typed here before. Beside a file, which no page keeps, it waits until that is chosen again: the
   * page stays its own example. After a load, the browser puts it back, and this tab's history alone knows of the file.
   */
  #putBack() {
    const texts = memory.get(this.place);
    const isLost = texts ? form.lacksFile(this.form, texts) : history.state?.file === this.section.id && !form.hasFile(this.form);
    if (!isLost) return void form.fill(this.form, texts ?? {});
    if (!this.#besideFile || form.differs(this.form)) this.#besideFile = texts ?? form.typed(this.form);
    this.form.reset();
    this.#note(CHOOSE_AGAIN);
  }

  /** Does something with the reader's case, whose module comes when there is something to keep or to fill in. */
  async #withCase(act, otherwise) {
    const { section, form, place } = this;
    if (!section.dataset.case) return;
    if (this.#case) return void act(this.#case);
    const module = await import("./case.js").catch(() => undefined);
    if (module) act((this.#case ??= new module.Case(section, form, place, () => (this.#hold(), this.#ask()))));
    else otherwise?.();
  }

  /** Shows the instruments; their module comes when a pointer is over one, or somebody opens or presses one. */
  #offerInstruments() {
    this.#explore.hidden = false;
    this.section.addEventListener("pointerover", ({ target }) => target.closest("[data-do]") && this.#load());
    for (const type of ["dragover", "drop"]) this.section.addEventListener(type, (event) => this.#drop(event));
  }

  #load() {
    const made = ({ Instruments }) => (this.#instruments ??= new Instruments(this.#explore, this.section, this));
    return (this.#loading ??= import("./instrument.js").then(made)).catch(() => (this.#loading = undefined));
  }

  /** Does something with the instruments, once they are here. */
  async #withInstruments(act) {
    const instruments = this.#explore && (await this.#load());
    if (instruments) act(instruments);
    else if (this.#explore) this.lost();
  }

  /** Takes what is dropped, unless a control does. It can be looked at only now. */
  #drop(event) {
    const { dataTransfer, target, type } = event;
    if (!dataTransfer.types.includes("Files") || target.type === "file") return;
    event.preventDefault();
    if (type !== "drop") return;
    const files = [...dataTransfer.files];
    const entries = [...dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
    import("./brought.js").then((it) => it.takeDropped(this, files, entries), this.lost);
  }

  /** Opens a file: a scenario of this calculator, or a case, which has the inputs of several. */
  async openFile(file) {
    const text = file.size < 1e6 ? await file.text() : "";
    const found = opened(this.section, this.form, text);
    const isCase = /"calculators"\s*:/.test(text) || this.section.querySelector("[data-case-open]");
    if (found.texts) return void this.open(found);
    if (!isCase) return void this.say(found.message);
    this.#keepCase((it) => it.openCase(text, () => memory.clear()));
  }

  /** Saves or opens the reader's case. */
  #keepCase(act) {
    const { lost } = this;
    this.#withCase((held) => import("./share.js").then((it) => act(it.caseFile(held, (words) => this.say(words))), lost), lost);
  }

  /** Downloads a file of the reader's own, or searches a list. */
  #open(loading, button) {
    loading.then((it) => it.open(button, this.form, (...asked) => this.answer(...asked)), this.lost);
  }

  /** Says that a part of the scripts did not come. */
  lost = () => this.say(NOT_LOADED);

  /**
   * Brings controls and result together after a return to the page. A browser may fire no event for the texts that it
   * puts back, and WebKit empties the controls of a page that it kept whole: what was typed is put back first.
   */
  catchUp() {
    this.#putBack();
    if (!this.#besideFile) this.#case?.fill();
    this.#instruments?.refill();
    const question = form.question(this.form, form.typed(this.form));
    if (question !== (this.#waiting ?? this.#asked ?? this.#shown)) this.#ask();
  }

  /** Has the Worker ready for this calculator. */
  start() {
    runtime.start(this.section.dataset.calculator, this.#shown);
  }

  #enable() {
    const { section } = this;
    section.querySelector(".calc-fields").disabled = false;
    section.querySelector(".calc-noscript").hidden = true;
    describeFigures(section);
    // A finger that scrolls past enters too, and must not fetch the interpreter.
    section.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.start());
    section.addEventListener("focusin", ({ target }) => {
      this.start();
      if (target.inputMode && matchMedia("(pointer: coarse)").matches) target.select(); // a finger replaces a number
    });
    section.addEventListener("toggle", ({ target }) => target.open && this.#unfolded(target), true);
    section.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    section.querySelector(".calc-file")?.removeAttribute("hidden");
    section.addEventListener("keydown", ({ key }) => key === "Escape" && this.say(""));
    section.addEventListener("change", ({ target }) => {
      if (!("caseOpen" in target.dataset) || !target.files[0]) return;
      this.openFile(target.files[0]);
      target.value = "";
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("paste", (event) => this.#paste(event));
    this.form.addEventListener("input", (event) => this.#edit(event));
    this.form.addEventListener("change", (event) => this.#edit(event));
  }

  /** Where an action says what it came to: at the foot of the window, wherever the reader is in the calculator. */
  get told() {
    return this.section.querySelector("[data-told]");
  }

  /** What fields say of the numbers in them that cannot be used. */
  get refused() {
    return [...this.section.querySelectorAll(".field-error:not([hidden])")].map((it) => it.textContent).join(" ");
  }

  say(words) {
    this.told.textContent = words;
  }

  /** Says above the calculator where its numbers came from. */
  #note(words) {
    const notice = this.section.querySelector("[data-notice]");
    notice.textContent = words;
    notice.hidden = false;
    const link = taken.get(this.#address());
    if (link) link.message = words;
  }

  /** Takes over the numbers of a link or a file, if it holds any, and says so. */
  open({ texts, message, then, example, isFile }) {
    this.#then = undefined;
    if (texts) this.#replace("These numbers are", example, { texts, isLacking: then && then.isLacking, isFile });
    this.#note(message);
    this.section.scrollIntoView();
    const say = (words) => this.#note(message + words);
    const show = (it) => {
      this.#then = it.showSent(this.section, then, this.#asked !== null, say);
      if (this.#asked === null && this.#lacking === undefined) this.#then(true);
    };
    if (then) import("./sent.js").then(show, () => {});
  }

  /** Takes over the numbers of the page's address. */
  openLink() {
    const found = fromAddress(this.section, this.form);
    if (!found) return;
    this.open(found);
    const isLacking = this.#lacking !== undefined;
    taken.set(this.#address(), { message: found.message, texts: this.#texts(), used: found.texts, isLacking });
  }

  /** This calculator with the fragment of the address that it may take over. */
  #address() {
    return this.place + location.hash;
  }

  #texts() {
    return JSON.stringify(form.typed(this.form));
  }

  /**
   * Opens what paper cannot unfold, or puts the report in place of the page; after an edit whose report is not ready, the
   * calculator alone. Returns what puts all back.
   */
  openForPrint() {
    const address = this.section.querySelector("[data-printed]");
    if (address) address.textContent = printed(this.section, this.form);
    const closed = [...this.section.querySelectorAll(":is(.result-working, .result-sources):not([open])")];
    closed.forEach((part) => (part.open = true));
    const end = this.report?.();
    const isAlone = !end && this.#explore && form.differs(this.form);
    if (isAlone) {
      this.section.classList.add("is-alone");
      this.section.querySelector(".calc-body").dataset.refused = this.refused;
      // The answer to the last key may not be here.
      const isOld = form.question(this.form, form.typed(this.form)) !== this.#shown;
      this.section.querySelector(".result-headline").classList.toggle("is-old", isOld);
    }
    return () => {
      closed.forEach((part) => (part.open = false));
      this.section.classList.remove("is-alone");
      end?.();
    };
  }

  #unfolded(fold) {
    if (fold === this.#explore) this.#withInstruments((it) => it.showFirst());
    else this.#fill(fold);
  }

  /** Fills a fold that is empty with what belongs to the result above it. */
  async #fill(fold) {
    const question = this.#shown;
    const isEmpty = fold.dataset.keep && !fold.querySelector(":scope > :not(summary, [data-said])");
    if (!isEmpty || this.#filling.get(fold) === question) return;
    this.#filling.set(fold, question);
    const said = document.createElement("p");
    said.dataset.said = "";
    const say = (words) => {
      said.textContent = words;
      if (this.#shown === question) fold.append(said);
    };
    const timer = setTimeout(say, BUSY_AFTER, "Computing…");
    try {
      const html = await this.answer(question, "part", { kind: "fold", name: fold.dataset.keep });
      if (this.#shown === question) fill(fold, html);
    } catch (error) {
      say(error.message);
    } finally {
      clearTimeout(timer);
      if (this.#filling.get(fold) === question) this.#filling.delete(fold);
    }
  }

  /** Fills the folds that a selector means, those that paper shows unless it says others. */
  fillAll(selector = PRINTED) {
    return Promise.all(folds(this.#result).filter((fold) => fold.matches(selector)).map((fold) => this.#fill(fold)));
  }

  /** Has ready what paper shows, once after each answer. A reader who has left should not wait for it on the next page. */
  preparePaper() {
    if (!this.#calm || !this.section.isConnected) return;
    clearTimeout(this.#calm);
    this.#calm = 0;
    if (this.#asked === null) this.fillAll();
    if (!this.#explore || !form.differs(this.form)) return;
    import("./share.js").then((it) => it.prepareReport(this)).catch(() => {});
  }

  async #edit({ target, type, inputType }) {
    if (target.type === "file" && type === "input") return; // one choice fires both events
    this.#isFileNew ||= target.type === "file";
    if (target.type === "file" && this.#besideFile) form.fill(this.form, this.#besideFile);
    const notice = this.section.querySelector("[data-notice]");
    if (form.isBrought(target) && notice.textContent.startsWith(CHOOSE_AGAIN)) notice.hidden = true; // it is answered
    if (target.type === "file" || inputType === "insertFromPaste") {
      const example = await import("./brought.js").catch(() => undefined);
      example?.leaveExample(this.section, this.form, this.#example, target);
    }
    const cleared = Boolean(target.dataset.clears) && form.clear(this.form, target.dataset.clears);
    if (cleared || type === "input") this.#sayCleared(cleared);
    this.#hold();
    this.#ask();
    // The Worker computes by now: what is shown of the case may make the browser lay out the page. Read the text then:
    // while the module is on its way, an earlier key may come to its turn after a later one.
    this.#withCase((it) => it.keep(target, form.now(target)));
  }

  #press(button) {
    if (!button) return;
    const { dataset, parentElement } = button;
    if ("copy" in dataset) {
      return void import("./instrument.js").then((it) => it.copy(this, parentElement.querySelector("pre").textContent, "Copied."), this.lost);
    }
    if (dataset.do || dataset.ask) return void this.#withInstruments((it) => it.press(button));
    if ("file" in button.dataset) return void this.#open(import("./share.js"), button);
    if ("offered" in button.dataset) return form.take(button);
    if ("pick" in button.dataset) return void this.#open(import("./picker.js"), button);
    if ("caseSave" in button.dataset) return void this.#keepCase((it) => it.saveCase());
    if ("case" in button.dataset) {
      if (form.question(this.form, form.typed(this.form)) !== this.#shown) return this.say(NOT_YET);
      return void this.#withCase((it) => this.say(it.adopt(button)), this.lost);
    }
    if ("close" in button.dataset) return this.say("");
    if ("undo" in button.dataset) return this.#undo();
    if ("example" in button.dataset) this.#replace("The example is", JSON.parse(button.dataset.example), { button });
    if ("reset" in button.dataset) this.#replace("The numbers of the page are");
  }

  /**
   * Fills in an example, of a button or one that came with other texts, or goes back to what the page has; offers the way
   * back from it, unless an example is all that it replaces.
   */
  #replace(words, example, { button, texts = example, isLacking, isFile } = {}) {
    const isOwn = form.differs(this.form) && !this.section.querySelector("[data-example][aria-pressed=true]");
    const restore = form.restoring(this.form);
    const before = this.#example;
    const title = this.section.querySelector("h2");
    const heading = title.textContent;
    let restoreCase;
    form.fillExample(this.form, texts ?? {});
    this.#withCase((it) => {
      restoreCase = it.restoring();
      if (texts) it.leave(button?.textContent, isFile);
      else it.reset();
    });
    this.#example = example;
    this.#hold(button);
    this.#sayCleared(false);
    this.#lacking = isLacking ? form.brought(this.form) : undefined;
    this.#ask();
    if (!isOwn) return;
    this.say(`${words} in place of your numbers. “Undo” beside “Reset” brings them back.`);
    this.#offerUndo(() => {
      restore();
      title.textContent = heading;
      restoreCase?.();
      this.#example = before;
      this.#hold();
      this.#ask();
      this.say("Your numbers are back.");
    });
  }

  #offerUndo(undo) {
    const button = this.section.querySelector("[data-undo]");
    this.#undo = undo;
    if (!undo && button === document.activeElement) button.previousElementSibling.focus();
    button.hidden = !undo;
  }

  /** Keeps a text out of a box that takes no such length: a browser would stand still for seconds to lay it out. */
  #paste(event) {
    const longest = Number(event.target.dataset.longest ?? Infinity);
    const length = event.clipboardData?.getData("text").length ?? 0;
    if (length <= longest) return;
    event.preventDefault();
    this.say(`That text is longer than ${longest.toLocaleString("en")} characters. Choose it as a file instead.`);
  }

  /** Shows which example the form holds. */
  #hold(pressed) {
    form.examples(this.section).forEach((it) => (it.ariaPressed = it === pressed));
  }

  #sayCleared(cleared) {
    const notice = this.form.querySelector("[data-cleared]");
    if (notice) notice.hidden = !cleared;
    this.#cleared = cleared && notice ? `${notice.textContent.trim()} ` : "";
  }

  /** Once a link was changed, says so and keeps that in the address. */
  #keepChanges() {
    const link = taken.get(this.#address());
    if (!link?.used || link.texts === this.#texts()) return;
    const words = keepChanges(this.section, this.form);
    taken.set(this.#address(), { ...link, texts: this.#texts() });
    this.#note(words);
  }

  #ask() {
    this.#besideFile = undefined;
    this.say("");
    this.#offerUndo();
    clearTimeout(this.#changing);
    this.#changing = setTimeout(() => this.#keepChanges(), CALM);
    const texts = form.typed(this.form);
    const { id } = this.section;
    const isNoted = history.state?.file === id;
    if (form.hasFile(this.form) !== isNoted) history.replaceState({ ...history.state, file: isNoted ? undefined : id }, "");
    if (form.differs(this.form)) memory.set(this.place, texts);
    else memory.delete(this.place);
    const isLacking = this.#lacking !== undefined && this.#lacking === form.brought(this.form);
    this.section.classList.toggle("is-lacking", isLacking);
    if (isLacking) return;
    this.#lacking = undefined;
    const question = form.question(this.form, texts);
    if (this.#asked !== null) this.#waiting = question;
    else if (question !== this.#settled) this.#put(question);
  }

  /** Puts one question. Its answer is dropped when a newer question waits by then. */
  async #put(question) {
    this.#asked = question;
    clearTimeout(this.#calm);
    if (!runtime.hasFailed()) this.#markBusy(question);
    let show;
    try {
      const open = folds(this.#result).filter((fold) => fold.open).map((fold) => fold.dataset.keep);
      const progress = (words) => this.status.say(words);
      const ask = async (kind) => JSON.parse(await this.answer(question, "page", { kind, folds: open }, progress));
      // What is open comes with the number above it.
      const isFirst = "first" in this.section.dataset && open.length === 0;
      let answer = await ask(isFirst ? "headline" : this.#answers);
      if (isFirst && answer.ok && this.#waiting === null) {
        showResult(this.#result, answer.result, true);
        answer = await ask(this.#answers);
      }
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

  /** The answer to a question, given as JSON text, with the chosen files and where the numbers of the case are from. */
  answer(question, as, ask, progress) {
    const more = { files: form.files(this.form), progress, measured: this.#case?.sources(question) };
    return runtime.ask(this.section.dataset.calculator, question, as, ask, more);
  }

  get #result() {
    return this.section.querySelector("[data-result]");
  }

  #markBusy(question) {
    this.#clearTimers();
    const mark = () => this.#mark({ busy: true, stale: question !== this.#shown });
    const wait = () => (this.#long = setTimeout(() => this.status.sayLong(), LONG));
    if (runtime.isRunning()) {
      this.#timer = setTimeout(mark, BUSY_AFTER);
      wait();
    } else {
      mark();
      this.status.say("Loading the calculator…");
      runtime.start().then(() => this.#asked === question && wait(), () => {}); // A failed start is told with the answer.
    }
  }

  #showAnswer(question, answer) {
    if (answer.ok) {
      showResult(this.#result, answer.result);
      this.#shown = question;
      this.#instruments?.outdate();
      this.fillAll("[open]");
      this.#calm = setTimeout(() => this.preparePaper(), CALM);
    }
    showFields(this.section, answer.fields);
    this.#case?.check(answer.fields);
    this.#mark({ busy: false, stale: !answer.ok });
    if (this.#isFileNew && answer.ok) this.#bringIntoView(); // Fields that are gone by now have moved it.
    this.#isFileNew = false;
    this.status.sayLater(this.#cleared + answer.spoken);
    this.#then?.(answer.ok);
  }

  /** Where what a file came to is below the window, as on a phone, scrolls to it. The focus stays. */
  #bringIntoView() {
    const first = this.#result.querySelector(".result-headline + *");
    if (first?.getBoundingClientRect().top > innerHeight / 2) first.scrollIntoView();
  }

  #showFailure(question, message) {
    this.#then?.(false);
    this.#mark({ busy: false, stale: question !== this.#shown });
    this.status.fail(message);
  }

  async #tryAgain() {
    if (!(await runtime.retry())) return openAnew(this.section, this.form);
    this.#settled = null; // What was asked meanwhile was refused.
    this.#ask();
  }

  #clearTimers() {
    clearTimeout(this.#timer);
    clearTimeout(this.#long);
  }

  #mark({ busy, stale }) {
    if (!busy) this.#clearTimers();
    this.section.classList.toggle("is-busy", busy);
    this.section.classList.toggle("is-stale", stale);
    // A headline that comes ahead of its answer takes the mark away.
    this.section.querySelector(".result-headline")?.classList.toggle("is-old", stale);
    this.section.querySelector(".calc-stale").hidden = !stale;
  }
}
