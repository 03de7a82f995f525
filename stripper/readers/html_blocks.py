"""The events of a parser of HTML → blocks, elements and pictures, in one pass.

Nothing recurses, and the work is linear in the size of the page.
"""

from __future__ import annotations

from collections.abc import Mapping

from stripper.model import Block, Element, Picture
from stripper.readers.html_elements import (
    BASE,
    BEHAVIOUR,
    BLOCK,
    BREAK,
    CELL,
    DIALOG,
    EMPHASIS,
    FALLBACK,
    FIELD,
    FRAME,
    HEAD,
    INLINE,
    ITEM,
    LINK,
    LIST,
    MEDIA,
    META,
    METADATA,
    OPTION,
    ORDERED,
    OTHER,
    PICTURE,
    PRE,
    QUOTED,
    READING,
    ROW,
    RULE,
    SCRIPT,
    SKIP,
    TEMPLATE,
    TITLE,
)
from stripper.readers.html_space import CELL_END, LINE_END, preformatted, squeeze

_HEADING_TOOLS = frozenset({"mw-editsection", "editsection", "headerlink", "doc-anchor"})
"""Classes of what wikis and documentation put into their headings: links to edit the section or to its address. Other names
for these (`permalink`, `header-anchor`) can be those of links around the heading's own words."""
_LONG_CELL = 100
"""Characters; a longer table cell is a block of its own, shorter ones stay together in their row (study: FINDINGS)."""
_HEADING_IN_CELL = 25
"""Characters; a shorter bold line of a table cell stays in its row."""
_MOSTLY = 0.7
"""Share of the characters of a line of links that are linked; the others are signs between them."""
_SHARE_LINKS = (
    "facebook.com/share", "/sharer", "twitter.com/intent", "x.com/intent", "/share?", "pinterest.com/pin/create",
    "linkedin.com/share", "whatsapp:", "wa.me/", "api.whatsapp", "reddit.com/submit", "t.me/share", "mailto:?",
)  # fmt: skip
_DEEPEST = 20
"""Levels that a list is set in; printing more would take room that grows with the square of the page."""
DEEP = 2_000
"""Open elements; real pages have 60 at most. See `DeepTarget`."""


class DeepError(Exception):
    """The page is nested so deeply that it needs a `DeepTarget`."""


class BlockBuilder:
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
        "_used",
        "blocks",
        "elements",
        "host",
        "line",
        "metadata",
        "pictures",
        "scripts",
        "title",
    )  # fmt: skip

    def __init__(self, deepest: float = DEEP) -> None:
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
        self._used = 0  # the last element that is to stay: it holds a block or a picture, or is the outermost
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
        flow, role = BEHAVIOUR.get(name, OTHER)
        if len(self._open) > self._deepest:
            raise DeepError
        if self._skip:
            if self._skip > 1 or flow in METADATA or self._open[-1] != HEAD:
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
            self._text.append(f"{LINE_END}{label} " if label else LINE_END)
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
            pieces.append(LINE_END)
            return
        self._trim()
        if not pieces:
            pieces.append(" ")
        elif pieces[-1] == LINE_END or self._is_line_apart():
            self._flush()
        else:
            self._breaks += 1
            pieces.append(LINE_END)

    def _is_line_apart(self) -> bool:
        """Whether the text so far is one line that is all emphasised (not the short head of a table cell) or nearly all
        links, several of them."""
        least = _HEADING_IN_CELL if self._cells else 1
        if self._breaks or self._emphasis_depth or self._link_depth or (self._emphasis < least and self._links < 2):
            return False
        size = len(squeeze("".join(self._text)))
        return self._emphasis == size >= least or self._is_all_links(size)

    def _is_all_links(self, size: int) -> bool:
        """Whether the text so far, of some characters, is nearly all links, several of them."""
        return self._links > 1 and self._linked >= _MOSTLY * size

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
            if self._text and not self._text[-1].endswith(("\n", LINE_END)):
                self._text.append(LINE_END)
            self._open[-1] = OPTION
            return
        if flow == CELL:
            if self._cells and self._text:
                self._text.append(CELL_END)
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
            if name in MEDIA:
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
                self._linked += len(squeeze("".join(self._text[self._link_from :])))
        elif flow == EMPHASIS:
            self._emphasis_depth -= 1
            if not self._emphasis_depth:
                self._emphasis += len(squeeze("".join(self._text[self._emphasis_from :])))
        elif flow in (SKIP, HEAD, FRAME):
            self._skip -= 1
        elif flow in (SCRIPT, TITLE):
            self._skip -= 1
            if self._catch is not None:
                caught, self._catch = "".join(self._catch), None
                if flow == SCRIPT:
                    self.scripts.append(caught)
                else:
                    self.title = self.title or squeeze(caught)
        elif flow == OPTION:
            if self._text and not self._text[-1].endswith(("\n", LINE_END)):
                self._text.append(LINE_END)
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
        elements = self.elements
        if len(elements) - 1 == self._element > self._used:
            elements.pop()  # a fifth of all: it holds nothing
        self._element, self._role, self._hidden, self._cells = self._frames.pop()
        self._element = max(self._element, 0)  # what stands after the page's end is of its outermost element

    def _end_cell(self) -> None:
        """A long cell is a block of its own; the short cells before it are one, too. So is a cell with a menu: rows of
        links that nothing of its row stands before."""
        start = self._cell_from
        if not start and self._breaks and self._is_all_links(len(squeeze("".join(self._text)))):
            self._flush()
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

    def close(self) -> BlockBuilder:
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
        text = preformatted(raw) if self._pre else squeeze(raw)
        if text:
            if self._link_depth:
                self._linked += len(squeeze("".join(pieces[self._link_from :])))
                self._links = self._links or 1
            if self._emphasis_depth:
                self._emphasis += len(squeeze("".join(pieces[self._emphasis_from :])))
            mark, self._mark = self._mark, ""
            self._used = max(self._used, self._element)
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
        self._used = max(self._used, self._element)
        self.pictures.append(Picture(len(self.blocks) + pending, attributes.get("alt", ""), self._element))

    def _meta(self, attributes: Mapping[str, str]) -> None:
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        if name and "content" in attributes:
            self.metadata.setdefault(name, squeeze(attributes["content"]))
            if name == "og:url" and not self.host:
                self.host = _host(attributes["content"])


class LineTarget:
    """A `BlockBuilder` that notes source lines."""

    def __init__(self, reader: BlockBuilder) -> None:
        self.start = reader.start
        self.end = reader.end
        self.data = reader.numbered_data
        self.close = reader.close


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
