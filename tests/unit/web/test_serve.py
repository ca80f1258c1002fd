"""`afterword serve`: what keeps it from starting is said in a line, and where it listens."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from addons.commands import serve
from addons.widget import ensure_widget


def run(*arguments: str) -> int:
    import argparse

    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    return serve.run(parser.parse_args(arguments))


def test_it_listens_on_this_computer_only_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import argparse

    monkeypatch.delenv("AFTERWORD_HOST", raising=False)
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    assert parser.parse_args([]).interface == "127.0.0.1"


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert run("--port", port) == 1
    assert port in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value"), [("AFTERWORD_ORIGINS", "*"), ("AFTERWORD_KEY", "not a key")]
)
def test_a_setting_that_is_wrong_is_named(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    value: str,
) -> None:
    from afterword.notebook import keys

    keys.keys.cache_clear()
    monkeypatch.setenv("AFTERWORD_DATA", str(tmp_path / "var"))
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("addons.light.leave_out", lambda: None)  # the tests' process needs it all
    monkeypatch.setattr(
        "addons.training.ensure_model_apart", lambda root: tmp_path / "model.tar.gz"
    )
    monkeypatch.setattr("addons.widget.ensure_widget", lambda root: True)
    assert run("--port", "0") == 1
    assert name in capsys.readouterr().out
    keys.keys.cache_clear()


def test_without_node_the_api_works_and_a_line_says_what_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "build-widget").write_text("exit 1\n", encoding="utf-8")
    assert ensure_widget(tmp_path) is False
    assert "could not be built" in capsys.readouterr().out
