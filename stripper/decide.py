"""Observations → points → sums → verdicts.

Every observation says what it sees in each block; the table of points (`points-html.json`, `points-text.json`,
written by `tests/bench/fit.py`) says what that is worth for each label; the highest sum is the label. The explanation is the same
computation, written down.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import compress, repeat
from operator import add, or_
from typing import Any, NamedTuple

from stripper.doubt import chance, expected_f1, head_start, is_clear, is_small
from stripper.features import Page
from stripper.model import Document, Evidence, Label, Points, Verdict
from stripper.observations import Column, Observation, by_name
from stripper.patterns import PATTERNS, Patterns, patterns_of
from stripper.points import Met, pack, points_table, unpack
from stripper.trees import NO_PATTERNS, short

LABELS = tuple(Label)
FAVOR = {"precision": -60, "balance": 0, "recall": 60}
"""What `--favor` adds to every block's body points."""
START = "start"
DOUBT = "hard-to-tell"
REPEATED = "repeated"
RULES = {
    START: "What a block is worth before anything is seen.",
    DOUBT: "Little is certain on this page: body starts higher, so that as much is kept wrongly as is lost.",
    "favor": "The constant of --favor.",
    REPEATED: "The same text, twelve words or longer, stands before as body: it is printed once.",
    PATTERNS: "No label is far ahead by the tables: what several observations say together, before anything is seen.",
}
"""Rows of an explanation that are no observations."""
_REPEATED_WORDS = 12
"""Shorter lines come again on purpose: a chorus, heads and cells of tables, specifications."""
_REPEATED_POINTS = Points(body=-2000)


class _Row(NamedTuple):
    """An observation with its points, ready for use."""

    observation: Observation
    points: Mapping[Any, int]
    """Value → packed points."""
    note: Callable[[Any], str]
    ruling: Mapping[Any, int] | None
    """Value → the leaves of the patterns that it rules out; None where no pattern asks for it."""


def _measure(entry: dict[str, Any]) -> Callable[[Any], int]:
    edges: list[float] = entry["edges"]
    table = list(map(pack, entry["points"]))
    silent = pack(entry["none"])
    return lambda value: silent if value is None else table[bisect_right(edges, value)]


def _kind(entry: dict[str, Any]) -> Callable[[Any], int]:
    table = {value: pack(points) for value, points in entry["points"].items()}
    other = pack(entry["none"])
    return lambda value: table.get(value, other)


def _set(entry: dict[str, Any], observation: Observation) -> Callable[[Any], int]:
    table = {name: pack(points) for name, points in entry["points"].items()}
    return lambda mask: sum([table.get(name, 0) for name in observation.named(mask)])


def _number(value: Any) -> str:
    if value is None:
        return "unknown"
    if value is True or value is False:
        return "yes" if value else "no"
    return short(value) if isinstance(value, float) else str(value)


def _members(observation: Observation, telling: Collection[str | float]) -> Callable[[Any], str]:
    return lambda mask: ", ".join([name for name in observation.named(mask) if name in telling]) or "none"


def _compile(observation: Observation, entry: dict[str, Any], patterns: Patterns) -> _Row:
    rules_out = patterns.ruling(observation)
    ruling = Met(rules_out) if rules_out else None
    if observation.kind == "measure":
        return _Row(observation, Met(_measure(entry)), _number, ruling)
    if observation.kind == "kind":
        return _Row(observation, Met(_kind(entry)), lambda value: str(value) or "none", ruling)
    telling = {*entry["points"], *patterns.written["asked"].get(observation.name, ())}
    return _Row(observation, Met(_set(entry, observation)), _members(observation, telling), ruling)


class _Table(NamedTuple):
    """The points of a kind of document, ready for use."""

    start: int
    rows: tuple[_Row, ...]
    patterns: Patterns

    def without(self, disabled: Collection[str]) -> _Table:
        """The table without the observations (or the patterns) of these names."""
        rows = tuple([row for row in self.rows if row.observation.name not in disabled])
        if PATTERNS not in disabled:
            return self._replace(rows=rows)
        return _Table(self.start, tuple([row._replace(ruling=None) for row in rows]), patterns_of(NO_PATTERNS))


@cache
def _table(kind: str) -> _Table:
    part = points_table(kind)
    observations, patterns = by_name(), patterns_of(part[PATTERNS])
    rows = tuple([_compile(observations[name], entry, patterns) for name, entry in part["observations"].items()])
    return _Table(pack(part["start"]), rows, patterns)


