// The floor: Pyodide as it is published, in a module Worker.

import { loadPyodide } from "./pyodide/pyodide.mjs";

await loadPyodide();
self.postMessage("ready");
