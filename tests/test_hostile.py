"""Hostile input through the library and the command: everything ends, in time that grows with the size, and says so."""

from __future__ import annotations

import gc
import gzip
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from pathlib import Path

import pytest

import stripper
from stripper import cli
from stripper.decide import decide
from stripper.decode import LABELS, UnreadableError, lookup
from stripper.diff import unified
from stripper.model import Document, Label
from stripper.readers import read
from stripper.terminal import Style, diff_view, inspect_view
from stripper.writers.json import write_json
from stripper.writers.text import write_text
from tests.bench.big import HTML, TEXT
from tests.fuzz.laws import CONTROLS, check_document
from tests.fuzz.run import Finder

SMALL = 4_000
"""Characters of the smallest of three inputs of a kind."""
GROWTH = 3.2
"""Times as long that an input of twice the size may take: 2 is linear, 4 quadratic."""
FLOOR = 0.05
"""Seconds that are not looked at."""
BODY = frozenset({Label.BODY})
PIPE = Style(colour=False, width=0, unicode=True, terminal=False)
SCREEN = Style(colour=True, width=80, unicode=True, terminal=True)
KINDS = {f"html: {name}": ("html", kind) for name, kind in HTML.items()} | {
    f"text: {name}": ("text", kind) for name, kind in TEXT.items()
}


def everything(text: str, kind: str) -> Document:
    """Read, decide, and print in all ways."""
    document = read(text, kind=kind)
    verdicts = decide(document)
    write_text(document, verdicts, BODY)
    write_json(document, verdicts, None, False)
    unified(document, verdicts, BODY)
    list(inspect_view(document, verdicts, PIPE))
    list(diff_view(document, verdicts, BODY, SCREEN))
    return document


def seconds(run: Callable[[], object]) -> float:
    """Processor time of a call."""
    gc.collect()
    began = time.process_time()
    run()
    return time.process_time() - began


def assert_linear(run: Callable[[int], object], size: int) -> None:
    """Twice the size may take GROWTH times as long; what is suspected is measured again, for machines are busy."""
    for _ in range(3):
        one, two, four = (seconds(partial(run, times * size)) for times in (1, 2, 4))
        if two <= GROWTH * one + FLOOR and four <= GROWTH * two + FLOOR:
            return
    raise AssertionError(f"{one:.3f}, {two:.3f}, {four:.3f} s for sizes 1, 2, 4")


@pytest.mark.parametrize("name", KINDS)
def test_time_grows_with_the_size(name: str) -> None:
    kind, it = KINDS[name]
    made = {size: it.make(size) for size in (SMALL, 2 * SMALL, 4 * SMALL)}
    everything(made[SMALL][:200], kind)  # what is loaded once
    assert_linear(lambda size: everything(made[size], kind), SMALL)


@pytest.mark.parametrize("name", KINDS)
def test_the_sentence_amid_it_is_found_and_nothing_acts_on_a_terminal(name: str) -> None:
    kind, it = KINDS[name]
    document = read(it.make(1_000), kind=kind)
    texts = "\n".join([block.text for block in document.blocks])
    if it.middle.startswith("The ferry") and name != "html: a comment never closed":
        assert it.middle in " ".join(texts.split())
    assert not CONTROLS.search(texts)
    check_document(document)


@pytest.mark.parametrize(
    ("tag", "depth"),
    [
        ("div", 200_000),
        ("b", 200_000),
        *[(tag, 5_000) for tag in ("ul", "table", "blockquote", "x-y", "form", "dialog")],
    ],
)
def test_nesting_of_any_depth(tag: str, depth: int) -> None:
    page = f"<{tag}>" * depth + "deep" + f"</{tag}>" * depth + "<p>after</p>"
    assert [block.text for block in read(page, kind="html").blocks] in (["deep", "after"], ["deepafter"])


