"""A reader's own plan, read as data from a stranger: bounded, and every fault a sentence."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from geo.drafts.limits import LARGEST_UNPACKED, LONGEST_TEXT, MOST_VALUES
from geo.drafts.writing import plain, write_yaml
from geo.errors import Fault, PlanError
from geo.plan import OWN_PLAN, Plan, parse_plan, without_nulls
from geo.yaml_lines import MAX_DEPTH, load_yaml

FILE = "own plan"
"""The name that faults of a reader's plan are given under."""


def read_own(text: str) -> Plan:
    """The plan in a reader's YAML. Raises :class:`PlanError` with every fault and its line."""
    if fault := too_long(text):
        raise PlanError(fault)
    plan = parse_plan(text, FILE)
    faults = []
    if plan.id != OWN_PLAN:
        message = (
            f"id is {plan.id!r}; an own plan has the id {OWN_PLAN!r}, so write id: {OWN_PLAN}."
        )
        faults.append(plan.fault(message, "id"))
    if plan.kind != "own":
        message = f"kind is {plan.kind!r}; an own plan has the kind 'own', so write kind: own."
        faults.append(plan.fault(message, "kind"))
    if faults:
        raise PlanError(faults)
    return plan


def too_long(text: str) -> Fault | None:
    """What is wrong with a text of more than :data:`geo.drafts.limits.LONGEST_TEXT` bytes."""
    size = len(text.encode("utf-8", "replace"))
    if size <= LONGEST_TEXT:
        return None
    message = (
        f"this plan has {size // 1000:,} KB; an own plan may have {LONGEST_TEXT // 1000} KB."
        " Shorten it, or serve it from data/plans."
    )
    return Fault(FILE, message)


def text_of_file(name: str, content: bytes) -> str:
    """The YAML in a file that a reader chose, which may be JSON.

    Raises :class:`PlanError` if it is too large, no text, or no JSON though it says so.
    """
    if len(content) > LARGEST_UNPACKED:
        message = f"the file is larger than {LARGEST_UNPACKED // 1000} KB; a plan is smaller."
        raise PlanError(Fault(FILE, message))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanError(Fault(FILE, "this is not UTF-8 text; save it as UTF-8.")) from error
    return text_of_json(text) if name.lower().endswith(".json") else text


def text_of_json(text: str) -> str:
    """A plan in JSON as YAML, which is longer.

    Raises :class:`PlanError` if it is no JSON, nested too deep, too long or of too many values.
    """
    if fault := too_long(text):
        raise PlanError(fault)
    try:
        data = json.loads(text, parse_constant=str, object_pairs_hook=_once)
    except PlanError:
        raise
    except json.JSONDecodeError as error:
        message = f"this is not JSON ({error.msg}); export it again."
        raise PlanError(Fault(FILE, message, error.lineno)) from error
    except (RecursionError, ValueError) as error:
        message = "it is nested too deep or holds a number too long to read; export it again."
        raise PlanError(Fault(FILE, message)) from error
    if not isinstance(data, dict):
        message = "a plan is a mapping of keys such as id, clauses, terms."
        raise PlanError(Fault(FILE, message, 1))
    depth, count = _depth_and_count(data)
    if depth > MAX_DEPTH:
        message = f"values are nested more than {MAX_DEPTH} deep; write them flatter."
        raise PlanError(Fault(FILE, message))
    if count > MOST_VALUES:
        message = f"it has more than {MOST_VALUES:,} values; a plan has fewer."
        raise PlanError(Fault(FILE, message))
    written = write_yaml(_printable(data))
    if fault := too_long(written):
        raise PlanError(fault)
    return written


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise PlanError(Fault(FILE, f"{key[:60]!r} is given twice; keep one."))
        found[key] = value
    return found


def _depth_and_count(value: Any) -> tuple[int, int]:
    """How deep lists and mappings are nested, and how many values there are; without recursion."""
    level, depth, count = [value], 0, 1
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [
            inner for each in level for inner in (each.values() if isinstance(each, dict) else each)
        ]
        count += len(level)
    return depth, count


def _printable(value: Any) -> Any:
    """Halves of characters, which JSON can name but no text can hold, become a mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_printable(key): _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list) else value


def shaped(text: str) -> dict[str, Any] | None:
    """The plain data of a text whose values fit the plan format, though it may not be sound."""
    if too_long(text):
        return None
    try:
        data, _lines = load_yaml(text, FILE)
        plan = Plan.model_validate(without_nulls(data))
    except (PlanError, ValidationError):
        return None
    return plain(plan)
