"""Which lines belong together besides paragraphs (code, headings with underlines, rows of tables), and their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from stripper.readers.text_lines import BORDER, FENCE, ROW, RULE, TEXT, Line, has_cells, squeeze
from stripper.readers.text_wrap import without_blanks

_CODE = re.compile(r"[{}\\]|[A-Za-z_\d]\(|::|->|=>| = |==|</|^(?:\$|>>>|//|--|#!) ?[^\W\d]|[({;]$")
"""What a line of code holds more often than not, and a line of prose hardly ever."""
_CODE_ENDS = ";{})"


def code_groups(lines: Sequence[Line]) -> dict[int, int]:
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


def is_underlined(lines: Sequence[Line], index: int) -> bool:
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


def row_end(lines: Sequence[Line], index: int) -> int:
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


def is_in_table(lines: Sequence[Line], index: int) -> bool:
    """Whether a line with columns is a table's row: it has three cells, or the line above or below has columns, too."""
    line = lines[index]
    if line.kind != TEXT or line.aside or line.mark or line.depth:
        return False
    above = index > 0 and not line.gap and has_cells(lines[index - 1].body)
    below = index + 1 < len(lines) and not lines[index + 1].gap and has_cells(lines[index + 1].body)
    return above or below or squeeze(line.body).count("\t") > 1


def cells(group: Sequence[Line]) -> str:
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


def unwrapped(group: Sequence[Line]) -> str:
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


def dedent(source: Sequence[str]) -> str:
    """Lines of code without their common indent, blank lines between them kept."""
    lines = [line.rstrip().expandtabs(4) for line in source]
    indent = min(len(line) - len(line.lstrip()) for line in lines if line)
    return "\n".join(line[indent:] for line in lines)
