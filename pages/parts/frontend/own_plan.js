/* Keeps a reader's own plan in this browser, and hands it to the script when a page is opened.
 *
 * `data`: session (of the script), text (null: the script has none yet), before (a plan that a link's
 * put aside), asked (the script has heard what was kept here), awaited (it waits for that), forget
 * (the reader wants it gone).
 * Reports `found` {link, kept, before} once a session, and `link` again when only that changes.
 */
const KEPT = "terms-of-territory.own-plan";
const BEFORE = "terms-of-territory.own-plan-before";
const LONGEST = 100_000; // characters of a link that are passed on; the script says what is too long

export default function ({ data, setTriggerValue }) {
  const report = (found) => setTriggerValue("found", found);
  window.keepOwnPlan = (text) => keep(KEPT, text);
  window.ownPlanHeard?.abort();
  window.ownPlanHeard = new AbortController();
  const heard = { signal: window.ownPlanHeard.signal };
  window.addEventListener("hashchange", () => linked() && report({ link: takeLink() }), heard);
  document.addEventListener("keydown", undoByKey, heard);
  if (window.ownPlanSession !== data.session) {
    window.ownPlanSession = data.session;
    const found = { link: takeLink(), kept: kept(KEPT), before: kept(BEFORE) };
    window.ownPlanNothing = Object.values(found).every((text) => text === null);
    if (!window.ownPlanNothing || data.awaited) report(found);
    return;
  }
  if (!data.asked && !window.ownPlanNothing) return;
  if (data.forget) [KEPT, BEFORE].forEach((name) => keep(name, null));
  if (data.text === window.ownPlanTyped) window.ownPlanTyped = undefined;
  const editing = document.activeElement?.closest?.(".plan-text");
  const typedSince = editing && window.ownPlanTyped !== undefined;
  if (data.text !== null && !typedSince) keep(KEPT, data.text);
  if (!data.forget) keep(BEFORE, data.before);
}

const linked = () => location.hash.startsWith("#own=");

/* The plan in the address; it is taken out of there, or it would come back over later changes. */
function takeLink() {
  if (!linked()) return null;
  const letters = location.hash.slice("#own=".length, LONGEST);
  history.replaceState(history.state, "", location.pathname + location.search);
  return letters;
}

function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(name, text) {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // no room, or a browser that keeps nothing: the plan lives as long as the page
  }
}

/* Outside of text fields, which undo what is typed into them. */
function undoByKey(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const undo = key === "z" && !event.shiftKey;
  if (!undo && !(key === "y" || (key === "z" && event.shiftKey))) return;
  if (document.activeElement?.closest?.("input, textarea, select, [contenteditable=true]")) return;
  const buttons = document.querySelectorAll(`.st-key-plan_${undo ? "undo" : "redo"} button:not(:disabled)`);
  const button = [...buttons].find((each) => each.offsetParent);
  if (!button) return;
  event.preventDefault();
  button.click();
}
