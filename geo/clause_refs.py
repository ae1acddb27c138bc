"""Numbers of clauses as readers type them: 21d, point 21 (d), пункт 21(г), 第二十一点."""

from __future__ import annotations

import re
from collections.abc import Set

_BEFORE = r"points?|clauses?|articles?|art|items?|paragraphs?|para|no|пункт\w*|п|стат\w*|ст|№|#|第"
_AFTER = "点點条條项項款"
_REFERENCE = re.compile(
    rf"(?:(?<![^\W\d_])(?P<before>{_BEFORE})[. ]*)?"
    r"(?<![\d$€£])(?<!\d[.,:/])(?P<point>\d{1,2})(?!\d|[.,]\d| \d{3}(?!\d)| ?[:/] ?\d)"
    rf"(?P<after> ?[{_AFTER}])?"
    rf"(?:[ .-]*(?P<open>\()? ?(?P<letter>[a-zа-я]) ?(?(open)\))(?![^\W_{_AFTER}]))?"
    rf"[{_AFTER}]?"
)
_LETTERS = str.maketrans("абвгдесц", "abcddecc")
"""Ukrainian letters for Latin ones: those of the same place, look or sound."""

_ONES = "[一二三四五六七八九]"
_CHINESE_NUMBER = re.compile(rf"(?<=第)(?:{_ONES}?十)?{_ONES}?(?!十|{_ONES})")


def with_references(query: str, known: Set[str]) -> str:
    """A folded query in which every number of a clause in ``known`` stands as plans write it.

    ``point 21 d`` becomes ``21(d)``; ``point 21 z`` becomes ``21(z)``, though nothing has that.
    """
    query = _CHINESE_NUMBER.sub(lambda found: _arabic(found.group()), query)
    return _REFERENCE.sub(lambda found: _canonical(found, known), query)


def _canonical(found: re.Match[str], known: Set[str]) -> str:
    point = str(int(found["point"]))
    if point not in known:
        return found.group()
    if found["letter"]:
        part = f"{point}({found['letter'].translate(_LETTERS)})"
        return f" {part} " if part in known or found["open"] or found["before"] else found.group()
    return f" {point} " if found["before"] or found["after"] else found.group()


def _arabic(number: str) -> str:
    """A Chinese number below 100 in digits: 二十一 → 21."""
    if not number:
        return ""
    tens, ten, ones = number.rpartition("十")
    digit = "〇一二三四五六七八九".index
    return str((10 * (digit(tens) if tens else 1) if ten else 0) + (digit(ones) if ones else 0))
