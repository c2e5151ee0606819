// Mounts the calculators of a page. Instant navigation calls it again for each page it shows.

import { Calculator } from "./calculator.js";
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
  const start = () => idle(() => runtime.start(first.target.dataset.calculator));
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
  afterRestoring();
}

/** Ends the Worker. The loader calls it before it starts another build. */
export function stop() {
  runtime.stop();
}

/** Material goes to another page on a single key such as `p`. Inside a calculator a key must not do that. */
function keepShortcutsOut(event) {
  const printable = event.key?.length === 1; // A browser that fills a form in sends keydown without a key.
  if (printable && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}

/** A browser puts back what was typed after the scripts ran, at `pageshow` at the latest, and fires no event for it. */
function afterRestoring() {
  setTimeout(() => mounted.forEach((calculator) => calculator.catchUp()), 0);
}
window.addEventListener("pageshow", afterRestoring);
window.addEventListener("hashchange", () => mounted.forEach((calculator) => calculator.openLink()));

/** What was opened for paper, to be closed again. */
let closing = [];
window.addEventListener("beforeprint", () => (closing = mounted.map((calculator) => calculator.unfoldForPrint())));
window.addEventListener("afterprint", () => closing.splice(0).forEach((close) => close()));

/** For tests: asks the page's own Worker. */
window.__calculators = {
  ask: runtime.ask,
  get ready() {
    return runtime.start();
  },
};
