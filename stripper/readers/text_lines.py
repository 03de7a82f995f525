"""Decoded text → clean lines, and what each line looks like by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

_LINE_ENDS = re.compile(r"\r\n|[\r\f\v]")
_DROPPED = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movements
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)"  # OSC and other strings, when they are closed
    r"|\x1b[ -/]*[0-Z\\^-~]"  # other escape sequences
    r"|[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)
INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF])
"""Left out of a block's text, kept in the printed lines: soft hyphens, zero-width spaces, marks of direction."""


def split_lines(text: str) -> tuple[list[str], frozenset[int]]:
    """The lines of a decoded text as they may be printed, and the indices of those that held escape sequences.

    Lines end at LF, CR LF, CR, form feed and vertical tab; a last line end opens no further line. U+2028 and U+2029
    end no line (no tool that works on lines agrees to them); they count as white space. Dropped are: a byte-order mark
    at the start, escape sequences as a whole, C0 controls but tab, DEL, C1 controls, and the bidirectional embeddings,
    overrides and isolates (U+202A to U+202E, U+2066 to U+2069), by which a line can pretend to be another. Everything
    else stays as it is: joiners (U+200C, U+200D), soft hyphens, zero-width spaces, direction marks.
    """
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    if not text:
        return [], frozenset()
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    escaped = []
    if _DROPPED.search(text):
        for index, line in enumerate(lines):
            if not line.isprintable():
                if "\x1b" in line:
                    escaped.append(index)
                lines[index] = _DROPPED.sub("", line)
    return lines, frozenset(escaped)


# Kinds of lines.
TEXT, RULE, ROW, BORDER, FENCE = range(5)


class Line(NamedTuple):
    """A line that is not blank."""

    at: int
    """Index in the document's source, from 0."""
    kind: int
    body: str
    """Without quote prefix, list mark and outer blanks; in a column layout the text of the main column."""
    depth: int
    """Levels of quoting (`> > ` is 2)."""
    mark: str
    """List mark with one blank, or nothing."""
    indent: int
    """Columns before the list mark or the text, after the quote prefix."""
    column: int
    """Column at which `body` starts, after the quote prefix."""
    gap: int
    """Blank lines above."""
    aside: str = ""
    """In a column layout the text beside the main column."""


BULLETS = frozenset("•◦‣▪▫■□●○☆★▶►▸▹➤➔→»✓✔✗✘∙⁃·*+-–◆◇❖")
_DEEP_BULLETS = frozenset("o#@=")
"""Marks that lynx gives to lists in lists in lists; they are set in by ten columns at least."""
_NUMBER = re.compile(r"\(?(\d{1,3})[.)][ \t\u00a0]+(?=\S)")
_RULE_SIGNS = "-=*_~#.·•─━┄┅┈┉═—–―▬^+ \u00a0"
_BOX = "│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╭╮╰╯"
_BORDER_SIGNS = _BOX + "─━═-=+|: "
_WALLS = "│┃║|"
_GUTTER = re.compile(r"\t|(?<![ \[]) {3,}+(?!\])")
"""What is between the cells of a table's row; but `[     ]` is an empty form field."""


def has_cells(body: str) -> bool:
    """Whether a text has a tab or a gutter of three or more blanks inside."""
    return ("   " in body or "\t" in body) and _GUTTER.search(body) is not None


def squeeze(body: str) -> str:
    """A line's text with white space made one blank; between cells stands one tab."""
    if has_cells(body):
        return "\t".join(" ".join(cell.split()) for cell in _GUTTER.split(body) if cell.strip())
    return " ".join(body.split())


def _table_kind(body: str) -> int:
    """ROW, BORDER or TEXT for a line that begins like a table drawn with characters."""
    if not body.strip(_BORDER_SIGNS):
        return BORDER if len(body) > 2 and ("-" in body or body[0] in _BOX or "─" in body) else TEXT
    if body[0] in _WALLS and body[-1] in _WALLS and len(body) > 2:
        return ROW
    return TEXT


