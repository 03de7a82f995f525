from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stripper.model import Document, Label, Verdict
from stripper.terminal import against_view
from stripper.terminal.against import MOST_WORDS, word_scores, words_of

from .terminal_cases import PIPE, SCREEN, judged, page_of, plain, texts

BODY = frozenset({Label.BODY})


def shown(page: tuple[Document, list[Verdict]], wanted: str, width: int = 0) -> list[str]:
    """The view without its legend."""
    return list(against_view(*page, BODY, wanted, PIPE._replace(width=width)))[2:]


PAGE = page_of(
    (Label.NAV, 0.9, "Home News Sport"),
    (Label.BODY, 0.9, "The ferry runs again."),
    (Label.JUNK, 0.6, "It was idle for seven weeks."),
    (Label.BODY, 0.9, "Read more about tides"),
    (Label.BODY, 0.9, "Shipwrights from the north bank built it in 1932 and it has run ever since."),
)


def test_what_is_missing_what_is_too_much_and_what_has_changed() -> None:
    wanted = """The ferry runs again.

It was idle for seven weeks.

Shipwrights from the north bank built it in 1931 and it ran ever since.
"""
    assert shown(PAGE, wanted) == [
        "1 paragraph alike",
        "missing  block 3 junk",
        "    [-It was idle for seven weeks.-]",
        "too much  block 4 body",
        "    {+Read more about tides+}",
        "changed  block 5 body",
        "    Shipwrights from the north bank built it in [-1931-] {+1932+} and it [-ran-] {+has run+} ever since.",
        "",
        "24 words wanted, 23 words given",
        "precision 0.696  recall 0.667  F1 0.681",
        "why? stripper -x -n 3,4,5 page.html",
    ]


def test_the_same_text_is_all_alike_however_it_is_laid_out() -> None:
    wanted = "The  ferry runs\nagain.\n \n• Read more\nabout tides\n\nShipwrights from the north bank\n"
    wanted += "built it in 1932 and it has run ever since."
    assert shown(PAGE, wanted) == [
        "3 paragraphs alike",
        "",
        "23 words wanted, 23 words given",
        "precision 1.000  recall 1.000  F1 1.000",
    ]


def test_lines_that_are_blocks_stand_alone() -> None:
    page = page_of((Label.BODY, 0.9, "one tide"), (Label.BODY, 0.9, "two tides"), (Label.BODY, 0.9, "three tides"))
    assert shown(page, "one tide\ntwo tides\nthree tides")[0] == "3 paragraphs alike"
    assert shown(page, "one tide\ntwo tides")[:2] == ["2 paragraphs alike", "too much  block 3 body"]


def test_text_divided_otherwise_is_no_difference() -> None:
    page = page_of((Label.BODY, 0.9, "One tide came in."), (Label.BODY, 0.9, "Two tides went out."))
    assert shown(page, "One tide came in. Two tides went out.")[0].startswith("alike, divided otherwise")


def test_list_marks_and_dashes_are_no_difference() -> None:
    page = page_of((Label.BODY, 0.9, "• one tide came in"), (Label.BODY, 0.9, "• two tides – went out"))
    assert shown(page, "One tide came in\n– two tides went out")[0].startswith(("2 paragraphs alike", "alike"))
    assert shown(page, "One tide came in — two tides went out")[0].startswith("alike, divided otherwise")


def test_long_runs_of_words_that_are_alike_are_shortened() -> None:
    words = [f"word{number}" for number in range(50)]
    page = page_of((Label.BODY, 0.9, " ".join([*words, "new"])))
    text = shown(page, " ".join([*words, "old"]))[1]
    assert text.split() == [*words[:6], "…", *words[-6:], "[-old-]", "{+new+}"]


def test_stretches_that_are_too_long_are_not_compared_by_words() -> None:
    words = [f"word{number}" for number in range(MOST_WORDS)]
    page = page_of((Label.BODY, 0.9, " ".join([*words, "new"])))
    lines = shown(page, " ".join([*words, "old"]))
    assert [lines[0][:14], lines[1], lines[3]] == ["a long stretch", "missing", "too much  block 1 body"]
    assert lines[-2] == "precision 1.000  recall 1.000  F1 1.000"


def test_text_input_is_compared_as_it_is_printed() -> None:
    document, verdicts = page_of((Label.BODY, 0.9, "A line and its second half."))
    verdicts = [verdicts[0]._replace(block=verdicts[0].block._replace(lines=(1, 2)))]
    document = document._replace(kind="text", source=("* A line and", "its second half."))
    assert shown((document, verdicts), "A line and its second half")[0] == "1 paragraph alike"


def test_nothing_wanted_and_nothing_given() -> None:
    assert shown(page_of(), "\n\n") == ["", "0 words wanted, 0 words given", "precision 1.000  recall 1.000  F1 1.000"]


def test_the_marks_have_colours_and_brackets() -> None:
    lines = list(against_view(*PAGE, BODY, "Home News Sport", SCREEN))
    assert "    \x1b[31m[-Home News Sport-]\x1b[0m" in lines
    assert "    \x1b[33m{+The ferry runs again.+}\x1b[0m" in lines


@pytest.mark.parametrize(
    ("given", "wanted", "scores"),
    [
        ("a b c d", "a b", (0.5, 1.0, 2 / 3)),
        ("a", "a a", (1.0, 0.5, 2 / 3)),
        ("a", "b", (0.0, 0.0, 0.0)),
        ("", "", (1.0, 1.0, 1.0)),
        ("", "a", (0.0, 0.0, 0.0)),
    ],
)
def test_word_scores(given: str, wanted: str, scores: tuple[float, float, float]) -> None:
    assert word_scores(given.split(), wanted.split()) == pytest.approx(scores)


def test_words_are_lower_cased_without_what_cannot_be_seen() -> None:
    assert words_of("The sea\u00adman’s 3 ropes — ＡＢ") == ["the", "seaman", "s", "3", "ropes", "ａｂ"]


@settings(max_examples=60)
@given(page=judged(), wanted=st.lists(texts, max_size=5).map("\n\n".join))
def test_the_marks_say_the_whole_difference(page: tuple[Document, list[Verdict]], wanted: str) -> None:
    """What is neither missing nor too much is alike: without marks there is no difference in words."""
    lines = [plain(text) for text in against_view(*page, BODY, wanted, PIPE)][2:]
    marked = any(text.startswith(("missing", "too much", "changed")) for text in lines)
    if not marked:
        assert "precision 1.000  recall 1.000  F1 1.000" in lines
