"""Pictures and what is said of them."""

from __future__ import annotations

from stripper.features import Page
from stripper.observations.table import Column


def since_picture(page: Page) -> Column:
    """Blocks since the last picture (0: right after it).

    fires: <img src="a.png"><p>Sea</p><p>Tides</p>
    silent: <p>Tides</p>
    """
    return page.context.since_picture


def alt_overlap(page: Page) -> Column:
    """Share of the block's words that the alternative text of the picture before has too.

    fires: <img src="a.png" alt="Harbour at low tide"><p>Harbour at dusk</p>
    silent: <p>Harbour at dusk</p>
    """
    return page.context.alt_overlap


def credit_pattern(page: Page) -> Column:
    """Written as a credit: `(Photo: …)`, `Name/Agency`, `Name / Agency`, © and a name, in or at the end of a short text.

    fires: <p>Harbour at dusk (Photo: Una Marsh/Tidewater)</p>
    silent: <p>Harbour at dusk</p>
    """
    return page.local.credit_pattern


def credit_next(page: Page) -> Column:
    """The next block is a credit.

    fires 1: <p>The harbour</p><p>Photo: Una Marsh</p>
    silent: <p>Harbour at dusk</p>
    """
    return [*[form >= 2 for form in page.local.credit_pattern[1:]], False] if page.size else []


def credit_before(page: Page) -> Column:
    """The block before is a credit.

    fires: <p>Photo: Una Marsh</p><p>The harbour</p>
    silent: <p>Harbour at dusk</p>
    """
    return [False, *[form >= 2 for form in page.local.credit_pattern[:-1]]] if page.size else []
