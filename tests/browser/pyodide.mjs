// Answers questions with what a built site ships for its Worker, in Pyodide under Node: node pyodide.mjs <site> <new folder>
// <ranges of data that come with the second part of the program>.
// A question is a line of JSON with the text for `catalogue.answer_json`; its answer is a line of JSON with a text. A line
// with an object holds `python`, an expression whose text is the answer.

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

import { loadRestWhenWanted } from "./split.mjs";

const [site, folder, ranges] = process.argv.slice(2);
const runtime = `${site}/assets/runtime`;
const [, build] = readFileSync(`${site}/index.html`, "utf8").match(/<meta name="build" content="(\w+)"/);
const named = readFileSync(`${runtime}/${build}/build.js`, "utf8");
const [interpreter, library] = ["pyodide", "library"].map((name) => named.match(`"\\.\\./(${name}-[^/]+)/`)[1]);
const script = (path) => import(pathToFileURL(path).href);
const unpacked = (path) => gunzipSync(readFileSync(path));

for (const name of ["pyodide.mjs", "pyodide.asm.mjs"]) copyFileSync(`${runtime}/${interpreter}/${name}`, `${folder}/${name}`);
writeFileSync(`${folder}/pyodide.asm.wasm`, unpacked(`${runtime}/${interpreter}/pyodide.asm.wasm.bin`));
loadRestWhenWanted(`${runtime}/${interpreter}/pyodide.rest.wasm`, ranges.split(" "));

const { loadPyodide } = await script(`${folder}/pyodide.mjs`);
const { python: settings } = await script(`${runtime}/${build}/build.js`);
const { countTokens, withTokenizers } = await script(`${runtime}/${build}/tokens.js`);

writeFileSync(`${folder}/library.zip`, unpacked(`${runtime}/${library}/library.zip.bin`));
const python = await loadPyodide({
  indexURL: folder,
  packageBaseUrl: folder,
  stdLibURL: `${folder}/library.zip`,
  lockFileContents: settings.lock,
  env: { PYTHONDONTWRITEBYTECODE: "1" },
});
let catalogue;
for (const part of ["calculators.bin", ...settings.parts.all]) {
  python.FS.writeFile("/part", unpacked(`${runtime}/${build}/${part}`));
  python.pyimport("parts_inside").add_part("/part");
  // As in a browser, it is loaded when most of the calculators are not here.
  catalogue ??= python.pyimport("calculators.catalogue").load(readFileSync(`${runtime}/${build}/facts.json`, "utf8"), countTokens);
}

const nothing = () => {};
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const work = () => (question.python ? python.runPython(question.python) : catalogue.answer_json(question));
  const text = await withTokenizers(work, nothing, nothing);
  process.stdout.write(`${JSON.stringify(text)}\n`);
}
