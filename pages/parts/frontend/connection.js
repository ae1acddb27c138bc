/* While the server is not there, the page says so, and what the reader picks meanwhile waits for it;
 * what they had picked just before and was not answered too. Streamlit's own dialog, which lies over
 * the page and speaks to developers, is closed.
 *
 * Streamlit has no public sign of a connection but its attributes for tests; without them nothing is
 * said and nothing waits.
 */
const LOST_AFTER_MS = 2_000; // a page that is only handed on to another process is back before
const REST_MS = 1_000; // a page that comes to another process is made anew there first

function watchConnection(words) {
  if (window.territoryConnection) {
    if (words) window.territoryConnection.words = words;
    return;
  }
  const app = document.querySelector(".stApp");
  if (!app) return;
  window.territoryConnection = { app, words, there: true, unanswered: null, waiting: null };
  new MutationObserver(followServer).observe(app, { attributeFilter: ["data-test-connection-state"] });
  new MutationObserver(closeDialog).observe(document.body, { childList: true });
  window.addEventListener("territory-pick", ({ detail }) => waitForAnswer(detail));
}

const isThere = () => window.territoryConnection?.there ?? true;

function followServer() {
  const connection = window.territoryConnection;
  const there = connection.app.dataset.testConnectionState === "CONNECTED";
  if (there === connection.there) return;
  connection.there = there;
  clearTimeout(connection.timer);
  if (there) {
    document.querySelector(".connection-lost")?.remove();
    sayWhenAtRest(Date.now());
  } else {
    connection.waiting = connection.unanswered ?? connection.waiting;
    connection.timer = setTimeout(sayItIsLost, LOST_AFTER_MS);
  }
}

function closeDialog() {
  if (!isThere()) document.querySelector(".stDialog [aria-label=Close]")?.click();
}

function sayItIsLost() {
  const told = document.createElement("p");
  told.className = "connection-lost";
  told.setAttribute("role", "status");
  document.body.append(told);
  told.textContent = window.territoryConnection.words; // put in last, or it is not read out
}

function waitForAnswer(picked) {
  const connection = window.territoryConnection;
  if (!connection || !window.territoryView.answered) return;
  connection.unanswered = picked;
  // While a word waits, a newer one takes its place: a page that has only just come back may lose it.
  if (!connection.there || connection.waiting) connection.waiting = picked;
}

function isAnswered() {
  if (window.territoryConnection) window.territoryConnection.unanswered = null;
}

function sayWhenAtRest(since) {
  const connection = window.territoryConnection;
  if (!connection.there || !connection.waiting) return;
  const resting = connection.app.dataset.testScriptState === "notRunning";
  const from = resting ? since : Date.now();
  if (Date.now() - from < REST_MS) {
    connection.timer = setTimeout(sayWhenAtRest, 100, from);
    return;
  }
  const picked = connection.waiting;
  connection.waiting = null;
  if (!document.querySelector(".st-key-clause_panel")) return; // the reader has gone to another page
  window.dispatchEvent(new CustomEvent("territory-pick", { detail: picked }));
}
