"""Plain text → blocks."""

from __future__ import annotations

import re
import textwrap
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.model import Block, Document
from stripper.readers.text import FACTS, ORIGINS, read_text
from stripper.readers.text_lines import INVISIBLE, split_lines
from stripper.readers.text_wrap import width

BAKERS = (
    "The bakers of Lower Windle have agreed to ring a small brass bell whenever the first loaf of the morning leaves "
    "the oven, so that nobody on the street has to guess.",
    "Nine bells have been cast from a single broken propeller, which the harbour master Ottoline Fisk had kept behind "
    "her door for thirty years because it reminded her of a swan.",
    "On the first day every bell rang at once. By the end of the week the bakers had drawn up a timetable, and the "
    "street now hears them one after the other, from the ropewalk down to the ferry.",
)


def read(text: str) -> Document:
    return read_text(text, "sample")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def wrapped(paragraphs: tuple[str, ...], columns: int, indent: str = "") -> str:
    return "\n\n".join(textwrap.fill(p, columns, initial_indent=indent, subsequent_indent=indent) for p in paragraphs)


def find(document: Document, start: str) -> Block:
    (block,) = [block for block in document.blocks if block.text.startswith(start)]
    return block


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.translate(INVISIBLE))


def check_laws(document: Document) -> None:
    """Every line that holds something is in exactly one block, in order, and every word of its is in that block."""
    last = 0
    for number, block in enumerate(document.blocks, 1):
        assert block.number == number
        assert last < block.lines[0] <= block.lines[1] <= len(document.source)
        between = document.source[last : block.lines[0] - 1]
        assert not "".join(between).translate(INVISIBLE).strip()
        assert block.gap == len(between)
        last = block.lines[1]
        assert block.text
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", block.text)
        assert block.facts <= set(FACTS)
        own = "\n".join(document.source[block.lines[0] - 1 : block.lines[1]])
        if not block.links or block.linked is None or "markdown-link" in block.facts:
            held, got = words(re.sub(r"\[\d+\]", " ", own)), words(re.sub(r"\[\d+\]", " ", block.mark + block.text))
            if "columns" in block.facts:
                assert Counter(held) == Counter(got)
            else:
                assert held == got
    assert not "".join(document.source[last:]).translate(INVISIBLE).strip()
    assert document.origin in ORIGINS
    assert document.kind == "text"


PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\r", "\f", "\t", " ", "    ", "* ", "• ", "1. ", "2. ", "> ", "# ", "```\n"),
        *(
            "-----\n",
            "====\n",
            "| a | b |\n",
            "│x│y│\n",
            "├─┼─┤\n",
            "[1]",
            "[2]Tide",
            "References\n",
            " 1. https://t.example/\n",
        ),
        *("\x1b[31m", "\x00", "\ufeff", "\u200b", "\u200d", "\u202e", "Ottoline", "bell.", "word ", "(BUTTON)", "[ ]"),
        *("____", "From: a@b.example\n", "Subject: Bells\n", "-- \n", "漢字", "[x](y)", "https://t.example", "\u2028"),
        *("    if (a) { b(); }\n", "–", " – ", "     [       ] ", "One   two   three\n", ">>> ", "--", "###"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join))
def test_laws_hold_for_any_text(text: str) -> None:
    check_laws(read(text))


@given(st.permutations(BAKERS), st.integers(52, 90), st.sampled_from(["", "   "]))
def test_hard_wrapped_paragraphs_are_restored(paragraphs: list[str], columns: int, indent: str) -> None:
    document = read(wrapped(tuple(paragraphs), columns, indent))
    assert texts(document) == paragraphs
    assert {block.role for block in document.blocks} == {"paragraph"}
    assert document.wrap is not None
    assert document.wrap <= columns


def test_nothing() -> None:
    for text in ("", "\n", " \n\t\n", "\ufeff", "\x00", "\x1b[0m\n"):
        document = read(text)
        assert document.blocks == ()
        assert document.origin == "plain text"


def test_one_paragraph_a_line_is_not_joined() -> None:
    document = read("\n".join(BAKERS))
    assert texts(document) == list(BAKERS)
    assert document.wrap is None
    assert document.origin == "one paragraph a line"


def test_single_line() -> None:
    document = read(" ".join(BAKERS))
    assert texts(document) == [" ".join(BAKERS)]
    assert document.origin == "single line"


