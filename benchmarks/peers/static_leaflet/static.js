/* The floor: a plain page that does the job with Leaflet and one file, and asks no server. */
const [heading, text] = document.querySelectorAll("#panel > *");

fetch("job.json").then((answer) => answer.json()).then((job) => {
  const map = L.map("map").setView(job.center, job.zoom);
  heading.textContent = job.invitation;
  const show = ({ code }) => {
    heading.textContent = job.lands[code].name;
    text.textContent = job.lands[code].text;
  };
  const layers = {};
  for (const feature of job.outlines.features) {
    const { properties } = feature;
    const layer = (layers[properties.status] ??= L.layerGroup().addTo(map));
    L.geoJSON(feature, { style: job.styles[properties.code] })
      .on("click", () => show(properties)).addTo(layer);
  }
  for (const [status, label] of Object.entries(job.switches)) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true });
    box.addEventListener("change", () => map[box.checked ? "addLayer" : "removeLayer"](layers[status]));
    const row = document.createElement("label");
    row.append(box, label);
    document.getElementById("switches").append(row);
  }
});
