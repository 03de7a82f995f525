"""What single words are worth: those of a block's text, and those in the class names around it.

Pages speak of their furniture, their pictures and their lists in words that recur from site to site ("subscribe",
"courtesy", "stockists"), more of them than a list of phrases can hold. `lexicon-words.json` and `lexicon-names.json` say what
each is worth for each label, in hundredths of a point; `tests/bench/lexicon.py` fits them (a linear model over the words, as in
Peters and Lecocq, "Content extraction using diverse feature sets", WWW 2013, for class names). A word counts once a block.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from stripper.features.hints import families_of, words_of_name
from stripper.points import Met, all_tenths, at_place, lexicon_table, pack_places, pack_written

PLACES = ("inside", "own", "up", "above")
"""Where a class name can stand, as seen from a block: on an inline element inside it, on its own element, on one of the two
elements above, further up."""
INSIDE, OWN, UP, ABOVE = range(len(PLACES))
_WORD = re.compile(r"\w+")
_LOWER = "".join([c.lower() if c.isalnum() or c == "_" else " " for c in map(chr, range(128))]).encode().ljust(256)
"""For ASCII: letters to lower case, all but letters, digits and `_` to blanks."""
_EDGE_WORDS, _EDGE = 20, 300
"""Words, and characters to find them in, at the start and at the end of a block that are looked at."""
NAMES_LOOKED_UP, WORDS_OF_A_NAME = 12, 6
"""Class names of an element whose words are looked up, and words of each; more could outgrow a packed sum."""
_WORDS_MET = 2**15
"""Words that are remembered with what they are worth, or that they are worth nothing: those of some forty pages."""

Columns = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]
"""By label, what each block's words speak for it: tenths of a point."""


def _words(text: str) -> list[str]:
    """The words of a text in lower case."""
    if text.isascii():  # as most are; this takes half of the time
        return text.encode().translate(_LOWER).decode().split()
    return _WORD.findall(text.lower())


def telling_words(text: str) -> dict[str, None]:
    """The words that are looked up, each once: the first and last 20 in lower case, digits as `#`, then the very first
    again as `^word` and the very last as `$word`."""
    if len(text) > 2 * _EDGE:
        words = [
            *_words(text[:_EDGE])[:_EDGE_WORDS],
            *_words(text[-_EDGE:])[-_EDGE_WORDS:],
        ]
    else:
        words = _words(text)
        if len(words) > 2 * _EDGE_WORDS:
            words[_EDGE_WORDS:-_EDGE_WORDS] = []
    if not words:
        return {}
    if True in map(str.isdigit, words):
        words = [("#####"[: len(word)] if word.isdigit() else word) for word in words]
    return dict.fromkeys([*words, "^" + words[0], "$" + words[-1]])


def telling_names(hints: str) -> dict[str, None]:
    """The words of a class, id, role or itemprop value that are looked up, each once, and the neighbouring pairs in each of
    its names."""
    names = hints.split()[:NAMES_LOOKED_UP]
    return dict.fromkeys(itertools.chain.from_iterable(map(_words_and_pairs, map(words_of_name, names))))


def _words_and_pairs(words: Sequence[str]) -> list[str]:
    """The words of one class name that are looked up, and its neighbouring pairs."""
    words = [word for word in words if len(word) > 1 and not word.isdigit()][:WORDS_OF_A_NAME]
    return [*words, *[f"{first}-{second}" for first, second in itertools.pairwise(words)]]


def worth(words: Iterable[str]) -> int:
    """Packed sum of what words of the text are worth; unknown ones are worth nothing."""
    return sum(map(_worth_of_words().__getitem__, words))


@cache
def _worth_of_words() -> Met:
    """Word → what it is worth, packed; unknown ones are remembered, too."""
    written = lexicon_table("words")
    return Met(lambda word: pack_written(written.get(word, "-")), _WORDS_MET)


class Names(NamedTuple):
    """What the names in a class, id, role or itemprop value say."""

    families: int
    """Their hint families, as a mask of `HINT_BIT`."""
    known: dict[str, int]
    """The words that the table knows, with what they are worth in each place, packed."""


def names_in(hints: str) -> Names:
    """What the names in a class, id, role or itemprop value say."""
    families = 0
    known: dict[str, int] = {}
    for count, name in enumerate(hints.split()):
        own, words = _said_by(name)
        families |= own
        if count < NAMES_LOOKED_UP:
            known |= words
    return Names(families, known)


@lru_cache(maxsize=4096)
def _said_by(name: str) -> tuple[int, dict[str, int]]:
    """The same of one class name; plain, for most are met once."""
    table = lexicon_table("names")
    words = words_of_name(name)
    known = {word: pack_places(written) for word in _words_and_pairs(words) if (written := table.get(word))}
    return families_of(words), known


def names_worth(place: int, names: Mapping[str, int]) -> int:
    """Packed sum of what known names speak for at a place."""
    return at_place(sum(names.values()), place)


def worth_above(parents: Sequence[int], values: Sequence[int], names: Sequence[Mapping[str, int]]) -> list[int]:
    """Packed sum over the names on an element and on all elements above it, each counted once; by element.

    parents: of each element, the index of the one above it (-1: none), which comes before it; values: of each element, the
    number of its class value; names: of each value, its known names.
    """
    bits: dict[str, int] = {}  # which names stand on an element and above it is one number
    telling: list[tuple[int, int, dict[int, int]]] = []
    for own in names:
        above = {
            bits.setdefault(name, 1 << len(bits)): points
            for name, packed in own.items() if (points := _above(packed))
        }  # fmt: skip
        telling.append((sum(above), sum(above.values()), above))
    masks: list[int] = []
    sums: list[int] = []
    for parent, value in zip(parents, values, strict=True):
        seen, total = (masks[parent], sums[parent]) if parent >= 0 else (0, 0)
        mask, worth, above = telling[value]
        if new := mask & ~seen:
            seen |= mask
            total += worth if new == mask else sum([points for bit, points in above.items() if bit & new])
        masks.append(seen)
        sums.append(total)
    return sums


@cache  # of as many names as the table has
def _above(packed: int) -> int:
    """What a name is worth further up."""
    return at_place(packed, ABOVE)


def by_label(packed: Sequence[int]) -> Columns:
    """Packed sums as one column a label, in tenths of a point."""
    tenths = all_tenths(packed)
    return tenths[::4], tenths[1::4], tenths[2::4], tenths[3::4]
