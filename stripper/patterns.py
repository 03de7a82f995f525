"""Patterns: what several observations say together.

A pattern is a small decision tree, learned on top of the tables of points (`tests/bench/model.py`): each block follows the
answers down to one leaf, which is worth points like the bin of a measure. In `points.json` a leaf is its four points, written
`5,0,-3,2`; a question is `[observation, edge, share, below, from]` for a measure (an edge of null: is it unknown?) and
`[observation, value, share, not, is]` for a value of a kind or a member of a set. An unknown measure is below all edges.
The share is that of the blocks learned from that went to the first of the two, in hundredths.

No tree is walked. All leaves of all trees are the bits of one number; a value of an observation rules out the leaves on the
other side of each question that it answers with `from` or `is`, for all trees at once. The first leaf that is left of each
tree is the one that walking would have come to (Lucchese et al.: "QuickScorer: a fast algorithm to rank documents with
additive ensembles of regression trees", SIGIR 2015).

What a leaf is worth is explained by the way to it: before any answer a tree is worth the mean of its leaves, and each answer
changes that to the mean of those that are left; the change is counted to the observation that was asked (Saabas:
"Interpreting random forests", 2014). So the points that an observation adds through all patterns are one number a label.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain
from math import inf
from operator import and_, getitem, mul, sub
from struct import Struct
from typing import Any, NamedTuple

from stripper.observations import Observation
from stripper.points import Met, pack, pack_written, unpack

PATTERNS = "patterns"
"""Their name in the table of points, in explanations and in options."""
LEAVES = 16
"""A tree has so many leaves at most: bits of its field."""
_TOGETHER = 4
"""Patterns whose leaves are looked up at once: blocks come to the same ones again and again."""
_FIELD = (1 << LEAVES) - 1
_FIELDS = {1: "H", _TOGETHER: "Q"}
"""How the bits of one pattern, and of those that are looked up at once, are unpacked."""
_KNOWN = -1e20
"""The edge between unknown values and all others."""

Entry = list[Any] | str
"""A question or a leaf as `points.json` holds it."""


class Leaf(NamedTuple):
    """The end of a pattern."""

    points: int
    """Packed."""
    said: str
    """The answers that lead there, in words."""


class Patterns(NamedTuple):
    """All patterns of a kind of document."""

    every: int
    """A mask of all leaves: nothing is ruled out yet."""
    asked: Mapping[str, Mapping[float | str, int]]
    """Observation → edge or value that is asked for → the leaves that are left from the edge on, or with the value."""
    groups: Sequence[Mapping[int, int]]
    """Of each four patterns, by the bits of the four leaves, their packed points together."""
    entries: Sequence[Entry]

    def ruling(self, observation: Observation) -> Callable[[Any], int] | None:
        """A function from a value of an observation to the leaves that it leaves; None where no pattern asks for it."""
        asked = self.asked.get(observation.name)
        if asked is None:
            return None
        every = self.every
        if observation.kind == "measure":
            edges = sorted(asked)
            left = list(accumulate(map(asked.__getitem__, edges), and_, initial=every))
            return lambda value: every if value is None else left[bisect_right(edges, value)]

        def left_by(value: Any) -> int:
            left = every
            for name in observation.named(value):
                left &= asked.get(name, every)
            return left

        return left_by

    def _first(self, left: Iterable[int], together: int) -> Iterator[tuple[int, ...]]:
        """For each mask of leaves that are left, the bit of the first one of each pattern, those of some patterns together."""
        trees = _TOGETHER * len(self.groups)
        fields = Struct(f"<{trees // together}{_FIELDS[together]}")
        ones = sum([1 << LEAVES * tree for tree in range(trees)])
        for mask in left:
            # A tree always has a leaf left, so that no field borrows from the next.
            yield fields.unpack((mask & ~(mask - ones)).to_bytes(fields.size, "little"))

    def totals(self, left: Iterable[int]) -> Iterator[int]:
        """The packed points that all patterns give a block, for each mask of leaves that are left."""
        groups = self.groups
        for bits in self._first(left, _TOGETHER):
            yield sum(map(getitem, groups, bits))

    def shares(self, left: Iterable[int]) -> Iterator[dict[str, int]]:
        """The same, apart by observation: what its answers change, packed. What all patterns are worth before any answer
        stands under `PATTERNS`."""
        before = 0
        changes = []
        for entry in self.entries:
            mean, by_leaf = _changes(entry)
            before += pack(mean)
            changes.append(by_leaf)
        for bits in self._first(left, 1):
            total = {PATTERNS: before}
            for by_leaf, bit in zip(changes, bits, strict=False):  # the last group may be filled up
                for name, change in by_leaf[bit.bit_length() - 1]:
                    total[name] = total.get(name, 0) + change
            yield total


def sizes_of(entries: Iterable[Entry]) -> dict[str, float]:
    """By observation, the size of what its answers change in all patterns: hundredths of a point for the label that is
    changed most, in the mean over the blocks learned from."""
    total: dict[str, float] = {}

    def add(entry: Entry, share: float) -> Sequence[float]:
        """Add the changes under an entry that this share of the blocks comes to; its mean points."""
        if isinstance(entry, str):
            return unpack(pack_written(entry))
        name, _, below, *sides = entry
        shares = below / 100, 1 - below / 100
        means = [add(side, share * own) for side, own in zip(sides, shares, strict=True)]
        mean = [sum(map(mul, shares, points)) for points in zip(*means, strict=True)]
        for own, side in zip(shares, means, strict=True):
            total[name] = total.get(name, 0.0) + share * own * max(map(abs, map(sub, side, mean)))
        return mean

    for entry in entries:
        add(entry, 1.0)
    return total


def leaves_of(entries: Iterable[Entry]) -> Iterator[Leaf]:
    """All leaves of all patterns."""
    return chain.from_iterable(map(_leaves, entries))


def _leaves(entry: Entry, known: Mapping[tuple[str, str | None], tuple[float, float]] | None = None) -> Iterator[Leaf]:
    """The leaves under an entry, by what is known of the answers so far."""
    known = known or {}
    if isinstance(entry, str):
        yield Leaf(pack_written(entry), ", ".join([said(*question, *ends) for question, ends in known.items()]))
        return
    name, asked, _, below, above = entry
    value = asked if isinstance(asked, str) else None
    edge = _edge(asked) if value is None else 0.5
    low, high = known.get((name, value), (-inf, inf))
    yield from _leaves(below, {**known, (name, value): (low, min(high, edge))})
    yield from _leaves(above, {**known, (name, value): (max(low, edge), high)})


def _changes(entry: Entry) -> tuple[Sequence[int], list[list[tuple[str, int]]]]:
    """The mean points of the leaves under an entry, and for each of them what the answers on the way to it change, packed, by
    observation."""
    if isinstance(entry, str):
        return unpack(pack_written(entry)), [[]]
    name, _, share, *sides = entry
    below, above = map(_changes, sides)
    mean = tuple([
        (share * points + (100 - share) * others + 50) // 100 for points, others in zip(below[0], above[0], strict=True)
    ])  # fmt: skip
    return mean, [[(name, pack(side) - pack(mean)), *changes] for side, leaves in (below, above) for changes in leaves]


def _edge(asked: float | None) -> float:
    return _KNOWN if asked is None else asked


def said(name: str, value: str | None, low: float, high: float) -> str:
    """In words, that an observation's measure (or 1 for a value that is there, else 0) is `low` or more and below `high`."""
    if value is not None:
        return f"{name} {'' if low > 0 else 'not '}{value or 'none'}"
    if high <= _KNOWN:
        return f"{name} unknown"
    if low <= _KNOWN:
        return f"{name} known" if high == inf else f"{name} below {short(high)}"
    return f"{name} {short(low)} or more" if high == inf else f"{name} {short(low)} to {short(high)}"


