"""Observations → points → sums → verdicts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.decide import FAVOR, REPEATED, decide
from stripper.model import Document, Label, Points
from stripper.observations import by_name
from stripper.patterns import PATTERNS
from stripper.points import MOST_MET, Met, points_table, unpack
from stripper.readers import read
from stripper.trees import leaves_of, trees_of

SENTENCE = "The ferry was in the harbour and the tide was out, so all of the crew went to the inn. "
PAGE = (
    "<title>Ferries of the north</title><nav><a href=/>Home</a> <a href=/n>News</a></nav><main><h1>Ferries of the north</h1>"
    + "".join(f"<p>{SENTENCE * 2}It was the day number {n}.</p>" for n in range(6))
    + "</main><footer><p>© 2031 Tidewater. All rights reserved.</p></footer>"
)


def _labels(document: Document) -> list[Label]:
    return [verdict.label for verdict in decide(document)]


def test_a_plain_page_is_told_apart() -> None:
    labels = _labels(read(PAGE))
    assert labels == [Label.NAV, *[Label.BODY] * 7, Label.JUNK]


def test_the_headline_gets_its_role() -> None:
    assert [verdict.block.text for verdict in decide(read(PAGE)) if verdict.block.role == "title"] == [
        "Ferries of the north"
    ]


def test_no_blocks_no_verdicts() -> None:
    assert decide(read("", kind="html")) == []


@pytest.mark.parametrize("favor", FAVOR)
def test_favor_adds_its_constant_to_body(favor: str) -> None:
    plain, favored = decide(read(PAGE)), decide(read(PAGE), favor=favor)
    for one, other in zip(plain, favored, strict=True):
        assert other.sums == one.sums._replace(body=one.sums.body + FAVOR[favor])


def test_unknown_favor_and_observation_are_errors() -> None:
    with pytest.raises(KeyError):
        decide(read(PAGE), favor="luck")
    with pytest.raises(KeyError, match="no observation 'luck'"):
        decide(read(PAGE), disable=["luck"])


@pytest.mark.parametrize("kind", ["html", "text"])
@pytest.mark.parametrize("name", ["vocabulary", "role", "phrases-leading", "end-and-place"])
def test_a_disabled_observation_has_no_row_and_no_say(kind: str, name: str) -> None:
    document = read(PAGE if kind == "html" else "Home\n\nFerries\n\n" + SENTENCE, kind=kind)
    for verdict in decide(document, disable=[name], explain=True):
        assert name not in {row.observation for row in verdict.evidence}
        assert verdict.sums == Points(*map(sum, zip(*[row.points for row in verdict.evidence], strict=True)))
    tables = [decide(document, disable=[PATTERNS, *others], explain=True) for others in ([], [name])]
    for one, other in zip(*tables, strict=True):
        assert [row for row in one.evidence if row.observation != name] == list(other.evidence)


def test_a_text_that_stands_twice_as_body_is_body_once() -> None:
    page = PAGE.replace("</main>", f"<p>{SENTENCE * 2}It was the day number 3.</p></main>")
    twice = [v for v in decide(read(page), explain=True) if v.block.text.endswith("number 3.")]
    assert [verdict.label is Label.BODY for verdict in twice] == [True, False]
    assert twice[1].evidence[-1].observation == REPEATED
    kept = [v for v in decide(read(page), disable=[REPEATED]) if v.block.text.endswith("number 3.")]
    assert [verdict.label for verdict in kept] == [Label.BODY, Label.BODY]


def test_the_lines_of_a_chorus_come_again() -> None:
    chorus = "<p>Row home, row home, the tide won't wait for you</p>"
    page = PAGE.replace("</main>", f"{chorus}<p>{SENTENCE * 2}</p>{chorus}</main>")
    assert not [v for v in decide(read(page), explain=True) if REPEATED in {row.observation for row in v.evidence}]


@given(
    st.lists(
        st.sampled_from([SENTENCE, "Home", "Share this", "12 May 2031", "", "Photo: Una Marsh", "• Tides"]), max_size=25
    )
)
def test_the_explanation_is_the_decision(lines: list[str]) -> None:
    document = read("\n".join(lines), kind="text")
    explained = decide(document, explain=True)
    for verdict in explained:
        assert Points(*map(sum, zip(*[row.points for row in verdict.evidence], strict=True))) == verdict.sums
        assert verdict.sums[list(Label).index(verdict.label)] == max(verdict.sums)
    assert [verdict[:4] for verdict in explained] == [verdict[:4] for verdict in decide(document)]


def _rows_of(entry: dict[str, Any], name: str) -> list[list[int]]:
    """All points of an observation."""
    rows = entry["points"].values() if isinstance(entry["points"], dict) else entry["points"]
    return [*rows, entry["none"]]


@pytest.mark.parametrize("kind", ["html", "text"])
def test_points_are_whole_numbers_for_four_labels(kind: str) -> None:
    part = points_table(kind)
    assert len(part["start"]) == 4
    for name, entry in part["observations"].items():
        rows = _rows_of(entry, name)
        assert all(len(row) == 4 and all(isinstance(value, int) for value in row) for row in rows)
        if "edges" in entry:
            assert entry["edges"] == sorted(set(entry["edges"]))
            assert len(entry["points"]) == len(entry["edges"]) + 1


@pytest.mark.parametrize("kind", ["html", "text"])
def test_no_sum_leaves_its_field(kind: str) -> None:
    part = points_table(kind)
    for label in range(4):
        most = max(map(abs, FAVOR.values())) + abs(part["start"][label])
        for name, entry in part["observations"].items():
            sizes = [abs(row[label]) for row in _rows_of(entry, name)]
            most += sum(sizes) if by_name()[name].kind == "set" else max(sizes)
        for tree in trees_of(part[PATTERNS]):
            most += max(abs(unpack(packed)[label]) for packed, _ in leaves_of([tree]))
        assert most < 2**15


def test_answers_are_remembered_up_to_a_bound() -> None:
    asked = []

    def half(value: int) -> int:
        asked.append(value)
        return value // 2

    met = Met(half)
    assert [met[value] for value in (4, 4, 6)] == [2, 2, 3]
    assert asked == [4, 6]
    assert [met[value] for value in range(2 * MOST_MET)] == [value // 2 for value in range(2 * MOST_MET)]
    assert len(met) <= MOST_MET
