"""Patterns: trees over the answers of observations."""

from __future__ import annotations

import pytest

from stripper.decide import decide
from stripper.observations import Column, by_name
from stripper.patterns import PATTERNS, Answers, Patterns, Question, answers_of, patterns_of
from stripper.points import pack, points_table, unpack
from stripper.readers import read

TREE = ["words", 4.0, ["role", "item", [0, 0, 1, 0], [0, 0, 30, 0]], ["words", 9.0, [5, 0, 0, 0], [50, 0, 0, 0]]]
UNKNOWN = ["gap-length", None, [1, 0, 0, 0], [2, 0, 0, 0]]


def answered(patterns: Patterns, columns: dict[str, Column]) -> Answers:
    return {
        question: answer
        for name, questions in patterns.asked.items()
        if name in columns
        for question, answer in answers_of(questions, columns[name]).items()
    }


@pytest.mark.parametrize(
    ("words", "role", "points", "answers"),
    [
        (3, "item", (0, 0, 30, 0), "words below 4, role item"),
        (3, "quote", (0, 0, 1, 0), "words below 4, role not item"),
        (4, "item", (5, 0, 0, 0), "words 4 to 9"),
        (9, "item", (50, 0, 0, 0), "words 9 or more"),
        (None, "item", (0, 0, 30, 0), "words unknown, role item"),
    ],
)
def test_a_block_follows_its_answers_to_a_leaf(
    words: int | None, role: str, points: tuple[int, ...], answers: str
) -> None:
    patterns = patterns_of([TREE])
    own = answered(patterns, {"words": [words], "role": [role]})
    assert list(patterns.totals(own, 1)) == [pack(points)]
    ((leaf, said),) = patterns.leaves(*patterns.rows(own, 1))
    assert unpack(leaf) == points
    assert said == answers.replace("unknown", "below 4")


@pytest.mark.parametrize(("value", "points", "answers"), [(None, 1, "unknown"), (-5.0, 2, "known"), (0, 2, "known")])
def test_a_pattern_may_ask_what_is_known(value: float | None, points: int, answers: str) -> None:
    patterns = patterns_of([UNKNOWN])
    ((leaf, said),) = patterns.leaves(*patterns.rows(answered(patterns, {"gap-length": [value]}), 1))
    assert (unpack(leaf).body, said) == (points, f"gap-length {answers}")


def test_what_is_not_answered_is_unknown() -> None:
    patterns = patterns_of([TREE, UNKNOWN])
    assert list(patterns.totals(answered(patterns, {"words": [9, 9]}), 2)) == [pack((51, 0, 0, 0))] * 2


def test_a_member_of_a_set_is_asked_by_its_name() -> None:
    members = by_name()["phrases"].members
    share, credit = (Question("phrases", name) for name in ("share", "credit"))
    masks = [1 << members.index(name) for name in ("share", "credit")]
    answers = answers_of([share, credit], [masks[0], 0, sum(masks)])
    assert {question.value: list(answer) for question, answer in answers.items()} == {"share": [1, 0, 1], "credit": [0, 0, 1]}


def test_all_leaves_can_be_listed() -> None:
    assert [(unpack(leaf), said) for leaf, said in patterns_of([TREE]).all_leaves()] == [
        ((0, 0, 1, 0), "words below 4, role not item"),
        ((0, 0, 30, 0), "words below 4, role item"),
        ((5, 0, 0, 0), "words 4 to 9"),
        ((50, 0, 0, 0), "words 9 or more"),
    ]


@pytest.mark.parametrize("kind", ["html", "text"])
def test_patterns_ask_what_there_is(kind: str) -> None:
    part = points_table()[kind]
    for name, value in patterns_of(part[PATTERNS]).questions:
        observation = by_name()[name]
        assert kind in observation.sources
        assert name in part["observations"], "its column would not be there"
        assert (value is None) == (observation.kind == "measure")
        if observation.kind == "set":
            assert value in observation.members


@pytest.mark.parametrize("kind", ["html", "text"])
def test_patterns_can_be_disabled(kind: str) -> None:
    page = {"html": "<p>Home</p><p>The ferry leaves at nine.</p>", "text": "Home\n\nThe ferry leaves at nine."}
    document = read(page[kind], kind=kind)
    full, less = decide(document, explain=True), decide(document, disable=[PATTERNS], explain=True)
    for one, other in zip(full, less, strict=True):
        assert list(other.evidence) == [row for row in one.evidence if row.observation != PATTERNS]
        assert len(one.evidence) > len(other.evidence)
