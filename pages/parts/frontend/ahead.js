/* What the reader is about to see, shown before the script has said it: a layer as its switch is
 * pressed, the panel of a zone as it is picked, another plan or day as it is chosen. What the script
 * says follows, and counts: if it says otherwise, or nothing in CONFIRMED_MS, that is shown. Only a
 * layer stays as its switch stands until then, or until the reader goes back.
 *
 * On territoryView the script says where all can be fetched, and for which plan, line and language
 * that holds (`of`; pages/parts/ahead.py): `panels`, and by the text of each choice the scenes of
 * other `plans`, `lines` and `days`.
 */
const CONFIRMED_MS = 5_000;
const CHOSEN_IN = { plan_picker: "plans", line_picker: "lines", line_slider: "days" };
const DAYS = ".st-key-line_slider, .st-key-line_picker";

function showAhead() {
  if (window.territoryAhead) return;
  window.territoryAhead = { at: null, panels: {}, panel: null, choice: null, awaited: null };
  document.addEventListener("click", pressLayer, { capture: true });
  window.addEventListener("popstate", takeLayersBack);
  window.addEventListener("territory-near", fetchPanels);
  window.addEventListener("territory-pick", ({ detail }) => showPanelAhead(detail));
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, tellOfDays);
  new MutationObserver((changes) => changes.forEach(hearChoice)).observe(document.body, {
    subtree: true, attributeFilter: ["aria-expanded", "aria-valuetext"], attributeOldValue: true,
  });
}

const tellMap = () => window.dispatchEvent(new CustomEvent("territory-view"));

/* Pointer or keyboard has come to a slider or list of days: the map fetches what it may need. */
function tellOfDays({ target }) {
  if (target.closest?.(DAYS)) window.dispatchEvent(new CustomEvent("territory-days"));
}

const keyOf = ({ plan, shapes, language }) => [plan, shapes.key, language].join(" ");

/* Whether what was said `of` some plan, line or language holds for what the map shows now. */
function holds(of) {
  const { scene } = window.territoryView;
  if (!of || !scene) return false;
  const shown = { plan: scene.plan, line: scene.shapes.key, language: scene.language };
  return Object.entries(of).every(([name, value]) => shown[name] === value);
}

/* A switch stops its click and tells of no change, which it makes right after. */
function pressLayer({ target }) {
  const place = target.closest?.(".st-key-layer_toggles [class*=st-key-layer_]");
  if (!place) return;
  const [, name] = place.className.match(/st-key-layer_(\w+)/);
  setTimeout(() => {
    const on = place.querySelector("input").checked;
    const others = (window.territoryView.layers ?? []).filter((layer) => layer !== name);
    window.territoryView.layers = on ? [...others, name] : others;
    if (!on) document.querySelector(".picture")?.remove(); // which has no layers
    tellMap();
  });
}

/* A reader who goes back may be there before the script has said anything of the layer left behind;
 * what it then says is what it said before, of which Streamlit makes no word. */
function takeLayersBack() {
  window.territoryView.layers = window.territoryView.toldLayers;
  tellMap();
}

/* Nothing where it cannot be had: the reader waits for the script then. */
async function fetched(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch (error) { // no network, or a proxy's own page
    console.warn(`${address}: ${error.message}`);
    return null;
  }
}

/* Once for each plan, line and language, when the pointer or the keyboard comes to the map. */
async function fetchPanels() {
  const ahead = window.territoryAhead;
  const at = window.territoryView.panels?.at;
  if (!at || ahead.at === at) return;
  Object.assign(ahead, { at, panels: {} });
  const panels = await fetched(at);
  if (ahead.at === at) Object.assign(ahead, panels ? { panels } : { at: null });
}