def short(number: float) -> str:
    """A number for people, with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def patterns_of(entries: Sequence[Entry]) -> Patterns:
    """The patterns of `points.json`, ready for use."""
    filled = [*entries, *["0,0,0,0"] * (-len(entries) % _TOGETHER)]
    every = (1 << LEAVES * len(filled)) - 1
    asked: dict[str, dict[float | str, int]] = {}
    trees: list[dict[int, str]] = []

    def number(entry: Entry, shift: int, leaves: dict[int, str]) -> None:
        """Give the leaves under an entry their bits, and note what its question rules out."""
        if isinstance(entry, str):
            leaves[1 << len(leaves)] = entry
            return
        name, value, _, below, above = entry
        before = len(leaves)
        number(below, shift, leaves)
        ruled_out = (1 << len(leaves)) - (1 << before)
        key = value if isinstance(value, str) else _edge(value)
        own = asked.setdefault(name, {})
        own[key] = own.get(key, every) & ~(ruled_out << shift)
        number(above, shift, leaves)

    for entry in filled:
        trees.append({})
        number(entry, LEAVES * (len(trees) - 1), trees[-1])
    groups = [Met(partial(_points_of, trees[i : i + _TOGETHER])) for i in range(0, len(trees), _TOGETHER)]
    return Patterns(every, asked, groups, entries)


def _points_of(trees: Sequence[Mapping[int, str]], bits: int) -> int:
    """The packed points of four trees, from the bit of each one's leaf."""
    first, second, third, fourth = trees
    return (
        pack_written(first[bits & _FIELD])
        + pack_written(second[bits >> LEAVES & _FIELD])
        + pack_written(third[bits >> 2 * LEAVES & _FIELD])
        + pack_written(fourth[bits >> 3 * LEAVES])
    )
