"""A line of contact of the reader's own, from an area of control or from a drawn line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import WGS84
from geo.days import WHOLE_DAY, first_day
from geo.line import OWN_LINE, Line
from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.areas import TOLD_KM2, held_in_area
from geo.uploads.borders import contact_of, mended
from geo.uploads.choose import choose_layer
from geo.uploads.drawn import Wish, held_by_line
from geo.uploads.ground import (
    Land,
    land_of,
    lines_of,
    points_of,
    polygons_of,
    to_metres,
)
from geo.uploads.limits import STRIP_M
from geo.uploads.notices import NotReadError, Preview, UploadError
from geo.uploads.placed import Placed, placed
from geo.uploads.preview import Sketch
from geo.uploads.upload import Layer, Upload

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

SHARE_TOLD = 0.01
VISIBLE = 1e-5
"""Square degrees (some 0.07 km²): mended ground below this is not drawn."""


@dataclass(frozen=True, eq=False)
class OwnLine:
    """A ``line`` (:class:`geo.line.Line`, its date ``"own"``) made of the reader's file.

    ``report``: what was understood and done, in order; ``preview``: GeoJSON (EPSG:4326) whose
    features have the ``kind`` raw, gap, bridge, loose_end, crossing, pocket or mended.
    """

    line: Line
    report: tuple[Notice, ...]
    preview: Preview


def own_line(  # noqa: PLR0913  (each is one choice on the page)
    upload: Upload,
    layer: str | None,
    territories: GeoDataFrame,
    *,
    bridge_gaps: bool = False,
    flip: bool = False,
    day: str | None = None,
    crs: str | None = None,
) -> OwnLine:
    """Who holds what by the reader's file.

    ``layer``: a name of ``upload.layers``; may be ``None`` if only one can be meant.
    ``territories``: polygons indexed by ISO code, any CRS; what Russia holds is cut to their union.
    ``bridge_gaps`` closes gaps up to 5 km; ``flip`` takes the other side of the line or area;
    ``day`` (2025-11-21) is when the reader says it was so; ``crs`` stands in for a missing CRS.

    Areas are taken as Russian-held ground. Lines are cut with the outlines, and who holds each
    part follows from the cities in it (:mod:`geo.uploads.faces`). Strips narrower than 300 m along
    the border go to the side beyond them.

    Raises :class:`UploadError` with sentences and, where there is something to see, a preview.
    """
    sketch = Sketch()
    try:
        _check_day(day)
        chosen = choose_layer(upload, layer, ("Polygon", "Line"))
        found = placed(chosen, crs)
        land = land_of(territories)
        wish = Wish(bridge_gaps, flip)
        held, report = _held(_ours(chosen, found), land, wish, sketch)
        held, more = _mended(held, land, sketch)
    except NotReadError as error:
        raise UploadError(upload.name, error.notices, sketch.done()) from error
    report = [*upload.notices, *_of_layer(upload, chosen), *found.notices, *report, *more]
    about = _about(upload.name, report, _shares(held, territories), day)
    return OwnLine(
        Line(OWN_LINE, held, contact_of(held, land), about), tuple(report), sketch.done()
    )


def _check_day(day: str | None) -> None:
    if day is None:
        return
    try:
        if re.fullmatch(WHOLE_DAY, day):
            first_day(day)
            return
    except ValueError:
        pass
    raise NotReadError(say(messages.NO_SUCH_DAY, day=day[:20]))


def _of_layer(upload: Upload, layer: Layer) -> list[Notice]:
    if len(upload.layers) < 2:
        return []
    return [say(messages.LAYER_USED, layer=layer.name, count=len(upload.layers))]


def _ours(layer: Layer, found: Placed) -> np.ndarray:
    """The shapes of a layer; of a line exported from here, the held ground only."""
    ours = [number for number, row in enumerate(layer.rows) if row.get("kind") == "russian_held"]
    shapes = found.shapes[ours] if ours else found.shapes
    return np.array([shape for shape in shapes if shape is not None])


def _held(
    shapes: np.ndarray, land: Land, wish: Wish, sketch: Sketch
) -> tuple[BaseGeometry, list[Notice]]:
    """The held ground, from the polygons among the shapes if there are any, else from the lines."""
    polygons, lines, points = polygons_of(shapes), lines_of(shapes), points_of(shapes)
    notices = []
    if points:
        notices.append(say(messages.POINTS_LEFT_OUT, count=len(points)))
    if polygons:
        if lines:
            notices.append(say(messages.LINES_LEFT_OUT, count=len(lines)))
        held, more = held_in_area(polygons, land, wish.flip, sketch)
    elif lines:
        held, more = held_by_line(lines, land, wish, sketch)
    else:
        raise NotReadError(say(messages.POINTS_ONLY))
    return held, notices + more


def _mended(held: BaseGeometry, land: Land, sketch: Sketch) -> tuple[BaseGeometry, list[Notice]]:
    done = mended(held, land)
    notices = []
    changed = shapely.symmetric_difference(done.held, held)
    sketch.add("mended", [part for part in polygons_of(changed) if part.area > VISIBLE])
    if max(done.added_km2, done.removed_km2) > TOLD_KM2:
        notices.append(
            say(
                messages.STRIPS,
                metres=STRIP_M,
                added=round(done.added_km2, 1),
                removed=round(done.removed_km2, 1),
            )
        )
    if done.islands:
        notices.append(say(messages.ISLANDS, count=done.islands))
    return done.held, notices


def _shares(held: BaseGeometry, territories: GeoDataFrame) -> dict[str, float]:
    """Percent of each territory that is held, where it is 0.01 or more, by ISO code."""
    ground = to_metres(held)
    outlines = {
        code: to_metres(shape) for code, shape in territories.to_crs(WGS84).geometry.items()
    }
    percent = {
        code: 100 * shapely.intersection(outline, ground).area / outline.area
        for code, outline in sorted(outlines.items())
    }
    return {str(k): round(v, 2) for k, v in percent.items() if v >= SHARE_TOLD}


def _about(
    name: str, report: list[Notice], shares: dict[str, float], day: str | None
) -> dict[str, Any]:
    """What a line's file says of itself, for a line that came with nothing said."""
    filled = {key: text.replace("{name}", name) for key, text in messages.OWN_SOURCE.items()}
    return {
        "source": filled,
        "licence": messages.OWN_LICENCE,
        "method": dict(messages.OWN_METHOD),
        "limits": [dict(text) for text in messages.OWN_LIMITS],
        "accuracy": {"summary": dict(messages.OWN_ACCURACY), "band_km": None},
        "shares": shares,
        "file": name,
        "day": day,
        "done": [notice.english() for notice in report],
    }
