from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stripper.model import Document, Evidence, Label, Points, Verdict
from stripper.report import StatRow, stat_row
from stripper.terminal import (
    Style,
    against_view,
    diff_view,
    explain_view,
    inspect_view,
    side_by_side_view,
    stat_view,
)
from stripper.terminal.explain import MOST_ROWS, percent, rows_of
from stripper.terminal.inspect import sign
from stripper.terminal.table import points_text

from .terminal_cases import PIPE, SCREEN, cells, ferry, judged, page_of, plain, summed, texts, unsafe

BODY = frozenset({Label.BODY})

View = Callable[[Document, list[Verdict], Style], Iterator[str]]

VIEWS: dict[str, View] = {
    "inspect": inspect_view,
    "explain": explain_view,
    "diff": lambda document, verdicts, style: diff_view(document, verdicts, BODY, style),
    "side by side": lambda document, verdicts, style: side_by_side_view(document, verdicts, BODY, style),
    "against": lambda document, verdicts, style: against_view(
        document, verdicts, BODY, "The ferry \x1b[31m runs\n\nnow \u202e again.\n\nHome News Sport", style
    ),
    "stat": lambda document, verdicts, style: stat_view([stat_row(document.name, verdicts)] * 2, style),
}


@pytest.mark.parametrize("view", VIEWS)
@settings(max_examples=40)
@given(page=judged(), width=st.sampled_from([20, 40, 80, 200]), colour=st.booleans(), unicode=st.booleans())
def test_no_view_runs_over_or_acts_on_the_terminal(
    view: str, page: tuple[Document, list[Verdict]], width: int, colour: bool, unicode: bool
) -> None:
    lines = list(VIEWS[view](*page, Style(colour, width, unicode, True)))
    assert max(map(cells, lines), default=0) <= width
    assert not unsafe(lines)
    assert colour or "\x1b" not in "".join(lines)


@pytest.mark.parametrize("view", VIEWS)
@settings(max_examples=40)
@given(page=judged())
def test_the_plain_form_is_plain(view: str, page: tuple[Document, list[Verdict]]) -> None:
    lines = list(VIEWS[view](*page, PIPE))
    assert not unsafe(lines)
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_colours_change_no_words(view: str, width: int) -> None:
    coloured = list(VIEWS[view](*ferry(), Style(True, width, True, True)))
    assert [plain(text) for text in coloured] == list(VIEWS[view](*ferry(), Style(False, width, True, True)))
    assert coloured != [plain(text) for text in coloured]


@pytest.mark.parametrize("view", VIEWS)
def test_ascii_is_ascii(view: str) -> None:
    assert all(text.isascii() for text in VIEWS[view](*ferry(), Style(True, 60, False, True)))


def test_inspect() -> None:
    assert list(inspect_view(*ferry(), SCREEN._replace(colour=False, width=60))) == [
        "page.html",
        "HTML page, utf-8 (valid), en, 6 blocks",
        "title: The ferry runs again",
        "",
        "1  nav     ●   L2  Home News Sport",
        "2  body    ●   L4  The ferry runs again.",
        "3  body    ○   L6  Read more: Ferry timetable for the summe…",
        "4  caption ◐   L8  The ferry in May. Photo: A. Moss",
        "5  body    ●  L10  It was built in 1932 by shipwrights from…",
        "6  junk    ◐  L12  Subscribe to our newsletter",
        "",
        "body         3 blocks       31 words",
        "caption      1 block         7 words",
        "nav          1 block         3 words",
        "junk         1 block         4 words",
        "1 doubtful (○): block 3",
        "why is 3 body? stripper -x -n 3 page.html",
    ]


def test_inspect_colours_the_word_that_says_the_label() -> None:
    text = next(text for text in inspect_view(*ferry(), SCREEN) if "Sport" in text)
    assert text.startswith("1  \x1b[33mnav     ●\x1b[0m")


def test_inspect_of_some_blocks() -> None:
    lines = list(inspect_view(*ferry(), PIPE, {2, 6, 99}))
    assert lines[1].endswith("6 blocks, 2 shown")
    assert [text[0] for text in lines[4:6]] == ["2", "6"]
    assert "caption      0 blocks        0 words" in lines


def test_inspect_of_nothing() -> None:
    document, verdicts = page_of()
    assert list(inspect_view(document, verdicts, PIPE)) == ["page.html", "HTML page, utf-8 (valid), 0 blocks", ""]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("-", "stripper -x -n 1"),
        ("my page.html", "stripper -x -n 1 'my page.html'"),
        ("-d.html", "stripper -x -n 1 ./-d.html"),
    ],
)
def test_what_to_type_next(name: str, command: str) -> None:
    assert list(inspect_view(*page_of((Label.BODY, 0.9, "text"), name=name), PIPE))[-1] == f"why is 1 body? {command}"


