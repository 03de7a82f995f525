"""Patterns: trees over the answers of observations."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.decide import decide
from stripper.observations import by_name
from stripper.patterns import LEAVES, PATTERNS, Leaf, Patterns, patterns_of
from stripper.points import pack, points_table, unpack
from stripper.readers import read

TREE = ["words", 4.0, ["role", "item", [0, 0, 1, 0], [0, 0, 30, 0]], ["words", 9.0, [5, 0, 0, 0], [50, 0, 0, 0]]]
UNKNOWN = ["gap-length", None, [1, 0, 0, 0], [2, 0, 0, 0]]


def left_by(patterns: Patterns, values: dict[str, Any]) -> int:
    """The leaves that the values of a block leave."""
    left = patterns.every
    for name, value in values.items():
        if ruling := patterns.ruling(by_name()[name]):
            left &= ruling(value)
    return left


def leaves_of(patterns: Patterns, values: dict[str, Any]) -> list[Leaf]:
    """The leaves that a block comes to; its points are theirs."""
    left = left_by(patterns, values)
    (leaves,) = patterns.rows([left])
    assert list(patterns.totals([left])) == [sum([leaf.points for leaf in leaves])]
    return leaves


def walked(entry: Any, values: dict[str, Any]) -> Any:
    """The points of the leaf that is come to by walking down a tree of measures and kinds."""
    while isinstance(entry[0], str):
        name, asked, below, above = entry
        value = values.get(name)
        yes = value == asked if isinstance(asked, str) else value is not None and (asked is None or value >= asked)
        entry = above if yes else below
    return entry


@pytest.mark.parametrize(
    ("words", "role", "points", "answers"),
    [
        (3, "item", (0, 0, 30, 0), "words below 4, role item"),
        (3, "quote", (0, 0, 1, 0), "words below 4, role not item"),
        (4, "item", (5, 0, 0, 0), "words 4 to 9"),
        (9, "item", (50, 0, 0, 0), "words 9 or more"),
        (None, "item", (0, 0, 30, 0), "words below 4, role item"),
    ],
)
def test_a_block_follows_its_answers_to_a_leaf(
    words: int | None, role: str, points: tuple[int, ...], answers: str
) -> None:
    assert leaves_of(patterns_of([TREE]), {"words": words, "role": role}) == [Leaf(pack(points), answers)]


@pytest.mark.parametrize(("value", "points", "answers"), [(None, 1, "unknown"), (-5.0, 2, "known"), (0, 2, "known")])
def test_a_pattern_may_ask_what_is_known(value: float | None, points: int, answers: str) -> None:
    (leaf,) = leaves_of(patterns_of([UNKNOWN]), {"gap-length": value})
    assert (unpack(leaf.points).body, leaf.said) == (points, f"gap-length {answers}")


def test_what_is_not_answered_is_unknown() -> None:
    patterns = patterns_of([TREE, UNKNOWN])
    assert patterns.ruling(by_name()["chars"]) is None
    assert list(patterns.totals([left_by(patterns, {"words": 9}), patterns.every])) == [
        pack((51, 0, 0, 0)), pack((1, 0, 1, 0))
    ]  # fmt: skip


def trees(leaves: int = LEAVES) -> st.SearchStrategy[Any]:
    """Trees over two measures and a kind."""
    leaf = st.lists(st.integers(-99, 99), min_size=4, max_size=4)
    if leaves < 2:
        return leaf
    edges = st.one_of(st.none(), st.integers(-3, 3), st.floats(-3, 3))
    asked = st.one_of(
        st.tuples(st.sampled_from(["words", "gap-length"]), edges),
        st.tuples(st.just("role"), st.sampled_from(["item", "quote"])),
    )
    smaller = trees(leaves // 2)
    return st.one_of(leaf, st.builds(lambda asked, below, above: [*asked, below, above], asked, smaller, smaller))


@given(
    st.lists(trees(), max_size=5),
    st.fixed_dictionaries({
        "words": st.one_of(st.none(), st.integers(-4, 4)),
        "gap-length": st.one_of(st.none(), st.floats(-4, 4)),
        "role": st.sampled_from(["item", "quote", "text"]),
    }),
)  # fmt: skip
def test_leaves_are_those_that_walking_comes_to(entries: list[Any], values: dict[str, Any]) -> None:
    leaves = leaves_of(patterns_of(entries), values)
    assert [leaf.points for leaf in leaves] == [pack(walked(entry, values)) for entry in entries]


def test_a_member_of_a_set_is_asked_by_its_name() -> None:
    members = by_name()["phrases"].members
    tree = ["phrases", "share", ["phrases", "credit", [1, 0, 0, 0], [2, 0, 0, 0]], [3, 0, 0, 0]]
    masks = [sum([1 << members.index(name) for name in names]) for names in ([], ["credit"], ["share", "credit"], ["ad"])]
    assert [unpack(leaves_of(patterns_of([tree]), {"phrases": mask})[0].points).body for mask in masks] == [1, 2, 3, 1]


def test_all_leaves_can_be_listed() -> None:
    assert [(unpack(points), said) for points, said in patterns_of([TREE]).leaves()] == [
        ((0, 0, 1, 0), "words below 4, role not item"),
        ((0, 0, 30, 0), "words below 4, role item"),
        ((5, 0, 0, 0), "words 4 to 9"),
        ((50, 0, 0, 0), "words 9 or more"),
    ]


@pytest.mark.parametrize("kind", ["html", "text"])
def test_patterns_ask_what_there_is(kind: str) -> None:
    part = points_table()[kind]
    patterns = patterns_of(part[PATTERNS])
    assert max(map(len, patterns.trees)) <= LEAVES
    for name, asked in patterns.asked.items():
        observation = by_name()[name]
        assert kind in observation.sources
        assert name in part["observations"], "its column would not be there"
        assert all(isinstance(value, str) == (observation.kind != "measure") for value in asked)
        if observation.kind == "set":
            assert asked.keys() <= set(observation.members)


@pytest.mark.parametrize("kind", ["html", "text"])
def test_patterns_can_be_disabled(kind: str) -> None:
    page = {"html": "<p>Home</p><p>The ferry leaves at nine.</p>", "text": "Home\n\nThe ferry leaves at nine."}
    document = read(page[kind], kind=kind)
    full, less = decide(document, explain=True), decide(document, disable=[PATTERNS], explain=True)
    for one, other in zip(full, less, strict=True):
        assert list(other.evidence) == [row for row in one.evidence if row.observation != PATTERNS]
        assert len(one.evidence) > len(other.evidence)