def test_browser_copy() -> None:
    menu = "Skip to content\n\nWindle Post\n\n  • Harbour\n  • Weather\n  • Jobs\n\nHome > Harbour\n\nBells for bakers"
    document = read("\n\n".join([menu, *BAKERS]) + "\n\nBy Orrin Pell\n2 May 2021\n\nShare\nPrint\n\nImprint")
    check_laws(document)
    assert document.origin == "browser copy"
    assert document.wrap is None
    assert len(document.blocks) == 15
    harbour = document.blocks[2]
    assert (harbour.text, harbour.mark, harbour.role, harbour.indent, harbour.gap) == ("Harbour", "• ", "item", 2, 1)
    assert harbour.facts == {"bullet"}
    assert find(document, "2 May").facts == {"date"}
    assert find(document, "Bells").role == "line"
    assert harbour.linked is None
    assert harbour.links is None


def test_a_heavy_rule_across_the_page_is_of_w3m() -> None:
    text = "Windle Post\n\n" + wrapped(BAKERS, 79)
    assert read(f"{text}\n").origin == "hard-wrapped text"
    assert read(f"{text}\n{'━' * 79}\n\nReply\n").origin == "w3m dump"


def test_w3m_dump() -> None:
    document = read(
        "Windle Post\n\n  • Harbour\n  • Weather\n\n 1. Home\n 2. Town\n\n"
        + wrapped(BAKERS, 79)
        + "\n\n┌──────┬────────────┐\n│ Bell │   Baker    │\n├──────┼────────────┤\n"
        + "│First │Agnes Thorn │\n│      │and son     │\n└──────┴────────────┘\n\nReply\nMore bells\n"
    )
    check_laws(document)
    assert document.origin == "w3m dump"
    assert document.wrap is not None
    for paragraph in BAKERS:
        assert find(document, paragraph).role == "paragraph"
    rows = [block.text for block in document.blocks if block.role == "table"]
    assert rows == ["Bell\tBaker", "First\tAgnes Thorn and son"]
    assert find(document, "Home").mark == "1. "
    assert find(document, "Reply").text == "Reply"


LYNX = """\
   [1]Windle Post
     * [2]Harbour
     * [3]Weather

Bells for bakers

   The bakers of [4]Lower Windle have agreed to ring a small brass bell
   whenever the first loaf of the morning leaves the oven, so that nobody
   on the street has to guess, says [5]Ottoline Fisk.[1]

   Nine bells have been cast from a single broken propeller, which the
   harbour master had kept behind her door for thirty years because it
   reminded her of a swan.

   [6]Share[7]Print
   (BUTTON) Reply
     __________________________________________________________________

   [8]Imprint

References

   Visible links:
   1. https://post.example/
   2. https://post.example/harbour
   3. https://post.example/weather
   4. https://windle.example/
   5. https://post.example/fisk
   6. https://post.example/bells#share
   7. https://post.example/bells#print
   8. https://post.example/imprint

   Hidden links:
   9. https://post.example/bells
"""


def test_lynx_dump_with_link_numbers() -> None:
    document = read(LYNX)
    check_laws(document)
    assert document.origin == "lynx dump with link numbers"
    bakers = find(document, "The bakers")
    assert bakers.text == BAKERS[0].removesuffix(".") + ", says Ottoline Fisk.[1]"  # the page's own [1] stays
    assert (bakers.links, bakers.linked, bakers.outbound, bakers.anchors) == (2, None, 1, 0)
    harbour = find(document, "Harbour")
    assert (harbour.mark, harbour.links, harbour.linked, harbour.outbound) == ("* ", 1, 7, 0)
    share = find(document, "Share")
    assert (share.text, share.links, share.linked, share.anchors) == ("Share Print", 2, None, 2)
    nine = find(document, "Nine bells")
    assert (nine.links, nine.linked) == (0, 0)
    assert find(document, "(BUTTON)").facts == {"button"}
    assert "rule" in find(document, "____").facts
    references = [block for block in document.blocks if "reference" in block.facts]
    assert references[0].text == "References"
    assert len(references) == 12
    assert references[2].mark == "1. "
    assert references[2].text == "https://post.example/"
    assert references[2].links is None


def test_w3m_link_numbers() -> None:
    text = "[1]Windle Post\n\n" + wrapped(BAKERS, 72).replace("brass", "[2]brass") + "\n\n[4][Send]\n\n\n"
    document = read(
        text + "References:\n\n[1] https://post.example/\n[2] https://post.example/brass\n[3] https://a.example/\n"
    )
    check_laws(document)
    assert document.origin == "w3m dump with link numbers"
    assert find(document, "Windle").linked == 11
    assert BAKERS[0] in [block.text for block in document.blocks][1]
    assert sum("reference" in block.facts for block in document.blocks) == 4


