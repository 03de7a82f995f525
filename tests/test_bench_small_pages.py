"""The small pages that the points are learned from beside the corpora: what each line is said to be is there to see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stripper.model import Label
from stripper.readers import read
from tests.bench.cases import cases, sites_of, truth_of
from tests.bench.corpora import BODY, JUNK, NAV, NOT_BODY, UNKNOWN, tokens
from tests.bench.tidy import pages
from tests.bench.tidy.as_text import RENDERINGS
from tests.bench.tidy.letters import LETTERS
from tests.bench.unseen import FOLDER as UNSEEN
from tests.bench.written import FOLDER as WRITTEN
from tests.bench.written import WrittenPage, pages_in
from tests.samples import characters


@pytest.mark.parametrize("kind", ["html", "text"])
def test_every_line_of_a_tidy_page_stands_in_it(kind: str) -> None:
    for page in pages(kind):
        document = read(page.data.encode(), page.name, kind=kind)
        words = " ".join([word for block in document.blocks for word in tokens(f"{block.mark} {block.text}")])
        missing = [text for _, text in page.lines if " ".join(tokens(text)) not in words]
        assert not missing, (page.name, missing)
        assert {label for label, _ in page.lines} <= set(Label)


def test_tidy_pages_are_the_same_in_every_run() -> None:
    assert list(pages("text")) == list(pages("text"))


def test_tidy_pages_have_all_labels_and_renderings() -> None:
    assert {label for page in pages("html") for label, _ in page.lines} == set(Label)
    assert {page.name.rpartition("-")[2] for page in pages("text")} == {*RENDERINGS, *LETTERS}


def test_letters_are_read_as_what_they_are() -> None:
    for page in pages("text"):
        kind = page.name.rpartition("-")[2]
        if kind in LETTERS:
            origin = read(page.data.encode(), page.name, kind="text").origin
            assert kind in origin.lower(), (page.name, origin)


def test_cases_that_share_a_line_are_of_one_site() -> None:
    assert sites_of([{"a": "nav"}, {"b": "nav"}, {"b": "nav", "a": "nav"}, {}]) == [0, 0, 0, 3]


def test_the_truth_of_a_case_is_what_its_expectation_says() -> None:
    lines = ["Home", "An article in the middle", "Sold by the yard", "Another article", "Terms of sale", "© Us"]
    document = read("\n\n".join(lines).encode(), "case.txt", kind="text")
    expected = {
        "contains": ["article in"],
        "excludes": ["by the yard"],
        "labels": {"Home": "nav", "© Us": "junk", "of": "nav"},  # `of` stands in more lines than one could mean
    }
    assert truth_of(document, expected | {"contains": ["article in", "of sale"]}) == [NAV, BODY, NOT_BODY, UNKNOWN, NAV, JUNK]
    assert truth_of(document, expected)[4] == NAV


def test_a_case_of_html_is_learned_from_as_html_and_as_copied_text(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    (tmp_path / "score").mkdir()
    script = "import sys; print('\\n'.join(open(sys.argv[1]).read().replace('<p>', '\\n').split('</p>')))"
    (tmp_path / "score" / "copy_text.py").write_text(script)
    (folder / "00-a.html").write_text("<p>A story of a goat.</p><p>Back to top</p>")
    (folder / "00-a.expect.json").write_text(
        json.dumps({"input": "00-a.html", "contains": ["goat"], "labels": {"Back to top": "nav"}})
    )
    (folder / "02-c.html").write_text("<meta charset=utf-16><p>Another story.</p>", encoding="utf-16")
    (folder / "02-c.expect.json").write_text(json.dumps({"input": "02-c.html", "contains": ["story"]}))
    (folder / "01-b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "01-b.expect.json").write_text(json.dumps({"input": "01-b.png", "exit": 2}))
    for kind, names in (("html", ["00-a.html", "02-c.html"]), ("text", ["00-a.html"])):  # no text can be copied of the other
        found = list(cases(tmp_path / "corpora", kind))
        assert [case.name for case in found] == names
        assert (found[0].document.kind, found[0].truth) == (kind, [BODY, NAV])


@pytest.mark.parametrize("page", [*pages_in(WRITTEN), *pages_in(UNSEEN)], ids=lambda page: page.path.name)
def test_the_lines_of_a_written_page_stand_in_it_in_their_order(page: WrittenPage) -> None:
    shown = iter([letter for block in page.document.blocks for letter in characters(f"{block.mark}{block.text}")])
    for _, text in page.lines:
        missing = [letter for letter in characters(text) if letter not in shown]
        assert not missing, text
