// The line that says how a calculator fares, which screen readers hear, and its button to try again.

/** Milliseconds of quiet before an answer is spoken, so that typing is not interrupted. */
const SPEAK_AFTER = 500;

export class Status {
  #element;
  #retry = document.createElement("button");
  #timer;

  /** @param {HTMLElement} element a live region  @param {() => void} tryAgain */
  constructor(element, tryAgain) {
    this.#element = element;
    this.#retry.type = "button";
    this.#retry.className = "calc-retry";
    this.#retry.textContent = "Try again";
    this.#retry.addEventListener("click", () => {
      // The button goes away, so the focus moves to the message before it does.
      element.tabIndex = -1;
      element.focus();
      tryAgain();
    });
  }

  /** Says a text at once. */
  say(text) {
    this.#retry.remove();
    this.#set(text);
  }

  /** Says a text once the reader has paused. */
  sayLater(text) {
    this.say("");
    this.#timer = setTimeout(() => this.#set(text), SPEAK_AFTER);
  }

  /** Says what failed and offers another try. A message that stands already is not spoken twice. */
  fail(message) {
    this.#set(message);
    if (!this.#retry.isConnected) this.#element.after(this.#retry);
  }

  #set(text) {
    clearTimeout(this.#timer);
    if (this.#element.textContent !== text) this.#element.textContent = text;
  }
}
