"""Is a text hard-wrapped, at which column, and which of its lines belong together."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import accumulate, pairwise

from stripper.readers.text_facts import header_name
from stripper.readers.text_lines import TEXT, Line, has_cells

_NARROWEST, _WIDEST = 40, 100
"""Columns tried."""
_LONG = 100
"""Columns; a text whose characters mostly sit in longer lines is not hard-wrapped."""
_FEW, _FEWER = 3, 2
"""Breaks that the column must explain at least; fewer where no line is longer and the column too wide for verse."""
_VERSE = 60
_MOST = 0.6
"""Share of the breaks that the column must explain; also the fill a line needs before its break says anything."""
_ENOUGH, _MANY = 0.4, 12
"""Share and number of breaks that are enough where no line is longer."""
_CAPITAL = 0.5
"""Weight of a free break before a capital letter: a new line as likely as not."""
_CONTINUED = 0.3
"""Share of the explained breaks that must not stand before a capital letter: those could be a list's lines."""
_FIRST_LINE = 8
"""Columns by which the first line of a paragraph may be set in."""
_END = frozenset(".!?…:;。！？：؟۔।॥")
_STOPS = frozenset(".!?。！？")
_DASHES = frozenset({"- ", "– ", "+ ", "* ", "· "})
_SHORT = 4
"""Words."""
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
    A free break before a capital counts half, for a new line may well begin there.
    """
    total = over = 0
    for line in lines:
        total += len(line.body)
        if len(line.body) > _LONG:
            over += len(line.body)
    if 2 * over > total or len(lines) < _FEW:
        return None
    size = _WIDEST + 2
    forced, free, longer, capitals = ([0.0] * size for _ in range(4))

    def count(tally: list[float], first: int, last: int, weight: float = 1) -> None:
        first, last = max(first, _NARROWEST), min(last, _WIDEST)
        if first <= last:
            tally[first] += weight
            tally[last + 1] -= weight

    for line, following in pairwise(lines):
        if line.kind != TEXT or not line.body:
            continue
        length = line.column + width(line.body)
        count(longer, 0, length - 1)
        if length < _NARROWEST * _MOST or not _neighbours(line, following):
            continue
        reach = length + _reach(line, following)
        count(forced, length, reach - 1)
        capital = following.body[0].isupper()
        if capital:
            count(capitals, length, reach - 1)
        count(free, reach, int(length / _MOST), _CAPITAL if capital else 1)
    sums = list(zip(*map(accumulate, (forced, free, longer, capitals)), strict=True))
    scores = [breaks - others - 1.5 * exceptions for breaks, others, exceptions, _ in sums]
    best = max(range(_NARROWEST, _WIDEST + 1), key=scores.__getitem__)
    breaks, others, exceptions, lists = sums[best]
    sure = scores[best] > 0 or exceptions == 0
    share = _ENOUGH if breaks >= _MANY and exceptions == 0 else _MOST
    few = _FEWER if exceptions == 0 and best >= _VERSE else _FEW
    sure = sure and breaks - lists >= _CONTINUED * breaks
    return best if sure and breaks >= few and breaks >= share * (breaks + others) else None


def _neighbours(line: Line, following: Line) -> bool:
    return (
        not following.gap
        and not following.mark
        and following.kind == TEXT
        and following.depth == line.depth
        and bool(following.body)
        and not following.body.startswith("(BUTTON)")
        and not header_name(following.body)
    )


def joins(line: Line, following: Line, wrap: int, opening: bool = False) -> bool:
    """Whether the next line carries on the paragraph of this one.

    The break was forced and the text begins at the same column; or the line is well filled, ends no sentence, and the
    next begins in lower case (blocks set in from the right are narrower than the wrap column). `opening`: the line is
    the first of its paragraph and may be set in.
    """
    if not _neighbours(line, following) or line.kind != TEXT or not line.body:
        return False
    if has_cells(line.body) and has_cells(following.body):
        return False
    leftmost = line.indent + 2 if line.mark else line.column - (_FIRST_LINE if opening else 1)
    if not leftmost <= following.column <= line.column + 1:
        return False
    length = line.column + width(line.body)
    filled = length > _MOST * wrap
    if length > wrap + 1 or ("://" in following.body and not filled):
        return False
    if len(following.body) > wrap and " " in following.body:
        return False  # a wrapped line is not longer than the column unless it is one long word
    if length + _reach(line, following) > wrap:
        return True
    return filled and following.body[0].islower() and not ends_sentence(line.body)


def unmark_dashes(lines: list[Line], wrap: int) -> None:
    """Take dashes that only happen to begin a line within a paragraph for what they are, in place."""
    for index in range(1, len(lines)):
        line, above = lines[index], lines[index - 1]
        if (
            line.mark in _DASHES
            and not line.gap
            and not above.mark
            and above.kind == TEXT
            and above.column == line.indent
            and above.depth == line.depth
            and not ends_sentence(above.body)
            and above.column + width(above.body) > _MOST * wrap
        ):
            lines[index] = line._replace(mark="", column=line.indent, body=line.mark + line.body)


def paragraph_end(lines: Sequence[Line], first: int, wrap: int) -> int:
    """Index after the last line of the paragraph that begins at `first`."""
    end = first + 1
    while end < len(lines) and joins(lines[end - 1], lines[end], wrap, end == first + 1):
        end += 1
    last = lines[end - 1]
    if (
        end - first > 1
        and last.body.count(" ") < _SHORT
        and not ends_sentence(last.body.rstrip(":"))
        and lines[end - 2].body.rstrip(_CLOSING)[-1:] in _STOPS
    ):
        return end - 1  # a full last line of a paragraph, and a line of its own below: a button, a name
    return end
