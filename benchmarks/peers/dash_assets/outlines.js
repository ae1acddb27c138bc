/* The style of an outline; the Python side gives the fill by status (dash-leaflet's "hideout"). */
window.outlines = {
  look: {
    style: ({ properties }, { hideout }) => ({
      className: `territory territory-${properties.code} status-${properties.status}`,
      color: "#555555",
      weight: 1,
      fillColor: hideout[properties.status],
      fillOpacity: 0.7,
    }),
  },
};
