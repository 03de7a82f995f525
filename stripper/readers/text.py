"""Plain text → blocks: copied pages, dumps of text browsers, mail, Markdown, anything hard-wrapped or not.

A block is a line; in hard-wrapped text the lines of a paragraph; the lines of code; a row of a drawn table; a heading
with its underline. Every line that is not blank is in exactly one block. Link numbers of text browsers are left out of
a block's text where the list of addresses at the end proves that they are link numbers, and counted as links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from stripper.model import Block, Document
from stripper.readers.text_facts import FACTS, LINK, SUBJECTS, facts_of, header_name
from stripper.readers.text_groups import (
    cells,
    code_groups,
    dedent,
    is_in_table,
    is_underlined,
    row_end,
    unwrapped,
)
from stripper.readers.text_lines import (
    BORDER,
    BULLETS,
    INVISIBLE,
    ROW,
    RULE,
    TEXT,
    Line,
    find_columns,
    has_cells,
    look_at_lines,
    split_lines,
)
from stripper.readers.text_origin import LINK_NUMBER, ORIGINS, References, find_origin, find_references, heading_level
from stripper.readers.text_wrap import (
    ends_sentence,
    find_wrap,
    joins,
    paragraph_end,
    unmark_dashes,
    width,
    without_blanks,
)

_STOPS = frozenset(".,:;!?…)")
_NOTHING: frozenset[str] = frozenset()
_MANY = 12
"""Words; a line with as many is a paragraph even without the end of a sentence."""
_FOOTER = 16
"""Lines that a mail's signature and a list's footer may have."""


def read_text(text: str, name: str) -> Document:
    """Reads plain text.

    `text` is decoded text, whatever its line ends; `name` is shown to the user. Raises nothing. The document's
    `source` holds the lines as they may be printed (see `split_lines`), `wrap` the column of hard-wrapped text.
    """
    source, escaped = split_lines(text)
    references = find_references(source) if "://" in text else References()
    lines = look_at_lines(source, range(references.first, references.last + 1) if references.style else ())
    find_columns(lines)
    text_only = [line for line in lines if not references.first <= line.at <= references.last]
    wrap = find_wrap(text_only)
    if wrap is not None:
        unmark_dashes(lines, wrap)
    numbered = bool(references.links) or _has_link_numbers(lines)
    origin = find_origin(source, lines, wrap, references, numbered)
    maker = _Maker(source, escaped, references, numbered, origin)
    blocks = tuple(maker.blocks(lines, wrap))
    return Document(
        name=name,
        kind="text",
        origin=origin,
        title=_title(lines, origin),
        wrap=wrap,
        blocks=blocks,
        source=tuple(source),
    )


def _title(lines: Sequence[Line], origin: str) -> str:
    """The subject of a mail, the first top heading of Markdown."""
    for line in lines[:20] if origin == "mail" else lines if origin == "Markdown" else ():
        if origin == "mail" and (name := header_name(line.body)) in SUBJECTS:
            return " ".join(line.body[len(name) + 1 :].translate(INVISIBLE).split())
        if origin == "Markdown" and heading_level(line.body) == 1:
            return " ".join(line.body.strip("# ").translate(INVISIBLE).split())
    return ""


def _has_link_numbers(lines: Sequence[Line]) -> bool:
    """Whether `[1]`, `[2]`, `[3]` … stand directly before words, as text browsers put them, in rising order."""
    expected = 1
    for line in lines:
        body = line.aside + " " + line.body if line.aside else line.body
        if "[" in body:
            for found in LINK_NUMBER.finditer(body):
                if int(found[1]) == expected and body[found.end() : found.end() + 1].strip():
                    expected += 1
                    if expected > 5:
                        return True
    return False


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


class _Maker:
    """Makes blocks of lines."""

    def __init__(
        self, source: Sequence[str], escaped: frozenset[int], references: References, numbered: bool, origin: str
    ) -> None:
        self.source = source
        self.escaped = escaped
        self.references = references
        self.numbered = numbered
        self.mail = origin in ("mail", "newsletter")
        self.origin = origin
        self.number = 0
        self.seen: set[int] = set()
        self.most = max(references.links, default=0)
        hosts = Counter(host for address in references.links.values() if (host := _host(address)))
        self.host = hosts.most_common(1)[0][0] if hosts else ""
        pages = Counter(address.partition("#")[0] for address in references.links.values() if "#" in address)
        self.page = pages.most_common(1)[0][0] if pages else ""

    def blocks(self, lines: Sequence[Line], wrap: int | None) -> Iterator[Block]:
        """The blocks of all lines, in order."""
        code = code_groups(lines)
        index, count = 0, len(lines)
        footer = self._footer(lines)
        header = self.mail and bool(lines) and bool(header_name(lines[0].body))
        while index < count:
            line = lines[index]
            facts: set[str] = set()
            first, role = index, ""
            if header:  # down to the first blank line
                header = not (index and line.gap)
                if header and header_name(line.body):
                    facts.add("header")
            if footer <= line.at:
                facts.add("signature")
            if index in code:
                index = code[index]
                role = "code"
            elif line.kind in (ROW, BORDER):
                index = row_end(lines, index)
                role = "table"
            elif has_cells(line.body) and is_in_table(lines, index):
                index += 1
                role = "table"
            elif line.kind == RULE:
                index += 1
                facts.add("rule")
            elif index + 1 < count and lines[index + 1].kind == RULE and is_underlined(lines, index):
                index += 2
                role = "heading-1" if lines[first + 1].body[0] == "=" else "heading-2"
                facts.add("underlined")
            else:
                index += 1
                if self.origin == "Markdown" and (line.gap or not first) and (level := heading_level(line.body)):
                    role = f"heading-{level}"
                elif line.depth:
                    while (
                        index < count
                        and lines[index].depth == line.depth
                        and (
                            not lines[index].body or (wrap is not None and joins(lines[index - 1], lines[index], wrap))
                        )
                    ):
                        index += 1
                elif wrap is not None:
                    index = paragraph_end(lines, first, wrap)
            yield self._block(lines[first:index], role, facts)

    def _footer(self, lines: Sequence[Line]) -> int:
        """Source index of the line that opens the signature (`--`) or, in mail, a list's footer (a line drawn)."""
        for line in lines[-_FOOTER:]:
            if line.body in ("--", "—") and not line.depth and not line.mark:
                return line.at
            if self.mail and line.kind == RULE and line.body[0] in "_-" and len(line.body) > 30:
                return line.at
        return len(self.source)

    def _block(self, group: Sequence[Line], role: str, facts: set[str]) -> Block:
        self.number += 1
        line, last = group[0], group[-1]
        reference = self.references.first <= line.at <= self.references.last
        mark = line.mark
        if role == "code":
            text = dedent(self.source[line.at : last.at + 1])
            mark = ""
        elif role == "table" and line.kind != TEXT:
            text, mark = cells(group), ""
        elif role.startswith("heading-") and "underlined" not in facts:
            text = line.body.strip("# \t")
        else:
            text = unwrapped(group)
        if not text.isprintable():
            text = text.translate(INVISIBLE).strip() or line.body
        links = linked = anchors = outbound = None
        if self.numbered and not reference:
            text, links, linked, outbound, anchors = self._links(line, text)
        facts |= facts_of(text)
        if links is None and self.origin == "Markdown":
            links, linked, anchors = _markdown_links(text)
        if reference:
            facts.add("reference")
        if mark:
            facts.add("numbered" if mark[0] not in BULLETS and mark[-2] in ".)" else "bullet")
        if line.depth:
            facts.add("quoted")
        if line.aside or last.aside or ("\t" in text and role != "code"):
            facts.add("columns")
        if self.escaped and not self.escaped.isdisjoint(range(line.at, last.at + 1)):
            facts.add("escape")
        return Block(
            number=self.number,
            text=text,
            role=role or _role(line, text, facts),
            lines=(line.at + 1, last.at + 1),
            linked=linked,
            links=links,
            outbound=outbound,
            anchors=anchors,
            mark=mark,
            indent=line.indent,
            gap=line.gap,
            facts=frozenset(facts) if facts else _NOTHING,
        )

    def _links(self, line: Line, text: str) -> tuple[str, int, int | None, int | None, int | None]:
        """Text without link numbers, links, linked characters, outbound links, links within the page."""
        addresses = self.references.links
        if "[" not in text:
            return text, 0, 0, *((0, 0) if addresses else (None, None))
        text, numbers = self._take_link_numbers(text)
        links, outbound, anchors = len(numbers), None, None
        if addresses:
            found = [address for number in numbers if (address := addresses.get(number))]
            outbound = sum(1 for address in found if (host := _host(address)) and host != self.host)
            anchors = sum(1 for address in found if "#" in address and address.partition("#")[0] == self.page)
        # Where a link ends is not shown; only a short line that begins with its one link is taken for all link.
        whole = links == 1 and line.body[:1] == "[" and text.count(" ") < _MANY - 1
        return text, links, 0 if links == 0 else len(text) if whole else None, outbound, anchors

    def _take_link_numbers(self, text: str) -> tuple[str, list[int]]:
        """The text without link numbers, and these. A number counts once: later ones are the page's own (footnotes).
        One whose address is missing from a damaged list is a link number all the same."""
        pieces, numbers, start = [], [], 0
        for found in LINK_NUMBER.finditer(text):
            number = int(found[1])
            if number in self.seen or not number or number > self.most > 0:
                continue
            self.seen.add(number)
            numbers.append(number)
            if self.most:
                before, after = found.span()
                pieces.append(text[start:before])
                if _glued(text, before, after):
                    pieces.append(" ")
                elif text[after : after + 1] == " " and text[max(before - 1, 0) : before] in ("", " "):
                    after += 1
                start = after
        if not start:
            return text, numbers
        stripped = "".join(pieces) + text[start:]
        return (stripped if stripped.strip() else text), numbers


def _role(line: Line, text: str, facts: set[str]) -> str:
    if line.depth:
        return "quote"
    if line.mark:
        return "item"
    if "rule" in facts or "header" in facts:
        return "line"
    words = text.count(" ") + 1
    if words < _MANY and text[0] > "\u2e7f" and without_blanks(text[0]):
        words += width(text) // 4
    return "paragraph" if words >= _MANY or (text[-1] != ":" and ends_sentence(text)) else "line"


def _markdown_links(text: str) -> tuple[int, int, int]:
    """Links, characters in them (with their addresses, which are part of the text) and links within the page."""
    if "](" not in text:
        return 0, 0, 0
    found = [match[0] for match in LINK.finditer(text) if not match[1]]
    return len(found), sum(map(len, found)), sum("](#" in link for link in found)


def _glued(text: str, start: int, end: int) -> bool:
    """Whether the words on both sides would run together if what is between were left out."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return after.isalnum() and (before.isalnum() or before in _STOPS)


__all__ = ["FACTS", "ORIGINS", "read_text"]
