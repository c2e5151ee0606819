// Loads the rest of the interpreter, should Python ever call a function that the first module lacks.
//
// The call waits, so this cannot: what was not fetched beforehand is fetched while the Worker stands still.

import { download } from "./downloads.js";

/** A module that hands its one import on as an export: a table takes no function of JavaScript's own. */
const HANDING_ON = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0, 7, 5, 1, 1, 99, 0, 0]);

const { XMLHttpRequest } = self; // Python is not to have it.

/** The rest could not be loaded. */
export class RestError extends Error {
  name = "RestError";
}

export class Rest {
  #address;
  #digest;
  #content;
  #imports;

  constructor(address, digest) {
    this.#address = address;
    this.#digest = digest;
  }

  /** Downloads the rest, so that a call for it need not wait. It may fail: it is fetched again when it is wanted. */
  async prepare() {
    this.#content ??= await download(this.#address, this.#digest).catch(() => undefined);
  }

  /** Returns the imports of the first module, and keeps those very objects for the rest: some are made when asked for. */
  given(module, imports) {
    this.#imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      (this.#imports[from] ??= {})[name] = imports[from][name];
    }
    return this.#imports;
  }

  /** Has the rest loaded when an instance of the first module wants it. */
  follow({ exports }) {
    exports["split.table"].set(0, handedOn(() => this.#load(exports, this.#content ?? fetched(this.#address))));
  }

  #load(first, content) {
    try {
      new WebAssembly.Instance(new WebAssembly.Module(content), { ...this.#imports, first });
    } catch (error) {
      throw new RestError(error.message);
    }
  }
}

const handedOn = (work) => new WebAssembly.Instance(new WebAssembly.Module(HANDING_ON), { a: { b: work } }).exports.c;

function fetched(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch (error) {
    throw new RestError(error.message);
  }
  if (request.status !== 200) throw new RestError(`${address}: ${request.status}`);
  return request.response;
}
