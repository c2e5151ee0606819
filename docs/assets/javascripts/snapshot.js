// Keeps the memory of an interpreter that has started, so that a second visit need not start one.

// A Worker of its own makes it, which is asked nothing: no text of a reader is in it. It belongs to one build and one
// version of one browser, and is dropped where its digest differs. Python's own interfaces for this are private ones of
// the pinned Pyodide; whatever goes wrong with them, the ordinary start takes over.

import { sha256 } from "./downloads.js";

const CACHE = "calculators";
const folder = new URL("../", import.meta.url).href;
const place = new URL("snapshot", import.meta.url).href;

/** Bytes looked at together: a block of zeros is left out. */
const BLOCK = 4096;

/** Bytes that a site may keep here: about twice what a snapshot takes. */
const LARGEST = 32e6;

/** Whether this browser keeps something here. It may forbid that, and lacks digests on pages without encryption. */
export const possible = async () => Boolean(self.crypto?.subtle && (await opened));

/** Where snapshots are kept, or nothing where the browser forbids it. Opened at once: Python may not reach it. */
const opened = open();

async function open() {
  try {
    return await caches.open(CACHE);
  } catch {
    return undefined;
  }
}

/**
 * Returns what was kept for this build and browser, or nothing.
 * @returns {Promise<{state: object, parts: string[], size: number, runs: [number, number][], data: Uint8Array} | undefined>}
 */
export async function kept() {
  const found = await (await opened)?.match(place);
  if (!found) await forget((url) => url !== place);
  if (found?.headers.get("browser") !== navigator.userAgent) return undefined;
  const content = await found.arrayBuffer();
  if ((await sha256(content)) === found.headers.get("digest")) return unpacked(content);
  await forget();
  return undefined;
}

/** Forgets the snapshot of this build, or those of this site that `isMeant` says: others' addresses are left alone. */
export async function forget(isMeant = (url) => url === place) {
  const cache = await opened;
  const kept = (await cache?.keys()) ?? [];
  await Promise.all(kept.filter(({ url }) => url.startsWith(folder) && isMeant(url)).map((request) => cache.delete(request)));
}

/** Keeps the memory of an interpreter with parts of the code, in place of what was kept before; nothing too large. */
export async function keep({ _module }, state, parts) {
  const content = await packed(_module.HEAPU8, { state, parts });
  const headers = { browser: navigator.userAgent, digest: await sha256(content) };
  await forget(() => true);
  if (content.byteLength <= LARGEST) await (await opened).put(place, new Response(content, { headers }));
}

/** The names under which the interpreter knows objects of JavaScript; `named` names those that are ours. */
export function stateOf({ _api, _module }, named) {
  const get = _module.__hiwire_get;
  // A name that was given up leaves a gap, which Pyodide itself does not expect.
  _module.__hiwire_get = (name) => get(name) ?? null;
  try {
    return _api.serializeHiwireState(named);
  } finally {
    _module.__hiwire_get = get;
  }
}

/** What `loadPyodide` needs to start from a snapshot, given the function that makes the interpreter. */
export function restoring({ state, size, runs, data }, make, named) {
  return {
    // Pyodide would read the whole memory from here. It takes the size from it, and the rest comes below.
    _loadSnapshot: size,
    _snapshotDeserializer: named,
    async createPyodideModule(settings) {
      const module = await make(settings);
      settings.API.restoreSnapshot = () => {
        // The memory begins at one size, and what was kept may have grown; the interpreter's own views grow with it.
        if (module.HEAPU8.length < size) module.growMemory(size);
        let from = 0;
        let at = 0;
        for (const [start, length] of runs) {
          module.HEAPU8.fill(0, from, start).set(data.subarray(at, at + length), start);
          from = start + length;
          at += length;
        }
        module.HEAPU8.fill(0, from);
        return state;
      };
      return module;
    },
  };
}

/** A description, its length before it, and all runs of blocks that are not zeros. */
async function packed(memory, more) {
  const runs = [];
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  for (let start = 0; start < memory.length; start += BLOCK) {
    if (words.subarray(start / 4, (start + BLOCK) / 4).every((word) => word === 0)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === start) last[1] += BLOCK;
    else runs.push([start, BLOCK]);
  }
  const description = new TextEncoder().encode(JSON.stringify({ ...more, size: memory.length, runs }));
  const parts = runs.map(([start, length]) => memory.subarray(start, start + length));
  return new Blob([new Uint32Array([description.length]), description, ...parts]).arrayBuffer();
}

function unpacked(content) {
  const [length] = new Uint32Array(content, 0, 1);
  const description = JSON.parse(new TextDecoder().decode(new Uint8Array(content, 4, length)));
  return { ...description, data: new Uint8Array(content, 4 + length) };
}
