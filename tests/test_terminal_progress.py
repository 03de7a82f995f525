from __future__ import annotations

import io
import subprocess
import sys

import pytest

from stripper.terminal import Progress

from .terminal_cases import cells


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that moves when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")


def shown(stream: io.StringIO, total: int, wanted: bool | None = None, seconds: float = 10, done: int = 2) -> str:
    """What a bar writes that is advanced once, `done` inputs after so many seconds."""
    clock = Clock()
    with Progress(total, wanted, stream, clock) as progress:
        clock.now += seconds
        progress.advance(done)
        return stream.getvalue()


def test_a_bar_with_rate_and_time_left() -> None:
    text = shown(Terminal(), 9)
    assert "2/9" in text
    assert "0.2/s, 0:35 left" in text


@pytest.mark.parametrize(
    ("stream", "total", "wanted", "seconds"),
    [
        (Terminal(), 9, None, 0.4),
        (Terminal(), 1, None, 10),
        (Terminal(), 9, False, 10),
        (io.StringIO(), 9, None, 10),
    ],
)
def test_no_bar(stream: io.StringIO, total: int, wanted: bool | None, seconds: float) -> None:
    assert shown(stream, total, wanted, seconds) == ""


def test_a_bar_on_demand() -> None:
    assert "1/1" in shown(io.StringIO(), 1, wanted=True, done=1)


def test_nothing_done_yet_has_no_rate() -> None:
    text = shown(Terminal(), 9, done=0)
    assert "0/9" in text
    assert "/s" not in text


def test_the_bar_is_gone_at_the_end_and_while_hidden() -> None:
    stream, clock = Terminal(), Clock()
    with Progress(9, None, stream, clock) as progress:
        clock.now += 1
        progress.advance()
        progress.hide()
        before = stream.getvalue()
        assert before.endswith(("\x1b[2K", "\x1b[?25h"))
        progress.hide()
        assert stream.getvalue() == before
        clock.now += 1
        progress.advance()
        assert "2/9" in stream.getvalue()[len(before) :]
    assert stream.getvalue().endswith(("\x1b[2K", "\x1b[?25h"))


def test_the_bar_is_not_drawn_more_often_than_it_can_be_seen() -> None:
    stream, clock = Terminal(), Clock()
    with Progress(1000, None, stream, clock) as progress:
        clock.now += 1
        for _ in range(500):
            clock.now += 0.001
            progress.advance()
        assert stream.getvalue().count("/1000") < 10


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_the_bar_fits(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    text = shown(Terminal(), 1000)
    lines = text.replace("\x1b[2K", "").replace("\x1b[?25l", "").split("\r")
    assert 20 < max(map(cells, lines)) < int(columns)


def test_rich_is_imported_only_for_a_bar_and_no_thread_is_started() -> None:
    code = """
import sys, threading, stripper.terminal as terminal
with terminal.Progress(9) as progress:
    progress.advance()
assert not [name for name in sys.modules if name.split(".")[0] == "rich"]
progress = terminal.Progress(9, wanted=True)
progress._begun -= 1
progress.advance()
assert "rich.progress" in sys.modules
assert threading.active_count() == 1
"""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
