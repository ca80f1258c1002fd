"""The files of deploy/ agree with the program and with each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from addons import health
from addons.stores import settings

DEPLOY = Path(__file__).parents[3] / "deploy"
KUBERNETES = sorted((DEPLOY / "kubernetes").glob("*.yaml"))


def documents() -> list[dict[str, Any]]:
    return [d for file in KUBERNETES for d in yaml.safe_load_all(file.read_text()) if d]


def of_kind(*kinds: str) -> list[dict[str, Any]]:
    return [d for d in documents() if d["kind"] in kinds]


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yml").read_text())["services"])


def worker() -> dict[str, Any]:
    found = next(d for d in of_kind("Deployment") if d["metadata"]["name"] == "worker")
    return dict(found["spec"]["template"]["spec"])


def test_kustomization_lists_every_manifest() -> None:
    listed = of_kind("Kustomization")[0]["resources"]
    files = {f.name for f in KUBERNETES} - {"kustomization.yaml", "secret.example.yaml"}
    assert set(listed) == files


@pytest.mark.parametrize("name", ["AFTERWORD_TRACKER_URL", "AFTERWORD_REDIS_URL"])
def test_workers_are_given_the_variables_the_program_reads(name: str) -> None:
    assert f'"{name}"' in Path(settings.__file__).read_text()
    assert name in compose()["worker"]["environment"]
    assert name in {variable["name"] for variable in worker()["containers"][0]["env"]}


def test_probes_ask_for_paths_that_exist() -> None:
    served = Path(health.__file__).read_text()
    container = worker()["containers"][0]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert f'"{container[probe]["httpGet"]["path"]}"' in served
    assert "/health/ready" in " ".join(compose()["worker"]["healthcheck"]["test"])


def test_there_is_time_to_finish_the_turn_in_hand() -> None:
    spec = worker()
    wait = int(spec["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert spec["terminationGracePeriodSeconds"] > wait + health.DRAIN_SECONDS
    grace = int(compose()["worker"]["stop_grace_period"].removesuffix("s"))
    assert grace > health.DRAIN_SECONDS


def test_redis_writes_nothing_to_disk() -> None:
    redis = next(d for d in of_kind("Deployment") if d["metadata"]["name"] == "redis")
    for words in (
        compose()["redis"]["command"],
        redis["spec"]["template"]["spec"]["containers"][0]["args"],
    ):
        assert words[words.index("--save") + 1] == ""
        assert words[words.index("--appendonly") + 1] == "no"


def test_selectors_find_their_pods() -> None:
    pods = {
        d["spec"]["template"]["metadata"]["labels"]["app"]
        for d in of_kind("Deployment", "StatefulSet")
    }
    assert {d["spec"]["selector"]["app"] for d in of_kind("Service")} <= pods


@pytest.mark.parametrize("name", ["nginx.conf", "kubernetes/proxy.yaml"])
def test_the_proxy_keeps_the_inside_inside_and_logs_no_visits(name: str) -> None:
    text = (DEPLOY / name).read_text()
    assert "access_log off" in text
    assert re.search(r"location = /metrics \{ return 404; \}", text)
    assert re.search(r"location /health/ \{ return 404; \}", text)
    assert text.count("{") == text.count("}")


def test_no_secret_is_written_down() -> None:
    for file in DEPLOY.rglob("*"):
        if file.is_file() and file.name not in ("secret.example.yaml", "example.env"):
            assert not re.search(r"(?i)password: [\"']?\w{6,}[\"']?$", file.read_text(), re.M)
    assert "AFTERWORD_KEY=\n" in (DEPLOY / "example.env").read_text()
