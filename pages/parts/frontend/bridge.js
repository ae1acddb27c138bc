/* Between page, script and map: hands what the script says to the map's frame, and what the reader
 * picks to the script.
 *
 * Mounted as a hidden element in each fragment. `data` may hold: layers, selected, scene (put on
 * window.territoryView for map.js, see there), language, scrollTo (an element to
 * bring into view), listens: "pick" (report links with data-pick, and picks on the map) or "go"
 * (report links with data-go, which lead to other pages), lost (what to say when the server is;
 * see connection.js), panels, answered, plans, lines, days (see ahead.js), run (another each time).
 * Streamlit calls this only where `data` is not what this bridge said last.
 */
export default function ({ data, setTriggerValue, parentElement }) {
  const view = (window.territoryView ??= {});
  const { listens, scrollTo, lost, run, ...said } = data;
  if (said.scene) said.scene = unlessPassed(said.scene);
  if (said.layers) view.toldLayers = said.layers;
  if (said.answered) {
    confirmPanel(said.answered);
    isAnswered();
  }
  Object.assign(view, said, { theme: themeOf(parentElement) });
  if (view.language) document.documentElement.lang = view.language;
  window.dispatchEvent(new CustomEvent("territory-view"));
  showAhead();
  watchConnection(lost);
  handOver();
  putStyleLast();
  measureMapTop();
  walkTables();
  onePageOneStep();
  pressThrough();
  if (said.selected) showFromItsTop(said.selected);
  if (scrollTo) bringIntoView(scrollTo);
  else if (scrollTo === null) window.territoryScrolledTo = null;
  return listens ? listen(listens, (picked) => setTriggerValue("picked", picked)) : undefined;
}

/* Report the links of one kind. Streamlit calls the function above again whenever `data` changes,
 * and the clean-up that it returns only at the end; so what listened before is ended here. */
function listen(kind, report) {
  const unlisten = (window.territoryUnlisten ??= {});
  unlisten[kind]?.();
  const ended = new AbortController();
  const heard = { signal: ended.signal };
  const follow = (event) => {
    const link = event.target.closest?.(`a[data-${kind}]`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (kind === "pick") {
      showPanelAhead(link.dataset.pick);
      waitForAnswer(link.dataset.pick);
    }
    report(link.dataset[kind]);
  };
  document.addEventListener("click", follow, { capture: true, ...heard });
  if (kind === "pick") {
    window.addEventListener("territory-pick", (event) => report(event.detail), heard);
    document.addEventListener("click", showOnMap, { capture: true, ...heard });
  } else {
    document.addEventListener("click", copyText, { capture: true, ...heard });
  }
  unlisten[kind] = () => ended.abort();
  return unlisten[kind];
}

function showOnMap(event) {
  if (!event.target.closest?.("a[data-show]")) return;
  event.preventDefault();
  window.dispatchEvent(new CustomEvent("territory-show"));
}

/* A button with data-copy copies the text of the element of that id and says so. */
async function copyText(event) {
  const button = event.target.closest?.("a[data-copy]");
  if (!button) return;
  event.preventDefault();
  const text = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(text); // no clipboard here: at least it is marked to be copied
  }
}

/* Once for each thing that is asked for, as soon as it is there. */
function bringIntoView(id, tries = 20) {
  if (window.territoryScrolledTo === id) return;
  const element = document.getElementById(id);
  clearTimeout(window.territoryScrolling);
  if (!element) {
    if (tries) window.territoryScrolling = setTimeout(() => bringIntoView(id, tries - 1), 100);
    return;
  }
  window.territoryScrolledTo = id;
  element.scrollIntoView({ block: "start" });
}

