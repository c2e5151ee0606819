// Owns the one Worker of the site: starts it, asks it questions and notices when it fails.

import { python } from "./build.js";

/** Milliseconds after an answer, when nothing is asked, after which what may be wanted later is prepared. */
const CALM = 2000;

/** Seconds without a sign of life, while something is awaited, after which the Worker has failed: while it downloads or
 * reads files, while it computes its first answer, for which a browser still compiles, and while it computes others. */
const LOADING = 60;
const FIRST = 30;
const COMPUTING = 5;

/** The Worker's scripts. What the browser has kept of them may be what failed. */
const SCRIPTS = ["worker.js", "downloads.js", "files.js", "interpreter.js", "rest.js", "snapshot.js", "tokens.js"];
const [WORKER, ...others] = SCRIPTS.map((name) => new URL(name, import.meta.url).href);

const NOT_USED = "The figures shown do not use your numbers.";
const NOT_STARTED = `The calculator did not start. ${NOT_USED} Check your connection, then try again.`;
const STALLED = `The calculator has not answered for a minute. ${NOT_USED} Check your connection, then try again.`;
const STOPPED = `The calculator took too long and was stopped. ${NOT_USED} Use smaller numbers, or try again.`;
const HALTED = `Stopped. ${NOT_USED}`;
const UPDATED = `The site was updated after this page was opened. ${NOT_USED} Try again to load the new page.`;
const ELSEWHERE = "Open this page in another browser to change the numbers.";

/** @type {Worker | undefined} */
let worker;
/** The start in progress or done, as a promise with its own resolve and reject. */
let starting;
let running = false;
/** Whether the Worker has answered something. */
let proven = false;
/** Why the last start failed. No new start is tried before `retry`. */
let failure;
/** @type {Map<number, {resolve: (text: string) => void, reject: (error: Error) => void, progress?: Function}>} */
const questions = new Map();
let count = 0;
/** The calculator that was touched last. */
let latest;
let watch, silent, patience;
/** Whether something is to be prepared, a snapshot for the next visit too, the wait for a calm moment, and the Worker that
 * makes a snapshot. */
let unprepared = false;
let unkept = false;
let calm, keeper;
/** Whether the rest of the interpreter failed to load when it was wanted, and is to come with the start. */
let whole = false;
/** The addresses of other scripts that failed while the Worker ran. */
let suspects = [];
/** How many starts failed. From then on files are fetched past what the browser has kept of them. */
let failedStarts = 0;

/** Whether the interpreter has started and answers at once. */
export const isRunning = () => running;

/** Whether the start failed, so that each question is refused until `retry`. */
export const hasFailed = () => failure !== undefined;

/**
 * Starts the Worker unless it is there.
 * @param {string} [example] the name of a calculator that is likely to be asked
 * @param {string} [given] what its page shows the answer to, as JSON text: the Worker answers that ahead
 * @returns {Promise<void>} a promise that the interpreter runs
 */
export function start(example, given) {
  latest = example ?? latest;
  if (failure) return quiet(Promise.reject(new Error(failure)));
  if (worker) {
    worker.postMessage({ needs: example, given });
    return starting.promise;
  }
  try {
    worker = newWorker(WORKER);
  } catch {
    failure = NOT_STARTED; // A browser may refuse a Worker at once.
    return start();
  }
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = () => notStarted();
  starting = resolvers();
  quiet(starting.promise);
  worker.postMessage({ start: { ...python, anew: failedStarts > 0, whole, example, given } });
  watchSilence();
  return starting.promise;
}

/** A Worker from a URL escapes the page's content policy. One from a blob is bound by it, with all that it imports. */
function newWorker(address) {
  const script = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(script), { type: "module" });
}

/**
 * Forgets the last failure, so that the next question starts the Worker anew, with scripts fetched anew.
 * @returns {Promise<boolean>} false where only a new page can help
 */
export async function retry() {
  if (failure === UPDATED) return false;
  const suspect = new Set(running ? suspects : [WORKER, ...others, ...suspects]);
  await Promise.allSettled([...suspect].map(fetchAnew));
  suspects = [];
  failure = undefined;
  return true;
}

/** Begins to fetch a script past what the browser has kept of it. A server that says nothing is not waited for long. */
const fetchAnew = (address) => fetch(address, { cache: "reload", signal: AbortSignal.timeout(5000) });

/** Ends the Worker and refuses what is still asked. */
export function stop(message = NOT_STARTED) {
  worker?.terminate();
  keeper?.terminate();
  clearTimeout(calm);
  worker = undefined;
  running = proven = false;
  clearInterval(watch);
  starting?.reject(new Error(message));
  for (const { reject } of questions.values()) reject(new Error(message));
  questions.clear();
}

/** Ends what the Worker computes, as a reader asks, and starts another one. */
export const halt = () => fail(HALTED, true);

