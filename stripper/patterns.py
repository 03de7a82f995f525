"""Patterns: what several observations say together.

A pattern is a small decision tree, learned on top of the tables of points (`tests/bench/model.py`): each block follows the
answers down to one leaf, which is worth points like the bin of a measure. In `points.json` a leaf is its four points; a
question is `[observation, edge, below, from]` for a measure (an edge of null: is it unknown?) and
`[observation, value, not, is]` for a value of a kind or a member of a set. An unknown measure is below all edges.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from stripper.observations import Column, by_name
from stripper.points import pack

PATTERNS = "patterns"
"""Their name in the table of points, in explanations and in options."""
_UNKNOWN = -1e30
_KNOWN = -1e20
"""The edge between unknown values and all others."""

Node = tuple[int, float, Any, Any] | int
"""The place of a column, an edge, and what comes below it and from it on; or the packed points of a leaf."""


class Question(NamedTuple):
    """What a pattern asks an observation about: its measure (None), or one value of it."""

    observation: str
    value: str | None


Answers = dict[Question, "array[float]"]
"""One number a block, in single precision, as the patterns are learned; of a value, 1 where it is there."""


class Patterns(NamedTuple):
    """All patterns of a kind of document."""

    questions: tuple[Question, ...]
    trees: tuple[Node, ...]
    asked: Mapping[str, Sequence[Question]]
    """Observation → the questions that it is asked."""

    def rows(self, answers: Answers, size: int) -> Iterator[tuple[float, ...]]:
        """The answers of each of `size` blocks; what is not answered is unknown."""
        unknown = array("f", [_UNKNOWN]) * size
        return zip(*[answers.get(question, unknown) for question in self.questions], strict=True)

    def totals(self, answers: Answers, size: int) -> Iterator[int]:
        """The packed points that all patterns give each block."""
        trees = self.trees
        for row in self.rows(answers, size):
            total = 0
            for node in trees:
                while node.__class__ is tuple:
                    place, edge, below, above = node
                    node = below if row[place] < edge else above
                total += node  # type: ignore[operator]
            yield total

    def leaves(self, row: Sequence[float]) -> Iterator[tuple[int, str]]:
        """Of each pattern, the packed points of the leaf that a block comes to by its answers, and these in words."""
        for tree in self.trees:
            yield next(self._leaves(tree, {}, row))

    def all_leaves(self) -> Iterator[tuple[int, str]]:
        """The same of all leaves."""
        for tree in self.trees:
            yield from self._leaves(tree, {})

    def _leaves(
        self, node: Node, known: Mapping[int, tuple[float, float]], row: Sequence[float] | None = None
    ) -> Iterator[tuple[int, str]]:
        """The leaves under a node, by what is known of the answers so far: those of a block or any."""
        if isinstance(node, int):
            yield node, ", ".join([said(self.questions[place], *ends) for place, ends in known.items()])
            return
        place, edge, below, above = node
        low, high = known.get(place, (_UNKNOWN, -_UNKNOWN))
        if row is None or row[place] < edge:
            yield from self._leaves(below, {**known, place: (low, min(high, edge))}, row)
        if row is None or not row[place] < edge:
            yield from self._leaves(above, {**known, place: (max(low, edge), high)}, row)


def answers_of(questions: Sequence[Question], column: Column) -> Answers:
    """What an observation answers, from its column; the questions are all of one observation."""
    observation = by_name()[questions[0].observation]
    if observation.kind == "measure":
        try:
            return {questions[0]: array("f", column)}  # type: ignore[arg-type]
        except TypeError:
            known = [_UNKNOWN if value is None else value for value in column]
            return {questions[0]: array("f", known)}  # type: ignore[arg-type]
    out: Answers = {question: array("f", [0.0]) * len(column) for question in questions}
    flags: dict[object, Sequence[array[float]]] = {}  # value of the column → the answers that it makes 1
    for place, value in enumerate(column):
        if (own := flags.get(value)) is None:
            here = observation.named(value)
            own = flags[value] = [answer for question, answer in out.items() if question.value in here]
        for answer in own:
            answer[place] = 1.0
    return out


def said(question: Question, low: float, high: float) -> str:
    """In words, that an answer is `low` or more and below `high`."""
    name, value = question
    if value is not None:
        return f"{name} {'' if low > 0 else 'not '}{value or 'none'}"
    if high <= _KNOWN:
        return f"{name} unknown"
    if low <= _KNOWN:
        return f"{name} known" if high >= -_UNKNOWN else f"{name} below {short(high)}"
    return f"{name} {short(low)} or more" if high >= -_UNKNOWN else f"{name} {short(low)} to {short(high)}"


def short(number: float) -> str:
    """A number for people, with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def patterns_of(entries: Sequence[Any]) -> Patterns:
    """The patterns of `points.json`, ready for use."""
    places: dict[Question, int] = {}

    def node_of(entry: Any) -> Node:
        name, *rest = entry
        if isinstance(name, int):
            return pack(entry)
        asked, below, above = rest
        question = Question(name, asked if isinstance(asked, str) else None)
        edge = _KNOWN if asked is None else 0.5 if isinstance(asked, str) else asked
        return places.setdefault(question, len(places)), edge, node_of(below), node_of(above)

    trees = tuple(map(node_of, entries))
    asked: dict[str, list[Question]] = {}
    for question in places:
        asked.setdefault(question.observation, []).append(question)
    return Patterns(tuple(places), trees, asked)
