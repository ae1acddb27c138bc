/* Keeps a reader's own plan in this browser, and hands it to the script when a page is opened.
 *
 * `data`: session (of the script), text (null: the script has none), sound (its last sound state), changes (how often this session
 * changed it; 0: it is not this session's to keep), left (the browser has a newer one, too long for
 * the script), longest (characters that the script takes), before (a plan that a link's put aside),
 * moves (how often this session set or dropped that), asked (the script has heard what was kept
 * here), awaited (it waits for that), carries (it got what it knew itself: the connection broke, the session did not).
 * Reports `found` {link, kept, sound, long, before} once a session, and `link` again when only that changes;
 * `long` is the length of a kept text that is too long. While there is no connection it puts what the next
 * session needs at once into the state `carried` {kept, sound, before, pins}, null again once the script has it;
 * `woken` means nothing.
 */
const KEPT = "terms-of-territory.own-plan";
const SOUND = "terms-of-territory.own-plan-sound";
const BEFORE = "terms-of-territory.own-plan-before";
const LONGEST = 100_000; // characters of a link that are passed on; the script says what is too long

export default function ({ data, setStateValue, setTriggerValue }) {
  const report = (found) => setTriggerValue("found", found);
  window.keepOwnPlan = (text) => keep(KEPT, text);
  window.readOwnPlan = () => kept(KEPT);
  clearTimeout(window.ownPlanWaits);
  window.ownPlanHeard?.abort();
  window.ownPlanHeard = new AbortController();
  const forgetCarried = () => {
    if (window.ownPlanCarries) setStateValue("carried", null);
    window.ownPlanCarries = false;
  };
  const heard = { signal: window.ownPlanHeard.signal };
  window.addEventListener("hashchange", () => linked() && report({ link: takeLink() }), heard);
  document.addEventListener("keydown", undoByKey, heard);
  followConnection(
    () => setStateValue("carried", whatIsCarried(data.longest)),
    () => setTriggerValue("woken", true),
  );
  if (window.ownPlanSession !== data.session) {
    window.ownPlanSession = data.session;
    window.ownPlanChanges = window.ownPlanMoves = 0;
    forgetCarried();
    const text = kept(KEPT);
    const long = text !== null && text.length > data.longest ? text.length : null;
    const found = { link: takeLink(), kept: long ? null : text, long, sound: kept(SOUND),
                    before: fitting(BEFORE, data.longest) };
    window.ownPlanNothing = [found.link, text, found.before].every((value) => value === null);
    if (!window.ownPlanNothing || data.awaited) report(found);
    // The page stays empty until this is heard, and a server that comes or goes may not have heard it.
    if (data.awaited) reportAgain(report, found, 3_000);
    return;
  }
  if (data.carries) forgetCarried(); // or every further request would send it again
  if (!data.asked && !window.ownPlanNothing) return;
  keepText(data);
  if (data.moves !== window.ownPlanMoves) {
    keep(BEFORE, data.before);
    window.ownPlanMoves = data.moves;
  }
}

/* Less and less often: each report ends the run that is under way, which may only need its time. */
function reportAgain(report, found, wait) {
  window.ownPlanWaits = setTimeout(() => {
    report(found);
    reportAgain(report, found, Math.min(2 * wait, 60_000));
  }, wait);
}

/* The server that had this session may be gone, and the page comes to another one, which knows nothing
 * of it. Streamlit asks that one for a whole page only if it had not got one last; else the next click
 * would wake a part of a page that was never made there.
 * The two attributes are Streamlit's own, for its tests; it has no public sign of a connection. */
function followConnection(lost, idle) {
  const app = document.querySelector(".stApp");
  const connected = () => app.dataset.testConnectionState === "CONNECTED";
  let before = connected();
  window.ownPlanFollows?.disconnect();
  window.ownPlanFollows = new MutationObserver(() => {
    if (connected() === before) return;
    before = !before;
    if (!before) lost();
    else if (app.dataset.testScriptState === "notRunning") idle();
  });
  window.ownPlanFollows.observe(app, { attributeFilter: ["data-test-connection-state"] });
}

/* What a session knows that no link says; null if there is nothing. It goes along with the first request. */
function whatIsCarried(longest) {
  const text = fitting(KEPT, longest);
  const carried = { kept: text, sound: text === null ? null : kept(SOUND), before: fitting(BEFORE, longest),
                    pins: window.territoryView?.pins ?? null };
  window.ownPlanCarries = Object.values(carried).some((value) => value !== null);
  return window.ownPlanCarries ? carried : null;
}

/* What this session changed, and nothing else: another tab may have written since. */
function keepText({ text, sound, changes, left }) {
  if (text === window.ownPlanTyped) window.ownPlanTyped = undefined;
  const editing = document.activeElement?.closest?.(".plan-text");
  const typedSince = editing && window.ownPlanTyped !== undefined;
  if (left || typedSince || changes === window.ownPlanChanges) return;
  keep(KEPT, text);
  keep(SOUND, text === null ? null : sound);
  window.ownPlanChanges = changes;
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

/* What is kept, if the script would take that much. */
function fitting(name, longest) {
  const text = kept(name);
  return text !== null && text.length <= longest ? text : null;
}

/* Whether there was room for it. */
function keep(name, text) {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
    return true;
  } catch {
    return false; // no room, or a browser that keeps nothing: the plan lives as long as the page
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
