"""Containers: how the page's text is spread over the elements around a block."""

from __future__ import annotations

from stripper.features import Page
from stripper.observations.table import Column


def text_first(page: Page) -> Column:
    """Share of the page's soft good text inside the 1st real ancestor.

    fires: <div><p>The tide was out.</p><p>The ferry lay idle.</p></div>
    silent: The ferry lay idle.
    """
    return page.containers.of(page.containers.first, page.containers.soft_share)


def text_second(page: Page) -> Column:
    """Share of the page's soft good text inside the 2nd real ancestor.

    fires: <div><p>The tide was out.</p><p>The ferry lay idle.</p></div>
    silent: The ferry lay idle.
    """
    return page.containers.of(page.containers.second, page.containers.soft_share)


def good_first(page: Page) -> Column:
    """Share of the page's good words inside the 1st real ancestor.

    fires: <div><p>The ferry was in the harbour and the tide was out, so all of the crew went to the inn.</p><p>It was.</p></div>
    silent: <div><p>Tides</p><p>Ferries</p></div>
    """
    return page.containers.of(page.containers.first, page.containers.good_share)


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


def levels_most(page: Page) -> Column:
    """Levels to climb from the container of 65 % of the soft good text.

    fires: <div><p>The tide was out, and the ferry lay idle.</p><p>It rained all day.</p></div><p>Tides</p>
    silent: The ferry lay idle.
    """
    return page.containers.levels_most


def levels_nearly_all(page: Page) -> Column:
    """Levels to climb from the container of 80 % of the soft good text.

    fires: <div><p>The tide was out, and the ferry lay idle.</p><p>It rained all day.</p></div><p>Tides</p>
    silent: The ferry lay idle.
    """
    return page.containers.levels_nearly_all


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


def words_third(page: Page) -> Column:
    """Words inside the 3rd real ancestor, as powers of two.

    fires: <div><p>The tide was out.</p><p>The ferry lay idle.</p></div>
    silent: The ferry lay idle.
    """
    return page.containers.of(page.containers.third, page.containers.words_log)


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
