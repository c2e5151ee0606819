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
    ({ message }) => {
      console.error("calculator:", message);
      self.postMessage({ state: "failed", error: message === NO_WEBASSEMBLY ? message : undefined });
    },
  );
}

/**
 * @param {object} options
 * @param {object} options.lock Python's list of packages
 * @param {Record<string, string>} options.digests what the interpreter is started from, by address, with SHA-256 digests
 * @param {boolean} options.anew whether to go past what the browser has kept, which may be what failed
 */
async function start({ lock, digests, anew }) {
  // All downloads begin at once.
  const downloads = Object.entries(digests).map(([path, digest]) => {
    const url = new URL(path, import.meta.url).href;
    const response = download(url, { cache: anew ? "reload" : "default" });
    return { url, response, content: whole(response, digest) };
  });
  const all = Promise.all(downloads.map(({ content }) => content));
  const found = (name) => downloads.find(({ url }) => url.endsWith(`/${name}`));
  const program = found("pyodide.asm.wasm");

  const broken = useProgram(program.response);
  const ready = startPython(new URL(".", program.url).href, lock, found("library.zip.gz").content, anew && all);
  const [python] = await Promise.race([broken, Promise.all([ready, all])]);
  const archive = await inflated(await found("calculators.zip.gz").content);
  python.FS.writeFile("/lib/calculators.zip", new Uint8Array(archive));
  python.pyimport("sys").path.append("/lib/calculators.zip");
  const { load } = python.pyimport("calculators.answer");
  const catalogue = load(new TextDecoder().decode(await found("facts.json").content), countTokens);
  return { catalogue, toPy: python.toPy, PythonError: python.ffi.PythonError };
}

/** Begins a download, and refuses an answer that is not the file. */
async function download(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** Returns a whole file that has its digest. Each part that comes is a sign of life, which a slow line needs. */
async function whole(download, digest) {
  const reader = (await download).clone().body.getReader();
  const parts = [];
  for (let part; !(part = await reader.read()).done; parts.push(part.value)) self.postMessage({ state: "starting" });
  const content = await new Blob(parts).arrayBuffer();
  if (self.crypto.subtle && hexadecimal(await crypto.subtle.digest("SHA-256", content)) !== digest) {
    throw new Error(`${(await download).url}: damaged`);
  }
  return content;
}

const hexadecimal = (bytes) => Array.from(new Uint8Array(bytes), (it) => it.toString(16).padStart(2, "0")).join("");

/** Returns the content of a gzipped file. A host compresses texts and programs by itself, but no archive. */
const inflated = (content) =>
  new Response(new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();

/**
 * Compiles the interpreter as it arrives, for whoever asks for an instance. Returns a promise that rejects when
 * WebAssembly is forbidden or the program cannot be made ready: Pyodide itself would wait for ever.
 */
function useProgram(download) {
  return new Promise((_, reject) => {
    try {
      new WebAssembly.Module(EMPTY_PROGRAM);
    } catch {
      return reject(new Error(NO_WEBASSEMBLY));
    }
    const compiled = download.then((response) => WebAssembly.compileStreaming(typed(response)));
    compiled.catch(reject);
    WebAssembly.instantiateStreaming = async (_, imports) => {
      const module = await compiled;
      const instance = await WebAssembly.instantiate(module, imports).catch((error) => (reject(error), NEVER));
      return { module, instance };
    };
  });
}

const NEVER = new Promise(() => {});

/** A browser compiles WebAssembly as it arrives under its own type only, which some servers do not know. */
function typed(response) {
  const known = response.headers.get("content-type")?.startsWith("application/wasm");
  return known ? response : new Response(response.body, { headers: { "content-type": "application/wasm" } });
}

/** What could ask another address, which nothing needs from here on: a second wall behind the page's content policy. */
const WAYS_OUT = ["XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "Worker", "caches"];

async function startPython(folder, lock, library, before) {
  await before; // Scripts that are fetched anew must be here before they are imported.
  const [{ loadPyodide }] = await Promise.all([import(`${folder}pyodide.mjs`), import(`${folder}pyodide.asm.mjs`)]);
  // Python's loader is given its library, and can fetch nothing.
  const archive = inflated(await library);
  self.fetch = async () => new Response(await archive);
  const python = await loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    lockFileContents: lock,
    // What Python may see of JavaScript: what its event loop needs, and nothing that reaches the network.
    jsglobals: { Object, setTimeout, clearTimeout },
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  });
  for (const name of WAYS_OUT) Object.defineProperty(self, name, { value: undefined });
  return python;
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
