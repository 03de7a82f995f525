"""Agreement between the two forms of a page is counted by lines."""

from __future__ import annotations

from stripper.model import Label
from tests.bench.agree import Answers, parting, summary

BODY, NAV, JUNK = Label.BODY, Label.NAV, Label.JUNK
FOUND = [
    Answers("a", 1, "Home", NAV, NAV, JUNK),
    Answers("a", 2, "The ferry", BODY, BODY, BODY),
    Answers("a", 3, "leaves", BODY, BODY, NAV),
    Answers("a", 4, "at nine", BODY, BODY, NAV),
    Answers("b", 1, "Only here", BODY, BODY, None),
]


def test_shares_are_of_the_lines_that_both_forms_hold() -> None:
    lines = summary(FOUND)
    assert lines[0] == "4 lines in both forms, 1 in one only"
    assert lines[1].split()[3:6] == ["same", "label", "25.0%"]
    assert lines[1].endswith("50.0%")
    assert lines[2].startswith("body")
    assert lines[2].endswith("33.3%")
    assert lines[-2].split() == ["body", "/", "nav", "body", "2"]


def test_one_line_a_page_is_listed() -> None:
    assert parting(FOUND, 5) == ["  a line 3: body / nav, truth body: leaves"]
    assert parting(FOUND, 0) == []
