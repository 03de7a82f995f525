"""JSON: one object an input, on one line."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stripper.model import Document, Label, Verdict
from stripper.names import as_unicode
from stripper.writers.jsonl import dump, objects


def write_json(
    document: Document, verdicts: Sequence[Verdict], keep: Collection[Label] | None = None, explain: bool = False
) -> str:
    """The document with its blocks. keep: only these labels; None: all. explain: with the evidence."""
    found = {
        "source": as_unicode(document.name),
        "kind": document.kind,
        "encoding": document.encoding,
        "title": document.title,
        "language": document.language,
        "blocks": list(objects(verdicts, keep, explain)),
    }
    return dump(found) + "\n"
