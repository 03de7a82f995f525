"""Links: how much of a block, and of what stands around it, leads elsewhere."""

from __future__ import annotations

from stripper.features import Page
from stripper.observations.table import Column


def link_density(page: Page) -> Column:
    """Link density: share of the block's characters inside links.

    fires: <p><a href="/f">Ferry timetable</a></p>
    silent: <p>Ferry timetable</p>
    """
    return page.local.linked


def link_count(page: Page) -> Column:
    """Links in the block.

    fires: <p><a href="/f">Ferry</a> and <a href="/t">tide</a></p>
    silent: <p>Ferry timetable</p>
    """
    return [block.links for block in page.document.blocks]


def outbound(page: Page) -> Column:
    """Share of the block's links that lead to other sites.

    fires: <head><link rel="canonical" href="https://port.example/a"></head><p><a href="https://sea.example/">Sea</a></p>
    silent: <head><link rel="canonical" href="https://port.example/a"></head><p><a href="/b">Boats</a></p>
    """
    return [
        block.outbound / block.links if block.links and block.outbound is not None else None
        for block in page.document.blocks
    ]


def density_near(page: Page) -> Column:
    """Link density over the three blocks before and after.

    fires: <p>Ferries</p><p><a href="/f">Timetable</a></p>
    silent: <p>Ferries</p><p>Timetable</p>
    """
    return page.context.density_window(3)


def density_first(page: Page) -> Column:
    """Link density of the 1st real ancestor.

    fires: <div><p>Ferries</p><p><a href="/f">Timetable</a></p></div>
    silent: <div><p>Ferries</p><p>Timetable</p></div>
    """
    return page.containers.of(page.containers.first, page.containers.density_in)


def density_third(page: Page) -> Column:
    """Link density of the 3rd real ancestor.

    fires: <p>Sea</p><div><p>Ferries</p><div><p><a href="/f">Timetable</a></p><p>Tides</p></div></div>
    silent: <p>Sea</p><div><p>Ferries</p><div><p>Timetable</p><p>Tides</p></div></div>
    """
    return page.containers.of(page.containers.third, page.containers.density_in)


def density_signature(page: Page) -> Column:
    """Link density of all blocks with the same element and class.

    fires: <p class="x"><a href="/f">Ferries</a></p><p class="x">Tides</p>
    silent: <p class="x">Ferries</p><p class="x">Tides</p>
    """
    containers = page.containers
    linked = containers.by_signature(containers.own_signatures, [block.linked or 0 for block in page.document.blocks])
    chars = containers.by_signature(containers.own_signatures, page.local.chars)
    return [a / b for a, b in zip(linked, chars, strict=True)]



def next_link_density(page: Page) -> Column:
    """Link density of the next block.

    fires 1: <p>Tides</p><p><a href="/f">Ferries</a></p>
    silent: <p>Ferries</p>
    """
    linked = page.local.linked
    return [*linked[1:], None] if linked else []
