"""Containers: how the page's text is spread over the elements around a block."""

from __future__ import annotations

from stripper.features import Page
from stripper.observations.table import Column
from stripper.words import first_family

_ENOUGH = 0.25
"""Share of the good text that an article has at least where comments are longer."""
_MUCH = 0.3
"""Share of the good text from which a container is no box beside the text."""



def good_third(page: Page) -> Column:
    """Share of the page's good words inside the 3rd real ancestor.

    fires: <div><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>It was.</p></div>
    silent: <div><p>Tides</p><p>Ferries</p></div>
    """
    return page.containers.of(page.containers.third, page.containers.good_share)


def levels_half(page: Page) -> Column:
    """Levels to climb from the main container (half of the soft good text) until it covers the block; 0 inside.

    fires: <div><p>The tide was out, and the ferry lay idle.</p><p>It rained all day.</p></div><p>Tides</p>
    silent: The ferry lay idle.
    """
    return page.containers.levels_half


def levels_good(page: Page) -> Column:
    """Levels to climb from the container of half of the good text in the strict sense.

    fires: <div><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>So</p></div><p>Tides</p>
    silent: The ferry lay idle.
    """
    return page.containers.levels_good


def depth_in_main(page: Page) -> Column:
    """Real ancestors between the block and the main container; silent outside.

    fires: <div><p>The tide was out.</p><p>The ferry lay idle.</p><div><p>It rained.</p><p>Nobody came to see.</p></div></div>
    silent: The ferry lay idle.
    """
    return page.containers.depth_in_main


def words_first(page: Page) -> Column:
    """Words inside the 1st real ancestor, as powers of two.

    fires: <div><p>The tide was out.</p><p>The ferry lay idle.</p></div>
    silent: The ferry lay idle.
    """
    return page.containers.of(page.containers.first, page.containers.words_log)


def controls_first(page: Page) -> Column:
    """Share of the blocks in the 1st real ancestor that are buttons or other controls.

    fires: <div><p>Tides</p><button>Send</button></div>
    silent: <div><p>Tides</p><p>Ferries</p></div>
    """
    return page.containers.mean(page.containers.first, page.containers.controls_in)


def controls_second(page: Page) -> Column:
    """Share of the blocks in the 2nd real ancestor that are buttons or other controls.

    fires: <div><p>Sea</p><div><p>Tides</p><button>Send</button></div></div>
    silent: <div><p>Tides</p><p>Ferries</p></div>
    """
    return page.containers.mean(page.containers.second, page.containers.controls_in)


def phrases_first(page: Page) -> Column:
    """Share of the blocks in the 1st real ancestor that are short and have a furniture phrase.

    fires: <div><p>Share this</p><p>Tides</p></div>
    silent: <div><p>Harbour songs</p><p>Harbour walks</p></div>
    """
    return page.containers.mean(page.containers.first, page.containers.phrases_in)


def signature_share(page: Page) -> Column:
    """Share of the page's soft good text in all blocks of the same signature (element and class, own and parent's).

    fires: <p class="x">The tide was out.</p><p class="x">The ferry lay idle.</p>
    silent: The ferry lay idle.
    """
    containers = page.containers
    total = sum(containers.soft)
    if not total or not containers.elements:
        return [None] * page.size
    return [value / total for value in containers.by_signature(containers.signatures, containers.soft)]


def own_signature_share(page: Page) -> Column:
    """Share of the page's soft good text in all blocks of the same element and class.

    fires: <p class="x">The tide was out.</p><p class="x">The ferry lay idle.</p>
    silent: The ferry lay idle.
    """
    containers = page.containers
    total = sum(containers.soft)
    if not total or not containers.elements:
        return [None] * page.size
    return [value / total for value in containers.by_signature(containers.own_signatures, containers.soft)]


def signature_count(page: Page) -> Column:
    """Blocks of the same signature on the page.

    fires: <p class="x">The tide was out.</p><p class="x">The ferry lay idle.</p>
    silent: The ferry lay idle.
    """
    if not page.containers.elements:
        return [None] * page.size
    return page.containers.by_signature(page.containers.signatures, [1] * page.size)


def twins(page: Page) -> Column:
    """Siblings of the block's element, or of the two above it, with the same name and class.

    fires: <ul><li>Ferries</li><li>Tides</li></ul>
    silent: The ferry lay idle.
    """
    return page.containers.twins if page.containers.elements else [None] * page.size


def levels_headline(page: Page) -> Column:
    """Levels to climb from the headline to the block, less those to a quarter of the good text: above 0, it is farther off.

    fires: <div><h1>Boats</h1><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p></div><p>Tides</p>
    silent: <p>Tides</p>
    """
    levels = page.containers.levels_from(page.context.headline)
    good = sorted((level, words) for level, words in zip(levels, page.local.good, strict=True) if words and level is not None)
    enough, reached = _ENOUGH * sum([words for _, words in good]), 0
    for level, words in good:
        reached += words
        if reached >= enough:
            return [None if own is None else own - level for own in levels]
    return [None] * page.size


def article_element(page: Page) -> Column:
    """In the `article` element that holds the headline, in another inside or outside of it, in none; else silent.

    fires: <article><h1>Boats</h1></article><article><p>The tide is low.</p></article>
    silent: <h1>Boats</h1><article><p>The tide is low.</p></article>
    """
    containers, headline = page.containers, page.context.headline
    main = containers.articles[headline] if headline >= 0 else -1
    if main < 0:
        return [""] * page.size
    start, end = containers.spans[main]
    return [
        "the headline's" if own == main
        else "none" if own < 0
        else "another inside" if start <= i < end
        else "another before" if i < start
        else "another after"
        for i, own in enumerate(containers.articles)
    ]  # fmt: skip


def container_opens(page: Page) -> Column:
    """Family of the phrase that makes up the first block of the 1st or 2nd real ancestor, if that has little of the text.

    fires: <div><p>Advertisement</p><p>New boats for old</p></div><p>Tides</p>
    silent: <div><p>Ferries</p><p>New boats for old</p></div>
    """
    containers, hits = page.containers, page.local.hits
    out = []
    for i, places in enumerate(zip(containers.first, containers.second, strict=True)):
        found = ""
        for place in places:
            if place < 0 or (containers.good_share[place] or 0) > _MUCH:
                continue
            opening = containers.spans[place][0]
            if opening != i and (found := first_family(hits[opening].covered_bits)):
                break
        out.append(found)
    return out


def branch_density(page: Page) -> Column:
    """Link density of the block's branch: the largest element around it without the first good text below the headline.

    fires: <h1>Boats</h1><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><div><p><a href="/">Tides</a></p><p>Today</p></div>
    silent: The ferry lay idle.
    """
    return page.containers.of(page.context.branches, page.containers.density_in)


def branch_phrases(page: Page) -> Column:
    """Share of the blocks on the branch that are short and have a furniture phrase.

    fires: <h1>Boats</h1><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><div><p>Share this</p><p>Today</p></div>
    silent: The ferry lay idle.
    """
    return page.containers.mean(page.context.branches, page.containers.phrases_in)


def branch_opens(page: Page) -> Column:
    """Family of the phrase that makes up the first block of the branch: what it calls itself.

    fires: <h1>Boats</h1><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><div><p>Related articles</p><p>Tides</p></div>
    silent: <h1>Boats</h1><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><div><p>Harbour songs</p><p>Tides</p></div>
    """
    spans, hits = page.containers.spans, page.local.hits
    return [
        first_family(hits[spans[place][0]].covered_bits) if place >= 0 else "" for place in page.context.branches
    ]
