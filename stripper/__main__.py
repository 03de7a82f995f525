"""`python -m stripper` and the `stripper` command: what may go wrong with the process itself."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from typing import NoReturn

_SOON = 0.02
"""Seconds until a lost signal is repeated: by then the callback is over."""
_OBJECTS = 50_000
"""New objects between two looks for garbage; Python's own 700 makes it look again and again at tables that stay."""


def main() -> int:
    """Run the command and return its exit status; a reader that went away and Ctrl-C are silent."""
    sys.unraisablehook = _raise_again
    gc.set_threshold(_OBJECTS, 20, 20)
    atexit.register(gc.freeze)  # the process ends: nothing need be looked through for garbage once more
    for name in ("SIGTERM", "SIGHUP"):  # end as Ctrl-C does: no half-written file, no process left
        if (number := getattr(signal, name, None)) and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        from stripper.cli import run

        status = run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _point_nowhere()
        return 0
    except KeyboardInterrupt:
        exec("")  # Python remembers an interruption of evaluated code (named tuples are made so) until the next, and ends by it
        _point_nowhere()
        return 130
    except OSError as error:
        from stripper.cli import complain
        from stripper.outputs import refusal

        _point_nowhere()
        return complain(f"cannot write: {refusal(error)}")
    return status


def _raise_again(lost: sys.UnraisableHookArgs) -> None:
    """Repeat a signal whose exception was raised where Python drops it: in a finalizer, or a callback of an import."""
    error = lost.exc_value
    if not isinstance(error, KeyboardInterrupt | SystemExit):
        sys.__unraisablehook__(lost)
        return
    from threading import Timer

    number = error.code - 128 if isinstance(error, SystemExit) and isinstance(error.code, int) else signal.SIGINT
    Timer(_SOON, os.kill, (os.getpid(), number)).start()


def _end(number: int, _: object) -> NoReturn:
    _point_nowhere()
    sys.exit(128 + number)


def _point_nowhere() -> None:
    """Let what is still in the buffer of standard output go to the null device when Python flushes it at the end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
