"""Draws the pictures of the documentation: `python -m tests.bench.pictures`.

To be run after anything that changes a view or the points; a test says when.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stripper.decide import decide
from stripper.model import Label
from stripper.readers import read
from stripper.terminal import Style, diff_view, explain_view, inspect_view
from stripper.terminal.picture import screenshot

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "pictures"
SAMPLE = "samples/news.html"
STYLE = Style(colour=True, width=100, unicode=True, terminal=True)


def pictures() -> Iterator[tuple[str, str]]:
    """File names and what belongs in the files."""
    document = read((ROOT / SAMPLE).read_bytes(), SAMPLE, number_lines=True)
    verdicts = decide(document, explain=True)
    first, last = 16, 41
    shown = set(range(first, last + 1))
    read_more = next(verdict.block.number for verdict in verdicts if verdict.block.text.startswith("Read more"))
    kept = frozenset({Label.BODY})
    views = {
        "inspect": (f"stripper -i -n {first}-{last} {SAMPLE}", inspect_view(document, verdicts, STYLE, shown)),
        "explain": (f"stripper -x -n {read_more} {SAMPLE}", explain_view(document, verdicts, STYLE, {read_more})),
        "diff": (f"stripper -d {SAMPLE}", list(diff_view(document, verdicts, kept, STYLE))[20:56]),
    }
    for name, (command, lines) in views.items():
        yield f"{name}.svg", screenshot(lines, command, STYLE.width)


def main() -> None:
    """Write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, picture in pictures():
        (FOLDER / name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
