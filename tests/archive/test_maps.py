"""What an archive sends is a map in degrees, or is told not to be one."""

from __future__ import annotations

import json
import string

from hypothesis import given
from hypothesis import strategies as st

from geo.sources import messages
from geo.sources.geojson import check_map
from geo.sources.messages import ArchiveError
from tests.archive.asking import DAY

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.fixed_dictionaries(
            {"type": st.sampled_from(["Polygon", "Feature", "FeatureCollection"])},
            optional=dict.fromkeys(("coordinates", "geometry", "features"), inner),
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_map_or_a_sentence(value):
    try:
        check_map(json.dumps(value).encode(), "archive.example", DAY)
    except ArchiveError as error:
        told = error.notice.english()
    else:
        told = ""
    assert bool(told) == ("2025-11-21" in told)
    assert told or "coordinates" in json.dumps(value)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=9))
def test_any_line_in_degrees_is_a_map(points):
    geometry = {"type": "LineString", "coordinates": points}
    collection = {"type": "GeometryCollection", "geometries": [geometry]}
    check_map(json.dumps(collection).encode(), "archive.example", DAY)


def test_where_a_map_is_from_is_told_alike_in_three_languages():
    fields = [
        {field for _, field, _, _ in string.Formatter().parse(text) if field}
        for text in messages.SOURCE.values()
    ]
    assert fields == [{"day", "credit", "address", "since", "licence"}] * 3
