"""The stat view: a line for each input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from stripper.model import Label
from stripper.names import printable
from stripper.report import StatRow
from stripper.terminal.style import Style, line

BLOCKS_FROM = 100
"""Columns from which there is room for the numbers of blocks beside those of words."""
NAMES_FROM = 60
"""Columns from which there is room for the names beside the numbers."""


class Column(NamedTuple):
    """A column of numbers."""

    head: str
    paint: str
    width: int
    value: Callable[[StatRow], str]


def _words(label: Label, row: StatRow) -> str:
    return f"{row.words[label]:,}"


def _blocks(label: Label, row: StatRow) -> str:
    return f"{row.blocks[label]:,}"


def _share(row: StatRow) -> str:
    words = sum(row.words.values())
    return f"{100 * row.words[Label.BODY] / words:.0f} %" if words else "."


def _columns(blocks: bool) -> Iterator[Column]:
    for label in Label:
        yield Column(label, label, max(6, len(label) + 1) + 2 * blocks, partial(_words, label))
        if blocks:
            yield Column("blocks", label, 7, partial(_blocks, label))
    yield Column("share", "", 6, _share)
    yield Column("doubt", "", 6, lambda row: f"{row.doubtful:,}")


def stat_view(rows: Iterable[StatRow], style: Style) -> Iterator[str]:
    """Lines of the table: words by label (on wide screens blocks too), the body's share of the words, doubtful blocks.

    Each line comes as soon as its input is there: names stand last, or above where the screen is narrow, so that no
    column needs a look ahead. A last line has the totals of two or more inputs.
    """
    columns = list(_columns(blocks=not style.width or style.width >= BLOCKS_FROM))
    narrow = 0 < style.width < NAMES_FROM

    def written(row: StatRow, paint: str) -> Iterator[str]:
        numbers = [(f"{column.value(row):>{column.width}}", column.paint) for column in columns]
        if narrow:
            yield line(style, (printable(row.source), paint))
            yield line(style, *numbers)
        else:
            yield line(style, *numbers, "  ", (printable(row.source), paint))

    heads = [(f"{column.head:>{column.width}}", column.paint) for column in columns]
    yield line(style, *heads, "" if narrow else "  words in each input")
    count = 0
    total = StatRow("", dict.fromkeys(Label, 0), dict.fromkeys(Label, 0), 0)
    for row in rows:
        count += 1
        total = _sum(total, row)
        yield from written(row, "")
    if count > 1:
        yield from written(total._replace(source=f"all {count:,} inputs"), "head")


def _sum(one: StatRow, other: StatRow) -> StatRow:
    return StatRow(
        "",
        {label: one.blocks[label] + other.blocks[label] for label in Label},
        {label: one.words[label] + other.words[label] for label in Label},
        one.doubtful + other.doubtful,
    )
