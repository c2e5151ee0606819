// Mounts the calculators of a page. Instant navigation calls it again for each page it shows.

import { Calculator, hasCase } from "./calculator.js";
import * as runtime from "./runtime.js";

/** The calculators on the page that is shown. */
let mounted = [];

/** Safari has no word for a calm moment. */
const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));

/** How far from the screen a calculator is near. */
const NEAR = { rootMargin: "50% 0px" };

/** Starts the interpreter ahead of the first touch, once a calculator is near the screen and nothing else is loading. */
const near = new IntersectionObserver((seen) => {
  const first = seen.find(({ isIntersecting }) => isIntersecting);
  if (!first || navigator.connection?.saveData) return;
  near.disconnect();
  const start = () => idle(() => mounted.find(({ section }) => section === first.target)?.start());
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start, { once: true });
}, NEAR);

/** Brings each calculator below `root` to life, once. */
export function mount(root) {
  mounted = mounted.filter((calculator) => calculator.section.isConnected);
  for (const section of root.querySelectorAll("section.calc:not([data-live])")) {
    const calculator = new Calculator(section);
    mounted.push(calculator);
    section.addEventListener("keydown", keepShortcutsOut);
    section.dataset.live = "";
    near.observe(section);
  }
  addSkip();
  afterRestoring();
  if (hasCase()) followCase();
}

/** Leads the Tab key past all that stands before the first question of a page, beside the theme's way to the words. */
function addSkip() {
  const { section, form } = mounted.find(({ section }) => section.dataset.show === "full") ?? {};
  const skip = document.querySelector(".md-skip:only-child");
  if (!form || !skip) return;
  const link = skip.cloneNode();
  link.textContent = "Skip to the calculator";
  link.hash = section.id;
  link.addEventListener("click", (event) => {
    event.preventDefault(); // The address may hold a sender's numbers.
    form.querySelector("input, select, textarea").focus();
  });
  skip.after(link);
}

/** Has marked sentences show the reader's own figures. Without their script they keep the published ones. */
function followCase() {
  if (document.querySelector(".yours")) import("./sentences.js").then(({ follow }) => follow(), () => {});
}
document.addEventListener("case", followCase);

/** Ends the Worker. The loader calls it before it starts another build. */
export function stop() {
  runtime.stop();
}

/** Material goes to another page on a single key such as `p`. Inside a calculator a key must not do that. */
function keepShortcutsOut(event) {
  const printable = event.key?.length === 1; // A browser that fills a form in sends keydown without a key.
  if (printable && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/**
 * A browser puts back what was typed after the scripts ran, at `pageshow` or some milliseconds later, and fires no event
 * for it.
 */
function afterRestoring() {
  for (const wait of [0, 200]) setTimeout(() => mounted.forEach((calculator) => calculator.catchUp()), wait);
}
window.addEventListener("pageshow", afterRestoring);
window.addEventListener("hashchange", () => mounted.forEach((calculator) => calculator.openLink()));

/** What was put in place for paper, to be put back. */
let closing = [];
const close = () => closing.splice(0).forEach((end) => end());
window.addEventListener("afterprint", close);
window.addEventListener("beforeprint", () => {
  close();
  closing = mounted.map((calculator) => calculator.openForPrint());
});

/** Ctrl or ⌘ may begin a print, and a browser that prints waits for nothing. */
window.addEventListener("keydown", ({ key }) => /^(Control|Meta)$/.test(key) && mounted.forEach((it) => it.preparePaper()));

/** For tests: asks the page's own Worker. */
window.__calculators = {
  ask: runtime.ask,
  get ready() {
    return runtime.start();
  },
};
