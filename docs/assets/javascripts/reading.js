// Reads values out of line charts: by pointing, tapping, or with the keys of a slider. The numbers are the table's own.
// And lets a plain click take an entry into a list of several, or out of it, where a browser would drop all others.

/**
 * Lets every line chart below `root` be read, those that come later too.
 * @param {(fold: HTMLElement) => Promise<void>} fill fills the fold in which a chart's table is
 */
export function letChartsBeRead(root, fill) {
  const point = (event) => {
    const chart = event.target.closest?.(".chart-line[data-at]");
    const reader = chart?.parentElement.querySelector(".chart-reader");
    if (!reader) return;
    const { left, width } = chart.getBoundingClientRect();
    read(reader, nearest(chart, ((event.clientX - left) / width) * 100), fill);
  };
  root.addEventListener("mousedown", toggle);
  root.addEventListener("pointermove", point);
  root.addEventListener("pointerdown", point);
  root.addEventListener("input", ({ target }) => {
    if ("read" in target.dataset) read(target.closest(".chart-reader"), Number(target.value), fill);
  });
}

function toggle(event) {
  const { target } = event;
  const list = target.closest("select[multiple]");
  if (!list || list === target || (target.disabled && !target.selected)) return;
  event.preventDefault();
  target.selected = !target.selected;
  list.focus();
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

function nearest(chart, place) {
  const far = chart.dataset.at.split(" ").map((at) => Math.abs(Number(at) - place));
  return far.indexOf(Math.min(...far));
}

/** Puts the upright line at one row of the table and tells the row, once the table is there. */
async function read(reader, row, fill) {
  const block = reader.parentElement;
  const chart = block.querySelector(".chart-line[data-at]");
  if (!block.querySelector("table")) await fill(block.querySelector("details"));
  const table = block.querySelector("table");
  if (!table) return; // It is on its way already, or could not be had.
  const [slider, told] = [reader.querySelector("input"), reader.querySelector(".reading")];
  const line = chart.querySelector(".reading-line");
  const at = `${chart.dataset.at.split(" ")[row]}%`;
  line.setAttribute("x1", at);
  line.setAttribute("x2", at);
  line.setAttribute("visibility", "visible");
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const cells = [...table.tBodies[0].rows[row].cells].map((cell) => cell.textContent);
  const words = cells.map((cell, number) => `${heads[number]} ${cell}`);
  told.textContent = `${words[0]}: ${words.slice(1).join(", ")}`;
  slider.value = row;
  slider.setAttribute("aria-valuetext", told.textContent);
}
