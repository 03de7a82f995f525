"""Documents and verdicts made by hand, and a classifier that looks at nothing but a word.

A document is drawn as text, one letter a verdict: `labelled(document, "bnj")`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection

import pytest

from stripper.model import Block, Document, Evidence, Label, Points, Verdict

LETTERS = {label.value[0]: label for label in Label}
BODY = frozenset({Label.BODY})


def html(*blocks: Block, **fields: object) -> Document:
    """A page of these blocks, numbered in order."""
    numbered = tuple(block._replace(number=number) for number, block in enumerate(blocks, 1))
    return Document("page.html", "html", blocks=numbered)._replace(**fields)  # type: ignore[arg-type]


def text(source: str, name: str = "notes.txt") -> Document:
    """Plain text: every stretch of lines that are not blank is a block."""
    lines = source.split("\n")
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        if end > at:
            words = " ".join(lines[at:end])
            blocks.append(Block(len(blocks) + 1, words, "paragraph", (at + 1, end), gap=1))
        at = end + 1
    return Document(name, "text", blocks=tuple(blocks), source=tuple(lines))


def labelled(document: Document, letters: str) -> list[Verdict]:
    """Verdicts by first letter of the label."""
    verdicts = []
    for block, letter in zip(document.blocks, letters, strict=True):
        label = LETTERS[letter]
        points = Points(**{label.value: 150})
        verdicts.append(Verdict(block, label, 0.75, points, (Evidence("letter", letter, points),)))
    return verdicts


def decide(
    document: Document, favor: str = "balance", disable: Collection[str] = (), explain: bool = False
) -> list[Verdict]:
    """The label is the word before a colon; without one, body. Some words make trouble."""
    verdicts = []
    for block in document.blocks:
        if block.text.startswith("raise:"):
            raise TypeError("two\nlines")
        if block.text.startswith("sleep:"):
            time.sleep(60)
        if block.text.startswith("die:"):
            os._exit(7)
        word, colon, _ = block.text.partition(":")
        label = Label(word) if colon and word in list(Label) else Label.BODY
        points = Points(**{label.value: 150})
        verdicts.append(Verdict(block, label, 0.75, points, (Evidence("word", word, points),) if explain else ()))
    return verdicts


@pytest.fixture
def fake_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the classifier above in the place of the real one."""
    monkeypatch.setattr("stripper.decide.decide", decide)
