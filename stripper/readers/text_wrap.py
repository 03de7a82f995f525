"""Is a text hard-wrapped, at which column, and which of its lines belong together."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import accumulate, pairwise

from stripper.readers.text_lines import TEXT, Line

_NARROWEST, _WIDEST = 40, 100
"""Columns tried."""
_LONG = 100
"""Columns; a text whose characters mostly sit in longer lines is not hard-wrapped."""
_FEW = 3
"""Breaks that the column must explain at least."""
_MOST = 0.6
"""Share of the breaks that the column must explain; also the fill a line needs before its break says anything."""
_END = frozenset(".!?…:;。！？：؟۔।॥")
_CLOSING = "\"'”’»“)]}*_）」』"


class _Widths(dict[str, int]):
    """Columns a character takes on a terminal."""

    def __missing__(self, char: str) -> int:
        wide = unicodedata.east_asian_width(char) in "WF"
        none = unicodedata.category(char) in ("Mn", "Me", "Cf")
        self[char] = width = 2 if wide else 0 if none else 1
        return width


_WIDTHS = _Widths()


def width(text: str) -> int:
    """Columns that a text takes on a terminal; texts too long for any wrap column are just counted."""
    return len(text) if text.isascii() or len(text) > 400 else sum(map(_WIDTHS.__getitem__, text))


def without_blanks(char: str) -> bool:
    """Whether a character is of a script that is written without blanks between words (Chinese, Japanese)."""
    return char > "\u2e7f" and _WIDTHS[char] == 2 and not "\uac00" <= char <= "\ud7a3"


def ends_sentence(text: str) -> bool:
    """Whether the text ends like a sentence, closing quotes and brackets aside."""
    return bool(text) and (text[-1] in _END or text.rstrip(_CLOSING)[-1:] in _END)


def _reach(line: Line, following: Line) -> int:
    """Columns the line would have taken together with the next line's first word."""
    body = following.body
    if without_blanks(body[0]):
        return 4  # breaks may come one character early, so that no punctuation mark begins a line
    return 1 + width(body.split(None, 1)[0])


def find_wrap(lines: Sequence[Line]) -> int | None:
    """The column at which the lines are hard-wrapped, None where they are not.

    For every column the breaks between neighbouring lines are counted: *forced* ones (the next word did not fit any
    more) and *free* ones (it would have fitted, though the line was well filled), and the lines that are longer. The
    column that explains the most breaks wins. The length of the longest lines would be wrong on a third of real pages.
    """
    total = over = 0
    for line in lines:
        total += len(line.body)
        if len(line.body) > _LONG:
            over += len(line.body)
    if 2 * over > total or len(lines) <= _FEW:
        return None
    size = _WIDEST + 2
    forced, free, longer = [0] * size, [0] * size, [0] * size

    def count(tally: list[int], first: int, last: int) -> None:
        first, last = max(first, _NARROWEST), min(last, _WIDEST)
        if first <= last:
            tally[first] += 1
            tally[last + 1] -= 1

    for line, following in pairwise(lines):
        if line.kind != TEXT or not line.body:
            continue
        length = line.column + width(line.body)
        count(longer, 0, length - 1)
        if length < _NARROWEST * _MOST or not _neighbours(line, following):
            continue
        reach = length + _reach(line, following)
        count(forced, length, reach - 1)
        count(free, reach, int(length / _MOST))
    sums = list(zip(*map(accumulate, (forced, free, longer)), strict=True))
    scores = [breaks - free - 1.5 * longer for breaks, free, longer in sums]
    best = max(range(_NARROWEST, _WIDEST + 1), key=scores.__getitem__)
    breaks = sums[best][0]
    return best if scores[best] > 0 and breaks >= _FEW and breaks >= _MOST * (breaks + sums[best][1]) else None


def _neighbours(line: Line, following: Line) -> bool:
    return (
        not following.gap
        and not following.mark
        and following.kind == TEXT
        and following.depth == line.depth
        and bool(following.body)
    )


def joins(line: Line, following: Line, wrap: int) -> bool:
    """Whether the next line carries on the paragraph of this one.

    The break was forced and the text begins at the same column; or the line is well filled, ends no sentence, and the
    next begins in lower case (blocks set in from the right are narrower than the wrap column).
    """
    if not _neighbours(line, following) or line.kind != TEXT or not line.body:
        return False
    if abs(line.column - following.column) > 1:
        return False
    length = line.column + width(line.body)
    filled = length > _MOST * wrap
    if length > wrap + 1 or ("://" in following.body and not filled):
        return False
    if length + _reach(line, following) > wrap:
        return True
    return filled and following.body[0].islower() and not ends_sentence(line.body)
