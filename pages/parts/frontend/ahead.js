/* What the reader is about to see, shown before the script has said it: a layer as its switch is
 * pressed, the panel of a zone as it is picked, another plan or day as it is chosen. What the script
 * says follows, and stays.
 *
 * On territoryView the script says where it can be fetched (pages/parts/ahead.py): `panels` of all
 * zones, and by the text of each choice the scenes of other `plans`, `lines` and `days`.
 */
const CONFIRMED_MS = 10_000;
const CHOSEN_IN = { plan_picker: "plans", line_picker: "lines", line_slider: "days" };

function showAhead() {
  if (window.territoryAhead) return;
  window.territoryAhead = { address: null, panels: {}, shown: null, awaited: null };
  document.addEventListener("click", showLayersAhead, { capture: true });
  window.addEventListener("territory-near", fetchPanels);
  window.addEventListener("territory-pick", ({ detail }) => showPanelAhead(detail));
  new MutationObserver((changes) => changes.forEach(showSceneAhead)).observe(document.body, {
    subtree: true, attributeFilter: ["value", "aria-valuetext"], attributeOldValue: true,
  });
}

const tellMap = () => window.dispatchEvent(new CustomEvent("territory-view"));

/* A switch that is pressed stops its click and tells of no change, which it makes right after. */
function showLayersAhead({ target }) {
  const legend = target.closest?.(".st-key-layer_toggles");
  if (!legend) return;
  const nameOf = (box) => box.closest("[class*=st-key-layer_]").className.match(/st-key-layer_(\w+)/)[1];
  setTimeout(() => {
    window.territoryView.layers = [...legend.querySelectorAll("input:checked")].map(nameOf);
    tellMap();
  });
}

/* Nothing where it cannot be had: the reader waits for the script then. */
async function fetched(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/* Once for each plan, line and language, when the pointer comes to the map. */
async function fetchPanels() {
  const ahead = window.territoryAhead;
  const address = window.territoryView.panels;
  if (!address || ahead.address === address) return;
  Object.assign(ahead, { address, panels: {} });
  const panels = await fetched(address);
  if (ahead.address === address) Object.assign(ahead, panels ? { panels } : { address: null });
}

function showPanelAhead(picked) {
  const { address, panels, shown } = window.territoryAhead;
  const place = document.querySelector(".st-key-clause_panel [data-testid=stHtml]");
  const panel = window.territoryView.panels === address && panels[picked];
  if (!place || !panel) return;
  const said = shown?.first.isConnected ? shown.said : place.innerHTML;
  place.innerHTML = panel; // made by our templates, as what the script says
  const now = { said, first: place.firstElementChild };
  window.territoryAhead.shown = now;
  // If the script has said nothing else by then, what it said before stands.
  setTimeout(() => { if (now.first.isConnected) place.innerHTML = now.said; }, CONFIRMED_MS);
}

/* The text of a picker or of the slider has changed to one of its choices. */
async function showSceneAhead({ target, attributeName, oldValue }) {
  const text = target.getAttribute(attributeName);
  const key = text !== oldValue && target.closest("[class*=st-key-]")?.className.match(/st-key-(\w+)/)[1];
  const address = window.territoryView[CHOSEN_IN[key]]?.[text];
  if (!address) return;
  const ahead = window.territoryAhead;
  ahead.choice = address;
  const scene = await fetched(address);
  if (!scene || ahead.choice !== address) return;
  const awaited = ahead.awaited = { scene, said: ahead.awaited?.said ?? window.territoryView.scene };
  window.territoryView.scene = scene;
  tellMap();
  setTimeout(() => {
    if (ahead.awaited !== awaited) return;
    window.territoryView.scene = awaited.said;
    ahead.awaited = null;
    tellMap();
  }, CONFIRMED_MS);
}

/* What the map is to show when the script says `scene`: what was shown ahead, until the script has
 * come to it. */
function unlessAwaited(scene) {
  const ahead = window.territoryAhead;
  const same = ({ plan, digest, language, shapes }) => [plan, digest, language, shapes.key].join();
  if (!ahead?.awaited) return scene;
  if (same(ahead.awaited.scene) === same(scene)) {
    ahead.awaited = null;
    return scene;
  }
  ahead.awaited.said = scene;
  return ahead.awaited.scene;
}
