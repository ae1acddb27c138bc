"""Every measure by name: what does it, on which targets, how often at most in one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks import measures_change, measures_cost, measures_memory, measures_visit
from benchmarks.targets import OURS, PROXIED, TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.bench import Bench
    from benchmarks.servers import Served
    from benchmarks.targets import Target

EVERY = tuple(TARGETS)
DIRECT = tuple(name for name in TARGETS if name != PROXIED.name)
JUST_OURS = (OURS.name,)
PACKED = tuple(name for name in TARGETS if name != "dash")


@dataclass(frozen=True)
class Measure:
    """``once``: on a server that runs for the whole run; ``afresh``: on servers of its own."""

    targets: tuple[str, ...]
    once: Callable[[Bench, Target, Served], None] | None = None
    afresh: Callable[[Bench, Target], None] | None = None
    most_rounds: int = 1000


MEASURES = {
    "start": Measure(DIRECT, afresh=measures_cost.start, most_rounds=2),
    "memory": Measure(DIRECT, afresh=measures_memory.memory, most_rounds=1),
    "load": Measure(EVERY, measures_visit.loads),
    "click": Measure(DIRECT, measures_visit.clicks),
    "switch": Measure(DIRECT, measures_visit.switches),
    "date": Measure(JUST_OURS, measures_change.dates),
    "plan": Measure(JUST_OURS, measures_change.plans),
    "town": Measure(JUST_OURS, measures_change.towns),
    "phone": Measure(PACKED, measures_cost.phone, most_rounds=1),
    "traffic": Measure(EVERY, measures_cost.traffic, most_rounds=1),
    "processor": Measure(DIRECT, measures_cost.processor, most_rounds=1),
    "camera": Measure(DIRECT, measures_visit.camera, most_rounds=1),
}
"""In the order in which they are taken; servers of their own come while no other runs."""
