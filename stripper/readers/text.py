"""Plain text → blocks: copied pages, dumps of text browsers, mail, Markdown, anything hard-wrapped or not.

A block is a line; in hard-wrapped text the lines of a paragraph; the lines of code; a row of a drawn table; a heading
with its underline. Every line that is not blank is in exactly one block. Link numbers of text browsers are left out of
a block's text where the list of addresses at the end proves that they are link numbers, and counted as links.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from stripper.model import Block, Document
from stripper.readers.text_facts import FACTS, LINK, facts_of, header_name
from stripper.readers.text_lines import (
    BORDER,
    BULLETS,
    FENCE,
    INVISIBLE,
    ROW,
    RULE,
    TEXT,
    Line,
    find_columns,
    has_cells,
    look_at_lines,
    split_lines,
    squeeze,
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

_CODE = re.compile(r"[{}\\]|[A-Za-z_\d]\(|::|->|=>| = |==|</|^(?:\$|>>>|//|--|#!) ?[^\W\d]|[({;]$")
"""What a line of code holds more often than not, and a line of prose hardly ever."""
_CODE_ENDS = ";{})"
_STOPS = tuple(".,:;!?…)")
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
        if origin == "mail" and header_name(line.body) in ("subject", "betreff", "objet", "asunto", "oggetto", "тема"):
            return " ".join(line.body.partition(":")[2].translate(INVISIBLE).split())
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


def _code_groups(lines: Sequence[Line]) -> dict[int, int]:
    """Index of the first line of code → index after the last: fenced, or set in by four columns and like code."""
    groups: dict[int, int] = {}
    opening = -1
    for index, line in enumerate(lines):
        if line.kind == FENCE:
            if opening < 0:
                opening = index
            elif not line.body.strip("`~"):
                groups[opening] = index + 1
                opening = -1
    if not any(line.indent >= 4 for line in lines):
        return groups
    weights: Counter[int] = Counter()
    for line in lines:
        if not line.mark:
            weights[line.indent] += min(len(line.body), 100)
    base = weights.most_common(1)[0][0] + 4 if weights else 4
    start = 0
    while start < len(lines):
        end, code, inside = start, 0, groups.get(start)
        if inside:
            start = inside
            continue
        while end < len(lines) and lines[end].indent >= base and lines[end].kind in (TEXT, RULE) and end not in groups:
            if lines[end].depth or lines[end].aside or (end == start and _hangs(lines, end)):
                break
            code += _CODE.search(lines[end].body[:200]) is not None
            end += 1
        enough = end > start and 2 * code >= end - start
        if enough and (end > start + 1 or lines[start].body[0] == "$" or lines[start].body[-1] in _CODE_ENDS):
            groups[start] = end
        start = max(end, start + 1)
    return groups


def _hangs(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is, or directly follows, a list item."""
    line = lines[index]
    return bool(line.mark or (index and not line.gap and lines[index - 1].mark))


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
        code = _code_groups(lines)
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
                index = _row_end(lines, index)
                role = "table"
            elif has_cells(line.body) and _in_table(lines, index):
                index += 1
                role = "table"
            elif line.kind == RULE:
                index += 1
                facts.add("rule")
            elif index + 1 < count and lines[index + 1].kind == RULE and _underlined(lines, index):
                index += 2
                role = "heading-1" if lines[first + 1].body[0] == "=" else "heading-2"
                facts.add("underlined")
            else:
                index += 1
                if self.origin == "Markdown" and (line.gap or not first) and (level := heading_level(line.body)):
                    role = f"heading-{level}"
                elif line.depth:
                    while index < count and lines[index].depth == line.depth and (
                        not lines[index].body or (wrap is not None and joins(lines[index - 1], lines[index], wrap))
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
            text = _dedent([self.source[member.at] for member in group], self.source, line.at, last.at)
            mark = ""
        elif role == "table" and line.kind != TEXT:
            text, mark = _cells(group), ""
        elif role.startswith("heading-") and "underlined" not in facts:
            text = line.body.strip("# \t")
        else:
            text = _unwrapped(group)
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
            links = len(found)
            outbound = sum(1 for address in found if (host := _host(address)) and host != self.host)
            anchors = sum(1 for address in found if "#" in address and address.partition("#")[0] == self.page)
        # Where a link ends is not shown; only a short line that begins with its one link is taken for all link.
        whole = links == 1 and line.body[0] == "[" and text.count(" ") < _MANY - 1
        return text, links, 0 if links == 0 else len(text) if whole else None, outbound, anchors

    def _take_link_numbers(self, text: str) -> tuple[str, list[int]]:
        """The text without link numbers, and these. A number counts once: later ones are the page's own (footnotes)."""
        pieces, numbers, start = [], [], 0
        for found in LINK_NUMBER.finditer(text):
            number = int(found[1])
            if number in self.seen or number > self.most > 0:
                continue
            self.seen.add(number)
            numbers.append(number)
            if self.most:
                pieces.append(text[start : found.start()])
                if _glued(text, *found.span()):
                    pieces.append(" ")
                start = found.end()
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
    before, after = text[start - 1 : start], text[end : end + 1]
    return after.isalnum() and (before.isalnum() or before in _STOPS)


def _underlined(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a heading underlined with `===` or `---` of about its width."""
    line, under = lines[index], lines[index + 1]
    return (
        line.kind == TEXT
        and not under.gap
        and (under.body[0] in "=-")
        and not line.mark
        and not line.depth
        and bool(line.gap or index == 0 or lines[index - 1].kind == RULE)
        and len(under.body) == under.body.count(under.body[0])
        and abs(len(under.body) - len(line.body)) <= 3
    )


def _row_end(lines: Sequence[Line], index: int) -> int:
    """Index after a table's row that begins here: borders above, its lines, and the last border of the table."""
    count = len(lines)
    start = index
    while index < count and lines[index].kind == BORDER and (index == start or not lines[index].gap):
        index += 1
    if index < count and lines[index].kind == ROW and (index == start or not lines[index].gap):
        drawn = lines[index].body[0] != "|"
        index += 1
        while drawn and index < count and lines[index].kind == ROW and not lines[index].gap:
            index += 1
    rest = index
    while rest < count and lines[rest].kind == BORDER and not lines[rest].gap:
        rest += 1
    return rest if rest == count or lines[rest].kind != ROW or lines[rest].gap else index


def _in_table(lines: Sequence[Line], index: int) -> bool:
    """Whether a line with columns is a table's row: it has three cells, or the line above or below has columns, too."""
    line = lines[index]
    if line.kind != TEXT or line.aside or line.mark or line.depth:
        return False
    above = index > 0 and not line.gap and has_cells(lines[index - 1].body)
    below = index + 1 < len(lines) and not lines[index + 1].gap and has_cells(lines[index + 1].body)
    return above or below or squeeze(line.body).count("\t") > 1


def _cells(group: Sequence[Line]) -> str:
    """The cells of a table's row, apart by tabs; the lines of a cell by blanks."""
    rows = []
    for line in group:
        if line.kind == ROW:
            for wall in "┃║|":
                if line.body[0] == wall:
                    rows.append([cell.strip() for cell in line.body.strip(wall).split(wall)])
                    break
            else:
                rows.append([cell.strip() for cell in line.body.strip("│").split("│")])
    if not rows:
        return group[0].body
    columns: list[list[str]] = [[] for _ in range(max(map(len, rows)))]
    for row in rows:
        for column, cell in zip(columns, row, strict=False):
            if cell:
                column.append(cell)
    return "\t".join(" ".join(column) for column in columns if column) or group[0].body


def _unwrapped(group: Sequence[Line]) -> str:
    """The lines of a paragraph as one; between Chinese or Japanese characters without a blank."""
    line = group[0]
    if len(group) == 1 and not line.aside:
        text = line.body or ">" * line.depth
        return text if line.kind == RULE or (text.isprintable() and "  " not in text) else squeeze(text)
    pieces: list[str] = []
    for member in group:
        if member.kind == RULE or not (body := " ".join(member.body.split())):
            continue
        if pieces and not (without_blanks(body[0]) and without_blanks(pieces[-1][-1])):
            pieces.append(" ")
        pieces.append(body)
    asides = [member.aside for member in group if member.aside]
    text = "".join(pieces) or ">"
    return f"{' '.join(asides)}\t{text}" if asides else text


def _dedent(raw: Sequence[str], source: Sequence[str], first: int, last: int) -> str:
    """Lines of code without their common indent, blank lines between them kept."""
    lines = [line.rstrip().expandtabs(4) for line in source[first : last + 1]]
    indent = min(len(line) - len(line.lstrip()) for line in lines if line)
    return "\n".join(line[indent:] for line in lines)


__all__ = ["FACTS", "ORIGINS", "read_text"]