def test_footnote_marks_are_no_link_numbers() -> None:
    sources = "Sources\n[1] Fisk, Propellers, page 9.\n[2] Private letter.\n"
    document = read(f"{BAKERS[0]} [1]\n\n{BAKERS[1]} [2]\n\n{sources}")
    check_laws(document)
    assert document.blocks[0].text.endswith("[1]")
    assert find(document, "[1] Fisk").links is None


def test_elinks_columns() -> None:
    menu = ["[1]Harbour", "[2]Weather", "[3]Jobs", "[4]Letters", "[5]Rooms to let", "[6]Lost", "[7]Found"]
    prose = [*textwrap.wrap(BAKERS[0], 52), "", *textwrap.wrap(BAKERS[1], 52)]
    rows = [f"    {left:20}{right}".rstrip() for left, right in zip(menu + [""] * 3, prose, strict=False)]
    document = read("                    Windle Post\n\n   ═════════════════════════\n\n" + "\n".join(rows) + "\n")
    check_laws(document)
    assert document.origin == "elinks dump"
    holds = [block for block in document.blocks if BAKERS[1] in block.text]
    assert len(holds) == 1
    assert "columns" in holds[0].facts
    assert holds[0].role == "paragraph"
    assert find(document, "[1]Harbour").text == "[1]Harbour [2]Weather [3]Jobs [4]Letters\t" + BAKERS[0]


MAIL = """\
From: Orrin Pell <orrin@bells.example>
To: bakers@bells.example
Subject: Re: Which bell is broken?

Dear all,

the bell above the ropewalk has not rung since Tuesday, and I think
that the clapper has been eaten by something with rather good teeth.
It will be replaced on Friday.

On 5 May 2021 at 21:40, Agnes Thorn wrote:
> The timetable says that my bell rings first, but I only ever hear
> the one from the ferry, and it sounds like a bucket.
>
> > Has anyone seen the ladder?

Please bring the ladder.

Orrin

--
Orrin Pell, keeper of bells
Open every second Saturday
"""


@pytest.mark.parametrize(
    "names", ["Van Aan Onderwerp", "Od Do Temat", "Från Till Ämne", "Від Кому Тема", "发件人 收件人 主题", "من إلى الموضوع"]
)
@pytest.mark.parametrize("colon", [": ", "："])
def test_mail_in_other_languages(names: str, colon: str) -> None:
    sender, receiver, subject = names.split()
    document = read(f"{sender}{colon}a@bells.example\n{receiver}{colon}b@bells.example\n{subject}{colon}Bells：old\n\nRing.\n")
    assert (document.origin, document.title) == ("mail", "Bells：old")


def test_a_long_mail_header_does_not_run_into_the_next() -> None:
    head = ["From: Una Marsh <una@tides.example>", "Subject: Re: A question about the liquescent forms of the twelfth book"]
    head.append("Date: Tue, 3 Jun 2031 09:12:44 +0200")
    page = read("\n".join([*head, "", *textwrap.wrap("The sources that I know of have no such forms in this place. " * 9, 72)]))
    assert page.origin == "mail"
    assert texts(page)[:3] == head
    assert len(page.blocks) == 4


def test_mail() -> None:
    document = read(MAIL)
    check_laws(document)
    assert document.origin == "mail"
    assert document.title == "Re: Which bell is broken?"
    assert find(document, "From:").facts >= {"header", "label"}
    assert find(document, "the bell above").lines == (7, 9)
    quote = find(document, "The timetable")
    assert quote.role == "quote"
    assert quote.text == (
        "The timetable says that my bell rings first, but I only ever hear the one from the ferry, "
        "and it sounds like a bucket."
    )
    assert quote.lines == (12, 14)  # with the empty quoted line
    assert find(document, "Has anyone").facts == {"quoted"}
    assert find(document, "Please").facts == set()
    assert [block.text for block in document.blocks if "signature" in block.facts] == [
        "--", "Orrin Pell, keeper of bells", "Open every second Saturday",
    ]  # fmt: skip


