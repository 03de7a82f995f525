"""Names to inputs."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from stripper.decode import UnreadableError
from stripper.sources import Source, identities, listed, sources


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("site/b.html", "site/a/z.txt", "site/a/.hidden", "site/.git/config", "site/c.txt", "out/old.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def names(*arguments: str, recursive: bool = False, without: str = "") -> list[str]:
    return [source.name for source in sources(arguments, recursive, without=without)]


def test_files_in_the_order_given(folder: Path) -> None:
    found = list(sources(["site/c.txt", "./site/b.html"]))
    assert [source.name for source in found] == ["site/c.txt", "./site/b.html"]
    assert found[0].load() == b"site/c.txt"
    assert found[0].load(4) == b"site"
    assert not found[0].found


def test_folders_are_searched_in_order_without_what_is_hidden(folder: Path) -> None:
    assert names("site", recursive=True) == ["site/a/z.txt", "site/b.html", "site/c.txt"]
    assert names("./site/", recursive=True) == ["./site/a/z.txt", "./site/b.html", "./site/c.txt"]
    assert all(source.found for source in sources(["site"], True))


def test_the_folder_of_the_output_is_not_searched(folder: Path) -> None:
    assert "./out/old.txt" in names(".", recursive=True)
    assert "./out/old.txt" not in names(".", recursive=True, without="out")


def test_links_to_folders_are_not_followed_and_pipes_are_left_out(folder: Path) -> None:
    (folder / "site" / "loop").symlink_to(folder / "site")
    os.mkfifo(folder / "site" / "pipe")
    assert names("site", recursive=True) == ["site/a/z.txt", "site/b.html", "site/c.txt"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("nowhere.html", "no such file; check the name"),
        ("site", "is a folder; add -r to read the files in it"),
        ("", "a file name is empty; check how it was put together"),
        ("site/c.txt/x", "not a directory"),
        ("a\0b", "embedded null byte"),
    ],
)
def test_what_cannot_be_opened_says_why(folder: Path, name: str, problem: str) -> None:
    (source,) = sources([name])
    with pytest.raises(UnreadableError, match=f"^{problem}$"):
        source.load()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(folder: Path) -> None:
    (folder / "site" / "a").chmod(0)
    found = list(sources(["site"], True))
    (folder / "site" / "a").chmod(0o700)
    assert found[0].problem == "permission denied; check who may read it"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"text")))
    (source,) = sources(["-"], stdin_name="page.html")
    assert (source.name, source.load(), source.load(2)) == ("page.html", b"text", b"te")


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    (source,) = sources(["-"])
    with pytest.raises(UnreadableError, match="standard input is closed; name a file"):
        source.load()


def test_lists_of_names(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"a b\r\n\nc\xe9\n")
    assert listed(str(path)) == ["a b", os.fsdecode(b"c\xe9")]
    path.write_bytes(b"a\nb\0c\0")
    assert listed(str(path), null=True) == ["a\nb", "c"]
    with pytest.raises(UnreadableError, match="no such file"):
        listed(str(tmp_path / "none"))


def test_identities_see_through_links(folder: Path) -> None:
    (folder / "link").symlink_to("site/c.txt")
    assert identities([Source("l", "link"), Source("n", "nowhere"), Source("-", data=b"")]) == identities(
        [Source("c", "site/c.txt")]
    )
