// The line that says how a calculator fares, which screen readers hear, and its buttons: to stop, and to try again.

/** Milliseconds of quiet before an answer is spoken, so that typing is not interrupted. */
const SPEAK_AFTER = 500;

export class Status {
  #element;
  #stop;
  #retry;
  #timer;

  /** @param {HTMLElement} element a live region  @param {() => void} stop  @param {() => void} tryAgain */
  constructor(element, stop, tryAgain) {
    this.#element = element;
    this.#stop = this.#button("Stop", stop);
    this.#retry = this.#button("Try again", tryAgain);
  }

  #button(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "calc-retry";
    button.textContent = label;
    button.addEventListener("click", () => {
      this.#remove(button);
      act();
    });
    return button;
  }

  /** Takes a button away. If it has the focus, that moves to the message first. */
  #remove(button) {
    if (document.activeElement === button) {
      this.#element.tabIndex = -1;
      this.#element.focus();
    }
    button.remove();
  }

  /** Says a text at once. */
  say(text) {
    this.#remove(this.#retry);
    this.#set(text);
  }

  /** Says that an answer takes its time, and offers not to wait for it. */
  sayLong() {
    this.say("Computing…");
    this.#element.after(this.#stop);
  }

  /** Says a text once the reader has paused. */
  sayLater(text) {
    this.#remove(this.#stop);
    this.say("");
    this.#timer = setTimeout(() => this.#set(text), SPEAK_AFTER);
  }

  /** Says what failed and offers another try. A message that stands already is not spoken twice. */
  fail(message) {
    this.#remove(this.#stop);
    this.#set(message);
    if (!this.#retry.isConnected) this.#element.after(this.#retry);
  }

  #set(text) {
    clearTimeout(this.#timer);
    if (this.#element.textContent !== text) this.#element.textContent = text;
  }
}
