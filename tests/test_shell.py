"""The command in real processes: streams, pipes, terminals, signals, locales."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

STRIPPER = [sys.executable, "-m", "stripper"]
PARAGRAPH = (
    "The ferry left the harbour at seven in the morning, as it had done for thirty years, and nobody on the quay"
    " thought that it would be the last time. “We were told on Monday,” said the captain – and on Friday, the ship was"
    " sold.\n"
)
ARTICLE = "\n".join([PARAGRAPH.replace("seven", str(number)) for number in range(8)])
NOTES = f"Home\n\nShare\n\n{ARTICLE}\nLeave a comment\n\nAll rights reserved.\n"


def run(*arguments: str, stdin: bytes | None = b"", **settings: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*STRIPPER, *arguments], input=stdin, capture_output=True, check=False, timeout=60, **settings
    )


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the output."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "STRIPPER", "PYTHONUTF8"))}
    return {**clean, **changes}


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text(NOTES)
    return path


class TestStreams:
    def test_pipe(self) -> None:
        done = run(stdin=NOTES.encode())
        assert done.returncode == 0
        assert done.stderr == b""
        assert ARTICLE.strip() in done.stdout.decode()
        assert b"Leave a comment" not in done.stdout

    @pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", "C.UTF-8"])
    def test_output_is_utf_8_whatever_the_locale(self, notes: Path, locale: str) -> None:
        changed = environment(LC_ALL=locale, PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="latin-1")
        done = run(str(notes), env=changed)
        assert "“We were told on Monday,” said the captain –".encode() in done.stdout
        assert done.returncode == 0

    def test_a_reader_that_goes_away_is_no_error(self, tmp_path: Path) -> None:
        path = tmp_path / "long.txt"
        path.write_text(ARTICLE * 200)
        for arguments in ([str(path)] * 3, ["-d", "-U", "0", str(path)], ["-t", "jsonl", str(path)], ["-i", str(path)]):
            command = subprocess.Popen([*STRIPPER, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            assert command.stdout
            assert command.stderr
            command.stdout.read(1)
            command.stdout.close()
            assert command.stderr.read() == b"", arguments
            assert command.wait(60) == 0, arguments

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk_is_an_error(self, notes: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run([*STRIPPER, str(notes)], stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert done.stderr == b"stripper: cannot write: no space left on device; make room\n"

    @pytest.mark.parametrize(
        ("closed", "status", "err"),
        [
            (0, 2, b"stripper: -: standard input is closed; name a file\n"),
            (1, 2, b"stripper: standard output is closed; give -o FILE\n"),
            (2, 0, b""),
        ],
    )
    def test_closed_streams(self, notes: Path, closed: int, status: int, err: bytes) -> None:
        arguments = [] if closed == 0 else [str(notes)]
        shell = f'exec "$@" {closed}>&-' if closed else 'exec "$@" <&-'
        done = subprocess.run(["sh", "-c", shell, "sh", *STRIPPER, *arguments], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (status, err)

    def test_file_names_of_any_bytes(self, tmp_path: Path) -> None:
        name = os.fsencode(tmp_path) + b"/caf\xe9\n\x1b[31m.txt"
        Path(os.fsdecode(name)).write_text(NOTES)
        done = subprocess.run([*STRIPPER, "-v", name], capture_output=True, check=False)
        assert done.returncode == 0
        assert b"caf\\xe9\\x0a\\x1b[31m.txt: " in done.stderr
        listed = subprocess.run([*STRIPPER, "-c", name], capture_output=True, check=False)
        assert listed.stdout == name + b"\n"

    @pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
    def test_the_diff_is_the_output(self, notes: Path) -> None:
        wanted = run(str(notes)).stdout
        diff = run("-d", str(notes)).stdout
        subprocess.run(["patch", "--silent", str(notes)], input=diff, check=True, capture_output=True)
        assert notes.read_bytes() == wanted

    def test_same_bytes_however_many_processes(self, tmp_path: Path) -> None:
        names = []
        for number in range(20):
            path = tmp_path / f"{number}.txt"
            path.write_text(NOTES.replace("ferry", f"ferry {number}"))
            names.append(str(path))
        one, two, default = run("-j1", *names), run("-j3", *names), run(*names)
        assert one.stdout == two.stdout == default.stdout
        assert one.returncode == two.returncode == 0


class TestSignals:
    def start(self, folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
        """A command that waits for a pipe nobody writes to."""
        os.mkfifo(folder / "pipe")
        return subprocess.Popen(
            [*STRIPPER, *arguments, str(folder / "pipe")],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    @pytest.mark.parametrize("jobs", ["1", "2"])
    @pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_an_interruption_is_quiet_and_leaves_nothing(
        self, notes: Path, tmp_path: Path, jobs: str, number: int, status: int
    ) -> None:
        out = tmp_path / "out.txt"
        command = self.start(tmp_path, "-j", jobs, "-o", str(out), str(notes), str(notes))
        deadline = time.monotonic() + 30
        while not list(tmp_path.glob(".out.txt*")) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert list(tmp_path.glob(".out.txt*")), "it never began"
        os.killpg(command.pid, number)
        out_text, err_text = command.communicate(timeout=30)
        assert (command.returncode, out_text, err_text) == (status, b"", b"")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "pipe"]

    def interrupted(self, folder: Path, script: str) -> subprocess.CompletedProcess[bytes]:
        """The command as a process of its own, in which `run` of this script stands for the run."""
        (folder / "interrupted.py").write_text(
            f"import os, signal, sys, time, stripper.cli, stripper.__main__\n{script}"
            "stripper.cli.run = run\n"
            "sys.exit(stripper.__main__.main())\n"
        )
        return subprocess.run(
            [sys.executable, "-m", "interrupted"], cwd=folder, env=environment(), capture_output=True, timeout=60
        )

    def test_an_interruption_of_evaluated_code_ends_with_the_same_status(self, tmp_path: Path) -> None:
        command = self.interrupted(
            tmp_path,
            "code = 'import os, signal; os.kill(os.getpid(), signal.SIGINT)\\nfor _ in range(10**6): pass'\n"
            "run = lambda: exec(code)\n",
        )
        assert (command.returncode, command.stdout, command.stderr) == (130, b"", b"")

    @pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143)])
    def test_an_interruption_of_a_finalizer_is_not_lost(self, tmp_path: Path, name: str, status: int) -> None:
        began = time.monotonic()
        command = self.interrupted(
            tmp_path,
            "class Finalized:\n"
            "    def __del__(self):\n"
            f"        os.kill(os.getpid(), signal.{name})\n"
            "        for _ in range(10**6): pass\n"
            "def run():\n"
            "    Finalized()\n"
            "    time.sleep(30)\n",
        )
        assert (command.returncode, command.stdout, command.stderr) == (status, b"", b"")
        assert time.monotonic() - began < 25


class Terminal:
    """A command whose standard streams are a pseudo-terminal."""

    def __init__(self, *arguments: str, columns: int = 80, keys: bytes = b"", **changes: str) -> None:
        primary, secondary = pty.openpty()
        import fcntl
        import struct
        import termios

        fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        settings = environment(TERM="xterm", LC_ALL="C.UTF-8", **changes)
        for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PAGER"):
            if name not in changes:
                settings.pop(name, None)
        command = subprocess.Popen(
            [*STRIPPER, *arguments], stdin=secondary, stdout=secondary, stderr=secondary, env=settings,
            start_new_session=True,
        )  # fmt: skip
        os.close(secondary)
        if keys:
            os.write(primary, keys)
        self.screen = self._read(primary).decode()
        self.status = command.wait(60)
        os.close(primary)

    @staticmethod
    def _read(primary: int) -> bytes:
        out = b""
        while select.select([primary], [], [], 60)[0]:
            try:
                data = os.read(primary, 65536)
            except OSError:  # the other end is closed
                break
            if not data:
                break
            out += data
        return out


class TestTerminal:
    def test_bare(self) -> None:
        terminal = Terminal()
        assert terminal.status == 2
        assert terminal.screen.startswith("Usage: stripper [OPTIONS] [FILE]...")
        assert terminal.screen.count("\n") == 10

    def test_text_goes_out_as_it_is(self, notes: Path) -> None:
        terminal = Terminal(str(notes))
        assert terminal.status == 0
        assert ARTICLE.strip() in terminal.screen.replace("\r\n", "\n")
        assert "\x1b" not in terminal.screen

    def test_views_are_coloured_unless_told_otherwise(self, notes: Path) -> None:
        for view in ("-i", "-d", "-x"):
            arguments = (view, "--paging=never", str(notes))
            assert "\x1b[" in Terminal(*arguments).screen
            assert "\x1b[" not in Terminal(*arguments, NO_COLOR="1").screen
            assert "\x1b[" not in Terminal("--color=never", *arguments, FORCE_COLOR="1").screen
            assert "\x1b[" in Terminal("--color=always", *arguments, NO_COLOR="1").screen

    def test_views_are_cut_to_the_width(self, notes: Path) -> None:
        for columns in (40, 100, 200):
            screen = Terminal("-i", "--color=never", "--paging=never", str(notes), columns=columns).screen
            assert max(map(len, screen.splitlines())) <= columns

    def test_messages_do_not_act_on_the_terminal(self) -> None:
        assert "\x1b" not in Terminal("no\x1b]0;such\x07file").screen

    def test_a_document_typed_in(self) -> None:
        terminal = Terminal("-", keys=PARAGRAPH.encode() + b"\x04")
        assert terminal.screen.replace("\r\n", "\n").count(PARAGRAPH) >= 1
