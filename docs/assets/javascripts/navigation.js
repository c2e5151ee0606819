// Goes from page to page of the site without loading anew, so that the Worker and what was typed live on.
// It serves from any address: what is a page of the site, the page itself says.

/** What begins the address of every page, and the address of the page that is shown. */
const scope = new URL(document.querySelector("meta[name=scope]").content, location).href;
let shown = new URL(location);

/** The newest page that was asked for: an older one that comes late is dropped. */
let newest;

/** A page that is fetched before its link is pressed, with its address, and the wait before that. */
let ahead;
let intent;

/** Milliseconds that a pointer or the focus rests on a link before its page is fetched, and that such a page stays good. */
const REST = 50;
const FRESH = 30_000;

/** What a page has of its own. The rest of the theme stays, with all that it listens to. */
const PARTS = ["skip", "header-topic", "container"].map((name) => `[data-md-component=${name}]`);
const HEAD = ["meta[name=description]", "meta[name=scope]", "meta[name=build]", "link[rel=canonical]", "link[rel=preceding]", "link[rel=following]"];

/** The keys that the theme has for the pages around, whose links `main.html` gives other names. */
const KEYS = { p: "preceding", ",": "preceding", n: "following", ".": "following" };

/** The address of the page that a link leads to, if the site has it. The address of the page shown may be ahead of it. */
function pageOf(target) {
  const link = target.closest?.("a[href]");
  if (!link || link.hasAttribute("target") || link.hasAttribute("download")) return undefined;
  const address = new URL(link.getAttribute("href"), shown);
  return address.href.startsWith(scope) && /(\/|\.html)$/.test(address.pathname) ? address : undefined;
}

const path = ({ pathname, search }) => pathname + search;

/** What a page needs beside its own parts: after a deploy it may be another theme. */
const styles = (page) => [...page.querySelectorAll("link[rel=stylesheet]")].map((it) => it.getAttribute("href").split("/").pop()).join();

/** Fetches a page; nothing where only the browser can show it. */
async function fetched(address) {
  const answer = await fetch(address).catch(() => ({}));
  if (!answer.ok || answer.redirected || !/html/.test(answer.headers.get("content-type"))) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isOurs = page.querySelector(PARTS[2]) && !page.querySelector("meta[http-equiv=refresh]");
  return isOurs && styles(page) === styles(document) ? page : undefined;
}

function read(address) {
  const key = path(address);
  if (ahead?.key !== key || performance.now() > ahead.until) {
    ahead = { key, page: fetched(key).catch(() => {}), until: performance.now() + FRESH };
  }
  return ahead.page;
}

/** Fetches the page of a link that a reader is about to press. */
function readAhead({ target, type }) {
  clearTimeout(intent);
  const address = pageOf(target);
  if (!address || path(address) === path(shown) || navigator.connection?.saveData) return;
  intent = setTimeout(read, type === "pointerdown" ? 0 : REST, address);
}

/** Keeps how far the page shown is scrolled, in its entry of the history. */
function keepPlace() {
  if (path(location) === path(shown)) history.replaceState({ ...history.state, x: scrollX, y: scrollY }, "");
}

/** Shows a page, as a new entry of the history or as the one that the browser went to. */
async function show(address, isNew) {
  const mine = (newest = {});
  const close = closing();
  clearTimeout(intent);
  const page = await read(address);
  if (mine !== newest) return;
  ahead = undefined; // What was put in place is no page to show again.
  if (!page) return void (isNew ? location.assign(address) : location.reload());
  // Of the entry that is left, too: on the way back the browser would scroll the page that is still shown.
  history.scrollRestoration = "manual";
  if (isNew) {
    keepPlace();
    history.pushState(null, "", address);
  }
  const place = history.state;
  shown = address;
  const container = put(page);
  close();
  if (!place) goTo(undefined, address.hash);
  document.dispatchEvent(new Event("page"));
  // What the loader changes comes first, so that the browser lays out the page once.
  await (document.hidden ? undefined : new Promise(requestAnimationFrame));
  if (!container.isConnected) return;
  if (place) goTo(place);
  // A search that was opened meanwhile keeps the focus; the theme marks it as open a moment later.
  if (!document.querySelector(":target, .md-search__input:focus")) focusOnHeading();
  // What the theme sets up has time until the page is painted.
  setTimeout(() => {
    if (!container.isConnected) return;
    window.location$?.next(address); // It opens the fold that is meant.
    window.document$?.next(document);
  });
}

/** Changes what differs between two pages; returns the element with the words. */
function put(page) {
  document.title = page.title;
  document.head.querySelectorAll(HEAD).forEach((it) => it.remove());
  document.head.append(...page.head.querySelectorAll(HEAD));
  for (const part of PARTS) document.querySelector(part).replaceWith(page.querySelector(part));
  return document.querySelector(PARTS[2]);
}

/** Returns what closes the search and the menu that are open now: what a reader opens while a page comes stays open. */
function closing() {
  const open = document.querySelectorAll("[data-md-toggle]:checked");
  return () => {
    open.forEach((toggle) => toggle.checked && toggle.click());
    // The search holds a narrow page fast, and would scroll back to where that was.
    document.body.removeAttribute("data-md-scrolllock");
    document.body.style.top = "";
  };
}

/** Scrolls to where a page was left, or to its top, and on to the part that its address means. */
function goTo(place, hash) {
  scrollTo(place?.x ?? 0, place?.y ?? 0);
  if (hash) location.replace(hash);
}

/** A screen reader says the heading of a new page, and the Tab key goes on from there. */
function focusOnHeading() {
  const heading = document.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.addEventListener("blur", () => heading.removeAttribute("tabindex"), { once: true });
}

document.addEventListener("click", (event) => {
  const { altKey, button, ctrlKey, metaKey, shiftKey, target } = event;
  if (event.defaultPrevented || button || altKey || ctrlKey || metaKey || shiftKey) return;
  const address = pageOf(target);
  if (!address) return;
  const isShown = path(address) === path(shown);
  if (isShown) {
    keepPlace();
    history.scrollRestoration = "manual";
    closing()();
    window.location$?.next(address);
    if (address.hash) return; // The browser goes there.
  }
  event.preventDefault();
  if (isShown) scrollTo(0, 0);
  else show(address, true);
});

window.addEventListener("popstate", () => {
  newest = undefined;
  if (path(location) !== path(shown)) return void show(new URL(location), false);
  shown = new URL(location);
  closing()();
  if (history.state) goTo(history.state);
});

let settling;
window.addEventListener("scroll", () => {
  clearTimeout(settling);
  settling = setTimeout(keepPlace, 100);
}, { passive: true });

// Where a page is loaded anew, the browser knows best where it was left.
window.addEventListener("beforeunload", () => (history.scrollRestoration = "auto"));

for (const type of ["pointerover", "focusin", "pointerdown"]) document.addEventListener(type, readAhead, { passive: true });

window.addEventListener("keydown", (event) => {
  const link = document.querySelector(`link[rel=${KEYS[event.key]}]`);
  const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (!link || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  show(new URL(link.getAttribute("href"), shown), true);
});

// What stays when the address changes keeps the one that it means.
for (const part of document.querySelectorAll("link[rel=icon], .md-logo, .md-logo img")) {
  for (const name of ["href", "src"]) if (part[name]) part[name] = part[name];
}
