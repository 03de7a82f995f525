"""How far a page can be told, and the head start of body that follows."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.decide import DOUBT, decide
from stripper.doubt import CLEAR, chance, expected_f1, head_start, is_clear, is_small
from stripper.model import Evidence, Points
from stripper.readers import read

SURELY, HARDLY, EVEN = Points(body=2000), Points(junk=2000), Points(0, -2000, -2000, 0)
SUMS = st.tuples(*[st.integers(-3000, 3000)] * 4).map(lambda row: Points(*row))
SENTENCE = "The ferry was in the harbour and the tide was out, so all of the crew went to the inn. "
ARTICLE = "<h1>Ferries</h1>" + "".join(f"<p>{SENTENCE * 2}It was the day number {n}.</p>" for n in range(6))
FRONT = (Path(__file__).parents[1] / "samples" / "section-front.html").read_bytes() * 2  # of more words than a small page


def test_the_chance_of_a_label_is_a_softmax() -> None:
    assert chance(Points(100, 100, 100, 100), 100) == 0.25
    assert chance(SURELY, SURELY.body) > 0.999
    assert chance(HARDLY, HARDLY.body) < 0.001


@pytest.mark.parametrize("most", range(4))
def test_a_block_is_clear_where_one_label_is_far_ahead(most: int) -> None:
    sums = [-900, 40, 40, 40]
    sums[most] = 40 + CLEAR
    assert is_clear(Points(*sums))
    sums[most] -= 1
    assert not is_clear(Points(*sums))


def test_what_is_certain_can_be_told_fully() -> None:
    assert expected_f1([SURELY, HARDLY, SURELY], [10, 50, 5]) == pytest.approx(1)


def test_of_blocks_with_even_chances_all_are_kept() -> None:
    # Half of 20 words is right: precision 1/2, recall 1.
    assert expected_f1([EVEN, EVEN], [10, 10]) == pytest.approx(2 * 10 / (20 + 10))


def test_no_blocks_nothing_to_expect() -> None:
    assert expected_f1([], []) == 0


@given(st.lists(st.tuples(SUMS, st.integers(1, 200)), min_size=1, max_size=12))
def test_the_expected_f1_is_that_of_the_best_choice(blocks: list[tuple[Points, int]]) -> None:
    sums, words = [block[0] for block in blocks], [block[1] for block in blocks]
    best_first = sorted(((chance(s, s.body), n) for s, n in blocks), reverse=True)
    expected = sum(body * n for body, n in best_first)
    right = accumulate(body * n for body, n in best_first)
    kept = accumulate(n for _, n in best_first)
    assert expected_f1(sums, words) == pytest.approx(
        max(2 * r / (k + expected) for r, k in zip(right, kept, strict=True))
    )
    assert 0 <= expected_f1(sums, words) <= 1 + 1e-9


def test_the_head_start_grows_with_the_doubt_and_ends() -> None:
    steps = [head_start(n / 100) for n in range(101)]
    assert steps == sorted(steps, reverse=True)
    assert steps[100] == steps[96] == 0
    assert 0 < steps[80] < steps[60] < steps[10] == steps[0]


def test_a_clear_page_has_no_such_row() -> None:
    assert not [
        row for verdict in decide(read(ARTICLE), explain=True) for row in verdict.evidence if row.observation == DOUBT
    ]


def test_a_page_that_is_hard_to_tell_says_so() -> None:
    verdicts = decide(read(FRONT), explain=True)
    rows = [[row for row in verdict.evidence if row.observation == DOUBT] for verdict in verdicts]
    assert rows[0]
    assert all(row == rows[0] for row in rows)
    (row,) = rows[0]
    without = decide(read(FRONT), disable=[DOUBT])
    f1 = expected_f1([verdict.sums for verdict in without], [len(v.block.text.split()) for v in without])
    assert row.points == Points(body=head_start(f1))
    assert row.note == f"expected F1 {f1:.2f}"


def test_a_small_page_has_few_words() -> None:
    assert [is_small([199, words], "html") for words in (1, 2)] == [True, False]
    assert [is_small([299, words], "text") for words in (1, 2)] == [True, False]


def test_a_small_page_has_no_head_start(monkeypatch: pytest.MonkeyPatch) -> None:
    notice = "<noscript>Empty unless scripts are allowed.</noscript><nav><a href=/>Front</a> <a href=/t>Tides</a></nav>"

    def doubts() -> list[Evidence]:
        verdicts = decide(read(notice, kind="html"), explain=True)
        return [row for verdict in verdicts for row in verdict.evidence if row.observation == DOUBT]

    assert not doubts()
    monkeypatch.setattr("stripper.decide.is_small", lambda words, kind: False)
    assert doubts()
