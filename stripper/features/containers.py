"""What the elements around a block hold: sums over subtrees, the main container, blocks of the same signature.

All of it is computed in two passes over `Document.elements` (children come after their parents), linear in the page.
A *real* ancestor is one that holds more blocks than its child; wrappers are skipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import log2
from operator import add, or_
from typing import TypeVar

from stripper.features.hints import HINT_BIT
from stripper.features.lexicon import INSIDE, OWN, UP, Columns, Names, by_label, names_in, names_worth, worth_above
from stripper.features.local import Local, numbered, sums_by
from stripper.model import Document
from stripper.points import Met

_FURNITURE = frozenset(["nav", "footer", "aside", "header", "form", "button", "dialog", "select", "menu"])
_FURNITURE_HINTS = 0
for _family in (
    "nav",
    "footer",
    "related",
    "share",
    "comment",
    "subscribe",
    "consent",
    "ad",
    "sidebar",
    "overlay",
    "login",
):
    _FURNITURE_HINTS |= HINT_BIT[_family]


_T = TypeVar("_T")


def _shares(values: list[float]) -> list[float] | list[None]:
    """Sums over subtrees as shares of the outermost one's."""
    if not values or not values[0]:
        return [None] * len(values)
    total = values[0]
    return [value / total for value in values]


