"""What the process does, in numbers, as OpenMetrics at ``/metrics``.

Nothing in it says who: requests are counted by class, runs by kind. It still tells how many
readers there are and what is refused, so a proxy in front must not let the public fetch it.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

SECONDS = (0.005, 0.01, 0.02, 0.035, 0.05, 0.09, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)

REGISTRY = CollectorRegistry()
disable_created_metrics()  # type: ignore[no-untyped-call]

SESSIONS = Gauge("territory_sessions", "Pages that are connected now.", registry=REGISTRY)
BEGUN = Counter("territory_sessions_begun", "Pages that have connected.", registry=REGISTRY)
RERUNS = Counter("territory_reruns", "Script runs that ended.", ["kind"], registry=REGISTRY)
LATENCY = Histogram(
    "territory_rerun_seconds",
    "From a page's request for a run to the message that the run has ended.",
    ["kind"],
    buckets=SECONDS,
    registry=REGISTRY,
)
ERRORS = Counter("territory_script_errors", "Runs that ended in an error.", registry=REGISTRY)
REQUESTS = Counter(
    "territory_requests", "HTTP requests answered.", ["route", "status"], registry=REGISTRY
)
REFUSED = Counter("territory_refused", "Refused, by reason.", ["reason"], registry=REGISTRY)
UPLOADS = Counter("territory_uploads", "Files that readers brought.", registry=REGISTRY)
UPLOADED = Counter(
    "territory_upload_bytes", "Bytes of uploads, the refused ones' too.", registry=REGISTRY
)


class Caches(Collector):
    """Hits and misses of every bounded cache of functions that is loaded by now."""

    def collect(self) -> Iterator[Metric]:
        """Two families, a sample of each for every cache."""
        hits = CounterMetricFamily("territory_cache_hits", "Found made.", labels=["cache"])
        misses = CounterMetricFamily("territory_cache_misses", "Made anew.", labels=["cache"])
        for name, cached in bounded_caches():
            info = cached.cache_info()
            hits.add_metric([name], info.hits)
            misses.add_metric([name], info.misses)
        yield hits
        yield misses


def bounded_caches() -> Iterator[tuple[str, Any]]:
    """Name and function of each ``lru_cache`` with a limit in a loaded module of ours."""
    kind = type(functools.lru_cache(repr))
    for module, held in sorted(sys.modules.items()):
        if not module.startswith(("geo.", "pages.")):
            continue
        for name, value in list(vars(held).items()):
            own = isinstance(value, kind) and value.__module__ == module
            if own and value.cache_parameters()["maxsize"] is not None:
                yield f"{module}.{name}", value


REGISTRY.register(Caches())
ProcessCollector(registry=REGISTRY)


def count_script_error(_error: Exception) -> None:
    """Count an error of the script; Streamlit has it logged, with its traceback."""
    ERRORS.inc()


def metrics(_request: Request) -> Response:
    """All numbers as they are now."""
    text = generate_latest(REGISTRY)  # type: ignore[no-untyped-call]
    return Response(text, media_type=CONTENT_TYPE_LATEST)


METRICS_ROUTE = Route("/metrics", metrics)
