"""The explain view: for each block the table of points that decided, observations down, labels across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import starmap

from stripper.model import Document, Evidence, Label, Points, Verdict
from stripper.terminal.inspect import chosen
from stripper.terminal.style import Span, Style, line, start_of

LARGE = 10
"""Hundredths of a point, for any label, from which a row is shown by itself."""
MOST_ROWS = 14
"""Rows shown by themselves, at most."""

_LEAST_WIDTH = 6


def percent(confidence: float) -> str:
    """A confidence for people; never rounded up to certainty."""
    return ">99 %" if 0.995 <= confidence < 1 else f"{100 * confidence:.0f} %"


def points_text(points: int) -> str:
    """Hundredths of a point as printed: a sign and two decimals, a dot for nothing."""
    return f"{'-' if points < 0 else '+'}{abs(points) // 100}.{abs(points) % 100:02}" if points else "."


def explain_view(
    document: Document,
    verdicts: Sequence[Verdict],
    style: Style,
    shown: set[int] | None = None,
    every_row: bool = False,
) -> Iterator[str]:
    """Lines of the view; `shown` restricts it to blocks with these numbers, `every_row` shows the small rows too."""
    for count, verdict in enumerate(chosen(verdicts, shown)):
        if count:
            yield ""
        yield _head(verdict, style)
        yield from _table(verdict, every_row, style)


def _head(verdict: Verdict, style: Style) -> str:
    block, label = verdict.block, verdict.label
    return line(
        style,
        (f"{block.number}", "head"),
        f"  line {block.lines[0]}" if block.lines[0] else "",
        "  ",
        (f"{label} {percent(verdict.confidence)}", label),
        "  ",
        ("(hidden) " if block.hidden else "", "faint"),
        start_of(block.mark + block.text, style),
    )


def rows_of(evidence: Sequence[Evidence], every_row: bool = False) -> list[Evidence]:
    """The rows to show: the largest first, the small ones summed up in a last one. Their points add up as before."""
    rows = sorted((row for row in evidence if every_row or any(row.points)), key=_size, reverse=True)
    large = len(rows) if every_row else min(MOST_ROWS, sum(_size(row) >= LARGE for row in rows))
    small = rows[large:]
    if len(small) < 2:
        return rows
    summed = Points(*map(sum, zip(*(row.points for row in small), strict=True)))
    return [*rows[:large], Evidence("other", f"({len(small)} small rows)", summed)]


def _size(row: Evidence) -> int:
    return max(map(abs, row.points))


def _table(verdict: Verdict, every_row: bool, style: Style) -> Iterator[str]:
    rows = rows_of(verdict.evidence, every_row)
    if not rows:
        return
    cells = [[points_text(points) for points in row.points] for row in rows]
    sums = [points_text(points) if points else "0.00" for points in verdict.sums]
    widths = [
        max(_LEAST_WIDTH, len(label), *map(len, column))
        for label, *column in zip(Label, *cells, sums, strict=True)
    ]
    won = [label is verdict.label for label in Label]
    names = max(len(row.observation) for row in rows)

    def across(texts: Sequence[str], loud: bool = False) -> Iterator[Span]:
        """One text a label, right-aligned; the winner's in its label's colour, `loud` gives the others theirs too."""
        for label, text, width, winner in zip(Label, texts, widths, won, strict=True):
            yield f"  {text:>{width}}", label if winner or loud else ""

    def rule(winner: bool, width: int) -> str:
        return (style.pick("═", "=") if winner else style.pick("─", "-")) * width

    # Where the names would not fit beside the numbers they stand above them.
    narrow = 0 < style.width < sum(widths) + 2 * len(widths) + 2 + names
    yield line(style, *across(list(Label), loud=True))
    for row, texts in zip(rows, cells, strict=True):
        if narrow:
            yield line(style, f"  {row.observation}  ", (row.note, "faint"))
            yield line(style, *across(texts))
        else:
            yield line(style, *across(texts), f"  {row.observation:<{names}}  ", (row.note, "faint"))
    yield line(style, *across(list(starmap(rule, zip(won, widths, strict=True)))))
    yield line(style, *across(sums))
