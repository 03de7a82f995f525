"""What stands around a block in page order: windows, runs of good text, headings, pictures, position, headline.

Everything is linear: windows are differences of running totals. Neighbours are seen by their measures, never by their
labels, so no order of evaluation matters (after boilerpipe's NumWordsRulesClassifier).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from operator import sub, truediv

from stripper.features.containers import Containers
from stripper.features.headline import find_headline
from stripper.features.local import THOUSANDTHS, Local, long_words, means_by, sums_by
from stripper.model import Document
from stripper.words import FAMILIES

_SCOPES = tuple(
    (1 << FAMILIES.index(family), family) for family in ("related", "comment", "bio", "subscribe", "cookie", "toc")
)
"""Headings of these families decide what stands under them; others ("Share your results") only look as if they did."""
_END_MARKERS = sum(
    1 << FAMILIES.index(family) for family in ("share", "tags", "comment", "related", "bio", "subscribe")
)
_SCOPE_WORDS = 150
"""Good words after which a heading no longer decides what stands under it (study 3: half of the lost text)."""
_AUTHORS = 20
"""Names of authors that are looked for; real pages have a few."""


class Context:
    """Columns by block, computed when first asked for."""

    def __init__(self, document: Document, local: Local, containers: Containers) -> None:
        self.document = document
        self.blocks = document.blocks
        self.local = local
        self.containers = containers
        self.size = len(document.blocks)

    # -- windows

    @staticmethod
    def window(values: Sequence[float], radius: int, own: bool = True) -> list[float]:
        """Sum over the blocks from `radius` before to `radius` after, with or without the block itself."""
        totals = [*[0] * (radius + 1), *accumulate(values)]
        totals += totals[-1:] * radius
        out = map(sub, totals[2 * radius + 1 :], totals)
        return list(out if own else map(sub, out, values))

    def density_window(self, radius: int) -> list[float | None]:
        """Link density over the blocks from `radius` before to `radius` after."""
        if any(block.linked is None for block in self.blocks[:1]):
            return [None] * self.size
        linked = self.window([block.linked or 0 for block in self.blocks], radius)
        chars = self.window(self.local.chars, radius)
        return [THOUSANDTHS[int(1000 * a // b)] for a, b in zip(linked, chars, strict=True)]

    def words_per_line(self, radius: int) -> list[float]:
        """Mean words of the blocks from `radius` before to `radius` after."""
        return list(map(truediv, self.window(self.local.words, radius), self.window([1] * self.size, radius)))

    def before(self, values: Sequence[float], reach: int) -> list[float]:
        """Sum over the `reach` blocks before."""
        totals = [*[0] * (reach + 1), *accumulate(values)]
        return list(map(sub, totals[reach:-1], totals))

    def after(self, values: Sequence[float], reach: int) -> list[float]:
        """Sum over the `reach` blocks after."""
        totals = list(accumulate(values))
        return list(map(sub, totals[reach:] + totals[-1:] * reach, totals))

    # -- position

    @cached_property
    def position(self) -> list[float]:
        """Place among the page's blocks, 0 to 1."""
        last = max(1, self.size - 1)
        return [THOUSANDTHS[1000 * i // last] for i in range(self.size)]

    @cached_property
    def good_before(self) -> list[float | None]:
        """Share of the page's good words that stand before the block; None on a page without."""
        return self._share_before(self.local.good)

    @cached_property
    def words_before(self) -> list[float | None]:
        """Share of the page's words that stand before the block."""
        return self._share_before(self.local.words)

    def _share_before(self, values: list[int]) -> list[float | None]:
        total = sum(values)
        if not total:
            return [None] * self.size
        return [THOUSANDTHS[1000 * (a - b) // total] for a, b in zip(accumulate(values), values, strict=True)]

    @cached_property
    def since_good(self) -> list[int | None]:
        """Blocks since the last good block; None before the first."""
        return self._since([n > 0 for n in self.local.good])

    @cached_property
    def until_good(self) -> list[int | None]:
        """Blocks to the next good block; None after the last."""
        return self.until([n > 0 for n in self.local.good])

    def until(self, marks: list[bool]) -> list[int | None]:
        """Distance to the next marked block (not the block itself); None after the last."""
        return self._since(marks[::-1])[::-1]

    def _since(self, marks: list[bool]) -> list[int | None]:
        """Distance to the last marked block before (not the block itself)."""
        out: list[int | None] = []
        last: int | None = None
        for i, mark in enumerate(marks):
            out.append(None if last is None else i - last)
            if mark:
                last = i
        return out

    # -- runs

    def run(self, penalty: float) -> tuple[int, int]:
        """First and last+1 block of the main run: the stretch with the greatest sum of good words less a penalty.

        Words of a good block count up to 120, any other block costs `penalty` (maximum subarray, Kadane).
        """
        best, best_from, best_to = 0.0, 0, 0
        total, start = 0.0, 0
        for i, n in enumerate(self.local.good):
            if total <= 0:
                total, start = 0.0, i
            total += min(n, 120) if n else -penalty
            if total > best:
                best, best_from, best_to = total, start, i + 1
        return best_from, best_to

    def _distances(self, run: tuple[int, int]) -> list[int] | list[None]:
        """0 in the run; below 0: blocks before its start; above 0: blocks past its end; None without good text."""
        start, end = run
        if start == end:
            return [None] * self.size
        return [*range(-start, 0), *[0] * (end - start), *range(1, self.size - end + 1)]

    @cached_property
    def main_run(self) -> tuple[int, int]:
        """First and last+1 block of the main run at a penalty of 15 words a line."""
        return self.run(15)

    @cached_property
    def tight_run(self) -> list[int] | list[None]:
        """Place relative to the main run at a penalty of 15 words a line."""
        return self._distances(self.main_run)

    @cached_property
    def middle_run(self) -> list[int] | list[None]:
        """Place relative to the main run at a penalty of 6 words a line."""
        return self._distances(self.run(6))

    @cached_property
    def loose_run(self) -> list[int] | list[None]:
        """Place relative to the main run at a penalty of 2 words a line."""
        return self._distances(self.run(2))

    @cached_property
    def places(self) -> list[str]:
        """Place relative to the middle run in words: in it, shortly before or after, or far."""
        return [
            "without text"
            if at is None
            else "in the run"
            if at == 0
            else "just before it"
            if -4 <= at < 0
            else "before it"
            if at < 0
            else "just after it"
            if at <= 4
            else "after it"
            for at in self.middle_run
        ]

    @cached_property
    def sides(self) -> list[str]:
        """Where good text stands within five blocks: before, after, both sides, or far away."""
        before, after = self.before(self.local.good, 5), self.after(self.local.good, 5)
        return [
            ("between text" if b and a else "after text" if b else "before text" if a else "far from text")
            for b, a in zip(before, after, strict=True)
        ]

    @cached_property
    def good_in_10_after(self) -> list[float]:
        """Good words in the ten blocks after."""
        return self.after(self.local.good, 10)

    @cached_property
    def is_end_marker(self) -> list[bool]:
        """Whether the block is a share, tag, comment, author or related marker."""
        return [
            n <= 8 and hit.covered_bits & _END_MARKERS != 0
            for hit, n in zip(self.local.hits, self.local.words, strict=True)
        ]

    @cached_property
    def end_markers(self) -> list[int]:
        """End markers before the block, counted once the text has begun."""
        out = []
        seen = 0
        begun = False
        for marker, good in zip(self.is_end_marker, self.local.good, strict=True):
            out.append(seen)
            begun = begun or good > 0
            if begun and marker:
                seen += 1
        return out

    # -- headline

    @cached_property
    def headline(self) -> int:
        """Index of the main headline's block; -1 where none is found.

        See `features/headline.py`.
        """
        return find_headline(self)

    @cached_property
    def after_headline(self) -> list[int | None]:
        """Blocks since the headline (below 0: before it); None without a headline."""
        if self.headline < 0:
            return [None] * self.size
        return [i - self.headline for i in range(self.size)]

    @cached_property
    def lead(self) -> int:
        """Index of the first good block below the headline, or of the page where that has none; -1 without good text."""
        start = max(self.headline, 0)
        return next((at for at, words in enumerate(self.local.good) if words and at >= start), -1)

    @cached_property
    def branches(self) -> list[int]:
        """The branch that each block stands on as seen from the lead; -1: none."""
        return self.containers.branches(self.lead)

    @cached_property
    def title_overlap(self) -> list[float | None]:
        """Share of the block's words that the headline (or the page's title) has too; None without either."""
        title = self.local.texts[self.headline] if self.headline >= 0 else self.document.title
        known = long_words(title.lower().split())
        if not known:
            return [None] * self.size
        return [len(own & known) / len(own) if own else 0.0 for own in self.local.long_words]

    @cached_property
    def description_overlap(self) -> list[float | None]:
        """Share of the block's words that the page's own summary has too; None without a summary."""
        known = long_words(self.document.description.lower().split())
        if len(known) < 3:
            return [None] * self.size
        return [len(own & known) / len(own) if len(own) > 2 else 0.0 for own in self.local.long_words]

    @cached_property
    def text_words(self) -> tuple[set[str], set[str]]:
        """The long words of the page's good text: all, and those that stand in two blocks of it."""
        once: set[str] = set()
        twice: set[str] = set()
        for own, good in zip(self.local.long_words, self.local.good, strict=True):
            if good:
                twice |= once & own
                once |= own
        return once, twice

    @cached_property
    def vocabulary(self) -> list[float | None]:
        """Share of the block's long words that the page's good text uses (its own words not counted); None without."""
        once, twice = self.text_words
        if not once:
            return [None] * self.size
        return [
            len(own & (twice if good else once)) / len(own) if own else None
            for own, good in zip(self.local.long_words, self.local.good, strict=True)
        ]

    # -- headings

    @cached_property
    def is_heading(self) -> list[bool]:
        """Whether the block heads others: by its element, or in text by standing short and alone above text."""
        if self.document.kind == "html":
            return [block.role.startswith("heading") for block in self.blocks]
        return [
            block.role.startswith("heading") or (n <= 8 and not end and not block.mark)
            for block, n, end in zip(self.blocks, self.local.words, self.local.sentence_end, strict=True)
        ]

    @cached_property
    def since_heading(self) -> list[int | None]:
        """Blocks since the last heading; None before the first."""
        return self._since(self.is_heading)

    @cached_property
    def heading_scope(self) -> list[str]:
        """Family of the heading that the block stands under (or is); `plain` under others, `none` before the first.

        The phrase must cover the heading; the scope ends with the next heading, in text with a line directly above
        prose, and after 150 good words.
        """
        out = []
        scope, good_words = "none", 0
        local = self.local
        next_good = [*[n > 0 for n in local.good[1:]], False]
        for i, (hit, heading, n) in enumerate(zip(local.hits, self.is_heading, local.words, strict=True)):
            if heading and n <= 12:
                found = next((family for bit, family in _SCOPES if hit.covered_bits & bit), "")
                if found:
                    scope, good_words = found, 0
                elif self.document.kind == "html" or next_good[i]:
                    scope, good_words = "plain", 0
            out.append(scope)
            good_words += local.good[i]
            if good_words > _SCOPE_WORDS and scope != "comment":
                scope = "plain"
        return out

    # -- groups

    @cached_property
    def groups(self) -> list[int]:
        """Number of the group between blank lines that each block stands in."""
        return list(accumulate([int(bool(block.gap)) for block in self.blocks]))

    @staticmethod
    def mean_of_others(groups: list[int], values: Sequence[float]) -> list[float | None]:
        """Mean of a column over the other blocks of the block's group; None where it stands alone."""
        totals, counts = sums_by(groups, values), Counter(groups)
        return [
            (totals[group] - value) / (counts[group] - 1) if counts[group] > 1 else None
            for group, value in zip(groups, values, strict=True)
        ]

    @staticmethod
    def mean_beside(groups: list[int], values: Sequence[float], step: int) -> list[float | None]:
        """Mean of a column over the group that many groups on (-1: the one before); None where there is none.

        groups: numbers that count up.
        """
        means = means_by(groups, values)
        return [means.get(group + step) for group in groups]

    @cached_property
    def lists(self) -> list[int]:
        """Number of the run of marked blocks that each block stands in; -1 without a mark."""
        out, run, marked = [], 0, False
        for block in self.blocks:
            if block.mark and not marked:
                run += 1
            marked = block.mark != ""
            out.append(run if marked else -1)
        return out

    # -- pictures

    @cached_property
    def since_picture(self) -> list[int | None]:
        """Blocks since the last picture (0: right after it); None before the first or for text."""
        out: list[int | None] = []
        pictures = [picture.before for picture in self.document.pictures]
        at, last = 0, -1
        for i in range(self.size):
            while at < len(pictures) and pictures[at] <= i:
                last = pictures[at]
                at += 1
            out.append(None if last < 0 else i - last)
        return out

    @cached_property
    def alt_overlap(self) -> list[float | None]:
        """Share of the block's words that the alternative text of the picture just before has; None without one."""
        out: list[float | None] = []
        at, pictures = 0, self.document.pictures
        alt: set[str] = set()
        for i, since in enumerate(self.since_picture):
            while at < len(pictures) and pictures[at].before <= i:
                alt = long_words(pictures[at].alt.lower().split())
                at += 1
            if since is None or since > 2 or not alt:
                out.append(None)
            else:
                own = self.local.long_words[i]
                out.append(len(own & alt) / len(own) if own else 0.0)
        return out

    @cached_property
    def author(self) -> list[bool | None]:
        """Whether the block names the author that the metadata give; None where they give none."""
        names = [name.strip().lower() for name in self.document.author.split(",")]
        names = [name for name in names if len(name) > 4 and "/" not in name][:_AUTHORS]
        if not names:
            return [None] * self.size
        return [
            n <= 60 and any(name in text.lower() for name in names)
            for text, n in zip(self.local.texts, self.local.words, strict=True)
        ]
