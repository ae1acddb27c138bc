/* The map inside its frame: draws the served GeoJSON once, then follows the page.
 *
 * It talks with the page through five events on the page's window and one object there:
 *   territory-pick   from here: the reader picked something ("zone:UA-14-ukraine", "place:dnipro";
 *                    where the page asks for points, "point:48.59,38.00")
 *   territory-near   from here: the pointer, or the keyboard, has come to the map
 *   territory-view   to here: territoryView changed
 *   territory-days   to here: the reader has come to where another day can be chosen
 *   territory-show   to here: bring what is selected into view
 *   territoryView    { layers, selected: {zones, place, point, bounds}, points, theme,
 *                      scene: {plan, shapes, zones, language, words, …} }
 * Two maps side by side (options.side is "left" or "right") each have a part of their own in it:
 *   sides, selections, same   { left, right }: scenes, what is selected, zones to wash out
 * and keep the same camera, hover and selection by territory-camera, territory-hover and
 * territory-pick; the one that the reader touched last leads (territoryLeader).
 * Nothing that happens here makes the page's script run except a pick.
 * Texts are set as text, never as HTML.
 */
window.territoryMap = (function () {
  "use strict";

  const page = window.parent;
  const PANES = ["outside", "land", "zones", "change", "water", "outlines", "selection", "border",
                 "band", "line", "sites"];
  const DEPTH = { LineString: 0, MultiLineString: 1, Polygon: 1, MultiPolygon: 2 };
  const SVG = "http://www.w3.org/2000/svg";
  const cache = new Map();

  const latLngs = (geometry) =>
    L.GeoJSON.coordsToLatLngs(geometry.coordinates, DEPTH[geometry.type]);

  function fetchJson(url) {
    if (!cache.has(url)) {
      const loaded = fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
        if (!url.includes(".gz?")) return answer.json();
        return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
      });
      loaded.catch(() => cache.delete(url));
      cache.set(url, loaded);
    }
    return cache.get(url);
  }

  /* The borders between territories: whatever a later outline shares with an earlier one. */
  function sharedBorders(outlines) {
    const seen = new Set();
    const borders = [];
    const rings = outlines.flatMap((shape) => (shape[0][0] instanceof L.LatLng ? shape : shape.flat()));
    for (const ring of rings) {
      let run = [];
      for (let i = 1; i < ring.length; i += 1) {
        const step = [ring[i - 1], ring[i]];
        const key = step.map(({ lat, lng }) => `${lat} ${lng}`).sort().join();
        if (!seen.has(key)) {
          seen.add(key);
          run = [];
        } else if (run.length) {
          run.push(ring[i]);
        } else {
          run = step;
          borders.push(run);
        }
      }
    }
    return borders;
  }

  class TerritoryMap {
    constructor(map, options) {
      this.map = map;
      this.options = options;
      this.level = "overview"; // the shapes that are drawn: coarse, or true ones
      this.twins = []; // layers with a shape for each level: {layer, overview, detail}
      this.zones = new Map(); // zone id -> {layer, properties}
      this.renderers = {};
      map.attributionControl.setPrefix(false);
      PANES.forEach((name, order) => {
        map.createPane(name).style.zIndex = 300 + 10 * order;
        this.renderers[name] = L.svg({ pane: name, padding: 0.4 });
      });
      this.addWholeCountryButton();
      this.labels = new Labels(map);
      this.selection = ["selection-casing", "selection-edge"].map((name) =>
        this.path(L.polygon, [], "selection", name));
      this.hover = this.path(L.polygon, [], "selection", "hover-edge");
      this.chosen = { zones: [], place: null };
      map.setMaxZoom(options.maxZoom);
      // Leaflet focuses the map when it is pressed; a page that scrolls then moves it away.
      const container = map.getContainer();
      container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
      drawColours(options.statuses, options.neutrals);
      adoptFonts();
      this.listen();
      this.fit();
    }

    /* Do something that may have to wait for a file; what goes wrong is told on the map. */
    async attempt(work) {
      try {
        await work();
        this.map.getContainer().querySelector(".map-error")?.remove();
      } catch (error) {
        page.document.querySelector(".picture")?.remove(); // it would hide what is said now
        const container = this.map.getContainer();
        const message = container.querySelector(".map-error")
          ?? container.appendChild(Object.assign(document.createElement("p"), { className: "map-error" }));
        message.textContent = this.words ? this.words.failed.replace("{reason}", error.message) : error.message;
      }
    }

    path(make, shape, pane, className, more = {}) {
      return make(shape, {
        pane, className, renderer: this.renderers[pane], interactive: false, smoothFactor: 0,
        noClip: false, fill: make === L.polygon, weight: 1, ...more,
      }).addTo(this.map);
    }

    /* What the page says to this map. */
    get view() {
      const { side } = this.options;
      const said = page.territoryView;
      if (!side || !said) return said;
      const { sides, selections, same } = said;
      return { ...said, points: false, preview: null, scene: sides?.[side],
               selected: selections?.[side], same: same?.[side] };
    }

    /* The whole country, or on a narrow screen its south-east; the reader's own view if they had one. */
    fit() {
      if (this.printing) return;
      this.endMoves();
      this.moved = false;
      this.steadily(() => {
        const camera = page.territoryCamera;
        const { bounds, narrowBounds, room, narrowRoom } = this.options;
        const narrow = this.map.getContainer().clientWidth < this.options.narrowBelow;
        this.map.setMinZoom(0); // one above the present zoom would set off a zoom of its own
        // Anew: else less than a pixel is no way to go, and two maps would stand that far apart.
        if (camera) this.map.setView(camera.center, camera.zoom, { animate: false, reset: true });
        else this.map.fitBounds(narrow ? narrowBounds : bounds,
                                { animate: false, padding: narrow ? narrowRoom : room });
        this.map.setMinZoom(this.map.getBoundsZoom(bounds) - 0.5);
      });
    }

    /* End what the reader's last move still does, as theirs: the end of a zoom would else come after
     * the next move and undo it, and a glide that is cut short would be neither kept nor led. */
    endMoves() {
      this.map._onZoomTransitionEnd(); // no zoom is ended by stop(), which also tells of moves that are none
      this.map._stop();
    }

    /* Move at once, in a container that may have a new size, without sliding back into the map's
     * bounds meanwhile. */
    steadily(move) {
      const limits = this.map.options.maxBounds;
      this.fitting = true;
      this.map.setMaxBounds(null).invalidateSize({ animate: false });
      move();
      this.map.setMaxBounds(limits);
      this.fitting = false;
    }

    /* Under + and −: back to where the map began. */
    addWholeCountryButton() {
      const bar = this.map.getContainer().querySelector(".leaflet-control-zoom");
      const button = L.DomUtil.create("a", "whole-country", bar);
      button.href = "#";
      button.setAttribute("role", "button");
      L.DomEvent.disableClickPropagation(button).on(button, "click", (event) => {
        L.DomEvent.preventDefault(event);
        this.endMoves();
        this.moved = false;
        page.territoryCamera = null;
        this.fit();
        this.lead({ settled: true });
      });
    }

    /* On paper the map has another size (page.css), and shows what the screen showed. */
    print(on) {
      this.endMoves();
      const bounds = this.map.getBounds();
      this.printing = on;
      page.document.documentElement.classList.toggle("printing", on);
      if (on) this.steadily(() => this.map.fitBounds(bounds.pad(-0.17), { animate: false }));
      else this.fit();
    }

    /* Bring what is selected into view, as near as the map has detail for. */
    showSelected() {
      const layers = this.chosen.zones.map((zone) => this.zones.get(zone).layer);
      const bounds = L.latLngBounds(layers.flatMap((layer) => layer.getBounds()));
      if (!bounds.isValid()) return;
      this.moved = true;
      this.map.fitBounds(bounds.pad(0.15), { maxZoom: 10, animate: false });
    }

    listen() {
      const heard = {
        "territory-view": () => this.attempt(() => this.follow()),
        "territory-days": () => this.prefetchDays(),
        "territory-show": () => this.showSelected(),
        beforeprint: () => this.print(true),
        afterprint: () => this.print(false),
      };
      if (this.options.side) Object.assign(heard, this.pairedEvents());
      for (const [name, hear] of Object.entries(heard)) page.addEventListener(name, hear);
      window.addEventListener("pagehide", () => {
        for (const [name, hear] of Object.entries(heard)) page.removeEventListener(name, hear);
      });
      this.map.on("zoomend", () => this.attempt(() => this.setLevel()));
      this.map.on("moveend", () => this.remember());
      // A fit may come after the reader's hand and before what it does.
      this.map.on("zoomstart drag", () => { if (!this.fitting) this.moved = true; });
      for (const name of ["pointerdown", "wheel", "keydown"]) {
        this.map.getContainer().addEventListener(name, () => {
          this.moved = true;
          page.territoryLeader = this.options.side;
        }, { capture: true, passive: true });
      }
      for (const name of ["pointerenter", "focusin"]) {
        this.map.getContainer().addEventListener(name, () =>
          page.dispatchEvent(new CustomEvent("territory-near")));
      }
      this.map.on("click", (event) => { if (this.view?.points) this.pickPoint(event.latlng); });
      if (window.matchMedia("(pointer: coarse)").matches) this.map.dragging.disable();
      new ResizeObserver(() => this.fit()).observe(this.map.getContainer());
    }

    /* What the other one of two maps says, and what this one says to it. */
    pairedEvents() {
      this.map.options.maxBoundsViscosity = 1; // or the other would be pulled back meanwhile
      this.map.on("move", () => this.lead());
      this.map.on("moveend", () => this.lead({ settled: true }));
      this.map.on("zoomanim", ({ center, zoom }) => {
        this.zooming = true;
        this.lead({ center, zoom, animate: true });
      });
      this.map.on("zoomend", () => this.endZoom());
      const fromOther = (hear) => ({ detail }) => { if (detail.side !== this.options.side) hear(detail); };
      return {
        "territory-camera": fromOther((camera) => this.goAlong(camera)),
        "territory-hover": fromOther(({ zone }) => this.hoverOver(zone)),
        "territory-pick": ({ detail }) => this.selectAlong(detail),
      };
    }

    /* The other map shows at once what this one shows, while the reader moves this one. */
    lead({ center = this.map.getCenter(), zoom = this.map.getZoom(), ...how } = {}) {
      const { side } = this.options;
      if (!side || this.fitting || page.territoryLeader !== side) return;
      const detail = { side, center: [center.lat, center.lng], zoom, ...how };
      page.dispatchEvent(new CustomEvent("territory-camera", { detail }));
    }

    /* While the other one is moved, whole pixels will do; in the end both are exactly the same. */
    goAlong({ center, zoom, animate = false, settled = false }) {
      this.wanted = { center, zoom, settled: true };
      if (this.zooming) return; // when that ends, what is wanted then comes
      const now = this.map.getCenter();
      const there = now.lat === center[0] && now.lng === center[1] && this.map.getZoom() === zoom;
      if (!there) this.map.setView(center, zoom, { animate, reset: settled });
    }

    endZoom() {
      this.zooming = false;
      if (this.wanted && page.territoryLeader !== this.options.side) this.goAlong(this.wanted);
    }

    selectAlong(id) {
      const [kind, name] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
      if (kind === "zone") this.select({ zones: this.landOf(name), place: null });
      if (kind === "place") this.select({ zones: [], place: name });
    }

    /* A zone as this map has it: itself, or if the line leaves none such here, its territory's. */
    landOf(zone) {
      if (this.zones.has(zone)) return [zone];
      const territory = zone.slice(0, zone.lastIndexOf("-"));
      return [...this.zones].filter(([, known]) => known.territory === territory).map(([id]) => id);
    }

    hoverOver(zone) {
      const land = zone ? this.landOf(zone) : [];
      this.hover.setLatLngs(land.flatMap((id) => this.zones.get(id).layer.getLatLngs()));
    }

    tellHover(zone) {
      this.hoverOver(zone);
      const { side } = this.options;
      if (side) page.dispatchEvent(new CustomEvent("territory-hover", { detail: { side, zone } }));
    }

    /* Land that fares the same on both of two maps steps back. */
    washOut(same = []) {
      for (const [zone, { layer }] of this.zones) {
        layer.getElement()?.classList.toggle("zone-same", same.includes(zone));
      }
    }

    /* Keep the view that the reader chose; moves that only fit a new window are not theirs. */
    remember() {
      if (this.fitting || !this.moved) return;
      page.territoryCamera = { center: this.map.getCenter(), zoom: this.map.getZoom() };
    }

    /* The zones first, all else once they are on the screen (follow, drawBase). */
    async draw() {
      const scene = this.view?.scene;
      if (scene) this.shapesOf(scene.shapes).catch(() => null); // on their way already
      const [territories, places] = await this.files("territories.overview", "places");
      this.readTerritories(territories);
      this.places = places.features;
      this.drawn = true;
      await this.follow();
    }

    files(...names) {
      return Promise.all(names.map((name) => fetchJson(this.url(name))));
    }

    /* What is the same on every map; begun again if a file could not be had. */
    async drawBase() {
      const [surroundings, water, labels] =
        await this.files("basemap/surroundings", "basemap/water", "basemap/labels");
      await nextFrame();
      if (this.whole) return;
      this.whole = true;
      this.drawSurroundings(surroundings);
      this.drawTerritories();
      this.drawWater(water);
      this.labels.add(labels.features, this.territories.values());
      await this.complete();
    }

    /* What could not be drawn of a scene that was there before the rest of the map. */
    async complete() {
      this.outlineTerritories(this.scene.shapes.territories);
      this.labels.setScene(this.scene);
      this.labels.show(this.view.layers);
      await this.setLevel();
    }

    url(name, ending = "geojson") {
      return `${this.options.base}/${name}.${ending}?v=${this.options.version}`;
    }

    drawSurroundings({ features }) {
      const classes = { outside: "outside", coast: "coast", neighbour_border: "neighbour-border" };
      const border = {};
      for (const { properties, geometry } of features) {
        if (properties.kind === "recognised_border") {
          border[properties.level] = latLngs(geometry);
        } else if (classes[properties.kind]) {
          const make = geometry.type.endsWith("Polygon") ? L.polygon : L.polyline;
          this.path(make, latLngs(geometry), "outside", classes[properties.kind]);
        }
      }
      const layer = this.path(L.polyline, border.overview, "border", "border-recognised");
      this.twins.push({ layer, ...border });
    }

    readTerritories({ features }) {
      this.territories = new Map(features.map(({ properties, geometry }) => [properties.territory, {
        overview: latLngs(geometry), label: [properties.label_lat, properties.label_lon], properties,
      }]));
    }

    drawTerritories() {
      const all = [];
      for (const [code, { overview: shape, properties }] of this.territories) {
        const land = this.path(L.polygon, shape, "land", `land land-${code}`, { interactive: true });
        const outline = this.path(L.polygon, shape, "outlines", `territory territory-${code}`);
        this.onPick(land, `territory:${code}`, () => [properties[`name_${this.language}`]]);
        land.getElement().setAttribute("tabindex", "-1"); // the zones on it can be reached
        for (const layer of [land, outline]) {
          this.twins.push({ layer, territory: code, overview: shape });
        }
        all.push(shape);
      }
      const casing = this.path(L.polyline, sharedBorders(all), "outlines", "territory-casing");
      casing.bringToBack();
      this.casing = { layer: casing, overview: casing.getLatLngs() };
      this.twins.push(this.casing);
    }

    drawWater({ features }) {
      const order = (feature) => (feature.geometry.type.endsWith("Polygon") ? 0 : 1);
      for (const { properties, geometry } of [...features].sort((a, b) => order(a) - order(b))) {
        const kind = properties.kind.replace("_", "-");
        const make = geometry.type.endsWith("Polygon") ? L.polygon : L.polyline;
        const rank = `rank-${properties.rank}`;
        this.path(make, latLngs(geometry), "water", `water water-${kind} ${rank}`);
      }
    }

    onPick(layer, id, lines) {
      if (!window.matchMedia("(pointer: coarse)").matches) {
        layer.bindTooltip(() => textLines(lines()), {
          sticky: true, direction: "auto", className: "territory-tip", opacity: 1,
        });
      }
      layer.on("click", (event) => {
        L.DomEvent.stop(event);
        layer.closeTooltip();
        if (this.view?.points) this.pickPoint(event.latlng);
        else this.pick(id);
      });
    }

    pick(id) {
      const [kind, name] = [id.slice(0, id.indexOf(":")), id.slice(id.indexOf(":") + 1)];
      if (kind === "zone") this.select({ zones: [name], place: null });
      if (kind === "place") this.select({ zones: [], place: name });
      page.dispatchEvent(new CustomEvent("territory-pick", { detail: id }));
    }

    pickPoint({ lat, lng }) {
      page.dispatchEvent(new CustomEvent("territory-pick", { detail: `point:${lat.toFixed(4)},${lng.toFixed(4)}` }));
    }

    /* Where the page wants the reader to look: once each time that it says so. */
    lookAt({ point, bounds }) {
      const wanted = point || bounds ? JSON.stringify([point, bounds]) : null;
      if (wanted === this.lookedAt) return;
      this.lookedAt = wanted;
      this.found?.remove();
      this.found = null;
      if (wanted) this.moved = true; // a map that gets another size stays there
      if (point) {
        this.found = L.circleMarker(point, {
          pane: "sites", renderer: this.renderers.sites, radius: 8, className: "found-place", interactive: false,
        }).addTo(this.map);
        this.map.setView(point, Math.max(this.map.getZoom(), 8), { animate: false });
      } else if (bounds) {
        this.map.fitBounds(bounds, { animate: false });
      }
    }

    /* Do what the page says: theme, zones of a plan on a line, layers, selection. */
    async follow() {
      const { view } = this;
      if (!view) return;
      document.documentElement.dataset.mapTheme = view.theme || "light";
      if (!view.scene) return;
      this.speak(view.scene);
      if (!this.drawn) return;
      const { plan, digest, shapes, language } = view.scene;
      const wanted = [plan, digest, shapes.key, language].join();
      if (wanted !== this.asked) {
        this.asked = wanted;
        try {
          await this.drawScene(view.scene);
        } catch (error) {
          if (this.asked === wanted) this.asked = null; // so that the next event tries again
          throw error;
        }
      }
      if (this.ready) {
        this.show(this.view.layers);
        if (this.scene.shapes.key === view.scene.shapes.key) this.showChange(view.scene.change);
        this.showPreview(view.preview);
        this.washOut(this.view.same);
        const selected = this.view.selected || { zones: [], place: null };
        this.select(selected);
        this.lookAt(selected);
        page.document.querySelector(".picture")?.remove();
        if (!this.whole) await this.drawBase();
      }
    }

    /* Take over the words of the page's language; what was drawn in another is drawn anew. */
    speak({ language, words }) {
      if (language === this.language) return;
      this.language = language;
      if (this.words) this.map.attributionControl.removeAttribution(this.words.credit);
      this.map.attributionControl.addAttribution(words.credit);
      this.words = words;
      document.documentElement.lang = language;
      const container = this.map.getContainer();
      container.setAttribute("aria-label", words.title);
      for (const [name, text] of [["zoom-in", words.zoomIn], ["zoom-out", words.zoomOut]]) {
        nameButton(container.querySelector(`.leaflet-control-${name}`), text);
      }
      nameButton(container.querySelector(".whole-country"), words.wholeCountry);
      this.scale?.remove();
      this.scale = new Scale(words).addTo(this.map);
      this.labels.speak(language, words.regions);
    }

    /* The zones of a scene. Those of a shipped line come from files: whole territories are known
     * already, the divided ones are fetched; those of the reader's own line come with the scene. */
    async drawScene(scene) {
      if (this.ready && scene.shapes.key === this.scene.shapes.key) return this.recolour(scene);
      const asked = this.asked;
      const { overview, label, contact } = await this.shapesOf(scene.shapes);
      if (asked !== this.asked) return; // another one was asked for meanwhile
      for (const { layer } of this.zones.values()) layer.remove();
      for (const layer of [...(this.sceneLayers || []), ...(this.placeLayers || [])]) layer.remove();
      this.twins = this.twins.filter((twin) => !twin.zone);
      this.zones.clear();
      this.scene = scene;
      this.outlineTerritories(scene.shapes.territories);
      for (const [id, zone] of Object.entries(scene.zones)) {
        const cut = overview.get(id);
        const whole = this.territories.get(zone.territory);
        zone.label = label.get(id) ?? whole.label;
        this.drawZone(id, zone, cut ?? whole.overview);
      }
      this.drawLine(contact, scene);
      this.drawPlaces(scene);
      this.labels.setScene(scene);
      this.ready = true;
      this.detailed = null;
      this.level = "overview";
      await this.setLevel();
      if (this.firstKey && this.firstKey !== scene.shapes.key) this.prefetchDays();
      this.firstKey ??= scene.shapes.key;
    }

    /* Another plan, or another language, on the same land: the paths stay, their looks change. */
    async recolour(scene) {
      this.scene = scene;
      for (const [id, zone] of Object.entries(scene.zones)) {
        const drawn = this.zones.get(id);
        zone.label = drawn.label;
        Object.assign(drawn, zone);
        const classes = classOf(zone).split(" ");
        drawn.layer.options.className = classes.join(" ");
        const element = drawn.layer.getElement();
        if (!element) continue; // its layer is off: it gets its class when it comes back
        const kept = [...element.classList].filter((name) => !/^(zone|territory|held)\b/.test(name));
        element.setAttribute("class", [...classes, ...kept].join(" "));
        this.makeReachable(drawn.layer, id, drawn);
      }
      this.drawPlaces(scene);
      this.labels.setScene(scene);
      await this.setLevel();
    }

    /* Whoever is about to choose a day, or has gone to another, finds the others ready. */
    prefetchDays() {
      if (!this.ready) return;
      this.prefetched ??= (async () => {
        for (const line of this.scene.otherLines) {
          await fetchJson(this.url(`divisions/${line}.overview`, "geojson.gz")).catch(() => null);
          await fetchJson(this.url(`lines/${line}`)).catch(() => null);
        }
      })();
    }

    /* The coarse outlines of the divided zones, where their names go, and the line of contact. */
    async shapesOf(shapes) {
      if (shapes.overview) {
        const overview = new Map(Object.entries(shapes.overview).map(([id, g]) => [id, latLngs(g)]));
        return { overview, label: new Map(), contact: shapes.contact };
      }
      const [zones, line] = await Promise.all(
        [this.url(`${shapes.zones}.overview`, "geojson.gz"), this.url(shapes.line)].map(fetchJson));
      const byZone = (value) => new Map(zones.features.map((f) => [f.properties.zone, value(f)]));
      return {
        overview: byZone((feature) => latLngs(feature.geometry)),
        label: byZone(({ properties }) => [properties.label_lat, properties.label_lon]),
        contact: line.features.find((f) => f.properties.kind === "line_of_contact").geometry,
      };
    }

    drawZone(zone, said, shape) {
      const layer = this.path(L.polygon, shape, "zones", classOf(said), { interactive: true });
      const drawn = { ...said, layer };
      this.onPick(layer, `zone:${zone}`, () => drawn.tip);
      layer.on("mouseover", () => this.tellHover(zone));
      layer.on("mouseout", () => this.tellHover(null));
      layer.on("add", () => this.makeReachable(layer, zone, drawn));
      this.makeReachable(layer, zone, drawn);
      this.zones.set(zone, drawn);
      this.twins.push({ layer, zone, overview: layer.getLatLngs() });
    }

    /* Zones that the plan speaks of can be reached and picked with the keyboard. */
    makeReachable(layer, zone, { status, tip }) {
      const element = layer.getElement();
      element.dataset.zone = zone;
      element.setAttribute("aria-label", tip.join(", "));
      if (status !== "unaffected") return this.makeButton(element, `zone:${zone}`);
      element.setAttribute("tabindex", "-1");
      element.removeAttribute("role");
      element.onkeydown = null;
    }

    makeButton(element, id) {
      element.setAttribute("role", "button");
      element.setAttribute("tabindex", "0");
      element.onkeydown = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this.pick(id);
      };
    }

    drawLine(contact, scene) {
      const shape = latLngs(contact);
      const draw = (pane, name) => this.path(L.polyline, shape, pane, name);
      this.band = scene.bandKm ? draw("band", "line-band") : null;
      this.lineLayers = [draw("line", "line-casing"), draw("line", "line-of-contact")];
      this.sceneLayers = [...this.lineLayers, ...(this.band ? [this.band] : [])];
      this.placeLayers = [];
      this.bandKm = scene.bandKm;
    }

    /* Ground that changed hands between two days: gained by Russia, and lost. */
    showChange(change) {
      const asked = change && `${change.days} ${this.scene.shapes.key}`;
      if (asked === this.changeAsked) return;
      this.changeAsked = asked;
      this.changeLayers?.forEach((layer) => layer.remove());
      this.changeLayers = ["gained", "lost"].filter((what) => change?.[what]).map((what) =>
        this.path(L.polygon, latLngs(change[what]), "change", `line-change line-${what}`));
    }

    /* What is wrong with a file that the reader brought, and where. */
    showPreview(preview) {
      if (preview === this.preview) return;
      this.preview = preview;
      this.previewLayer?.remove();
      this.previewLayer = null;
      if (!preview) return;
      this.previewLayer = L.geoJSON(preview, {
        pane: "sites", renderer: this.renderers.sites, interactive: false,
        style: ({ properties }) => ({ className: `preview preview-${properties.kind}` }),
        pointToLayer: ({ properties }, at) => L.circleMarker(at, {
          pane: "sites", renderer: this.renderers.sites, radius: 6, interactive: false,
          className: `preview preview-${properties.kind}`,
        }),
      }).addTo(this.map);
    }

    drawPlaces(scene) {
      for (const layer of this.placeLayers) layer.remove();
      this.placeLayers = [];
      for (const { properties, geometry } of this.places) {
        const lines = scene.places[properties.place];
        if (!lines) continue;
        const layer = properties.kind === "site"
          ? this.siteMarker(geometry, properties.place)
          : this.path(L.polyline, latLngs(geometry), "sites", `river river-${properties.place}`,
                      { interactive: true });
        this.onPick(layer, `place:${properties.place}`, () => lines);
        layer.getElement().setAttribute("aria-label", lines.join(", "));
        this.makeButton(layer.getElement(), `place:${properties.place}`);
        this.placeLayers.push(layer);
      }
    }

    siteMarker({ coordinates: [lon, lat] }, place) {
      const icon = L.divIcon({ className: `site site-${place}`, iconSize: [26, 26] });
      const marker = L.marker([lat, lon], { icon, keyboard: false });
      return marker.addTo(this.map);
    }

    show(layers) {
      if (!layers) return void this.labels.place();
      for (const { layer, status } of this.zones.values()) this.toggle(layer, layers.includes(status));
      for (const layer of this.lineLayers) this.toggle(layer, layers.includes("line_of_contact"));
      if (this.band) this.toggle(this.band, layers.includes("line_band"));
      this.labels.show(layers);
    }

    toggle(layer, on) {
      if (on === this.map.hasLayer(layer)) return;
      if (on) layer.addTo(this.map);
      else layer.remove();
    }

    select(chosen) {
      this.chosen = chosen;
      const shapes = [];
      for (const [zone, { layer }] of this.zones) {
        const on = chosen.zones.includes(zone);
        layer.getElement()?.classList.toggle("selected", on);
        if (on) shapes.push(layer.getLatLngs());
      }
      for (const layer of this.selection) {
        layer.setLatLngs(shapes.flat());
        layer.getElement()?.classList.toggle("many", shapes.length > 2);
      }
      for (const element of document.querySelectorAll(".site, .river")) {
        element.classList.toggle("selected", element.matches(`.site-${chosen.place}, .river-${chosen.place}`));
      }
    }

    /* Coarse shapes for the whole country, true ones from zoom 7; the same paths keep both. */
    async setLevel() {
      this.setBand();
      const near = this.map.getZoom() > this.options.roughRiversZoom;
      this.map.getContainer().classList.toggle("near", near);
      if (!this.ready || !this.whole) return;
      const hasDetail = () => this.detailed === this.scene.shapes.key;
      if (this.wantedLevel() === "detail" && !hasDetail()) await this.loadDetail();
      const level = this.wantedLevel(); // the zoom, or the scene, may have changed meanwhile
      if (level === this.level || (level === "detail" && !hasDetail())) return;
      this.level = level;
      for (const twin of this.twins) {
        const shape = (twin.own ?? twin)[level];
        if (shape) twin.layer.setLatLngs(shape);
      }
      this.select(this.chosen);
    }

    wantedLevel() {
      return this.map.getZoom() < this.options.detailZoom ? "overview" : "detail";
    }

    setBand() {
      if (!this.band || !this.bandKm) return;
      const center = this.map.getCenter();
      const east = this.map.project(center).add([100, 0]);
      const metres = this.map.distance(center, this.map.unproject(east)) / 100;
      this.band.setStyle({ weight: Math.max(8, (2000 * this.bandKm) / metres) });
    }

    async loadDetail() {
      const scene = this.scene;
      const [territories, cut] = await Promise.all(
        [fetchJson(this.url("territories")), this.detailOf(scene.shapes)]);
      const key = scene.shapes.key; // another scene of the same land will do too
      if (key !== this.scene.shapes.key || this.detailed === key) return;
      this.detailed = scene.shapes.key;
      const whole = new Map(territories.features.map((f) => [f.properties.territory, f.geometry]));
      for (const twin of this.twins) {
        if (!twin.zone) continue;
        const { territory } = this.zones.get(twin.zone);
        twin.detail = latLngs(cut.get(twin.zone) ?? whole.get(territory));
      }
      if (this.casing.detail) return;
      const shapes = new Map([...whole].map(([code, geometry]) => [code, latLngs(geometry)]));
      for (const twin of this.twins) if (twin.territory) twin.detail = shapes.get(twin.territory);
      this.casing.detail = sharedBorders([...shapes.values()]);
    }

    /* The territories as the reader drew them, or as we do. */
    outlineTerritories(own) {
      if (own === this.ownTerritories || !this.whole) return;
      this.ownTerritories = own;
      const read = (shapes) => new Map(Object.entries(shapes).map(([code, g]) => [code, latLngs(g)]));
      const scales = own && { overview: read(own.overview), detail: read(own.detail) };
      for (const twin of this.twins) {
        if (!twin.territory) continue;
        twin.own = own && { overview: scales.overview.get(twin.territory),
                            detail: scales.detail.get(twin.territory) };
      }
      this.casing.own = own && { overview: sharedBorders([...scales.overview.values()]),
                                 detail: sharedBorders([...scales.detail.values()]) };
      for (const twin of this.twins) {
        if (twin.territory || twin === this.casing) twin.layer.setLatLngs((twin.own ?? twin).overview);
      }
    }

    /* The true outlines of the divided zones, by id. */
    async detailOf(shapes) {
      if (shapes.detail) return new Map(Object.entries(shapes.detail));
      const { features } = await fetchJson(this.url(shapes.zones, "geojson.gz"));
      return new Map(features.map((f) => [f.properties.zone, f.geometry]));
    }
  }

  /* Names, placed after each zoom: the most important first, none over another. */
  class Labels {
    constructor(map) {
      this.map = map;
      this.regions = {};
      this.language = "en";
      this.entries = [];
      this.layers = null; // all
      this.pane = map.createPane("labels");
      this.pane.style.zIndex = 640;
      this.pane.setAttribute("aria-hidden", "true");
      map.on("zoomstart", () => this.pane.classList.add("zooming"));
      map.on("zoomend viewreset", () => this.place());
    }

    add(points, territories) {
      for (const { properties, geometry } of points) {
        const [lon, lat] = geometry.coordinates;
        const entry = this.entry(this.nameOf(properties), [lat, lon], labelRule(properties));
        entry.names = properties;
      }
      for (const { properties } of territories) {
        const name = this.regions[properties.territory] ?? "";
        const at = [properties.label_lat, properties.label_lon];
        const entry = this.entry(name, at, { className: "label-oblast", from: 5.75, rank: 30 });
        entry.territory = properties.territory;
      }
    }

    nameOf(names) {
      return names[`name_${this.language}`] || names.name_en;
    }

    /* Every name in another language; zones are named by the scene. */
    speak(language, regions) {
      this.language = language;
      this.regions = regions;
      for (const entry of this.entries) {
        if (entry.zone) continue;
        entry.element.textContent = entry.names ? this.nameOf(entry.names) : regions[entry.territory];
        entry.size = null;
      }
    }

    /* The plan's own regions stand out; its zones carry their status as words when there is room. */
    setScene(scene) {
      for (const entry of this.entries) {
        if (!entry.territory) continue;
        const named = scene.named.includes(entry.territory);
        entry.element.className = named ? "label label-region" : "label label-oblast";
        entry.rule = named ? { from: 4, rank: 1 } : { from: 5.75, rank: 30 };
        entry.size = null;
      }
      this.entries.filter((entry) => entry.zone).forEach((entry) => entry.element.remove());
      this.entries = this.entries.filter((entry) => !entry.zone);
      for (const [zone, words] of Object.entries(scene.zoneLabels)) {
        const { label, status } = scene.zones[zone];
        const entry = this.entry(words, label, { className: "label-zone", from: 6.75, rank: 12 });
        entry.zone = zone;
        entry.status = status;
      }
    }

    /* Words about a layer that is off are not shown either. */
    show(layers) {
      this.layers = layers;
      this.place();
    }

    entry(text, at, rule) {
      const element = document.createElement("div");
      element.className = `label ${rule.className}`;
      element.textContent = text;
      this.pane.appendChild(element);
      const entry = { element, at, rule, dot: rule.dot, size: null };
      this.entries.push(entry);
      return entry;
    }

    place() {
      const zoom = this.map.getZoom();
      const taken = [];
      const ordered = [...this.entries].sort((a, b) => a.rule.rank - b.rule.rank);
      const wanted = new Set(ordered.filter(({ element, rule, status }) => {
        const on = !status || !this.layers || this.layers.includes(status);
        return on && element.textContent && zoom >= rule.from && zoom < (rule.to ?? 99);
      }));
      // All are measured before any is moved: a move makes the next measure lay out the page anew.
      for (const entry of wanted) entry.size ??= [entry.element.offsetWidth, entry.element.offsetHeight];
      for (const entry of ordered) {
        const box = wanted.has(entry) ? this.fit(entry, taken) : null;
        entry.element.style.visibility = box ? "visible" : "hidden";
        if (box) taken.push(box);
      }
      this.pane.classList.remove("zooming");
    }

    /* The first free place for one name: for a town right of its dot, else left, above, below. */
    fit(entry, taken) {
      const [width, height] = entry.size;
      const point = this.map.latLngToLayerPoint(entry.at);
      const offsets = entry.dot
        ? [[6, -height / 2], [-width - 6, -height / 2], [-width / 2, -height - 5], [-width / 2, 5]]
        : [[-width / 2, -height / 2]];
      for (const [dx, dy] of offsets) {
        const box = [point.x + dx, point.y + dy, point.x + dx + width, point.y + dy + height];
        const dotBox = entry.dot ? [point.x - 4, point.y - 4, point.x + 4, point.y + 4] : null;
        if (taken.some((other) => meet(box, other) || (dotBox && meet(dotBox, other)))) continue;
        entry.element.style.transform = `translate(${Math.round(box[0])}px, ${Math.round(box[1])}px)`;
        entry.element.style.setProperty("--dot-x", `${Math.round(point.x - box[0])}px`);
        entry.element.style.setProperty("--dot-y", `${Math.round(point.y - box[1])}px`);
        return dotBox ? [Math.min(box[0], dotBox[0]), Math.min(box[1], dotBox[1]),
                         Math.max(box[2], dotBox[2]), Math.max(box[3], dotBox[3])] : box;
      }
      return null;
    }
  }

  /* Leaflet's scale, in the page's language. */
  const Scale = L.Control.Scale.extend({
    initialize({ kilometres, metres }) {
      L.Util.setOptions(this, { imperial: false, maxWidth: 90 });
      this.units = { kilometres, metres };
    },
    _updateMetric(maximum) {
      const metres = this._getRoundNum(maximum);
      const { kilometres, metres: short } = this.units;
      const label = metres < 1000 ? `${metres} ${short}` : `${metres / 1000} ${kilometres}`;
      this._updateScale(this._mScale, label, metres / maximum);
    },
  });

  const classOf = ({ status, territory, heldBy }) =>
    `zone zone-${status} territory-${territory} held-${heldBy}`;

  function nameButton(button, name) {
    button.title = name;
    button.setAttribute("aria-label", name);
  }

  /* After what is drawn now has come to the screen; in a tab in the background at once. */
  const nextFrame = () => new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });

  const meet = (a, b) => a[0] < b[2] + 2 && b[0] < a[2] + 2 && a[1] < b[3] && b[1] < a[3];

  function labelRule({ kind, size, capital, abroad, name_en }) {
    if (kind === "country") return { className: "label-country", from: 5, to: 8.5, rank: 40 };
    if (kind === "sea") return { className: "label-sea", from: 5, rank: 35 };
    if (abroad) return { className: "label-town label-abroad", from: 6.75, rank: 50, dot: true };
    if (name_en === "Kyiv") return { className: "label-town label-capital", from: 4, rank: 0, dot: true };
    if (["Odesa", "Sevastopol"].includes(name_en)) {
      return { className: "label-town", from: 5.75, rank: 5, dot: true };
    }
    if (size === 1) return { className: "label-town", from: 6.5, rank: capital ? 10 : 11, dot: true };
    if (size === 2) return { className: "label-town", from: 7.5, rank: 20, dot: true };
    return { className: "label-town label-small", from: 8.25, rank: 45, dot: true };
  }

  function textLines(lines) {
    const box = document.createElement("div");
    for (const line of lines) {
      const row = document.createElement("div");
      row.textContent = line;
      box.appendChild(row);
    }
    return box;
  }

  /* Colours as CSS variables by theme, and one fill for each status and holder: Russian-held the
   * full colour, Ukrainian-held hatched. */
  function drawColours(statuses, neutrals) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", 0);
    svg.setAttribute("height", 0);
    svg.setAttribute("aria-hidden", "true");
    svg.style.position = "absolute";
    const rules = Object.entries(neutrals).map(([theme, colours]) => {
      const values = [["", colours], ...Object.entries(statuses).map(([status, look]) =>
        [`${status}-`, look[theme]])].flatMap(([prefix, named]) =>
        Object.entries(named).map(([name, colour]) => `--${prefix}${name}:${colour}`));
      return `:root[data-map-theme="${theme}"]{color-scheme:${theme};${values.join(";")}}`;
    });
    for (const [status, look] of Object.entries(statuses)) {
      for (const side of ["russia", "ukraine"]) {
        const ground = side === "russia" ? "fill" : "tint";
        const ink = side === "russia" ? "mark" : "mark_on_tint";
        const mark = look.mark === "plain" && side === "ukraine" ? "backslashes" : look.mark;
        const id = `fill-${status}-${side}`;
        const solid = mark === "plain" || mark === "none";
        if (!solid) svg.appendChild(pattern(id, mark, `var(--${status}-${ground})`, `var(--${status}-${ink})`));
        const fill = solid ? `var(--${status}-${ground})` : `url(#${id})`;
        rules.push(`.zone-${status}.held-${side}{fill:${fill}}`);
      }
    }
    const style = document.createElement("style");
    style.textContent = rules.join("\n");
    document.head.appendChild(style);
    document.body.appendChild(svg);
    document.documentElement.dataset.mapTheme = page.territoryView?.theme || "light";
  }

  const MARKS = {
    stripes: { tile: 8, d: "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6" },
    backslashes: { tile: 8, d: "M-2,6 L2,10 M0,0 L8,8 M6,-2 L10,2" },
    lines: { tile: 6, d: "M0,3 L6,3" },
    dots: { tile: 6, d: "M1.5,1.5 h0.01 M4.5,4.5 h0.01" },
    crosshatch: { tile: 8, d: "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6 M-2,6 L2,10 M0,0 L8,8 M6,-2 L10,2" },
  };

  function pattern(id, mark, ground, ink) {
    const { tile, d } = MARKS[mark];
    const element = document.createElementNS(SVG, "pattern");
    const set = (node, values) =>
      Object.entries(values).forEach(([key, value]) => node.setAttribute(key, value));
    set(element, { id, patternUnits: "userSpaceOnUse", width: tile, height: tile });
    const rect = document.createElementNS(SVG, "rect");
    set(rect, { width: tile, height: tile });
    rect.style.fill = ground;
    const lines = document.createElementNS(SVG, "path");
    set(lines, { d, "stroke-width": mark === "dots" ? 1.7 : 1.4, fill: "none" });
    if (mark === "dots") lines.setAttribute("stroke-linecap", "round");
    lines.style.stroke = ink;
    element.append(rect, lines);
    return element;
  }

  /* The frame does not inherit the page's fonts: take over its rules (same origin). */
  function adoptFonts() {
    const rules = [];
    for (const sheet of page.document.styleSheets) {
      try {
        for (const rule of sheet.cssRules) {
          if (!(rule instanceof page.CSSFontFaceRule)) continue;
          const base = sheet.href || page.document.baseURI;
          rules.push(rule.cssText.replace(/url\("(?!data:)([^"]+)"\)/g,
            (_, address) => `url("${new URL(address, base).href}")`));
        }
      } catch (error) {
        if (error.name !== "SecurityError") throw error;
      }
    }
    const style = document.createElement("style");
    style.textContent = rules.join("\n");
    document.head.appendChild(style);
  }

  return {
    start(map, options) {
      const territoryMap = new TerritoryMap(map, options);
      territoryMap.attempt(() => territoryMap.draw());
      window.territoryMapInstance = territoryMap;
    },
  };
})();
