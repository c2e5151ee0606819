// Brings a page's calculators to life and has the age of its prices told; loads nothing more on a page without them,
// unless a sentence there follows the reader's case.

/** The build whose scripts run now, and the promise of its module. */
let build, running;

/** What the shown page has of its own, once its calculators are mounted. */
let mounted;

/** Whether the ages of prices are told, or about to be. */
let telling = false;

/** Milliseconds. */
const MINUTE = 60_000;

const FAILURE = "The calculator could not be loaded. The figures shown are the worked example. Check your connection, then try again.";

/** Mounts the calculators of the page that is shown. After a deploy, the old build's Worker ends first. */
async function mount() {
  const page = document.querySelector("[data-md-component=container]") ?? document.body;
  if (page === mounted) return;
  mounted = page;
  tellAges();
  const sections = document.querySelectorAll(".calc:not([data-live])");
  if (sections.length === 0 && !hasSentencesToFollow()) return;
  try {
    const wanted = document.querySelector('meta[name="build"]').content;
    if (wanted !== build) {
      const earlier = running;
      build = wanted;
      running = import(new URL(`../runtime/${wanted}/page.js`, import.meta.url).href);
      earlier?.then((scripts) => scripts.stop(), () => {});
    }
    const scripts = await Promise.race([running, stalled()]);
    scripts.mount(document);
  } catch (error) {
    console.error(error);
    build = undefined;
    sections.forEach(showFailure);
  }
}

/** Whether sentences of this page are to show the figures of a case that this tab keeps. */
function hasSentencesToFollow() {
  if (!document.querySelector(".yours")) return false;
  try {
    return "which-lever-case" in sessionStorage;
  } catch {
    return Boolean(running); // the case lives in its module
  }
}

/** Fails after a minute: a download that stalls ends by itself never. */
function stalled() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("The scripts of the page stalled.")), MINUTE));
}

/** Has the ages of prices told, from the first page that shows one on. The page is whole without. */
async function tellAges() {
  if (telling || !document.querySelector("[data-checked]")) return;
  telling = true;
  try {
    const ages = await import(new URL("ages.js", import.meta.url).href);
    ages.follow();
  } catch (error) {
    console.error(error);
  }
}

/** Says in the calculator that it did not load. A failed import may be remembered, so the page loads anew. */
function showFailure(section) {
  const status = section.querySelector(".calc-status");
  if (!status || section.querySelector(".calc-retry")) return;
  section.querySelector(".calc-noscript")?.setAttribute("hidden", "");
  status.textContent = FAILURE;
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "calc-retry";
  retry.textContent = "Try again";
  retry.addEventListener("click", loadAnew);
  status.after(retry);
}

/** Loads the page anew, past what the browser has kept of its scripts: a login page may have come in their place. */
async function loadAnew() {
  const addresses = performance.getEntriesByType("resource").map(({ name }) => name);
  const asked = { cache: "reload", signal: AbortSignal.timeout(5000) };
  await Promise.allSettled(addresses.filter((it) => it.endsWith(".js")).map((address) => fetch(address, asked)));
  location.reload();
}

/** Material emits the first page. A page kept from before `navigation.js` came has Material emit the others, too. */
function follow() {
  if (window.document$) window.document$.subscribe(mount);
  return Boolean(window.document$);
}

document.addEventListener("page", mount);
if (!follow()) {
  mount();
  window.addEventListener("load", follow, { once: true });
}