def test_many_doubtful_blocks_are_not_all_named() -> None:
    page = page_of(*[(Label.BODY, 0.5, "text")] * 12)
    assert list(inspect_view(*page, PIPE))[-2] == "12 doubtful (○): blocks 1, 2, 3, 4, 5, 6, 7, 8, …"


@pytest.mark.parametrize(("confidence", "fancy", "ascii"), [(1, "●", "#"), (0.6, "◐", "+"), (0.59, "○", "?")])
def test_signs(confidence: float, fancy: str, ascii: str) -> None:
    assert sign(confidence, PIPE) == fancy
    assert sign(confidence, PIPE._replace(unicode=False)) == ascii


def test_explain() -> None:
    assert list(explain_view(*ferry(), PIPE, {3})) == [
        "3  line 6  body 55 %  Read more: Ferry timetable for the summer season",
        "    body  caption     nav    junk",
        "       .        .   +1.90       .  link-density  0.77",
        "       .    -1.50   +0.20   -0.30  start",
        "   +1.50        .       .       .  ancestors     article",
        "   +1.20        .       .       .  words         8",
        "   +0.06    -0.08   -0.04   +0.09  other         (3 small rows)",
        "  ══════  ───────  ──────  ──────",
        "   +2.76    -1.58   +2.06   -0.21",
    ]


def test_explain_on_a_narrow_screen_puts_names_above() -> None:
    assert list(explain_view(*ferry(), Style(False, 40, False, True), {3}))[:4] == [
        "3  line 6  body 55 %  Read more: Ferry~",
        "    body  caption     nav    junk",
        "  link-density  0.77",
        "       .        .   +1.90       .",
    ]


def test_explain_marks_the_winner() -> None:
    lines = list(explain_view(*ferry(), SCREEN, {3}))
    assert "\x1b[32m   +1.50\x1b[0m" in lines[4]
    assert lines[-1] == "\x1b[32m   +2.76\x1b[0m    -1.58   +2.06   -0.21"


def test_explain_shows_every_row_on_demand() -> None:
    lines = list(explain_view(*ferry(), PIPE, {3}, every_row=True))
    assert len(lines) == 4 + 7
    assert not any("small rows" in text for text in lines)


def test_blocks_are_explained_apart() -> None:
    document, verdicts = ferry()
    verdicts = [verdict._replace(evidence=verdicts[2].evidence, sums=verdicts[2].sums) for verdict in verdicts]
    lines = list(explain_view(document, verdicts, PIPE, {2, 3}))
    assert lines.count("") == 1
    assert [text[:2] for text in lines if "line" in text] == ["2 ", "3 "]


_rows = st.lists(
    st.builds(Evidence, texts, texts, st.builds(Points, *[st.integers(-999, 999) | st.integers(-5, 5)] * 4)),
    max_size=40,
)


@given(_rows, st.booleans())
def test_the_rows_add_up(rows: list[Evidence], every_row: bool) -> None:
    shown = rows_of(rows, every_row)
    assert summed(shown) == summed(rows) if rows else shown == []
    assert every_row or len(shown) <= MOST_ROWS + 1


@given(_rows.filter(bool), st.booleans(), st.sampled_from([0, 40, 80]))
def test_the_printed_rows_add_up_to_the_printed_sum(rows: list[Evidence], every_row: bool, width: int) -> None:
    document, verdicts = page_of((Label.BODY, 0.9, "text"))
    rows = [row._replace(observation="name", note="") for row in rows]
    verdicts = [verdicts[0]._replace(evidence=tuple(rows), sums=summed(rows))]
    lines = list(explain_view(document, verdicts, Style(False, width, True, False), every_row=every_row))
    numbers = [re.findall(r"(?<= )(?:[-+]?\d+\.\d\d|\.)(?= |$)", text) for text in lines[2:]]
    table = [[0 if cell == "." else int(cell.replace(".", "")) for cell in row] for row in numbers if len(row) == 4]
    assert [sum(column) for column in zip(*table[:-1], strict=True)] == table[-1] == list(summed(rows))


@pytest.mark.parametrize(
    ("points", "text"), [(0, "."), (5, "+0.05"), (-5, "-0.05"), (-150, "-1.50"), (1234, "+12.34"), (-99, "-0.99")]
)
def test_points(points: int, text: str) -> None:
    assert points_text(points) == text


@pytest.mark.parametrize(("confidence", "text"), [(1.0, "100 %"), (0.9951, ">99 %"), (0.994, "99 %"), (0.25, "25 %")])
def test_percent(confidence: float, text: str) -> None:
    assert percent(confidence) == text


