"""How a stream is to be written: colour, width, and what may reach a terminal at all.

Every line of every view is made by `line`: the one place that emits escape sequences, cuts to the width, and turns
whatever a page smuggled in (escape sequences, bidi overrides) into something that can be seen.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from stripper.model import Label
from stripper.terminal.cells import cut, width_of

PAINTS = {
    "body": "32",
    "caption": "36",
    "nav": "33",
    "junk": "31",
    "head": "1",
    "faint": "2",
    "missing": "31",
    "extra": "33",
}
"""Name of a paint → its SGR parameter. Only the sixteen ANSI colours, so that a terminal's own theme holds."""

LABEL_WIDTH = max(map(len, Label))
"""Cells of the longest label."""

# Control characters, bidi controls, line and paragraph separators, byte-order marks, lone surrogates, noncharacters.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\ufff9-\uffff]"
)


class Style(NamedTuple):
    """How a stream is to be written."""

    colour: bool
    """Colours and bold may be used."""
    width: int
    """Columns; 0 means no limit."""
    unicode: bool
    """Signs beyond ASCII may be used."""
    terminal: bool
    """The stream is a terminal."""

    def pick(self, sign: str, plain: str) -> str:
        """`sign`, or `plain` where only ASCII will do."""
        return sign if self.unicode else plain


Span = tuple[str, str]
"""A stretch of text and the name of its paint (a key of `PAINTS`, or empty)."""


def style_of(stream: IO[Any], color: str = "auto") -> Style:
    """The style of `stream`; `color` is `auto`, `always` or `never`.

    Colour: `color`, then `NO_COLOR`, then `FORCE_COLOR` (each counts only when not empty), then whether the stream is a
    terminal that is not `dumb`. Width: `COLUMNS`, then the terminal's; no limit where the stream is no terminal.
    """
    terminal = stream.isatty()
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    return Style(
        colour=_colour(terminal, color),
        width=_width(stream) if terminal else 0,
        unicode=not terminal or encoding.startswith(("utf", "cp65001")),
        terminal=terminal,
    )


def _colour(terminal: bool, color: str) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (terminal and os.environ.get("TERM") != "dumb")


def _width(stream: IO[Any]) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def visible(text: str, unicode: bool = True) -> str:
    """`text` with everything that could act on a terminal replaced by something that only shows.

    Control characters become control pictures (caret notation where `unicode` is false), the rest its code point.
    Harmless text comes back unchanged.
    """
    return _UNSAFE.sub(lambda found: _shown(ord(found[0]), unicode), text)


def _shown(code: int, unicode: bool) -> str:
    if code < 0x20 or code == 0x7F:
        return chr(0x2421 if code == 0x7F else 0x2400 + code) if unicode else f"^{chr(code ^ 0x40)}"
    return f"<U+{code:04X}>"


def start_of(text: str, style: Style) -> str:
    """The start of `text` as one line, a little longer than can be shown."""
    start = text[: 8 * style.width + 64] if style.width else text
    return " ".join(start.split())


def line(style: Style, *spans: Span | str) -> str:
    """One line of a view: cleaned, cut to the width, coloured, without a line end and blanks before it."""
    cells = list(_cut(style, spans))
    while cells and not cells[-1][0].rstrip():
        cells.pop()
    if cells:
        text, paint = cells[-1]
        cells[-1] = (text.rstrip(), paint)
    if not style.colour:
        return "".join(text for text, _ in cells)
    return "".join(f"\x1b[{PAINTS[paint]}m{text}\x1b[0m" if paint and text else text for text, paint in cells)


def _cut(style: Style, spans: Iterable[Span | str]) -> Iterator[Span]:
    room = style.width
    for span in spans:
        text, paint = (span, "") if isinstance(span, str) else span
        text = visible(text, style.unicode)
        if style.width:
            text = cut(text, room, style.pick("…", "~"))
            room -= width_of(text)
        yield text, paint
