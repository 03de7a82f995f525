"""Order, processes, and items that make trouble."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from stripper import batch


def job(item: str | int) -> tuple[str | int, int]:
    if item == "die":
        os._exit(7)
    if item == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if item == "sleep":
        time.sleep(60)
    if item == "raise":
        raise ValueError("odd")
    if item == "slow":
        time.sleep(0.2)
    if item == "big":
        return "x" * 1_000_000, os.getpid()
    return item, os.getpid()


def failed(item: str | int, problem: str) -> tuple[str | int, int]:
    return f"{item}: {problem}", 0


def results(items: list[str | int], jobs: int | None = None, patience: float = 0) -> list[tuple[str | int, int]]:
    return list(batch.run(job, items, failed, jobs, patience))


def test_few_items_stay_in_this_process() -> None:
    assert results(list(range(batch.ENOUGH - 1))) == [(n, os.getpid()) for n in range(batch.ENOUGH - 1)]
    assert results(["a", "b"], jobs=1) == [("a", os.getpid()), ("b", os.getpid())]
    assert results(["a"], jobs=8) == [("a", os.getpid())]
    assert results([]) == []


def test_many_items_go_to_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "cores", lambda: 2)
    found = results(list(range(50)))
    assert [item for item, _ in found] == list(range(50))
    assert os.getpid() not in {process for _, process in found}


def test_order_is_kept_when_an_early_item_is_slow() -> None:
    items: list[str | int] = ["slow", *range(20), "big", "slow", 1]
    found = results(items, jobs=3)
    assert [item if len(str(item)) < 9 else "big" for item, _ in found] == items


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ("die", "the process that read it died (exit status 7); try it alone"),
        ("kill", "the process that read it died (SIGKILL); try it alone"),
        ("raise", "cannot be used: ValueError: odd"),
    ],
)
def test_an_item_that_ends_its_process_costs_itself_alone(item: str, problem: str) -> None:
    items: list[str | int] = [1, 2, item, 3, item, 4, 5]
    found = [got for got, _ in results(items, jobs=2)]
    assert found == [1, 2, f"{item}: {problem}", 3, f"{item}: {problem}", 4, 5]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_takes_too_long_costs_itself_alone(jobs: int) -> None:
    found = [got for got, _ in results([1, "sleep", 2, 3], jobs, patience=0.3)]
    assert found == [1, "sleep: takes longer than 0.3 s; give it more with --timeout", 2, 3]
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield taken

    running = batch.run(job, items(), failed, 2)
    next(running)
    assert taken < 30
    running.close()  # type: ignore[attr-defined]


def test_processes_end_with_the_run() -> None:
    running = batch.run(job, ["a", "b", "sleep", "sleep"], failed, 2)
    _, process = next(running)
    running.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_without_processes_the_work_is_done_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refuse)
    assert results([1, 2, 3], jobs=2) == [(n, os.getpid()) for n in (1, 2, 3)]


def test_waiting_is_called() -> None:
    calls: list[int] = []
    list(batch.run(job, ["a", "b"], failed, 1, waiting=lambda: calls.append(1)))
    list(batch.run(job, ["slow", "b"], failed, 2, waiting=lambda: calls.append(2)))
    assert calls.count(1) == 2
    assert 2 in calls
