// What the sender of a link or a file saw: shown until it is computed here, and compared with that.

import { shown } from "./chip.js";
import { now, unfold } from "./form.js";
import { PARTS, SAID, amounts, facts, headline, label } from "./link.js";

const IN_EXAMPLE = /,? in an example$/i;

/**
 * Shows the sender's headline in place of this page's own, if that of the sender is being computed, or cannot be without
 * the sender's file.
 * @param {{day?: string, answer?: string, sent?: string, behind: Control[], used: Control[], isLacking: boolean}} told the
 * day of other prices, a file's headline, a link's amounts, what stayed behind, what came, whether a file is lacking
 * @param {(words: string) => void} say says what differs or is missing, or nothing, behind where the numbers came from
 * @returns {(isComputed: boolean) => void} ends it, once an answer is computed
 */
export function showSent(section, told, isBusy, say) {
  const [name, value] = section.querySelectorAll(".result-label, .result-value");
  const { isLacking, sent } = told;
  const own = [...(value?.childNodes ?? [])];
  const title = name?.textContent;
  const written = isLacking ? thenWritten(told) || "Not computed" : inWords(sent ?? "") || "…";
  if (value && (isLacking || (isBusy && sent !== undefined))) {
    const said = document.createElement("p");
    said.className = "result-sent";
    said.textContent = isLacking ? "Sent, made with a file that is not here" : "Sent with the link, being recomputed";
    name.textContent = title.replace(IN_EXAMPLE, "");
    value.textContent = written;
    value.after(said);
    section.classList.add("is-sent");
  }
  let isDone = false;
  if (isLacking) say(missing(section, told));
  return (isComputed) => {
    if (isDone) return;
    isDone = isComputed;
    const said = section.querySelector(".result-sent");
    // A number of the link that is refused leaves the page's own answer, as one that was typed does.
    const isRefused = said && !isComputed && !isLacking && section.querySelector("[aria-invalid]");
    if (isComputed || isRefused) section.classList.remove("is-sent");
    if (isRefused) {
      name.textContent = title;
      value.replaceChildren(...own);
      said.remove();
    } else if (said && !isLacking) said.textContent = "Sent with the link, not recomputed";
    if (isComputed) say(difference(section, told));
  };
}

/** The amounts of a link in words, two without a word between them apart; what is no such part is left out. */
function inWords(sent) {
  const known = sent.split("_").map((it) => /^(?:(-?)(\d{1,15})(\.\d{1,12})?)?~(\d{1,2})$/.exec(it)).filter(Boolean);
  const words = known.slice(0, PARTS).map(([, minus, whole, part = "", place], at) => {
    const unit = SAID[place] ?? "";
    if (!whole) return unit;
    const number = `${Number(whole).toLocaleString("en")}${part}`;
    const amount = unit === "$" ? `$${number}` : unit.length > 1 ? `${number} ${unit}` : number + unit;
    return `${known[at - 1]?.[2] ? "· " : ""}${minus && "−"}${amount}`;
  });
  return words.join(" ");
}

/** Whether a link's numbers are those of the answer here; one of earlier days has fewer, and no words. */
const isSame = (sent, here) => `${numbers(here)}_`.startsWith(`${numbers(sent)}_`);
const numbers = (sent) => sent.split("_").filter((it) => it[0] !== "~").join("_");

/** What the sender saw, in words. */
const thenWritten = ({ sent, answer }) => (sent === undefined ? printable(answer) : inWords(sent));

/** What did not come along, and what did, where a file is lacking, and which one is wanted where. */
function missing(section, { behind, used }) {
  const file = behind.find(({ type }) => type === "file") ?? section.querySelector("form [type=file]");
  unfold(file);
  const [kind] = file.closest(".field").querySelector(".field-about p").textContent.trim().split(/\.(?:\s|$)/);
  const lost = behind.map(label).join(", ") || "one that this page does not ask for";
  const came = used.map((it) => `${label(it)} ${shown(it, now(it) ?? "")}`).join("; ") || "no answers but the page's own";
  return `: ${lost}. With it came: ${came}. Nothing is computed until a file is chosen under “${label(file)}”: ${kind}.`;
}

/** Sentences where what was sent is not what is computed here: texts stayed behind, prices moved on, a link was changed. */
function difference(section, told) {
  const { behind, day, isLacking, sent } = told;
  const [today, now] = [facts(section), headline(section)];
  const then = thenWritten(told);
  const isOther = then && (sent ? !isSame(sent, amounts(section)) : then !== printable(now));
  if (isLacking) return `.${isOther ? ` With that file the answer was ${then}.` : ""}`;
  if (behind.length > 0) {
    const more = isOther ? ` With them it was ${then}.` : "";
    return ` Texts stayed behind: ${behind.map(label).join(", ")}. Without them the answer differs.${more}`;
  }
  if (day) {
    if (!then) return ` It was made with prices of ${day}; they are now those of ${today}.`;
    return ` With the prices of ${day} the answer was ${then}; with those of ${today} it is ${now}.`;
  }
  if (!isOther) return "";
  return ` The link says ${then}; computed here it is ${now}. A link can be changed on its way: trust what is computed.`;
}

/** A foreign text cut to what a figure may be. */
const printable = (text) => (typeof text === "string" ? text.replace(/[^\w$.,%:/ ()+@·–−-]/g, "").slice(0, 120) : "");