/* A new selection is read from its top, and on a phone at all: there the panel is below the map. */
function showFromItsTop(selected) {
  const now = JSON.stringify(selected);
  const before = window.territorySelected;
  window.territorySelected = now;
  const panel = document.querySelector(".st-key-clause_panel");
  if (!panel || before === undefined || before === now) return;
  panel.scrollTop = 0;
  const map = document.querySelector(".st-key-territory_map");
  if (selected.bounds && map && window.innerWidth <= 640) {
    map.scrollIntoView({ behavior: "smooth" }); // the tour's words are about the map above them
    return;
  }
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

/* One thing that the reader does is one step of the history, so that one press of "Back" undoes it:
 * Streamlit's navigation leaves the link's parameters behind and the script puts them back, which
 * would be two or three. */
function onePageOneStep() {
  if (window.territorySteps) return;
  window.territorySteps = true;
  let acts = 1; // of the reader, that have not become a step yet
  let wentBack = false; // or forward, and nothing else since
  for (const name of ["pointerdown", "keydown"]) {
    window.addEventListener(name, () => { acts = 1; wentBack = false; }, { capture: true, passive: true });
  }
  window.addEventListener("popstate", () => { acts = 0; wentBack = true; }, { capture: true });
  let last = null;
  window.addEventListener("territory-pick", ({ detail }) => {
    acts = last === detail ? 1 : acts + 1; // the next may come before the step of this one
    last = detail;
  });
  const push = history.pushState.bind(history);
  history.pushState = (...step) => {
    // A late answer of another page, which would bury the steps that "Forward" leads to.
    if (wentBack && new URL(step[2], location).pathname !== location.pathname) return;
    if (acts > 0) push(...step);
    else history.replaceState(...step);
    acts = Math.max(acts - 1, 0);
  };
}

/* The script's answer may put a link anew while the reader presses it, and the browser makes no click
 * of that: it is made where the same link lies there again. */
function pressThrough() {
  if (window.territoryPresses) return;
  window.territoryPresses = true;
  let pressed = null;
  document.addEventListener("pointerdown", ({ target, button }) => {
    pressed = button ? null : target.closest?.("a[href]");
  }, { capture: true });
  document.addEventListener("pointerup", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (plain && pressed && !pressed.isConnected && link?.href === pressed.href) link.click();
    pressed = null;
  }, { capture: true });
}

/* A table with data-walk is one stop of the Tab key: arrows, Home and End move from link to link.
 * Escape hides its tips until the next move. */
function walkTables() {
  if (window.territoryWalks) return;
  window.territoryWalks = true;
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
                  Home: [0, -Infinity], End: [0, Infinity] };
  document.addEventListener("focusin", ({ target }) => {
    const table = target.closest?.("table[data-walk]");
    if (!table || target.tagName !== "A") return;
    for (const link of table.querySelectorAll('a[tabindex="0"]')) link.tabIndex = -1;
    target.tabIndex = 0;
  });
  document.addEventListener("keydown", (event) => {
    const table = event.target.closest?.("table[data-walk]");
    if (!table || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    table.classList.toggle("hush", event.key === "Escape");
    if (!steps[event.key]) return;
    event.preventDefault();
    const [down, right] = steps[event.key];
    const rows = [...table.rows].map((row) => [...row.querySelectorAll("a")]).filter((links) => links.length);
    const within = (place, links) => Math.min(Math.max(place, 0), links.length - 1);
    const row = rows.findIndex((links) => links.includes(event.target));
    const links = rows[within(row + down, rows)];
    links[within(rows[row].indexOf(event.target) + right, links)].focus();
  });
}

/* What stood in the page from the start (first_view.html) gives way to what Streamlit has drawn, once
 * the legend above the map is whole, or the map would move; its picture stays over the map until that
 * is drawn too (map.js). */
function handOver() {
  const { scene } = window.territoryView;
  const picture = document.querySelector(".picture");
  if (scene && picture && picture.dataset.of !== `${scene.plan} ${scene.shapes.key}`) picture.remove();
  const first = document.querySelector("#first-view");
  if (!first) return;
  // The bridge comes after the last switch, and what a switch is drawn by may come later still.
  const legend = document.querySelector(".st-key-legend:has(.st-key-layers_bridge):has(input)");
  const map = legend && document.querySelector(".st-key-territory_map");
  if (map) map.append(...first.querySelectorAll(".picture")); // gone if the map was quicker
  if (map || location.pathname !== "/" || document.querySelector(".st-key-data_fault")) first.remove();
  else setTimeout(handOver, 100);
}

/* Our style sheet is in the page from the start; Streamlit's rules, added since, are to come before it. */
function putStyleLast() {
  const style = document.head.querySelector("#page-style");
  if (style) document.body.append(style);
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
  for (const element of document.querySelectorAll(".st-key-head, .st-key-legend, .st-key-notice")) {
    observer.observe(element);
  }
  measure();
}
