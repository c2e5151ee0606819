// The instruments below a calculator: other questions to the same formula, and ways to carry the numbers away.

import * as form from "./form.js";
import * as link from "./link.js";
import * as runtime from "./runtime.js";

/** Milliseconds after which a reader is told that a question takes its time. */
const PROGRESS_AFTER = 300;

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
    Object.assign(this, { element, section, calculator, form: calculator.form });
    element.addEventListener("keydown", (event) => this.#enter(event));
    element.addEventListener("input", ({ target }) => target.type !== "file" && this.#typed.set(target, target.value));
    element.addEventListener("change", ({ target }) => target.dataset.role === "open" && this.#open(target.files[0], target));
  }

  /** Marks what the instruments found for other numbers than the present ones. */
  outdate() {
    this.element.querySelectorAll("[data-found].is-answer").forEach((found) => found.classList.add("is-old"));
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

  press(button) {
    const what = button.dataset.do;
    if (button.dataset.ask) this.#ask(button);
    else if (what === "explore") this.#unfold();
    else if (what === "send") this.#send();
    else if (what) this.#do(what);
  }

  /** Shows what matters most as soon as there is somebody to see it. */
  showFirst() {
    const button = this.element.querySelector('[data-ask="sensitivity"]');
    if (button && !found(button).matches(".is-answer:not(.is-old)")) this.#ask(button);
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

  #do(what) {
    const { calculator, section } = this;
    if (what === "pin") {
      this.#pinned = this.#given();
      this.element.querySelector('[data-ask="compare"]').disabled = false;
      calculator.say(`Kept as ${this.#value("name-a") || "A"}. Change some numbers above, then compare.`);
    } else if (what === "link") {
      const made = link.made(section, this.form);
      const bare = /&sent=[^&]/.test(made) ? "" : " It holds no answer: none in numbers is computed yet.";
      copy(calculator, made, `Link copied: it opens this page with your numbers and choices.${bare}${link.without(section, this.form)}`);
    } else this.#share(what);
  }

  /** Copies, saves or prints the result, or goes elsewhere with its numbers. */
  #share(what) {
    const { calculator } = this;
    const put = (as, ask, take) => this.#put(calculator.told, this.#given(), as, ask, take);
    const more = { chosen: this.#value("copy-as"), place: this.#control("use")?.selectedOptions[0], chart: this.#drawn, put };
    import("./share.js").then((it) => it.share(what, calculator, more), calculator.lost);
  }

  async #open(file, control) {
    if (!file) return;
    await this.calculator.openFile(file);
    control.value = "";
  }
}

/** Where what a question finds is shown: in its own part. */
const found = (button) => button.closest(".explore-part").querySelector("[data-found]");

/**
 * Copies a text and says so, or shows the text that the browser would not copy. Plain-http pages have no clipboard, but an
 * older command.
 */
export async function copy(calculator, text, said) {
  const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  if (isCopied || copyBySelection(text)) return calculator.say(said);
  calculator.say("");
  showToCopy(calculator.told, text);
}

function copyBySelection(text) {
  const box = document.createElement("textarea");
  const focused = document.activeElement;
  box.value = text;
  box.className = "carry-box";
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

/** Shows a text that the browser would not copy, selected, so that one key copies it. */
function showToCopy(place, text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true;
  box.rows = Math.min(12, text.split("\n").length + 1);
  box.setAttribute("aria-label", "Text to copy");
  place.append("The browser does not allow copying. The text is selected: copy it yourself.", box);
  box.select();
}