def decide(
    document: Document, favor: str = "balance", disable: Collection[str] = (), explain: bool = False
) -> list[Verdict]:
    """Label every block of a document.

    favor: `precision`, `balance` or `recall`. disable: names of observations to leave out. explain: also fill in the
    evidence. One verdict a block, in order. Raises KeyError for an unknown `favor` or observation.
    """
    unknown = set(disable) - set(by_name()) - set(RULES)
    if unknown:
        raise KeyError(f"no observation {min(unknown)!r}")
    if not document.blocks:
        return []
    table = _table(document.kind).without(disable) if disable else _table(document.kind)
    page = Page(document)
    columns = [row.observation.function(page) for row in table.rows]
    sums, doubtful = _sums(table, columns, page.size)
    constants = [Evidence(START, "", unpack(table.start))]
    if DOUBT not in disable and not is_small(page.local.words, document.kind):
        f1 = expected_f1(sums, page.local.words)
        if ahead := head_start(f1):
            constants.append(Evidence(DOUBT, f"expected F1 {f1:.2f}", Points(body=ahead)))
    if FAVOR[favor]:
        constants.append(Evidence("favor", "", Points(body=FAVOR[favor])))
    if body := sum([constant.points.body for constant in constants[1:]]):
        sums = [Points(total.body + body, *total[1:]) for total in sums]
    repeated = {} if REPEATED in disable else _repetitions(page, sums)
    evidence = list(_explain(table, columns, doubtful, constants)) if explain else [()] * page.size
    verdicts = []
    for i, block in enumerate(document.blocks):
        total, reasons = sums[i], evidence[i]
        if i in repeated:
            total = Points(*map(add, total, _REPEATED_POINTS))
            if explain:
                reasons = (*reasons, Evidence(REPEATED, f"as block {repeated[i] + 1}", _REPEATED_POINTS))
        label = LABELS[total.index(max(total))]
        if i == page.context.headline and label is Label.BODY:
            block = block._replace(role="title")
        verdicts.append(Verdict(block, label, chance(total, max(total)), total, reasons))
    return verdicts


def _sums(table: _Table, columns: Sequence[Column], size: int) -> tuple[list[Points], list[bool]]:
    """The points of each block, and whether the tables leave it in doubt, so that it has points of patterns, too."""
    points = [map(row.points.__getitem__, column) for row, column in zip(table.rows, columns, strict=True)]
    packed = list(map(sum, zip(repeat(table.start, size), *points, strict=True)))
    sums = list(map(unpack, packed))
    doubtful = [not is_clear(own) for own in sums]
    in_patterns = table.patterns.totals(_ruled_out(table, columns, doubtful))
    for i, more in zip(compress(range(size), doubtful), in_patterns, strict=True):
        sums[i] = unpack(packed[i] + more)
    return sums, doubtful


def _ruled_out(table: _Table, columns: Sequence[Column], doubtful: Sequence[bool]) -> Iterator[int]:
    """The leaves of the patterns that the answers of each doubtful block rule out."""
    masks = [
        map(row.ruling.__getitem__, compress(column, doubtful))
        for row, column in zip(table.rows, columns, strict=True)
        if row.ruling is not None
    ]
    # A third of the answers rule nothing out.
    return (reduce(or_, filter(None, own), 0) for own in zip(repeat(0, sum(doubtful)), *masks, strict=True))


def _repetitions(page: Page, sums: list[Points]) -> dict[int, int]:
    """Blocks whose text stands before as body, with the index of that block. Quotes may repeat what they quote."""
    seen: dict[str, int] = {}
    out = {}
    for i, (text, words, copies) in enumerate(zip(page.local.texts, page.local.words, page.local.copies, strict=True)):
        if (
            copies > 1
            and words >= _REPEATED_WORDS
            and sums[i].body == max(sums[i])
            and page.document.blocks[i].role != "quote"
        ):
            if text in seen:
                out[i] = seen[text]
            else:
                seen[text] = i
    return out


def _explain(
    table: _Table, columns: Sequence[Column], doubtful: Sequence[bool], constants: list[Evidence]
) -> Iterator[tuple[Evidence, ...]]:
    """What the sums are made of: for each observation, the points of its table and what it adds through patterns."""
    in_patterns = table.patterns.shares(_ruled_out(table, columns, doubtful))
    for i, is_doubtful in enumerate(doubtful):
        shares = next(in_patterns) if is_doubtful else {}
        out = constants.copy()
        for row, column in zip(table.rows, columns, strict=True):
            if packed := row.points[column[i]] + shares.pop(row.observation.name, 0):
                out.append(Evidence(row.observation.name, row.note(column[i]), unpack(packed)))
        if packed := sum(shares.values()):  # what is left are observations that are disabled
            out.append(Evidence(PATTERNS, "", unpack(packed)))
        yield tuple(out)