def look_at_lines(source: Sequence[str], plain: Collection[int] = ()) -> list[Line]:
    """The lines that are not blank, each by itself; but numbers must count up, down or from 1 to be list marks.

    `plain`: indices of lines whose numbers are marks in any case (a list of references).
    """
    lines: list[Line] = []
    numbers: list[tuple[int, int]] = []  # (index in lines, number) of lines that begin like a numbered item
    gap = 0
    for at, raw in enumerate(source):
        body = raw.strip()
        if not body or not (body.isprintable() or body.translate(INVISIBLE).strip()):
            gap += 1
            continue
        first = body[0]
        if first.isalpha() and first == raw[0]:  # by far the most lines of copied text
            lines.append(Line(at, TEXT, body, 0, "", 0, 0, gap))
            gap = 0
            continue
        if "\t" in raw:  # inside the text tabs stay: they bound cells
            raw = raw[: raw.index(body)].expandtabs() + body
        indent, depth, kind, mark = len(raw) - len(raw.lstrip()), 0, TEXT, ""
        if first == ">":
            rest = raw[indent:].lstrip("> ")  # what is before the first `>` may be any white space
            prefix = raw[: len(raw) - len(rest)]
            depth = prefix.count(">")
            indent = len(prefix) - prefix.rindex(">") - 1
            indent = max(indent - 1, 0)
            body = rest.rstrip()
            first = body[:1]
        column = indent
        if not body or (first.isalpha() and first != "o"):
            pass
        elif first.isdigit() or first == "(":
            if found := _NUMBER.match(body):
                numbers.append((len(lines), int(found[1])))
        elif (first in _BOX or first in "|+") and (kind := _table_kind(body)) != TEXT:
            pass
        elif len(body) > 2 and not body.strip(_RULE_SIGNS):
            kind = RULE
        elif body.startswith(("```", "~~~")):
            kind = FENCE
        elif (first in BULLETS or (first in _DEEP_BULLETS and indent >= 10)) and body[1:2].isspace():
            rest = body[1:].lstrip()
            mark, column = first + " ", indent + len(body) - len(rest)
            body = rest
        lines.append(Line(at, kind, body, depth, mark, indent, column, gap))
        gap = 0
    for place, (index, number) in enumerate(numbers):
        around = {numbers[place - 1][1] if place else -9, numbers[place + 1][1] if place + 1 < len(numbers) else -9}
        line = lines[index]
        if number <= 1 or line.at in plain or number - 1 in around or number + 1 in around:
            found = _NUMBER.match(line.body)
            assert found
            lines[index] = line._replace(
                mark=found[0].rstrip() + " ", body=line.body[found.end() :], column=line.column + found.end()
            )
    return lines


def find_columns(lines: list[Line]) -> None:
    """Set apart, in place, a menu column that stands left of the text on the same lines.

    The main column is the one at which the most words begin after a gutter of three or more blanks, on at least four
    lines and with four words a line.
    """
    words: Counter[int] = Counter()
    count: Counter[int] = Counter()
    beside: list[tuple[int, int, int]] = []
    for index, line in enumerate(lines):
        if "   " not in line.body or line.kind != TEXT or len(line.body) > 400:
            continue
        gutter = _GUTTER.search(line.body)
        if gutter is None:
            continue
        start = line.column + gutter.end()
        beside.append((index, start, gutter.end()))
        words[start] += len(line.body[gutter.end() :].split())
        count[start] += 1
    if len(beside) < 4:
        return
    main, most = words.most_common(1)[0]
    if count[main] < 4 or most < 4 * count[main]:
        return
    for index, start, cut in beside:
        if start == main:
            line = lines[index]
            lines[index] = line._replace(
                body=line.body[cut:], column=start, mark="", aside=line.mark + line.body[:cut].rstrip()
            )
