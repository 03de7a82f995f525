"""Patterns as the trees that they are: how they are written in a table of points, and what is said of them.

A leaf is its four points, written `5,0,-3,2`; a question is `[observation, edge, share, below, from]` for a measure (an edge of
null: is it unknown?) and `[observation, value, share, not, is]` for a value of a kind or a member of a set. An unknown measure
is below all edges. The share is that of the blocks learned from that went to the first of the two, in hundredths.

What a leaf is worth is explained by the way to it: before any answer a tree is worth the mean of its leaves, and each answer
changes that to the mean of those that are left; the change is counted to the observation that was asked (Saabas:
"Interpreting random forests", 2014). So the points that an observation adds through all patterns are one number a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import inf
from operator import mul, sub
from typing import Any, NamedTuple, TypedDict

from stripper.observations import by_name
from stripper.points import pack, pack_written, unpack

LEAVES = 16
"""A tree has so many leaves at most."""
UNKNOWN = -1e20
"""The edge between unknown values and all others."""
_KNOWN = "known"
"""What stands for that edge in a table of points."""

Entry = list[Any] | str
"""A question, with all that is below it, or a leaf."""


class Written(TypedDict):
    """Trees as a table of points holds them: as deciding needs them (see `stripper/patterns.py`)."""

    leaves: list[str]
    """Of each tree, its leaves from below to above, apart by blanks."""
    shares: list[str]
    """Of each tree, the shares of its questions; each parts two leaves that are neighbours, and stands in their order."""
    asked: dict[str, dict[str, str]]
    """Observation → edge, in order, or value that is asked for → the leaves that it rules out: for each question, the number of
    the first one (trees have 16 each) times 16 and how many they are."""


NO_PATTERNS: Written = {"leaves": [], "shares": [], "asked": {}}


class Leaf(NamedTuple):
    """The end of a pattern."""

    points: int
    """Packed."""
    said: str
    """The answers that lead there, in words."""


def written(entries: Sequence[Entry]) -> Written:
    """Trees as a table of points holds them."""
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
        key = value if isinstance(value, str) else _KNOWN if value is None else str(value)
        number = LEAVES * (len(leaves) - 1) + first
        asked.setdefault(name, {}).setdefault(key, []).append(str(LEAVES * number + len(own) - first))
        add(above)

    for entry in entries:
        leaves.append([])
        shares.append({})
        add(entry)
    return {
        "leaves": list(map(" ".join, leaves)),
        "shares": [" ".join([str(own[at]) for at in sorted(own)]) for own in shares],
        "asked": {
            name: {key: " ".join(own[key]) for key in sorted(own, key=edge_of if _is_measure(name) else None)}
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
            value = key if not _is_measure(name) else None if key == _KNOWN else float(key)
            for place in map(int, places.split(" ")):
                number, count = divmod(place, LEAVES)
                tree, first = divmod(number, LEAVES)
                parted = first + count
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


def edge_of(key: str) -> float:
    """The edge that is written so."""
    return UNKNOWN if key == _KNOWN else float(key)


def changes_of(entry: Entry) -> tuple[Sequence[int], list[list[tuple[str, int]]]]:
    """The mean points of the leaves under an entry, and for each of them what the answers on the way to it change, packed, by
    observation."""
    if isinstance(entry, str):
        return unpack(pack_written(entry)), [[]]
    name, _, share, *sides = entry
    below, above = map(changes_of, sides)
    mean = tuple([
        (share * points + (100 - share) * others + 50) // 100 for points, others in zip(below[0], above[0], strict=True)
    ])  # fmt: skip
    return mean, [[(name, pack(side) - pack(mean)), *changes] for side, leaves in (below, above) for changes in leaves]


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
    edge = 0.5 if value is not None else UNKNOWN if asked is None else asked
    low, high = known.get((name, value), (-inf, inf))
    yield from _leaves(below, {**known, (name, value): (low, min(high, edge))})
    yield from _leaves(above, {**known, (name, value): (max(low, edge), high)})


def said(name: str, value: str | None, low: float, high: float) -> str:
    """In words, that an observation's measure (or 1 for a value that is there, else 0) is `low` or more and below `high`."""
    if value is not None:
        return f"{name} {'' if low > 0 else 'not '}{value or 'none'}"
    if high <= UNKNOWN:
        return f"{name} unknown"
    if low <= UNKNOWN:
        return f"{name} known" if high == inf else f"{name} below {short(high)}"
    return f"{name} {short(low)} or more" if high == inf else f"{name} {short(low)} to {short(high)}"


def short(number: float) -> str:
    """A number for people, with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
