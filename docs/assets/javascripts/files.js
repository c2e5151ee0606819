// Reads chosen files in the Worker, piece by piece, so that the page never holds their text.

/** Bytes read at once. */
const PIECE = 1 << 20;

/**
 * What the last question's files came to, by the number the page gave each file: an edit need not read them again. Long
 * texts stay with Python, which gives a handle to them.
 */
const kept = new Map();

/** How far something done to a file is, in words. */
export const percent = (doing, share) => `${doing} the file: ${Math.min(99, Math.floor(share * 100))}%`;

/**
 * @param {Record<string, {id: string, files: File[], summed: boolean, longest: number}>} files by the name of their control
 * @param {(words: string) => void} say told how far the reading is
 * @param {(control: string) => object} openReader opens Python's reader of files of any size
 * @param {(control: string) => string} readBy the answers that decide how that reader reads
 * @param {(bytes: Uint8Array) => object} toPy
 * @returns {Promise<Record<string, string | object>>} their texts, at most a piece longer than allowed, or their summary
 */
export async function readFiles(files = {}, say, openReader, readBy, toPy) {
  const texts = {};
  const asked = Object.entries(files).map(([name, file]) => [`${name} ${file.id} ${file.summed ? readBy(name) : ""}`, name, file]);
  if (asked.length > 0) forgetAllBut(asked.map(([key]) => key));
  for (const [key, name, { files: chosen, summed, longest }] of asked) {
    if (!kept.has(key)) {
      kept.set(key, await (summed ? sumUp(chosen, openReader(name), say, toPy) : readFile(chosen[0], longest, say)));
    }
    texts[name] = kept.get(key);
  }
  return texts;
}

/** Lets go of other files before more are read: there may be no room for both. */
function forgetAllBut(keys) {
  for (const [key, text] of kept) {
    if (keys.includes(key)) continue;
    text.destroy?.();
    kept.delete(key);
  }
}

/** What is no UTF-8 becomes the sign for an unreadable character, and a byte order mark stays: Python names both. */
async function readFile(file, longest, say) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const parts = [];
  let length = 0;
  for (let at = 0; at < file.size && length <= longest; at += PIECE) {
    parts.push(decoder.decode(await file.slice(at, at + PIECE).arrayBuffer(), { stream: true }));
    length += parts.at(-1).length;
    say(percent("Reading", at / file.size));
  }
  parts.push(decoder.decode());
  return parts.join("");
}

/** Files of any size, handed to Python in pieces, of which it keeps sums alone, or the text of one. */
async function sumUp(files, reader, say, toPy) {
  const whole = files.reduce((total, { size }) => total + size, 0) || 1;
  let done = 0;
  try {
    for (const file of files) {
      reader.open(file.name);
      for (let at = 0; at < file.size && !reader.is_full; at += PIECE) {
        const piece = toPy(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
        reader.feed(piece);
        piece.destroy();
        done += PIECE;
        say(percent("Reading", done / whole));
      }
      reader.close();
    }
    return reader.finish();
  } finally {
    reader.destroy();
  }
}
