// What prompting/cost shows, written by hand: the same work on every model, in the floats and by the markup of JavaScript.

const { as_of: day, collections } = await (await fetch("facts.json")).json();
const market = Object.entries(collections.prices).map(([id, { name, group, facts }]) => {
  const figure = (key) => {
    const value = facts[key]?.values.filter(([since]) => since <= day).at(-1)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  const input = figure("input");
  const read = figure("cached_read");
  return {
    id, name, group, input, read: read ?? input, write: figure("cache_write") ?? input, output: figure("output"),
    caches: read !== undefined, least: figure("smallest_prefix") ?? 0, factor: figure("tokenizer_factor") ?? 1,
    retires: facts.retires?.values?.at(-1)?.[1] ?? "",
  };
});
const own = market.find(({ id }) => id === "openai/gpt-6.1-sol");
const given = { instructions: 800, examples: 750, context: 0, user: 150, answer: 300, turns: 1, found: 0.9, repeated: 0.02 };

/** The cost of a request, part by part, on one model. */
function bill(model) {
  const factor = model.factor / own.factor;
  const [instructions, examples, context, user, answer] = ["instructions", "examples", "context", "user", "answer"].map(
    (part) => given[part] * factor,
  );
  const prefix = instructions + examples;
  const cached = model.caches && prefix >= model.least && prefix > 0;
  const rate = cached ? model.read * given.found + model.write * (1 - given.found) : model.input;
  const history = ((user + answer) * (given.turns - 1)) / 2;
  return [
    ["Fixed instructions", instructions, instructions * rate],
    ["Examples", examples, examples * rate],
    ["Earlier turns, sent again", history, history * model.input],
    ["Context", context, context * model.input],
    ["The user's text", user, user * model.input],
    ["Answer", answer, answer * model.output],
  ].map(([label, tokens, cost]) => ({ label, tokens, cost: cost / 1e6 }));
}

const total = (parts) => parts.reduce((sum, { cost }) => sum + cost, 0);
const money = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

function show(requests) {
  const paid = requests * (1 + given.repeated);
  const parts = bill(own);
  const month = total(parts) * paid;
  const rows = market
    .filter(({ retires }) => retires === "" || retires > day)
    .map((model) => ({ ...model, month: total(bill(model)) * paid }))
    .sort((left, right) => left.month - right.month);
  const most = rows.at(-1).month;
  const breakdown = parts.filter(({ tokens }) => tokens > 0).map(
    ({ label, tokens, cost }) =>
      `<tr><th>${label}</th><td>${tokens}</td><td>${money.format(cost * paid)}</td><td>${((cost * paid * 100) / month).toFixed(1)}%</td></tr>`,
  );
  const bars = rows.map(
    ({ name, month }) =>
      `<li>${name} <svg width="100%" height="12"><rect height="12" width="${((month / most) * 100).toFixed(3)}%"></rect></svg> ${money.format(month)}</li>`,
  );
  document.querySelector("[data-result]").innerHTML =
    `<p class="result-value">${money.format(month)}</p><table>${breakdown.join("")}</table><ul>${bars.join("")}</ul>`;
}

const field = document.querySelector("[name=requests]");
field.addEventListener("input", () => show(Number(field.value) || 0));
show(Number(field.value));
