"""A document as lines of plain text, and which of them are kept.

The text writer prints the kept lines; the diff prints all of them with a sign. So the diff is the output, by
construction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from stripper.model import Block, Document, Label, Verdict

_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_CLOSE = frozenset({"item", "table", "line"})
"""Roles of blocks that may stand without a blank line between them."""


class Line(NamedTuple):
    """A line of a document in plain text."""

    text: str
    """Without a line end."""
    block: int
    """Index (from 0) of its verdict; -1 for lines between blocks."""
    kept: bool
    """Whether the output holds it."""


def lines_of(document: Document, verdicts: Sequence[Verdict], keep: Collection[Label]) -> list[Line]:
    """All lines of a document; the kept ones are the output.

    Text input: its own lines. Otherwise the blocks as `paragraphs` lays them out.
    """
    if document.source:
        return _source_lines(document.source, verdicts, keep)
    return paragraphs(document, verdicts, keep)


def _source_lines(source: Sequence[str], verdicts: Sequence[Verdict], keep: Collection[Label]) -> list[Line]:
    """Text input: a line is kept if a block on it is kept. Between two kept blocks that were neighbours everything
    stays as it stood; where something was dropped between them, one of the blank lines that stood there is kept."""
    owner = [-1] * len(source)
    kept = [False] * len(source)
    for index, verdict in enumerate(verdicts):
        first, last = verdict.block.lines
        wanted = verdict.label in keep
        for at in range(max(first, 1) - 1, min(last, len(source))):
            if owner[at] < 0 or (wanted and not kept[at]):
                owner[at], kept[at] = index, wanted
    started = False
    between: list[int] = []  # the lines between blocks since the last kept line
    dropped = False  # whether a block was dropped since then
    for at, index in enumerate(owner):
        if index < 0:
            between.append(at)
        elif not kept[at]:
            dropped = True
        else:
            if started:
                blanks = [line for line in between if not source[line].strip()][:1] if dropped else between
                for line in blanks:
                    kept[line] = True
            started, dropped = True, False
            between.clear()
    return list(map(Line, source, owner, kept))


def paragraphs(document: Document, verdicts: Sequence[Verdict], keep: Collection[Label]) -> list[Line]:
    """The lines of the blocks: a blank line between blocks, none between the items of a list and the rows of a table.

    HTML: the headline comes first. Quotations stand as paragraphs, since a mark such as `>` is not the page's.
    """
    html = document.kind == "html"
    order = list(range(len(verdicts)))
    titles = (index for index in order if verdicts[index].block.role == "title" and verdicts[index].label in keep)
    if html and (title := next(titles, 0)):
        order.insert(0, order.pop(title))
    lists, tables = _groups(document)
    lines: list[Line] = []
    above: Block | None = None  # the block above
    kept_above: Block | None = None  # the kept block above
    blank = -1  # where the first blank line since then stands
    for index in order:
        verdict = verdicts[index]
        block, kept = verdict.block, verdict.label in keep
        if above is not None and not _is_close(above, block, lists, tables):
            blank = len(lines) if blank < 0 else blank
            lines.append(Line("", -1, False))
        if kept:
            if kept_above and blank >= 0 and not (html and _is_close(kept_above, block, lists, tables)):
                lines[blank] = Line("", -1, True)
            kept_above, blank = block, -1
        above = block
        lines += [Line(text, index, kept) for text in _printed(block)]
    return lines


def _groups(document: Document) -> tuple[list[int], list[int]]:
    """The outermost list and the innermost table that each element stands in; -1 for none."""
    lists: list[int] = []
    tables: list[int] = []
    for index, element in enumerate(document.elements):
        name, outside = element.name, element.parent
        around = lists[outside] if outside >= 0 else -1
        lists.append(around if around >= 0 else index if name in _LISTS else -1)
        tables.append(index if name == "table" else tables[outside] if outside >= 0 else -1)
    return lists, tables


def _is_close(above: Block, below: Block, lists: Sequence[int], tables: Sequence[int]) -> bool:
    """Whether no blank line belongs between two blocks."""
    if above.role != below.role or below.role not in _CLOSE:
        return False
    if below.gap is not None:  # text input
        return below.gap == 0
    group = tables if below.role == "table" else lists
    if above.element < 0 or below.element < 0:
        return above.element == below.element
    return group[above.element] == group[below.element]


def _printed(block: Block) -> list[str]:
    """The lines of a block, the first one with the mark of its list, the others below the first one's text."""
    lines = block.text.split("\n")
    if not block.mark:
        return lines
    margin = " " * (block.indent if block.gap is not None else 2 * block.indent)
    hanging = margin + " " * len(block.mark)
    return [f"{margin}{block.mark}{lines[0]}", *[hanging + text if text else "" for text in lines[1:]]]
