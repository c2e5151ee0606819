// Asks the search that the theme ships: its own Worker script, run by Node, so that the query's transformation, lunr and
// the order of the results are those of the site. Usage: node ask.mjs WORKER INDEX; JSON list of queries on standard input.

import { readFileSync } from "node:fs";

const [worker, index] = process.argv.slice(2);
const queries = JSON.parse(readFileSync(0, "utf8"));

/** What a Worker has around it: one ear, one mouth. */
let hear, heard;
globalThis.self = globalThis;
globalThis.addEventListener = (_, listener) => (hear = listener);
globalThis.postMessage = (message) => heard(message);
const asked = (message) =>
  new Promise((resolve) => {
    heard = resolve;
    hear({ data: message });
  });

/** The kinds of messages, as the theme numbers them. */
const [SETUP, QUERY] = [0, 2];

(0, eval)(readFileSync(worker, "utf8"));
const { config, docs } = JSON.parse(readFileSync(index, "utf8"));
await asked({ type: SETUP, data: { config, docs, options: { suggest: false } } });
const found = [];
for (const query of queries) {
  const { data } = await asked({ type: QUERY, data: query });
  found.push(data.items.map((parts) => parts.map(({ location, score }) => [location, score])));
}
process.stdout.write(JSON.stringify(found));
