// Answers questions with the site's own Python, inside a Worker.

import { readFiles } from "./files.js";
import { NO_WEBASSEMBLY, start } from "./interpreter.js";
import { forget } from "./snapshot.js";
import { withTokenizers } from "./tokens.js";

const NO_ANSWER = "The calculator could not work this out.";
const NO_TOKENIZER = "The tokenizer could not be loaded. Check your connection, then try again.";
const MISTAKE = "A number above cannot be used as it is: see the message beside it.";
const NO_FILE = "The file could not be read. Choose it again.";

/** The interpreter and the catalogue of calculators, from the first message on. */
let started;

self.onmessage = ({ data }) => {
  if (data.start) begin(data.start);
  else answer(data);
};

/** Whether a question has come. */
let isAsked = false;

function begin(options) {
  started = start(options);
  started.then(
    ({ kept, catalogue }) => {
      self.postMessage({ state: "running", kept });
      if (options.example && !kept) setTimeout(() => isAsked || warm(catalogue, options.example));
    },
    ({ message }) => {
      console.error("calculator:", message);
      self.postMessage({ state: "failed", error: message === NO_WEBASSEMBLY ? message : undefined });
    },
  );
}

/** Has a calculator answer its example before a reader asks, as a first answer takes longer than those after it. */
function warm(catalogue, name) {
  try {
    catalogue.answer(name, "{}", "page", "result");
  } catch {
    // A tokenizer may be wanted, which nobody needs yet.
  }
}

async function answer({ id, name, given, as, ask, files }) {
  isAsked = true;
  const running = await started.catch(() => undefined);
  if (!running) return; // The page has heard that the start failed.
  const say = speaker(id);
  if (Object.keys(files ?? {}).length > 0) beBusy();
  try {
    const texts = await readFiles(files, say);
    const long = Object.values(texts).reduce((total, text) => total + text.length, 0);
    const hear = (counted) => long > 0 && say("Checking", counted / long);
    self.postMessage({ id, text: await withTokenizers(() => asked(running, [name, given, as, ask], texts), hear, beBusy) });
  } catch (error) {
    if (error.type === "Refused") return void self.postMessage({ id, error: MISTAKE, fatal: false });
    const ordinary = error instanceof running.PythonError && error.type !== "MemoryError";
    console.error("calculator:", error.type ?? error.name, places(error));
    const [words, fatal] = FAILURES[error.name] ?? [NO_ANSWER, !ordinary];
    if (fatal && running.kept) await forget(); // What broke may have been in it.
    self.postMessage({ id, error: words, fatal, scripts: error.scripts });
  }
}

/** Tells the page that what comes, a download or a file, may take its time. */
const beBusy = () => self.postMessage({ state: "busy" });

/** What failures other than Python's mean to a reader, and whether only another Worker can help. */
const FAILURES = {
  // A Worker may remember that a script failed to load; another one tries again.
  TokenizerError: [NO_TOKENIZER, true],
  NotReadableError: [NO_FILE, false],
  NotFoundError: [NO_FILE, false],
};

/** One question to Python. The texts of files go beside the JSON, which would double them. */
function asked({ catalogue, toPy }, words, texts) {
  if (Object.keys(texts).length === 0) return catalogue.answer(...words);
  const files = toPy(texts);
  try {
    return catalogue.answer(...words, files);
  } finally {
    files.destroy();
  }
}

/** Milliseconds between two words about how far a long question is. */
const PAUSE = 300;

/** Returns what tells the page how far a question is, now and then. It is a sign of life, too. */
function speaker(id) {
  let last = performance.now();
  return (doing, share) => {
    const now = performance.now();
    if (now - last < PAUSE) return;
    last = now;
    self.postMessage({ id, progress: `${doing} the file: ${Math.min(99, Math.floor(share * 100))}%` });
  };
}

/** Where an error arose, for a maintainer. Its own words may quote what a reader typed, so they stay out. */
function places(error) {
  return String(error.message).split("\n").filter((line) => line.startsWith('  File "')).join("\n");
}
