// Searches among the records of a list, each with its prices: a dialog that the button beside the list opens.

import { question, typed } from "./form.js";

const SHELL = `<h3></h3>
<label>Search<input type="search" role="combobox" aria-expanded="true" aria-controls="picker" autocomplete="off"></label>
<label>Provider<select><option value="">All</option></select></label>
<label>Price or size<select><option value="">All</option></select></label>
<p role="status"></p><ul role="listbox" id="picker" tabindex="-1"></ul><button type="button">Close</button>`;

/** The words of a text as it is searched: signs but points only part them. */
const split = (text) => text.toLowerCase().match(/[a-z0-9.]+/g) ?? [];

/**
 * Whether each of the words, the longest first, begins a word of its own: of "3 3", only one begins "3B". A name with its
 * number may be typed as one: "gpt5".
 */
function begin(words, text) {
  const left = split(text);
  return words.every((word) => {
    const at = left.findIndex((it) => it.startsWith(word));
    return at >= 0 ? left.splice(at, 1) : /[a-z]\d/.test(word) && split(text).join("").includes(word);
  });
}

/** Whether a row is called just so, but for its signs. */
const isCalled = (name) => ({ option }) => `${split(option.text)}` === `${split(name)}`;

/**
 * Opens the dialog. What is chosen in it is chosen in the list; `answer` asks the calculator. Where any number can be
 * chosen, the dialog stays open, and several names may be typed at once, with commas between them.
 */
export function open(button, form, answer) {
  const list = button.parentElement.querySelector("select");
  const dialog = document.createElement("dialog");
  dialog.className = "picker";
  dialog.innerHTML = SHELL;
  const [heading, search, provider, kind, status, box, closing] = dialog.querySelectorAll("h3, button, input, select, p, ul");
  heading.textContent = dialog.ariaLabel = box.ariaLabel = list.labels[0].textContent;
  box.ariaMultiSelectable = list.multiple;
  if (list.multiple) search.placeholder = "Names, with commas";
  list.querySelectorAll("optgroup").forEach(({ label }) => provider.append(new Option(label)));
  const rows = [...list.options].map((option, place) => {
    const row = document.createElement("li");
    row.id = `picker-${place}`;
    row.role = "option";
    row.innerHTML = "<b></b> <span></span> <em></em> <small></small>";
    box.append(row);
    return { row, option, group: option.parentElement.label ?? "" };
  });

  let active = rows.find(({ option }) => option.selected);
  let shown;
  /** What is searched: several names where several can be chosen, and no name has all that was typed. */
  let names;
  const go = (to) => {
    active?.row.classList.remove("is-active");
    active = to;
    search.setAttribute("aria-activedescendant", active?.row.id);
    active?.row.classList.add("is-active");
    active?.row.scrollIntoView({ block: "nearest" });
  };
  const fits = (name) => {
    const words = split(name).sort((one, two) => two.length - one.length);
    return rows.filter(({ option, group, kinds }) =>
      [group, ""].includes(provider.value) && kinds.includes(kind.value) && begin(words, `${group} ${option.text}`));
  };
  const show = () => {
    names = [search.value];
    if (list.multiple && !fits(search.value)[0]) names = search.value.split(",").filter((it) => it.trim());
    shown = [...new Set(names.flatMap(fits))]; // in the order of the names
    for (const it of rows) {
      it.row.hidden = !shown.includes(it);
      it.row.ariaSelected = it.option.selected;
    }
    box.append(...shown.map(({ row }) => row));
    const count = shown[0] ? `${shown.length} of ${rows.length}` : "No model fits. Change the words or a filter";
    status.textContent = count + (list.multiple ? `, ${list.selectedOptions.length} chosen` : "");
    go(shown.includes(active) ? active : shown.find(isCalled(search.value)) ?? shown[0]);
  };
  const write = ({ about, kinds, rows: offers }) => {
    for (const it of rows) {
      const [figures, mark, of] = offers[it.option.value] ?? ["", "", ""];
      it.kinds = of;
      it.row.ariaDisabled = it.off = offers[it.option.value] ? list.multiple && !of : it.option.disabled;
      [it.option.text, it.group, figures, mark].forEach((text, place) => (it.row.children[place].textContent = text));
    }
    for (const value in kinds) kind.append(new Option(kinds[value], value));
    box.dataset.about = about;
    show();
  };
  const choose = (it) => {
    if (!it || (it.off && !it.option.selected)) return;
    it.option.selected = !list.multiple || !it.option.selected;
    tell();
    if (!list.multiple) return dialog.close();
    search.focus();
    search.select(); // the next name takes its place; until then what was found stays where it is
    go(it);
    show();
  };
  const tell = () => list.dispatchEvent(new Event("input", { bubbles: true }));
  /** Chooses the one model of each name; what fits several, or none, stays in the search. */
  const chooseNamed = () => {
    const left = names.filter((name) => {
      const all = fits(name).filter((it) => !it.off);
      const one = all[1] ? all.find(isCalled(name)) : all[0];
      return !one || !(one.option.selected = true);
    });
    tell();
    search.value = left;
    if (left[0]) show();
    else leave();
  };
  /** Closes the dialog. Where several can be chosen, what they are compared in comes into view. */
  const leave = () => {
    dialog.close();
    if (list.multiple) form.closest(".calc").querySelector(".result-more > *").scrollIntoView();
  };

  search.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) go(shown.at((shown.indexOf(active) + step) % shown.length));
    else if (event.key === "Enter") names[1] ? chooseNamed() : choose(active);
    else if (event.key === "Escape") dialog.close(); // WebKit would only empty the search.
    else return;
    event.preventDefault();
  };
  dialog.oninput = () => {
    go(); // what was found comes into view, not what was chosen before
    show();
  };
  dialog.onclick = ({ target }) => choose(rows.find(({ row }) => row.contains(target)));
  closing.onclick = leave;
  dialog.onclose = () => dialog.remove();
  form.after(dialog);
  dialog.showModal();
  search.focus();
  write({ about: "Prices come in a moment", kinds: {}, rows: {} });
  answer(question(form, typed(form)), "json", { kind: "offers", by: list.name })
    .then((text) => write(JSON.parse(text)), ({ message }) => (box.dataset.about = message));
}
