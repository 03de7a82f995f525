"""The gate lets nothing under its floors through."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.bench import gate
from tests.bench.gate import (
    CORPORA,
    TOLERANCE,
    Floors,
    Scored,
    Segments,
    compare,
    digest,
    figures,
    judge,
    raised,
    segments,
)

ARTICLE = "The ferry leaves the harbour at nine, and it comes back before the evening, unless there is a storm, they say."
PAGE = f"<html><body><nav><ul><li><a href=/>Home</a></ul></nav><article><h1>Ferry</h1><p>{ARTICLE}</article></body></html>"


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """One page in each corpus."""
    url = "https://harbour.example/ferry"
    truths: dict[str, dict[str, object]] = {
        "labelled-dev": {"lines": [["nav", "Home"], ["body", "Ferry"], ["body", ARTICLE]]},
        "snippets-dev": {"with": ["leaves the harbour"], "without": ["Home"]},
        "text-dev": {"body": ARTICLE},
        "wcxb-dev": {"body": ARTICLE, "type": "article"},
    }
    for corpus, truth in truths.items():
        for folder in ("html", "text", "copy", "w3m", "lynx"):
            (tmp_path / corpus / folder).mkdir(parents=True)
            (tmp_path / corpus / folder / "1.html.gz").write_bytes(gzip.compress(PAGE.encode(), mtime=0))
            (tmp_path / corpus / folder / "1.txt").write_text(f"Home\n\nFerry\n\n{ARTICLE}\n", encoding="utf-8")
        row = json.dumps({"id": "1", "url": url} | truth)
        (tmp_path / corpus / "truth.jsonl").write_text(row + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file for floors, not there yet."""
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    return tmp_path / "floors.json"


def run(monkeypatch: pytest.MonkeyPatch, corpora: Path, *options: str) -> int:
    monkeypatch.setattr("sys.argv", ["gate", str(corpora), *options])
    return gate.main()


def test_a_figure_under_its_floor_is_named() -> None:
    assert compare({"copy word F1": 0.9}, {"copy word F1": 0.92}) == ["copy word F1: 0.9000 is under its floor 0.9200"]


def test_a_figure_at_its_floor_or_just_under_passes() -> None:
    assert compare({"copy word F1": 0.92 - TOLERANCE / 2}, {"copy word F1": 0.92}) == []


def test_a_missing_figure_fails() -> None:
    assert compare({}, {"copy word F1": 0.92})


def test_floors_rise_and_do_not_sink_by_the_tolerance_each_time() -> None:
    assert raised({"a": 0.9, "b": 0.8}, {"a": 0.901, "b": 0.7}) == {"a": 0.901, "b": 0.8}
    assert raised({"a": 0.9}, {"a": 0.95}, lower=True) == {"a": 0.9}


def test_a_floor_is_lowered_only_when_that_is_said() -> None:
    entry: Floors = {"digest": "old", "floors": {"a": 0.9}}
    text, new = judge({"a": 0.8}, "new", entry, write=True, lower=False)
    assert new is None
    assert "not written" in text
    assert judge({"a": 0.8}, "new", entry, write=True, lower=True)[1] == {"digest": "new", "floors": {"a": 0.8}}


def test_floors_of_other_data_let_nothing_through() -> None:
    entry: Floors = {"digest": "old", "floors": {"a": 0.9}}
    assert judge({"a": 0.95}, "new", entry, write=False, lower=False)[0].startswith("the floors belong to other data")
    assert judge({"a": 0.95}, "old", entry, write=False, lower=False) == ("", None)


def test_segments_are_found_whatever_the_white_space() -> None:
    assert segments("One two\n\nthree  four", ["two three", "five"], ["four", "six"]) == Segments(1, 1, 1)


def test_articles_are_among_the_pages() -> None:
    got = figures([Scored("pages", "article", 1.0), Scored("pages", "forum", 0.4), Scored("snippets", "", Segments(3, 1, 0))])
    assert got == {
        "articles over .5": 1.0, "articles word F1": 1.0, "pages over .5": 0.5, "pages word F1": 0.7,
        "snippets segment F1": 0.8571,
    }  # fmt: skip


def test_the_digest_knows_truths_names_and_sizes(corpora: Path) -> None:
    before = digest(corpora)
    assert digest(corpora) == before
    (corpora / "wcxb-dev" / "html" / "2.html.gz").write_bytes(b"")
    added = digest(corpora)
    (corpora / "text-dev" / "truth.jsonl").write_text("{}\n")
    assert len({before, added, digest(corpora)}) == 3


def test_write_then_pass_then_fail(
    corpora: Path, floors: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, corpora, "--all") == 0
    assert "no floors for this sample" in capsys.readouterr().out
    assert run(monkeypatch, corpora, "--all", "--write") == 0
    pinned = json.loads(floors.read_text())
    assert pinned["every 1"]["floors"]["articles word F1"] == 1.0
    assert set(pinned["every 1"]["floors"]) >= {"copy word F1", "labelled macro", "pages word F1", "snippets segment F1"}
    assert run(monkeypatch, corpora, "--all") == 0
    assert "all figures are at their floors" in capsys.readouterr().out
    pinned["every 1"]["floors"]["labelled macro"] = 1.01
    floors.write_text(json.dumps(pinned))
    assert run(monkeypatch, corpora, "--all") == 1
    assert "labelled macro" in capsys.readouterr().out.splitlines()[-1]
    assert run(monkeypatch, corpora, "--all", "--write") == 1
    assert json.loads(floors.read_text()) == pinned
    assert run(monkeypatch, corpora, "--all", "--write", "--lower-floors") == 0
    assert json.loads(floors.read_text())["every 1"]["floors"]["labelled macro"] <= 1


def test_the_corpora_are_those_of_the_floors(corpora: Path) -> None:
    assert {path.name for path in corpora.iterdir() if path.is_dir()} == set(CORPORA)


def test_skips_where_there_are_no_corpora(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, tmp_path) == 0
    assert "skipped: no corpora" in capsys.readouterr().out
