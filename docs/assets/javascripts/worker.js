// Answers questions with the site's own Python, inside a Worker.

const NO_WEBASSEMBLY = "This browser does not allow WebAssembly, which the calculator needs.";
const EMPTY_PROGRAM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const NO_ANSWER = "The calculator could not work this out.";

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
  const catalogue = load(await (await downloads.get(facts)).text(), undefined);
  return { catalogue, PythonError: python.ffi.PythonError };
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

async function answer({ id, name, given, as, ask }) {
  const running = await started.catch(() => undefined);
  if (!running) return; // The page has heard that the start failed.
  try {
    self.postMessage({ id, text: running.catalogue.answer(name, given, as, ask) });
  } catch (error) {
    const ordinary = error instanceof running.PythonError && error.type !== "MemoryError";
    console.error("calculator:", error.type ?? error.name, places(error));
    self.postMessage({ id, error: NO_ANSWER, fatal: !ordinary });
  }
}

/** Where an error arose, for a maintainer. Its own words may quote what a reader typed, so they stay out. */
function places(error) {
  return String(error.message).split("\n").filter((line) => line.startsWith('  File "')).join("\n");
}
