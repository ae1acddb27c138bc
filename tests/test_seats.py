"""Places: who gets one, who keeps it for a while, and what the others are told."""

from __future__ import annotations

import time

import pytest
from starlette.testclient import WebSocketDenialResponse
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from serving.seats import KEPT_SECONDS, Seats
from tests.asgi import begun, ended, rerun
from tests.limited import connected, refusals, seated, served

TOKEN = b"0123456789abcdef"


def cookie() -> dict[str, str]:
    """The browser's token as Streamlit writes it, each time under another mask."""
    return {"Cookie": f"_streamlit_xsrf={generate_xsrf_token_string(TOKEN, 1)}"}


def test_when_all_places_are_taken_a_page_and_a_websocket_are_refused_in_three_languages():
    client, service = served(sessions=1)
    before = refusals("full")
    with client, connected(client) as inside:
        inside.receive_bytes()
        page = client.get("/towns")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
        for words in ("Too many readers", "забагато читачів", "读者过多"):
            assert words in page.text
        with pytest.raises(WebSocketDenialResponse) as refused, connected(client):
            pass
        assert refused.value.status_code == 503
        assert client.get("/static/index.js").status_code == 200
        inside.send_bytes(rerun())
        assert inside.receive_bytes() == ended()
        assert refusals("full") == before + 2
    service.seats.clock = lambda: time.monotonic() + KEPT_SECONDS
    assert client.get("/towns").status_code == 200


def test_who_is_in_may_load_the_page_anew_and_connect_again():
    client, service = served(sessions=1)
    with client:
        with connected(client, headers=cookie()) as inside:
            inside.receive_bytes()
            assert client.get("/towns").status_code == 503
            assert client.get("/towns", headers=cookie()).status_code == 200
        with pytest.raises(WebSocketDenialResponse), connected(client):
            pass
        with connected(client, headers=cookie()) as again:
            again.receive_bytes()
            assert len(service.seats.taken) == 1


def test_a_session_that_was_in_is_known_by_its_name_too():
    client, service = served(sessions=1)
    with client:
        with connected(client) as inside:
            inside.receive_bytes()
            with connected(client, subprotocols=["streamlit", "x", "s-1"]) as again:
                assert again.receive_bytes() == begun("s-1")
                assert inside.receive()["type"] == "websocket.close"
                assert len(service.seats.taken) == 1
        with connected(client, subprotocols=["streamlit", "x", "s-1"]) as later:
            later.receive_bytes()


def test_a_place_is_kept_for_a_while_only():
    now = [0.0]
    seats = Seats(1, clock=lambda: now[0])
    seat = seated(seats, "a", "s-1")
    seats.leave(seat)
    seats.leave(seat)
    assert seats.take("b") is None
    now[0] = KEPT_SECONDS + 1
    assert seats.take("b") is not None
    assert not seats.knows("a")


def test_one_name_does_not_get_two_places():
    seats = Seats(1)
    assert seats.take("a")
    assert seats.take("a") is None


def test_a_page_that_the_server_never_named_keeps_no_place():
    """Streamlit refused it, say for its origin: else places could be kept without a connection."""
    seats = Seats(1)
    seats.leave(seats.take("a", "claimed"))
    assert not seats.full
    assert not seats.knows("claimed")


def test_a_place_has_the_names_of_its_page_and_none_of_older_ones():
    seats = Seats(2)
    for number in range(5):
        seats.leave(seated(seats, "a", f"s-{number}"))
    (seat,) = seats.kept
    assert (seat.browser, seat.session) == ("a", "s-4")


def test_of_two_pages_of_one_browser_each_gets_its_own_place_back():
    seats = Seats(2)
    first, second = seated(seats, "a", "s-1"), seated(seats, "a", "s-2")
    seats.leave(first)
    seats.leave(second)
    assert seats.take("a", "s-2").session == "s-2"
    assert [seat.session for seat in seats.kept] == ["s-1"]


def test_a_session_that_is_claimed_closes_no_page_unless_it_is_that_pages():
    client, service = served()
    with client, connected(client, subprotocols=["streamlit", "x", "guessed"]) as one:
        one.receive_bytes()
        with connected(client, subprotocols=["streamlit", "x", "guessed"]) as other:
            other.receive_bytes()
            assert len(service.seats.taken) == 2


def test_an_address_has_so_many_websockets_at_once():
    client, service = served(sockets_per_address=1)
    with client, connected(client) as inside:
        inside.receive_bytes()
        with pytest.raises(WebSocketDenialResponse) as refused, connected(client):
            pass
        assert refused.value.status_code == 429
    assert not service.addresses


def test_a_process_that_ends_takes_nobody_and_serves_who_is_in():
    client, service = served()
    with client, connected(client) as inside:
        inside.receive_bytes()
        service.draining = True
        assert client.get("/").status_code == 503
        assert client.get("/_stcore/health").status_code == 503
        assert client.get("/static/index.js").status_code == 200
        with pytest.raises(WebSocketDenialResponse), connected(client):
            pass
        inside.send_bytes(rerun())
        assert inside.receive_bytes() == ended()
