"""Counts, words and exit statuses."""

from __future__ import annotations

import pytest

from stripper.model import Label
from stripper.names import as_unicode, printable
from stripper.report import Outcome, Report, StatRow, about, hint, message, stat_row
from tests.fake import labelled, text

NOTES = text("One two.\n\nMenu\n\nThree.")
ROW = stat_row("notes.txt", labelled(NOTES, "bnb"))
NONE = StatRow("empty.txt", dict.fromkeys(Label, 0), dict.fromkeys(Label, 0), 0)


def test_stat_row() -> None:
    assert dict(ROW.blocks) == {Label.BODY: 2, Label.CAPTION: 0, Label.NAV: 1, Label.JUNK: 0}
    assert dict(ROW.words) == {Label.BODY: 3, Label.CAPTION: 0, Label.NAV: 1, Label.JUNK: 0}
    assert ROW.doubtful == 0
    unsure = [verdict._replace(confidence=0.59) for verdict in labelled(NOTES, "bnb")]
    assert stat_row("-", unsure).doubtful == 3


KEPT = Outcome("a", "One", 2, ROW)
CLEAN = Outcome("b", "One", 3, ROW)
NOTHING = Outcome("c", "", 0, ROW)
FAILED = Outcome("d", error="no such file")
SKIPPED = Outcome("e", skipped=True)


@pytest.mark.parametrize(
    ("outcomes", "status", "checked"),
    [
        ([], 1, 0),
        ([KEPT], 0, 1),
        ([CLEAN], 0, 0),
        ([NOTHING], 1, 1),
        ([NOTHING, KEPT, SKIPPED], 0, 1),
        ([FAILED], 2, 2),
        ([KEPT, FAILED, CLEAN], 2, 2),
        ([SKIPPED], 1, 0),
    ],
)
def test_exit_status(outcomes: list[Outcome], status: int, checked: int) -> None:
    for check, wanted in ((False, status), (True, checked)):
        report = Report(check)
        for outcome in outcomes:
            report.add(outcome)
        assert report.exit_status == wanted


def test_summary() -> None:
    report, check = Report(), Report(check=True)
    for outcome in (KEPT, CLEAN, NOTHING, FAILED, SKIPPED):
        report.add(outcome)
        check.add(outcome)
    assert report.summary() == "4 inputs: 2 stripped, 1 with nothing to keep, 1 failed, 1 other file skipped"
    assert check.summary() == "4 inputs: 2 with boilerplate, 1 failed, 1 other file skipped"


def test_words() -> None:
    assert about(KEPT._replace(about="plain text")) == "plain text; kept 2 of 3 blocks, 3 of 4 words are body"
    assert hint(NOTHING).startswith("nothing kept: no block has a label that is kept; see --inspect")
    assert hint(NOTHING._replace(stat=NONE)) == "nothing kept: it holds no text"
    assert message("a\x1b[31m\n", "no such file") == "stripper: a\\x1b[31m\\n: no such file".replace("\\n", "\\x0a")


def test_names() -> None:
    assert printable("Ünï – 日本.html") == "Ünï – 日本.html"
    assert printable("a\x9b\u202e\udce9\U000e0001") == "a\\x9b\\u202e\\xe9\\U000e0001"
    assert as_unicode("é\udce9") == "é\ufffd"
