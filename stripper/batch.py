"""One pure job over many items, in order, in processes when that pays.

Own processes rather than a pool of the library's: it is known which item a process works on, so one that dies or takes
too long costs that item alone, and can be stopped. Nothing is printed here.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 16
"""Inputs from which processes pay when their number was not given."""
_AHEAD = 4
"""Results a process that may wait for an earlier one: bounds the memory."""
_TICK = 0.1
"""Seconds between looks at the clock."""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    job: Callable[[T], R],
    items: Iterable[T],
    failed: Callable[[T, str], R],
    jobs: int | None = None,
    patience: float = 0,
    waiting: Callable[[], None] = lambda: None,
) -> Iterator[R]:
    """The result for each item, in order.

    failed: makes the result of an item whose process died or took too long. jobs: processes; None: as many as cores if
    there are items enough. patience: seconds an item may take; 0: no limit. waiting: called now and then.
    Job and items must be fit for pickling where processes are used.
    """
    items = iter(items)
    first = list(islice(items, ENOUGH if jobs is None else 2))
    wanted = jobs if jobs is not None else cores() if len(first) >= ENOUGH else 1
    items = chain(first, items)
    if wanted > 1 and len(first) > 1:
        yield from _in_processes(job, items, failed, wanted, patience, waiting)
    else:
        for item in items:
            yield in_time(job, item, failed, patience)
            waiting()


class _TooLongError(BaseException):  # so that no job takes it for an error of its own
    """The time for an item is over."""


def too_long(patience: float) -> str:
    """The message on an item that took too long."""
    return f"takes longer than {patience:g} s; give it more with --timeout"


def in_time(job: Callable[[T], R], item: T, failed: Callable[[T, str], R], patience: float) -> R:
    """The result for one item in this process, stopped when the time is over, where the system can do that."""
    if not patience or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return job(item)

    def stop(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        return job(item)
    except _TooLongError:
        return failed(item, too_long(patience))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Worker(Generic[T]):
    """A process, and the item it works on."""

    def __init__(self, context: BaseContext, job: Callable[[T], object], others: list[Connection]) -> None:
        self.connection, theirs = context.Pipe()
        inherited = [*others, self.connection] if context.get_start_method() == "fork" else []
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, job, inherited), daemon=True
        )
        try:
            with _uninterrupted():
                self.process.start()
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()
        self.number = -1
        self.item: T | None = None
        self.since = 0.0

    def give(self, number: int, item: T) -> None:
        """Let it begin on an item."""
        self.number, self.item, self.since = number, item, time.monotonic()
        with contextlib.suppress(OSError):  # it died meanwhile, which the answer will tell
            self.connection.send(item)

    def stop(self) -> int:
        """End it at once; its exit code."""
        self.connection.close()
        self.process.join(0.05)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        return self.process.exitcode or 0


_ENDING = {number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None}
"""Signals that end a run."""


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold the signals that end a run back: what they raise while a process is forked would be lost in a callback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, job: Callable[[T], object], inherited: list[Connection]) -> None:
    """The life of a process: an item in, a result out, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # its parent ends it
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    for other in inherited:  # else the end of the parent would go unnoticed
        other.close()
    with contextlib.suppress(EOFError, OSError):
        while True:
            item: T = connection.recv()
            try:
                answer = (True, job(item))
            except Exception as error:
                answer = (False, f"cannot be used: {type(error).__name__}: {error}")
            connection.send(answer)


def _in_processes(
    job: Callable[[T], R],
    items: Iterator[T],
    failed: Callable[[T, str], R],
    jobs: int,
    patience: float,
    waiting: Callable[[], None],
) -> Iterator[R]:
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    context = get_context("fork" if sys.platform == "linux" else None)
    workers: list[_Worker[T]] = []
    results: dict[int, R] = {}
    numbered = enumerate(items)
    done = 0  # results given away
    begun = 0  # items begun
    more = True
    try:
        while more or begun > done:
            while more and begun - done < max(jobs, 1) * _AHEAD:
                worker = next((one for one in workers if one.number < 0), None)
                if worker is None and len(workers) < jobs:
                    try:
                        worker = _Worker(context, job, [one.connection for one in workers])
                        workers.append(worker)
                    except OSError:  # no more processes are to be had
                        jobs = len(workers)
                if worker is None and workers:
                    break
                number, item = next(numbered, (-1, None))
                if item is None:
                    more = False
                    break
                begun += 1
                if worker is None:
                    results[number] = in_time(job, item, failed, patience)
                    break
                worker.give(number, item)
            busy = [worker for worker in workers if worker.number >= 0]
            ready = wait([worker.connection for worker in busy], _TICK) if busy and done not in results else []
            for worker in busy:
                assert worker.item is not None
                if worker.connection in ready:
                    try:
                        good, answer = worker.connection.recv()
                        results[worker.number] = answer if good else failed(worker.item, answer)
                        worker.number = -1
                        continue
                    except Exception:  # nothing, or half an answer
                        problem = died(worker.stop())
                elif patience and time.monotonic() - worker.since > patience:
                    worker.stop()
                    problem = too_long(patience)
                else:
                    continue
                results[worker.number] = failed(worker.item, problem)
                workers.remove(worker)
            while done in results:
                yield results.pop(done)
                done += 1
            waiting()
    finally:
        for worker in workers:
            worker.stop()


def died(exit_code: int) -> str:
    """The message on an item whose process ended before its answer."""
    how = signal.Signals(-exit_code).name if exit_code < 0 else f"exit status {exit_code}"
    return f"the process that read it died ({how}); try it alone"
