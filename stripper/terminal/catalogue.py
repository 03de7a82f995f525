"""The observations and what they are worth, for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from stripper.decide import RULES, START
from stripper.model import Evidence, Points
from stripper.observations import OBSERVATIONS, by_name
from stripper.patterns import PATTERNS
from stripper.points import points_table, unpack
from stripper.terminal.cells import pad, wrap
from stripper.terminal.style import Span, Style, line, visible
from stripper.terminal.table import table_lines
from stripper.trees import NO_PATTERNS, leaves_of, sizes_of, trees_of

KINDS = {"html": "HTML pages", "text": "plain text"}
"""The kinds of document, each with its own table of points."""
UNKNOWN = "unknown"
"""What stands for a value that the source cannot tell, or that the table does not know."""


def observations_view(style: Style) -> Iterator[str]:
    """Lines of the list of observations, by group, with what each is worth.

    The worth is the mean, over the values that an observation can have, of its largest points for any label, and what its
    answers change in patterns, in HTML pages and in plain text.
    """
    in_patterns = {kind: _in_patterns(kind) for kind in KINDS}
    longest = max(len(each.name) for each in OBSERVATIONS)
    group = ""
    yield line(style, ("  html   text", "faint"))
    groups = list(dict.fromkeys(each.group for each in OBSERVATIONS))
    for each in sorted(OBSERVATIONS, key=lambda one: groups.index(one.group)):
        if each.group != group:
            group = each.group
            yield line(style, (group, "head"))
        worth = "".join(f"{_worth(kind, each.name, in_patterns[kind].get(each.name, 0)):>6} " for kind in KINDS)
        yield line(style, worth, f" {pad(each.name, longest)}  ", (each.description, "faint"))
    yield line(style, ("always there", "head"))
    for name, description in RULES.items():
        yield line(style, f"{'':14} {pad(name, longest)}  ", (description, "faint"))


def _worth(kind: str, name: str, in_patterns: float) -> str:
    """Mean size of an observation's points and what it changes in patterns, in points; a dot where it has none."""
    rows = _rows(kind, name)
    return f"{(sum(max(map(abs, row.points)) for row in rows) / len(rows) + in_patterns) / 100:.2f}" if rows else "."


def _in_patterns(kind: str) -> dict[str, float]:
    """What each observation changes in the patterns of a kind of document, in hundredths of a point."""
    return sizes_of(trees_of(points_table(kind).get(PATTERNS, NO_PATTERNS)))


def _rows(kind: str, name: str) -> list[Evidence]:
    """The points of an observation in documents of `kind`, a row for each of its values."""
    table = points_table(kind)
    if name == START:
        return [Evidence("any", "", Points(*table["start"]))]
    if name == PATTERNS:
        return [Evidence(answers, "", unpack(packed)) for packed, answers in leaves_of(trees_of(table[PATTERNS]))]
    entry = table["observations"].get(name)
    if not entry:
        return []
    if "edges" in entry:
        values = list(zip(_ranges(entry["edges"]), entry["points"], strict=True))
    else:
        values = list(entry["points"].items())
    if any(none := entry.get("none", ())):
        values.append((UNKNOWN, none))
    return [Evidence(value or "none", "", Points(*points)) for value, points in values]


def _ranges(edges: list[float]) -> Iterator[str]:
    """The bins between `edges` in words; a value on an edge belongs to the bin above."""
    if not edges:
        yield "any"
        return
    yield f"below {edges[0]:g}"
    for low, high in pairwise(edges):
        yield f"{low:g} to {high:g}"
    yield f"{edges[-1]:g} or more"


def observation_view(name: str, style: Style) -> Iterator[str]:
    """Lines on one observation: description, examples, points. KeyError, at once, where there is none of that name."""
    if name in RULES:
        return _about(name, "always there", RULES[name], {}, style)
    each = by_name()[name]
    facts = f"{each.group}, {each.kind}, {' and '.join(each.sources)}"
    return _about(name, facts, each.description, each.examples(), style)


def _about(
    name: str, facts: str, description: str, examples: dict[str, tuple[int, str]], style: Style
) -> Iterator[str]:
    yield line(style, (name, "head"), (f"  {facts}", "faint"))
    yield from _folded([(description, "")], style)
    for key, (number, example) in examples.items():
        block = f" for block {number}" if number else ""
        yield from _folded([(f"{key}{block}:", "faint"), (example.replace("\n", " ¶ "), "")], style)
    for kind in KINDS:
        if rows := _rows(kind, name):
            yield ""
            yield line(style, (f"points in {KINDS[kind]}", "head"))
            yield from table_lines(rows, style)
            if size := _in_patterns(kind).get(name):
                yield from _folded([(f"and {size / 100:.2f} in patterns, in the mean", "faint")], style)


def _folded(spans: list[Span], style: Style) -> Iterator[str]:
    words = [(word, paint) for text, paint in spans for word in visible(text, style.unicode).split()]
    for row in wrap(words, style.width):
        yield line(style, *row)
