// Takes texts and charts out of the page, to a file.

const REPORTS = { "report-markdown": "md", "report-html": "html" };
const FILES = { ...REPORTS, csv: "csv", json: "json", scenario: "json", command: "sh", python: "py", svg: "svg" };

/** Offers a text in one of the forms as a file, and returns its name. */
export function saveAs(text, form, calculator) {
  const name = `${calculator.replace("/", "-")}.${FILES[form]}`;
  save(text, name, form === "svg" ? "image/svg+xml" : "text/plain;charset=utf-8");
  return name;
}

/** Offers a text as a file of a name and a type. */
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
