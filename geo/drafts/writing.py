"""A plan's plain data as YAML, as the shipped files are written: short things on one line."""

from __future__ import annotations

import re
from typing import Any

import yaml

from geo.plan import Land, Plan

WIDTH = 110
_LAND = frozenset(Land.model_fields)
_SHORT = 60
_LONG = 90


class _Dumper(yaml.SafeDumper):
    """Indents lists, writes pieces of land and lists of short words on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (the reader takes no aliases)
        return True


def _mapping(dumper: _Dumper, data: dict[str, Any]) -> yaml.Node:
    is_land = bool(data) and set(data) <= _LAND
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=is_land or not data)


def _list(dumper: _Dumper, data: list[Any]) -> yaml.Node:
    in_one_line = all(isinstance(item, str) and len(item) < _SHORT for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=in_one_line)


def _text(dumper: _Dumper, data: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=_style(data))


def _style(text: str) -> str | None:
    """Words bare, sentences in quotes, long ones folded."""
    if re.fullmatch(r"[A-Za-z][A-Za-z_-]*|[A-Z]{2}-[0-9]{2}|https?://[^\s#]+", text):
        return None
    foldable = len(text) > _LONG and text.isprintable() and " ".join(text.split()) == text
    return ">" if foldable else '"'


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(str, _text)


def write_yaml(data: Any) -> str:
    """Plain data (mappings, lists, texts, numbers) as YAML that :mod:`geo.yaml_lines` reads."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def plain(plan: Plan) -> dict[str, Any]:
    """A plan as plain data, without what it leaves at its default."""
    data = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"schema": 1, **data}
