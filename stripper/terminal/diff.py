"""The diff views: what was dropped, in its label's colour with the label's word in the margin."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from stripper.diff import hunks, rows_of
from stripper.layout import Line, lines_of
from stripper.model import Document, Label, Verdict
from stripper.names import printable
from stripper.terminal.cells import pad, width_of, wrap
from stripper.terminal.style import LABEL_WIDTH, Span, Style, line, visible

WIDE = 160
"""Columns of two columns where nothing limits them."""


def diff_view(
    document: Document, verdicts: Sequence[Verdict], keep: Collection[Label], style: Style, context: int = 3
) -> Iterator[str]:
    """Lines of the unified view; `context` kept lines around each change. Nothing where nothing is dropped."""
    lines = lines_of(document, verdicts, keep)
    numbers = len(str(len(verdicts)))
    for count, hunk in enumerate(hunks(rows_of(lines), context)):
        if not count:
            yield line(style, (printable(document.name), "head"))
        yield line(style, (hunk.header(), "faint"))
        shown = -1
        # Without the original there are no plus lines, so the rows of a hunk are just these lines.
        for each in lines[hunk.old_start - 1 : hunk.old_start - 1 + hunk.old_count]:
            if each.block < 0 and not each.kept:
                continue  # a blank line that goes says nothing
            number = verdicts[each.block].block.number if each.block not in (-1, shown) else ""
            shown = each.block if each.block >= 0 else shown
            word = _label(each, verdicts)
            sign = " " if each.kept else "-"
            yield line(
                style,
                (f"{number:>{numbers}} ", "faint"),
                (f"{word:<{LABEL_WIDTH}} {sign} {each.text.expandtabs()}", word),
            )


def _label(each: Line, verdicts: Sequence[Verdict]) -> str:
    """The label of a dropped line; empty for kept lines and those between blocks."""
    return "" if each.kept or each.block < 0 else verdicts[each.block].label.value


def side_by_side_view(
    document: Document, verdicts: Sequence[Verdict], keep: Collection[Label], style: Style
) -> Iterator[str]:
    """Lines of the view in two columns: everything to the left, what is kept to the right."""
    room = max(((style.width or WIDE) - LABEL_WIDTH - 4) // 2, 2)
    bar = style.pick("│", "|")
    for each in lines_of(document, verdicts, keep):
        word = _label(each, verdicts)
        for count, text in enumerate(_folded(each.text, room, style)):
            margin: Span = (f"{word if not count else '':<{LABEL_WIDTH}} ", word)
            yield line(style, margin, (pad(text, room), word), (f" {bar} ", "faint"), text if each.kept else "")


def _folded(text: str, room: int, style: Style) -> Iterator[str]:
    """`text` in lines of at most `room` cells, all of them as far in as the first; one empty line for no text."""
    text = visible(text.expandtabs(), style.unicode)
    inner = text.lstrip()
    margin = text[: len(text) - len(inner)][: room // 2]
    words = [(word, "") for word in inner.split()]
    yield from (margin + row[0][0] for row in wrap(words, room - width_of(margin))) if words else [""]
