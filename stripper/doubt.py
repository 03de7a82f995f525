"""How far the points can tell: which blocks are clear by the tables alone, and where body starts on a page.

The highest sum is the likeliest label of each block alone. Of the text as a whole, precision and recall are in balance (F1
is greatest) if all blocks are kept whose chance to be body is above half of the F1 that can be reached (Lipton, Elkan,
Naryanaswamy: "Optimal thresholding of classifiers to maximize F1 measure", ECML 2014). On a clear page that is one
half; on a page of which little is certain (a list of teasers, a shop window) it is less, and so body starts higher there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log
from operator import itemgetter

from stripper.model import Points

CLEAR = 250
"""Hundredths of a point by which the highest sum of the tables leads where a block is clear."""
_STRENGTH = 220
"""Hundredths of a point for each nat that the threshold is off one half. Chosen by cross-validation, as the others."""
_NEGLIGIBLE = 0.1
"""Nats that make no difference yet."""
_MOST = 240
"""Hundredths of a point at most: what is surely no body stays out on every page."""

_SMALL = {"html": 200, "text": 300}
"""Words up to which a page is small. Chosen by cross-validation: on small pages of unseen make, labels are better so."""


def is_clear(sums: Points) -> bool:
    """Whether one label is so far ahead by the tables that patterns are not asked.

    They would change next to none of these blocks, which are two thirds; learned from the others alone, and asked of them
    alone, patterns tell them better and cost a third.
    """
    *_, second, most = sorted(sums)
    return most - second >= CLEAR


def is_small(words: Iterable[int], kind: str) -> bool:
    """Whether a page has so few words that body has no head start there.

    words: of each block. kind: of the document. The best choice may well be nothing (a notice, a form alone), for which F1
    says little, and one wrong box is as large as the text.
    """
    return sum(words) <= _SMALL[kind]


def chance(sums: Points, at: int) -> float:
    """Softmax of a block's sums at the one that is `at`, 0 to 1."""
    body, caption, nav, junk = sums
    return 1.0 / (exp((body - at) / 100) + exp((caption - at) / 100) + exp((nav - at) / 100) + exp((junk - at) / 100))


def expected_f1(sums: Iterable[Points], words: Sequence[int]) -> float:
    """The word F1 to expect of a page's text if the likeliest blocks are kept, as many as serve it best; 0 to 1.

    words: of each block. Of expectations of the parts, not the expectation of F1 itself, which is close for a page.
    """
    bodies = [chance(own, own.body) for own in sums]
    chances = sorted(zip(bodies, words, strict=True), key=itemgetter(0), reverse=True)
    expected = sum([body * count for body, count in chances])
    kept = right = best = 0.0
    for body, count in chances:
        kept += count
        right += body * count
        best = max(best, right / (kept + expected))
    return 2 * best


def head_start(f1: float) -> int:
    """Hundredths of a point that body starts higher where an F1 is to be expected; 0 on a clear page."""
    if f1 <= 0:
        return _MOST
    return min(_MOST, max(0, round(_STRENGTH * (log((2 - f1) / f1) - _NEGLIGIBLE))))