/**
 * Asks a calculator in the Worker.
 * @param {string} name  @param {string | object} given what is typed, as JSON text or as an object
 * @param {string} form  @param {string | object} ask such as `"ranges"` or `{ kind: "working", outputs: ["total"] }`
 * @param {object} more
 * @param {object} [more.files] chosen files, read in the Worker: see `form.files`
 * @param {(words: string) => void} [more.progress] told how far a long question is
 * @param {string} [more.measured] where given numbers come from that nobody typed, as JSON text
 * @returns {Promise<string>}
 */
export function ask(name, given, form = "page", ask = "result", { files, progress, measured } = {}) {
  start(name);
  if (failure) return Promise.reject(new Error(failure));
  return new Promise((resolve, reject) => {
    const id = ++count;
    questions.set(id, { resolve, reject, progress });
    watchSilence();
    const typed = typeof given === "string" ? given : JSON.stringify(given);
    const rest = JSON.stringify({ calculator: name, ask, form });
    const origins = measured ? `"measured":${measured},` : "";
    // The file of a case has the questions of all calculators.
    const needs = /keep|open/.test(ask.kind) ? "all" : name;
    worker.postMessage({ id, needs, question: `{"given":${typed},${origins}${rest.slice(1)}`, files });
  });
}

/** A message is an answer, an error, or a sign of life while the interpreter starts. */
function hear({ id, text, error, cause, state, fatal, progress, kept, rest, scripts = [] }) {
  silent = 0;
  if (state === "busy") {
    patience = LOADING;
  } else if (state === "starting") {
    for (const question of questions.values()) question.progress?.(progress);
  } else if (state === "running") {
    running = true;
    patience = FIRST;
    unprepared = !navigator.connection?.saveData;
    unkept = !kept;
    starting.resolve();
  } else if (state === "failed") {
    if (error) fail(`${error} ${NOT_USED} ${ELSEWHERE}`);
    else notStarted(cause);
  } else if (progress !== undefined) {
    questions.get(id)?.progress?.(progress);
  } else if (questions.has(id)) {
    const { resolve, reject } = questions.get(id);
    questions.delete(id);
    proven = true;
    patience = COMPUTING;
    suspects.push(...scripts);
    whole ||= Boolean(rest);
    if (unprepared) prepareLater();
    if (cause) console.error("calculator:", cause);
    if (error === undefined) resolve(text);
    else reject(new Error(`${error} ${NOT_USED}`));
    if (fatal) fail(`${error} ${NOT_USED}`, true);
  }
}

/** Has the rest of the interpreter fetched and a snapshot made, once: it takes a second, which nobody should wait for. */
function prepareLater() {
  clearTimeout(calm);
  calm = setTimeout(() => {
    if (questions.size > 0) return;
    unprepared = false;
    worker.postMessage({ prepare: true });
    if (!unkept) return tellCalm();
    keeper = newWorker(WORKER);
    keeper.onmessage = ({ data }) => {
      if (data.state === "starting") return;
      keeper.terminate();
      tellCalm();
    };
    keeper.postMessage({ start: { ...python, keep: true, example: latest } });
  }, CALM);
}

/** Has the theme make its search ready. */
const tellCalm = () => document.dispatchEvent(new Event("calm"));

/**
 * Ends a Worker that failed. One that broke while it ran answers nothing more, so another starts at once. Where a start
 * failed and nobody waits for an answer, the next question may try again by itself.
 */
function fail(message, restart = questions.size > 0) {
  const ran = running;
  if (!ran && questions.size > 0) failure = message;
  if (!ran) failedStarts += 1;
  stop(message);
  if (ran && restart) start();
}

/** Says that the start failed, its cause to a maintainer; after a deploy, that the files of this page are gone. */
async function notStarted(cause) {
  const failed = worker;
  const message = (await isReplaced()) ? UPDATED : NOT_STARTED;
  if (worker !== failed) return;
  fail(message);
  if (cause) reportUnlessLeft(cause);
}

/** Tells a maintainer why the start failed. A page that is left stops its downloads first, which is no fault. */
function reportUnlessLeft(cause) {
  const report = setTimeout(() => console.error("calculator:", cause), 1000);
  addEventListener("pagehide", () => clearTimeout(report), { once: true });
}

/** Whether the site has another build by now than the one whose scripts these are. */
async function isReplaced() {
  try {
    const page = await (await fetch(location.pathname, { cache: "no-store" })).text();
    const build = new DOMParser().parseFromString(page, "text/html").querySelector('meta[name="build"]');
    return build !== null && !import.meta.url.includes(`/${build.content}/`);
  } catch {
    return false;
  }
}

/** Counts seconds in which the page was awake: in a sleeping tab neither the Worker nor this counter runs. */
function watchSilence() {
  silent = 0;
  patience = !running ? LOADING : proven ? COMPUTING : FIRST;
  clearInterval(watch);
  watch = setInterval(() => {
    if (running && questions.size === 0) clearInterval(watch);
    else if (++silent >= patience) fail(running && patience < LOADING ? STOPPED : STALLED);
  }, 1000);
}

/** Keeps a rejection that nobody awaits out of the console. */
function quiet(promise) {
  promise.catch(() => {});
  return promise;
}

/** A promise with its own resolve and reject, which older browsers have no word for. */
function resolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
