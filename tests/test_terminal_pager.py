from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .terminal_cases import environment, on_screen

PAGE = """
import sys
from stripper.terminal import page, style_of
lines = (f"line {number}" for number in range(int(sys.argv[1])))
page(lines, sys.argv[2], style_of(sys.stdout))
"""


def piped(count: int, paging: str, code: str = PAGE, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `code` with its output in a pipe."""
    return subprocess.run(
        [sys.executable, "-c", code, str(count), paging],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
    )


def at_terminal(count: int, paging: str, code: str = PAGE, **settings: str) -> str:
    """What `code` writes to a terminal; it must succeed."""
    status, seen = on_screen([sys.executable, "-c", code, str(count), paging], settings)
    assert status == 0, seen
    return seen


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """A pager that says it was there."""
    script = tmp_path / "pager"
    script.write_text('#!/bin/sh\necho "paged $*"\ncat\n')
    script.chmod(0o755)
    return str(script)


def lines(count: int) -> str:
    return "".join(f"line {number}\n" for number in range(count))


def test_a_pipe_gets_no_pager(pager: str) -> None:
    assert piped(100, "auto", PAGER=pager).stdout == lines(100)


def test_a_pipe_gets_a_pager_on_demand(pager: str) -> None:
    assert piped(3, "always", PAGER=pager).stdout == "paged \n" + lines(3)


@pytest.mark.parametrize(
    ("count", "paging", "paged"),
    [(9, "auto", False), (10, "auto", True), (100, "auto", True), (100, "never", False), (1, "always", True)],
)
def test_a_terminal_gets_a_pager_for_long_output(pager: str, count: int, paging: str, paged: bool) -> None:
    assert at_terminal(count, paging, PAGER=f"{pager} -x 'a b'") == "paged -x a b\n" * paged + lines(count)


def test_a_dumb_terminal_gets_no_pager(pager: str) -> None:
    assert at_terminal(100, "auto", PAGER=pager, TERM="dumb") == lines(100)


def test_our_own_pager_goes_before_the_common_one(pager: str) -> None:
    assert piped(1, "always", STRIPPER_PAGER=f"{pager} own", PAGER=f"{pager} common").stdout == "paged own\nline 0\n"


@pytest.mark.parametrize("setting", ["", "cat", "no-such-pager-anywhere", "unbalanced '", "/"])
def test_without_a_pager_that_works_the_output_comes_anyway(setting: str) -> None:
    result = piped(20, "always", PAGER=setting)
    assert (result.stdout, result.stderr, result.returncode) == (lines(20), "", 0)


def test_a_pager_that_is_left_early_is_no_error() -> None:
    result = piped(200_000, "always", PAGER="head -n 1")
    assert (result.stdout, result.stderr, result.returncode) == ("line 0\n", "", 0)


@pytest.mark.skipif(not shutil.which("less"), reason="less is not there")
def test_less_is_the_default() -> None:
    seen = at_terminal(3, "always")  # less -F leaves by itself when everything fits
    assert re.findall(r"line \d", seen) == lines(3).splitlines()
    assert "\x1b[m" in seen  # the end of a line as less writes it


def test_an_interrupt_ends_the_writing_and_not_the_pager(tmp_path: Path) -> None:
    script = tmp_path / "pager"
    script.write_text("#!/bin/sh\ntrap '' INT\ncat\necho still here\n")
    script.chmod(0o755)
    code = """
import os, signal, sys
from stripper.terminal import page, style_of
def lines():
    yield "first"
    os.kill(os.getpid(), signal.SIGINT)
    yield "last"
page(lines(), "always", style_of(sys.stdout))
print("done")
"""
    result = piped(0, "", code, PAGER=str(script))
    assert (result.stdout, result.stderr, result.returncode) == ("first\nstill here\ndone\n", "", 0)


def test_a_closed_pipe_is_left_to_the_caller() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    code = "import signal; signal.signal(signal.SIGPIPE, signal.SIG_IGN)" + PAGE.replace(
        "page(lines, sys.argv[2], style_of(sys.stdout))",
        """
try:
    page(lines, sys.argv[2], style_of(sys.stdout))
except BrokenPipeError:
    import os
    os._exit(7)
""",
    )
    with os.fdopen(writer, "wb") as pipe:
        process = subprocess.run(
            [sys.executable, "-c", code, "100000", "auto"], env=environment(), stdout=pipe, timeout=60
        )
    assert process.returncode == 7


UNICODE = """
import sys
from stripper.terminal import page, style_of
page(iter(["é 世"]), sys.argv[2], style_of(sys.stdout))
"""


def test_a_pipe_gets_utf_8_whatever_the_locale() -> None:
    assert piped(0, "auto", UNICODE, PYTHONUTF8="0", PYTHONIOENCODING="ascii").stdout == "é 世\n"


def test_a_terminal_gets_what_it_can_show() -> None:
    assert at_terminal(0, "auto", UNICODE, PYTHONIOENCODING="ascii") == "? ?\n"
