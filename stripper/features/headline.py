"""Which block is the headline: a ranking of all candidates by a few weighted signs.

The weights are fitted (conditional logit over the candidates of each hand-labelled page) and stand in `points.json`
under `headline`; no candidate wins unless it is above 0, the worth of "none of them".
"""

from __future__ import annotations

from math import log2
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


def candidates(context: Context) -> list[tuple[int, list[float]]]:
    """Index and signs of every block that could be the headline: up to 40 words, four letters or more."""
    local, blocks, document = context.local, context.blocks, context.document
    words = local.words
    title = long_words(document.title.lower().split())
    vocabulary, _ = context.text_words
    until, run = context.until_good, context.tight_run
    dates = [int(n <= 14 and hit.bits & _DATE != 0) for hit, n in zip(local.hits, words, strict=True)]
    bylines = [int(n <= 14 and hit.bits & _BYLINE != 0) for hit, n in zip(local.hits, words, strict=True)]
    date_soon, byline_soon = context.after(dates, 5), context.after(bylines, 5)
    text_before = context.good_before
    text_after = context.good_in_10_after
    short_words = [n if n <= _MOST_WORDS else 0 for n in words]
    around = context.window(short_words, 3, own=False)
    furniture = context.containers.furniture
    last_seen: dict[str, int] = {text: i for i, text in enumerate(local.texts)}
    out = []
    for i, block in enumerate(blocks):
        n = words[i]
        if n > _MOST_WORDS or len(block.text) < 4:
            continue
        own = local.long_words[i]
        shared = len(own & title) if title else 0
        in_text = len(own & vocabulary)
        last = local.last_character[i]
        ahead, at = until[i], run[i]
        hit = local.hits[i]
        role = block.role
        signs = [
            1.0,
            role == "heading-1", role == "heading-2", role.startswith("heading") and role[-1] > "2",
            shared / (len(own) + len(title) - shared) if title and own else 0.0, bool(title) and shared >= len(title) > 1,
            in_text / len(own) if own else 0.0, min(in_text, 6) / 6,
            n <= 2, 3 <= n <= 5, n >= 15,
            last in ".。।", last in "?？!！", last in ":：",
            ahead is not None and ahead <= 1, ahead is not None and 1 < ahead <= 3, ahead is not None and 3 < ahead <= 10,
            ahead is not None and ahead > 10, ahead is None,
            text_before[i] or 0.0, log2(text_after[i] + 1) / 8,
            local.copies[i] > 1, hit.bits & _FURNITURE != 0, hit.covered_bits != 0, bool(block.mark),
            (block.linked or 0) * 2 > len(block.text), block.hidden,
            at is not None and -6 <= at < 0, at is not None and at < -6, at == 0, at is not None and at > 0,
            date_soon[i] > 0, byline_soon[i] > 0,
            block.gap is not None and block.gap > 0, i + 1 < len(blocks) and (blocks[i + 1].gap or 0) > 0,
            i < 3, n > around[i] / 2, last_seen[block.text] != i, local.digits[i], local.capitals[i],
            block.element >= 0 and furniture[block.element],
        ]  # fmt: skip
        out.append((i, list(map(float, signs))))
    return out


def find_headline(context: Context) -> int:
    """Index of the block that looks most like the headline; -1 where none does."""
    table = points_table().get(context.document.kind, {}).get("headline")
    if not table:
        return -1
    weights = [table[sign] for sign in SIGNS]
    best, most = -1, 0.0
    for i, signs in candidates(context):
        score = sum([weight * sign for weight, sign in zip(weights, signs, strict=True)])
        if score > most:
            best, most = i, score
    return best
