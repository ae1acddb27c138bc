"""Serve the dashboard: ``streamlit run serve.py``."""

from __future__ import annotations

import pandas  # noqa: F401  (Altair looks into it while another reader's page may still load it)
import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from serving.ahead import AHEAD_ROUTE
from serving.compressed import Compressed
from serving.health import health_routes, lifespan_of
from serving.known_pages import KnownPages
from serving.lean import make_runs_lean
from serving.light_fonts import LightFonts
from serving.limits import Limits
from serving.logs import Observed
from serving.metrics import METRICS_ROUTE, count_script_error
from serving.page import StyledPage
from serving.paths import check_base_path
from serving.replaced import replace
from serving.security import Secured, frame_ancestors
from serving.service import Service
from serving.settings import settings_or_exit
from serving.sockets import Sockets
from serving.unsent import send_finished_pages_whole

# Until app.py has run once, Streamlit takes a folder "pages" for pages of its own and would answer
# a first reader's link to /clauses with that file alone. It has no setting to tell it otherwise.
bare = "a first link to a page may open that page's file alone"
replace(PagesManager, "uses_pages_directory", lambda _: False, bare)

make_runs_lean()
send_finished_pages_whole()
check_base_path(st.get_option("server.baseUrlPath"))
service = Service(settings_or_exit())
app = st.App(
    "app.py",
    lifespan=lifespan_of(service),
    routes=[*health_routes(service), METRICS_ROUTE, AHEAD_ROUTE],
    middleware=[
        Middleware(Observed),
        Middleware(Secured, frame_ancestors(service.settings.frame_ancestors)),
        Middleware(Limits, service),
        Middleware(Sockets, service),
        Middleware(KnownPages),
        Middleware(Compressed),
        Middleware(LightFonts),
        Middleware(StyledPage),
    ],
    on_script_error=count_script_error,
)
