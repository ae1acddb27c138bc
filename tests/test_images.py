"""The images and what compose makes of them: by the rules, and fitting each other."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from deploy.proxy import Limits, read_replicas

DEPLOY = Path(__file__).parents[1] / "deploy"
BIN = Path(sys.executable).parent


def test_the_images_keep_to_the_rules():
    found = subprocess.run(
        [BIN / "hadolint", str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("name", ["compose.yaml", "compose.tls.yaml"])
def test_a_compose_file_keeps_to_its_schema(name):
    found = subprocess.run(
        [
            *(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec"),
            DEPLOY / name,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_nginx_is_told_of_every_replica_that_compose_starts():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    proxy = services.pop("proxy")
    told = {str(each) for each in read_replicas(proxy["build"]["args"]["REPLICAS"])}
    started = {
        f"{service['networks']['territory']['ipv4_address']}"
        f":{service['environment']['STREAMLIT_SERVER_PORT']}"
        for service in services.values()
    }
    assert told == started
    assert proxy["depends_on"].keys() == services.keys()
    believed = {service["environment"]["FORWARDED_ALLOW_IPS"] for service in services.values()}
    assert believed == {proxy["networks"]["territory"]["ipv4_address"]}
    over = yaml.safe_load((DEPLOY / "compose.tls.yaml").read_text("utf-8"))["services"]
    assert over.keys() == {"proxy", *services}
    for service in (proxy, *services.values()):
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["mem_limit"]


def test_uploads_under_way_cannot_fill_the_proxys_scratch():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    proxy = compose["services"]["proxy"]
    (scratch,) = re.findall(r"size=(\d+)m", proxy["tmpfs"][0])
    (memory,) = re.findall(r"(\d+)m", proxy["mem_limit"])
    limits = Limits()
    assert limits.uploads_together * limits.largest_upload_mb < int(scratch) < int(memory) / 2
