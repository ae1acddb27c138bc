"""Numbers in folded text, however they are written: 600,000 or 600 тис, $100bn or 1000亿, 21(d)."""

from __future__ import annotations

import re
from decimal import Decimal

CLAUSE = r"(?<!\d)\d{1,2}\([^\W\d_]\)"
"""A lettered part of a point, as clauses are named."""

RATIO = r"(?<!\d)(?:\d{1,3} ?: ?\d{1,3}|(?P<half>\d{1,3})(?: ?[/–-] ?| | на | to )(?P=half))(?!\d)"
"""A split such as 50:50; written otherwise only where both sides are equal."""

_NUMBER = r"\d{1,3}(?:[ ,.']\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_SCALES = {
    r"k|thousand|тис(?:яч[аіиу]?)?": 10**3,
    r"m(?:ln|illion)?|млн|мільйон(?:а|и|ів)?": 10**6,
    r"bn?|billion|млрд|мільярд(?:а|и|ів)?": 10**9,
}
_CHINESE_SCALES = {"千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SCALE = "|".join(_SCALES) + "|[" + "".join(_CHINESE_SCALES) + "]"
AMOUNT = (
    rf"[$€£]?(?:{_NUMBER})"
    rf"(?:[ -]?(?:(?:{'|'.join(_SCALES)})(?![a-zа-яєії\d])|[{''.join(_CHINESE_SCALES)}]))?"
)
"""A number with grouped digits, a decimal fraction or a word for thousands, millions, billions."""

_GROUPED = re.compile(r"\d{1,3}(?:[ ,.']\d{3})+")
_PARTS = re.compile(rf"[$€£]?(?P<number>{_NUMBER})[ -]?(?P<scale>{_SCALE})?")


def number_term(kind: str, text: str) -> str:
    """The one way in which a number is written in the index; ``kind``: clause, ratio or amount."""
    if kind == "clause":
        return text
    if kind == "ratio":
        return ":".join(str(int(side)) for side in re.findall(r"\d+", text))
    parts = _PARTS.fullmatch(text)
    return _written(_value(parts["number"]) * _factor(parts["scale"])) if parts else text


def _value(number: str) -> Decimal:
    if _GROUPED.fullmatch(number):
        return Decimal(re.sub(r"\D", "", number))
    return Decimal(number.replace(",", "."))


def _factor(scale: str | None) -> int:
    if scale is None:
        return 1
    if scale in _CHINESE_SCALES:
        return _CHINESE_SCALES[scale]
    return next(factor for words, factor in _SCALES.items() if re.fullmatch(words, scale))


def _written(value: Decimal) -> str:
    return str(int(value)) if value == int(value) else str(value.normalize())
