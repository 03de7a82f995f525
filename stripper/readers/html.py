"""HTML → blocks, in one pass over the parser's events.

The parser's events are used instead of a tree: no page is nested too deeply for them (libxml2 builds no tree below
2,048 levels and drops the text there), nothing recurses, and the work is linear in the size of the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from math import inf
from typing import Any, NamedTuple

from lxml import etree

from stripper.model import Block, Document, Element, Picture

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

_OTHER = Behaviour(BLOCK)
_METADATA = frozenset({SKIP, HEAD, TITLE, META, BASE, SCRIPT, VOID, FALLBACK, TEMPLATE})
"""What may stand in a head."""
_MEDIA = frozenset({"video", "audio", "object", "amp-video"})
_HEADING_TOOLS = frozenset({"mw-editsection", "editsection", "headerlink", "doc-anchor"})
"""Classes of what wikis and documentation put into their headings: links to edit the section or to its address. Other names
for these (`permalink`, `header-anchor`) can be those of links around the heading's own words."""
_LONG_CELL = 100
"""Characters; a longer table cell is a block of its own, shorter ones stay together in their row (study: FINDINGS)."""
_HEADING_IN_CELL = 25
"""Characters; a shorter bold line of a table cell stays in its row."""
_MOSTLY = 0.7
"""Share of the characters of a line of links that are linked; the others are signs between them."""
_BREAK, _CELL = "\x00", "\x01"
"""Stand-ins for a line break and a cell boundary while a block's text is collected; a page's own are replaced before."""
_SHARE_LINKS = (
    "facebook.com/share", "/sharer", "twitter.com/intent", "x.com/intent", "/share?", "pinterest.com/pin/create",
    "linkedin.com/share", "whatsapp:", "wa.me/", "api.whatsapp", "reddit.com/submit", "t.me/share", "mailto:?",
)  # fmt: skip
_DROPPED: dict[int, None] = {
    code: None
    for first, last in (
        (0, 8), (11, 31), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E),
        (0x2060, 0x2060), (0x2066, 0x2069), (0xD800, 0xDFFF), (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
}  # fmt: skip
"""Characters that never belong in printed text: controls, soft hyphens, zero-width spaces, bidirectional overrides.
Joiners (U+200C, U+200D) stay: Persian and many Indian scripts are misspelt without them. Lone surrogates come from the
escapes of JSON-LD only; no output can hold them."""
_DEEPEST = 20
"""Levels that a list is set in; printing more would take room that grows with the square of the page."""
_MAX_METADATA = 2_000_000
"""Characters of JSON-LD that are looked at."""
_DEEP = 2_000
"""Open elements; real pages have 60 at most. See `_DeepTarget`."""
_PIECE = 2**16
"""Bytes that the parser gets at a time."""
_END_TAG = re.compile(rb"</([A-Za-z][^\s/<>]*)")
_RAW = ("textarea", "title", "xmp", "plaintext")
"""Elements in which tags are text."""


def _squeeze(raw: str) -> str:
    """White space as a browser shows it: runs are one blank; `br` breaks lines; cells are apart by a tab."""
    if _BREAK in raw:
        raw = "\n".join(squeezed for line in raw.split(_BREAK) if (squeezed := _squeeze(line)))
    elif _CELL in raw:
        raw = "\t".join(map(_squeeze, raw.split(_CELL))).strip()
    else:
        raw = " ".join(raw.split())
    return raw if raw.isprintable() else raw.translate(_DROPPED).strip()


def _preformatted(raw: str) -> str:
    lines = raw.replace(_BREAK, "\n").replace(_CELL, "\t").translate(_DROPPED).split("\n")
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


class _Reader:
    """The parser's target: turns its events into blocks, elements and pictures."""

    __slots__ = (
        "_anchors",
        "_aside",
        "_breaks",
        "_catch",
        "_cell_from",
        "_cells",
        "_deepest",
        "_element",
        "_emphasis",
        "_emphasis_depth",
        "_emphasis_from",
        "_first_line",
        "_frames",
        "_hidden",
        "_hints",
        "_link_depth",
        "_link_from",
        "_linked",
        "_links",
        "_lists",
        "_mark",
        "_open",
        "_outbound",
        "_pre",
        "_role",
        "_skip",
        "_text",
        "blocks",
        "elements",
        "host",
        "line",
        "metadata",
        "pictures",
        "scripts",
        "title",
    )  # fmt: skip

    def __init__(self, deepest: float = _DEEP) -> None:
        self._deepest = deepest
        self.blocks: list[Block] = []
        self.elements: list[Element] = []
        self.pictures: list[Picture] = []
        self.metadata: dict[str, str] = {}
        self.scripts: list[str] = []
        self.title = ""
        self.host = ""
        self.line = 0
        self._open: list[int] = []  # flow of each open element
        self._frames: list[tuple[int, str, bool, int]] = []  # what to restore when a bounding element ends
        self._lists: list[int] = []  # next number of each open list, -1 in an unordered one
        self._text: list[str] = []
        self._first_line = 0
        self._element = -1
        self._role = "paragraph"
        self._hidden = False
        self._skip = 0
        self._pre = 0
        self._mark = ""
        self._cell_from = 0
        self._cells = 0
        self._catch: list[str] | None = None  # text of a title or of metadata, which is not shown
        self._aside: list[tuple[list[str], tuple[int, ...], list[str]]] = []
        self._link_depth = self._emphasis_depth = 0
        self._reset_counts()

    def _reset_counts(self) -> None:
        self._link_from = self._emphasis_from = 0
        self._linked = self._links = self._outbound = self._anchors = self._emphasis = self._breaks = 0
        self._hints: list[str] = []

    # -- events

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        flow, role = BEHAVIOUR.get(name, _OTHER)
        if len(self._open) > self._deepest:
            raise _DeepError
        if self._skip:
            if self._skip > 1 or flow in _METADATA or self._open[-1] != HEAD:
                self._start_skipped(flow, attributes)
                return
            self._leave_head()
        if flow <= QUOTED or flow == READING:
            self._start_inline(flow, name, attributes)
            return
        self._open.append(flow)
        if flow >= BLOCK:
            self._start_block(flow, name, role, attributes)
        elif flow == BREAK:
            self._break()
        elif flow == PICTURE:
            self._picture(attributes)
        elif flow == FRAME:
            self._picture(attributes)
            self._skip += 1
        elif flow == RULE:
            self._flush()
        elif flow == FIELD:
            if attributes.get("type", "").lower() in ("submit", "button", "reset") and attributes.get("value"):
                self._flush()
                self._text.append(attributes["value"])
                outside, self._role = self._role, "control"
                self._flush()
                self._role = outside
        elif flow == OPTION:
            label = attributes.get("label", "")
            self._text.append(f"{_BREAK}{label} " if label else _BREAK)
        elif flow in (SKIP, HEAD):
            self._skip += 1
        elif flow == SCRIPT:
            self._skip += 1
            if _is_metadata(attributes):
                self._catch = []
        elif flow == META:
            self._meta(attributes)
        elif flow == TITLE:
            self._skip += 1
            self._catch = []

    def _leave_head(self) -> None:
        """The body begins: the parser ends a head without end tag only before elements that are older than HTML 5."""
        self._open[-1] = INLINE
        self._skip = 0

    def _break(self) -> None:
        """A `br` breaks the line. Two in a row end the block, as authors without `p` write their paragraphs, and so does
        one after a first line that is all bold or italic, as they write their headings, or a row of links."""
        pieces = self._text
        if self._pre:
            pieces.append(_BREAK)
            return
        self._trim()
        if not pieces:
            pieces.append(" ")
        elif pieces[-1] == _BREAK or self._is_line_apart():
            self._flush()
        else:
            self._breaks += 1
            pieces.append(_BREAK)

    def _is_line_apart(self) -> bool:
        """Whether the text so far is one line that is all emphasised (not the short head of a table cell) or nearly all
        links, several of them."""
        least = _HEADING_IN_CELL if self._cells else 1
        if self._breaks or self._emphasis_depth or self._link_depth or (self._emphasis < least and self._links < 2):
            return False
        size = len(_squeeze("".join(self._text)))
        return self._emphasis == size >= least or (self._links > 1 and self._linked >= _MOSTLY * size)

    def _trim(self) -> bool:
        """Take away the blank pieces at the end, so that nobody has to look at them twice; whether there were any."""
        pieces = self._text
        before = len(pieces)
        while pieces and pieces[-1].isspace():
            pieces.pop()
        size = len(pieces)
        if size == before:
            return False
        self._link_from = min(self._link_from, size)
        self._emphasis_from = min(self._emphasis_from, size)
        self._cell_from = min(self._cell_from, size)
        return True

    def _start_skipped(self, flow: int, attributes: Mapping[str, str]) -> None:
        """Inside `head`, `svg`, `script` …: nothing is shown, but the page's own metadata are noted."""
        self._open.append(SKIP)
        self._skip += 1
        if flow == META:
            self._meta(attributes)
        elif flow == BASE:
            if attributes.get("rel") == "canonical" and not self.host:
                self.host = _host(attributes.get("href", ""))
        elif (flow == SCRIPT and _is_metadata(attributes)) or (
            flow == TITLE and not self.title and HEAD in self._open[:3]
        ):
            self._catch = []
            self._open[-1] = flow

    def _start_inline(self, flow: int, name: str, attributes: Mapping[str, str]) -> None:
        if attributes:
            if "hidden" in attributes or ("style" in attributes and _hides(attributes["style"])):
                self._open.append(FALLBACK)
                self._start_aside(self._role, hidden=True)
                return
            if self._role.startswith("heading") and not _HEADING_TOOLS.isdisjoint(attributes.get("class", "").split()):
                self._open.append(FALLBACK)
                self._start_aside("control", self._hidden)
                self._hints.append(attributes["class"])
                if flow == LINK:
                    self._start_link(attributes)
                return
            if len(self._hints) < 8:
                for key in ("class", "rel", "itemprop", "id"):
                    if key in attributes:
                        self._hints.append(attributes[key])
        self._open.append(flow)
        if flow == INLINE:
            if name == "time":
                self._hints.append("<time>")
        elif flow == LINK:
            self._start_link(attributes)
        elif flow == EMPHASIS:
            self._emphasis_depth += 1
            if self._emphasis_depth == 1:
                self._emphasis_from = len(self._text)
        elif flow == QUOTED:
            self._text.append("“")
        elif "".join([piece[-9:] for piece in self._text[-2:]]).rstrip().endswith(("(", "（")):
            self._open[-1] = INLINE  # the page's own rp has set the bracket
        else:
            self._text.append("(")

    def _start_link(self, attributes: Mapping[str, str]) -> None:
        self._link_depth += 1
        if self._link_depth == 1:
            self._link_from = len(self._text)
            self._links += 1
            self._follow(attributes.get("href") or "")

    def _follow(self, href: str) -> None:
        """Count where a link leads."""
        if href.startswith("#"):
            self._anchors += 1
        elif href.startswith(("http:", "https:", "//")):
            if self.host and _host(href) != self.host:
                self._outbound += 1
                for sign in _SHARE_LINKS:
                    if sign in href:
                        self._hints.append("share-link")
                        break
        elif href.startswith(("mailto:?", "whatsapp:")):
            self._hints.append("share-link")

    def _start_block(self, flow: int, name: str, role: str, attributes: Mapping[str, str]) -> None:
        if self._pre:
            # Highlighters put the lines of a code block into elements of their own; they are lines, not blocks.
            if self._text and not self._text[-1].endswith(("\n", _BREAK)):
                self._text.append(_BREAK)
            self._open[-1] = OPTION
            return
        if flow == CELL:
            if self._cells and self._text:
                self._text.append(_CELL)
            self._cell_from = len(self._text)
            self._cells += 1
        else:
            self._flush()
        hidden = outside = self._hidden
        hints = ""
        if attributes:
            if not hidden:
                hidden = ("hidden" in attributes and attributes["hidden"].lower() != "until-found") or (
                    "style" in attributes and _hides(attributes["style"])
                )
            hints = " ".join([attributes[key] for key in ("class", "id", "role", "itemprop") if key in attributes])
        if flow == FALLBACK or (flow == TEMPLATE and "shadowrootmode" not in attributes):
            hidden = True
            if name in _MEDIA:
                self._picture(attributes)
        elif flow == DIALOG and "open" not in attributes:
            hidden = True
        elements = self.elements
        self._frames.append((self._element, self._role, outside, self._cells))
        elements.append(Element(self._element, name, hints, hidden))
        self._element = len(elements) - 1
        self._hidden = hidden
        if role:
            self._role = role
        if flow == ITEM:
            self._start_item(attributes)
        elif flow == LIST:
            self._lists.append(-1)
        elif flow == ORDERED:
            start = attributes.get("start", "1")
            self._lists.append(int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 1)
        elif flow == ROW:
            self._cells = 0
        elif flow == PRE:
            self._pre = 1

    def _start_item(self, attributes: Mapping[str, str]) -> None:
        if not self._lists or self._lists[-1] < 0:
            self._mark = "• "
            return
        value = attributes.get("value", "")
        if value.isascii() and value.isdecimal() and len(value) < 9:
            self._lists[-1] = int(value)
        self._mark = f"{self._lists[-1]}. "
        self._lists[-1] += 1

    def data(self, text: str) -> None:
        if self._skip:
            if self._catch is not None:
                self._catch.append(text)
                return
            if self._skip > 1 or self._open[-1] != HEAD or text.isspace():
                return
            self._leave_head()
        self._text.append(text)

    def numbered_data(self, text: str) -> None:
        """`data` that also notes the source line on which a block starts."""
        if not self._skip and not self._first_line and not text.isspace():
            self._first_line = self.line - text.lstrip().count("\n")  # the parser may hand text over a line late
        self.data(text)

    def end(self, name: str) -> None:
        flow = self._open.pop() if self._open else INLINE
        if flow == INLINE:
            return
        if flow >= BLOCK:
            self._end_block(flow, name)
        elif flow == LINK:
            self._link_depth -= 1
            if not self._link_depth:
                self._linked += len(_squeeze("".join(self._text[self._link_from :])))
        elif flow == EMPHASIS:
            self._emphasis_depth -= 1
            if not self._emphasis_depth:
                self._emphasis += len(_squeeze("".join(self._text[self._emphasis_from :])))
        elif flow in (SKIP, HEAD, FRAME):
            self._skip -= 1
        elif flow in (SCRIPT, TITLE):
            self._skip -= 1
            if self._catch is not None:
                caught, self._catch = "".join(self._catch), None
                if flow == SCRIPT:
                    self.scripts.append(caught)
                else:
                    self.title = self.title or _squeeze(caught)
        elif flow == OPTION:
            if self._text and not self._text[-1].endswith(("\n", _BREAK)):
                self._text.append(_BREAK)
        elif flow == QUOTED:
            self._text.append("”")
        elif flow == READING:
            self._text.append(")")

    def _end_block(self, flow: int, name: str) -> None:
        if flow == FALLBACK and name in BEHAVIOUR and BEHAVIOUR[name].flow <= READING:
            self._end_aside()
            return
        if flow == CELL:
            self._end_cell()
        else:
            if flow == ROW and self._cells > 1:
                self._role = "table"
            self._flush()
        if flow == ITEM:
            self._mark = ""
        elif flow in (LIST, ORDERED):
            self._lists.pop()
        elif flow == PRE:
            self._pre = 0
        self._element, self._role, self._hidden, self._cells = self._frames.pop()
        self._element = max(self._element, 0)  # what stands after the page's end is of its outermost element

    def _end_cell(self) -> None:
        """A long cell is a block of its own; the short cells before it are one, too."""
        start = self._cell_from
        if start <= len(self._text) and sum(map(len, self._text[start:])) > _LONG_CELL:
            cell = self._text[start:]
            if len("".join(cell).strip()) > _LONG_CELL:
                del self._text[start:]
                counts = self._linked, self._links, self._outbound, self._anchors, self._emphasis, self._hints
                if self._text:
                    row = self._frames[-1][0]
                    inside, self._element = self._element, row
                    self._reset_counts()
                    self._flush()
                    self._element = inside
                self._text = cell
                (self._linked, self._links, self._outbound, self._anchors, self._emphasis, self._hints) = counts
                self._flush()
        self._cell_from = len(self._text)

    def _start_aside(self, role: str, hidden: bool) -> None:
        """Text inside a sentence that is not part of it: a block of its own, and the sentence stays whole."""
        counts = (
            self._linked, self._links, self._outbound, self._anchors, self._emphasis, self._link_from,
            self._emphasis_from, self._link_depth, self._emphasis_depth, self._breaks, self._cell_from,
        )  # fmt: skip
        self._aside.append((self._text, counts, self._hints))
        self._text = []
        self._link_depth = self._emphasis_depth = 0
        self._reset_counts()
        self._frames.append((self._element, self._role, self._hidden, self._cells))
        self._role, self._hidden = role, hidden

    def _end_aside(self) -> None:
        self._flush()
        self._element, self._role, self._hidden, self._cells = self._frames.pop()
        self._text, counts, self._hints = self._aside.pop()
        (
            self._linked, self._links, self._outbound, self._anchors, self._emphasis, self._link_from,
            self._emphasis_from, self._link_depth, self._emphasis_depth, self._breaks, self._cell_from,
        ) = counts  # fmt: skip

    def close(self) -> _Reader:
        self._flush()
        while self._aside:
            self._end_aside()
            self._flush()
        return self

    # -- what the events have in common

    def _flush(self) -> None:
        """End the current block, if there is any text."""
        pieces = self._text
        if not pieces:
            if self._hints or self._links:
                self._reset_counts()
            return
        raw = "".join(pieces)
        text = _preformatted(raw) if self._pre else _squeeze(raw)
        if text:
            if self._link_depth:
                self._linked += len(_squeeze("".join(pieces[self._link_from :])))
                self._links = self._links or 1
            if self._emphasis_depth:
                self._emphasis += len(_squeeze("".join(pieces[self._emphasis_from :])))
            mark, self._mark = self._mark, ""
            role = self._role
            if role == "item" and not mark and self._lists:
                role = "paragraph"
            length = len(text)
            self.blocks.append(
                Block(
                    number=len(self.blocks) + 1,
                    text=text,
                    role=role,
                    lines=(self._first_line, self.line),
                    linked=min(self._linked, length),
                    links=self._links,
                    outbound=self._outbound,
                    anchors=self._anchors,
                    emphasis=min(self._emphasis, length),
                    hints=" ".join(self._hints),
                    hidden=self._hidden,
                    element=self._element,
                    mark=mark,
                    indent=max(0, min(len(self._lists) - 1, _DEEPEST)),
                )
            )
        pieces.clear()
        self._first_line = 0
        self._cell_from = 0
        self._reset_counts()

    def _picture(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("width") in ("0", "1") or attributes.get("height") in ("0", "1"):
            return  # a tracking pixel
        if not self._pre and self._trim() and self._text:
            self._text.append(" ")
        pending = bool(self._text)
        self.pictures.append(Picture(len(self.blocks) + pending, attributes.get("alt", ""), self._element))

    def _meta(self, attributes: Mapping[str, str]) -> None:
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        if name and "content" in attributes:
            self.metadata.setdefault(name, _squeeze(attributes["content"]))
            if name == "og:url" and not self.host:
                self.host = _host(attributes["content"])


def _is_metadata(attributes: Mapping[str, str]) -> bool:
    """Whether a `script` holds JSON-LD."""
    return attributes.get("type", "").lower() == "application/ld+json"


def _hides(style: str) -> bool:
    """Whether an inline style keeps an element from being shown."""
    style = style.lower().replace(" ", "")
    return "display:none" in style or "visibility:hidden" in style


def _host(address: str) -> str:
    """Host of an absolute URL without `www.`; empty for relative ones."""
    start = address.find("//")
    if start < 0:
        return ""
    return address[start + 2 :].partition("/")[0].partition("?")[0].lower().removeprefix("www.")


def _objects(scripts: list[str]) -> Iterator[dict[str, object]]:
    """All objects of the page's JSON-LD, outermost first."""
    budget = _MAX_METADATA
    for script in scripts:
        budget -= len(script)
        if budget < 0:
            return
        try:
            pending: list[object] = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                yield value
                pending.extend(value.values())
            elif isinstance(value, list):
                pending.extend(value)


def _names(value: object) -> str:
    """The names in a JSON-LD `author`: a string, an object with a name, or a list of these."""
    names: list[str] = []
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            names.append(value)
        elif isinstance(value, dict):
            pending.append(value.get("name"))
        elif isinstance(value, list):
            pending.extend(reversed(value))
    return ", ".join(filter(None, names))


def _paragraphs(text: str) -> list[str]:
    return [squeezed for line in text.splitlines() if (squeezed := _squeeze(line))]


def _without_site(title: str, site: str) -> str:
    """A page's title without the name of its site, which stands before or after a separator."""
    for separator in (" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " « "):
        head, found, tail = title.rpartition(separator)
        if found and (tail.strip().lower() == site.lower() or (not site and len(tail) < len(head))):
            return head.strip()
        head, found, tail = title.partition(separator)
        if found and site and head.strip().lower() == site.lower():
            return tail.strip()
    return title


def read_html(text: str, name: str = "-", number_lines: bool = False) -> Document:
    """Read a page.

    text: the decoded page. name: shown to the user. number_lines: also note the source lines of each block, which
    costs half the parsing time again. Never raises on account of the page.
    """
    for sign in (_BREAK, _CELL):
        if sign in text:
            text = text.replace(sign, "\x02")  # not left out: what is joined could be a tag
    data = text.encode("utf-8", "replace")
    try:
        reader = _parsed(data, number_lines)
    except _DeepError:
        reader = _parsed(data, number_lines, deep=True)
    return _document(reader, name)


def _parsed(data: bytes, number_lines: bool, deep: bool = False) -> _Reader:
    """What the parser finds in a page. Raises _DeepError for pages that are to be read with `deep`."""
    reader = _Reader(inf if deep else _DEEP)
    target: Any = _LineTarget(reader) if number_lines else reader  # the stubs ask for more than the parser does
    if deep:
        target = _DeepTarget(target)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    feed = target.feeder(parser) if deep else parser.feed
    # The parser does not tell an event's line, so it gets the page line by line.
    for number, line in enumerate(data.splitlines(keepends=True) if number_lines else [data], int(number_lines)):
        reader.line = number
        for piece in _pieces(line):
            feed(piece)
    if data.strip():
        parser.close()
    return reader


def _pieces(data: bytes) -> Iterator[bytes]:
    """Parts of a page that begin with tags: the parser says only after each that its target has raised an error."""
    begin = 0
    while begin < len(data):
        end = data.find(b"<", begin + _PIECE)
        yield data[begin : end if end > 0 else None]
        begin = end if end > 0 else len(data)


class _LineTarget:
    """A `_Reader` that notes source lines."""

    def __init__(self, reader: _Reader) -> None:
        self.start = reader.start
        self.end = reader.end
        self.data = reader.numbered_data
        self.close = reader.close


class _DeepError(Exception):
    """The page is nested so deeply that it needs a `_DeepTarget`."""


class _DeepTarget:
    """Stands before the target of a page that is nested very deeply, and keeps end tags from the parser that end nothing.

    For each end tag libxml2 looks through all open elements for the one that it ends: with n of both, n² steps. Here it
    is known which are open, so that only those are given to it that find theirs among the last `_DEEP`.
    """

    def __init__(self, target: _Reader | _LineTarget) -> None:
        self._target = target
        self.data = target.data
        self.close = target.close
        self._depth = 0
        self._open: dict[str, list[int]] = {}  # name → depths of the open elements

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._open.setdefault(name, []).append(self._depth)
        self._depth += 1
        self._target.start(name, attributes)

    def end(self, name: str) -> None:
        self._open[name].pop()
        self._depth -= 1
        self._target.end(name)

    def feeder(self, parser: etree.HTMLParser) -> Callable[[bytes], None]:
        """A function that gives the parser the pieces of a page without such end tags."""
        within = False  # an end tag that is left out and that the next piece carries on

        def feed(data: bytes) -> None:
            nonlocal within
            begin = position = data.find(b">") + 1 if within else 0
            if within and not begin:
                return
            within = False
            while tag := _END_TAG.search(data, position):
                position = tag.end()
                parser.feed(data[begin : tag.start()])  # now all that is open before the tag is known
                begin = tag.start()
                if not self._ends(tag[1].decode("ascii", "replace").lower()):
                    begin = position = data.find(b">", position) + 1
                    if not begin:
                        within = True
                        return
            parser.feed(data[begin:])

        return feed

    def _ends(self, name: str) -> bool:
        """Whether an end tag ends an element, or is text."""
        if any(self._open.get(raw) for raw in _RAW):
            return True
        places = self._open.get(name)
        return places is not None and bool(places) and self._depth - places[-1] <= _DEEP


def _document(reader: _Reader, name: str) -> Document:
    metadata = reader.metadata
    site = metadata.get("og:site_name", "")
    headline = claimed = author = ""
    for thing in _objects(reader.scripts):
        body, heading = thing.get("articleBody"), thing.get("headline")
        if isinstance(body, str) and len(body) > len(claimed):
            claimed = body
            headline = heading if isinstance(heading, str) and heading else headline
        elif isinstance(heading, str) and not headline:
            headline = heading
        author = author or _names(thing.get("author"))
    title = metadata.get("og:title") or _squeeze(headline) or reader.title
    blocks = reader.blocks
    if claimed and not any(not block.hidden for block in blocks):
        texts = _paragraphs(claimed)
        if headline:
            texts.insert(0, _squeeze(headline))
        blocks = [
            Block(number, text, "title" if headline and number == 1 else "paragraph", element=-1)
            for number, text in enumerate(texts, 1)
        ] + [block._replace(number=number) for number, block in enumerate(blocks, len(texts) + 1)]
    return Document(
        name=name,
        kind="html",
        origin="HTML page",
        title=_without_site(title, site),
        description=metadata.get("og:description") or metadata.get("description", ""),
        author=author or metadata.get("author", "") or metadata.get("article:author", ""),
        claimed=claimed,
        blocks=tuple(blocks),
        elements=tuple(reader.elements),
        pictures=tuple(reader.pictures),
    )
