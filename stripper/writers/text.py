"""Plain text: the kept blocks and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stripper.layout import lines_of, paragraphs
from stripper.model import Document, Label, Verdict


def write_text(document: Document, verdicts: Sequence[Verdict], keep: Collection[Label], unwrap: bool = False) -> str:
    """The kept blocks as text that ends with a line end; empty where nothing is kept.

    HTML: the headline first, blocks apart by a blank line. Text input: its own lines, unchanged. unwrap: text input
    is laid out like HTML, hard-wrapped paragraphs on one line each; its headline stays where it stands.
    """
    lines = paragraphs(document, verdicts, keep) if unwrap else lines_of(document, verdicts, keep)
    return "".join([f"{line.text}\n" for line in lines if line.kept])
