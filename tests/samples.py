"""Loads `samples/`: each input with the labels its lines should get.

Beside `page.html` stands `page.html.labels`, which lists every visible line of the page in page order:

    # What is special about this input.
    share     0.85
    nav       Skip to main content
    body      The headline
    !caption  A line that is known to be taken for body, or the other way round

`share` is how many of the lines (0 to 1) must get their label exactly. That body is body and the rest is not is asked
of every line but those marked with `!`, of which the contrary is asked: whoever improves a line takes its mark away.
`python -m tests.samples` sets marks and shares to what is true today; read the difference before you keep it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from stripper.decide import decide
from stripper.model import Document, Label
from stripper.readers import read

SAMPLES = Path(__file__).parent.parent / "samples"
SUFFIX = ".labels"
COLUMN = 10
"""Where the texts begin in a file of labels."""
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


def judged(sample: Sample) -> list[tuple[Line, set[Label]]]:
    """Each line with the labels of the blocks that hold its characters.

    Both sides are the same characters in the same order (which a test of its own asks), so that they align by counting.
    """
    labels = [verdict.label for verdict in decide(document(sample.path))]
    labels_by_character = [labels[index] for index, text in shown(document(sample.path)) for _ in text]
    pairs, start = [], 0
    for line in sample.lines:
        end = start + len(characters(line.text))
        pairs.append((line, set(labels_by_character[start:end])))
        start = end
    return pairs


def kept_right(line: Line, got: set[Label]) -> bool:
    """Whether the line is in body blocks only if it is body, in none if not."""
    return {label is Label.BODY for label in got} <= {line.label is Label.BODY}


def share(pairs: list[tuple[Line, set[Label]]]) -> float:
    """How many of the lines have their label and no other."""
    return sum(got <= {line.label} for line, got in pairs) / len(pairs)


def marked(sample: Sample, text: str) -> str:
    """The file of labels with the marks and the share (rounded down to a twentieth) that are true today."""
    pairs = judged(sample)
    rows = text.splitlines()
    for line, got in pairs:
        key = line.label if kept_right(line, got) else f"!{line.label}"
        rows[line.number - 1] = f"{key:<{COLUMN}}{line.text}"
    rows = [row for row in rows if not row.startswith("share ")]
    head = sum(row.startswith("#") for row in rows)
    rows.insert(head, f"{'share':<{COLUMN}}{int(share(pairs) * 20) / 20:.2f}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    for sample in samples():
        file = sample.path.with_name(sample.path.name + SUFFIX)
        file.write_text(marked(sample, file.read_text(encoding="utf-8")), encoding="utf-8")
