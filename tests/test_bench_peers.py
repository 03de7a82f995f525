"""The tools are told apart from those that are missing, and all are measured by the same words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench import peers, speed
from tests.bench.corpora import Row
from tests.bench.peers import TOOLS, Tool, installed, measure, table_row, type_row

BODY = "The ferry leaves the harbour at nine, and it comes back before the evening, unless there is a storm, they say."
PAGE = f"<html><body><ul><li><a href=/>Home</a></ul><article><h1>Ferry</h1><p>{BODY}</p></article></body></html>"
ROW = Row("wcxb-dev", "1", "harbour.example", {"type": "article", "body": BODY})


def test_a_tool_that_is_missing_is_no_error() -> None:
    assert installed(Tool("none", "none", "no_such_module_anywhere", lambda module: str)) is None


def test_own_tools_are_measured_without_the_headline() -> None:
    own = {
        tool.name: extract for tool in TOOLS if tool.package in ("stripper", "lxml") and (extract := installed(tool))
    }
    assert set(own) == {"stripper, in sample", "keep everything: lxml"}
    (stripped,) = measure(own["stripper, in sample"], [(ROW, PAGE)])
    assert stripped.f1 == 1
    (everything,) = measure(own["keep everything: lxml"], [(ROW, PAGE)])
    assert everything.recall == 1
    assert everything.precision == pytest.approx(21 / 23)


def test_a_page_that_a_tool_fails_on_counts_as_empty() -> None:
    def fails(html: str) -> str:
        raise ValueError(html)

    (found,) = measure(fails, [(ROW, PAGE)])
    assert found.f1 == 0
    assert found.empty
    assert found.failed
    assert "100.0%" in table_row("fails", [found])


def test_words_are_not_cut_where_a_tag_is_within_them() -> None:
    (everything,) = [tool.prepare(None) for tool in TOOLS if tool.package == "lxml"]
    assert everything("<body><p><b>T</b>he<br>ferry<ul><li>one<li>two</ul>").split() == ["The", "ferry", "one", "two"]


def test_everything_is_also_what_shows_without_scripts() -> None:
    (everything,) = [tool.prepare(None) for tool in TOOLS if tool.package == "lxml"]
    page = "<head><title>no</title></head><body><script>no()</script><noscript><div>Post</div></noscript>"
    assert everything(page).split() == ["Post"]


def test_an_empty_text_is_no_error_but_told() -> None:
    (found,) = measure(lambda html: " ", [(ROW, PAGE)])
    assert found.empty
    assert not found.failed
    assert type_row("says nothing", [found], ["article"]).split()[-3:] == ["0.0000", "1", "0"]


def test_both_commands_skip_where_there_are_no_corpora(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", str(tmp_path)])
    peers.main()
    speed.main()
    assert capsys.readouterr().out.count("skipped: no corpora") == 2


def test_the_steps_of_a_page_and_of_a_text_are_timed() -> None:
    assert all(seconds >= 0 for seconds in (*speed.steps(PAGE.encode()), *speed.steps(BODY.encode(), "text")))
    assert speed.bare_parse(PAGE.encode()).endswith(BODY)


def test_what_a_command_used_is_seen() -> None:
    used = speed.cost([sys.executable, "-c", "sum(range(10 ** 6))"])
    assert used.cpu > 0
    assert used.wall > 0
    assert used.memory > 0
