"""Patterns: trees over the answers of observations."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.decide import decide
from stripper.doubt import is_clear
from stripper.model import Points
from stripper.observations import by_name
from stripper.patterns import PATTERNS, Patterns, patterns_of
from stripper.points import points_table, unpack
from stripper.readers import read
from stripper.trees import LEAVES, edge_of, leaves_of, sizes_of, trees_of, written

TREE = ["words", 4.0, 50, ["role", "item", 90, "0,0,1,0", "0,0,30,0"], ["words", 9.0, 20, "5,0,0,0", "50,0,0,0"]]
UNKNOWN = ["gap-length", None, 50, "1,0,0,0", "2,0,0,0"]


def ruled_out(patterns: Patterns, values: dict[str, Any]) -> int:
    """The leaves that the values of a block rule out."""
    out = 0
    for name, value in values.items():
        if ruling := patterns.ruling(by_name()[name]):
            out |= ruling(value)
    return out


def points_of(patterns: Patterns, values: dict[str, Any]) -> Points:
    """The points that all patterns give a block; told apart by observation they are the same."""
    out = ruled_out(patterns, values)
    (total,), (shares,) = patterns.totals([out]), patterns.shares([out])
    assert sum(shares.values()) == total
    return unpack(total)


def walked(entry: Any, values: dict[str, Any]) -> Any:
    """The points of the leaf that is come to by walking down a tree of measures and kinds."""
    while not isinstance(entry, str):
        name, asked, _, below, above = entry
        value = values.get(name)
        yes = value == asked if isinstance(asked, str) else value is not None and (asked is None or value >= asked)
        entry = above if yes else below
    return map(int, entry.split(","))


@pytest.mark.parametrize(
    ("words", "role", "points"),
    [
        (3, "item", (0, 0, 30, 0)),
        (3, "quote", (0, 0, 1, 0)),
        (4, "item", (5, 0, 0, 0)),
        (9, "item", (50, 0, 0, 0)),
        (None, "item", (0, 0, 30, 0)),
    ],
)
def test_a_block_follows_its_answers_to_a_leaf(words: int | None, role: str, points: tuple[int, ...]) -> None:
    assert points_of(patterns_of(written([TREE])), {"words": words, "role": role}) == points


@pytest.mark.parametrize(("value", "points"), [(None, 1), (-5.0, 2), (0, 2)])
def test_a_pattern_may_ask_what_is_known(value: float | None, points: int) -> None:
    assert points_of(patterns_of(written([UNKNOWN])), {"gap-length": value}).body == points


def test_what_is_not_answered_is_unknown() -> None:
    patterns = patterns_of(written([TREE, UNKNOWN]))
    assert patterns.ruling(by_name()["chars"]) is None
    assert points_of(patterns, {"words": 9}) == (51, 0, 0, 0)
    assert points_of(patterns, {}) == (1, 0, 1, 0)


def test_an_answer_is_worth_what_it_changes() -> None:
    patterns = patterns_of(written([TREE]))
    ((one,), (other,)) = [patterns.shares([ruled_out(patterns, values)]) for values in ({"words": 9}, {"role": "item"})]
    assert {name: unpack(points) for name, points in one.items()} == {
        PATTERNS: (21, 0, 2, 0),  # half of (41, 0, 0, 0), where one in five has (5, 0, 0, 0), and half of (0, 0, 4, 0)
        "words": (29, 0, -2, 0),
    }
    assert {name: unpack(points) for name, points in other.items()} == {
        PATTERNS: (21, 0, 2, 0), "words": (-21, 0, 2, 0), "role": (0, 0, 26, 0)
    }  # fmt: skip


def test_the_size_of_changes_is_their_mean() -> None:
    sizes = sizes_of([TREE])
    assert sizes == pytest.approx({"words": 20.5 + 0.1 * 36 + 0.4 * 9, "role": 0.45 * 2.9 + 0.05 * 26.1})
    assert sizes_of([TREE, TREE]) == pytest.approx({name: 2 * size for name, size in sizes.items()})


def trees(leaves: int = LEAVES) -> st.SearchStrategy[Any]:
    """Trees over two measures and a kind."""
    leaf = st.lists(st.integers(-99, 99), min_size=4, max_size=4).map(lambda points: ",".join(map(str, points)))
    if leaves < 2:
        return leaf
    edges = st.one_of(st.none(), st.integers(-3, 3), st.floats(-3, 3))
    asked = st.one_of(
        st.tuples(st.sampled_from(["words", "gap-length"]), edges),
        st.tuples(st.just("role"), st.sampled_from(["item", "quote"])),
    )
    smaller = trees(leaves // 2)
    node = st.builds(lambda asked, share, *sides: [*asked, share, *sides], asked, st.integers(0, 100), smaller, smaller)
    return st.one_of(leaf, node)


@given(
    st.lists(trees(), max_size=5),
    st.fixed_dictionaries({
        "words": st.one_of(st.none(), st.integers(-4, 4)),
        "gap-length": st.one_of(st.none(), st.floats(-4, 4)),
        "role": st.sampled_from(["item", "quote", "text"]),
    }),
)  # fmt: skip
def test_leaves_are_those_that_walking_comes_to(entries: list[Any], values: dict[str, Any]) -> None:
    walks = [walked(entry, values) for entry in entries]
    assert points_of(patterns_of(written(entries)), values) == tuple(map(sum, zip([0, 0, 0, 0], *walks, strict=True)))


@given(st.lists(trees(), max_size=5))
def test_trees_can_be_told_from_what_is_written(entries: list[Any]) -> None:
    assert trees_of(written(entries)) == entries


def test_a_member_of_a_set_is_asked_by_its_name() -> None:
    members = by_name()["phrases"].members
    tree = ["phrases", "share", 80, ["phrases", "credit", 90, "1,0,0,0", "2,0,0,0"], "3,0,0,0"]
    masks = [sum([1 << members.index(name) for name in names]) for names in ([], ["credit"], ["share", "credit"], ["ad"])]
    assert [points_of(patterns_of(written([tree])), {"phrases": mask}).body for mask in masks] == [1, 2, 3, 1]


def test_all_leaves_can_be_listed() -> None:
    assert [(unpack(points), said) for points, said in leaves_of([TREE, UNKNOWN])] == [
        ((0, 0, 1, 0), "words below 4, role not item"),
        ((0, 0, 30, 0), "words below 4, role item"),
        ((5, 0, 0, 0), "words 4 to 9"),
        ((50, 0, 0, 0), "words 9 or more"),
        ((1, 0, 0, 0), "gap-length unknown"),
        ((2, 0, 0, 0), "gap-length known"),
    ]


@pytest.mark.parametrize("kind", ["html", "text"])
def test_patterns_ask_what_there_is(kind: str) -> None:
    part = points_table(kind)
    assert max(len(list(leaves_of([tree]))) for tree in trees_of(part[PATTERNS])) <= LEAVES
    for name, asked in part[PATTERNS]["asked"].items():
        observation = by_name()[name]
        assert kind in observation.sources
        assert name in part["observations"], "its column would not be there"
        if observation.kind == "measure":
            edges = list(map(edge_of, asked))
            assert edges == sorted(set(edges))
        if observation.kind == "set":
            assert asked.keys() <= set(observation.members)


LINES = [
    "Home", "Ferries", "Ferry that never left gets a birthday cake", "Una Marsh", "4 comments", "Photo: Una Marsh", *[
        f"The ferry number {number} was built in the summer of 1926, and in all of the years since it has not left the harbour."
        for number in range(4)
    ], "More on ferries", "Share this",
]  # fmt: skip
DOUBTFUL = {"html": "".join([f"<p>{line}</p>" for line in LINES]), "text": "\n\n".join(LINES)}


@pytest.mark.parametrize("kind", ["html", "text"])
def test_patterns_are_asked_where_the_tables_leave_doubt(kind: str) -> None:
    document = read(DOUBTFUL[kind], kind=kind)
    full, tables = decide(document, explain=True), decide(document, disable=[PATTERNS])
    doubtful = [PATTERNS in {row.observation for row in verdict.evidence} for verdict in full]
    assert doubtful == [not is_clear(verdict.sums) for verdict in tables]
    assert set(doubtful) == {True, False}
    for one, other, is_doubtful in zip(full, tables, doubtful, strict=True):
        assert is_doubtful or one.sums == other.sums


@pytest.mark.parametrize("kind", ["html", "text"])
def test_patterns_can_be_disabled(kind: str) -> None:
    document = read(DOUBTFUL[kind], kind=kind)
    full, less = decide(document, explain=True), decide(document, disable=[PATTERNS], explain=True)
    table = points_table(kind)["observations"]
    seen: set[str] = set()
    seen_in_tables: set[str] = set()
    measured = 0
    for one, other in zip(full, less, strict=True):
        rows, rest = ({row.observation for row in verdict.evidence} for verdict in (one, other))
        assert PATTERNS not in rest
        assert rows == rest if is_clear(other.sums) else PATTERNS in rows
        seen |= rows
        seen_in_tables |= rest
        assert other.sums == Points(*map(sum, zip(*[row.points for row in other.evidence], strict=True)))
        for name, _, points in other.evidence:
            if name in table and by_name()[name].kind == "measure":
                measured += 1
                assert list(points) in [*table[name]["points"], table[name]["none"]]
    assert measured
    assert PATTERNS in seen > seen_in_tables
