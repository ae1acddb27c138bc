/* The page's side of the map: hands what the script says to the map's frame, and picks to the script.
 *
 * Mounted as a hidden element in each fragment. `data` may hold: layers, selected, scene (put on
 * window.territoryView for map.js, see there), listens (this element reports picks).
 */
export default function ({ data, setTriggerValue, parentElement }) {
  const view = (window.territoryView ??= {});
  const { listens, ...said } = data;
  Object.assign(view, said, { theme: themeOf(parentElement) });
  window.dispatchEvent(new CustomEvent("territory-view"));
  measureMapTop();
  if (said.selected) showFromItsTop(said.selected);
  if (!listens) return undefined;

  // Streamlit calls this function again whenever `data` changes, and the clean-up only at the end.
  window.territoryUnlisten?.();
  const report = (event) => setTriggerValue("picked", event.detail);
  const followLink = (event) => {
    const link = event.target.closest?.("a[data-pick], a[data-show]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.dataset.pick) setTriggerValue("picked", link.dataset.pick);
    else window.dispatchEvent(new CustomEvent("territory-show"));
  };
  window.addEventListener("territory-pick", report);
  document.addEventListener("click", followLink, true);
  const unlisten = () => {
    window.removeEventListener("territory-pick", report);
    document.removeEventListener("click", followLink, true);
  };
  window.territoryUnlisten = unlisten;
  return unlisten;
}

/* A new selection is read from its top, and on a phone at all: there the panel is below the map. */
function showFromItsTop(selected) {
  const now = JSON.stringify(selected);
  const before = window.territorySelected;
  window.territorySelected = now;
  const panel = document.querySelector(".st-key-clause_panel");
  if (!panel || before === undefined || before === now) return;
  panel.scrollTop = 0;
  const hidden = panel.getBoundingClientRect().top - 0.6 * window.innerHeight;
  if (hidden > 0) document.querySelector("[data-testid=stMain]")?.scrollBy({ top: hidden, behavior: "smooth" });
}

/* "dark" or "light", by the luminance of the page's background. */
function themeOf(element) {
  const host = element.host ?? element;
  const colour = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
  if (!hex) return window.territoryView.theme ?? "light";
  const [red, green, blue] = hex.slice(1).map((part) => parseInt(part, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
}

/* Tells the style sheet how far down the map begins, so that it can fill the window below. */
function measureMapTop() {
  const map = document.querySelector(".st-key-territory_map");
  if (!map || window.territoryMapTop?.map === map) return;
  window.territoryMapTop?.observer.disconnect();
  const scroller = document.querySelector("[data-testid=stMain]") ?? document.documentElement;
  const measure = () => {
    const top = map.getBoundingClientRect().top + scroller.scrollTop;
    document.documentElement.style.setProperty("--map-top", `${Math.round(top)}px`);
  };
  const observer = new ResizeObserver(measure);
  window.territoryMapTop = { map, observer };
  for (const element of document.querySelectorAll(".st-key-head, .st-key-layer_toggles, .st-key-notice")) {
    observer.observe(element);
  }
  measure();
}
