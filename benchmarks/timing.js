/* The stop-watch: put into every page before its own scripts run, used by benchmarks/browser.py.
 *
 * A test is a function (page, map) of two documents: the page's, and the map's (the page's own,
 * where the map has no frame). Tests are tried at the start of each frame; one that holds saw what
 * that frame is about to draw, and its time is taken in the first task after the frame was drawn,
 * ahead of whatever else waits by then.
 * Page and map share one process, one frame and so one clock; times are milliseconds since the
 * page's navigation began.
 */
(() => {
  if (window !== window.top || window.bench) return;

  const MAP = "%MAP%"; // the selector of the map's frame, empty if there is none
  const LONGEST = 60_000;
  const waiting = new Set();
  let frames = 0;

  const mapDocument = () => (MAP ? document.querySelector(MAP)?.contentDocument ?? null : document);
  const after = (work) => scheduler.postTask(work, { priority: "user-blocking" });

  function eachFrame() {
    requestAnimationFrame(eachFrame);
    frames += 1;
    const map = mapDocument();
    const drawn = [...waiting].filter(({ test }) => map && test(document, map));
    if (!drawn.length) return;
    const frame = frames;
    for (const watch of drawn) waiting.delete(watch);
    after(() => drawn.forEach(({ resolve }) => resolve({ at: performance.now(), frame })));
  }
  requestAnimationFrame(eachFrame);

  /* When the frame that shows it was drawn: {at, frame}. */
  const shown = (name, test) => new Promise((resolve, reject) => {
    waiting.add({ test, resolve });
    setTimeout(() => reject(new Error(`${name} was not shown within a minute`)), LONGEST);
  });

  const all = async (tests) => Object.fromEntries(await Promise.all(
    Object.entries(tests).map(async ([name, test]) => [name, await shown(name, test)])));

  let started = null;
  let results = null;

  window.bench = {
    /* For a page that is just opening: what has to be shown. */
    load(tests) {
      results = all(tests).then((ends) =>
        Object.fromEntries(Object.entries(ends).map(([name, { at }]) => [name, { ms: at }])));
      results.catch(() => {}); // whoever asks for the result is told
    },

    /* From the next event of one type, in page or map, to what has to be shown. */
    begin(type, tests) {
      started = null;
      const windows = new Set([window, mapDocument()?.defaultView ?? window]);
      for (const here of windows) {
        const ahead = here.performance.timeOrigin - performance.timeOrigin;
        here.addEventListener(type, ({ timeStamp }) => {
          started ??= { at: timeStamp + ahead, frame: frames };
        }, { capture: true, once: true });
      }
      results = all(tests).then((ends) =>
        Object.fromEntries(Object.entries(ends).map(([name, { at, frame }]) =>
          [name, { ms: at - started.at, frames: frame - started.frame }])));
      results.catch(() => {});
    },

    result: () => results,

    /* Resolves when neither document has changed for so long. */
    quiet: (ms) => new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("the page changed for a whole minute")), LONGEST);
      const observer = new MutationObserver(() => wait());
      const end = () => { observer.disconnect(); resolve(); };
      let timer = null;
      const wait = () => { clearTimeout(timer); timer = setTimeout(end, ms); };
      for (const place of new Set([document, mapDocument() ?? document])) {
        observer.observe(place, { subtree: true, childList: true, attributes: true, characterData: true });
      }
      wait();
    }),

    /* Resolves when so many frames more are drawn: the pointer has arrived, hover is shown. */
    frames: (count) => new Promise((resolve) => {
      const end = frames + count;
      const look = () => (frames >= end ? resolve() : requestAnimationFrame(look));
      look();
    }),

    /* A point of the page where a path of the map itself is on top: [x, y]. */
    pointOn(selector) {
      const map = mapDocument();
      const path = map.querySelector(selector);
      const box = path.getBoundingClientRect();
      const [dx, dy] = offset();
      for (let i = 1; i < 30; i += 1) for (let j = 1; j < 30; j += 1) {
        const [x, y] = [box.left + (box.width * i) / 30, box.top + (box.height * j) / 30];
        if (map.elementFromPoint(x, y) === path) return [x + dx, y + dy];
      }
      throw new Error(`${selector} is nowhere on top`);
    },

    /* Where the map shows a path: a camera that is kept shows it at the same place. */
    boxOf(selector) {
      const box = mapDocument().querySelector(selector).getBoundingClientRect();
      return [box.left, box.top, box.width, box.height];
    },

    zoomIn() {
      mapDocument().querySelector(".leaflet-control-zoom-in").click();
    },
  };

  const offset = () => {
    if (!MAP) return [0, 0];
    const { left, top } = document.querySelector(MAP).getBoundingClientRect();
    return [left, top];
  };

  window.bench.load(/*LOAD*/ {});
})();
