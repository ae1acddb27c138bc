"""Read YAML as plain data that remembers on which line each value stands.

Only plain mappings, lists and scalars are taken: anchors, aliases and tags are refused, so a file
can neither build objects nor grow when it is read.
"""

from __future__ import annotations

from typing import Any

import yaml

from geo.errors import LONGEST_NAME, Fault, PlanError

Path = tuple[str | int, ...]
"""Where a value stands in the data: keys and list positions from the top."""

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 12
MAX_DIGITS = 40


def load_yaml(text: str, file: str) -> tuple[Any, dict[Path, int]]:
    """Parse ``text`` and return its data and the line (from 1) of every path in it.

    Raises :class:`PlanError` with the line if the text is too long, is not YAML, repeats a key, or
    uses anchors, aliases or tags.
    """
    if len(text) > MAX_CHARACTERS:
        raise PlanError(
            Fault(file, f"this is longer than {MAX_CHARACTERS:,} characters; shorten it.")
        )
    _refuse_unsafe(text, file)
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise PlanError(_syntax_fault(error, file)) from error
    if root is None:
        raise PlanError(Fault(file, "the file is empty; copy a plan from data/plans to start."))
    lines: dict[Path, int] = {}
    return _plain(root, (), lines, file), lines


def _refuse_unsafe(text: str, file: str) -> None:
    """Stop at the first anchor, alias, tag or too deep nesting, before anything is built."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else None
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                message = "anchors (&) and aliases (*) are not read; write the value out."
                raise PlanError(Fault(file, message, line))
            if tag := getattr(event, "tag", None):
                message = f"the tag {shortened(tag)!r} is not read; write a plain value."
                raise PlanError(Fault(file, message, line))
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                message = f"values are nested more than {MAX_DEPTH} deep; write them flatter."
                raise PlanError(Fault(file, message, line))
    except yaml.YAMLError as error:
        raise PlanError(_syntax_fault(error, file)) from error


def shortened(text: str) -> str:
    """The beginning of a name, for a sentence about it."""
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME]}…"


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    problem = shortened(" ".join(str(problem).split()))
    line = mark.line + 1 if mark else None
    return Fault(file, f"this is not YAML ({problem}); check indents, quotes and colons.", line)


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int], file: str) -> Any:
    """Turn one node into plain data, noting the line of every value below it."""
    line = node.start_mark.line + 1
    lines[path] = line
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, i), lines, file) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key_line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                message = "a key is a list or a mapping; write a plain word before the colon."
                raise PlanError(Fault(file, message, key_line))
            key = str(key_node.value)
            if key in result:
                message = f"{shortened(key)!r} is given twice; keep one."
                raise PlanError(Fault(file, message, key_line))
            result[key] = _plain(value_node, (*path, key), lines, file)
            lines[(*path, key)] = key_line
        return result
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    """Text stays as written (dates too); only unquoted numbers, booleans and nulls are read."""
    if node.tag.endswith((":int", ":float")):
        return yaml.safe_load(node.value) if len(node.value) < MAX_DIGITS else node.value
    if node.tag.endswith(":bool"):
        return bool(yaml.safe_load(node.value))
    return None if node.tag.endswith(":null") else node.value
