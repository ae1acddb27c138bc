/* Places the picture of the map (first_view.html) exactly as Leaflet will place the map: the same
 * bounds with the same room round them, at the next smaller quarter of a zoom.
 */
(() => {
  const svg = document.querySelector("#first-view svg");
  if (!svg) return;
  const { bounds, narrowBounds, narrowBelow, world, ...rooms } = JSON.parse(svg.dataset.placing);
  const unitsAtZoom0 = Math.log2(world / 256);
  const place = () => {
    const { clientWidth: width, clientHeight: height } = svg.parentElement;
    const narrow = width < narrowBelow;
    const [west, north, east, south] = narrow ? narrowBounds : bounds;
    const room = 2 * (narrow ? rooms.narrowRoom : rooms.room);
    if (Math.min(width, height) <= room) return; // it has just been taken out of the page
    const scale = Math.min((width - room) / (east - west), (height - room) / (south - north));
    const zoom = Math.floor(Math.round((Math.log2(scale) + unitsAtZoom0) * 400) / 100) / 4;
    const unit = 2 ** (unitsAtZoom0 - zoom);
    const [across, down] = [width * unit, height * unit];
    const corner = [(west + east - across) / 2, (north + south - down) / 2];
    svg.setAttribute("viewBox", [...corner, across, down].join(" "));
  };
  new ResizeObserver(place).observe(svg.parentElement); // fonts, the window, its place in the page
})();
