"""A plain static page with Leaflet."""
