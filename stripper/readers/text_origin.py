"""How a text came to be: the list of link addresses at its end, the marks that renderers and mail programs leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stripper.readers.text_facts import LINK, header_name
from stripper.readers.text_lines import BORDER, FENCE, ROW, RULE, TEXT, Line

ORIGINS = (
    "browser copy",
    "w3m dump",
    "w3m dump with link numbers",
    "lynx dump",
    "lynx dump with link numbers",
    "elinks dump",
    "mail",
    "newsletter",
    "Markdown",
    "hard-wrapped text",
    "one paragraph a line",
    "single line",
    "plain text",
)
"""Everything that `Document.origin` can be for text input."""

_REFERENCE = re.compile(r"\s{0,8}(?:(\d{1,6})\.|\[(\d{1,6})\]) ([A-Za-z][A-Za-z0-9+.-]*:\S.*)")
_REFERENCE_HEADS = frozenset({"references", "visible links", "hidden links"})
_MARKDOWN = 30
"""Lines for which Markdown has one heading, link, fence or bold text at least."""
_TRAILING = 400
"""Lines that may follow the list of link addresses (another dump, a signature)."""
LINK_NUMBER = re.compile(r"\[(\d{1,6})\]")
_BEFORE_WORD = re.compile(r"\[(\d{1,6})\](?=[^\s.,;:!?)])")
_UNSUBSCRIBE = re.compile(
    r"unsubscrib|abbestellen|abmelden|désabonner|désinscri|darse de baja|disiscriv|cancella l'iscrizione|cancelar subscri"
    r"|cancelar a inscri|uitschrijven|afmelden|wypisz|avsluta prenumeration|avregistrera|отписаться|відписатися"
    r"|abonelikten|退订|配信停止|구독 취소|수신거부|إلغاء الاشتراك|view this e-?mail in|im browser ansehen",
    re.IGNORECASE,
)


class References(NamedTuple):
    """The list of link addresses that lynx, elinks and w3m print after the text."""

    first: int = -1
    """Index of the first line of the list, its headings included; -1 where there is none."""
    last: int = -1
    style: str = ""
    """`lynx`, `elinks` or `w3m`."""
    links: dict[int, str] = {}  # noqa: RUF012 — a NamedTuple's default, never changed
    """Link number → address."""


def find_references(source: Sequence[str]) -> References:
    """The last run of lines `n. scheme:…` or `[n] scheme:…`; blank lines and its headings may be between them.

    Without a heading (renderers translate them) three addresses at least make a list. The text must hold the numbers
    of a tenth of them directly before words, else the list is the page's own.
    """
    links: dict[int, str] = {}
    first = last = -1
    heads: list[str] = []
    brackets = False
    for at in range(len(source) - 1, -1, -1):
        line = source[at]
        if not line.strip():
            continue
        if len(line) < 8000 and (found := _REFERENCE.match(line)):
            last = max(last, at)
            brackets = found[2] is not None
            links[int(found[1] or found[2])] = found[3].rstrip()
        elif last >= 0 and (head := line.strip().rstrip(":").lower()) in _REFERENCE_HEADS:
            heads.append(line.strip())
            if head == "references":
                first = at
                break
        elif last >= 0 or len(source) - at > _TRAILING:
            break
        if last >= 0:
            first = at
    if not links or (len(links) < 3 and not heads):
        return References()
    above = {int(number) for line in source[:first] if "[" in line for number in _BEFORE_WORD.findall(line)}
    if 10 * len(above & links.keys()) < len(links):
        return References()
    return References(first, last, "w3m" if brackets else "elinks" if "Visible links" in heads else "lynx", links)


def _dump(lines: Sequence[Line], wrap: int | None, references: References, numbered: bool) -> str:
    if references.style == "elinks":
        return "elinks dump"
    if references.style:
        return f"{references.style} dump with link numbers"
    if wrap is None and not numbered:
        return ""
    rules = heavy = boxes = dots = stars = buttons = prose = indented = images = asides = 0
    for line in lines:
        if line.kind == RULE:
            rules += "═" in line.body
            heavy += "━" in line.body
        elif line.kind in (ROW, BORDER):
            boxes += "│" in line.body or "─" in line.body
        elif line.mark == "• " and line.indent >= 2:
            dots += 1
        elif line.mark in ("* ", "+ ") and line.indent >= 5:
            stars += 1
        elif line.kind == TEXT:
            asides += bool(line.aside)
            buttons += "(BUTTON)" in line.body
            images += "[image]" in line.body or "[INLINE]" in line.body
            if len(line.body) > 40:
                prose += 1
                indented += line.indent == 3
    lynx = dots <= stars and (2 * indented > prose or buttons > 0 or stars > 2)
    if rules or (numbered and asides):
        return "elinks dump" if numbered or lynx else ""
    if wrap is None:
        return ""
    if lynx and (stars or buttons or numbered or prose > 5):
        return "lynx dump with link numbers" if numbered else "lynx dump"
    if wrap >= 60 and (boxes or heavy or dots > 1 or images):
        return "w3m dump with link numbers" if numbered else "w3m dump"
    return ""


def find_origin(
    source: Sequence[str], lines: Sequence[Line], wrap: int | None, references: References, numbered: bool
) -> str:
    """One of `ORIGINS`, by the marks found in the lines."""
    if not lines:
        return "plain text"
    names = [name for line in lines[:12] if (name := header_name(line.body))]
    if len(names) >= 2 and lines[0].at + len(names) + 4 > 0 and header_name(lines[0].body):
        return "mail"
    if dump := _dump(lines, wrap, references, numbered):
        return dump
    quoted = [index for index, line in enumerate(lines) if line.depth]
    if any(index and lines[index - 1].body.endswith(":") and not lines[index - 1].depth for index in quoted[:20]):
        introduced = [lines[index - 1].body for index in quoted[:20] if index and not lines[index - 1].depth]
        if any("@" in line or any(c.isdigit() for c in line) for line in introduced):
            return "mail"
    sample = "\n".join(line.body for line in (*lines[:5], *lines[-12:]) if len(line.body) < 500)
    if _UNSUBSCRIBE.search(sample) and ("://" in sample or "@" in sample) and len(lines) > 4:
        return "newsletter"
    if source[0].strip() == "---" and any(line.kind == RULE and line.body == "---" for line in lines[1:40]):
        return "Markdown"
    marks = headings = 0
    for line in lines:
        body = line.body
        if line.kind == FENCE:
            marks += 1
        elif body[0:1] == "#" and (line.gap or line is lines[0]) and heading_level(body):
            headings += 1
        elif ("](" in body and LINK.search(body)) or ("**" in body and body.count("**") > 1):
            marks += 1
    if headings + marks > 1 and _MARKDOWN * (headings + marks) > len(lines):
        return "Markdown"
    if len(lines) == 1:
        return "single line"
    if wrap is not None:
        return "hard-wrapped text"
    words = [line.body.count(" ") + 1 for line in lines]
    short = sum(1 for count in words if count < 6)
    if len(words) >= 10 and 4 * short > len(words):
        return "browser copy"
    if 2 * sum(1 for count in words if count >= 12) > len(words):
        return "one paragraph a line"
    return "plain text"


def heading_level(body: str) -> int:
    """Level of a Markdown heading (`## Title` is 2), 0 for anything else."""
    rest = body.lstrip("#")
    level = len(body) - len(rest)
    return level if 1 <= level <= 6 and rest[:1] == " " and rest.strip("# ") else 0