class TestEndTagsUnderDeepNesting:
    """`_DeepTarget` keeps end tags from the parser that end nothing: the text must not know."""

    DEEP = "<div>" * 3_000

    @pytest.mark.parametrize("numbered", [False, True])
    @pytest.mark.parametrize(
        ("page", "texts"),
        [
            ("one</x>two", ["onetwo"]),
            ("one</x\n a='b'\n>two", ["onetwo"]),
            ("one</x <>two", ["onetwo"]),
            ("one</x", ["one"]),
            ("<p>one</P>two", ["one", "two"]),
            ("<b>one</b>two", ["onetwo"]),
            ("<textarea>one</x>two</textarea>", ["one</x>two"]),
            ("<script>'</x>'</script>one<!-- </x> -->two", ["onetwo"]),
            ("one</div></div>two", ["one", "two"]),
            ("one</>two", ["onetwo"]),
            ("one</ x>two", ["onetwo"]),
        ],
    )
    def test_the_text_is_the_same(self, page: str, texts: list[str], numbered: bool) -> None:
        shallow = read("<div><div><div>" + page, kind="html", number_lines=numbered)
        assert [block.text for block in shallow.blocks] == texts
        deep = read(self.DEEP + page, kind="html", number_lines=numbered)
        assert [block.text for block in deep.blocks] == texts


@pytest.mark.parametrize("kind", ["html", "text"])
def test_ten_thousand_combining_marks(kind: str) -> None:
    text = "Ti" + "\u0301" * 10_000 + "de is out, and the ferry is on the mud."
    (block,) = everything(text, kind).blocks
    assert block.text == text


@pytest.mark.parametrize("kind", ["html", "text"])
def test_a_megabyte_in_one_line(kind: str) -> None:
    (block,) = read("tide " * 200_000, kind=kind).blocks
    assert len(block.text) == 999_999


def test_a_megabyte_in_one_attribute() -> None:
    page = f"<p title='{'x' * 1_000_000}' class='{'y ' * 100_000}' style='{'a:b;' * 100_000}'>Tide</p>"
    assert [block.text for block in everything(page, "html").blocks] == ["Tide"]


def test_two_hundred_thousand_links() -> None:
    document = read("<p>" + "<a href=/x>a</a> " * 200_000, kind="html")
    assert [block.links for block in document.blocks] == [200_000]


def test_entities_are_characters_and_nothing_else() -> None:
    document = read("<p>" + "&lt;b&gt;&#0;&#xD800;&#x110000;&#27;[31m&bogus; " * 20_000, kind="html")
    assert not CONTROLS.search(document.blocks[0].text)


LAUGHS = "".join([f"<!ENTITY m{n} '" + f"&m{n - 1};" * 10 + "'>" for n in range(1, 12)])


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html [<!ENTITY m0 'ha'>" + LAUGHS + "]><html><body><p>Seen &m0; &m11;</p></body></html>",
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>Seen &x;</p></body></html>",
        "<!DOCTYPE html SYSTEM 'http://127.0.0.1:9/a.dtd'><html><body><p>Seen</p></body></html>",
        "<!DOCTYPE html [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><html><body><p>Seen</p></body></html>",
        "<html xmlns:xi='http://www.w3.org/2001/XInclude'><body><p>Seen<xi:include href='file:///etc/passwd' parse='text'/></p>",
        "<html><head><base href='file:///etc/'><link rel=import href=passwd></head><body><p>Seen<iframe src=passwd></iframe>",
    ],
    ids=["billion laughs", "external entity", "external document type", "parameter entity", "inclusion", "frames"],
)  # fmt: skip
def test_nothing_is_expanded_or_fetched(page: str) -> None:
    document = everything(page, "html")
    texts = "\n".join([block.text for block in document.blocks])
    assert "Seen" in texts
    assert "root:" not in texts
    assert len(texts) < 2 * len(page)


