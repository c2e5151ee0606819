// Starts Python with the calculators, inside a Worker: from what the browser has kept, or from the beginning.

import { Downloads, inflated, unpacked } from "./downloads.js";
import { Rest, RestError } from "./rest.js";
import * as snapshot from "./snapshot.js";
import { countTokens } from "./tokens.js";

export const NO_WEBASSEMBLY = "This browser does not allow WebAssembly, which the calculator needs.";
const EMPTY_PROGRAM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const NEVER = new Promise(() => {});

const PROGRAM = "pyodide.asm.wasm.bin";
const REST = "pyodide.rest.wasm";
/** The type under which a browser compiles a program as it arrives. */
const COMPILED_ON_ARRIVAL = { headers: { "content-type": "application/wasm" } };
const SCRIPTS = ["pyodide.mjs", "pyodide.asm.mjs"];

/**
 * Firefox has a thread wait for the rest of a program that it compiles as it arrives, for ever where the Worker is gone by
 * then, and soon compiles nothing more in that tab. So there a program is compiled when it is whole, without such a thread.
 */
const IS_FIREFOX = "InternalError" in self;

/**
 * What could ask another address or run a text, which nothing needs from here on: a second wall behind the page's content
 * policy.
 */
const WAYS_OUT = ["XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "Worker", "caches"];
const RUN_TEXTS = ["eval", "importScripts"];
const FUNCTIONS = [() => {}, async () => {}, function* () {}, async function* () {}];

/** The calculator on whose page a case is saved and opened, which takes the code of all, and the calm before that is fetched. */
const CASE = "choosing/case";
const CALM = 3000;

/** Where Python finds a part of the calculators' code. */
const PART = "/part";

/**
 * Imports all that is here and could be imported later, and asks each calculator for the example it comes with, so that a
 * snapshot has it all. Where an answer needs a tokenizer, all that comes before it is in the snapshot.
 */
const WARM = `
import contextlib, gc, importlib, parts_inside, pkgutil, sys
library = pkgutil.walk_packages([path for path in sys.path if path.endswith(".zip")])
for name in [*(module.name for module in library), *parts_inside.PACKAGES]:
    importlib.import_module(name)
for name in getattr(catalogue, "names", ()):
    with contextlib.suppress(Exception):
        catalogue.answer_json('{"calculator": "%s", "form": "page"}' % name)
gc.collect()
`;

/**
 * @param {object} options
 * @param {object} options.lock Python's list of packages
 * @param {Record<string, string>} options.digests what the interpreter is started from, by address, with SHA-256 digests
 * @param {boolean} options.anew whether to go past what the browser has kept, which may be what failed
 * @param {boolean} options.keep whether this Worker is to keep a snapshot, and nothing else
 * @param {boolean} options.whole whether to have the rest of the interpreter before anything is asked, as it was wanted in vain
 * @param {Record<string, string[]>} options.parts the parts that each calculator needs beside the base, and that `all` need
 * @param {string} [options.example] the calculator that is likely to be asked first
 */
export async function start({ lock, digests, anew, keep, whole, parts, example }) {
  if (!allowsWebAssembly()) throw new Error(NO_WEBASSEMBLY);
  if (keep && !(await snapshot.possible())) throw new Error("this browser keeps nothing");
  const files = new Downloads(digests, { cache: anew ? "reload" : "default" });
  const rest = new Rest(...files.find(REST));
  const prepared = whole && rest.prepare();
  const { broken, compiled } = useProgram(files.get(PROGRAM).response, rest);
  SCRIPTS.forEach((name) => files.get(name));
  const more = parts[example] ?? [];
  // Scripts that are fetched anew must be here before they are imported.
  if (anew) await Promise.race([broken, Promise.all([files.all(), snapshot.forget()])]);
  const scripts = Promise.all(SCRIPTS.map((name) => import(files.address(name))));
  scripts.catch(() => {}); // It may fail before anybody waits for it.

  const settings = { lock, folder: new URL(".", files.address(PROGRAM)).href, _makeSnapshot: keep };
  const memory = anew || keep ? undefined : await snapshot.kept();
  // What has the right digest may still not start.
  const restored = memory && again(memory, scripts, settings).catch(() => snapshot.forget());
  const kept = await Promise.race([broken, restored]);
  const begun = kept ?? afresh(files, scripts, settings, more);
  const [python] = await Promise.race([broken, Promise.all([begun, files.all(), compiled, prepared])]);

  if (keep) {
    python.runPython(WARM);
    await snapshot.keep(python, snapshot.stateOf(python, () => "countTokens"), more);
  }
  for (const name of [...WAYS_OUT, ...RUN_TEXTS]) Object.defineProperty(self, name, { value: undefined });
  for (const it of FUNCTIONS) Object.defineProperty(Object.getPrototypeOf(it), "constructor", { value: undefined });
  const catalogue = python.globals.get("catalogue");
  const here = new Set(kept ? memory.parts : more);
  const lacking = (name) => (parts[name] ?? []).filter((part) => !here.has(part));
  const fetchAll = () => lacking("all").forEach((part) => files.get(part).content.catch(() => files.forget(part)));
  let calm;
  /** Returns what a calculator waits for, or nothing where all that it needs is here. */
  const need = (name) => {
    if (name === CASE && !navigator.connection?.saveData) {
      clearTimeout(calm);
      calm = setTimeout(fetchAll, CALM);
    }
    const missing = lacking(name);
    return missing[0] && bring(files, python, missing, here);
  };
  await need(example);
  return { catalogue, toPy: python.toPy, PythonError: python.ffi.PythonError, kept: kept !== undefined, rest, need };
}

/** Adds parts of the calculators' code to those that are here. */
async function bring(files, python, missing, here) {
  const contents = await Promise.all(missing.map((name) => files.get(name).content.then(inflated))).catch(({ message }) => {
    throw Object.assign(new RestError(message), { scripts: missing.map((name) => files.forget(name)) });
  });
  missing.forEach((name, at) => {
    if (!here.has(name)) add(python, contents[at]);
    here.add(name);
  });
}

function add(python, content) {
  python.FS.writeFile(PART, new Uint8Array(content));
  python.pyimport("parts_inside").add_part(PART);
}

/** Starts from a snapshot, in which everything is imported. */
async function again(memory, scripts, settings) {
  const [, { default: make }] = await scripts;
  return load(scripts, new ArrayBuffer(0), settings, snapshot.restoring(memory, make, () => countTokens));
}

/** Starts from the beginning. */
async function afresh(files, scripts, settings, more) {
  const library = files.get("library.zip.bin").content;
  // Python starts without the calculators: they come while it does, when the line has nothing else to carry.
  const later = (name) => files.get(PROGRAM).arrival.then(() => files.get(name).content);
  const parts = ["calculators.bin", ...more].map((name) => later(name).then(inflated));
  const facts = later("facts.json");
  for (const content of [facts, ...parts]) content.catch(() => {}); // It may fail before anybody waits for it.
  const python = await load(scripts, inflated(await library), settings);
  for (const content of parts) add(python, await content);
  const door = python.pyimport("calculators.catalogue");
  python.globals.set("catalogue", door.load(new TextDecoder().decode(await facts), countTokens));
  return python;
}

/** A browser would run a text as a script. */
const later = (work, ...more) => (typeof work === "function" ? setTimeout(work, ...more) : undefined);

async function load(scripts, library, { lock, folder, ...settings }, more = {}) {
  const [{ loadPyodide }] = await scripts;
  // Python's loader is given its library, and can fetch nothing.
  self.fetch = async () => new Response(await library);
  return loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    lockFileContents: lock,
    // What Python may see of JavaScript: what its event loop needs, and nothing that reaches the network.
    jsglobals: { Object, setTimeout: later, clearTimeout },
    env: { PYTHONDONTWRITEBYTECODE: "1" },
    ...settings,
    ...more,
  });
}

/** Whether programs may run here. Python's loader would begin, and break in a place where nobody waits for it. */
function allowsWebAssembly() {
  try {
    return Boolean(new WebAssembly.Module(EMPTY_PROGRAM));
  } catch {
    return false;
  }
}

/**
 * Compiles the interpreter, as it arrives or at once, for the loader's instance. `broken` rejects when the program cannot
 * be made ready: Pyodide itself would wait for ever.
 */
function useProgram(download, rest) {
  let refuse;
  const broken = new Promise((_, reject) => (refuse = reject));
  broken.catch(() => {}); // It may be known before anybody waits for it.
  const compiled = download.then(async ({ body }) => {
    const program = unpacked(body, COMPILED_ON_ARRIVAL);
    return IS_FIREFOX ? new WebAssembly.Module(await program.arrayBuffer()) : WebAssembly.compileStreaming(program);
  });
  compiled.catch(refuse);
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiled;
    const given = rest.given(module, imports);
    const instance = await WebAssembly.instantiate(module, given).catch((error) => (refuse(error), NEVER));
    rest.follow(instance);
    return { module, instance };
  };
  return { broken, compiled };
}
