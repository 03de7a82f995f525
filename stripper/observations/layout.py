"""Layout of plain text: blank lines, marks, groups, what renderers and mail programs leave."""

from __future__ import annotations

from collections import Counter
from operator import eq

from stripper.features import Page
from stripper.features.local import means_by
from stripper.observations.table import Column

FACTS = (
    "button", "field", "image", "rule", "reference", "quoted", "signature", "markdown-link", "markdown-image", "address", "header",
    "table", "columns", "label", "escape", "date", "bullet", "numbered", "underlined", "upper",
)  # fmt: skip
_BIT = {fact: 1 << index for index, fact in enumerate(FACTS)}


def renderer_marks(page: Page) -> Column:
    """What a renderer or mail program left: button, form field, image, rule, link reference, quote mark …

    fires: (BUTTON) Send
    silent: The ferry lay idle.
    """
    out = []
    for block in page.document.blocks:
        mask = 0
        for fact in block.facts:
            mask |= _BIT.get(fact, 0)
        out.append(mask)
    return out


def group_size(page: Page) -> Column:
    """Blocks of the group between blank lines.

    fires: Tides¶Boats
    silent: <p>Tides</p>
    """
    if page.document.kind != "text":
        return [None] * page.size
    counts = Counter(page.context.groups)
    return [float(counts[group]) for group in page.context.groups]


def group_place(page: Page) -> Column:
    """Place in the group between blank lines, from 0.

    fires: Tides¶Boats
    silent: <p>Tides</p>
    """
    if page.document.kind != "text":
        return [None] * page.size
    out: list[int | None] = []
    place = 0
    for block in page.document.blocks:
        place = 0 if block.gap else place + 1
        out.append(place)
    return out


def list_length(page: Page) -> Column:
    """Items of the list that the block stands in.

    fires: • Tides¶• Boats
    silent: The ferry lay idle.
    """
    counts = Counter(page.context.lists)
    return [float(counts[run]) if run >= 0 else None for run in page.context.lists]


def list_words(page: Page) -> Column:
    """Mean words of the items of the list.

    fires: • Tides¶• Boats
    silent: The ferry lay idle.
    """
    means = means_by(page.context.lists, page.local.words)
    return [means[run] if run >= 0 else None for run in page.context.lists]


def list_lead_in(page: Page) -> Column:
    """The list follows a block that ends with a colon or as a sentence: 2 colon, 1 sentence, 0 neither; silent outside.

    fires: We need:¶• Boats
    silent: The ferry lay idle.
    """
    out: list[int | None] = []
    lead = 0
    marked = False
    for i, block in enumerate(page.document.blocks):
        if block.mark:
            if not marked:
                last = page.local.last_character[i - 1] if i else ""
                lead = 2 if last and last in ":：" else int(i > 0 and page.local.sentence_end[i - 1])
            out.append(lead)
        else:
            out.append(None)
        marked = bool(block.mark)
    return out


def repeats_with_period(page: Page) -> Column:
    """How much the twelve blocks around look alike two, three or four blocks apart, less how much neighbours do.

    fires: Tides¶12 May 2031¶Boats¶13 May 2031¶Ferries¶14 May 2031
    silent: Tides
    """
    scores = [page.context.window(_alike(page.local.shape, period), 6) for period in (1, 2, 3, 4)]
    return [max(two, three, four) - one for one, two, three, four in zip(*scores, strict=True)]


def alike_around(page: Page) -> Column:
    """How many of the six blocks before and after look like their neighbour.

    fires: Tides¶Boats
    silent: Tides
    """
    return page.context.window(_alike(page.local.shape, 1), 6)


def _alike(shapes: list[int], period: int) -> list[int]:
    """1 for blocks that look like the block that many places on."""
    return list(map(eq, shapes, [*shapes[period:], *[-1] * period]))
