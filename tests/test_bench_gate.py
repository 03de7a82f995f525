"""The gate lets nothing under its floors through."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import gate
from tests.bench.gate import TOLERANCE, compare


def test_a_figure_under_its_floor_is_named() -> None:
    assert compare({"copy word F1": 0.9}, {"copy word F1": 0.92}) == ["copy word F1: 0.9000 is under its floor 0.9200"]


def test_a_figure_at_its_floor_or_just_under_passes() -> None:
    assert compare({"copy word F1": 0.92 - TOLERANCE / 2}, {"copy word F1": 0.92}) == []


def test_a_missing_figure_fails() -> None:
    assert compare({}, {"copy word F1": 0.92})


def test_skips_where_there_are_no_corpora(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["gate", str(tmp_path)])
    assert gate.main() == 0
    assert "skipped: no corpora" in capsys.readouterr().out
