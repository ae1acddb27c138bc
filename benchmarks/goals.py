"""What each measure should come to: a value, or a share of what a peer needs in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.results import Measures, has_p95


@dataclass(frozen=True)
class Goal:
    """``measure`` of ``target`` is at most ``value`` plus ``share`` of what ``peer`` needs.

    ``statistic``: which of the two that a file of results has is meant, of both.
    """

    measure: str
    value: float = 0.0
    share: float = 0.0
    peer: str = ""
    target: str = "ours"
    statistic: Literal["median", "p95"] = "median"

    def limit(self, measures: Measures) -> float | None:
        """The value that it may have at most; ``None`` if the peer was not measured."""
        if not self.peer:
            return self.value
        beside = measures.get(f"{self.measure}.{self.peer}")
        return None if beside is None else self.value + self.share * beside[self.statistic]

    def met(self, measures: Measures) -> bool | None:
        """Whether it is reached; ``None`` if it or its peer was not measured."""
        found, limit = measures.get(f"{self.measure}.{self.target}"), self.limit(measures)
        if found is None or limit is None:
            return None
        if found["unit"] == "MB" and found[self.statistic] <= 0:
            return None  # nothing that runs takes no memory: something else was measured
        if self.statistic == "p95" and not has_p95(found):
            return None
        return bool(found[self.statistic] <= limit)

    def words(self) -> str:
        """The goal as a reader of the table sees it."""
        if not self.peer:
            return f"≤ {self.value:g}"
        more = f" + {self.value:g}" if self.value else ""
        return f"≤ {self.share:.2g} × {self.peer}{more}"


CPU_CLICK_SHARE = 8 / 202
"""Where 8 ms of processor time a click were set as the goal, the usual app needed 202 ms."""

GOALS = (
    Goal("click_highlight_frames", 2, statistic="p95"),
    Goal("click_clause", 50),
    Goal("click_clause", 90, statistic="p95"),
    Goal("click_clause", share=1 / 9, peer="usual"),
    Goal("click_clause", 10, share=1, peer="dash"),
    Goal("switch_map", 50),
    Goal("switch_map", share=1 / 8, peer="usual"),
    Goal("date_first", 250),
    Goal("date_step", 250),
    Goal("plan_change", 250),
    Goal("cold_territory", share=0.8, peer="usual"),
    Goal("bytes_cold", share=1.2, peer="usual"),
    Goal("warm_territory", share=0.8, peer="usual"),
    Goal("phone_territory", share=0.4, peer="usual", target="proxied"),
    Goal("phone_bytes", 1200, target="proxied"),
    Goal("cpu_click", 8),
    Goal("cpu_click", share=CPU_CLICK_SHARE, peer="usual"),
    Goal("cpu_load", 100),
    Goal("rss_idle", 350),
    Goal("uss_session", 0.3),
    Goal("start_answer", 4000),
)
