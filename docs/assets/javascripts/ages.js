// Says how long ago each price was checked, and so past ninety days aloud. The build asks no clock; the reader's has one.

const DAY = 864e5;

/** Days after which a price deserves another look. */
const OLD = 90;

/** Tells the ages on the page that is shown, and goes on as the page changes. */
export function follow() {
  tell();
  new MutationObserver(tell).observe(document.body, { childList: true, subtree: true, attributeFilter: ["open"] });
}

function tell() {
  for (const price of document.querySelectorAll("[data-checked]:not([data-age], [data-result] *)")) tellPrice(price);
  // An answer is the same bytes everywhere, so its ages stand beside it, and in it where somebody has opened a fold.
  for (const day of document.querySelectorAll("[data-result] [open] [data-checked]:not([data-age])")) tellDay(day);
  for (const result of document.querySelectorAll("[data-result]")) tellAnswer(result);
}

/** Whole days since a price was checked; a clock that is behind counts as today. */
const days = (price) => Math.max(0, Math.floor((Date.now() - Date.parse(price.dataset.checked)) / DAY));

const ago = (count) => (count === 0 ? "today" : count === 1 ? "yesterday" : `${count} days ago`);

function tellPrice(price) {
  const count = (price.dataset.age = days(price));
  if (count > OLD) price.after(note("span", ` checked ${ago(count)}: look again before you rely on it`));
  if (price.localName === "time") tellDay(price);
  else if (price.title) price.title += ` (${ago(count)})`;
}

function tellDay(day) {
  day.dataset.age = days(day);
  day.after(` (${ago(days(day))})`); // Lines may break before it, and not within the day.
}

function tellAnswer(result) {
  if (result.querySelector(".result-sources:not(:has(ul))")) return; // The prices are folded away, and not here yet.
  const counts = [...result.querySelectorAll("[data-checked]")].map(days);
  const line = result.parentElement.querySelector(".calc-age") ?? note("p", "");
  if (counts.length === 0) return line.remove();
  const oldest = Math.max(...counts);
  const advice = oldest > OLD ? " Look at the sellers' pages before you rely on them." : "";
  const text = `The oldest of these was checked ${ago(oldest)}.${advice}`;
  line.className = `calc-age${advice && " is-old"}`;
  if (line.textContent !== text) line.textContent = text;
  if (!line.isConnected) result.after(line);
}

function note(name, text) {
  const element = document.createElement(name);
  element.className = "price-age is-old";
  element.textContent = text;
  return element;
}
