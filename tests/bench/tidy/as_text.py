"""A made-up page as text: copied from a browser, with blank lines or without; printed by a text browser; hard-wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from textwrap import wrap

from tests.bench.tidy.boxes import LISTS, SHORT, Box, Line, Region

RENDERINGS = ("copied", "close", "printed", "wrapped")
_SIGNS = (" > ", " › ", " / ", " | ")
"""What stands between the links of a row."""
_TIGHT = frozenset({"-", "1.", "~", "`", "|"})
"""Lines of a story that stand without blank lines between them."""


class Sheet:
    """Lines of text as they are written."""

    def __init__(self, rendering: str, random: Random) -> None:
        self.lines: list[str] = []
        self.has_blanks = rendering != "close"
        bullets = {"printed": ("  • ", "     * ", "• "), "wrapped": ("- ",)}.get(rendering, ("", "", "• ", "* "))
        self.bullet = random.choice(bullets)
        self._margin = "   " if rendering == "printed" and random.random() < 0.5 else ""
        self._width = {"printed": 78, "wrapped": random.choice((60, 68, 72))}.get(rendering, 10**6)

    def put(self, text: str, first: str = "") -> None:
        """A line, wrapped; its further lines stand under the first one's text."""
        indent = self._margin + first
        self.lines += wrap(text, self._width, initial_indent=indent, subsequent_indent=" " * len(indent)) or [""]

    def put_as_it_is(self, text: str) -> None:
        """A line that is not wrapped."""
        self.lines.append(self._margin + text)

    def blank(self) -> None:
        """A blank line, where there are any and none stands yet."""
        if self.has_blanks and self.lines and self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        """What is written."""
        return "\n".join(self.lines).strip("\n") + "\n"


def text(regions: Sequence[Region], rendering: str, random: Random) -> str:
    """The page."""
    sheet = Sheet(rendering, random)
    rows, signs = (0.25, (" ", " | ", " · ")) if rendering == "copied" else (0.4, _SIGNS)  # lists that are a row of links
    for region in regions:
        for box in region.boxes:
            if box.kind == "story":
                put_story(sheet, box.lines)
            elif box.kind == "crumbs":
                sheet.put(random.choice(_SIGNS).join(line.text for line in box.lines))
            elif box.kind in LISTS and random.random() < rows:
                sheet.put(random.choice(signs).join(line.text for line in box.lines))
            elif box.kind == "byline" and random.random() < 0.3:
                sheet.put(" · ".join(line.text for line in box.lines))
            else:
                _box(box, sheet, rendering, random)
            sheet.blank()
        if not sheet.has_blanks and random.random() < 0.7:
            sheet.lines.append("")
    return sheet.text()


def _box(box: Box, sheet: Sheet, rendering: str, random: Random) -> None:
    apart = random.random() < 0.5
    in_a_row = random.random() < 0.4  # a name and its date
    waiting = ""
    for line, following in zip(box.lines, [*box.lines[1:], None], strict=True):
        if line.first and apart:
            sheet.blank()
        if line.first and in_a_row and following and not following.first and len(following.text) < SHORT:
            waiting = f"{line.text} "
            continue
        is_item = line.role == "link" and (box.kind in LISTS or box.kind == "related")
        pressed = line.role == "button" and rendering == "printed"
        sheet.put(waiting + (f"[{line.text}]" if pressed else line.text), sheet.bullet if is_item else "")
        waiting = ""


def put_story(sheet: Sheet, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Write the lines of a story; what they are: (label, text)."""
    number = 0
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        number = number + 1 if line.role == "1." else 0
        if line.role in ("`", "~", "|"):
            sheet.put_as_it_is(line.text)
        else:
            sheet.put(line.text, f"{number}. " if number else (sheet.bullet or "• ") if line.role == "-" else "")
        if line.role not in _TIGHT or following is None or following.role != line.role:
            sheet.blank()
    return [(line.label, line.text) for line in lines if line.label]
