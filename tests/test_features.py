"""Measures: their definitions on small pages."""

from __future__ import annotations

import pytest

from stripper.features import HINT_BIT, Page
from stripper.features.headline import candidates, signs
from stripper.features.lexicon import names_in
from stripper.features.local import word_count
from stripper.points import points_table
from stripper.readers import read
from tests.samples import Sample, samples

GOOD = "The ferry was in the harbour and the tide was out, so all of the crew went to the inn."


def _page(text: str) -> Page:
    return Page(read(text, kind="html" if text.startswith("<") else "text"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one", 1), ("one two", 2), ("one\ttwo\nthree", 3), ("東京の港は静か", 4), ("é à ü", 3), ("“Aye”, she said…", 3),
        ("เรือข้ามฟากออกแล้ว", 4), ("नाव चली", 2), ("🚢 leaves", 2),
    ],
)  # fmt: skip
def test_word_count(text: str, words: int) -> None:
    assert word_count(text) == words


def test_good_text_needs_length_end_and_stop_words() -> None:
    local = _page(f"<p>{GOOD}</p><p>Short text.</p><p>{GOOD[:-1]}</p><p><a href=/>{GOOD}</a></p>").local
    assert [n > 0 for n in local.good] == [True, False, False, False]


def test_link_density_is_unknown_in_text() -> None:
    assert _page("Ferry timetable").local.linked == [None]
    assert _page("<p>Ferry <a href=/>time</a></p>").local.linked == [0.4]


def test_main_container_holds_half_of_the_text() -> None:
    page = _page(f"<div><p>Menu</p></div><article><section><p>{GOOD}</p><p>{GOOD}</p></section></article>")
    main = page.document.elements[page.containers.main]
    assert main.name == "section"
    levels = page.containers.levels_half
    assert levels[1:] == [0, 0]
    assert levels[0] is not None
    assert levels[0] > 0


def test_real_ancestors_skip_wrappers() -> None:
    page = _page("<div id=a><p>One</p><div id=b><div id=c><p>Two</p><p>Three</p></div></div></div>")
    names = [page.document.elements[place].hints for place in page.containers.first]
    assert names == ["a", "c", "c"]
    assert page.document.elements[page.containers.second[1]].hints == "a"


def test_main_run_is_where_the_good_text_is() -> None:
    page = _page(f"<p>Menu</p><p>News</p><p>{GOOD}</p><p>Tides</p><p>{GOOD}</p><p>Share</p>")
    assert page.context.run(6) == (2, 5)
    assert page.context.middle_run == [-2, -1, 0, 0, 0, 1]


def test_no_run_without_good_text() -> None:
    assert _page("<p>Menu</p>").context.tight_run == [None]


def test_windows_are_cut_at_the_ends() -> None:
    context = _page("<p>a</p><p>b</p><p>c</p><p>d</p>").context
    assert context.window([1, 2, 3, 4], 1) == [3, 6, 9, 7]
    assert context.window([1, 2, 3, 4], 1, own=False) == [2, 4, 6, 3]
    assert context.before([1, 2, 3, 4], 2) == [0, 1, 3, 5]
    assert context.after([1, 2, 3, 4], 2) == [5, 7, 4, 0]


def test_a_groups_mean_leaves_the_block_itself_out_and_is_silent_where_there_is_no_other() -> None:
    groups, values = [0, 0, 1, 2, 2], [1, 3, 5, 7, 9]
    context = _page("<p>a</p>").context
    assert context.mean_of_others(groups, values) == [3, 1, None, 9, 7]
    assert context.mean_beside(groups, values, -1) == [None, None, 2, 5, 5]
    assert context.mean_beside(groups, values, 1) == [5, 5, 8, None, None]


@pytest.mark.parametrize(
    ("hints", "family"),
    [
        ("entry-content", "content"),
        ("relatedPosts", "related"),
        ("screen-reader-text", "hidden"),
        ("read-more", "related"),
        ("shareBar", "share"),
    ],
)
def test_class_words(hints: str, family: str) -> None:
    assert names_in(hints).families & HINT_BIT[family]


def test_unknown_class_words_say_nothing() -> None:
    assert names_in("css-1x2y3z zq").families == 0


def test_heading_scope_ends_with_the_next_heading() -> None:
    page = _page("<h2>Related articles</h2><p>Boats</p><h2>Tides of May</h2><p>Boats</p>")
    assert page.context.heading_scope == ["related", "related", "plain", "plain"]


