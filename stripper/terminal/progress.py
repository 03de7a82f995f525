"""Progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from stripper.terminal.style import Style, style_of

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

PATIENCE = 0.5
"""Seconds before anything is shown."""
_PAUSE = 0.1
"""Seconds between two pictures of the bar."""


class Progress:
    """A bar with rate and time left: shown after half a second, and gone at the end.

    Without a thread: it is drawn by `advance` only, so that worker processes can be forked at any time. Used as a
    context manager.
    """

    def __init__(
        self,
        total: int,
        wanted: bool | None = None,
        stream: IO[str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`total` inputs; `wanted` forces the bar on or off, None shows it for two or more inputs on a terminal."""
        self._stream = stream or sys.stderr
        self._total = total
        self._clock = clock
        self._style: Style = style_of(self._stream)
        self._wanted = wanted if wanted is not None else self._style.terminal and total > 1
        self._done = 0
        self._begun = self._drawn = clock()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()

    def advance(self, n: int = 1) -> None:
        """`n` more inputs are done; 0 only draws the bar anew where that is due."""
        self._done += n
        now = self._clock()
        if not self._wanted or now - self._begun < PATIENCE or (self._bar and now - self._drawn < _PAUSE):
            return
        self._drawn = now
        bar, task = self._shown()
        bar.update(task, completed=self._done, pace=self._pace(now - self._begun))
        bar.refresh()

    def _pace(self, elapsed: float) -> str:
        """Inputs a second and the time that the rest will take, after `elapsed` seconds."""
        if not self._done:
            return ""
        left = round(elapsed / self._done * (self._total - self._done))
        return f"{self._done / elapsed:,.1f}/s, {left // 60}:{left % 60:02} left"

    def hide(self) -> None:
        """Take the bar off the screen, for a message to be written; the next `advance` brings it back."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _shown(self) -> tuple[Bar, TaskID]:
        """The bar and its one task; rich is imported at this point and not before."""
        if self._bar and self._task is not None:
            return self._bar, self._task
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(
            file=self._stream,
            force_terminal=True,
            color_system="standard" if self._style.colour else None,
            width=max(20, self._style.width or 80) - 1,
            highlight=False,
        )
        self._bar = Progress(
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            expand=True,
        )
        self._task = self._bar.add_task("", total=self._total, pace="")
        self._bar.start()
        return self._bar, self._task
