"""Text in terminal cells: a wide character takes two, a combining one none. rich is asked only beyond ASCII."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter


def width_of(text: str) -> int:
    """The number of cells that `text` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, width: int) -> str:
    """`text` with blanks up to `width` cells; never cut."""
    return text + " " * (width - width_of(text))


def cut(text: str, width: int, mark: str) -> str:
    """`text` cut to at most `width` cells, with `mark` (one cell) at the end where something is gone."""
    if width <= 0:
        return ""
    # Eight code points a cell are more than any script needs, and bound the work on hostile text.
    bounded = text[: 8 * width + 64]
    if len(bounded) == len(text) and width_of(text) <= width:
        return text
    return _first(bounded, width - 1).rstrip() + mark


def _first(text: str, width: int) -> str:
    """As many characters of `text` as fit in `width` cells."""
    if text.isascii():
        return text[:width]
    from rich.cells import set_cell_size

    return set_cell_size(text, width) if width_of(text) > width else text


def wrap(words: Iterable[tuple[str, str]], width: int) -> Iterator[list[tuple[str, str]]]:
    """Lines of at most `width` cells (0: one line) out of (word, paint) pairs, as stretches of one paint each.

    A word wider than a line is broken.
    """
    row: list[tuple[str, str]] = []
    used = 0
    for word, paint in words:
        size = width_of(word)
        pieces = [word] if not width or size <= width else _broken(word, width)
        for piece in pieces:
            size = width_of(piece)
            if row and width and used + 1 + size > width:
                yield list(_joined(row))
                row, used = [], 0
            used += size + bool(row)
            row.append((piece, paint))
    if row:
        yield list(_joined(row))


def _joined(row: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbouring words of one paint as one stretch; the blank between two paints has none."""
    gap = ""
    for paint, words in groupby(row, key=itemgetter(1)):
        if gap:
            yield gap, ""
        yield " ".join(word for word, _ in words), paint
        gap = " "


def _broken(word: str, width: int) -> list[str]:
    if word.isascii():
        return [word[i : i + width] for i in range(0, len(word), width)]
    from rich.cells import chop_cells

    return chop_cells(word, width)
