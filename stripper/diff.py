"""Verdicts → a unified diff. Nothing is compared: kept lines are the context, dropped ones the minus lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from stripper.layout import Line, lines_of
from stripper.model import Document, Label, Verdict

NO_END = "\\ No newline at end of file"


class Row(NamedTuple):
    """A line of a hunk."""

    sign: str
    """A blank: in both; `-`: only in the input; `+`: only in the output."""
    text: str
    """The line without its line end."""
    ends: bool = True
    """False for a last line of the input that has no line end."""


class Hunk(NamedTuple):
    """Rows with their places; the first line is 1, and 0 lines stand after the line that is named."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int
    rows: list[Row]

    def header(self) -> str:
        """`@@ -1,4 +1,2 @@`, written as GNU diff does."""
        return f"@@ -{_range(self.old_start, self.old_count)} +{_range(self.new_start, self.new_count)} @@"


def rows_of(lines: Sequence[Line], original: str = "") -> list[Row]:
    """The input's lines with their signs.

    original: the decoded input, for what the lines do not tell: CR LF line ends and a byte-order mark (the output has
    neither, so such a line is one less and one more) and a last line without an end.
    """
    raw = original.removesuffix("\n").split("\n") if original else []
    exact = len(raw) == len(lines)
    ends_last = not original or original.endswith("\n")
    rows: list[Row] = []
    for at, line in enumerate(lines):
        old = line.text
        if exact:
            old = ("\ufeff" if raw[at].startswith("\ufeff") and not at else "") + old + "\r" * raw[at].endswith("\r")
        ends = ends_last or at < len(lines) - 1
        if line.kept and old == line.text and ends:
            rows.append(Row(" ", old))
            continue
        rows.append(Row("-", old, ends))
        if line.kept:
            rows.append(Row("+", line.text))
    return rows


def hunks(rows: Sequence[Row], context: int = 3) -> Iterator[Hunk]:
    """Group changed rows with `context` unchanged lines around them; groups that would touch are one."""
    changes = [at for at, row in enumerate(rows) if row.sign != " "]
    ends = [*(n for n in range(1, len(changes)) if changes[n] - changes[n - 1] > 2 * context + 1), len(changes)]
    at = old = new = begin = 0  # rows passed, with the lines of each side among them; first change of the group
    for end in ends if changes else ():
        first, last = max(changes[begin] - context, 0), min(changes[end - 1] + context + 1, len(rows))
        begin = end
        old, new = old + first - at, new + first - at  # what lies between two groups is in both
        group = rows[first:last]
        old_count = sum(row.sign != "+" for row in group)
        new_count = sum(row.sign != "-" for row in group)
        yield Hunk(old + (old_count > 0), old_count, new + (new_count > 0), new_count, list(_sorted(group)))
        at, old, new = last, old + old_count, new + new_count


def _sorted(rows: Sequence[Row]) -> Iterator[Row]:
    """In a run of changes first what goes, then what comes."""
    plus: list[Row] = []
    for row in rows:
        if row.sign == "+":
            plus.append(row)
            continue
        if row.sign == " ":
            yield from plus
            plus.clear()
        yield row
    yield from plus


def _range(start: int, count: int) -> str:
    return str(start) if count == 1 else f"{start},{count}"


def unified(
    document: Document, verdicts: Sequence[Verdict], keep: Collection[Label], context: int = 3, original: str = ""
) -> str:
    """The unified diff from the input to the output; empty where nothing is dropped.

    For text input in UTF-8 `patch` makes the output of it. For HTML the old side is the page in plain text.
    """
    rows = rows_of(lines_of(document, verdicts, keep), original if document.source else "")
    out: list[str] = []
    for hunk in hunks(rows, context):
        if not out:
            name = document.name.lstrip("/")
            out += [f"--- {quoted(f'a/{name}')}", f"+++ {quoted(f'b/{name}')}"]
        out.append(hunk.header())
        for row in hunk.rows:
            out.append(row.sign + row.text)
            if not row.ends:
                out.append(NO_END)
    return "\n".join(out) + "\n" if out else ""


_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def quoted(name: str) -> str:
    """A file name for the head of a diff, in quotes where git and GNU patch want them.

    A name with a blank gets a tab after it, as git does, so that `patch` does not stop at the blank.
    """
    if name.isprintable() and '"' not in name and "\\" not in name:
        return name + "\t" * (" " in name)
    return '"' + "".join(map(_escaped, name)) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if code in _ESCAPES:
        return _ESCAPES[code]
    if character.isprintable():
        return character
    return "".join([f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape")])
