// Answers questions with the site's own Python, inside a Worker.

import { percent, readFiles } from "./files.js";
import { NO_WEBASSEMBLY, start } from "./interpreter.js";
import { forget } from "./snapshot.js";
import { withTokenizers } from "./tokens.js";

const NO_ANSWER = "The calculator could not work this out.";
const NO_TOKENIZER = "The tokenizer could not be loaded. Check your connection, then try again.";
const MISTAKE = "A number above cannot be used as it is: see the message beside it.";
const NO_REST = "A part of the calculator could not be loaded. Check your connection, then try again.";
const NO_FILE = "The file could not be read. Choose it again.";

/** The interpreter and the catalogue of calculators, from the first message on. */
let started;

self.onmessage = ({ data }) => {
  if (data.start) begin(data.start);
  else if (data.id) answer(data);
  else started.then((running) => (data.prepare ? running.rest.prepare() : ready(running, data))).catch(() => {});
};

/** Whether Python runs. */
let isRunning = false;

/** How often each calculator is still to answer ahead of a reader: the first answers take longer than those after them. */
const ahead = new Map();
const TIMES = 8;

function begin(options) {
  started = start(options);
  started.then(
    (running) => {
      isRunning = true;
      self.postMessage({ state: "running", kept: running.kept });
      ready(running, { needs: options.example, given: options.given });
    },
    ({ message }) => {
      self.postMessage({ state: "failed", cause: message, error: message === NO_WEBASSEMBLY ? message : undefined });
    },
  );
}

/** Has all that a calculator needs here, and lets it answer what its page asks, given as JSON text, before a reader does. */
async function ready({ need, catalogue }, { needs, given }) {
  await need(needs);
  if (!given || ahead.has(needs)) return;
  ahead.set(needs, TIMES);
  const warm = () => {
    const left = ahead.get(needs);
    if (left === 0) return;
    ahead.set(needs, left - 1);
    // In turn with the question that gives nothing: an answer to the last question is not computed anew.
    const question = { calculator: needs, given: left % 2 ? {} : JSON.parse(given), form: "page" };
    try {
      catalogue.answer_json(JSON.stringify(question));
    } catch {
      // A tokenizer may be wanted, which nobody needs yet.
    }
    setTimeout(warm);
  };
  setTimeout(warm);
}

async function answer({ id, needs, question, files }) {
  ahead.set(needs, 0);
  const isEarly = !isRunning;
  const running = await started.catch(() => undefined);
  if (!running) return; // The page has heard that the start failed.
  if (isEarly) await turn();
  const say = speaker(id);
  const needed = running.need(needs);
  if (needed || Object.keys(files ?? {}).length > 0) beBusy();
  try {
    await needed;
    const openReader = (control) => running.catalogue.file_reader_json(question, control);
    const readBy = (control) => running.catalogue.read_by_json(question, control);
    let texts;
    let long = 0; // Files that are summed up say themselves how far they are.
    const hear = (counted) => long > 0 && say(percent("Checking", counted / long));
    const work = async () => {
      texts ??= await readFiles(files, say, openReader, readBy, running.toPy);
      long = Object.values(texts).reduce((total, text) => total + text.length, 0);
      return asked(running, question, texts, say);
    };
    self.postMessage({ id, text: await withTokenizers(work, hear, beBusy) });
  } catch (error) {
    if (error.type === "Refused") return void self.postMessage({ id, error: MISTAKE, fatal: false });
    const ordinary = error instanceof running.PythonError && error.type !== "MemoryError";
    const [words, fatal] = FAILURES[error.name] ?? [NO_ANSWER, !ordinary];
    if (fatal && running.kept) await forget(); // What broke may have been in it.
    const cause = [error.type ?? error.name, places(error)].join(" ");
    self.postMessage({ id, error: words, cause, fatal, rest: words === NO_REST, scripts: error.scripts });
  }
}

/** Gives a question that waited for the start a turn of its own: what happens in a turn, the page hears at its end. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Tells the page that what comes, a download or a file, may take its time. */
const beBusy = () => self.postMessage({ state: "busy" });

/** What failures other than Python's mean to a reader, and whether only another Worker can help. */
const FAILURES = {
  // A Worker may remember that a script failed to load; another one tries again.
  TokenizerError: [NO_TOKENIZER, true],
  RestError: [NO_REST, true],
  NotReadableError: [NO_FILE, false],
  NotFoundError: [NO_FILE, false],
};

/**
 * One question to Python. The texts of files go beside the JSON, which would double them. A file that is asked for comes
 * in pieces, which the browser may keep out of memory.
 */
function asked({ catalogue, toPy }, question, texts, say) {
  const isFile = JSON.parse(question).form === "file";
  if (!isFile && Object.keys(texts).length === 0) return catalogue.answer_json(question);
  const files = toPy(texts);
  try {
    if (!isFile) return catalogue.answer_json(question, files);
    const parts = [];
    for (const piece of catalogue.file_pieces_json(question, files)) {
      say(`Making the file: ${parts.push(new Blob([piece.toJs()]))} MB read.`);
      piece.destroy();
    }
    return new Blob(parts);
  } finally {
    files.destroy();
  }
}

/** Milliseconds between two words about how far a long question is. */
const PAUSE = 300;

/** Returns what tells the page how far a question is, now and then. It is a sign of life, too. */
function speaker(id) {
  let last = performance.now();
  return (words) => {
    const now = performance.now();
    if (now - last < PAUSE) return;
    last = now;
    self.postMessage({ id, progress: words });
  };
}

/** Where an error arose, for a maintainer. Its own words may quote what a reader typed, so they stay out. */
function places(error) {
  return String(error.message).split("\n").filter((line) => line.startsWith('  File "')).join("\n");
}
