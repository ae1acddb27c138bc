/* What the reader is about to see, shown before the script has said it: a layer as its switch is
 * pressed, the panel of a zone as it is picked. What the script says follows, and stays.
 *
 * `territoryView.panels` is where the panels of all zones can be fetched (serving/panels.py).
 */
const CONFIRMED_MS = 10_000;

function showAhead() {
  if (window.territoryAhead) return;
  window.territoryAhead = { address: null, panels: {}, shown: null };
  document.addEventListener("change", showLayersAhead);
  window.addEventListener("territory-near", fetchPanels);
  window.addEventListener("territory-pick", ({ detail }) => showPanelAhead(detail));
}

function showLayersAhead({ target }) {
  const legend = target.closest?.(".st-key-layer_toggles");
  if (!legend) return;
  const nameOf = (box) => box.closest("[class*=st-key-layer_]").className.match(/st-key-layer_(\w+)/)[1];
  window.territoryView.layers = [...legend.querySelectorAll("input:checked")].map(nameOf);
  window.dispatchEvent(new CustomEvent("territory-view"));
}

/* Once for each plan, line and language, when the pointer comes to the map. */
async function fetchPanels() {
  const ahead = window.territoryAhead;
  const address = window.territoryView.panels;
  if (ahead.address === address) return;
  ahead.address = address;
  ahead.panels = {};
  if (!address) return;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const panels = await answer.json();
    if (ahead.address === address) ahead.panels = panels;
  } catch {
    ahead.address = null; // a pick waits for the script then, and the next approach asks again
  }
}

function showPanelAhead(picked) {
  const { panels, shown } = window.territoryAhead;
  const place = document.querySelector(".st-key-clause_panel [data-testid=stHtml]");
  const panel = window.territoryView.panels === window.territoryAhead.address && panels[picked];
  if (!place || !panel) return;
  const said = shown?.first.isConnected ? shown.said : place.innerHTML;
  place.innerHTML = panel; // made by our templates, as what the script says
  const now = { said, first: place.firstElementChild };
  window.territoryAhead.shown = now;
  setTimeout(() => withdraw(place, now), CONFIRMED_MS);
}

/* The script has said nothing else since: then what it said before stands. */
function withdraw(place, { said, first }) {
  if (first.isConnected) place.innerHTML = said;
}
