"""The shared cases as pages to learn from: small inputs of which the labels of some lines are known.

An expectation names lines with their label, texts that belong to the article and texts that don't.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from stripper.decode import UnreadableError
from stripper.model import Document
from stripper.readers import read
from tests.bench.corpora import BODY, NOT_BODY, NUMBER_OF, UNKNOWN


class Case(NamedTuple):
    """A case as one kind of document."""

    name: str
    site: str
    """Cases of one made-up site are of one fold."""
    document: Document
    truth: list[int]


def cases(corpora: Path, kind: str) -> Iterator[Case]:
    """The cases beside the corpora; none where they are absent. Those of HTML are read as copied text, too, but for those
    of encodings that the copying does not know."""
    folder = corpora.parent / "cases"
    found = [(json.loads(file.read_text("utf-8")), file) for file in sorted(folder.glob("*.expect.json"))]
    sites = sites_of([expected.get("labels", {}) for expected, _ in found])
    for (expected, _), site in zip(found, sites, strict=True):
        path = folder / expected["input"]
        try:
            document = read(path.read_bytes(), path.name)
            if kind == "text" and document.kind == "html":
                document = copied(path, corpora)
                if not _holds(document, expected.get("contains", ())):
                    continue
        except UnreadableError:
            continue
        if document.kind == kind and document.blocks:
            yield Case(path.name, f"case {site}", document, truth_of(document, expected))


def copied(path: Path, corpora: Path) -> Document:
    """A page as a browser copies it, by the script beside the corpora; empty where it is absent."""
    script = str(corpora.parent / "score" / "copy_text.py")
    text = subprocess.run([sys.executable, script, str(path)], capture_output=True, check=False).stdout
    return read(text, path.name, kind="text")


def sites_of(labels: list[dict[str, str]]) -> list[int]:
    """A number for each case; those that share a labelled line, directly or through others, have the same."""
    sites = list(range(len(labels)))
    first: dict[str, int] = {}
    for case, lines in enumerate(labels):
        for line in lines:
            other = first.setdefault(line, case)
            old, new = sites[case], sites[other]
            sites = [new if site == old else site for site in sites]
    return sites


def truth_of(document: Document, expected: dict[str, Any]) -> list[int]:
    """The true label of each block, as far as the expectation says; found as those find it that check the labels."""
    texts = [_flat(block.text) for block in document.blocks]

    def holding(part: str) -> list[int]:
        return [at for at, text in enumerate(texts) if part and part in text]

    truth = [UNKNOWN] * len(texts)
    for label, parts in ((NOT_BODY, expected.get("excludes", ())), (BODY, expected.get("contains", ()))):
        for part in parts:
            for at in holding(_flat(part)):
                truth[at] = label
    for line, name in expected.get("labels", {}).items():
        line = _flat(line)
        same = [at for at, text in enumerate(texts) if text == line]
        found = same or holding(line) or [at for at, text in enumerate(texts) if len(text) >= 8 and text in line]
        if same or len(found) == 1 or len(line) >= 20:  # a single word stands in many lines
            for at in found:
                truth[at] = NUMBER_OF[name]
    return truth


def _holds(document: Document, parts: Iterable[str]) -> bool:
    """Whether a document has all of some texts."""
    text = _flat(" ".join([block.text for block in document.blocks]))
    return all(_flat(part) in text for part in parts)


def _flat(text: str) -> str:
    return " ".join(text.split())
