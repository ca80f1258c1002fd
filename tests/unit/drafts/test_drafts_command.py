"""`afterword review`: JSON lines in, JSON lines or figures out."""

from __future__ import annotations

import argparse
import io
import json
import re
from pathlib import Path

import pytest

from addons.commands import review as command

ROOT = Path(__file__).parents[3]


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def test_a_draft_in_is_a_review_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = '{"id": "a", "text": "answer me"}\n\nnonsense\n[1]\n{"id": 2, "text": "Take care."}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert _run() == 1
    told = capsys.readouterr()
    first, second = (json.loads(line) for line in told.out.splitlines())
    assert first["id"] == "a" and second == {"id": 2, "findings": [], "good": ["kind"]}
    (finding,) = first["findings"]
    assert set(finding) == {"kind", "text", "why", "rewrite", "grave"}
    assert (finding["kind"], finding["grave"]) == ("pressure_to_answer", True)
    assert "nonsense" in told.err and "expected an object" in told.err


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("no/such/file.jsonl") == 1
    assert "no/such/file.jsonl" in capsys.readouterr().err


def test_figures_hold_the_bars(capsys: pytest.CaptureFixture[str]) -> None:
    path = ROOT / "data" / "heldout" / "drafts.jsonl"
    assert _run("--score", "--batch", "3", str(path)) == 0  # by which no limit was chosen
    last = capsys.readouterr().out.splitlines()[-1]
    said = re.search(r"micro-F1 (\S+) on \d+ drafts; grave on (\d+) of (\d+)", last)
    assert said is not None
    f1, grave, honest = float(said[1]), int(said[2]), int(said[3])
    assert f1 >= 0.75
    assert grave <= 0.08 * honest


def test_figures_of_one_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "drafts.jsonl"
    drafts = [
        {"id": 1, "text": "answer me", "kinds": ["guilt"], "good": [], "batch": 1},
        {"id": 2, "text": "Take care.", "kinds": [], "good": ["kind"], "batch": 2},
    ]
    path.write_text("\n".join(json.dumps(draft) for draft in drafts), encoding="utf-8")
    assert _run("--score", "--batch", "1", str(path)) == 0
    told = capsys.readouterr().out
    assert "1: missed ['guilt'], extra ['pressure_to_answer']" in told
    assert "all: kinds micro-F1 0.000 on 1 drafts; grave on 0 of 0 honest ones" in told
