"""A small page, judged by hand, and hostile ones made by hypothesis, for the tests of what is shown at a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from collections.abc import Iterable, Sequence
from itertools import count

from hypothesis import strategies as st
from rich.cells import cell_len

from stripper.model import Block, Document, Evidence, Label, Points, Verdict
from stripper.terminal import Style

PIPE = Style(colour=False, width=0, unicode=True, terminal=False)
SCREEN = Style(colour=True, width=80, unicode=True, terminal=True)

REASONS = (
    Evidence("start", "", Points(0, -150, 20, -30)),
    Evidence("link-density", "0.77", Points(0, 0, 190, 0)),
    Evidence("ancestors", "article", Points(150, 0, 0, 0)),
    Evidence("words", "8", Points(120, 0, 0, 0)),
    Evidence("commas", "1", Points(3, 1, -2, 0)),
    Evidence("digits", "0", Points(4, -9, -2, 0)),
    Evidence("capitals", "0.25", Points(-1, 0, 0, 9)),
)

_SGR = re.compile(r"\x1b\[[0-9]+m")


def plain(text: str) -> str:
    """`text` without the colours that a view may use."""
    return _SGR.sub("", text)


def cells(text: str) -> int:
    """Cells that a coloured line takes."""
    return cell_len(plain(text))


def summed(evidence: Sequence[Evidence]) -> Points:
    """The sum of the rows' points."""
    return Points(*(sum(column) for column in zip(*(row.points for row in evidence), strict=True)))


def page_of(*rows: tuple[Label, float, str], name: str = "page.html") -> tuple[Document, list[Verdict]]:
    """An HTML document out of (label, confidence, text)."""
    verdicts = [
        Verdict(Block(number, text, "paragraph", lines=(2 * number, 2 * number)), label, confidence, Points())
        for number, (label, confidence, text) in enumerate(rows, 1)
    ]
    document = Document(name, "html", "HTML page", blocks=tuple(verdict.block for verdict in verdicts))
    return document, verdicts


def ferry() -> tuple[Document, list[Verdict]]:
    """A page on a ferry; block 3 is doubtful and has its reasons."""
    document, verdicts = page_of(
        (Label.NAV, 0.99, "Home News Sport"),
        (Label.BODY, 0.97, "The ferry runs again."),
        (Label.BODY, 0.55, "Read more: Ferry timetable for the summer season"),
        (Label.CAPTION, 0.7, "The ferry in May. Photo: A. Moss"),
        (Label.BODY, 0.9, "It was built in 1932 by shipwrights from the north bank and has run ever since but in war."),
        (Label.JUNK, 0.8, "Subscribe to our newsletter"),
    )
    verdicts[2] = verdicts[2]._replace(evidence=REASONS, sums=summed(REASONS))
    return document._replace(title="The ferry runs again", language="en"), verdicts


# Letters of several widths and everything that could do harm.
texts = st.text(
    st.one_of(
        st.sampled_from("ab ,.é\u0301世界ｗ\u05d0\u0645👩\u200d🇩\u00ad"),
        st.sampled_from("\t\n\r\x00\x07\x1b[\x7f\x9b\u202e\u2066\u2028\ufeff"),
        st.characters(),
    ),
    min_size=1,
    max_size=60,
)

_points = st.integers(-900, 900)


@st.composite
def judged(draw: st.DrawFn) -> tuple[Document, list[Verdict]]:
    """Documents that no reader would make: every string may hold anything."""
    numbers = count(1)
    verdicts = []
    for text in draw(st.lists(texts, max_size=8)):
        evidence = tuple(
            Evidence(draw(texts), draw(texts), Points(*draw(st.tuples(_points, _points, _points, _points))))
            for _ in range(draw(st.integers(0, 3)))
        )
        line = draw(st.integers(0, 99_999))
        verdicts.append(
            Verdict(
                Block(next(numbers), text, "paragraph", (line, line), hidden=draw(st.booleans())),
                draw(st.sampled_from(Label)),
                draw(st.floats(0, 1)),
                summed(evidence) if evidence else Points(),
                evidence,
            )
        )
    document = Document(
        draw(texts),
        "html",
        draw(texts),
        encoding=draw(texts),
        title=draw(texts),
        language=draw(texts),
        blocks=tuple(verdict.block for verdict in verdicts),
    )
    return document, verdicts


_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def unsafe(lines: Iterable[str]) -> list[str]:
    """Characters in `lines` that could act on a terminal, colours aside."""
    return [found for text in lines for found in _UNSAFE.findall(plain(text))]


def environment(**settings: str) -> dict[str, str]:
    """The environment without what would change a pager or a screen."""
    ours = ("PAGER", "STRIPPER_PAGER", "LESS", "LINES", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "TERM": "xterm", "PYTHONUTF8": "1", **settings}


def on_screen(command: Sequence[str], settings: dict[str, str] | None = None, columns: int = 40) -> tuple[int, str]:
    """Exit status of `command` and all that it writes to a terminal of ten lines, with plain line ends."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 10, columns, 0, 0))
    process = subprocess.Popen(
        command,
        env=environment(**(settings or {})),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(slave)
    seen = b""
    while True:
        if not select.select([master], [], [], 30)[0]:
            process.kill()
        try:
            data = os.read(master, 65536)
        except OSError:  # the other side is closed
            break
        if not data:
            break
        seen += data
    os.close(master)
    return process.wait(timeout=60), seen.decode().replace("\r\n", "\n")
