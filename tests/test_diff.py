"""The diff is the output."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stripper.decode import decode
from stripper.diff import Row, hunks, quoted, rows_of, unified
from stripper.layout import lines_of
from stripper.model import Document, Element
from stripper.readers import read
from stripper.writers.text import write_text
from tests.fake import BODY, html, labelled, text
from tests.test_writers import item, paragraph

needs_patch = pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")


def apply(diff: str, original: str) -> str:
    """What `patch` makes of a text with a diff, by the rules of the format."""
    old = original.split("\n")
    new: list[str] = []
    at = 0
    rows = diff.split("\n")[:-1]
    for number, row in enumerate(rows):
        if row.startswith("@@"):
            start, _, count = row.split()[1][1:].partition(",")
            first = int(start) - 1 if count != "0" else int(start)
            new += old[at:first]
            at = first
        elif number > 1 and row[0] in " -":
            assert row[1:] == old[at], "the diff does not fit the text"
            at += 1
            if row[0] == " ":
                new.append(row[1:])
        elif number > 1 and row[0] == "+":
            new.append(row[1:])
    new += old[at:]
    return "\n".join(new)


class TestHunks:
    def test_a_change_has_three_lines_around_it(self) -> None:
        rows = [Row(" ", str(n)) for n in range(1, 10)]
        rows[4] = Row("-", "5")
        (hunk,) = hunks(rows)
        assert hunk.header() == "@@ -2,7 +2,6 @@"
        assert "".join(row.sign + row.text for row in hunk.rows) == " 2 3 4-5 6 7 8"

    def test_changes_that_are_close_are_one_hunk(self) -> None:
        rows = [Row("-", "a"), *[Row(" ", "x")] * 6, Row("-", "b"), *[Row(" ", "x")] * 7, Row("-", "c")]
        assert [hunk.header() for hunk in hunks(rows)] == ["@@ -1,11 +1,9 @@", "@@ -13,4 +11,3 @@"]

    def test_no_context(self) -> None:
        rows = [Row("-", "a"), Row(" ", "b"), Row("-", "c"), Row("-", "d")]
        assert [hunk.header() for hunk in hunks(rows, 0)] == ["@@ -1 +0,0 @@", "@@ -3,2 +1,0 @@"]

    def test_nothing_changed_is_nothing(self) -> None:
        assert list(hunks([Row(" ", "a")] * 20)) == []
        assert list(hunks([])) == []

    def test_everything_dropped(self) -> None:
        assert [hunk.header() for hunk in hunks([Row("-", "a"), Row("-", "b")])] == ["@@ -1,2 +0,0 @@"]

    @given(st.text(" -", max_size=60), st.integers(0, 4))
    def test_hunks_hold_all_changes_and_count_right(self, signs: str, context: int) -> None:
        rows = [Row(sign, str(number)) for number, sign in enumerate(signs, 1)]
        found = list(hunks(rows, context))
        assert [row for hunk in found for row in hunk.rows if row.sign == "-"] == [
            row for row in rows if row.sign == "-"
        ]
        for hunk in found:
            assert hunk.old_count == len(hunk.rows)
            assert hunk.rows[0].text == str(hunk.old_start)
            before = signs[: hunk.old_start - 1].count(" ")
            assert hunk.new_start == before + (hunk.new_count > 0)


class TestUnified:
    def test_text(self) -> None:
        notes = text("Menu\n\nText.\n\nShare")
        assert unified(notes, labelled(notes, "nbj"), BODY, original="Menu\n\nText.\n\nShare\n") == (
            "--- a/notes.txt\n+++ b/notes.txt\n@@ -1,5 +1 @@\n-Menu\n-\n Text.\n-\n-Share\n"
        )

    def test_nothing_dropped_is_no_diff(self) -> None:
        notes = text("One.\n\nTwo.")
        assert unified(notes, labelled(notes, "bb"), BODY, original="One.\n\nTwo.\n") == ""

    def test_a_last_line_without_an_end(self) -> None:
        notes = text("Menu\n\nText.")
        assert unified(notes, labelled(notes, "nb"), BODY, original="Menu\n\nText.").splitlines()[3:] == [
            "-Menu", "-", "-Text.", "\\ No newline at end of file", "+Text.",
        ]  # fmt: skip

    def test_crlf_becomes_lf(self) -> None:
        notes = text("Menu\n\nText.")
        diff = unified(notes, labelled(notes, "nb"), BODY, original="Menu\r\n\r\nText.\r\n")
        assert diff.split("\n")[3:] == ["-Menu\r", "-\r", "-Text.\r", "+Text.", ""]

    def test_a_line_that_looks_like_a_header_stays_a_line(self) -> None:
        notes = text("-- a\n\nText.")
        assert "\n--- a\n" in unified(notes, labelled(notes, "nb"), BODY)

    def test_page(self) -> None:
        page = html(paragraph("Menu"), item("rope"), item("advert"), item("knife"), elements=(Element(-1, "ul"),))
        assert unified(page, labelled(page, "nbjb"), BODY).splitlines()[2:] == [
            "@@ -1,5 +1,2 @@", "-Menu", "-", " • rope", "-• advert", " • knife",
        ]  # fmt: skip

    @given(st.lists(st.sampled_from(["", "a", "b", "  c"]), max_size=40), st.integers(0, 4), st.data())
    def test_applied_to_the_text_it_makes_the_output(self, lines: list[str], context: int, data: st.DataObject) -> None:
        notes = text("\n".join(lines))
        count = len(notes.blocks)
        verdicts = labelled(notes, data.draw(st.text("bn", min_size=count, max_size=count)))
        original = "\n".join(lines) + "\n"
        diff = unified(notes, verdicts, BODY, context, original)
        assert apply(diff, original) == write_text(notes, verdicts, BODY)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a/notes.txt", "a/notes.txt"),
        ("a/my notes.txt", "a/my notes.txt\t"),
        ('a/"b"\n.txt', '"a/\\"b\\"\\n.txt"'),
        ("a/\x01\udce9", '"a/\\001\\351"'),
        ("a/é.txt", "a/é.txt"),
    ],
)
def test_names_are_quoted_as_git_does(name: str, shown: str) -> None:
    assert quoted(name) == shown


def labels_by_turns(document: Document) -> str:
    return "".join("bnbbj"[number % 5] for number, _ in enumerate(document.blocks))


@needs_patch
class TestPatch:
    """The real program, on the real reader's documents."""

    @pytest.mark.parametrize(
        "data",
        [
            b"Menu\n\nText that is kept.\n\nShare\n\nMore text.\n",
            b"Menu\n\n\n\nText that is kept.\n\n\nShare\n\nMore text.",
            b"Menu\r\n\r\nText that is kept.\r\n\r\nShare\r\n\r\nMore text.\r\n",
            b"Menu\r\n\r\nText that is kept.\n\nShare\r\n\r\nMore text.",
            b"\xef\xbb\xbfText that is kept.\n\nShare\n\nMore text.\n",
            b"\xef\xbb\xbfText that is kept.\r\n\r\nShare",
            b"\n\n\nMenu\n\n\n",
            b"one\n",
            b"-- dashes\n\n++ plus\n\n\\ backslash\n\n@@ at\n\n--- a\n+++ b\n",
            "• eins\n• zwei\n\n\tdrei\n\nNaïve café – “quotes”\n\n日本語の文。\n".encode(),
        ],
    )
    @pytest.mark.parametrize("context", [0, 1, 3])
    def test_patch_makes_the_output(self, tmp_path: Path, data: bytes, context: int) -> None:
        self.check(tmp_path, data, context)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.sampled_from(["", "Menu", "Text of a paragraph.", "* item", "    code", "-- x", "12."]), min_size=1
        ),
        st.sampled_from(["\n", "\r\n"]),
        st.booleans(),
    )
    def test_patch_makes_the_output_of_any_text(self, tmp_path: Path, lines: list[str], end: str, last: bool) -> None:
        self.check(tmp_path, (end.join(lines) + end * last).encode(), 3)

    def check(self, folder: Path, data: bytes, context: int) -> None:
        document = read(data, "notes.txt", "text")
        verdicts = labelled(document, labels_by_turns(document))
        decoded = decode(data)
        diff = unified(document, verdicts, BODY, context, "\ufeff" * (decoded.how == "bom") + decoded.text)
        wanted = write_text(document, verdicts, BODY)
        given, patched = folder / "notes.txt", folder / "patched.txt"
        given.write_bytes(data)
        patched.unlink(missing_ok=True)
        if not diff:
            assert wanted.encode() == data
            return
        command = ["patch", "--binary", "--silent", "-o", str(patched), str(given)]
        done = subprocess.run(command, input=diff.encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stdout
        assert patched.read_bytes() == wanted.encode()


def test_rows_fall_back_to_the_lines_where_the_original_is_divided_otherwise() -> None:
    notes = text("One.\n\nTwo.")
    rows = rows_of(lines_of(notes, labelled(notes, "bb"), BODY), "One.\f\fTwo.\n")
    assert rows == [Row(" ", "One."), Row(" ", ""), Row(" ", "Two.")]
