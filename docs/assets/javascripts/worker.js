// Answers questions with the site's own Python, inside a Worker.

import { interpreter, lock } from "./build.js";

const folder = new URL(`../${interpreter}/`, import.meta.url).href;
const address = (name) => new URL(name, import.meta.url).href;
const WASM = `${folder}pyodide.asm.wasm`;

const NO_WEBASSEMBLY = "This browser does not allow WebAssembly, which the calculator needs.";
const NO_ANSWER = "The calculator could not work this out.";

/** All downloads of the Worker, begun at once. Python and its loader get these and can fetch nothing else. */
const download = self.fetch.bind(self);
const arrivals = [];
const downloads = new Map(
  [WASM, `${folder}python_stdlib.zip`, address("facts.json"), address("calculators.zip")].map((url) => [url, begin(url)]),
);
self.fetch = (url) => downloads.get(String(url)) ?? Promise.reject(new TypeError("The calculators fetch nothing else."));

/** Begins a download. */
function begin(url) {
  const response = download(url).then((it) => {
    if (!it.ok) throw new Error(`${url}: ${it.status}`);
    return it;
  });
  arrivals.push(response.then((it) => report(it.clone().body.getReader())));
  return url === WASM ? response.then(withWasmType) : response;
}

/** Each part that arrives is a sign of life, which a slow line needs. */
async function report(reader) {
  while (!(await reader.read()).done) self.postMessage({ state: "starting" });
}

/** The browser compiles WebAssembly as it arrives only under its own type, which some servers do not know. */
function withWasmType(response) {
  if (response.headers.get("content-type")?.startsWith("application/wasm")) return response;
  return new Response(response.body, { headers: { "content-type": "application/wasm" } });
}

/** Rejects when WebAssembly cannot be made ready, for which Pyodide itself would wait for ever. */
const broken = new Promise((_, reject) => {
  if (!globalThis.WebAssembly) return reject(new Error(NO_WEBASSEMBLY));
  const compile = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...given) => compile.apply(WebAssembly, given).catch((error) => {
    reject(error);
    throw error;
  });
});

async function startPython() {
  const [{ loadPyodide }] = await Promise.all([
    import(`${folder}pyodide.mjs`),
    import(`${folder}pyodide.asm.mjs`),
  ]);
  return loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    lockFileContents: lock,
    // What Python may see of JavaScript: what its event loop needs, and nothing that reaches the network.
    jsglobals: { Object, setTimeout, clearTimeout },
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  });
}

async function start() {
  const [python] = await Promise.race([broken, Promise.all([startPython(), ...arrivals])]);
  const [facts, sources] = await Promise.all([
    (await downloads.get(address("facts.json"))).text(),
    (await downloads.get(address("calculators.zip"))).arrayBuffer(),
  ]);
  python.unpackArchive(sources, "zip");
  const catalogue = python.pyimport("calculators.answer").load(facts, undefined);
  return { python, catalogue };
}

const started = start();
started.then(
  () => self.postMessage({ state: "running" }),
  (error) => self.postMessage({ state: "failed", error: error.message === NO_WEBASSEMBLY ? NO_WEBASSEMBLY : "" }),
);

self.onmessage = async ({ data: { id, name, given, as, ask } }) => {
  const { python, catalogue } = await started;
  try {
    self.postMessage({ id, text: catalogue.answer(name, given, as, ask) });
  } catch (error) {
    const ordinary = error instanceof python.ffi.PythonError && error.type !== "MemoryError";
    console.error("calculator:", error.type ?? error.name, frames(error));
    self.postMessage({ id, error: NO_ANSWER, fatal: !ordinary });
  }
};

/** Where an error arose, for a maintainer's eyes. Its own words may quote what a reader typed, so they stay out. */
function frames(error) {
  return String(error.message).split("\n").filter((line) => line.startsWith('  File "')).join("\n");
}
