"""What the process counts: runs and how long a page waits for them, requests, caches."""

from __future__ import annotations

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving import conversation
from serving.conversation import Runs
from serving.logs import Observed
from serving.metrics import METRICS_ROUTE, bounded_caches, count_script_error
from serving.routes import route_of
from tests.asgi import counted


class Clock:
    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(conversation, "time", clock)
    return clock


def waited(kind: str) -> tuple[float, float]:
    return (
        counted("territory_rerun_seconds_sum", kind=kind),
        counted("territory_rerun_seconds_count", kind=kind),
    )


def test_a_page_waits_from_its_request_to_the_end_of_the_run(clock):
    seconds, runs = waited("fragment")
    measured = Runs()
    assert not measured.busy
    measured.asked()
    clock.now += 2
    measured.begun()
    assert measured.busy
    clock.now += 1
    measured.ended(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    assert not measured.busy
    assert waited("fragment") == (seconds + 3, runs + 1)


def test_requests_while_a_run_goes_on_wait_for_the_next_from_the_first_of_them_on(clock):
    seconds, runs = waited("full")
    measured = Runs()
    measured.asked()
    measured.begun()
    measured.asked()
    clock.now += 1
    measured.asked()
    measured.ended(ForwardMsg.FINISHED_SUCCESSFULLY)
    measured.begun()
    clock.now += 4
    measured.ended(ForwardMsg.FINISHED_SUCCESSFULLY)
    assert waited("full") == (seconds + 1 + 5, runs + 2)
    assert not measured.busy


def test_a_run_that_is_cut_short_for_another_is_measured_to_the_end_of_that(clock):
    seconds, runs = waited("full")
    measured = Runs()
    measured.asked()
    measured.begun()
    clock.now += 1
    measured.ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    assert measured.busy
    measured.begun()
    clock.now += 1
    measured.ended(ForwardMsg.FINISHED_SUCCESSFULLY)
    assert waited("full") == (seconds + 2, runs + 1)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "page"),
        ("/towns", "page"),
        ("/static/js/index.abc.js", "file"),
        ("/component/streamlit_folium.st_folium/index.html", "file"),
        ("/media/abc.csv", "media"),
        ("/_stcore/upload_file/session/file", "upload"),
        ("/_stcore/stream", "socket"),
        ("/_stcore/health", "health"),
        ("/_stcore/metrics", "metrics"),
        ("/_stcore/host-config", "core"),
        ("/healthz", "health"),
        ("/metrics", "metrics"),
        ("/favicon.png", "file"),
    ],
)
def test_a_path_belongs_to_a_class(path, route):
    assert route_of(path) == route


async def towns(_request):
    return PlainTextResponse("here")


def test_metrics_are_open_metrics_and_name_nobody():
    middleware = [Middleware(Observed)]
    app = Starlette(routes=[Route("/towns", towns), METRICS_ROUTE], middleware=middleware)
    before = counted("territory_requests_total", route="page", status="200")
    client = TestClient(app, client=("192.0.2.7", 1))
    client.get("/towns?town=Kramatorsk", headers={"User-Agent": "Somebody/1"})
    assert counted("territory_requests_total", route="page", status="200") == before + 1
    answer = client.get("/metrics")
    families = {family.name for family in text_string_to_metric_families(answer.text)}
    assert {
        "territory_sessions",
        "territory_reruns",
        "territory_rerun_seconds",
        "territory_refused",
        "territory_uploads",
        "territory_cache_hits",
        "process_resident_memory_bytes",
        "process_cpu_seconds",
    } <= families
    for told in ("192.0.2.7", "Somebody", "Kramatorsk", "towns"):
        assert told not in answer.text


def test_a_request_that_fails_counts_as_such():
    async def broken(_request):
        raise RuntimeError("broken")

    app = Starlette(routes=[Route("/towns", broken)], middleware=[Middleware(Observed)])
    before = counted("territory_requests_total", route="page", status="500")
    TestClient(app, raise_server_exceptions=False).get("/towns")
    assert counted("territory_requests_total", route="page", status="500") == before + 1


def test_every_bounded_cache_that_is_loaded_tells_its_hits():
    from pages.parts.link import read_view
    from pages.parts.scene import current_scene

    names = dict(bounded_caches())
    assert "pages.parts.scene._shipped_scene" in names
    assert "geo.plan.load_plan" in names
    current_scene(read_view({}))
    cache = "pages.parts.scene._shipped_scene"
    before = counted("territory_cache_hits_total", cache=cache)
    current_scene(read_view({}))
    assert counted("territory_cache_hits_total", cache=cache) == before + 1


def test_errors_of_the_script_are_counted_and_shown_as_ever():
    before = counted("territory_script_errors_total")
    assert count_script_error(RuntimeError("broken")) is None
    assert counted("territory_script_errors_total") == before + 1