def test_a_heading_that_only_holds_a_phrase_is_plain() -> None:
    assert _page("<h2>Articles related to harbours of long ago</h2><p>Boats</p>").context.heading_scope[1] == "plain"


def test_the_headline_is_the_heading_that_the_title_repeats() -> None:
    page = _page(f"<title>Ferries of the north</title><h1>The Courier</h1><h2>Ferries of the north</h2><p>{GOOD}</p>")
    assert page.document.blocks[page.context.headline].text == "Ferries of the north"


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.path.name)
def test_the_headline_is_the_best_of_all_candidates(sample: Sample) -> None:
    page = Page(read(sample.path.read_bytes(), sample.path.name))
    weights = points_table(page.document.kind)["headline"]
    at = candidates(page.context)
    columns = signs(page.context, at)
    assert columns.keys() == weights.keys()
    scores = {
        i: sum([weights[name] * column[place] for name, column in columns.items()]) for place, i in enumerate(at)
    }
    best = max(scores, key=lambda i: scores[i])
    assert page.context.headline == (best if scores[best] > 0 else -1)


def test_a_headline_shows_below_the_path_and_above_the_byline() -> None:
    page = Page(read(b"Boats\n\nHome > Tides\n\nEleven eels: a list\n\nBy Una Marsh\n\nOne in the harbour.", kind="text"))
    columns = signs(page.context, [1, 2])
    told = ["path", "below a path", "longest so far", "colon inside", "date or byline next", "phrase before"]
    assert [bool(columns[sign][1]) for sign in told] == [False, True, True, True, True, False]
    assert columns["path"][0]


def test_far_down_the_text_only_headings_can_be_the_headline() -> None:
    below = "".join([f"<p>Harbour {n}</p>" for n in range(12)])
    context = _page(f"<p>Boats</p><p>{GOOD}</p>{below}<h2>Ferries</h2><p>Tides</p>").context
    assert candidates(context) == [0, *range(1, 11), 14]
    assert candidates(_page(f"<p>Boats</p>{below}<p>Tides</p>").context) == list(range(14))


def test_shares_of_what_stands_before_are_whole_thousandths() -> None:
    context = _page('<p>one two three</p><p><a href="/">four</a></p><p>five six seven</p>').context
    assert context.words_before == [0, 0.428, 0.571]
    assert context.position == [0, 0.5, 1]
    assert context.density_window(1) == [0.235, 0.129, 0.222]


def test_single_words_are_looked_at_in_the_start_of_a_block() -> None:
    local = _page(f"<p>{'tide ' * 100}{'Boats ' * 900}</p>").local
    assert local.tokens[0][0] == "tide"
    assert 100 <= len(local.tokens[0]) < 200
    assert local.capitals == [0]
    assert local.words == [1000]


def test_levels_from_the_headline() -> None:
    page = _page(f"<main><div><h1>Tides</h1><p>{GOOD}</p></div><p>Low again</p></main><footer><p>Boats</p></footer>")
    assert page.containers.levels_from(page.context.headline) == [0, 1, 2, 3]
    assert page.containers.levels_from(-1) == [None] * 4


def test_the_article_around_a_block_is_the_innermost() -> None:
    page = _page("<article><p>Tides</p><div><article><p>Boats</p></article></div></article><p>Ferries</p>")
    outer, inner, outside = page.containers.articles
    assert (page.document.elements[outer].name, page.document.elements[inner].name, outside) == ("article", "article", -1)
    assert outer < inner


def test_a_branch_is_the_largest_element_without_the_lead() -> None:
    page = _page(
        f"<div>Songs<h1>Tides</h1><p>{GOOD}</p></div><aside><ul><li>Boats</li><li>Ferries</li></ul></aside><aside>Inns</aside>"
    )
    assert page.document.blocks[page.context.lead].text == GOOD
    names = [page.document.elements[place].name if place >= 0 else "" for place in page.context.branches]
    assert names == ["", "h1", "", "aside", "aside", "aside"]  # text beside the lead, and the lead itself, are on no branch
    assert page.context.branches[3] == page.context.branches[4] != page.context.branches[5]
    assert page.containers.branches(-1) == [-1] * 6


def test_the_lead_stands_below_the_headline() -> None:
    assert _page(f"<title>The tides</title><p>{GOOD}</p><h1>The tides</h1><p>{GOOD}</p>").context.lead == 2
    assert _page("<h1>Tides</h1><p>Low.</p>").context.lead == -1
