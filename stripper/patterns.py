"""Patterns: what several observations say together.

A pattern is a small decision tree, learned on top of the tables of points (`tests/bench/model.py`): each block follows the
answers down to one leaf, which is worth points like the bin of a measure. A leaf is its four points, written `5,0,-3,2`; a
question is `[observation, edge, share, below, from]` for a measure (an edge of null: is it unknown?) and
`[observation, value, share, not, is]` for a value of a kind or a member of a set. An unknown measure is below all edges.
The share is that of the blocks learned from that went to the first of the two, in hundredths.

No tree is walked. All leaves of all trees are the bits of one number; a value of an observation rules out the leaves on the
other side of each question that it answers with `from` or `is`, for all trees at once. The first leaf that is left of each
tree is the one that walking would have come to (Lucchese et al.: "QuickScorer: a fast algorithm to rank documents with
additive ensembles of regression trees", SIGIR 2015). `points.json` holds them so: the leaves of each tree, and by observation
and answer which leaves are ruled out, so that a page need not wait for trees to be built that nobody looks at.

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
from typing import Any, NamedTuple, TypedDict

from stripper.observations import Observation, by_name
from stripper.points import Met, pack, pack_written, unpack

PATTERNS = "patterns"
"""Their name in the table of points, in explanations and in options."""
LEAVES = 16
"""A tree has so many leaves at most: bits of its field."""
_COUNT_BITS = 4
_COUNT = (1 << _COUNT_BITS) - 1
_RUNS = [(1 << count) - 1 for count in range(LEAVES)]
"""Masks of so many leaves."""
_TOGETHER = 4
"""Patterns whose leaves are looked up at once: blocks come to the same ones again and again."""
_FIELD = (1 << LEAVES) - 1
_FIELDS = {1: "H", _TOGETHER: "Q"}
"""How the bits of one pattern, and of those that are looked up at once, are unpacked."""
_KNOWN = -1e20
"""The edge between unknown values and all others."""

_IS_KNOWN = "known"
"""What stands for that edge in `points.json`."""

Entry = list[Any] | str
"""A question, with all that is below it, or a leaf."""


class Written(TypedDict):
    """Patterns as `points.json` holds them."""

    leaves: list[str]
    """Of each tree, its leaves from below to above, apart by blanks."""
    shares: list[str]
    """Of each tree, the shares of its questions; each parts two leaves that are neighbours, and stands in their order."""
    asked: dict[str, dict[str, str]]
    """Observation → edge, in order, or value that is asked for → the leaves that it rules out: for each question, the bit of
    the first one times 16 and how many they are."""


NO_PATTERNS: Written = {"leaves": [], "shares": [], "asked": {}}


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
    groups: Sequence[Mapping[int, int]]
    """Of each four patterns, by the bits of the four leaves, their packed points together."""
    written: Written

    def ruling(self, observation: Observation) -> Callable[[Any], int] | None:
        """A function from a value of an observation to the leaves that it leaves; None where no pattern asks for it."""
        asked = self.written["asked"].get(observation.name)
        if asked is None:
            return None
        every = self.every
        if observation.kind == "measure":
            edges = list(map(_edge_of, asked))
            left = list(accumulate(map(_kept, asked.values()), and_, initial=every))
            return lambda value: every if value is None else left[bisect_right(edges, value)]
        left_with = dict(zip(asked, map(_kept, asked.values()), strict=True))

        def left_by(value: Any) -> int:
            left = every
            for name in observation.named(value):
                left &= left_with.get(name, every)
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
        for entry in trees_of(self.written):
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


def _kept(places: str) -> int:
    """A mask of all leaves but those that some questions rule out."""
    out = 0
    for place in map(int, places.split(" ")):
        out |= _RUNS[place & _COUNT] << (place >> _COUNT_BITS)
    return ~out


def patterns_of(written: Written) -> Patterns:
    """The patterns of `points.json`, ready for use."""
    trees = [leaves.split(" ") for leaves in written["leaves"]]
    trees += [["0,0,0,0"]] * (-len(trees) % _TOGETHER)
    groups = [Met(partial(_points_of, trees[i : i + _TOGETHER])) for i in range(0, len(trees), _TOGETHER)]
    return Patterns((1 << LEAVES * len(trees)) - 1, groups, written)


def _points_of(trees: Sequence[Sequence[str]], bits: int) -> int:
    """The packed points of four trees, from the bit of each one's leaf."""
    first, second, third, fourth = trees
    return (
        pack_written(first[(bits & _FIELD).bit_length() - 1])
        + pack_written(second[(bits >> LEAVES & _FIELD).bit_length() - 1])
        + pack_written(third[(bits >> 2 * LEAVES & _FIELD).bit_length() - 1])
        + pack_written(fourth[(bits >> 3 * LEAVES).bit_length() - 1])
    )


def written(entries: Sequence[Entry]) -> Written:
    """Trees as `points.json` holds them."""
    leaves: list[list[str]] = []
    shares: list[dict[int, int]] = []
    asked: dict[str, dict[str, list[str]]] = {}

    def add(entry: Entry) -> None:
        """Number the leaves under an entry, and note what its question rules out."""
        own = leaves[-1]
        if isinstance(entry, str):
            own.append(entry)
            return
        name, value, share, below, above = entry
        first = len(own)
        add(below)
        shares[-1][len(own)] = share
        key = value if isinstance(value, str) else _IS_KNOWN if value is None else str(value)
        bit = LEAVES * (len(leaves) - 1) + first
        asked.setdefault(name, {}).setdefault(key, []).append(str((bit << _COUNT_BITS) + len(own) - first))
        add(above)

    for entry in entries:
        leaves.append([])
        shares.append({})
        add(entry)
    return {
        "leaves": list(map(" ".join, leaves)),
        "shares": [" ".join([str(own[at]) for at in sorted(own)]) for own in shares],
        "asked": {
            name: {key: " ".join(own[key]) for key in sorted(own, key=_edge_of if _is_measure(name) else None)}
            for name, own in sorted(asked.items())
        },
    }


def trees_of(written: Written) -> list[Entry]:
    """The trees that are written so."""
    leaves = [own.split(" ") for own in written["leaves"]]
    shares = [list(map(int, own.split())) for own in written["shares"]]
    asked: list[dict[int, tuple[int, list[Any]]]] = [{} for _ in leaves]
    """By number of the second of two leaves that are parted: the first leaf on the lower side, and the question."""
    for name, own in written["asked"].items():
        for key, places in own.items():
            value = key if not _is_measure(name) else None if key == _IS_KNOWN else float(key)
            for place in map(int, places.split(" ")):
                tree, first = divmod(place >> _COUNT_BITS, LEAVES)
                parted = first + (place & _COUNT)
                asked[tree][parted] = first, [name, value, shares[tree][parted - 1]]

    def grown(tree: int, first: int, end: int) -> Entry:
        """What holds the leaves from the first to the one before the end."""
        if end - first == 1:
            return leaves[tree][first]
        parted = max([at for at in range(first + 1, end) if asked[tree][at][0] == first])
        return [*asked[tree][parted][1], grown(tree, first, parted), grown(tree, parted, end)]

    return [grown(tree, 0, len(own)) for tree, own in enumerate(leaves)]


def _is_measure(name: str) -> bool:
    return by_name()[name].kind == "measure"


def _edge_of(key: str) -> float:
    return _KNOWN if key == _IS_KNOWN else float(key)