def test_newsletter() -> None:
    document = read(
        "View this in your browser ( https://bells.example/1 )\n\n**********\nTHE WEEKLY BELL\n**********\n\n"
        + wrapped(BAKERS, 64)
        + "\n\n* A bell for cats ( https://bells.example/2 )\n\nUnsubscribe ( https://bells.example/3 )\n"
    )
    check_laws(document)
    assert document.origin == "newsletter"
    assert find(document, "THE WEEKLY").facts == {"upper"}
    assert [block.facts for block in document.blocks if "rule" in block.facts] == [{"rule"}, {"rule"}]
    assert find(document, "Unsubscribe").facts >= {"address"}


MARKDOWN = """\
[Home](/) | [Away](#away)

# Bells for bakers

Setext below
------------

The bakers of *Lower Windle* have agreed to ring a bell, see [the list](list.html "all bells").

* first: 4
* second: 5

> It sounds like a bucket.

```python
ring(bell)

ring(bucket)
```

![A bell](bell.png)

| Bell | Baker |
|------|-------|
| one  | Agnes |
"""


def test_markdown() -> None:
    document = read(MARKDOWN)
    assert document.origin == "Markdown"
    assert document.title == "Bells for bakers"
    home = document.blocks[0]
    assert (home.links, home.linked, home.anchors) == (2, len("[Home](/)") + len("[Away](#away)"), 1)
    assert find(document, "Bells").role == "heading-1"
    assert find(document, "Setext").role == "heading-2"
    assert find(document, "Setext").lines == (5, 6)
    assert find(document, "Setext").facts == {"underlined"}
    bakers = find(document, "The bakers")
    assert (bakers.links, bakers.linked, bakers.anchors) == (1, len('[the list](list.html "all bells")'), 0)
    assert find(document, "first").role == "item"
    assert find(document, "It sounds").role == "quote"
    code = find(document, "```python")
    assert code.role == "code"
    assert code.text.splitlines()[1:4] == ["ring(bell)", "", "ring(bucket)"]
    assert find(document, "![A bell]").facts == {"markdown-image"}
    assert [block.text for block in document.blocks if block.role == "table"] == ["Bell\tBaker", "one\tAgnes"]


def test_poem_addresses_and_short_lines_stay_apart() -> None:
    poem = ["Nine bells along the windle", "ringing what the oven knows", "seven for the kindling", "two for salt"]
    address = ["Ottoline Fisk", "Harbour House", "3 Rope Street", "Lower Windle"]
    document = read("\n".join([*poem, "", *address, "", wrapped(BAKERS, 72)]) + "\n")
    check_laws(document)
    assert document.wrap is not None
    assert texts(document) == [*poem, *address, *BAKERS]


def test_indented_code_is_one_block_with_its_lines() -> None:
    code = "    def ring(bell):\n        for clapper in bell:\n            clapper.swing(3)\n\n        bell.count()\n"
    document = read(f"{BAKERS[0]}\n\nHere it is:\n\n{code}\n{BAKERS[1]}\n")
    check_laws(document)
    (block,) = [block for block in document.blocks if block.role == "code"]
    assert block.text == textwrap.dedent(code).rstrip("\n")
    assert block.lines == (5, 9)
    assert block.indent == 4


def test_indented_prose_is_no_code() -> None:
    quote = textwrap.indent(textwrap.fill(BAKERS[1], 60), " " * 8)
    document = read(wrapped(BAKERS, 72) + "\n\n" + quote + "\n")
    assert document.blocks[-1].role == "paragraph"
    assert document.blocks[-1].text == BAKERS[1]


def test_tables_of_tabs_and_blanks() -> None:
    document = read("Bell\tBaker\tTime\nOne\tAgnes\t5:00\n\nName      Weight\nBucket    three stone\n\nA bell.\n")
    check_laws(document)
    assert [block.role for block in document.blocks] == ["table"] * 4 + ["paragraph"]
    assert texts(document)[:2] == ["Bell\tBaker\tTime", "One\tAgnes\t5:00"]
    assert texts(document)[3] == "Bucket\tthree stone"
    assert document.blocks[0].facts == {"columns"}


def test_numbers_that_count_are_marks_and_dates_are_not() -> None:
    document = read("1. Warm the oven.\n2. Ring the bell.\n\n14. März 2021\n\n9. last\n10. very last\n")
    assert [block.mark for block in document.blocks] == ["1. ", "2. ", "", "9. ", "10. "]
    assert document.blocks[2].text == "14. März 2021"
    assert document.blocks[2].facts == {"date"}
    assert document.blocks[0].facts == {"numbered"}


