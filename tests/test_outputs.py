"""Files appear whole or not at all, and never over an input."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from stripper import cli
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

    @pytest.mark.parametrize(
        "name", ["../../b.html", "/b.html", "a/../../b.html", "./../b.html", "//b.html", "..", "../.."]
    )
    def test_names_that_lead_out_stay_inside(self, here: Path, name: str) -> None:
        (here / "deep").mkdir()
        with Folder("deep/clean", ".txt", ()) as out:
            out.write(name, "B\n")
        (found,) = inside(here)
        assert found.startswith("deep/clean/")

    def test_links_that_lead_out_are_not_followed(self, here: Path) -> None:
        (here / "outside").mkdir()
        (here / "outside/a.txt").write_text("old")
        (here / "clean").mkdir()
        (here / "clean/site").symlink_to("../outside")
        (here / "clean/a.txt").symlink_to("../outside/a.txt")
        (here / "clean/new.txt").symlink_to("../outside/new.txt")
        with Folder("clean", ".txt", ()) as out:
            for name in ("site/a.html", "site/deep/b.html", "a.html", "new.html"):
                with pytest.raises(OutputError, match=r"is led out of clean by a link; remove the link"):
                    out.write(name, "new")
        assert (here / "outside/a.txt").read_text() == "old"
        assert inside(here / "outside") == ["a.txt"]

    def test_links_inside_and_a_linked_folder_are_followed(self, here: Path) -> None:
        (here / "real/site").mkdir(parents=True)
        (here / "clean").symlink_to("real")
        (here / "real/other").symlink_to("site")
        with Folder("clean", ".txt", ()) as out:
            out.write("other/a.html", "A\n")
        assert (here / "real/site/a.txt").read_text() == "A\n"


class TestTrouble:
    """A full disk, a closed pipe, a killed process, no permission: the old file or none, and one line."""

    @pytest.fixture
    def notes(self, here: Path) -> Path:
        (here / "notes.txt").write_text(
            "The ferry leaves at nine in the morning, and it comes back in the evening.\n\n" * 400
        )
        (here / "out.txt").write_text("old")
        (here / "clean").mkdir()
        (here / "clean/notes.txt").write_text("old")
        return here

    @pytest.mark.parametrize("where", [["-o", "out.txt"], ["-O", "clean"]])
    @pytest.mark.parametrize("call", ["write", "close"])
    def test_a_full_disk(
        self,
        notes: Path,
        where: list[str],
        call: str,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        real = os.fdopen

        class Full:
            def __init__(self, handle: int, mode: str) -> None:
                self.stream = real(handle, mode)

            def write(self, data: bytes) -> int:
                if call == "write":
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return self.stream.write(data[:10])

            def close(self) -> None:
                self.stream.close()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fdopen", Full)
        assert cli.run([*where, "notes.txt"]) == 2
        err = capfd.readouterr().err
        assert "no space left on device; make room\n" in err
        assert err.count("\n") == 1
        assert (notes / "out.txt").read_text() == (notes / "clean/notes.txt").read_text() == "old"
        assert inside(notes) == ["clean/notes.txt", "notes.txt", "out.txt"]

    @pytest.mark.parametrize("where", [["-o", "out.txt"], ["-O", "clean"], ["-o", "new.txt"], ["-O", "new"]])
    def test_a_file_that_may_not_grow(self, notes: Path, where: list[str]) -> None:
        command = [sys.executable, "-m", "stripper", "-k", "body,nav,caption,junk", *where, "notes.txt"]
        limited = ["sh", "-c", 'ulimit -f 1; exec "$@"', "sh", *command]
        done = subprocess.run(
            limited, capture_output=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        )
        assert done.returncode == 2
        assert b"cannot write" in done.stderr
        assert done.stderr.count(b"\n") == 1
        assert (notes / "out.txt").read_text() == (notes / "clean/notes.txt").read_text() == "old"
        assert inside(notes) == ["clean/notes.txt", "notes.txt", "out.txt"]

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_the_full_device(self, notes: Path, capfd: pytest.CaptureFixture[str]) -> None:
        assert cli.run(["-k", "body,nav,caption,junk", "-o", "/dev/full", "notes.txt"]) == 2
        assert capfd.readouterr().err == "stripper: cannot write /dev/full: no space left on device; make room\n"

    def test_a_killed_process_leaves_the_old_file(self, notes: Path) -> None:
        os.mkfifo(notes / "pipe")
        command = [sys.executable, "-m", "stripper", "-j1", "-o", "out.txt", "notes.txt", "pipe"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            deadline = time.monotonic() + 30
            while not list(notes.glob(".out.txt*")) and time.monotonic() < deadline:
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert (notes / "out.txt").read_text() == "old"

    def test_what_a_killed_process_left_is_in_nobodys_way(self, here: Path) -> None:
        left = here / f".out.txt.{os.getpid()}.0.part"
        left.write_text("half")
        with OneFile("out.txt", ()) as out:
            out.write("a", "new")
        assert (here / "out.txt").read_text() == "new"
        assert left.read_text() == "half"

    def test_a_pipe_whose_reader_goes_away(self, notes: Path) -> None:
        os.mkfifo(notes / "pipe")
        command = [sys.executable, "-m", "stripper", "-k", "body,nav,caption,junk", "-o", "pipe", *["notes.txt"] * 9]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
            with (notes / "pipe").open("rb") as pipe:
                pipe.read(1)
            assert process.stderr
            assert process.stderr.read() == b""
        assert process.returncode == 0

    @pytest.mark.parametrize(
        ("number", "text"),
        [
            (errno.EACCES, "permission denied; check who may write there"),
            (errno.EROFS, "read-only file system; name a place that can be written to"),
        ],
    )
    @pytest.mark.parametrize("call", ["open", "makedirs", "replace"])
    def test_a_folder_that_cannot_be_written_to(
        self, notes: Path, number: int, text: str, call: str, monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        def refuse(path: Any, *_: Any, **__: Any) -> int:
            raise OSError(number, os.strerror(number), path)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, refuse)
            assert cli.run(["-O", "clean", "notes.txt"]) == 2
        assert capfd.readouterr().err == f"stripper: notes.txt: cannot write clean/notes.txt: {text}\n"
        assert inside(notes) == ["clean/notes.txt", "notes.txt", "out.txt"]
        assert (notes / "clean/notes.txt").read_text() == "old"

    @pytest.mark.skipif(os.geteuid() == 0, reason="all is allowed to root")
    def test_a_read_only_folder(self, notes: Path, capfd: pytest.CaptureFixture[str]) -> None:
        (notes / "clean").chmod(0o555)
        assert cli.run(["-O", "clean", "notes.txt"]) == 2
        assert capfd.readouterr().err.endswith("permission denied; check who may write there\n")
