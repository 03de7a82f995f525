"""The inspect view: every block with its label, how sure that is, and the start of its text."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from stripper.model import Document, Label, Verdict
from stripper.names import printable
from stripper.report import DOUBTFUL
from stripper.terminal.cells import wrap
from stripper.terminal.style import LABEL_WIDTH, Style, line, start_of

SIGNS = ((0.85, "●", "#"), (DOUBTFUL, "◐", "+"), (0.0, "○", "?"))
"""Confidence from which a sign is used, the sign, and the sign for terminals without Unicode."""
_HOW = {"utf-8": "valid", "bom": "byte-order mark"}
"""How an encoding was known, where a word of its own says it better."""
_MOST_NUMBERS = 8
"""Doubtful blocks that are named."""


def sign(confidence: float, style: Style) -> str:
    """The sign for a confidence between 0 and 1."""
    return next(style.pick(fancy, plain) for least, fancy, plain in SIGNS if confidence >= least)


def chosen(verdicts: Sequence[Verdict], shown: set[int] | None) -> list[Verdict]:
    """The verdicts on the blocks whose numbers are in `shown`; all of them where that is None."""
    return [verdict for verdict in verdicts if shown is None or verdict.block.number in shown]


def about(document: Document, verdicts: Sequence[Verdict], rows: Sequence[Verdict]) -> str:
    """One line on where the blocks came from."""
    count = f"{len(verdicts)} block" + "s" * (len(verdicts) != 1)
    facts = (
        document.origin or document.kind,
        f"{document.encoding} ({_HOW.get(document.how_decoded, document.how_decoded)})",
        document.language,
        f"wrapped at column {document.wrap}" if document.wrap else "",
        count if len(rows) == len(verdicts) else f"{count}, {len(rows)} shown",
    )
    return ", ".join(filter(None, facts))


def command(options: str, name: str) -> str:
    """What to type to see `name` with other options; standard input has no name to give."""
    if name == "-":
        return f"stripper {options}"
    return f"stripper {options} {shlex.quote(f'./{name}' if name.startswith('-') else name)}"


def inspect_view(
    document: Document, verdicts: Sequence[Verdict], style: Style, shown: set[int] | None = None
) -> Iterator[str]:
    """Lines of the view; `shown` restricts it to blocks with these numbers."""
    rows = chosen(verdicts, shown)
    yield line(style, (printable(document.name) if document.name != "-" else "standard input", "head"))
    for row in wrap(((word, "") for word in about(document, verdicts, rows).split()), style.width):
        yield line(style, *row)
    if document.title:
        yield line(style, ("title: ", "faint"), start_of(document.title, style))
    yield ""
    yield from _table(rows, style)
    if rows:
        yield ""
        yield from _summary(document, rows, style)


def _table(rows: Sequence[Verdict], style: Style) -> Iterator[str]:
    numbers = max((len(str(verdict.block.number)) for verdict in rows), default=1)
    places = max((len(str(verdict.block.lines[0])) for verdict in rows if verdict.block.lines[0]), default=0)
    for block, label, confidence, *_ in rows:
        place = f"{f'L{block.lines[0]}' if block.lines[0] else '':>{places + 1}}  " if places else ""
        yield line(
            style,
            f"{block.number:>{numbers}}  ",
            (f"{label:<{LABEL_WIDTH}} {sign(confidence, style)}", label),
            "  ",
            (place, "faint"),
            ("(hidden) " if block.hidden else "", "faint"),
            (start_of(block.mark + block.text, style), "" if label is Label.BODY else "faint"),
        )


def _summary(document: Document, rows: Sequence[Verdict], style: Style) -> Iterator[str]:
    for label in Label:
        texts = [verdict.block.text for verdict in rows if verdict.label is label]
        words = sum(len(text.split()) for text in texts)
        yield line(
            style,
            (f"{label:<{LABEL_WIDTH}}", label),
            f" {len(texts):>6,} block{'s' if len(texts) != 1 else ' '} {words:>8,} word{'s' if words != 1 else ''}",
        )
    doubtful = sorted((verdict for verdict in rows if verdict.confidence < DOUBTFUL), key=lambda one: one.confidence)
    if doubtful:
        numbers = ", ".join(str(verdict.block.number) for verdict in doubtful[:_MOST_NUMBERS])
        numbers += style.pick(", …", ", ...") * (len(doubtful) > _MOST_NUMBERS)
        yield line(style, f"{len(doubtful):,} doubtful ({sign(0, style)}): block{'s' * (len(doubtful) > 1)} {numbers}")
    # The least sure block is the one worth asking about.
    asked = min(rows, key=lambda verdict: verdict.confidence)
    number = asked.block.number
    yield line(style, (f"why is {number} {asked.label}? ", "faint"), command(f"-x -n {number}", document.name))