@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_encoding_label_may_be_declared_and_given(label: str) -> None:
    page = f'<!DOCTYPE html><meta charset="{label}"><p>Tide \xe9\x80\xff\x81 out, and the ferry is on the mud.</p>'
    document = read(page.encode("latin-1"), kind="html")
    assert document.blocks
    if LABELS[label].codec:
        words = "<p>Tide tables</p>".encode(lookup(label).codec, "replace")
        assert [block.text for block in read(words, kind="html", encoding=label).blocks] == ["Tide tables"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("cut", [0, 1])
def test_wide_pages_with_and_without_a_mark(codec: str, mark: str, cut: int) -> None:
    page = mark + "<!DOCTYPE html><meta charset=koi8-r><p>" + "Tide tables for the harbour. " * 200
    data = page.encode(codec)
    document = read(data[: len(data) - cut])
    assert document.encoding.replace("-", "")[:8] == codec.replace("-", "")[:8]
    assert document.blocks[-1].text.startswith("Tide tables for the harbour.")


def test_mixed_encodings_are_read_each_as_its_own() -> None:
    data = "<!DOCTYPE html><meta charset=utf-16><p>Caffè, café, naïve, Zürich, Łódź</p>".encode()
    document = read(data + "<p>Écluse".encode("cp1252") + b"\0\xff</p>")
    assert [block.text for block in document.blocks] == ["Caffè, café, naïve, Zürich, Łódź", "Écluseÿ"]


@pytest.mark.parametrize("kind", ["html", "text"])
@pytest.mark.parametrize("text", ["Tide \ud800 out", "<p>Tide \udfff out</p>"])
def test_lone_surrogates_can_be_written(text: str, kind: str) -> None:
    document = read(text, kind=kind)
    assert "Tide" in write_text(document, decide(document), frozenset(Label)).encode().decode()


# -- regular expressions


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """The compiled regular expressions that the package's modules hold, also in tables."""
    seen: set[int] = set()

    def inside(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
        if isinstance(value, re.Pattern) and id(value) not in seen:
            seen.add(id(value))
            yield name, value
        elif isinstance(value, Mapping):
            for item in list(value.values())[:1_000]:
                yield from inside(name, item)
        elif isinstance(value, tuple | list):
            for item in value[:1_000]:
                yield from inside(name, item)

    for module in pkgutil.walk_packages(stripper.__path__, "stripper."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if not name.startswith("__"):
                    yield from inside(f"{module.name}.{name}", value)


PATTERNS = dict(patterns())
PARTS = re.compile(r"\\[A-Za-z]|\\?.", re.DOTALL)
STAND_INS = {
    "\\s": " \t",
    "\\S": "x",
    "\\w": "a0",
    "\\W": " ",
    "\\d": "1",
    "\\D": "x",
    "\\n": "\n",
    "\\t": "\t",
    "\\b": " ",
}


def attacks(source: str, length: int) -> Iterable[str]:
    """Strings that make the parts of a pattern begin again and again: its own characters, alone and in pairs."""
    letters: dict[str, None] = {}
    for part in PARTS.findall(source):
        for letter in STAND_INS.get(part, part[-1]):
            letters[letter] = None
    most = [letter for letter in letters if not letter.isalpha()][:14] + [
        letter for letter in letters if letter.isalpha()
    ][:6]
    for first in most:
        yield first * length + "\0"
    for first, second in product(most, most):
        yield (first + second) * (length // 2) + "\0"
    words = re.findall(r"[a-z]{3,}", source)[:8]
    for word, sign in product(words, most[:8]):
        yield (word + sign) * (length // (len(word) + 1)) + "\0"


@pytest.mark.parametrize("name", PATTERNS)
def test_regular_expressions_do_not_backtrack(name: str) -> None:
    pattern = PATTERNS[name]

    def search(text: str) -> None:
        found: Iterator[object] = re.finditer(pattern, text if isinstance(pattern.pattern, str) else text.encode())  # type: ignore[arg-type]
        for _ in found:
            pass

    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    slow = []
    for number, text in enumerate(attacks(source, 4_000)):
        began = time.process_time()
        search(text)
        if time.process_time() - began > 0.02:
            slow.append(number)
    for number in slow:
        made = {size: list(attacks(source, size))[number] for size in (1_000, 2_000, 4_000)}
        assert_linear(lambda size, made=made: search(made[size]), 1_000)  # type: ignore[misc]


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 25
    assert any("text_facts" in name for name in PATTERNS)


# -- the command

VIEWS = {"text": [], "json": ["-t", "json"], "jsonl": ["-t", "jsonl"], "diff": ["-d"], "inspect": ["-i"]}
PAGES = {
    "deep": "<div>" * 20_000 + "deep" + "</x>" * 20_000,
    "links": '<a href="/x">tide</a> ' * 5_000,
    "controls": "<p>Tide\x1b[31m \x1b]0;x\x07\x9b1m\x08\x00\u202e\u2066 tables</p>" * 50,
    "entities": "<p>" + "&#27;[31m&amp;" * 5_000,
    "attribute": f"<p title='{'x' * 100_000}'>Tide",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_the_command_prints_hostile_pages(
    view: str, name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!DOCTYPE html>" + PAGES[name], encoding="utf-8")
    status = cli.run([*VIEWS[view], str(path)])
    out, err = capfd.readouterr()
    assert status in (0, 1)
    assert err.count("\n") <= status  # 1: nothing kept
    assert not CONTROLS.search(out)
    if view == "json":
        assert json.loads(out)["blocks"]


BOMB = gzip.compress(bytes(2**24 + 2**20))
REFUSED = {
    "a gzip bomb": (BOMB, "unpacks to more than"),
    "a damaged gzip file": (gzip.compress(b"<p>Tide" * 1_000)[:40] + b"damage" * 20, "is a damaged gzip file"),
    "a gzip file cut short": (gzip.compress(b"<p>Tide")[:10], "is a gzip file cut short before its text"),
    "binary data": (bytes(range(256)) * 40, "is binary data"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "is a PNG image"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("view", VIEWS)
def test_what_is_refused_is_refused_in_one_line(
    view: str, name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data, message = REFUSED[name]
    path = tmp_path / "page.html"
    path.write_bytes(data)
    assert cli.run([*VIEWS[view], str(path)]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"stripper: {path}: ")
    assert message in err
    assert err.count("\n") == 1


def test_a_truncated_gzip_file_gives_what_is_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sentences = "".join(
        f"<p>The ferry number {n} leaves at nine in the morning, and it comes back.</p>" for n in range(3_000)
    )
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(b"<!DOCTYPE html>" + sentences.encode())[:-500])
    assert cli.run(["-k", "body,caption,nav,junk", str(path)]) == 0
    assert "The ferry number 2000 leaves" in capfd.readouterr().out


def test_the_library_refuses_with_one_kind_of_error() -> None:
    for data, message in REFUSED.values():
        with pytest.raises(UnreadableError, match=message):
            stripper.strip(data)


def test_a_few_runs_of_the_fuzzer_find_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.run", "--chance", "--runs", "400", "--finds", str(tmp_path / "finds")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "html: 400 runs, 0 finds\ntext: 400 runs, 0 finds\n")
    assert not (tmp_path / "finds").exists()


def test_the_fuzzer_keeps_what_it_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(text: str, depth: int) -> None:
        assert "tide" not in text, "no tides"

    monkeypatch.setattr("tests.fuzz.laws.check_text", broken)
    finder = Finder("text", tmp_path / "finds")
    for data in (b"a", b"tide", b"tide 2", b"b", b"tide 3", b"tide 4"):
        finder(data)
    assert finder.runs == 6
    assert list(finder.failures.values()) == [4]
    assert sorted(path.read_bytes() for path in (tmp_path / "finds").iterdir()) == [b"tide", b"tide 2", b"tide 3"]
    assert "no tides" in capsys.readouterr().out
