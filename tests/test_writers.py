"""Text, JSON and JSON lines from documents made by hand."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stripper.layout import lines_of
from stripper.model import Block, Element, Label
from stripper.writers.json import write_json
from stripper.writers.jsonl import write_jsonl
from stripper.writers.text import write_text
from tests.fake import BODY, html, labelled, text


def item(words: str, element: int = 0, mark: str = "• ", indent: int = 0) -> Block:
    return Block(0, words, "item", element=element, mark=mark, indent=indent)


def paragraph(words: str) -> Block:
    return Block(0, words, "paragraph")


class TestHtml:
    def test_blocks_are_apart_by_a_blank_line(self) -> None:
        page = html(paragraph("One."), paragraph("Menu"), paragraph("Two."))
        assert write_text(page, labelled(page, "bnb"), BODY) == "One.\n\nTwo.\n"

    def test_nothing_kept_is_nothing(self) -> None:
        page = html(paragraph("Menu"))
        assert write_text(page, labelled(page, "n"), BODY) == ""
        assert write_text(html(), [], BODY) == ""

    def test_the_headline_comes_first(self) -> None:
        page = html(paragraph("Standfirst."), Block(0, "Ferry sinks", "title"), paragraph("Text."))
        assert write_text(page, labelled(page, "bbb"), BODY) == "Ferry sinks\n\nStandfirst.\n\nText.\n"

    def test_a_headline_that_is_dropped_changes_nothing(self) -> None:
        page = html(paragraph("Standfirst."), Block(0, "Ferry sinks", "title"), paragraph("Text."))
        assert write_text(page, labelled(page, "bjb"), BODY) == "Standfirst.\n\nText.\n"

    def test_items_of_one_list_are_apart_by_a_line_break(self) -> None:
        elements = (Element(-1, "ul"), Element(0, "li"), Element(1, "ol"), Element(-1, "ul"))
        page = html(
            paragraph("Bring:"), item("rope", 0), item("a knife", 1), item("short", 2, "1. ", 1), item("other list", 3),
            elements=elements,
        )  # fmt: skip
        page = page._replace(blocks=(page.blocks[0]._replace(element=-1), *page.blocks[1:]))
        assert write_text(page, labelled(page, "bbbbb"), BODY) == (
            "Bring:\n\n• rope\n• a knife\n  1. short\n\n• other list\n"
        )

    def test_items_stay_together_where_something_between_them_is_dropped(self) -> None:
        page = html(item("rope"), paragraph("Advert"), item("knife"), elements=(Element(-1, "ul"),))
        assert write_text(page, labelled(page, "bjb"), BODY) == "• rope\n• knife\n"

    def test_a_dropped_item_does_not_glue_its_list_to_the_paragraph_before(self) -> None:
        page = html(paragraph("Bring:"), item("advert"), item("rope"), elements=(Element(-1, "ul"),))
        assert write_text(page, labelled(page, "bjb"), BODY) == "Bring:\n\n• rope\n"

    def test_lines_of_an_item_hang_below_its_text(self) -> None:
        page = html(item("first\nsecond", mark="10. "), elements=(Element(-1, "ol"),))
        assert write_text(page, labelled(page, "b"), BODY) == "10. first\n    second\n"

    def test_table_rows_are_a_line_each(self) -> None:
        elements = (Element(-1, "table"), Element(0, "tr"), Element(0, "tr"), Element(-1, "table"))
        rows = [Block(0, f"{name}\t{n}", "table", element=n) for n, name in enumerate("abcd")]
        page = html(*rows, elements=elements)
        assert write_text(page, labelled(page, "bbbb"), BODY) == "a\t0\nb\t1\nc\t2\n\nd\t3\n"

    def test_code_stays_as_it_stands(self) -> None:
        code = "def f():\n    return 1\n\n\nf()"
        page = html(paragraph("See:"), Block(0, code, "code"))
        assert write_text(page, labelled(page, "bb"), BODY) == f"See:\n\n{code}\n"

    def test_quotations_stand_as_paragraphs(self) -> None:
        page = html(Block(0, "To be.", "quote"), Block(0, "Or not.", "quote"))
        assert write_text(page, labelled(page, "bb"), BODY) == "To be.\n\nOr not.\n"

    def test_keep_chooses_the_labels(self) -> None:
        page = html(paragraph("Text."), paragraph("Photo: A."), paragraph("Menu"))
        assert write_text(page, labelled(page, "bcn"), frozenset({Label.CAPTION, Label.NAV})) == "Photo: A.\n\nMenu\n"


class TestText:
    def test_lines_are_printed_as_they_stand(self) -> None:
        notes = text("Home\n\n  One\nhard-wrapped \nparagraph.\n\n\nTwo.\n")
        assert write_text(notes, labelled(notes, "nbb"), BODY) == "  One\nhard-wrapped \nparagraph.\n\n\nTwo.\n"

    def test_what_was_dropped_leaves_one_blank_line(self) -> None:
        notes = text("One.\n\n\nMenu\n\n\nShare\n\nTwo.")
        assert write_text(notes, labelled(notes, "bnnb"), BODY) == "One.\n\nTwo.\n"

    def test_no_blank_line_is_made_up(self) -> None:
        notes = text("One.\nMenu\nTwo.")
        blocks = tuple(Block(n, line, "line", (n, n), gap=0) for n, line in enumerate(notes.source, 1))
        notes = notes._replace(blocks=blocks)
        assert write_text(notes, labelled(notes, "bnb"), BODY) == "One.\nTwo.\n"

    def test_the_headline_stays_where_it_stands(self) -> None:
        notes = text("Standfirst.\n\nTitle\n\nText.")
        blocks = [*notes.blocks]
        blocks[1] = blocks[1]._replace(role="title")
        notes = notes._replace(blocks=tuple(blocks))
        assert write_text(notes, labelled(notes, "bbb"), BODY) == "Standfirst.\n\nTitle\n\nText.\n"
        assert write_text(notes, labelled(notes, "bbb"), BODY, unwrap=True) == "Standfirst.\n\nTitle\n\nText.\n"

    def test_a_line_of_two_blocks_is_printed_once_if_one_is_kept(self) -> None:
        notes = text("Menu   Text.")
        blocks = (Block(1, "Menu", "line", (1, 1), gap=0), Block(2, "Text.", "line", (1, 1), gap=0))
        notes = notes._replace(blocks=blocks)
        assert write_text(notes, labelled(notes, "nb"), BODY) == "Menu   Text.\n"
        assert write_text(notes, labelled(notes, "bn"), BODY) == "Menu   Text.\n"

    def test_unwrap_puts_paragraphs_on_a_line_and_keeps_lists_together(self) -> None:
        notes = text("One\nand more.\n\n* a\n* b")
        items = (
            Block(2, "a", "item", (4, 4), mark="* ", gap=1),
            Block(3, "b", "item", (5, 5), mark="* ", indent=2, gap=0),
        )
        notes = notes._replace(blocks=(notes.blocks[0], *items))
        assert write_text(notes, labelled(notes, "bbb"), BODY, unwrap=True) == "One and more.\n\n* a\n  * b\n"

    @given(st.lists(st.sampled_from(["", " ", "a", "b c", "Menu"]), max_size=30), st.data())
    def test_output_is_a_subsequence_of_the_lines(self, lines: list[str], data: st.DataObject) -> None:
        notes = text("\n".join(lines))
        letters = data.draw(st.text("bncj", min_size=len(notes.blocks), max_size=len(notes.blocks)))
        verdicts = labelled(notes, letters)
        out = write_text(notes, verdicts, BODY)
        rest = iter(notes.source)
        assert all(line in rest for line in out.splitlines())
        kept = [line.strip() for line in out.splitlines() if line.strip()]
        wanted = [
            line.strip()
            for verdict in verdicts
            if verdict.label is Label.BODY
            for line in notes.source[verdict.block.lines[0] - 1 : verdict.block.lines[1]]
        ]
        assert kept == wanted
        assert not out.startswith(("\n", " \n"))
        assert not out.endswith(("\n\n", "\n \n"))


@given(st.lists(st.sampled_from(["paragraph", "item", "table", "title"]), max_size=12), st.data())
def test_page_output_is_a_subsequence_of_the_page(roles: list[str], data: st.DataObject) -> None:
    count = len(roles)
    page = html(*(Block(0, f"t{n}", role, element=n % 3) for n, role in enumerate(roles)),
                elements=(Element(-1, "ul"), Element(-1, "table"), Element(-1, "div")))  # fmt: skip
    verdicts = labelled(page, data.draw(st.text("bn", min_size=count, max_size=count)))
    lines = lines_of(page, verdicts, BODY)
    assert sorted(line.block for line in lines if line.block >= 0) == list(range(count))
    kept = [line.text for line in lines if line.kept]
    assert "".join(f"{line}\n" for line in kept) == write_text(page, verdicts, BODY)
    assert not kept or (kept[0] and kept[-1])
    assert all(above or below for above, below in pairwise(kept))


class TestJson:
    def test_jsonl_holds_the_number_of_a_texts_item_but_no_bullet(self) -> None:
        page = html(item("Tides", -1, "1. "), item("Boats", -1, "* "))._replace(kind="text")
        assert [json.loads(line)["text"] for line in write_jsonl(page, labelled(page, "bb")).splitlines()] == [
            "1. Tides",
            "Boats",
        ]

    def test_jsonl_holds_an_object_a_block(self) -> None:
        page = html(paragraph("“Text”\n\x07"), paragraph("Menu")._replace(hidden=True))
        lines = write_jsonl(page, labelled(page, "bn")).splitlines()
        assert json.loads(lines[0]) == {
            "source": "page.html", "number": 1, "label": "body", "role": "paragraph", "text": "“Text”\n\x07",
            "confidence": 0.75,
        }  # fmt: skip
        assert json.loads(lines[1]) == {
            "source": "page.html", "number": 2, "label": "nav", "role": "paragraph", "text": "Menu", "confidence": 0.75,
            "hidden": True,
        }  # fmt: skip
        assert "“Text”\\n\\u0007" in lines[0]

    def test_json_holds_an_object_an_input(self) -> None:
        page = html(paragraph("Text"), title="Title", language="en", encoding="gbk")
        out = write_json(page, labelled(page, "b"))
        assert out.endswith("}\n")
        assert out.count("\n") == 1
        assert json.loads(out) == {
            "source": "page.html", "kind": "html", "encoding": "gbk", "title": "Title", "language": "en",
            "blocks": [{"number": 1, "label": "body", "role": "paragraph", "text": "Text", "confidence": 0.75}],
        }  # fmt: skip

    def test_keep_restricts_the_blocks(self) -> None:
        page = html(paragraph("Text"), paragraph("Menu"))
        assert [json.loads(line)["number"] for line in write_jsonl(page, labelled(page, "bn"), BODY).splitlines()] == [
            1
        ]
        assert len(json.loads(write_json(page, labelled(page, "bn"), BODY))["blocks"]) == 1

    def test_explain_adds_the_evidence(self) -> None:
        page = html(paragraph("Text"))
        (block,) = json.loads(write_json(page, labelled(page, "b"), explain=True))["blocks"]
        points = {"body": 1.5, "caption": 0.0, "nav": 0.0, "junk": 0.0}
        assert block["evidence"] == [{"observation": "letter", "note": "b", "points": points}]

    def test_a_file_name_that_is_no_text_is_shown_as_far_as_it_is(self) -> None:
        page = html(paragraph("Text"), name="caf\udce9.html")
        out = write_json(page, labelled(page, "b"))
        assert json.loads(out)["source"] == "caf\ufffd.html"
        out.encode()