class Containers:
    """Columns by element and by block; empty for text input."""

    def __init__(self, document: Document, local: Local) -> None:
        self.elements = document.elements
        self.blocks = document.blocks
        self.local = local
        self.place = [block.element for block in document.blocks]
        self.parents = [element.parent for element in document.elements]

    # -- by element

    @cached_property
    def _values(self) -> list[str]:
        """The different class values on the page."""
        return list(dict.fromkeys([element.hints for element in self.elements]))

    @cached_property
    def _value_of(self) -> list[int]:
        """Number of each element's class value."""
        return numbered([element.hints for element in self.elements])

    @cached_property
    def _names_in(self) -> list[Names]:
        """What the names in each class value say."""
        return list(map(names_in, self._values))

    @cached_property
    def _names_inside(self) -> dict[str, Names]:
        """What the names say that blocks have from their inline elements, by how they are written."""
        return {hints: names_in(hints) for hints in dict.fromkeys([block.hints for block in self.blocks])}

    @cached_property
    def hints(self) -> list[int]:
        """Hint families of each element's own class, id, role and itemprop."""
        masks = [names.families for names in self._names_in]
        return list(map(masks.__getitem__, self._value_of))

    @cached_property
    def hints_above(self) -> list[int]:
        """Hint families of the element and all its ancestors."""
        out: list[int] = []
        for parent, mask in zip(self.parents, self.hints, strict=True):
            out.append(mask | out[parent] if parent >= 0 else mask)
        return out

    @cached_property
    def furniture(self) -> list[bool]:
        """Whether the element or an ancestor is furniture by its name (nav, footer, aside, form …)."""
        out: list[bool] = []
        for element in self.elements:
            parent = element.parent
            out.append(element.name in _FURNITURE or (parent >= 0 and out[parent]))
        return out

    @cached_property
    def soft(self) -> list[float]:
        """Soft good text of each block: unlinked words, discounted where short, unended, hidden or in furniture.

        No minimum length, so that dialogue, lists and stories count (study 2: worth .004 word F1).
        """
        out = []
        local = self.local
        furniture, hints = self.furniture, self.hints_above
        for block, n, linked, end in zip(self.blocks, local.words, local.linked, local.sentence_end, strict=True):
            worth = n * (1.0 - (linked or 0.0))
            if n < 4:
                worth *= 0.3
            if not end:
                worth *= 0.4
            if block.element >= 0:
                if hints[block.element] & _FURNITURE_HINTS:
                    worth *= 0.15
                if furniture[block.element]:
                    worth *= 0.1
            if block.hidden:
                worth *= 0.3
            out.append(worth)
        return out

    def _sums(self, values: Sequence[float]) -> list[float]:
        """Sum of a block column over the blocks inside each element."""
        if not self.elements:
            return []
        totals = [0.0] * len(self.elements)
        for place, value in zip(self.place, values, strict=True):
            totals[place] += value
        parents = self.parents
        for index in range(len(totals) - 1, 0, -1):
            value = totals[index]
            if value:
                totals[parents[index]] += value
        return totals

    @cached_property
    def count(self) -> list[float]:
        """Blocks inside each element."""
        return self._sums([1] * len(self.blocks))

    @cached_property
    def words_in(self) -> list[float]:
        """Words inside each element."""
        return self._sums(self.local.words)

    @cached_property
    def chars_in(self) -> list[float]:
        """Characters inside each element."""
        return self._sums(self.local.chars)

    @cached_property
    def linked_in(self) -> list[float]:
        """Linked characters inside each element."""
        return self._sums([block.linked or 0 for block in self.blocks])

    @cached_property
    def words_log(self) -> list[float]:
        """Words inside each element, as powers of two."""
        return [log2(words + 1) for words in self.words_in]

    @cached_property
    def density_in(self) -> list[float]:
        """Link density of each element."""
        return [linked / chars if chars else 0.0 for linked, chars in zip(self.linked_in, self.chars_in, strict=True)]

    @cached_property
    def soft_in(self) -> list[float]:
        """Soft good text inside each element."""
        return self._sums(self.soft)

    @cached_property
    def good_in(self) -> list[float]:
        """Words of good text inside each element."""
        return self._sums(self.local.good)

    @cached_property
    def soft_share(self) -> list[float] | list[None]:
        """Share of the page's soft good text inside each element; None on a page without."""
        return _shares(self.soft_in)

    @cached_property
    def good_share(self) -> list[float] | list[None]:
        """Share of the page's words of good text inside each element; None on a page without."""
        return _shares(self.good_in)

    @cached_property
    def controls_in(self) -> list[float]:
        """Buttons and other controls inside each element, and blocks that their classes call so."""
        hints, cta = self.near_hints, HINT_BIT["cta"]
        return self._sums(
            [int(b.role == "control" or mask & cta != 0) for b, mask in zip(self.blocks, hints, strict=True)]
        )

    @cached_property
    def phrases_in(self) -> list[float]:
        """Short blocks with furniture phrases inside each element."""
        return self._sums(self.local.furniture)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """First and last+1 block inside each element; (0, 0) where there is none."""
        starts, ends = [len(self.blocks)] * len(self.elements), [0] * len(self.elements)
        for i, place in enumerate(self.place):
            if place >= 0:
                if not ends[place]:
                    starts[place] = i
                ends[place] = i + 1
        for index in range(len(starts) - 1, 0, -1):
            parent = self.parents[index]
            if starts[index] < starts[parent]:
                starts[parent] = starts[index]
            if ends[index] > ends[parent]:
                ends[parent] = ends[index]
        return [(start, end) if end else (0, 0) for start, end in zip(starts, ends, strict=True)]

    @cached_property
    def up(self) -> list[int]:
        """The next real ancestor above each element; the outermost element's is itself."""
        count = self.count
        out: list[int] = []
        for index, parent in enumerate(self.parents):
            if parent < 0:
                out.append(index)
            else:
                out.append(parent if count[parent] > count[index] else out[parent])
        return out

    def _main(self, weights: list[float]) -> int:
        """Descend from the root while one child holds at least half of the weight; -1 where there is none."""
        if not weights or not weights[0]:
            return -1
        best = [-1] * len(weights)
        top = [0.0] * len(weights)
        for index in range(1, len(weights)):
            parent = self.parents[index]
            if weights[index] > top[parent]:
                top[parent], best[parent] = weights[index], index
        place, least = 0, weights[0] / 2
        while best[place] >= 0 and top[place] >= least:
            place = best[place]
        return place

    def _levels(self, main: int) -> list[int | None]:
        """Levels to climb from a container until it covers the block; 0 inside it, None without such a container."""
        if main < 0:
            return [None] * len(self.blocks)
        levels = [0] * len(self.elements)
        chain, at = {main: 0}, main
        while at > 0:
            above = self.parents[at]
            chain[above] = chain[at] + (self.count[above] > self.count[at])
            at = above
        for index, parent in enumerate(self.parents):
            levels[index] = chain[index] if index in chain else levels[parent]
        return self.of(self.place, levels)

    @cached_property
    def main(self) -> int:
        """The main container: the deepest element on the way that holds half of the soft good text; -1: none."""
        return self._main(self.soft_in)

    # -- by block

    @cached_property
    def levels_half(self) -> list[int | None]:
        """Levels from the main container (half of the soft good text) up to the block's place."""
        return self._levels(self.main)

    @cached_property
    def levels_good(self) -> list[int | None]:
        """The same for the container of half of the (strict) good text."""
        return self._levels(self._main(self.good_in))

    @cached_property
    def depth_in_main(self) -> list[int | None]:
        """Real ancestors between the block and the main container; None outside."""
        if self.main < 0:
            return [None] * len(self.blocks)
        depth: list[int | None] = [None] * len(self.elements)
        count, parents = self.count, self.parents
        depth[self.main] = 0
        for index in range(self.main + 1, len(depth)):
            parent = parents[index]
            above = depth[parent]
            if above is not None:
                depth[index] = above + (count[parent] > count[index])
        return self.of(self.place, depth)

    @cached_property
    def first(self) -> list[int]:
        """Index of the block's 1st real ancestor: the nearest element that holds other blocks too."""
        count, up = self.count, self.up
        return [(place if count[place] > 1 else up[place]) if place >= 0 else -1 for place in self.place]

    @cached_property
    def second(self) -> list[int]:
        """Index of the 2nd real ancestor."""
        up = self.up
        return [up[place] if place >= 0 else -1 for place in self.first]

    @cached_property
    def third(self) -> list[int]:
        """Index of the 3rd real ancestor."""
        up = self.up
        return [up[place] if place >= 0 else -1 for place in self.second]

    def of(self, ancestors: list[int], values: Sequence[_T]) -> list[_T | None]:
        """An element column read at each block's ancestor."""
        by_element = [*values, None]  # an ancestor of -1, none, reads the last
        return list(map(by_element.__getitem__, ancestors))

    def mean(self, ancestors: list[int], totals: list[float]) -> list[float | None]:
        """Sums over the blocks inside an element, as a mean a block, read at each block's ancestor."""
        count = self.count
        return [totals[place] / count[place] if place >= 0 else None for place in ancestors]

    @cached_property
    def near_hints(self) -> list[int]:
        """Hint families of the block's inline elements, its element, and the two elements above."""
        hints = [*self.hints, 0]
        named = self._names_inside
        inside = [named[block.hints].families for block in self.blocks]
        own, first, second = (map(hints.__getitem__, places) for places in self._line_up[:3])
        return list(map(or_, map(or_, inside, own), map(or_, first, second)))

    @cached_property
    def far_hints(self) -> list[int]:
        """Hint families of the elements further up."""
        above = self.hints_above
        return [above[place] if place >= 0 else 0 for place in self._line_up[3]]

    @cached_property
    def name_worth(self) -> Columns:
        """By label, what the class names in the block, of its element and of the two above speak for it."""
        value_of = [*self._value_of, -1]
        known = [*[names.known for names in self._names_in], {}]  # the last stands for no element, which has no names
        own = [names_worth(OWN, names) for names in known]
        up = Met(lambda values: names_worth(UP, known[values[0]] | known[values[1]]))
        inside = {hints: names_worth(INSIDE, names.known) for hints, names in self._names_inside.items()}
        here, first, second = (map(value_of.__getitem__, places) for places in self._line_up[:3])
        totals = map(add, map(own.__getitem__, here), map(up.__getitem__, zip(first, second, strict=True)))
        return by_label([total + inside[block.hints] for block, total in zip(self.blocks, totals, strict=True)])

    @cached_property
    def name_worth_above(self) -> Columns:
        """By label, what the class names further up speak for the block."""
        sums = worth_above(self.parents, self._value_of, [names.known for names in self._names_in])
        return by_label([sums[place] if place >= 0 else 0 for place in self._line_up[3]])

    @cached_property
    def _line_up(self) -> list[list[int]]:
        """Index of the block's element, and of the first, second and third one above it; -1 where there is none."""
        above = [*self.parents, -1]  # the element above none is none
        out = [self.place]
        for _ in range(3):
            out.append(list(map(above.__getitem__, out[-1])))
        return out

    @cached_property
    def _names_above(self) -> list[int]:
        bits = NAME_BIT
        out: list[int] = []
        for element in self.elements:
            mask = bits.get(element.name, 0)
            out.append(mask | out[element.parent] if element.parent >= 0 else mask)
        return out

    @cached_property
    def names(self) -> list[int]:
        """Telling element names on the way up, as a mask of `NAME_BIT`."""
        above = self._names_above
        return [above[place] if place >= 0 else 0 for place in self.place]

    @cached_property
    def articles(self) -> list[int]:
        """Index of the innermost `article` element around each block; -1 where there is none."""
        above: list[int] = []
        for index, element in enumerate(self.elements):
            above.append(index if element.name == "article" else above[element.parent] if element.parent >= 0 else -1)
        return self._at_place(above)

    def branches(self, block: int) -> list[int]:
        """Index of each block's branch as seen from a block: the largest element around it that does not hold that one too.

        -1 where there is none: for the block itself, text beside it in the same element, and where it is -1.
        """
        if block < 0 or not self.elements:
            return [-1] * len(self.blocks)
        trunk, at = {self.place[block]}, self.place[block]
        while at > 0:
            at = self.parents[at]
            trunk.add(at)
        branch: list[int] = []
        for index, parent in enumerate(self.parents):
            branch.append(-1 if index in trunk else index if parent in trunk else branch[parent])
        return self._at_place(branch)

    def levels_from(self, block: int) -> list[int | None]:
        """Levels to climb from a block's element until it covers the other block; None for a block of -1."""
        return self._levels(self.place[block] if block >= 0 else -1)

    @cached_property
    def signatures(self) -> list[int]:
        """Number of the block's signature: element, hints, and those of its parent; equal numbers, equal signatures."""
        own = self._signature_of
        pairs = [(n, own[parent] if parent >= 0 else -1) for n, parent in zip(own, self.parents, strict=True)]
        return self._at_place(numbered(pairs))

    @cached_property
    def own_signatures(self) -> list[int]:
        """Number of the block's element and hints alone."""
        return self._at_place(self._signature_of)

    @cached_property
    def _signature_of(self) -> list[int]:
        """Number of each element's name and hints."""
        return numbered([(element.name, element.hints) for element in self.elements])

    def _at_place(self, numbers: list[int]) -> list[int]:
        """An element column of numbers read at each block's element; -1 where there is none."""
        return list(map([*numbers, -1].__getitem__, self.place))

    def by_signature(self, signatures: list[int], values: Sequence[float]) -> list[float]:
        """Sum of a block column over all blocks of the same signature."""
        return list(map(sums_by(signatures, values).__getitem__, signatures))

    @cached_property
    def twins(self) -> list[int]:
        """Siblings of the block's element (of its parent, if it stands alone there) with the same name and hints."""
        keys = list(zip(self.parents, self._signature_of, strict=True))
        counts = Counter(keys)
        alike = [*map(counts.__getitem__, keys), 1]
        return list(map(max, *[map(alike.__getitem__, places) for places in self._line_up[:3]]))


NAMES = (
    "article", "main", "section", "nav", "aside", "header", "footer", "figure", "figcaption", "form", "li", "ul", "ol", "dl",
    "table", "td", "th", "tr", "blockquote", "details", "summary", "button", "label", "select", "p", "h1", "h2", "h3", "h4",
    "h5", "h6", "dialog", "noscript", "template", "address", "pre", "video", "iframe", "center",
)  # fmt: skip
"""Element names that tell something."""
NAME_BIT = {name: 1 << index for index, name in enumerate(NAMES)}