def test_diff() -> None:
    assert list(diff_view(*ferry(), BODY, PIPE, context=1)) == [
        "page.html",
        "@@ -1,3 +1 @@",
        "1 nav     - Home News Sport",
        "2           The ferry runs again.",
        "@@ -6,6 +4,2 @@",
        "",
        "4 caption - The ferry in May. Photo: A. Moss",
        "5           It was built in 1932 by shipwrights from the north bank and has run ever since but in war.",
        "6 junk    - Subscribe to our newsletter",
    ]


def test_diff_colours_by_label_whatever_the_text_looks_like() -> None:
    page = page_of((Label.NAV, 0.9, "--- a/page.html"), (Label.BODY, 0.9, "@@ -1 +1 @@"), (Label.JUNK, 0.9, "+new"))
    lines = list(diff_view(*page, BODY, SCREEN))
    assert "\x1b[33mnav     - --- a/page.html\x1b[0m" in lines[2]
    assert lines[3] == "\x1b[2m2 \x1b[0m          @@ -1 +1 @@"
    assert "\x1b[31mjunk    - +new\x1b[0m" in lines[4]


def test_diff_of_text_input_shows_its_own_lines() -> None:
    document, verdicts = page_of((Label.NAV, 0.9, "Home"), (Label.BODY, 0.9, "A line and its second half."))
    first, second = verdicts
    verdicts = [
        first._replace(block=first.block._replace(lines=(1, 1), gap=0)),
        second._replace(block=second.block._replace(lines=(3, 4), gap=1)),
    ]
    document = document._replace(kind="text", source=("\tHome", "", "A line and", "its second half."))
    assert list(diff_view(document, verdicts, BODY, PIPE))[2:] == [
        "1 nav     -         Home",
        "2           A line and",
        "            its second half.",
    ]


def test_diff_without_a_difference_is_empty() -> None:
    assert list(diff_view(*page_of((Label.BODY, 0.9, "text")), BODY, SCREEN)) == []


def test_side_by_side() -> None:
    page = page_of(
        (Label.NAV, 0.9, "Home News Sport"),
        (Label.BODY, 0.9, "The ferry runs again, 世界, and has since the war ended."),
    )
    assert list(side_by_side_view(*page, BODY, Style(False, 50, True, True))) == [
        "nav     Home News Sport     │",
        "                            │",
        "        The ferry runs      │ The ferry runs",
        "        again, 世界, and    │ again, 世界, and",
        "        has since the war   │ has since the war",
        "        ended.              │ ended.",
    ]


def test_side_by_side_keeps_indents() -> None:
    page = page_of((Label.BODY, 0.9, "if tide:\n    sail at once and fast"))
    assert list(side_by_side_view(*page, BODY, Style(False, 44, False, True)))[1:3] == [
        "            sail at once |     sail at once",
        "            and fast     |     and fast",
    ]


ROWS = [
    StatRow("a.html", dict(zip(Label, (3, 1, 2, 0), strict=True)), dict(zip(Label, (1200, 9, 8, 0), strict=True)), 1),
    StatRow("b/c.html", dict(zip(Label, (0, 0, 9, 1), strict=True)), dict(zip(Label, (0, 0, 40, 3), strict=True)), 0),
]


def test_stat() -> None:
    assert list(stat_view(ROWS, PIPE._replace(width=80))) == [
        "  body caption   nav  junk share doubt  words in each input",
        " 1,200       9     8     0  99 %     1  a.html",
        "     0       0    40     3   0 %     0  b/c.html",
        " 1,200       9    48     3  95 %     1  all 2 inputs",
    ]
    wide = list(stat_view(ROWS, PIPE))
    assert " ".join(wide[1].split()) == "1,200 3 9 1 8 2 0 0 99 % 1 a.html"
    assert list(stat_view(ROWS, PIPE._replace(width=40)))[1:3] == ["a.html", " 1,200       9     8     0  99 %     1"]


def test_stat_of_one_input_has_no_totals() -> None:
    assert len(list(stat_view(ROWS[:1], PIPE))) == 2


def test_stat_of_an_empty_input_has_no_share() -> None:
    nothing = StatRow("-", dict.fromkeys(Label, 0), dict.fromkeys(Label, 0), 0)
    assert list(stat_view([nothing], PIPE))[1].split()[-3:] == [".", "0", "-"]


def test_stat_lines_come_as_the_inputs_do() -> None:
    seen: list[str] = []

    def rows() -> Iterator[StatRow]:
        for row in ROWS:
            seen.append(row.source)
            yield row

    lines = stat_view(rows(), PIPE)
    assert "words" in next(lines)
    assert seen == []
    assert next(lines).endswith("a.html")
    assert seen == ["a.html"]
