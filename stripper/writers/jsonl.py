"""JSON lines: one object a block, in page order."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from stripper.model import Document, Label, Verdict
from stripper.names import as_unicode

_encode = json.JSONEncoder(ensure_ascii=False).encode
_ACTING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What acts on a terminal or ends a line somewhere, and JSON does not escape by itself: names of files and elements
hold it."""


def dump(found: Mapping[str, object]) -> str:
    """An object on one line, with nothing in it that acts on a terminal."""
    return _ACTING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", _encode(found))


def write_jsonl(
    document: Document, verdicts: Sequence[Verdict], keep: Collection[Label] | None = None, explain: bool = False
) -> str:
    """One line a block. keep: only these labels; None: all. explain: with the evidence."""
    source = as_unicode(document.name)
    return "".join([dump({"source": source, **block}) + "\n" for block in objects(verdicts, keep, explain)])


def objects(verdicts: Sequence[Verdict], keep: Collection[Label] | None, explain: bool) -> Iterator[dict[str, object]]:
    """The blocks as objects; points and confidence are rounded, so that they are the same on every machine."""
    for block, label, confidence, _, evidence in verdicts:
        if keep is not None and label not in keep:
            continue
        found: dict[str, object] = {
            "number": block.number,
            "label": label,
            "role": block.role,
            # The number of a text's list item is a word of the input; a bullet says no more than the role, and the mark of
            # a page's item is ours.
            "text": block.mark + block.text if block.element < 0 and any(map(str.isalnum, block.mark)) else block.text,
            "confidence": round(confidence, 4),
        }
        if block.hidden:
            found["hidden"] = True
        if explain:
            found["evidence"] = [
                {
                    "observation": row.observation,
                    "note": row.note,
                    "points": {name: points / 100 for name, points in row.points._asdict().items()},
                }
                for row in evidence
            ]
        yield found
