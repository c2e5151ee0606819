// Takes texts out of the page, to the clipboard.

/** What a reader hears of a part of the scripts that does not come. */
export const NOT_LOADED = "This part could not be loaded. Check your connection, then try again.";

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
