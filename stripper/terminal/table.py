"""A table of points: what was observed down, labels across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stripper.model import Evidence, Label, Points
from stripper.terminal.cells import pad, width_of
from stripper.terminal.style import Span, Style, line, start_of, visible

_LEAST_WIDTH = 6
_INDENT = 2


def points_text(points: int) -> str:
    """Hundredths of a point as printed: a sign and two decimals, a dot for nothing."""
    return f"{'-' if points < 0 else '+'}{abs(points) // 100}.{abs(points) % 100:02}" if points else "."


def table_lines(
    rows: Sequence[Evidence], style: Style, sums: Points | None = None, winner: Label | None = None
) -> Iterator[str]:
    """Lines of the table; `sums` stand below a rule, and the column of `winner` is in its colour, its rule double."""
    cells = [[points_text(points) for points in row.points] for row in rows]
    last = [points_text(points) if points else "0.00" for points in sums] if sums else [""] * len(Label)
    widths = [
        max(_LEAST_WIDTH, len(label), *map(len, column))
        for label, *column in zip(Label, *cells, last, strict=True)
    ]
    names = [visible(row.observation, style.unicode) for row in rows]
    longest = max(map(width_of, names), default=0)
    # Where the names would not fit beside the numbers they stand above them.
    narrow = 0 < style.width < sum(widths) + _INDENT * (len(widths) + 1) + longest

    def across(texts: Sequence[str], loud: bool = False) -> Iterator[Span]:
        """One text a label, right-aligned; the winner's in its label's colour, with `loud` the others' too."""
        for label, text, width in zip(Label, texts, widths, strict=True):
            yield f"{'':{_INDENT}}{text:>{width}}", label if loud or label is winner else ""

    yield line(style, *across(list(Label), loud=True))
    for name, row, texts in zip(names, rows, cells, strict=True):
        note = (start_of(row.note, style), "faint")
        if narrow:
            yield line(style, f"{'':{_INDENT}}{name}  ", note)
            yield line(style, *across(texts))
        else:
            yield line(style, *across(texts), f"{'':{_INDENT}}{pad(name, longest)}  ", note)
    if sums:
        signs = [style.pick(*("═=" if label is winner else "─-")) for label in Label]
        yield line(style, *across([sign * width for sign, width in zip(signs, widths, strict=True)]))
        yield line(style, *across(last))
