"""nginx's configuration for a number of replicas, from the one template in ``deploy/nginx``.

The container image and a trial on one machine are both made from it, so what is tried is what runs:
``python -m deploy.proxy OUT --replicas 'HOST:PORT …'`` writes it, ``nginx -c OUT/nginx.conf`` runs
it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo.uploads.limits import LARGEST_FILE_MB
from serving.lasting import ASK_AGAIN, HASHED, YEAR, assets_version
from serving.refusals import AWAY, CROWDED, LARGE, Sentence, page_saying
from serving.security import HEADERS, INERT, REST, written

TEMPLATES = Path(__file__).parent / "nginx"

MODULES = Path("/usr/lib/nginx/modules")
"""Where Debian's nginx has its modules."""

BROTLI = MODULES / "ngx_http_brotli_static_module.so"

MIME_TYPES = Path("/etc/nginx/mime.types")


HIDDEN = (
    "/metrics",
    "/readyz",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/",
)
"""Paths of the app that are not for the public; with a slash at the end, all below as well."""


@dataclass(frozen=True)
class Rate:
    """Requests ``a_second`` from one address in the long run; so many more at once (``burst``)."""

    a_second: int
    burst: int


@dataclass(frozen=True)
class Limits:
    """What one address may ask for; schools and offices share one, so they are wide.

    ``sockets``: pages that connect; when a replica ends, all of its readers do so at once.
    ``states``: health and settings, two of which a page asks for before it connects. ``misses``:
    files that nginx does not have, a few of each page, all of them of a page of another version.
    ``ahead``: what a page shows before its script has said it; made anew, it takes a replica about
    as long as a page.
    ``uploads_together``: of all addresses; bodies are kept in the scratch folder until whole.
    """

    pages: Rate = Rate(20, 200)
    states: Rate = Rate(60, 1000)
    sockets: Rate = Rate(20, 400)
    uploads: Rate = Rate(1, 10)
    downloads: Rate = Rate(5, 40)
    misses: Rate = Rate(100, 600)
    ahead: Rate = Rate(5, 200)
    sockets_each: int = 500
    uploads_each: int = 4
    uploads_together: int = 6
    largest_upload_mb: int = LARGEST_FILE_MB + 1  # the form round the file counts as well

    def for_one_machine(self) -> Limits:
        """Wide enough for a crowd that is replayed from one address."""
        wide = Rate(100_000, 10_000)
        return replace(
            self,
            pages=wide,
            states=wide,
            sockets=wide,
            downloads=wide,
            misses=wide,
            ahead=wide,
            sockets_each=20_000,
        )


@dataclass(frozen=True)
class Replica:
    """Where a replica listens; its port is its name, so no two may have the same."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def read_replicas(named: str) -> tuple[Replica, ...]:
    """``HOST:PORT``, several with spaces between them."""
    found = []
    for each in named.split():
        host, _colon, port = each.rpartition(":")
        if not host or not port.isdecimal():
            raise argparse.ArgumentTypeError(f"{each!r} is no replica; write it as HOST:PORT.")
        found.append(Replica(host, int(port)))
    return tuple(found)


@dataclass(frozen=True)
class Proxy:
    """Everything that the template is filled with.

    ``folder`` holds what is written here, ``scratch`` what nginx writes; ``static`` was filled by
    :mod:`deploy.static`. With ``certificate`` and ``key`` it speaks TLS at ``tls_listen`` and
    sends who asks at ``listen`` there. ``retry_seconds``: how long a replica that did not answer
    is left alone. ``user``: of nginx's workers, needed only where root starts it.
    """

    folder: Path
    scratch: Path
    static: Path
    replicas: tuple[Replica, ...]
    listen: str = "8080"
    tls_listen: str = "8443"
    certificate: Path | None = None
    key: Path | None = None
    access_log: str = "/dev/stdout"
    error_log: str = "/dev/stderr"
    workers: str = "auto"
    open_files: int = 16_384
    retry_seconds: int = 3
    user: str | None = None
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        ports = [replica.port for replica in self.replicas]
        if not ports or len(set(ports)) < len(ports):
            raise ValueError(
                f"The replicas listen at the ports {ports}; there has to be one replica at least,"
                " and each needs a port of its own, because the port is its name in the cookie."
            )


AGAIN_IN = 5
"""Seconds after which a page that could not be shown is asked for again."""

ERROR_PAGES: dict[str, tuple[Sentence, int | None]] = {
    "away": (AWAY, AGAIN_IN),
    "too_often": (CROWDED, AGAIN_IN),
    "too_large": (LARGE, None),
}
"""By name: the page's sentence, and after how many seconds it is asked for again, if it is."""


def configure(proxy: Proxy) -> Path:
    """Write the configuration and its error pages into ``proxy.folder``; gives its path."""
    (proxy.folder / "conf.d").mkdir(parents=True, exist_ok=True)
    proxy.scratch.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TEMPLATES / "socket.conf", proxy.folder / "socket.conf")
    (proxy.folder / "_proxy").mkdir(exist_ok=True)
    for name, (sentence, again_in) in ERROR_PAGES.items():
        page = proxy.folder / "_proxy" / f"{name}.html"
        page.write_text(page_saying(sentence, again_in), "utf-8")
    configuration = proxy.folder / "nginx.conf"
    configuration.write_text(_nginx_conf(proxy), "utf-8")
    return configuration


def _nginx_conf(proxy: Proxy) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("nginx.conf.j2")
    return template.render({**vars(proxy), **_of_machine(), **_of_app()})


def _of_machine() -> dict[str, Any]:
    """What depends on the nginx that is installed."""
    return {
        "brotli": BROTLI.exists(),
        "modules": [BROTLI] if BROTLI.exists() else [],
        "mime_types": MIME_TYPES,
    }


def _of_app() -> dict[str, Any]:
    """What the app says of its files, so that nginx says the same."""
    return {
        "hidden": HIDDEN,
        "asked_again": {name: again for name, (_said, again) in ERROR_PAGES.items() if again},
        "version": assets_version(),
        "hashed": HASHED.pattern,
        "year": YEAR,
        "ask_again": ASK_AGAIN,
        "headers": HEADERS,
        "inert": INERT,
        "rest": written(REST),
    }


def main(arguments: Iterable[str] | None = None) -> None:
    """Write the configuration that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m deploy.proxy", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the configuration")
    parser.add_argument("--replicas", type=read_replicas, required=True, help="'HOST:PORT …'")
    parser.add_argument("--static", type=Path, required=True, help="filled by deploy.static")
    parser.add_argument("--scratch", type=Path, required=True, help="what nginx itself writes")
    parser.add_argument("--listen", default="8080")
    parser.add_argument("--tls-listen", default="8443")
    parser.add_argument("--certificate", type=Path, help="with --key: speak TLS at --tls-listen")
    parser.add_argument("--key", type=Path)
    asked = parser.parse_args(None if arguments is None else list(arguments))
    proxy = Proxy(
        folder=asked.out,
        scratch=asked.scratch,
        static=asked.static,
        replicas=asked.replicas,
        listen=asked.listen,
        tls_listen=asked.tls_listen,
        certificate=asked.certificate,
        key=asked.key,
    )
    sys.stdout.write(f"{configure(proxy)}\n")


if __name__ == "__main__":
    main()
