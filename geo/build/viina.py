"""The line of contact rebuilt from VIINA's control table: ``python -m geo.build.viina FILE DATE``.

``build`` writes it to ``data/lines/other``, which is not shipped and not among the dates of the
dashboard; :func:`geo.sources.comparison.compare_lines` holds it against ours.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from geopandas import read_file

from geo import paths
from geo.build.files import write_collection
from geo.build.line import kakhovka_reservoir, land, survey_line
from geo.build.line_band import SURE_PERCENT, band_km
from geo.errors import DataError
from geo.sources.settlements import control_table, rebuilt_file, settlements
from geo.sources.viina import COLUMNS, Control, read_control

SOURCE = {
    "en": "Control of settlements: VIINA 2.0 (Zhukov and Ayers), column {column}, on the date "
    "shown. Places: GeoNames, CC BY 4.0.",
    "uk": "Контроль над населеними пунктами: VIINA 2.0 (Жуков і Аєрс), стовпець {column}, на "
    "вказану дату. Місця: GeoNames, CC BY 4.0.",
    "zh": "居民点由谁控制：VIINA 2.0（Zhukov与Ayers），{column}列，所示日期。"
    "地点：GeoNames，CC BY 4.0。",
}

LICENCE = (
    "Contains information from VIINA, which is made available under the Open Database License "
    "(ODbL) 1.0; places from GeoNames, CC BY 4.0; outlines: Civil Network OPORA, CC BY 4.0."
)

LIMITS = [
    {
        "en": "It is rebuilt from points: between two neighbouring settlements of opposite sides "
        "the true line may run anywhere, and a town with the edge running through it falls wholly "
        "on one side.",
        "uk": "Її відтворено за точками: між двома сусідніми населеними пунктами різних сторін "
        "справжня лінія може проходити будь-де, а місто, через яке проходить межа, цілком "
        "потрапляє на один бік.",
        "zh": "它由点重建而成：在双方相邻的两个居民点之间，真实的线可能在任何位置；"
        "被界线穿过的城镇会整体归入一侧。",
    },
    {
        "en": "It is made from {count} settlements, those of VIINA’s table whose position our "
        "own table has.",
        "uk": "Її побудовано за {count} населеними пунктами: тими з таблиці VIINA, чиє положення "
        "є в нашій таблиці.",
        "zh": "它由{count}个居民点构建：即VIINA表中在我们的表里有位置的那些。",
    },
]

NOT_INDEPENDENT = {
    "en": "It rests on DeepStateMap, wholly or in part, as our own line does: where the two "
    "agree, that is no word of another mapper.",
    "uk": "Вона повністю або частково спирається на DeepStateMap, як і наша лінія: "
    "якщо вони збігаються, це не є свідченням іншого картографа.",
    "zh": "它全部或部分依据DeepStateMap，我们自己的线也是如此："
    "两者一致，并不等于另一家制图者的印证。",
}

FROM_DEEPSTATE = ("status", "status_dsm")
"""Columns of VIINA that DeepStateMap has a part in."""

SUMMARY = {
    "en": "{count} of its settlements were left out, all those of a {block} km block at once, and "
    "the line was drawn without them: {right}% fell on the side they belong to. At every distance "
    "beyond {band} km of the line at least {sure}% did; nearer, the map cannot tell.",
    "uk": "{count} її населених пунктів вилучали, щоразу всі в межах квадрата {block} км, і лінію "
    "проводили без них: {right}% опинилися на своєму боці. На будь-якій відстані понад {band} км "
    "від лінії — щонайменше {sure}%; ближче карта не може розрізнити сторін.",
    "zh": "检验时每次剔除一个{block}公里见方区块内的全部居民点，在没有它们的情况下重新画线："
    "{count}个居民点中有{right}%落在其所属的一侧。距线{band}公里以外的各个距离上，"
    "这一比例都不低于{sure}%；更近之处，本图无法分辨双方。",
}

CONTESTED = {
    False: {
        "en": "What VIINA calls contested counts as not Russian-held.",
        "uk": "Те, що VIINA називає спірним, не вважається підконтрольним Росії.",
        "zh": "VIINA标为“争夺中”的地点不算作俄方控制。",
    },
    True: {
        "en": "Other than in our own lines, what VIINA calls contested counts as Russian-held.",
        "uk": "На відміну від наших ліній, те, що VIINA називає спірним, вважається "
        "підконтрольним Росії.",
        "zh": "与我们自己的线不同，VIINA标为“争夺中”的地点在此算作俄方控制。",
    },
}


def build(file: Path, date: str, column: str = "status", contested_is_held: bool = False) -> Path:
    """Write the line of ``date`` from VIINA's ``file`` (CSV or ZIP) and return where it is.

    ``column``: one of :data:`geo.sources.viina.COLUMNS`. Takes as long as a shipped line does.
    Raises :class:`geo.errors.DataError` with what is wrong with the file.
    """
    control = read_control(file, date, column)
    rows = settlements(control, control_table(), contested_is_held)
    on = land(read_file(paths.RAIONS), kakhovka_reservoir())
    collection, _ = survey_line(date, rows, on)
    members = {key: value for key, value in collection.items() if key != "type"}
    members |= _words(control, len(rows), contested_is_held)
    members["accuracy"] = _how_sure(collection["accuracy"])
    path = rebuilt_file(date)
    write_collection(path, members.pop("features"), **members)
    return path


def _words(control: Control, count: int, contested_is_held: bool) -> dict[str, Any]:
    """What such a line says of itself."""
    limits = [_filled(text, count=str(count)) for text in LIMITS]
    shared = [NOT_INDEPENDENT] if control.column in FROM_DEEPSTATE else []
    contested = CONTESTED[contested_is_held]
    return {
        "source": _filled(SOURCE, column=control.column),
        "licence": LICENCE,
        "limits": [*limits, contested, *shared],
    }


def _how_sure(accuracy: dict[str, Any]) -> dict[str, Any]:
    """``accuracy`` with the band and a summary; the band is chosen on this line alone."""
    band = band_km(accuracy)
    words = _filled(
        SUMMARY,
        count=str(accuracy["left_out"]),
        block=f"{accuracy['block_km']:g}",
        right=f"{accuracy['right_side_percent']:.0f}",
        band=f"{band:g}",
        sure=str(SURE_PERCENT),
    )
    return {"summary": words, "band_km": band, **accuracy}


def _filled(text: dict[str, str], **values: str) -> dict[str, str]:
    return {language: words.format(**values) for language, words in text.items()}


def main() -> int:
    """Build one line and print where it is; what is wrong with the file goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.viina", description=__doc__)
    parser.add_argument("file", type=Path, help="VIINA's control table, CSV or ZIP")
    parser.add_argument("date", help="the day, such as 2025-11-21")
    parser.add_argument("--column", choices=COLUMNS, default="status", help="who judges")
    parser.add_argument("--contested-is-held", action="store_true", help="else it is not held")
    asked = parser.parse_args()
    try:
        path = build(asked.file, asked.date, asked.column, asked.contested_is_held)
        sys.stdout.write(f"{path}\n")
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
