"""The explain view: for each block the table of points that decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stripper.model import Document, Evidence, Points, Verdict
from stripper.terminal.inspect import chosen
from stripper.terminal.style import Style, line, start_of
from stripper.terminal.table import table_lines

LARGE = 10
"""Hundredths of a point, for any label, from which a row is shown by itself."""
MOST_ROWS = 14
"""Rows shown by themselves, at most."""


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
        if verdict.evidence:
            yield from table_lines(rows_of(verdict.evidence, every_row), style, verdict.sums, verdict.label)


def percent(confidence: float) -> str:
    """A confidence for people; never rounded up to certainty."""
    return ">99 %" if 0.995 <= confidence < 1 else f"{100 * confidence:.0f} %"


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
    rows = sorted(evidence, key=_size, reverse=True)
    large = len(rows) if every_row else min(MOST_ROWS, sum(_size(row) >= LARGE for row in rows))
    small = rows[large:]
    if len(small) < 2:
        return rows
    summed = Points(*map(sum, zip(*(row.points for row in small), strict=True)))
    return [*rows[:large], Evidence("other", f"({len(small)} small rows)", summed)]


def _size(row: Evidence) -> int:
    return max(map(abs, row.points))
