// Shortens scripts with the pinned terser under Node: node short_scripts.mjs <terser> <sources> <shortened>.
//
// Each statement stays, in its order and mostly on a line of its own, with its texts and the names of properties, imports
// and exports. Comments, spaces and the names of what is local to a script go.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const OPTIONS = { module: true, ecma: 2022, compress: false, format: { semicolons: false } };

const [terser, sources, shortened] = process.argv.slice(2);
const { minify_sync: minify } = createRequire(import.meta.url)(terser);
for (const name of readdirSync(sources)) {
  try {
    const { code } = minify({ [name]: readFileSync(`${sources}/${name}`, "utf8") }, OPTIONS);
    writeFileSync(`${shortened}/${name}`, code);
  } catch ({ message, line, col }) {
    console.error(`${name}:${line}:${col + 1}: ${message}`);
    process.exit(1);
  }
}
