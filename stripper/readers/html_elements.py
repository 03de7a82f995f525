"""What each element of HTML does to the flow of text, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# What an element does to the flow of text; every element has one of these.
(
    INLINE,  # nothing: the text runs on
    LINK,  # inline, its characters count as linked
    EMPHASIS,  # inline, its characters count as emphasised
    QUOTED,  # inline, put in quotation marks as browsers do
    READING,  # ruby reading: put in brackets, so that it is not glued to its base text
    SKIP,  # holds no visible text
    HEAD,  # holds no visible text but the metadata of the page
    TITLE,
    META,
    SCRIPT,
    BASE,
    BREAK,  # br
    RULE,  # bounds a block, holds nothing
    PICTURE,
    FRAME,  # iframe: a picture whose text no browser shows
    VOID,  # empty, but unknown to libxml2, which puts what follows inside
    FIELD,  # input: its value is visible if it is a button
    OPTION,  # a line of its own in a control
    BLOCK,
    FALLBACK,  # a block shown only where the medium can't be (video, noscript …)
    TEMPLATE,
    DIALOG,
    LIST,
    ORDERED,
    ITEM,
    ROW,
    CELL,
    PRE,
) = range(28)


class Behaviour(NamedTuple):
    """How an element's text is read."""

    flow: int
    role: str = ""
    """Role of the blocks inside; empty: as outside."""


def _rows(flow: int, names: str, role: str = "") -> dict[str, Behaviour]:
    return dict.fromkeys(names.split(), Behaviour(flow, role))


BEHAVIOUR: Mapping[str, Behaviour] = {
    **_rows(
        INLINE,
        "abbr acronym bdi bdo big blink cite code data del dfn font ins kbd label-text mark math mi mn mo mrow ms"
        " msub msup mtext nobr rb rp rtc ruby s samp small span strike sub sup time tt u var wbr picture slot g-emoji",
    ),
    **_rows(LINK, "a"),
    **_rows(EMPHASIS, "b strong i em"),
    **_rows(QUOTED, "q"),
    **_rows(READING, "rt"),
    **_rows(
        SKIP,
        "style svg datalist annotation annotation-xml noframes noembed area map-data param frameset"
        " frame col colgroup applet",
    ),
    **_rows(HEAD, "head"),
    **_rows(TITLE, "title"),
    **_rows(META, "meta"),
    **_rows(BASE, "link base"),
    **_rows(SCRIPT, "script"),
    **_rows(BREAK, "br"),
    **_rows(RULE, "hr"),
    **_rows(PICTURE, "img image amp-img embed amp-iframe amp-youtube"),
    **_rows(FRAME, "iframe"),
    **_rows(VOID, "source track"),
    **_rows(FIELD, "input"),
    **_rows(OPTION, "option optgroup"),
    **_rows(FALLBACK, "noscript"),
    **_rows(FALLBACK, "video audio object canvas amp-video"),
    **_rows(TEMPLATE, "template"),
    **_rows(DIALOG, "dialog"),
    **_rows(BLOCK, "button label legend select textarea output", "control"),
    **_rows(BLOCK, "figcaption caption", "caption"),
    **_rows(BLOCK, "blockquote", "quote"),
    **_rows(BLOCK, "dt", "item"),
    **_rows(BLOCK, "dd", "paragraph"),
    **_rows(LIST, "ul menu dir", "item"),
    **_rows(ORDERED, "ol", "item"),
    **_rows(ITEM, "li", "item"),
    **_rows(ROW, "tr", "paragraph"),
    **_rows(CELL, "td th", "paragraph"),
    **_rows(PRE, "pre listing xmp plaintext", "code"),
    **{f"h{n}": Behaviour(BLOCK, f"heading-{n}") for n in range(1, 7)},
}
"""Elements that are not named here (div, p, section, custom elements …) bound blocks and keep the role from outside."""

OTHER = Behaviour(BLOCK)
METADATA = frozenset({SKIP, HEAD, TITLE, META, BASE, SCRIPT, VOID, FALLBACK, TEMPLATE})
"""What may stand in a head."""
MEDIA = frozenset({"video", "audio", "object", "amp-video"})
