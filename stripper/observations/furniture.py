"""Phrases that pages use around articles, in many languages (`stripper/words`)."""

from __future__ import annotations

from stripper.features import Page
from stripper.observations.table import Column
from stripper.words import FAMILIES, first_family

_BIT = {family: 1 << index for index, family in enumerate(FAMILIES)}


def phrases(page: Page) -> Column:
    """Phrases in the block, by family (share, subscribe, comment, credit …), in blocks up to 25 words.

    fires: <p>Share this story</p>
    silent: <p>The ferry lay idle.</p>
    """
    return page.local.short_phrases


def phrases_in_prose(page: Page) -> Column:
    """Phrases at the start or end of longer blocks, by family.

    fires: <p>Share this story with all the people whom you know in the harbour and in the town so that they may come to the inn in time for the song.</p>
    silent: <p>Share this story</p>
    """
    return [hit.bits if n > 25 else 0 for hit, n in zip(page.local.hits, page.local.words, strict=True)]


def phrases_covering(page: Page) -> Column:
    """Families of the phrases that make up most of the block's letters.

    fires: <p>Share this</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return [hit.covered_bits for hit in page.local.hits]


def phrases_leading(page: Page) -> Column:
    """Families of the phrase that the block starts with.

    fires: <p>Read more: ferries in winter</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return [hit.leading_bits for hit in page.local.hits]


def phrase_count(page: Page) -> Column:
    """How many families of phrases the block has.

    fires: <p>Share this or subscribe</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return [hit.bits.bit_count() for hit in page.local.hits]


def phrases_around(page: Page) -> Column:
    """Blocks with furniture phrases among the five before and after.

    fires: <p>Share this</p><p>Ferries</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.window(page.local.furniture, 5, own=False)


def lead_in(page: Page) -> Column:
    """Family of the phrase that leads, up to a colon, into the rest of a block up to 25 words: `Related: …`.

    fires: Read more: ferries in winter
    silent: Read more
    """
    out = []
    for hit, text, n, end in zip(page.local.hits, page.local.texts, page.local.words, page.local.sentence_end, strict=True):
        bits = hit.leading_bits
        if not bits or n > 25 or not 0 < max(text.find(":", 0, 32), text.find("：", 0, 32)) < len(text) - 1:
            out.append("")
        else:
            out.append(f"{first_family(bits)}{', a sentence' if end else ''}")
    return out


def _marks(page: Page, *families: str) -> list[int]:
    """1 for blocks up to 25 words with a phrase of these families."""
    mask = sum([_BIT[family] for family in families])
    return [int(bits & mask != 0) for bits in page.local.short_phrases]


def comments_before(page: Page) -> Column:
    """Comment phrases among the eight blocks before.

    fires: <p>Leave a comment</p><p>Ferries</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.before(_marks(page, "comment"), 8)


def comments_after(page: Page) -> Column:
    """Comment phrases among the eight blocks after.

    fires 1: <p>Ferries</p><p>Leave a comment</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.after(_marks(page, "comment"), 8)


def related_before(page: Page) -> Column:
    """Related-list phrases among the eight blocks before.

    fires: <p>Related articles</p><p>Ferries</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.before(_marks(page, "related", "more"), 8)


def consent_near(page: Page) -> Column:
    """Cookie and privacy phrases among the five blocks before and after.

    fires: <p>We use cookies</p><p>Ferries</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.window(_marks(page, "cookie", "legal"), 5, own=False)


def subscribe_before(page: Page) -> Column:
    """Subscription, login, form and appeal phrases among the four blocks before.

    fires: <p>Subscribe to our newsletter</p><p>Ferries</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.before(_marks(page, "subscribe", "login", "form", "appeal"), 4)


def subscribe_after(page: Page) -> Column:
    """Subscription, login, form and appeal phrases among the four blocks after.

    fires 1: <p>Ferries</p><p>Subscribe to our newsletter</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.after(_marks(page, "subscribe", "login", "form", "appeal"), 4)


def share_near(page: Page) -> Column:
    """Share and follow phrases among the four blocks before and after.

    fires: <p>Share this</p><p>Ferries</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.window(_marks(page, "share", "follow"), 4, own=False)


def dates_near(page: Page) -> Column:
    """Short blocks with a date among the six before and after.

    fires: <p>12 May 2031</p><p>Ferries</p>
    silent: <p>Harbour songs of long ago</p>
    """
    return page.context.window(page.local.date_line, 6, own=False)


def names_author(page: Page) -> Column:
    """Names the author that the page's metadata give.

    fires: <head><meta name="author" content="Una Marsh"></head><p>Una Marsh lives by the sea</p>
    silent: <head><meta name="author" content="Una Marsh"></head><p>Tides</p>
    """
    return page.context.author


def end_markers(page: Page) -> Column:
    """Share, tag, comment, author or related markers so far, once the text has begun.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Share this</p><p>So</p>
    silent: <p>Share this</p>
    """
    return page.context.end_markers


def text_after_marker(page: Page) -> Column:
    """Share of the good words still to come after the last such marker; silent before the first.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Share this</p><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p>
    silent: <p>Share this</p>
    """
    out: list[float | None] = []
    rest: float | None = None
    seen = page.context.end_markers
    for markers, before, share in zip(seen, [0, *seen], page.context.good_before, strict=False):
        if markers != before:
            rest = None if share is None else 1.0 - share
        out.append(rest)
    return out


def words_after_marker(page: Page) -> Column:
    """Share of the page's words still to come after the last such marker below the headline; silent before the first.

    For pages without good text: lists, poems, tickers.

    fires 5: Ferries of the north¶¶By Una Marsh¶¶Tides¶¶Share this¶¶Boats¶¶Eels
    silent 4: Ferries of the north¶¶By Una Marsh¶¶Tides¶¶Share this¶¶Boats¶¶Eels
    """
    words = page.local.words
    total = sum(words) or 1
    out: list[float | None] = []
    rest: float | None = None
    done = 0
    for i, (marker, n) in enumerate(zip(page.context.is_end_marker, words, strict=True)):
        out.append(rest)
        done += n
        if marker and i > page.context.headline:
            rest = 1.0 - done / total
    return out


def byline_place(page: Page) -> Column:
    """Place of a block up to 14 words that starts as a byline does: below the headline, else by the good text around it.

    fires: <h1>Ferries</h1><p>By Una Marsh</p>
    silent: <h1>Ferries</h1><p>Una Marsh</p>
    """
    local = page.local
    out = []
    for hit, n, end, below, side in zip(
        local.hits, local.words, local.sentence_end, page.context.after_headline, page.context.sides, strict=True
    ):
        if n > 14 or not hit.leading_bits & _BIT["byline"]:
            out.append("")
            continue
        place = "below the headline" if below is not None and 0 < below <= 4 else side
        out.append(f"sentence {place}" if end else place)
    return out
