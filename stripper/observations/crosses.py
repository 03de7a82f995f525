"""Two measures seen together, where one alone says little: a short line between paragraphs, a phrase inside the text.

Each is a kind, so that it prints as one row.
"""

from __future__ import annotations

from itertools import accumulate

from stripper.features import Page
from stripper.observations.table import Column
from stripper.words import first_family

_LENGTHS = ("1 word", "2 words", *["3 to 5 words"] * 3, *["6 to 11 words"] * 6, *["12 to 24 words"] * 13)


def _length(words: int) -> str:
    return _LENGTHS[words - 1] if words <= len(_LENGTHS) else "25 or more words"


def length_and_side(page: Page) -> Column:
    """Length and where good text stands within five blocks.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: (never)
    """
    return [f"{_length(n)} {side}" for n, side in zip(page.local.words, page.context.sides, strict=True)]


def end_and_place(page: Page) -> Column:
    """Length, sentence end and place relative to the main run.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: (never)
    """
    return [
        f"{_length(n)}{', ended,' if end else ''} {place}"
        for n, end, place in zip(page.local.words, page.local.sentence_end, page.context.places, strict=True)
    ]


def mark_and_place(page: Page) -> Column:
    """List mark, role and place relative to the main run.

    fires: <ul><li>Tides</li></ul>
    silent: (never)
    """
    return [
        f"{'marked ' if block.mark else ''}{block.role} {place}"
        for block, place in zip(page.document.blocks, page.context.places, strict=True)
    ]


def phrase_and_place(page: Page) -> Column:
    """Family of the phrase that makes up the block, or that stands in a short one, and place relative to the main run.

    fires: <p>Share this</p>
    silent: <p>Harbour songs of long ago</p>
    """
    out = []
    for hit, n, place in zip(page.local.hits, page.local.words, page.context.places, strict=True):
        bits = hit.covered_bits or (hit.bits if n <= 12 else 0)
        if not bits:
            out.append("")
        else:
            out.append(f"{first_family(bits)}{'' if hit.covered_bits else ' within'} {place}")
    return out


def shape_and_neighbours(page: Page) -> Column:
    """Length of the block, of the one before and of the next: short, middle, long.

    fires: <p>Tides</p>
    silent: (never)
    """
    sizes = ["short" if n <= 5 else "middle" if n <= 14 else "long" for n in page.local.words]
    return [f"{a} after {b} before {c}" for a, b, c in zip(sizes, ["start", *sizes], [*sizes[1:], "end"], strict=False)]


def copies_and_place(page: Page) -> Column:
    """How often the text stands on the page, and place relative to the main run.

    fires: <p>Tides</p><p>Tides</p>
    silent: (never)
    """
    return [f"{min(n, 3)} times, {place}" for n, place in zip(page.local.copies, page.context.places, strict=True)]


def date_and_pattern(page: Page) -> Column:
    """A date line, or the line before or after one; alone or where dates stand in a pattern.

    fires: <p>Boats</p><p>12 May 2031</p>
    silent: <p>Harbour songs of long ago</p>
    """
    dates = page.local.date_line
    near = page.context.window(dates, 6, own=False)
    out = []
    for own, before, after, count, words in zip(
        dates, [0, *dates], [*dates[1:], 0], near, page.local.words, strict=False
    ):
        kind = "date" if own else "after a date" if before else "before a date" if after else ""
        size = "" if own else " short" if words <= 14 else " long"
        out.append(f"{kind}{size}, {'many' if count >= 3 else 'two' if count == 2 else 'few'} near" if kind else "")
    return out


def good_text_in_container(page: Page) -> Column:
    """Where good text stands in the block's 1st real ancestor: before it, after it, on both sides, nowhere.

    fires: <div><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p></div>
    silent: The ferry lay idle.
    """
    containers = page.containers
    if not containers.elements:
        return [""] * page.size
    totals = [0, *accumulate(page.local.good)]
    spans = containers.spans
    out = []
    for i, place in enumerate(containers.first):
        if place < 0:
            out.append("")
            continue
        start, end = spans[place]
        before, after = totals[i] - totals[min(start, i)], totals[max(end, i + 1)] - totals[i + 1]
        own = "" if page.local.words[i] < 12 else "long "
        out.append(own + ("between" if before and after else "after" if before else "before" if after else "without"))
    return out
