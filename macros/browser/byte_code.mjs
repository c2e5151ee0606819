// Runs byte_code_inside.py in the pinned Pyodide under Node: node byte_code.mjs <pyodide> <its Python> <sources> <made>.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodide, program, sources, made] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const python = await loadPyodide({
  indexURL: pyodide,
  packageBaseUrl: pyodide,
  // The same sources give the same bytes: hashes have no chance in them, and code keeps lines without columns.
  env: { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1", PYTHONDONTWRITEBYTECODE: "1" },
});
python.mountNodeFS("/sources", sources);
python.mountNodeFS("/made", made);
try {
  python.runPython(readFileSync(program, "utf8"));
} catch (error) {
  console.error(error.message); // without the line of Node's own where it arose, which has a million characters
  process.exit(1);
}
