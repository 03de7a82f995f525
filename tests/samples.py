"""Loads `samples/`: each input with the labels its lines should get.

Beside `page.html` stands `page.html.labels`, which lists every visible line of the page in page order:

    # What is special about this input.
    share     0.85
    nav       Skip to main content
    body      The headline
    !caption  A line that is known to be taken for body, or the other way round

`share` is how many of the lines (0 to 1) must get their label exactly. That body is body and the rest is not is asked
of every line but those marked with `!`, of which the contrary is asked: whoever improves a line takes its mark away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from stripper.decide import decide
from stripper.model import Document, Label, Verdict
from stripper.readers import read

SAMPLES = Path(__file__).parent.parent / "samples"
SUFFIX = ".labels"
_LINK_NUMBER = re.compile(r"\[[0-9]{1,4}\]")


class Line(NamedTuple):
    """A line of a page with the label it should get."""

    number: int
    """Where it stands in the file of labels, counted from 1."""
    label: Label
    text: str
    missed: bool
    """Known to be taken for body though it is not, or the other way round."""


class Sample(NamedTuple):
    """An input with what is expected of it."""

    path: Path
    share: float
    lines: tuple[Line, ...]


def parse(text: str, path: Path) -> Sample:
    """The sample at `path`, expected as in `text`; ValueError names the line that can't be read."""
    share, lines = 1.0, []
    for number, row in enumerate(text.splitlines(), 1):
        if not row or row.startswith("#"):
            continue
        key, gap, rest = row.partition("  ")
        name, value = key.removeprefix("!"), rest.strip()
        if key == "share":
            share = float(value)
        elif name in set(Label) and gap and value:
            lines.append(Line(number, Label(name), value, missed=key != name))
        else:
            raise ValueError(f"{path.name}{SUFFIX}, line {number}: not a label, two blanks and a text: {row!r}")
    return Sample(path, share, tuple(lines))


@cache
def samples() -> tuple[Sample, ...]:
    """All samples, by name."""
    return tuple(
        parse(labels.read_text(encoding="utf-8"), labels.with_name(labels.name.removesuffix(SUFFIX)))
        for labels in sorted(SAMPLES.glob(f"*{SUFFIX}"))
    )


@cache
def document(path: Path) -> Document:
    return read(path.read_bytes(), path.name)


@cache
def verdicts(path: Path) -> tuple[Verdict, ...]:
    return tuple(decide(document(path)))


def characters(text: str) -> str:
    """What is compared of a text: letters and digits. Blanks, marks and lynx's link numbers are up to the reader."""
    return "".join(filter(str.isalnum, _LINK_NUMBER.sub("", text)))


def shown(document: Document) -> list[tuple[int, str]]:
    """Index and characters of the blocks that the page shows; in text input the mark of an item is part of it."""
    return [
        (index, characters((block.mark if document.kind == "text" else "") + block.text))
        for index, block in enumerate(document.blocks)
        if not block.hidden
    ]


def spread(lines: Iterable[Line], document: Document) -> list[set[int]]:
    """For each line, the indexes of the blocks that hold its characters.

    Both sides are the same characters in the same order (which a test of its own asks), so that they align by counting.
    """
    owners = [index for index, text in shown(document) for _ in text]
    spread, start = [], 0
    for line in lines:
        end = start + len(characters(line.text))
        spread.append(set(owners[start:end]))
        start = end
    return spread
