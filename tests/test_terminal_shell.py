"""The command itself at a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .terminal_cases import cells, on_screen, unsafe

STRIPPER = [sys.executable, "-m", "stripper"]
PAGE = (Path(__file__).parent.parent / "samples" / "news.html").read_text(encoding="utf-8")
VIEWS = ["-i", "-x", "-d", "-y", "--stat", "--observations", "--observation=words"]


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A page with some harm in it."""
    path = tmp_path / "a page.html"
    harm = f"<p>A &#x202e;turned and \x1b[31mred \x9b2J paragraph {'世界' * 60} of words.</p></article>"
    path.write_text(PAGE.replace("</article>", harm, 1), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("view", VIEWS)
def test_views_fit_have_colours_and_do_no_harm(page: str, view: str, columns: int) -> None:
    status, seen = on_screen([*STRIPPER, view, "--paging=never", page], columns=columns)
    lines = seen.splitlines()
    assert status == 0
    assert "\x1b[" in seen
    assert max(map(cells, lines)) <= columns
    assert not unsafe(lines)


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
@pytest.mark.parametrize("view", VIEWS)
def test_views_without_colours(page: str, view: str, settings: dict[str, str]) -> None:
    status, seen = on_screen([*STRIPPER, view, "--paging=never", page], settings)
    assert status == 0
    assert "\x1b" not in seen


def test_a_long_view_goes_through_the_pager(page: str) -> None:
    status, seen = on_screen([*STRIPPER, "-i", page], {"PAGER": "wc -l"})
    assert status == 0
    assert int(seen) > 100


def test_a_terminal_without_utf_8_gets_ascii(page: str) -> None:
    status, seen = on_screen([*STRIPPER, "-i", "--paging=never", page], {"PYTHONIOENCODING": "ascii"})
    assert status == 0
    assert seen.isascii()
    assert " doubtful (?)" in seen


def test_progress_of_several_inputs_leaves_no_trace(page: str, tmp_path: Path) -> None:
    command = [*STRIPPER, "--progress", "-O", str(tmp_path / "out"), page, page.replace("a page", "none")]
    status, seen = on_screen(command)
    assert status == 2
    assert "none.html" in seen
