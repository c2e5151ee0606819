// Takes texts and charts out of the page: to the clipboard, or to a file.

/** Copies a text; returns whether the browser did. Plain-http pages have no clipboard, but an older command. */
export async function copy(text) {
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  return copied || copyBySelection(text);
}

function copyBySelection(text) {
  const box = document.createElement("textarea");
  const focused = document.activeElement;
  box.value = text;
  box.className = "carry-box";
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

/** Shows a text that the browser would not copy, selected, so that one key copies it. */
export function showToCopy(place, text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true;
  box.rows = Math.min(12, text.split("\n").length + 1);
  box.setAttribute("aria-label", "Text to copy");
  place.append("The browser does not allow copying. The text is selected: copy it yourself.", box);
  box.select();
}

/** Offers a text as a file. */
export function save(text, name, type) {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([text], { type }));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}

const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "font-weight", "paint-order"];

/** A chart as a file of its own: every color and font written into it, on the background it stands on. */
export function standalone(chart) {
  const copied = chart.cloneNode(true);
  const parts = [...copied.querySelectorAll("*")];
  [...chart.querySelectorAll("*")].forEach((part, at) => {
    const style = getComputedStyle(part);
    for (const name of LOOK) parts[at].setAttribute(name, style.getPropertyValue(name));
    parts[at].removeAttribute("class");
  });
  copied.querySelectorAll("[visibility=hidden]").forEach((part) => part.remove());
  const { width, height } = chart.getBoundingClientRect();
  const [wide, high] = [Math.ceil(width), Math.ceil(height)];
  for (const name of ["class", "data-at", "role"]) copied.removeAttribute(name);
  Object.entries({ width: wide, height: high }).forEach(([name, value]) => copied.setAttribute(name, value));
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const fill = getComputedStyle(chart.closest(".calc") ?? document.body).backgroundColor;
  Object.entries({ width: wide, height: high, fill }).forEach(([name, value]) => paper.setAttribute(name, value));
  copied.prepend(paper);
  return new XMLSerializer().serializeToString(copied);
}
