// What the sender of a link or a file saw: shown until it is computed here, and compared with that.

import { AMOUNTS, UNITS, amounts, facts, headline } from "./link.js";

/**
 * Shows the sender's headline in place of this page's own, if that of the sender is being computed.
 * @param {{day?: string, answer?: string, sent?: string}} told the day of other prices, a file's headline, a link's amounts
 * @returns {(isComputed: boolean) => string} ends it, and gives a sentence on what differs, or nothing
 */
export function showSent(section, told, isBusy) {
  const value = section.querySelector(".result-value");
  const own = [...(value?.childNodes ?? [])];
  if (isBusy && told.sent !== undefined && value) {
    const said = document.createElement("p");
    said.className = "result-sent";
    said.textContent = "Sent with the link, being recomputed";
    value.textContent = inWords(told.sent) || "…";
    value.after(said);
    section.classList.add("is-sent");
  }
  return (isComputed) => {
    const said = section.querySelector(".result-sent");
    // A number of the link that is refused leaves the page's own answer, as one that was typed does.
    const isRefused = said && !isComputed && section.querySelector("[aria-invalid]");
    if (isComputed || isRefused) section.classList.remove("is-sent");
    if (isRefused) {
      value.replaceChildren(...own);
      said.remove();
    } else if (said) said.textContent = "Sent with the link, not recomputed";
    return isComputed ? difference(section, told) : "";
  };
}

/** The amounts of a link in words; what is no such number is left out. */
function inWords(sent) {
  const known = sent.split("_").map((it) => /^(-?)(\d{1,15})(\.\d{1,12})?~(\d{1,2})$/.exec(it)).filter(Boolean);
  const words = known.slice(0, AMOUNTS).map(([, minus, whole, part = "", place]) => {
    const unit = UNITS[place] ?? "";
    const number = `${Number(whole).toLocaleString("en")}${part}`;
    return `${minus && "−"}${unit === "$" ? `$${number}` : unit.length > 1 ? `${number} ${unit}` : number + unit}`;
  });
  return words.join(" · ");
}

/** One sentence where what was sent is not what is computed here: prices have moved on, or a link was changed. */
function difference(section, { day, answer, sent }) {
  const [today, now] = [facts(section), headline(section)];
  const then = sent === undefined ? printable(answer) : inWords(sent);
  if (!day) {
    if (!then || amounts(now) === sent) return "";
    return `The link says ${then}; computed here it is ${now}. A link can be changed on its way: trust what is computed.`;
  }
  if (!then) return `It was made with prices of ${day}; they are now those of ${today}.`;
  return `With the prices of ${day} the answer was ${then}; with those of ${today} it is ${now}.`;
}

/** A foreign text cut to what a figure may be. */
const printable = (text) => (typeof text === "string" ? text.replace(/[^\w$.,%:/ ()+@·–−-]/g, "").slice(0, 120) : "");
