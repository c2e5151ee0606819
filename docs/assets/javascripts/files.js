// Reads chosen files in the Worker, piece by piece, so that the page never holds their text.

/** Bytes read at once. */
const PIECE = 1 << 20;

/** The texts of the last question's files, by the number the page gave each file: an edit need not read them again. */
let kept = new Map();

/**
 * @param {Record<string, {id: number, file: File, longest: number}>} files by the name of their control
 * @param {(doing: string, share: number) => void} say told how far the reading is
 * @returns {Promise<Record<string, string>>} their texts, at most a piece longer than allowed
 */
export async function readFiles(files = {}, say) {
  const texts = {};
  const read = new Map();
  for (const [name, { id, file, longest }] of Object.entries(files)) {
    texts[name] = kept.get(id) ?? (await readFile(file, longest, say));
    read.set(id, texts[name]);
  }
  if (read.size > 0) kept = read;
  return texts;
}

/** What is no UTF-8 becomes the sign for an unreadable character, and a byte order mark stays: Python names both. */
async function readFile(file, longest, say) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const parts = [];
  let length = 0;
  for (let at = 0; at < file.size && length <= longest; at += PIECE) {
    parts.push(decoder.decode(await file.slice(at, at + PIECE).arrayBuffer(), { stream: true }));
    length += parts.at(-1).length;
    say("Reading", at / file.size);
  }
  parts.push(decoder.decode());
  return parts.join("");
}
