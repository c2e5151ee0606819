// Answers questions with the site's own Python, inside a Worker.

import { readFiles } from "./files.js";
import { countTokens, withTokenizers } from "./tokens.js";

const NO_WEBASSEMBLY = "This browser does not allow WebAssembly, which the calculator needs.";
const EMPTY_PROGRAM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const NO_ANSWER = "The calculator could not work this out.";
const NO_TOKENIZER = "The tokenizer could not be loaded. Check your connection, then try again.";
const NO_FILE = "The file could not be read. Choose it again.";

/** The interpreter and the catalogue of calculators, from the first message on. */
let started;

self.onmessage = ({ data }) => {
  if (data.start) begin(data.start);
  else answer(data);
};

function begin(options) {
  started = start(options);
  started.then(
    () => self.postMessage({ state: "running" }),
    ({ message }) => self.postMessage({ state: "failed", error: message === NO_WEBASSEMBLY ? message : undefined }),
  );
}

/**
 * @param {object} options
 * @param {string} options.interpreter the name of its folder  @param {object} options.lock its list of packages
 * @param {boolean} options.anew whether to go past what the browser has kept, which may be what failed
 */
async function start({ interpreter, lock, anew }) {
  const folder = new URL(`../${interpreter}/`, import.meta.url).href;
  const facts = new URL("facts.json", import.meta.url).href;
  const sources = new URL("calculators.zip", import.meta.url).href;
  const get = downloader({ cache: anew ? "reload" : "default" });

  // All downloads begin at once. Python's loader is given these, and can fetch nothing else.
  const scripts = anew ? [get(`${folder}pyodide.mjs`), get(`${folder}pyodide.asm.mjs`)] : [];
  const files = [`${folder}pyodide.asm.wasm`, `${folder}python_stdlib.zip`, facts, sources];
  const downloads = new Map(files.map((url) => [url, get(url)]));
  const arrivals = [...scripts, ...downloads.values()].map(arrival);
  self.fetch = async (url) => downloads.get(String(url));

  const ready = Promise.all(arrivals.slice(0, scripts.length)).then(() => startPython(folder, lock));
  const [python] = await Promise.race([brokenProgram(), Promise.all([ready, ...arrivals])]);
  python.unpackArchive(await (await downloads.get(sources)).arrayBuffer(), "zip");
  const { load } = python.pyimport("calculators.answer");
  const catalogue = load(await (await downloads.get(facts)).text(), countTokens);
  return { catalogue, toPy: python.toPy, PythonError: python.ffi.PythonError };
}

/** Returns what begins a download and refuses an answer that is not the file. */
function downloader(options) {
  const fetch = self.fetch.bind(self);
  return async (url) => {
    const response = await fetch(url, options);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const typed = !url.endsWith(".wasm") || response.headers.get("content-type")?.startsWith("application/wasm");
    // A browser compiles WebAssembly as it arrives under its own type only, which some servers do not know.
    return typed ? response : new Response(response.body, { headers: { "content-type": "application/wasm" } });
  };
}

/** Waits until a whole file is here. Each part of it is a sign of life, which a slow line needs. */
async function arrival(download) {
  const reader = (await download).clone().body.getReader();
  while (!(await reader.read()).done) self.postMessage({ state: "starting" });
}

/** Rejects when WebAssembly is forbidden or cannot be made ready. Pyodide itself would wait for ever. */
function brokenProgram() {
  return new Promise((_, reject) => {
    try {
      new WebAssembly.Module(EMPTY_PROGRAM);
    } catch {
      return reject(new Error(NO_WEBASSEMBLY));
    }
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (...given) => {
      const program = instantiate.apply(WebAssembly, given);
      program.catch(reject);
      return program;
    };
  });
}

async function startPython(folder, lock) {
  const [{ loadPyodide }] = await Promise.all([import(`${folder}pyodide.mjs`), import(`${folder}pyodide.asm.mjs`)]);
  return loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    lockFileContents: lock,
    // What Python may see of JavaScript: what its event loop needs, and nothing that reaches the network.
    jsglobals: { Object, setTimeout, clearTimeout },
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  });
}

async function answer({ id, name, given, as, ask, files }) {
  const running = await started.catch(() => undefined);
  if (!running) return; // The page has heard that the start failed.
  const say = speaker(id);
  try {
    const texts = await readFiles(files, say);
    const long = Object.values(texts).reduce((total, text) => total + text.length, 0);
    const hear = (counted) => long > 0 && say("Checking", counted / long);
    self.postMessage({ id, text: await withTokenizers(() => asked(running, [name, given, as, ask], texts), hear) });
  } catch (error) {
    const ordinary = error instanceof running.PythonError && error.type !== "MemoryError";
    console.error("calculator:", error.type ?? error.name, places(error));
    const [words, fatal] = FAILURES[error.name] ?? [NO_ANSWER, !ordinary];
    self.postMessage({ id, error: words, fatal });
  }
}

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
