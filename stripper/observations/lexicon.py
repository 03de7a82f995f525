"""What single words, and words in class names, speak for (`features/lexicon.py`): tenths of a point, by label.

The tables behind them are fitted first; what a sum is worth beside all other observations stands in the table of points.
"""

from __future__ import annotations

from stripper.features import Page
from stripper.observations.table import Column

_BODY, _CAPTION, _NAV, _JUNK = range(4)


def words_body(page: Page) -> Column:
    """How much the words of the block speak for body, in tenths of a point.

    fires: <p>Subscribe</p>
    silent: <p>Xylograph</p>
    """
    return page.local.word_worth[_BODY]


def words_caption(page: Page) -> Column:
    """How much the words of the block speak for caption, in tenths of a point.

    fires: <p>Subscribe</p>
    silent: <p>Xylograph</p>
    """
    return page.local.word_worth[_CAPTION]


def words_nav(page: Page) -> Column:
    """How much the words of the block speak for nav, in tenths of a point.

    fires: <p>Subscribe</p>
    silent: <p>Xylograph</p>
    """
    return page.local.word_worth[_NAV]


def words_junk(page: Page) -> Column:
    """How much the words of the block speak for junk, in tenths of a point.

    fires: <p>Subscribe</p>
    silent: <p>Xylograph</p>
    """
    return page.local.word_worth[_JUNK]


def names_body(page: Page) -> Column:
    """How much the class names in the block, of its element and of the two above speak for body, in tenths of a point.

    fires: <p class="caption">Tides</p>
    silent: <p class="xylograph">Tides</p>
    """
    return page.containers.name_worth[_BODY]


def names_caption(page: Page) -> Column:
    """How much the class names in the block, of its element and of the two above speak for caption, in tenths of a point.

    fires: <p class="caption">Tides</p>
    silent: <p class="xylograph">Tides</p>
    """
    return page.containers.name_worth[_CAPTION]


def names_nav(page: Page) -> Column:
    """How much the class names in the block, of its element and of the two above speak for nav, in tenths of a point.

    fires: <p class="caption">Tides</p>
    silent: <p class="xylograph">Tides</p>
    """
    return page.containers.name_worth[_NAV]


def names_junk(page: Page) -> Column:
    """How much the class names in the block, of its element and of the two above speak for junk, in tenths of a point.

    fires: <p class="caption">Tides</p>
    silent: <p class="xylograph">Tides</p>
    """
    return page.containers.name_worth[_JUNK]


def names_above_body(page: Page) -> Column:
    """How much the class names of the elements further up speak for body, in tenths of a point.

    fires: <div class="footer"><div><div><div><p>Tides</p></div></div></div></div>
    silent: <p>Tides</p>
    """
    return page.containers.name_worth_above[_BODY]


def names_above_caption(page: Page) -> Column:
    """How much the class names of the elements further up speak for caption, in tenths of a point.

    fires: <div class="footer"><div><div><div><p>Tides</p></div></div></div></div>
    silent: <p>Tides</p>
    """
    return page.containers.name_worth_above[_CAPTION]


def names_above_nav(page: Page) -> Column:
    """How much the class names of the elements further up speak for nav, in tenths of a point.

    fires: <div class="footer"><div><div><div><p>Tides</p></div></div></div></div>
    silent: <p>Tides</p>
    """
    return page.containers.name_worth_above[_NAV]


def names_above_junk(page: Page) -> Column:
    """How much the class names of the elements further up speak for junk, in tenths of a point.

    fires: <div class="footer"><div><div><div><p>Tides</p></div></div></div></div>
    silent: <p>Tides</p>
    """
    return page.containers.name_worth_above[_JUNK]


def words_near_body(page: Page) -> Column:
    """How much the words of the two blocks before and after speak for body, in tenths of a point.

    fires: <p>Subscribe</p><p>Xylograph</p>
    silent: <p>Subscribe</p>
    """
    return page.context.window(page.local.word_worth[_BODY], 2, own=False)


def words_near_caption(page: Page) -> Column:
    """How much the words of the two blocks before and after speak for caption, in tenths of a point.

    fires: <p>Subscribe</p><p>Xylograph</p>
    silent: <p>Subscribe</p>
    """
    return page.context.window(page.local.word_worth[_CAPTION], 2, own=False)


def words_near_nav(page: Page) -> Column:
    """How much the words of the two blocks before and after speak for nav, in tenths of a point.

    fires: <p>Subscribe</p><p>Xylograph</p>
    silent: <p>Subscribe</p>
    """
    return page.context.window(page.local.word_worth[_NAV], 2, own=False)


def words_near_junk(page: Page) -> Column:
    """How much the words of the two blocks before and after speak for junk, in tenths of a point.

    fires: <p>Subscribe</p><p>Xylograph</p>
    silent: <p>Subscribe</p>
    """
    return page.context.window(page.local.word_worth[_JUNK], 2, own=False)
