"""What single words, and words in class names, speak for (`features/lexicon.py`): tenths of a point, by label.

The tables behind them are fitted first; what a sum is worth beside all other observations stands in the table of points.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from stripper.features import Page
from stripper.model import Label
from stripper.observations.table import Column


def _speaking(
    name: str,
    what: str,
    fires: str,
    silent: str,
    column: Callable[[Page, int], Column],
    labels: Collection[Label] = tuple(Label),
    block: int = 0,
) -> tuple[Callable[[Page], Column], ...]:
    """The observations of one source of words, which differ by the label alone.

    column: of a page and the number of a label. labels: those that the words of the source say something of. block: number
    of the block of the example that fires; 0: the last.
    """

    def of(number: int, label: Label) -> Callable[[Page], Column]:
        def spoken(page: Page) -> Column:
            return column(page, number)

        spoken.__name__ = f"{name}_{label}"
        spoken.__doc__ = f"""How much the {what} speak for {label}, in tenths of a point.

    fires{f' {block}' if block else ''}: {fires}
    silent: {silent}
    """
        return spoken

    return tuple(of(number, label) for number, label in enumerate(Label) if label in labels)


WORDS = _speaking(
    "words",
    "words of the block",
    "<p>Subscribe</p>",
    "<p>Xylograph</p>",
    lambda page, label: page.local.word_worth[label],
)
WORDS_NEAR = _speaking(
    "words_near",
    "words of the two blocks before and after",
    "<p>Subscribe</p><p>Xylograph</p>",
    "<p>Subscribe</p>",
    lambda page, label: page.context.window(page.local.word_worth[label], 2, own=False),
    (Label.BODY, Label.NAV, Label.JUNK),
)
WORDS_IN_GROUP = _speaking(
    "words_in_group",
    "words of the other blocks between the same blank lines (their mean)",
    "Subscribe¶Xylograph",
    "Subscribe¶¶Xylograph",
    lambda page, label: page.context.mean_of_others(page.context.groups, page.local.word_worth[label]),
    (Label.BODY, Label.NAV, Label.JUNK),
)
WORDS_GROUP_BEFORE = _speaking(
    "words_group_before",
    "words of the blocks between the blank lines before (their mean)",
    "Subscribe¶¶Xylograph",
    "Subscribe¶Xylograph",
    lambda page, label: page.context.mean_beside(page.context.groups, page.local.word_worth[label], -1),
    (Label.BODY, Label.NAV),
)
WORDS_GROUP_AFTER = _speaking(
    "words_group_after",
    "words of the blocks between the blank lines after (their mean)",
    "Xylograph¶¶Subscribe",
    "Xylograph¶Subscribe",
    lambda page, label: page.context.mean_beside(page.context.groups, page.local.word_worth[label], 1),
    (Label.BODY,),
    block=1,
)
NAMES = _speaking(
    "names",
    "class names in the block, of its element and of the two above",
    '<p class="caption">Tides</p>',
    '<p class="xylograph">Tides</p>',
    lambda page, label: page.containers.name_worth[label],
)
NAMES_ABOVE = _speaking(
    "names_above",
    "class names of the elements further up",
    '<div class="footer"><div><div><div><p>Tides</p></div></div></div></div>',
    "<p>Tides</p>",
    lambda page, label: page.containers.name_worth_above[label],
    (Label.BODY, Label.NAV, Label.JUNK),
)
