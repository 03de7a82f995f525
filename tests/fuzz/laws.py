"""What must hold for any input: DESIGN's laws as functions that raise AssertionError. Used by the fuzzer and the tests."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from lxml import etree

from stripper.decide import decide
from stripper.diff import unified
from stripper.layout import lines_of
from stripper.model import Document, Label, Points, Verdict
from stripper.readers.html import read_html
from stripper.readers.html_elements import (
    BASE,
    BEHAVIOUR,
    FALLBACK,
    FIELD,
    FRAME,
    HEAD,
    META,
    OPTION,
    SCRIPT,
    SKIP,
    TEMPLATE,
    TITLE,
    VOID,
)
from stripper.readers.text import read_text
from stripper.terminal import Style, diff_view, explain_view, inspect_view, side_by_side_view
from stripper.writers.json import write_json
from stripper.writers.jsonl import write_jsonl
from stripper.writers.text import write_text

BODY = frozenset({Label.BODY})
READ, JUDGE, EVERYTHING = range(3)
"""How far to go: read and check the blocks; judge them and check the text; all that can be printed as well."""
PIPE = Style(colour=False, width=0, unicode=True, terminal=False)
SCREEN = Style(colour=False, width=60, unicode=True, terminal=True)

CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What may never be printed: control characters but tabs and line ends, what turns the writing around, lone surrogates."""
_SKIPPED = frozenset({SKIP, HEAD, SCRIPT, TITLE, FRAME})
_METADATA = (_SKIPPED - {FRAME}) | {META, BASE, VOID, FALLBACK, TEMPLATE}
_LETTERS = re.compile(r"[^\W_]")


def check_page(text: str, depth: int = EVERYTHING) -> Document:
    """Read, judge and print a page; every law holds."""
    document = read_html(text, "page.html")
    for number, block in enumerate(document.blocks, 1):
        assert block.number == number
        assert block.text.strip(), "an empty block"
        assert -1 <= block.element < len(document.elements)
        assert 0 <= (block.linked or 0) <= len(block.text)
        assert 0 <= (block.emphasis or 0) <= len(block.text)
    for index, element in enumerate(document.elements):
        assert -1 <= element.parent < index
    befores = [picture.before for picture in document.pictures]
    assert befores == sorted(befores)
    shown = Counter(_LETTERS.findall("".join([block.text for block in document.blocks])))
    if not (document.claimed and document.blocks):
        assert shown == visible_letters(text), "law 1: something was lost or came twice"
    check_document(document, depth)
    return document


def check_text(text: str, depth: int = EVERYTHING) -> Document:
    """Read, judge and print a text; every law holds."""
    document = read_text(text, "notes.txt")
    last = 0
    for number, block in enumerate(document.blocks, 1):
        assert block.number == number
        assert block.text.strip(), "an empty block"
        first, last_line = block.lines
        assert last < first <= last_line <= len(document.source), "law 1: blocks overlap or go back"
        assert not _letters(document.source[last : first - 1]), "law 1: words between blocks"
        last = last_line
        held, got = _letters(document.source[first - 1 : last_line]), _letters([block.mark, block.text])
        lost = held - got
        assert not got - held, "law 2: something was made up"
        assert not lost or (all(letter.isdigit() for letter in lost) and block.links), "law 1: something was lost"
    assert not _letters(document.source[last:]), "law 1: words after the last block"
    check_document(document, depth)
    return document


def check_document(document: Document, depth: int = EVERYTHING) -> None:
    """Judge and print a document: the explanation is the decision, and nothing that acts on a terminal gets out."""
    if depth == READ:
        return
    if depth == JUDGE:
        check_text_output(document, decide(document))
        return
    verdicts = decide(document, explain=True)
    assert [verdict.block._replace(role="") for verdict in verdicts] == [b._replace(role="") for b in document.blocks]
    for verdict in verdicts:
        check_explanation(verdict)
    assert [verdict[:4] for verdict in decide(document)] == [verdict[:4] for verdict in verdicts]
    check_text_output(document, verdicts)
    check_prints(document, verdicts)


