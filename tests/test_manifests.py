"""Kubernetes' manifests: sound, all named, and of one mind with nginx and the settings."""

from __future__ import annotations

from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from deploy.proxy import HIDDEN
from serving.settings import PREFIX

DEPLOY = Path(__file__).parents[1] / "deploy"
MANIFESTS = sorted(
    path for path in (DEPLOY / "kubernetes").glob("*.yaml") if path.name != "kustomization.yaml"
)


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_a_manifest_keeps_to_kubernetes_own_schema(path):
    for manifest in yaml.safe_load_all(path.read_text("utf-8")):
        kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)
        assert "namespace" not in manifest["metadata"]


def test_the_kustomization_names_every_manifest():
    named = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text("utf-8"))
    assert sorted(named["resources"]) == [path.name for path in MANIFESTS]


def test_a_pod_has_time_to_hand_its_readers_on():
    manifest = yaml.safe_load((DEPLOY / "kubernetes" / "deployment.yaml").read_text("utf-8"))
    pod = manifest["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    settings = {each["name"]: each.get("value") for each in container["env"]}
    drain = float(settings[f"{PREFIX}DRAIN_SECONDS"])
    assert pod["terminationGracePeriodSeconds"] > drain + 8 + 5
    assert container["securityContext"]["readOnlyRootFilesystem"]


def test_the_ingress_hides_what_nginx_hides():
    manifests = yaml.safe_load_all((DEPLOY / "kubernetes" / "ingress.yaml").read_text("utf-8"))
    pages, files = (each["spec"]["rules"][0]["http"]["paths"] for each in manifests)
    hidden = {
        each["path"] + ("/" if each["pathType"] == "Prefix" else "")
        for each in pages
        if each["backend"]["service"]["name"] == "nothing"
    }
    assert hidden == set(HIDDEN)
    assert [each["path"] for each in files] == ["/static", "/component"]


def test_both_parts_of_the_ingress_send_a_reader_to_the_same_replica_and_files_are_not_counted():
    manifests = yaml.safe_load_all((DEPLOY / "kubernetes" / "ingress.yaml").read_text("utf-8"))
    pages, files = (each["metadata"]["annotations"] for each in manifests)
    kept = [name for name in pages if "affinity" in name or "session-cookie" in name]
    assert {name: pages[name] for name in kept} == {name: files[name] for name in kept}
    assert [name for name in files if "limit" in name] == []
