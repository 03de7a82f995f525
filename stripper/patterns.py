"""Patterns: what several observations say together.

A pattern is a small decision tree, learned on top of the tables of points (`tests/bench/model.py`): each block follows the
answers down to one leaf, which is worth points like the bin of a measure (`stripper/trees.py`).

No tree is walked. All leaves of all trees are the bits of one number; a value of an observation rules out the leaves on the
other side of each question that it answers with `from` or `is`, for all trees at once. The first leaf that is left of each
tree is the one that walking would have come to (Lucchese et al.: "QuickScorer: a fast algorithm to rank documents with
additive ensembles of regression trees", SIGIR 2015). A table of points holds them so: the leaves of each tree, and by observation
and answer which leaves are ruled out, so that a page need not wait for trees to be built that nobody looks at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from itertools import accumulate
from operator import getitem, or_
from struct import Struct
from typing import Any, NamedTuple

from stripper.observations import Observation
from stripper.points import Met, pack, pack_written
from stripper.trees import LEAVES, Written, changes_of, edge_of, trees_of

PATTERNS = "patterns"
"""Their name in the table of points, in explanations and in options."""
_RUNS = [(1 << count) - 1 for count in range(LEAVES)]
"""Masks of so many leaves."""
_TOGETHER = 4
"""Patterns whose leaves are looked up at once: blocks come to the same ones again and again."""
_FIELD = (1 << LEAVES) - 1
_FIELDS = {1: "H", _TOGETHER: "Q"}
"""How the bits of one pattern, and of those that are looked up at once, are unpacked."""


class Patterns(NamedTuple):
    """All patterns of a kind of document."""

    groups: Sequence[Mapping[int, int]]
    """Of each four patterns, by the bits of the four leaves, their packed points together."""
    written: Written

    def ruling(self, observation: Observation) -> Callable[[Any], int] | None:
        """A function from a value of an observation to a mask of the leaves it rules out; None where no pattern asks for it."""
        asked = self.written["asked"].get(observation.name)
        if asked is None:
            return None
        by_answer = map(_ruled_out, asked.values())
        if observation.kind == "measure":
            edges, below = list(map(edge_of, asked)), list(accumulate(by_answer, or_, initial=0))
            return lambda value: 0 if value is None else below[bisect_right(edges, value)]
        by_value = dict(zip(asked, by_answer, strict=True))
        return lambda value: reduce(or_, [by_value.get(name, 0) for name in observation.named(value)], 0)

    def _first(self, ruled_out: Iterable[int], together: int) -> Iterator[tuple[int, ...]]:
        """For each mask of leaves that are ruled out, the bit of the first other one of each pattern, those of some patterns
        together."""
        trees = _TOGETHER * len(self.groups)
        fields = Struct(f"<{trees // together}{_FIELDS[together]}")
        ones = ((1 << LEAVES * trees) - 1) // _FIELD  # the lowest bit of each tree
        for mask in ruled_out:
            # A tree always has a leaf left, so that no field carries into the next.
            yield fields.unpack((mask + ones & ~mask).to_bytes(fields.size, "little"))

    def totals(self, ruled_out: Iterable[int]) -> Iterator[int]:
        """The packed points that all patterns give a block, for each mask of leaves that are ruled out."""
        groups = self.groups
        for bits in self._first(ruled_out, _TOGETHER):
            yield sum(map(getitem, groups, bits))

    def shares(self, ruled_out: Iterable[int]) -> Iterator[dict[str, int]]:
        """The same, apart by observation: what its answers change, packed. What all patterns are worth before any answer
        stands under `PATTERNS`."""
        before = 0
        changes = []
        for entry in trees_of(self.written):
            mean, by_leaf = changes_of(entry)
            before += pack(mean)
            changes.append(by_leaf)
        for bits in self._first(ruled_out, 1):
            total = {PATTERNS: before}
            for by_leaf, bit in zip(changes, bits, strict=False):  # the last group may be filled up
                for name, change in by_leaf[bit.bit_length() - 1]:
                    total[name] = total.get(name, 0) + change
            yield total


def _ruled_out(places: str) -> int:
    """A mask of the leaves that some questions rule out."""
    out = 0
    for place in map(int, places.split(" ")):
        out |= _RUNS[place % LEAVES] << place // LEAVES
    return out


def patterns_of(written: Written) -> Patterns:
    """The patterns of a table of points, ready for use."""
    trees = [leaves.split(" ") for leaves in written["leaves"]]
    trees += [["0,0,0,0"]] * (-len(trees) % _TOGETHER)
    groups = [Met(partial(_points_of, trees[i : i + _TOGETHER])) for i in range(0, len(trees), _TOGETHER)]
    return Patterns(groups, written)


def _points_of(trees: Sequence[Sequence[str]], bits: int) -> int:
    """The packed points of four trees, from the bit of each one's leaf."""
    first, second, third, fourth = trees
    return (
        pack_written(first[(bits & _FIELD).bit_length() - 1])
        + pack_written(second[(bits >> LEAVES & _FIELD).bit_length() - 1])
        + pack_written(third[(bits >> 2 * LEAVES & _FIELD).bit_length() - 1])
        + pack_written(fourth[(bits >> 3 * LEAVES).bit_length() - 1])
    )