def check_explanation(verdict: Verdict) -> None:
    """Law 3: the rows add up to the sums, and these have their maximum at the label."""
    assert Points(*map(sum, zip(*[row.points for row in verdict.evidence], strict=True))) == verdict.sums
    assert getattr(verdict.sums, verdict.label) == max(verdict.sums)
    assert 0.25 <= verdict.confidence <= 1


def check_text_output(document: Document, verdicts: Sequence[Verdict]) -> None:
    """The output: kept lines of the input, unchanged and in order, without control characters."""
    out = write_text(document, verdicts, BODY)
    assert not out or out.endswith("\n")
    assert not CONTROLS.search(out), "a control character in text"
    if document.kind == "text":
        rest = iter(document.source)
        assert all(line in rest for line in out.split("\n")[:-1]), "law 2: the output is no subsequence of the input"


def check_prints(document: Document, verdicts: Sequence[Verdict]) -> None:
    """The other writers and the views: JSON is JSON, and nothing acts on a terminal."""
    assert not CONTROLS.search(write_text(document, verdicts, BODY, unwrap=True)), "a control character in text"
    printed = write_json(document, verdicts, None, True)
    assert printed.count("\n") == 1
    assert not CONTROLS.search(printed), "a control character in JSON"
    texts = [
        block.mark + block.text if block.element < 0 and any(map(str.isalnum, block.mark)) else block.text
        for block in document.blocks
    ]
    assert [found["text"] for found in json.loads(printed)["blocks"]] == texts
    lines = write_jsonl(document, verdicts, BODY, False).split("\n")[:-1]
    assert [json.loads(line)["number"] for line in lines] == [v.block.number for v in verdicts if v.label in BODY]
    difference = unified(document, verdicts, BODY)
    assert not CONTROLS.search(difference), "a control character in a diff"
    if any(not line.kept for line in lines_of(document, verdicts, BODY)):
        assert difference
    for style in (PIPE, SCREEN):
        for view in (
            inspect_view(document, verdicts, style),
            explain_view(document, verdicts[:3], style),
            diff_view(document, verdicts, BODY, style),
            side_by_side_view(document, verdicts, BODY, style),
        ):
            for line in view:
                assert "\n" not in line
                assert not CONTROLS.search(line), "a control character in a view"


def visible_letters(page: str) -> Counter[str]:
    """The letters and digits that a page shows, counted: what `read_html` must find, told by another, simpler way."""
    target: Any = _Letters()  # the stubs ask for more of a target than the parser does
    data = page.encode("utf-8", "replace")
    if data.strip():
        parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
        parser.feed(data)
        parser.close()
    return Counter(_LETTERS.findall("".join(target.pieces)))


class _Letters:
    """A parser's target that collects what is shown."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.open: list[bool] = []
        self.skip = 0
        self.head = 0  # how many elements are open when the head is the last one; 0 outside

    def start(self, name: str, attributes: dict[str, str]) -> None:
        flow = BEHAVIOUR[name].flow if name in BEHAVIOUR else -1
        skips = flow in _SKIPPED
        if self.head == len(self.open) and self.skip == 1:
            if flow in _METADATA:
                skips = True
            else:
                self.leave_head()
        if not self.skip:
            if flow == FIELD and attributes.get("type", "").lower() in ("submit", "button", "reset"):
                self.pieces.append(attributes.get("value", ""))
            elif flow == OPTION:
                self.pieces.append(attributes.get("label", ""))
        self.open.append(skips)
        self.skip += skips
        if flow == HEAD and self.skip == 1:
            self.head = len(self.open)

    def leave_head(self) -> None:
        """The body begins, though the head was not closed."""
        self.open[-1] = False
        self.skip = self.head = 0

    def end(self, name: str) -> None:
        if self.head == len(self.open):
            self.head = 0
        self.skip -= self.open.pop()

    def data(self, text: str) -> None:
        if self.skip == 1 and self.head == len(self.open) and text.strip():
            self.leave_head()
        if not self.skip:
            self.pieces.append(text)

    def close(self) -> None:
        pass


def _letters(pieces: Sequence[str]) -> Counter[str]:
    return Counter(_LETTERS.findall("".join(pieces)))
