// Has Pyodide under Node load the second part of the program that a site ships where it is wanted.

import { readFileSync } from "node:fs";

const NONSENSE = 0xa5;
/** A module that hands its one import on as an export. */
const HANDING_ON = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0, 7, 5, 1, 1, 99, 0, 0];

/**
 * @param {string} path of the second part
 * @param {string[]} ranges of data that come with it, in hexadecimal digits: what they hold before is nonsense
 */
export function loadRestWhenWanted(path, ranges) {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    if (source instanceof WebAssembly.Module || source.byteLength < 1e6) return instantiate(source, imports);
    const module = new WebAssembly.Module(source);
    const given = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (given[from] ??= {})[name] = imports[from][name];
    const instance = new WebAssembly.Instance(module, given);
    const { exports: first } = instance;
    fill(first.memory, ranges, NONSENSE);
    const load = () => {
      fill(first.memory, ranges, 0);
      new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), { ...given, first });
    };
    const handing = new WebAssembly.Module(Uint8Array.from(HANDING_ON));
    first["split.table"].set(0, new WebAssembly.Instance(handing, { a: { b: load } }).exports.c);
    return { module, instance };
  };
}

function fill({ buffer }, ranges, byte) {
  for (const range of ranges) {
    const [low, high] = range.split("-").map((digits) => parseInt(digits, 16));
    new Uint8Array(buffer).fill(byte, low, high);
  }
}
