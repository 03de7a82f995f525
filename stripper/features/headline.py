"""Which block is the headline: a ranking of all candidates by a few weighted signs.

The weights are fitted (conditional logit over the candidates of each hand-labelled page) and stand in `points.json`
under `headline`; no candidate wins unless it is above 0, the worth of "none of them".
"""

from __future__ import annotations

from itertools import accumulate
from math import log2
from operator import mul, or_
from typing import TYPE_CHECKING

from stripper.features.local import long_words
from stripper.points import points_table
from stripper.words import FAMILIES

if TYPE_CHECKING:
    from stripper.features.context import Context

SIGNS = (
    "bias", "heading 1", "heading 2", "other heading", "title shared", "title same", "text shared",
    "text words shared", "1 or 2 words", "3 to 5 words", "15 or more words", "full stop", "question", "colon",
    "text comes next", "text comes within 3", "text comes within 10", "text comes after 10", "no text comes",
    "text before", "text after", "repeated", "phrase", "phrase covers", "marked", "linked", "hidden",
    "before the run", "far before the run", "in the run", "after the run", "date soon", "byline soon", "alone",
    "gap below", "first", "longer than neighbours", "repeated later", "digits", "capitals", "furniture",
    "path", "below a path", "longest so far", "colon inside", "date or byline next", "phrase before",
)  # fmt: skip
"""The signs, in the order of their weights."""
_FURNITURE = 0
for _family in (
    "share", "follow", "subscribe", "login", "comment", "cookie", "related", "more", "legal", "credit", "player", "ad",
    "paging", "shop", "form",
):  # fmt: skip
    _FURNITURE |= 1 << FAMILIES.index(_family)
_BYLINE, _DATE = 1 << FAMILIES.index("byline"), 1 << FAMILIES.index("date")
_MOST_WORDS = 40
_PATH = (" > ", " › ", " » ", " / ", " → ")
"""What divides the steps of a breadcrumb."""
_FIRST_SIGNS = SIGNS.index("text shared")
"""How many signs tell most; the others are looked at where they could still decide."""


class _Signs:
    """The signs of a page's candidates."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.title = long_words(context.document.title.lower().split())
        local, words = context.local, context.local.words
        dates = [int(n <= 14 and hit.bits & _DATE != 0) for hit, n in zip(local.hits, words, strict=True)]
        bylines = [int(n <= 14 and hit.bits & _BYLINE != 0) for hit, n in zip(local.hits, words, strict=True)]
        self.date_soon, self.byline_soon = context.after(dates, 5), context.after(bylines, 5)
        self.signed = list(map(or_, dates, bylines))
        short = [n if n <= _MOST_WORDS else 0 for n in words]
        self.around = context.window(short, 3, own=False)
        self.last_seen = {text: i for i, text in enumerate(local.texts)}
        self.longest_before = [0, *accumulate(short, max)]

    def candidates(self) -> list[int]:
        """Index of every block that could be the headline: up to 40 words, four letters or more."""
        local = self.context.local
        return [
            i for i, (n, length) in enumerate(zip(local.words, local.chars, strict=True))
            if n <= _MOST_WORDS and length >= 4
        ]  # fmt: skip

    def first(self, i: int) -> list[float]:
        """The signs that tell most: role and words of the title."""
        role, title, own = self.context.blocks[i].role, self.title, self.context.local.long_words[i]
        shared = len(own & title)
        return [
            1.0,
            role == "heading-1", role == "heading-2", role.startswith("heading") and role[-1] > "2",
            shared / (len(own) + len(title) - shared) if shared else 0.0, shared >= len(title) > 1,
        ]  # fmt: skip

    def rest(self, i: int) -> list[float]:
        """All other signs; each is 0 to 1, but for the text after."""
        context, local = self.context, self.context.local
        blocks, block = context.blocks, context.blocks[i]
        n, own, last, hit = local.words[i], local.long_words[i], local.last_character[i], local.hits[i]
        in_text = len(own & context.text_words[0])
        ahead, at = context.until_good[i], context.tight_run[i]
        return [
            in_text / len(own) if own else 0.0, min(in_text, 6) / 6,
            n <= 2, 3 <= n <= 5, n >= 15,
            last in ".。।", last in "?？!！", last in ":：",
            ahead is not None and ahead <= 1, ahead is not None and 1 < ahead <= 3, ahead is not None and 3 < ahead <= 10,
            ahead is not None and ahead > 10, ahead is None,
            context.good_before[i] or 0.0, _text_after(context.good_in_10_after[i]),
            local.copies[i] > 1, hit.bits & _FURNITURE != 0, hit.covered_bits != 0, bool(block.mark),
            (block.linked or 0) * 2 > len(block.text), block.hidden,
            at is not None and -6 <= at < 0, at is not None and at < -6, at == 0, at is not None and at > 0,
            self.date_soon[i] > 0, self.byline_soon[i] > 0,
            block.gap is not None and block.gap > 0, i + 1 < len(blocks) and (blocks[i + 1].gap or 0) > 0,
            i < 3, n > self.around[i] / 2, self.last_seen[block.text] != i, local.digits[i], local.capitals[i],
            block.element >= 0 and context.containers.furniture[block.element],
            _is_path(block.text), i > 0 and _is_path(blocks[i - 1].text), n > self.longest_before[i], ": " in block.text,
            i + 1 < len(blocks) and self.signed[i + 1], i > 0 and bool(local.hits[i - 1].covered_bits),
        ]  # fmt: skip


def _is_path(text: str) -> bool:
    return any(mark in text for mark in _PATH)


def _text_after(good_words: float) -> float:
    return log2(good_words + 1) / 8


def candidates(context: Context) -> list[tuple[int, list[float]]]:
    """Index and signs of every block that could be the headline."""
    signs = _Signs(context)
    return [(i, [*signs.first(i), *signs.rest(i)]) for i in signs.candidates()]


def find_headline(context: Context) -> int:
    """Index of the block that looks most like the headline; -1 where none does."""
    table = points_table().get(context.document.kind, {}).get("headline")
    if not table or not context.size:
        return -1
    weights = [table[sign] for sign in SIGNS]
    signs = _Signs(context)
    largest = {"text after": max(1.0, _text_after(max(context.good_in_10_after)))}
    most_of_rest = sum([max(0.0, table[sign]) * largest.get(sign, 1.0) for sign in SIGNS[_FIRST_SIGNS:]])
    firsts = [(sum(map(mul, weights, signs.first(i))), i) for i in signs.candidates()]
    best, most = -1, 0.0
    for first, i in sorted(firsts, key=lambda item: (-item[0], item[1])):
        if first + most_of_rest < most:
            break  # neither it nor any after it can win, whatever the other signs are
        score = sum(map(mul, weights[_FIRST_SIGNS:], signs.rest(i)), first)
        if score > most or (score == most and i < best):
            best, most = i, score
    return best
