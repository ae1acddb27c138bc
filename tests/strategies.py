"""Random territories, lines and plans: small, but of every shape that the laws must hold for."""

from __future__ import annotations

import geopandas as gpd
import shapely
from hypothesis import strategies as st

from geo.crs import EQUAL_AREA, WGS84
from geo.line import Line
from geo.plan import Plan
from geo.statuses import STATUSES

CODES = ("UA-05", "UA-07", "UA-09", "UA-12")
CLAUSES = ("1", "2", "2(a)", "2(b)", "10", "10(c)")
SIDE_M = 50_000
TEXT = {"en": "words"}


@st.composite
def territories(draw):
    """Up to four neighbouring rectangles, in any order of rows and in either CRS."""
    count = draw(st.integers(1, 4))
    widths = draw(st.lists(st.integers(5, 40), min_size=count, max_size=count))
    height = draw(st.integers(5, 40)) * 1000
    west, shapes = 0, []
    for width in widths:
        shapes.append(shapely.box(west, 0, west + width * 1000, height))
        west += width * 1000
    frame = gpd.GeoDataFrame(index=list(CODES[:count]), geometry=shapes, crs=EQUAL_AREA)
    order = draw(st.permutations(list(frame.index)))
    return frame.loc[order].to_crs(draw(st.sampled_from([WGS84, EQUAL_AREA])))


@st.composite
def lines(draw):
    """Held ground made of up to three boxes: none, some, across borders, beyond them, or all."""
    corner = st.integers(-20, 120)
    boxes = draw(st.lists(st.tuples(corner, corner, st.integers(1, 120)), max_size=3))
    held = shapely.union_all(
        [shapely.box(x * 1000, y * 1000, (x + s) * 1000, (y + s) * 1000) for x, y, s in boxes]
    )
    degrees = gpd.GeoSeries([held], crs=EQUAL_AREA).to_crs(WGS84).iloc[0]
    return Line("2025-11-21", degrees, shapely.boundary(degrees))


def lands(codes):
    """What a term may name: a whole territory, a part of one, or all that is held elsewhere."""
    sides = st.sampled_from(["Russia", "Ukraine"])
    code = st.sampled_from(codes)
    return st.one_of(
        st.fixed_dictionaries({"territory": code}),
        st.fixed_dictionaries({"territory": code, "held_by": sides}),
        st.fixed_dictionaries({"outside": st.lists(code, unique=True), "held_by": sides}),
    )


def terms(codes):
    """One term with any mixture of facts."""
    return st.fixed_dictionaries(
        {
            "clause": st.sampled_from(CLAUSES),
            "land": st.lists(lands(codes), min_size=1, max_size=2),
            "certainty": st.sampled_from(["stated", "inferred", "disputed", "unverified"]),
        },
        optional={
            "status": st.sampled_from(STATUSES),
            "treated_as": st.sampled_from(["Russia", "Ukraine", "open"]),
            "how": st.sampled_from(["de_facto", "de_jure"]),
            "forces": st.just(TEXT),
        },
    )


def plan_of(rows) -> Plan:
    """A plan with these terms and nothing else of interest."""
    clauses = [
        {
            "id": name,
            "title": TEXT,
            "text": TEXT,
            "topic": "territory",
            "reach": "land",
            "confidence": "verified",
            "sources": ["A"],
        }
        for name in CLAUSES
    ]
    return Plan.model_validate(
        {
            "schema": 1,
            "id": "a-plan",
            "title": TEXT,
            "short_title": TEXT,
            "date": "2025",
            "kind": "draft",
            "authors": TEXT,
            "status_note": TEXT,
            "provenance": TEXT,
            "line": "2025-11-21",
            "sources": {
                "A": {"publisher": "A", "date": "2025", "class": "A", "url": "https://a.example"}
            },
            "clauses": clauses,
            "terms": rows,
        }
    )


def plans(codes=CODES):
    """Plans of up to five terms; many clash."""
    return st.lists(terms(codes), max_size=5).map(plan_of)
