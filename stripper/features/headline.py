"""Which block is the headline: a ranking of all candidates by a few weighted signs.

The weights are fitted (conditional logit over the candidates of each hand-labelled page) and stand in the table of points
under `headline`; no candidate wins unless it is above 0, the worth of "none of them".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, compress
from math import log2
from operator import or_
from typing import TYPE_CHECKING, TypeVar

from stripper.features.local import long_words
from stripper.points import points_table
from stripper.words import FAMILIES

if TYPE_CHECKING:
    from stripper.features.context import Context

T = TypeVar("T")

_FURNITURE = 0
for _family in (
    "share", "follow", "subscribe", "login", "comment", "cookie", "related", "more", "legal", "credit", "player", "ad",
    "paging", "shop", "form",
):  # fmt: skip
    _FURNITURE |= 1 << FAMILIES.index(_family)
_BYLINE, _DATE = 1 << FAMILIES.index("byline"), 1 << FAMILIES.index("date")
_MOST_WORDS = 40
_REACH = 10
"""Blocks from the start of the main run in which any line can be the headline; below, there are headings of other things."""


def candidates(context: Context) -> list[int]:
    """Index of every block that could be the headline: up to 40 words, four letters or more, and not far down the text
    unless it is a heading."""
    local, blocks = context.local, context.blocks
    start, end = context.main_run
    far = start + _REACH if start < end else context.size
    return [
        i
        for i, (n, length) in enumerate(zip(local.words, local.chars, strict=True))
        if n <= _MOST_WORDS and length >= 4 and (i < far or blocks[i].role.startswith("heading"))
    ]


def signs(context: Context, at: Sequence[int]) -> dict[str, Sequence[float]]:
    """The signs by their names, one value for each candidate: 0 to 1, but for the text after."""
    local, words = context.local, context.local.words
    dates = [n <= 14 and hit.bits & _DATE != 0 for hit, n in zip(local.hits, words, strict=True)]
    bylines = [n <= 14 and hit.bits & _BYLINE != 0 for hit, n in zip(local.hits, words, strict=True)]
    signed = [*map(or_, dates, bylines), False]
    short = [n if n <= _MOST_WORDS else 0 for n in words]
    longest_before = [0, *accumulate(short, max)]
    last_seen = {text: i for i, text in enumerate(local.texts)}
    is_path = [  # steps of a breadcrumb
        " > " in text or " › " in text or " » " in text or " / " in text or " → " in text for text in local.texts
    ]
    gaps = [block.gap is not None and block.gap > 0 for block in context.blocks]

    def of(values: Sequence[T]) -> list[T]:
        """A column of blocks at the candidates."""
        return list(map(values.__getitem__, at))

    blocks, n, hits, last = of(context.blocks), of(words), of(local.hits), of(local.last_character)
    roles, texts, own = [block.role for block in blocks], of(local.texts), of(local.long_words)
    ahead, place = of(context.until_good), of(context.tight_run)
    title, good = long_words(context.document.title.lower().split()), context.text_words[0]
    in_title, in_text = [len(own_ & title) for own_ in own], [len(own_ & good) for own_ in own]
    furniture = context.containers.furniture
    return {
        "bias": [1.0] * len(at),
        "heading 1": [role == "heading-1" for role in roles],
        "heading 2": [role == "heading-2" for role in roles],
        "other heading": [role.startswith("heading") and role[-1] > "2" for role in roles],
        "title shared": [
            shared and shared / (len(own_) + len(title) - shared) for shared, own_ in zip(in_title, own, strict=True)
        ],
        "title same": [shared >= len(title) > 1 for shared in in_title],
        "text shared": [shared and shared / len(own_) for shared, own_ in zip(in_text, own, strict=True)],
        "text words shared": [min(shared, 6) / 6 for shared in in_text],
        "1 or 2 words": [words_ <= 2 for words_ in n],
        "3 to 5 words": [3 <= words_ <= 5 for words_ in n],
        "15 or more words": [words_ >= 15 for words_ in n],
        "full stop": [character in ".。।" for character in last],
        "question": [character in "?？!！" for character in last],
        "colon": [character in ":：" for character in last],
        "text comes next": [a is not None and a <= 1 for a in ahead],
        "text comes within 3": [a is not None and 1 < a <= 3 for a in ahead],
        "text comes within 10": [a is not None and 3 < a <= 10 for a in ahead],
        "text comes after 10": [a is not None and a > 10 for a in ahead],
        "no text comes": [a is None for a in ahead],
        "text before": [share or 0.0 for share in of(context.good_before)],
        "text after": [log2(words_ + 1) / 8 for words_ in of(context.good_in_10_after)],
        "repeated": [copies > 1 for copies in of(local.copies)],
        "phrase": [hit.bits & _FURNITURE != 0 for hit in hits],
        "phrase covers": [hit.covered_bits != 0 for hit in hits],
        "marked": [block.mark != "" for block in blocks],
        "linked": [(block.linked or 0) * 2 > len(block.text) for block in blocks],
        "hidden": [block.hidden for block in blocks],
        "before the run": [p is not None and -6 <= p < 0 for p in place],
        "far before the run": [p is not None and p < -6 for p in place],
        "in the run": [p == 0 for p in place],
        "after the run": [p is not None and p > 0 for p in place],
        "date soon": [dates_ > 0 for dates_ in of(context.after(dates, 5))],
        "byline soon": [bylines_ > 0 for bylines_ in of(context.after(bylines, 5))],
        "alone": of(gaps),
        "gap below": of([*gaps[1:], False]),
        "first": [i < 3 for i in at],
        "longer than neighbours": [
            words_ > around / 2 for words_, around in zip(n, of(context.window(short, 3, own=False)), strict=True)
        ],
        "repeated later": [last_seen[text] != i for i, text in zip(at, texts, strict=True)],
        "digits": of(local.digits),
        "capitals": of(local.capitals),
        "furniture": [block.element >= 0 and furniture[block.element] for block in blocks],
        "path": of(is_path),
        "below a path": of([False, *is_path]),
        "longest so far": [words_ > before for words_, before in zip(n, of(longest_before), strict=True)],
        "colon inside": [": " in text for text in texts],
        "date or byline next": of(signed[1:]),
        "phrase before": of([False, *[hit.covered_bits != 0 for hit in local.hits]]),
    }


def find_headline(context: Context) -> int:
    """Index of the block that looks most like the headline; -1 where none does."""
    at = candidates(context)
    if not at:
        return -1
    table = points_table(context.document.kind)["headline"]
    scores = [0.0] * len(at)
    for name, column in signs(context, at).items():
        weight = table[name]
        for i in compress(range(len(at)), column):  # most candidates have few of the signs
            scores[i] += weight * column[i]
    best = max(scores)
    return at[scores.index(best)] if best > 0 else -1
