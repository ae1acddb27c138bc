/* The stop-watch: put into every page before its own scripts run, used by benchmarks/browser.py.
 *
 * A test is a function (page, map) of two documents: the page's, and the map's (the page's own,
 * where the map has no frame; null while the frame is not there). Tests are tried at the start of each frame; one that holds saw what
 * that frame is about to draw, and its time is taken in the first task after the frame was drawn,
 * ahead of whatever else waits by then.
 * Page and map share one process, one frame and so one clock; times are milliseconds since the
 * page's navigation began.
 */
(() => {
  if (window !== window.top || window.bench) return;

  const MAP = "%MAP%"; // the selector of the map's frame, empty if there is none
  const LONGEST = 60_000;
  let frames = 0;
  let running = null;
  let result = null;

  const mapDocument = () => (MAP ? document.querySelector(MAP)?.contentDocument ?? null : document);
  const after = (work) => scheduler.postTask(work, { priority: "user-blocking" });

  function eachFrame() {
    requestAnimationFrame(eachFrame);
    frames += 1;
    running?.look(mapDocument());
  }
  requestAnimationFrame(eachFrame);

  /* One measurement, from its beginning, {at, frame}, until every test has held. However it ends,
   * nothing of it stays: no timer, no listener, no test. `result` gives {name: {ms, frames}}. */
  class StopWatch {
    constructor(tests, began = null) {
      this.began = began;
      this.waiting = new Map(Object.entries(tests));
      this.ends = {};
      this.toShow = this.waiting.size;
      this.listening = new AbortController();
      this.result = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
      this.result.catch(() => {}); // whoever asks for the result is told
      this.timer = setTimeout(
        () => this.fail(`${[...this.waiting.keys()].join(", ")} not shown within a minute`), LONGEST);
    }

    /* At the start of a frame: which tests hold for what it is about to draw? */
    look(map) {
      const drawn = [...this.waiting.keys()].filter((name) => this.holds(name, map));
      if (!drawn.length) return;
      if (!this.began) {
        this.fail(`${drawn.join(", ")} already shown before the event`);
        return;
      }
      const frame = frames;
      for (const name of drawn) this.waiting.delete(name);
      after(() => this.shown(drawn, performance.now(), frame));
    }

    /* Whether a test holds; one that throws ends the measurement and is told. */
    holds(name, map) {
      try {
        return this.waiting.get(name)?.(document, map);
      } catch (error) {
        this.fail(`the test of ${name} failed: ${error.message}`);
        return false;
      }
    }

    shown(names, at, frame) {
      if (this.over()) return;
      for (const name of names) {
        this.ends[name] = { ms: at - this.began.at, frames: frame - this.began.frame };
      }
      if (Object.keys(this.ends).length < this.toShow) return;
      this.resolve(this.ends);
      this.stop();
    }

    fail(said) {
      this.reject(new Error(said));
      this.stop();
    }

    over() {
      return this.listening.signal.aborted;
    }

    stop() {
      clearTimeout(this.timer);
      this.listening.abort();
      this.waiting.clear();
      if (running === this) running = null;
    }
  }

  function start(watch) {
    running?.fail("another measurement began");
    running = watch;
    result = watch.result;
  }

  window.bench = {
    /* For a page that is just opening: what has to be shown. */
    load(tests) {
      start(new StopWatch(tests, { at: 0, frame: 0 }));
    },

    /* From the next event of one type, in page or map, to what has to be shown; what is shown
     * already, or comes before the event, is no answer to it. */
    begin(type, tests) {
      const watch = new StopWatch(tests);
      start(watch);
      for (const here of new Set([window, mapDocument()?.defaultView ?? window])) {
        const ahead = here.performance.timeOrigin - performance.timeOrigin;
        here.addEventListener(type, ({ timeStamp }) => {
          watch.began ??= { at: timeStamp + ahead, frame: frames };
        }, { capture: true, once: true, signal: watch.listening.signal });
      }
      watch.look(mapDocument());
      return watch.over() ? watch.result : null;
    },

    result: () => result,

    /* Resolves when neither document has changed for so long. */
    quiet: (ms) => new Promise((resolve, reject) => {
      let timer = null;
      const observer = new MutationObserver(() => wait());
      const end = (how) => {
        observer.disconnect();
        clearTimeout(timer);
        clearTimeout(longest);
        how();
      };
      const longest = setTimeout(
        () => end(() => reject(new Error("the page changed for a whole minute"))), LONGEST);
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => end(resolve), ms);
      };
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
