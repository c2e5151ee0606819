// Repairs, on each page, what the theme leaves out for readers with a keyboard or a screen reader.

// The search dialog has no name.
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");

/** The buttons of a block of code are called a navigation, one without a name; they are no way around the site. */
function demoteCodeButtons() {
  for (const buttons of document.querySelectorAll(".md-code__nav")) buttons.setAttribute("role", "none");
}

/** A table that is wider than the screen scrolls inside its frame, which a keyboard can do only with the focus there. */
function letWideTablesHaveFocus() {
  for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (frame.scrollWidth > frame.clientWidth) Object.assign(frame, { tabIndex: 0, role: "group", ariaLabel: "Wide table" });
    else for (const name of ["tabindex", "role", "aria-label"]) frame.removeAttribute(name);
  }
}

/**
 * On Tab the theme closes the search and takes the focus away from its field. WebKit then begins again at the top of the
 * page, and a keyboard never leaves the header; so the search closes here, and the focus stays for the browser to move.
 */
function leaveSearchByTab(event) {
  if (event.key !== "Tab" || !event.target.matches?.('[data-md-component="search-query"]')) return;
  event.stopImmediatePropagation();
  const toggle = document.querySelector('[data-md-toggle="search"]');
  if (toggle?.checked) toggle.click();
}
window.addEventListener("keydown", leaveSearchByTab, { capture: true });

// The theme emits each page it shows, the first included, and has put its own parts into it by then.
window.document$?.subscribe(() => {
  demoteCodeButtons();
  letWideTablesHaveFocus();
});
window.addEventListener("resize", letWideTablesHaveFocus);
