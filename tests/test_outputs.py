"""Files appear whole or not at all, and never over an input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stripper.outputs import Folder, OneFile, OutputError, relative
from stripper.sources import Source, identities


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def inside(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("page.html", "page.txt"),
        ("a/b/page.HTM", "a/b/page.txt"),
        ("./a/page.html.gz", "a/page.txt"),
        ("/home/me/page.html", "home/me/page.txt"),
        ("../../page.html", "page.txt"),
        ("a/../../b.txt", "a/b.txt"),
        ("README", "README.txt"),
        ("v1.2", "v1.2.txt"),
        (".html", ".html.txt"),
        (".gz", ".gz.txt"),
        ("-", "stdin.txt"),
        ("..", "stdin.txt"),
    ],
)
def test_paths_in_a_folder(name: str, path: str) -> None:
    assert relative(name, ".txt") == path


class TestOneFile:
    def test_it_appears_at_the_end(self, here: Path) -> None:
        with OneFile("out.txt", (), "\n") as out:
            out.write("a", "One\n")
            out.write("b", "")
            out.write("c", "Zwei – 日\n")
            assert not (here / "out.txt").exists()
        assert (here / "out.txt").read_bytes() == "One\n\nZwei – 日\n".encode()
        assert inside(here) == ["out.txt"]

    @pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
    def test_an_interruption_leaves_things_as_they_were(self, here: Path, error: type[BaseException]) -> None:
        (here / "out.txt").write_text("old")

        def interrupted() -> None:
            with OneFile("out.txt", ()) as out:
                out.write("a", "new")
                raise error

        with pytest.raises(error):
            interrupted()
        assert (here / "out.txt").read_text() == "old"
        assert inside(here) == ["out.txt"]

    def test_without_any_input_that_could_be_used_nothing_happens(self, here: Path) -> None:
        with OneFile("out.txt", ()):
            pass
        assert inside(here) == []

    def test_an_input_is_not_overwritten_whatever_it_is_called(self, here: Path) -> None:
        (here / "page.html").write_text("page")
        (here / "link").symlink_to("page.html")
        taken = identities([Source("page.html", "page.html")])
        for name in ("page.html", "./page.html", "link"):
            with pytest.raises(OutputError, match="is an input and would be overwritten; name another file"):
                OneFile(name, taken)
        assert inside(here) == ["link", "page.html"]

    def test_rights_and_links_stay(self, here: Path) -> None:
        (here / "real").write_text("old")
        (here / "real").chmod(0o640)
        (here / "link").symlink_to("real")
        with OneFile("link", ()) as out:
            out.write("a", "new")
        assert (here / "link").is_symlink()
        assert (here / "real").read_text() == "new"
        assert (here / "real").stat().st_mode & 0o777 == 0o640

    def test_new_files_have_the_usual_rights(self, here: Path) -> None:
        before = os.umask(0o027)
        try:
            with OneFile("out.txt", ()) as out:
                out.write("a", "new")
        finally:
            os.umask(before)
        assert (here / "out.txt").stat().st_mode & 0o777 == 0o640

    def test_what_is_no_file_is_written_to(self) -> None:
        with OneFile(os.devnull, ()) as out:
            out.write("a", "text")
        assert not Path(os.devnull).is_file()

    @pytest.mark.parametrize(
        ("name", "problem"),
        [
            ("no/where.txt", "cannot write no/where.txt: no such file or directory; make the folder first"),
            (".", ". is a folder; give it with -O"),
            ("a\0", "cannot write a.x00: .*null"),
        ],
    )
    def test_what_cannot_be_written_says_why(self, here: Path, name: str, problem: str) -> None:
        with pytest.raises(OutputError, match=problem):
            OneFile(name, ())


class TestFolder:
    def test_a_file_an_input_at_the_same_relative_path(self, here: Path) -> None:
        with Folder("clean", ".txt", ()) as out:
            out.write("site/a.html", "A\n")
            out.write("../b.html", "B\n")
            out.write("/etc/c", "")
        assert inside(here / "clean") == ["b.txt", "etc/c.txt", "site/a.txt"]
        assert (here / "clean/site/a.txt").read_text() == "A\n"

    def test_two_inputs_do_not_overwrite_each_other(self, here: Path) -> None:
        with Folder("clean", ".txt", ()) as out:
            out.write("a.html", "A\n")
            with pytest.raises(
                OutputError, match=r"clean/a.txt holds what came of a.html already; give them two folders"
            ):
                out.write("a.htm", "B\n")
        assert (here / "clean/a.txt").read_text() == "A\n"

    def test_an_input_is_not_overwritten(self, here: Path) -> None:
        (here / "notes.txt").write_text("notes")
        with (
            Folder(".", ".txt", identities([Source("notes.txt", "notes.txt")])) as out,
            pytest.raises(OutputError, match="is an input"),
        ):
            out.write("notes.txt", "new")
        assert (here / "notes.txt").read_text() == "notes"

    def test_a_file_in_the_way(self, here: Path) -> None:
        (here / "clean").write_text("")
        with Folder("clean", ".txt", ()) as out, pytest.raises(OutputError, match=r"cannot write clean/a\.txt"):
            out.write("a.html", "A\n")
