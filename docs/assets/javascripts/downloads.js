// Downloads what the interpreter is started from, and holds each file to its digest.

/** The browser's own, also when Python's loader has been given another one. */
const { fetch } = self;

/** Returns the SHA-256 digest in hexadecimal digits, or nothing where a page without encryption may not have it. */
export async function sha256(content) {
  if (!self.crypto?.subtle) return undefined;
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The files of a build, by name. Each is asked for once, when it is first wanted. */
export class Downloads {
  #wanted = new Map();
  #done = 0;
  #digests;
  #options;

  /** @param {Record<string, string>} digests by address  @param {RequestInit} options of each request */
  constructor(digests, options) {
    this.#digests = Object.entries(digests).map(([path, digest]) => [new URL(path, import.meta.url).href, digest]);
    this.#options = options;
  }

  /** Returns the address of a file. */
  address(name) {
    return this.find(name)[0];
  }

  /** Returns the address of a file and its digest. */
  find(name) {
    return this.#digests.find(([url]) => url.endsWith(`/${name}`));
  }

  /** Returns the answer to the request for a file, its arrival, and its content once that is whole and has its digest. */
  get(name) {
    if (!this.#wanted.has(name)) {
      const [url, digest] = this.find(name);
      const response = answered(url, this.#options);
      const arrival = arrived(response, () => this.#tell());
      const content = whole(arrival, digest);
      content.then(() => (this.#done += 1, this.#tell()), () => {}); // It may fail before anybody waits for it.
      this.#wanted.set(name, { response, arrival, content });
    }
    return this.#wanted.get(name);
  }

  /** Has a file asked for anew when it is next wanted; returns its address. */
  forget(name) {
    this.#wanted.delete(name);
    return this.address(name);
  }

  #tell() {
    self.postMessage({ state: "starting", progress: `Loading the calculator: ${this.#done} of ${this.#wanted.size} files` });
  }

  /** Resolves when each file that was wanted is whole. */
  all() {
    return Promise.all([...this.#wanted.values()].map(({ content }) => content));
  }
}

/** Downloads a file apart from the others, and holds it to its digest. */
export const download = (url, digest) => whole(arrived(answered(url), () => {}), digest);

/** Begins a download, and refuses an answer that is not the file. */
async function answered(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** Each part that comes is a sign of life, which a slow line needs; `heard` is called with it. */
async function arrived(download, heard) {
  const response = await download;
  const reader = response.clone().body.getReader();
  const parts = [];
  for (let part; !(part = await reader.read()).done; parts.push(part.value)) heard();
  return { parts, url: response.url };
}

async function whole(arrival, digest) {
  const { parts, url } = await arrival;
  const content = await new Blob(parts).arrayBuffer();
  const found = await sha256(content);
  if (found !== undefined && found !== digest) throw new Error(`${url}: damaged`);
  return content;
}

/** Returns an answer with what a gzipped stream holds. A host compresses texts by itself, but nothing as hard. */
export const unpacked = (stream, options) => new Response(stream.pipeThrough(new DecompressionStream("gzip")), options);

/** Returns the content of a gzipped file. */
export const inflated = (content) => unpacked(new Blob([content]).stream()).arrayBuffer();
