// Counts tokens in the Worker. A tokenizer is a megabyte, so each comes when a calculator first counts with it.

import { tokenizer } from "./build.js";

const folder = new URL(`../${tokenizer.folder}/`, import.meta.url).href;

/** How the package names what describes each of its encodings. */
const DESCRIBES = { o200k_base: "O200KBase", cl100k_base: "Cl100KBase" };

/** The tokenizers that are here, by encoding. */
const made = new Map();

/** The encoding that was asked for and is not here yet. */
let missing;

/** How many characters were counted so far, and what hears of it now and then. */
let counted = 0;
let heard = () => {};

/** How many tokens a text has. Python calls it. Throws where the tokenizer is not here yet. */
export function countTokens(text, encoding) {
  const core = made.get(encoding);
  if (!core) {
    missing = encoding;
    throw new Error(`${encoding} is not loaded yet`);
  }
  counted += text.length;
  heard(counted);
  return core.countNative(text);
}

/**
 * Runs what counts tokens, and runs it anew with each tokenizer that it turns out to need.
 * @param {() => Promise<T>} work  @param {(characters: number) => void} hear told how far the counting is
 * @param {() => void} load told that a tokenizer is fetched  @template T
 */
export async function withTokenizers(work, hear, load) {
  for (;;) {
    missing = undefined;
    counted = 0;
    heard = hear;
    try {
      return await work();
    } catch (error) {
      if (!missing) throw error;
    } finally {
      heard = () => {};
    }
    const encoding = missing;
    load();
    made.set(encoding, await tokenizerOf(encoding).catch((cause) => refuse(encoding, cause)));
  }
}

async function tokenizerOf(encoding) {
  const [{ BytePairEncodingCore }, described, ranks] = await Promise.all(
    ["BytePairEncodingCore", `encodingParams/${encoding}`, `bpeRanks/${encoding}`].map(
      (name) => import(`${folder}${name}.js`),
    ),
  );
  const parameters = described[DESCRIBES[encoding]](ranks.default);
  const core = new BytePairEncodingCore({ ...parameters, tokenSplitRegex: asPublished(parameters.tokenSplitRegex) });
  keepMarks(core);
  return core;
}

/**
 * The package looks tokens up as strings, and decoding bytes drops a byte order mark at their beginning. Tokens that
 * begin with one are kept as bytes, where they are found.
 */
function keepMarks(core) {
  const find = core.getBpeRankFromBytes;
  core.getBpeRankFromBytes = (bytes) => {
    if (bytes[0] !== 0xef || bytes[1] !== 0xbb || bytes[2] !== 0xbf) return find.call(core, bytes);
    return core.bytePairNonUtfSortedEncoder[core.binarySearch(bytes)]?.[1];
  };
}

/**
 * The scripts are named, so that another try can go past what the browser has kept of them. The browser's own list of
 * requests may lack the newest.
 */
function refuse(encoding, cause) {
  const wanted = tokenizer.files.filter((name) => !name.startsWith("bpeRanks/") || name.endsWith(`/${encoding}.js`));
  const scripts = wanted.map((name) => folder + name);
  throw Object.assign(new Error("no tokenizer", { cause }), { name: "TokenizerError", scripts });
}

/** The package's pattern with blanks and the letter s as the published one means them: JavaScript's \s differs. */
function asPublished({ source, flags }) {
  const blanks = source.replaceAll("\\s", "\\p{White_Space}").replaceAll("\\S", "\\P{White_Space}");
  return new RegExp(blanks.replaceAll("[sS]", "[sS\\u017f]"), flags);
}
