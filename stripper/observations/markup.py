"""Markup: the elements and class words that a block stands in."""

from __future__ import annotations

from stripper.features import Page
from stripper.observations.table import Column


def role(page: Page) -> Column:
    """The block's role: paragraph, heading-2, item, table, code …

    fires: <h2>Tides</h2>
    silent: (never)
    """
    return [block.role for block in page.document.blocks]


def element(page: Page) -> Column:
    """Name of the block's own element (custom elements are one kind).

    fires: <td>Tides</td>
    silent: The ferry lay idle.
    """
    elements = page.document.elements
    out = []
    for block in page.document.blocks:
        name = elements[block.element].name if block.element >= 0 else ""
        out.append("custom" if "-" in name else name)
    return out


def ancestors(page: Page) -> Column:
    """Telling elements on the way up: article, main, nav, aside, footer, figure, form, li …

    fires: <nav><p>Tides</p></nav>
    silent: The ferry lay idle.
    """
    return page.containers.names


def class_words(page: Page) -> Column:
    """Class and id words of the block's inline elements, its own element and the two above, by family.

    fires: <div class="share-bar"><p>Tides</p></div>
    silent: <div class="x"><p>Tides</p></div>
    """
    return page.containers.near_hints


def class_words_above(page: Page) -> Column:
    """Class and id words of the elements further up, by family.

    fires: <div class="sidebar"><div><div><div><p>Tides</p></div></div></div></div>
    silent: <div class="x"><p>Tides</p></div>
    """
    return page.containers.far_hints


def hidden_box(page: Page) -> Column:
    """Of a hidden block: blocks inside the outermost hidden element around it; silent for visible ones.

    fires: <div hidden><p>Boats</p><p>Tides</p></div>
    silent: <p>Tides</p>
    """
    count = page.containers.count
    size: list[float | None] = []
    for index, item in enumerate(page.document.elements):
        above = size[item.parent] if item.parent >= 0 else None
        size.append(above if above is not None else count[index] if item.hidden else None)
    return [
        None if not block.hidden else (size[block.element] if block.element >= 0 else None) or 0.0
        for block in page.document.blocks
    ]


def depth(page: Page) -> Column:
    """Depth in the tree.

    fires: <div><p>Tides</p></div>
    silent: The ferry lay idle.
    """
    depths: list[int] = []
    for item in page.document.elements:
        depths.append(depths[item.parent] + 1 if item.parent >= 0 else 1)
    return [depths[block.element] if block.element >= 0 else None for block in page.document.blocks]
