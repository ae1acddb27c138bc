"""The files that nginx has of the app's: all that it may answer with, and packed."""

from __future__ import annotations

import gzip

import brotli

from deploy.static import compress, folders, is_text, served_files


def test_every_file_that_the_app_serves_is_there_for_nginx_too():
    places = {str(place) for place, _source in served_files()}
    assert {place.split("/")[0] for place in places} == {"static", "component"}
    for name in ("leaflet/leaflet.js", "frontend/map.js", "data/territories.geojson"):
        assert f"component/pages.parts.assets.{name}" in places
    assert any(
        place.startswith("component/streamlit_folium.st_folium/static/js") for place in places
    )
    assert not any(place.endswith(".html") for place in places), "the app adds headers to pages"
    assert not any("SourceSansVF-Upright" in place for place in places), "the app has a lighter one"
    assert all(folder.is_dir() for folder in folders().values())


def test_texts_are_packed_both_ways_and_fonts_are_not(tmp_path):
    text, font = tmp_path / "land.geojson", tmp_path / "serif.woff2"
    text.write_bytes(b'{"type": "FeatureCollection"}' * 100)
    font.write_bytes(bytes(5000))
    assert is_text(text)
    assert not is_text(font)
    compress(text, quality=5)
    assert gzip.decompress((tmp_path / "land.geojson.gz").read_bytes()) == text.read_bytes()
    assert brotli.decompress((tmp_path / "land.geojson.br").read_bytes()) == text.read_bytes()
