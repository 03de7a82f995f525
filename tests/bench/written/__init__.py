"""Small pages and texts written by hand, of as many kinds and makes as came to mind, to learn from only.

All of it is invented. Beside `page.html` stands `page.html.labels`, which names the label of every visible line in page
order, as for the samples. Where the tidy pages are built from parts, no two of these are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stripper.model import Document
from stripper.readers import read
from tests.bench.cases import Case, copied
from tests.bench.corpora import align
from tests.samples import SUFFIX, parse

FOLDER = Path(__file__).parent


class WrittenPage(NamedTuple):
    """A page with the label of each line."""

    path: Path
    document: Document
    lines: list[tuple[str, str]]
    """(label, text)"""


def pages_in(folder: Path) -> Iterator[WrittenPage]:
    """The pages of a folder, by name."""
    for labels in sorted(folder.glob(f"*{SUFFIX}")):
        path = labels.with_name(labels.name.removesuffix(SUFFIX))
        lines = [(str(line.label), line.text) for line in parse(labels.read_text("utf-8"), path).lines]
        yield WrittenPage(path, read(path.read_bytes(), path.name), lines)


def written(corpora: Path, kind: str) -> Iterator[Case]:
    """The pages as one kind of document; those of HTML are read as copied text, too, where the corpora are."""
    for path, document, lines in pages_in(FOLDER):
        if kind == "text" and document.kind == "html":
            document = copied(path, corpora)
        if document.kind == kind and document.blocks:
            yield Case(path.name, f"written {path.stem}", document, align(document, lines))