function showPanelAhead(picked) {
  const { territoryAhead: ahead, territoryView: view } = window;
  takeBack();
  const panel = ahead.at === view.panels?.at && holds(view.panels?.of) && ahead.panels[picked];
  const place = document.querySelector(".st-key-clause_panel [data-testid=stHtml]");
  if (!panel || !place || picked === view.answered?.picked) return;
  const said = { html: place.innerHTML, selected: view.selected };
  place.innerHTML = panel; // made by the same templates as what the script says
  place.closest(".st-key-clause_panel").scrollTop = 0;
  view.selected = { zones: [picked.replace("zone:", "")], place: null, bounds: null };
  const timer = setTimeout(doubtPanel, CONFIRMED_MS);
  ahead.panel = { picked, place, said, first: place.firstElementChild, timer };
}

/* Not confirmed in time: taken back, unless nobody is there who could have done so. */
function doubtPanel() {
  const { panel } = window.territoryAhead;
  if (!isThere()) {
    panel.timer = setTimeout(doubtPanel, CONFIRMED_MS);
    return;
  }
  takeBack();
  tellMap();
}

/* What the script said last stands again, unless it has said something else since. */
function takeBack() {
  const { territoryAhead: ahead, territoryView: view } = window;
  if (!ahead.panel) return;
  const { place, said, first, timer } = ahead.panel;
  clearTimeout(timer);
  ahead.panel = null;
  if (!first.isConnected) return;
  place.innerHTML = said.html;
  view.selected = said.selected;
}

/* The script has answered with the panel of `picked`. */
function confirmPanel({ picked }) {
  const { panel } = window.territoryAhead ?? {};
  if (!panel) return;
  if (panel.picked !== picked) takeBack();
  clearTimeout(panel.timer);
  window.territoryAhead.panel = null;
}

/* The reader has moved the slider, or has left the list of a picker with one of its texts. */
function hearChoice({ target, attributeName, oldValue }) {
  const now = target.getAttribute(attributeName);
  const widget = now === oldValue ? null : target.closest("[class*=st-key-]");
  const table = CHOSEN_IN[widget?.className.match(/st-key-(\w+)/)[1]];
  if (!table || target.tagName !== "INPUT" || target !== document.activeElement) return;
  const picker = attributeName === "aria-expanded";
  if (picker && now === "true") return;
  showSceneAhead(window.territoryView[table], picker ? target.getAttribute("value") : now);
}

async function showSceneAhead({ of, to } = {}, text) {
  const { territoryAhead: ahead, territoryView: view } = window;
  const choice = ahead.choice = { address: holds(of) ? to[text] : null };
  if (!choice.address) return;
  const scene = await fetched(choice.address);
  if (!scene || ahead.choice !== choice || keyOf(scene) === keyOf(view.scene)) return;
  const before = ahead.awaited ?? { passed: [], said: view.scene };
  clearTimeout(before.timer);
  const timer = setTimeout(giveUp, CONFIRMED_MS);
  ahead.awaited = { key: keyOf(scene), passed: [...before.passed, keyOf(view.scene)], said: before.said, timer };
  view.scene = scene;
  tellMap();
}

function giveUp() {
  const { territoryAhead: ahead, territoryView: view } = window;
  if (!isThere()) {
    ahead.awaited.timer = setTimeout(giveUp, CONFIRMED_MS);
    return;
  }
  view.scene = ahead.awaited.said;
  ahead.awaited = null;
  tellMap();
}

/* What the map is to show when the script says `scene`: just that, unless it is one that the reader
 * has gone on from and the script is still to come to where they are. */
function unlessPassed(scene) {
  const { territoryAhead: ahead, territoryView: view } = window;
  if (!ahead) return scene;
  const { awaited } = ahead;
  if (awaited && keyOf(scene) !== awaited.key && awaited.passed.includes(keyOf(scene))) {
    awaited.said = scene;
    return view.scene;
  }
  clearTimeout(awaited?.timer);
  ahead.awaited = null;
  // What is on its way comes too late where the script says something new, and only there.
  if (!view.scene || keyOf(scene) !== keyOf(view.scene)) ahead.choice = null;
  return scene;
}
