"""What stands before and after: runs of good text, neighbours, headings, the headline, position, repetition."""

from __future__ import annotations

from collections import Counter

from stripper.features import Page
from stripper.observations.table import Column

# Examples: one sentence of good text is
# "The ferry was in the harbour and the tide was out, so all of the crew went to the inn."


def tight_run(page: Page) -> Column:
    """Place relative to the main run (most good words, 15 less for every other block): 0 inside, else blocks away.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.tight_run


def loose_run(page: Page) -> Column:
    """Place relative to the main run at a price of 2 words for every other block.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.loose_run


def good_within_2(page: Page) -> Column:
    """Good words in the two blocks before and after.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.window(page.local.good, 2, own=False)


def good_within_5(page: Page) -> Column:
    """Good words in the five blocks before and after.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.window(page.local.good, 5, own=False)


def good_in_10_before(page: Page) -> Column:
    """Good words in the ten blocks before.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.before(page.local.good, 10)


def good_in_10_after(page: Page) -> Column:
    """Good words in the ten blocks after.

    fires 1: <p>Tides</p><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p>
    silent: <p>Tides</p>
    """
    return page.context.good_in_10_after


def gap_length(page: Page) -> Column:
    """Blocks between the good blocks around: the length of the gap that the block stands in; silent at the ends.

    fires 2: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p>
    silent: <p>Tides</p>
    """
    return [
        None if since is None or until is None else since + until
        for since, until in zip(page.context.since_good, page.context.until_good, strict=True)
    ]


def words_per_line_5(page: Page) -> Column:
    """Mean words of the five blocks before and after and the block itself.

    fires: <p>The ferry lay idle.</p><p>Tides</p>
    silent: (never)
    """
    return page.context.words_per_line(5)


def words_after_block(page: Page) -> Column:
    """Words of the next block.

    fires 1: <p>Tides</p><p>The ferry lay idle.</p>
    silent: <p>Tides</p>
    """
    words = page.local.words
    return [*words[1:], None] if words else []


def ends_near(page: Page) -> Column:
    """Blocks with a sentence end among the three before and after.

    fires: <p>The ferry lay idle.</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.window([int(end) for end in page.local.sentence_end], 3, own=False)


def short_around(page: Page) -> Column:
    """Blocks of up to four words among the twelve before and after.

    fires: <p>Ferries</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.window([int(n <= 4) for n in page.local.words], 12, own=False)


def position(page: Page) -> Column:
    """Place among the page's blocks, 0 to 1.

    fires: <p>Ferries</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.position


def number(page: Page) -> Column:
    """Place from the top, in blocks.

    fires: <p>Ferries</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return range(page.size)


def from_end(page: Page) -> Column:
    """Place from the end, in blocks.

    fires 1: <p>Tides</p><p>Boats</p>
    silent: <p>Tides</p>
    """
    return range(page.size - 1, -1, -1)


def good_before(page: Page) -> Column:
    """Share of the page's good words that stand before the block.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.good_before


def words_before(page: Page) -> Column:
    """Share of the page's words that stand before the block.

    fires: <p>Ferries</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.words_before


def after_headline(page: Page) -> Column:
    """Blocks since the headline; below 0: before it.

    fires: <h1>Ferries of the northern sea</h1><p>The ferries of the sea lay idle.</p>
    silent: <p>Tides</p>
    """
    return page.context.after_headline


def is_headline(page: Page) -> Column:
    """Is the block that looks most like the headline.

    fires: <title>Ferries of the northern sea</title><h1>Ferries of the northern sea</h1>
    silent: <p>Tides</p>
    """
    headline = page.context.headline
    return [i == headline for i in range(page.size)]


def title_overlap(page: Page) -> Column:
    """Share of the block's longer words that the headline has too.

    fires: <h1>Ferries of the northern sea</h1><p>Ferries of the northern sea</p>
    silent: <h1>Ferries of the northern sea</h1><p>Nobody came today</p>
    """
    return page.context.title_overlap


def description_overlap(page: Page) -> Column:
    """Share of the block's longer words that the page's own summary has too.

    fires: <head><meta name="description" content="Ferries lie idle in northern harbours"></head><p>Ferries lie idle in northern seas</p>
    silent: <p>Tides</p>
    """
    return page.context.description_overlap


def vocabulary(page: Page) -> Column:
    """Share of the block's longer words that the page's good text uses.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>Ferry harbour</p>
    silent: <p>Tides</p>
    """
    return page.context.vocabulary


def since_heading(page: Page) -> Column:
    """Blocks since the last heading.

    fires: <h2>Ferries</h2><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.since_heading


def heading_scope(page: Page) -> Column:
    """What the block stands under: a heading of a furniture family (related, comment …), a plain one, or none.

    fires: <h2>Related articles</h2><p>Tides</p>
    silent: (never)
    """
    return page.context.heading_scope


def copies(page: Page) -> Column:
    """Times that this very text stands on the page.

    fires: <p>Tides</p><p>Tides</p>
    silent: (never)
    """
    return page.local.copies


def previous_role(page: Page) -> Column:
    """Role of the block before.

    fires: <h2>Ferries</h2><p>Tides</p>
    silent: <p>Tides</p>
    """
    roles = [block.role for block in page.document.blocks]
    return ["", *roles[:-1]] if roles else []


def next_role(page: Page) -> Column:
    """Role of the next block.

    fires 1: <p>Tides</p><h2>Boats</h2>
    silent: <p>Tides</p>
    """
    roles = [block.role for block in page.document.blocks]
    return [*roles[1:], ""] if roles else []


def shape_share(page: Page) -> Column:
    """Share of the page's blocks that look alike (length class, end, digits, capitals, link, mark).

    fires: <p>Tides</p><p>Boats</p>
    silent: (never)
    """
    counts = Counter(page.local.shape)
    return [counts[shape] / page.size for shape in page.local.shape]


def good_share_of_page(page: Page) -> Column:
    """Share of the page's words that are good.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p>
    silent: <p>Tides</p>
    """
    return [sum(page.local.good) / (sum(page.local.words) or 1)] * page.size


def blocks_of_page(page: Page) -> Column:
    """Blocks of the page.

    fires: Tides
    silent: (never)
    """
    return [page.size] * page.size


def run_share_of_page(page: Page) -> Column:
    """Share of the page's good words that the main run holds.

    fires: <p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p>
    silent: <p>Tides</p>
    """
    start, end = page.context.main_run
    return [sum(page.local.good[start:end]) / (sum(page.local.good) or 1)] * page.size
