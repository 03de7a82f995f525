"""The check of the laws finds what is broken, and nothing where nothing is."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from stripper import classify, read
from stripper.model import Points
from tests.bench import laws
from tests.bench.laws import check, law_1_page, law_1_text, law_3, words_of_page


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>One<b>two</b> three<br>four", "onetwo three four"),
        ("<p>Seen</p><script>unseen()</script><style>p{}</style><svg><text>drawn</text></svg>", "seen"),
        ("<p>a</p><!-- b --><p>c", "a c"),
        ("<select><option label=Oslo></option><option>Bergen</option></select>", "oslo bergen"),
        ("<p>x<input type=submit value=Send>y", "x send y"),
        ("<p>one<span hidden>two</span>three", "one two three"),
        ("<head><noscript>no</noscript></head><body>yes", "yes"),
        ("<table><tr><td>a<td>b</table>", "a b"),
        ("<ruby>a<rp>b</rp></ruby>c", "abc"),
        ("<p>a<iframe>b</iframe>", "a"),
        ("<video><source><p>a</video>", "a"),
        ("<html><body><p>a</body></html><html><body><p>b</body></html>", "a b"),
        ("", ""),
    ],
)
def test_the_independent_rendering(page: str, words: str) -> None:
    assert words_of_page(f"<html>{page}".encode()) == Counter(words.split())


def test_a_page_that_loses_words_is_found() -> None:
    page = "<p>The ferry leaves at nine.</p><p>Nobody knows why.</p>"
    document = read(page, kind="html")
    assert not list(law_1_page(document, page))
    ((law, size, what),) = law_1_page(document._replace(blocks=document.blocks[:1]), page)
    assert (law, size) == ("1: words lost", 3)
    assert "nobody" in what


def test_words_that_are_glued_are_told_from_lost_ones() -> None:
    page = "<p>one</p><p>two</p>"
    document = read("<p>onetwo</p>", kind="html")
    assert [law for law, _, _ in law_1_page(document, page)] == ["1: words glued or torn"]


def test_a_text_that_loses_a_line_is_found() -> None:
    text = "The ferry leaves at nine in the morning.\n\nNobody knows why it does.\n"
    document = read(text, kind="text")
    assert not list(law_1_text(document, text))
    found = list(law_1_text(document._replace(blocks=document.blocks[1:]), text))
    assert [law for law, _, _ in found] == ["1: line in no block or in several", "1: words lost"]


def test_a_sum_that_is_not_that_of_its_rows_is_found() -> None:
    verdicts = classify("<p>The ferry leaves at nine, and comes back in the evening.</p>", kind="html", explain=True)
    assert not list(law_3(verdicts))
    changed = [verdict._replace(sums=Points(*(n + 1 for n in verdict.sums))) for verdict in verdicts]
    assert [size for _, size, _ in law_3(changed)] == [len(verdicts)]


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "corpus" / "html" / "1.html.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress(b"\x89PNG\r\n\x1a\n\0\0\0"))
    assert [(one.file, one.law) for one in check(file)] == [("corpus/html/1.html.gz", "traceback")]


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["laws", str(tmp_path)])
    assert laws.main() == 0
    assert "skipped: no corpora" in capsys.readouterr().out
    file = tmp_path / "corpus" / "html" / "1.html.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.compress(b"<!doctype html><p>The ferry leaves at nine.</p>"))
    assert laws.main() == 0
    assert "1 files, 0 of them break a law" in capsys.readouterr().out
