"""The types that everything else speaks in. No behaviour here."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """What a block is. The order is the order of the columns of every table of points."""

    BODY = "body"
    CAPTION = "caption"
    NAV = "nav"
    JUNK = "junk"


class Points(NamedTuple):
    """What something is worth for each label, in hundredths of a point (whole numbers, so that sums are exact)."""

    body: int = 0
    caption: int = 0
    nav: int = 0
    junk: int = 0


class Element(NamedTuple):
    """An element of the page that holds blocks or pictures; inline elements are not among them."""

    parent: int
    """Index of the enclosing element in `Document.elements`; -1 for the outermost."""
    name: str
    """Element name in lower case: `div`, `article`, `my-card`."""
    hints: str = ""
    """The words of class, id, role and itemprop as the page writes them, apart by blanks."""
    hidden: bool = False
    """Not shown as the page stands (`hidden`, `display:none`, `template` …), by itself or by an ancestor."""


class Picture(NamedTuple):
    """An image, video or other embedded medium and where it stands."""

    before: int
    """Index (from 0) of the block that follows the picture; the number of blocks when it is the last thing."""
    alt: str = ""
    """Its alternative text."""
    element: int = -1
    """Index of the enclosing element in `Document.elements`."""


class Block(NamedTuple):
    """A run of text that is judged as one: a paragraph, heading, list item, table row, button …

    A value of None means that the source cannot tell (law: unknown is None, never 0).
    """

    number: int
    """1, 2, 3 … in page order: the address that a user types."""
    text: str
    """The text as printed; lines inside are kept for code, `pre`, verse. Never empty; no controls but \\n and \\t."""
    role: str
    """`title`, `heading-1` … `heading-6`, `paragraph`, `item`, `quote`, `code`, `table`, `caption`, `control`,
    `line`."""
    lines: tuple[int, int] = (0, 0)
    """First and last line in the source, counted from 1; (0, 0) where unknown."""
    linked: int | None = None
    """Characters inside links."""
    links: int | None = None
    """Number of links."""
    outbound: int | None = None
    """Number of links that lead to another site."""
    anchors: int | None = None
    """Number of links to a place in the same page (`#…`)."""
    emphasis: int | None = None
    """Characters in bold or italics."""
    hints: str = ""
    """Words of class, id, rel and itemprop of the inline elements inside, and the names of telling ones (`<time>`)."""
    hidden: bool = False
    """Not shown as the page stands."""
    element: int = -1
    """Index of the enclosing element in `Document.elements`; -1 for text input."""
    mark: str = ""
    """The mark of a list item as it is to be printed before the text, with its blank: `• `, `3. `; else empty."""
    indent: int = 0
    """Text input: columns before the first character. HTML: nesting depth of the list an item stands in."""
    gap: int | None = None
    """Text input: blank lines above the block; None for HTML."""
    facts: frozenset[str] = frozenset()
    """What a renderer or mail program left in a line of text, by name: `button`, `field`, `image`, `rule`, `reference`,
    `quoted`, `signature`, `markdown-link`, `address` … (listed in `readers/text.py`)."""


class Document(NamedTuple):
    """An input as a flat list of blocks, with what is known about the whole."""

    name: str
    """Where it came from, as shown to the user."""
    kind: str
    """`html` or `text`."""
    origin: str = ""
    """How text input came to be: `browser copy`, `w3m dump`, `lynx dump` …; `HTML page` for HTML."""
    encoding: str = "utf-8"
    """Name of the encoding that was used."""
    how_decoded: str = "utf-8"
    """How the encoding was known: given, bom, utf-8, mended, declared, assumed."""
    title: str = ""
    """Headline of the page, else its title without the site's name."""
    description: str = ""
    """The page's own summary (meta description)."""
    author: str = ""
    """The author as the page's metadata give it."""
    claimed: str = ""
    """The article's text as the page's metadata give it (JSON-LD `articleBody`)."""
    language: str = ""
    """Two-letter code of the main language, empty where unknown."""
    wrap: int | None = None
    """Text input: the column at which lines are hard-wrapped; None where they are not."""
    blocks: tuple[Block, ...] = ()
    elements: tuple[Element, ...] = ()
    pictures: tuple[Picture, ...] = ()
    source: tuple[str, ...] = ()
    """Text input: the decoded lines without their line ends and control characters; empty for HTML."""


class Evidence(NamedTuple):
    """One row of an explanation."""

    observation: str
    """Name of the observation."""
    note: str
    """What it saw in this block, for people: `0.77`, `12 words`, `<p> inside <article>`."""
    points: Points


class Verdict(NamedTuple):
    """A block with its label and the reasons; the sum of the evidence has its maximum at the label."""

    block: Block
    label: Label
    confidence: float
    """Softmax of the sums at the label, 0 to 1."""
    sums: Points
    """The sum over the evidence."""
    evidence: tuple[Evidence, ...] = ()
    """The rows; empty unless they were asked for."""