def test_a_dash_within_a_paragraph_is_no_bullet() -> None:
    text = BAKERS[0] + " " + BAKERS[1].replace("from a single", "– yes, cast – from a single")
    for columns in range(50, 90):
        document = read(wrapped((text, *BAKERS), columns))
        assert document.blocks[0].text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f"])
def test_line_ends(end: str) -> None:
    document = read(end.join(["\ufeffA bell.", "", "A bucket.", ""]))
    assert document.source == ("A bell.", "", "A bucket.")
    assert [block.lines for block in document.blocks] == [(1, 1), (3, 3)]


def test_control_characters_go_and_joiners_stay() -> None:
    text = "\x1b[1;31mRed\x1b[0m bell \x1b]8;;https://t.example\x1b\\here\x1b]8;;\x07\x00\x7f\x9b\u202ereversed\u2066\n"
    text += "می\u200cخواهم soft\u00adhyphen zero\u200bwidth\u2028line\ttab\n"
    lines, escaped = split_lines(text)
    assert lines == ["Red bell herereversed", "می\u200cخواهم soft\u00adhyphen zero\u200bwidth\u2028line\ttab"]
    assert escaped == {0}
    document = read(text)
    assert document.blocks[0].facts == {"escape"}
    assert document.blocks[1].text == "می\u200cخواهم softhyphen zerowidth line\ttab"


def test_chinese_is_unwrapped_without_blanks() -> None:
    paragraph = "港口的九口钟是用一只旧螺旋桨铸成的，街上的人每天早晨都能听见钟声，谁也不用再猜面包什么时候出炉。"
    rows = [paragraph[i : i + 20] for i in range(0, len(paragraph), 20)]
    document = read("\n\n".join("\n".join(rows) for _ in range(3)))
    assert texts(document) == [paragraph] * 3
    assert document.wrap is not None
    assert 38 <= document.wrap <= 42


def test_width() -> None:
    assert width("bell") == 4
    assert width("钟声") == 4
    assert width("e\u0301t\u200de") == 3


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("2023-05-16 08:20", "date"),
        ("Dienstag, 4. Mai 2021, 18:30 Uhr", "date"),
        ("17 февраля 2023, 09:05", "date"),
        ("2023年5月16日", "date"),
        ("Name: [____________]", "field"),
        ("( ) yes (*) no", "field"),
        ("[ Send ]", "button"),
        ("(BUTTON) Send", "button"),
        ("[bell-small.png]", "image"),
        ("brass_bell.JPG", "image"),
        ("[image]", "image"),
        ("Write to bells@windle.example", "address"),
        ("Price: 4 shillings", "label"),
        ("----------", "rule"),
        ("· · · · ·", "rule"),
        ("BELLS FOR BAKERS", "upper"),
    ],
)
def test_facts(text: str, fact: str) -> None:
    (block,) = read(text).blocks
    assert fact in block.facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("4 min read", "date"),
        ("Agnes 4 May 2021", "date"),
        ("A bell (brass) rings.", "field"),
        ("[Previous] [Next]", "button"),
        ("It was a png. Yes.", "image"),
        ("Write to bells@windle.example before the end of the week, please", "address"),
        ("She said: the bell is broken, and it will not be repaired before Friday at noon", "label"),
        ("Bells for BAKERS", "upper"),
        ("----- Bells -----", "rule"),
    ],
)
def test_no_facts(text: str, fact: str) -> None:
    (block,) = read(text).blocks
    assert fact not in block.facts


def test_link_numbers_whose_addresses_are_lost_are_links_all_the_same() -> None:
    text = (
        "   [1]Tides today and [3]tides tomorrow\n\n   The array [0] holds the first.\n\n   [2]Harbour office\n\n"
        "References\n\n   1. https://t.example/a\n   a line that went astray\n   2. https://t.example/b\n"
        "   3. https://t.example/c\n   4. https://t.example/d\n"
    )
    document = read_text(text, "sample")
    assert document.origin == "lynx dump with link numbers"
    found = [(block.text, block.links) for block in document.blocks[:3]]
    assert found == [("Tides today and tides tomorrow", 2), ("The array [0] holds the first.", 0), ("Harbour office", 1)]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000", "\u2003", "\u2028", "\t"])
def test_a_quote_is_set_in_by_any_white_space(blank: str) -> None:
    (block,) = read_text(f"{blank}> > Tide", "sample").blocks
    assert (block.text, block.role) == ("Tide", "quote")
