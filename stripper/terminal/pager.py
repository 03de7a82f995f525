"""Lines to standard output, through a pager where they would run off the screen."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from stripper.terminal.style import Style


def page(lines: Iterable[str], paging: str, style: Style) -> None:
    """Write `lines` (without line ends) to standard output; `paging` is `auto`, `always` or `never`.

    The pager is `STRIPPER_PAGER`, else `PAGER`, else `less -FRX`; an empty one or `cat` means none. One that cannot be
    started, or is left before the end, is no error. Where standard output is closed, BrokenPipeError is raised.
    """
    encoding = "utf-8" if style.unicode else (sys.stdout.encoding or "ascii")
    data: Iterator[bytes] = (f"{text}\n".encode(encoding, "replace") for text in lines)
    sys.stdout.flush()
    if paging == "auto" and style.terminal and os.environ.get("TERM") != "dumb":
        screen = list(islice(data, _height()))
        longer = len(screen) >= _height()
        data = chain(screen, data)
    else:
        longer = paging == "always"
    pager = _start(encoding) if longer else None
    if pager:
        _feed(pager, data)
    else:
        sys.stdout.buffer.writelines(data)
        sys.stdout.buffer.flush()


def _height() -> int:
    """Lines of the screen."""
    lines = os.environ.get("LINES", "")
    if lines.isdecimal() and int(lines) > 0:
        return int(lines)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines or 24
    except (OSError, ValueError):
        return 24


def _start(encoding: str) -> subprocess.Popen[bytes] | None:
    wanted = os.environ.get("STRIPPER_PAGER", os.environ.get("PAGER", "less -FRX"))
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    if encoding == "utf-8":
        environment.setdefault("LESSCHARSET", "utf-8")
    # A broken PAGER (unbalanced quotes, no such program) must not cost the user the output.
    with contextlib.suppress(OSError, ValueError):
        words = shlex.split(wanted)
        if words and words != ["cat"]:
            return subprocess.Popen(words, stdin=subprocess.PIPE, env=environment)
    return None


def _feed(pager: subprocess.Popen[bytes], data: Iterator[bytes]) -> None:
    """Give everything to the pager, as far as it wants it, and wait until it is left."""
    assert pager.stdin
    try:
        # Ctrl-C is for the pager: it ends our writing, not the user's reading.
        with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
            pager.stdin.writelines(data)
    finally:
        with contextlib.suppress(BrokenPipeError):
            pager.stdin.close()
        while pager.returncode is None:
            with contextlib.suppress(KeyboardInterrupt):
                pager.wait()
