from __future__ import annotations

import io
import os
import pty
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.terminal.cells import cut, pad, width_of, wrap
from stripper.terminal.style import PAINTS, Style, line, start_of, style_of, visible

from .terminal_cases import PIPE, SCREEN, cells, texts, unsafe


class Stream(io.StringIO):
    """A stream that says it is a terminal, or that it is none."""

    def __init__(self, terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__()
        self.terminal = terminal
        self.named = encoding

    def isatty(self) -> bool:
        return self.terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self.named


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("terminal", "color", "settings", "coloured"),
    [
        (True, "auto", {}, True),
        (False, "auto", {}, False),
        (True, "never", {}, False),
        (False, "always", {}, True),
        (True, "auto", {"TERM": "dumb"}, False),
        (True, "auto", {"NO_COLOR": "1"}, False),
        (True, "auto", {"NO_COLOR": ""}, True),
        (True, "always", {"NO_COLOR": "1"}, True),
        (False, "auto", {"FORCE_COLOR": "1"}, True),
        (False, "auto", {"FORCE_COLOR": ""}, False),
        (True, "auto", {"FORCE_COLOR": ""}, True),
        (True, "auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (True, "auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (False, "never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_policy(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, color: str, settings: dict[str, str], coloured: bool
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert style_of(Stream(terminal), color).colour is coloured


@pytest.mark.parametrize(
    ("terminal", "columns", "width"),
    [(True, "40", 40), (True, "0", 80), (True, "wide", 80), (True, "-3", 80), (True, "", 80), (False, "40", 0)],
)
def test_width_policy(monkeypatch: pytest.MonkeyPatch, terminal: bool, columns: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert style_of(Stream(terminal)).width == width


@pytest.fixture
def terminal() -> Iterator[int]:
    """The file number of a pseudo-terminal."""
    master, slave = pty.openpty()
    yield slave
    os.close(master)
    os.close(slave)


def test_width_of_a_terminal(terminal: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 123, 0, 0))
    with open(terminal, "w", closefd=False) as stream:
        assert style_of(stream) == Style(True, 123, stream.encoding.lower().startswith("utf"), True)


@pytest.mark.parametrize(
    ("terminal", "encoding", "unicode"),
    [(True, "UTF-8", True), (True, "iso8859-1", False), (True, "ascii", False), (False, "ascii", True)],
)
def test_unicode_policy(terminal: bool, encoding: str, unicode: bool) -> None:
    assert style_of(Stream(terminal, encoding)).unicode is unicode


def test_only_the_sixteen_colours_and_bold_and_faint() -> None:
    allowed = {"1", "2"} | {str(code) for low in (30, 90) for code in range(low, low + 8)}
    assert set(PAINTS.values()) <= allowed


@pytest.mark.parametrize(
    ("text", "shown", "shown_in_ascii"),
    [
        ("plain é 世界", "plain é 世界", "plain é 世界"),
        ("\x1b[31mred\x07", "␛[31mred␇", "^[[31mred^G"),
        ("\x00\x7f", "␀␡", "^@^?"),
        ("\x9b2J", "<U+009B>2J", "<U+009B>2J"),
        ("a\u202eb\u2066c\u200f", "a<U+202E>b<U+2066>c<U+200F>", "a<U+202E>b<U+2066>c<U+200F>"),
        ("\udc80\ufeff", "<U+DC80><U+FEFF>", "<U+DC80><U+FEFF>"),
    ],
)
def test_visible(text: str, shown: str, shown_in_ascii: str) -> None:
    assert visible(text) == shown
    assert visible(text, unicode=False) == shown_in_ascii


@given(texts)
def test_visible_text_is_safe_and_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert not unsafe([shown])
    assert visible(shown) == shown
    shown.encode()


def test_a_line_is_painted_and_cut() -> None:
    style = SCREEN._replace(width=10)
    assert line(style, ("nav", "nav"), "  ", "a long text") == "\x1b[33mnav\x1b[0m  a lo…"
    assert line(style._replace(colour=False), ("nav", "nav"), "  ", "a long text") == "nav  a lo…"
    assert line(style._replace(colour=False, unicode=False), ("nav", "nav"), "  ", "a long text") == "nav  a lo~"
    assert line(PIPE, ("nav", "nav"), "  ", "a long text") == "nav  a long text"


def test_a_line_ends_without_blanks() -> None:
    assert line(SCREEN, "text  ", ("   ", "faint")) == "text"
    assert line(SCREEN, ("text  ", "head")) == "\x1b[1mtext\x1b[0m"
    assert line(SCREEN, "", ("  ", "nav")) == ""


@given(st.lists(texts, max_size=4), st.integers(1, 30))
def test_a_line_never_runs_over(parts: list[str], width: int) -> None:
    assert cells(line(SCREEN._replace(width=width), *((part, "body") for part in parts))) <= width


@pytest.mark.parametrize(
    ("text", "width", "result"),
    [
        ("ferry", 5, "ferry"),
        ("ferry", 4, "fer…"),
        ("世界世界", 8, "世界世界"),
        ("世界世界", 7, "世界世…"),
        ("世界世界", 6, "世界…"),
        ("ferry", 1, "…"),
        ("ferry", 0, ""),
        ("", 0, ""),
        ("e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"),
    ],
)
def test_cut(text: str, width: int, result: str) -> None:
    assert cut(text, width, "…") == result


def test_cut_is_bounded_on_text_that_takes_no_room() -> None:
    assert len(cut("a" + "\u0301" * 1_000_000, 10, "…")) < 200


def test_pad_counts_cells() -> None:
    assert pad("世", 4) == "世  "
    assert pad("long", 2) == "long"


def test_start_of_is_one_line() -> None:
    assert start_of("a\n  b\tc", SCREEN) == "a b c"
    assert len(start_of("word " * 100_000, SCREEN)) < 1000


def test_wrap_joins_words_of_one_paint() -> None:
    words = [("the", ""), ("old", "missing"), ("iron", "missing"), ("ferry", ""), ("runs", "")]
    assert list(wrap(words, 11)) == [
        [("the", ""), (" ", ""), ("old", "missing")],
        [("iron", "missing"), (" ", ""), ("ferry", "")],
        [("runs", "")],
    ]
    assert list(wrap(words[:3], 0)) == [[("the", ""), (" ", ""), ("old iron", "missing")]]
    assert list(wrap([], 5)) == []


@given(st.lists(texts), st.integers(2, 20))
def test_wrap_loses_nothing_and_fits(parts: list[str], width: int) -> None:
    words = [word for part in parts for word in visible(part).split()]
    rows = list(wrap(((word, "") for word in words), width))
    assert all(width_of("".join(text for text, _ in row)) <= width for row in rows)
    assert "".join("".join(text for text, _ in row) for row in rows).replace(" ", "") == "".join(words)
