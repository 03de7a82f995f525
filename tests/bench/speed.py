"""What stripper costs, beside other tools. Prints, never asserts.

    python -m tests.bench.speed CORPORA [--sample N] [--rounds N] [--pages N] [--only PART ...]

pages     CPU milliseconds a page in one process on WCXB articles, by step, beside a bare lxml parse with its text and
          the other tools of `peers.py` that are installed. Every tool gets every page in turn, so that all see the same
          machine; a page's time is the best of the rounds. Ratios are medians of the ratios on single pages.
start     CPU seconds of the whole command for one article of about 114 KB; medians of paired runs.
text      CPU seconds a megabyte: plain text (copied, dumped by w3m and lynx) and HTML.
jobs      Wall seconds of the command over many files with `-j 1` and `-j 2`, and its peak memory by number of files.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple, TypeVar

from lxml import etree

from stripper.decide import decide
from stripper.model import Label
from stripper.readers import read
from stripper.writers.text import write_text
from tests.bench.corpora import page, rows
from tests.bench.peers import TOOLS, installed, release

T = TypeVar("T")

BODY = frozenset({Label.BODY})
ARTICLE = 114_000
"""Bytes of the page that start-up is measured with."""
RUNS = 11
_READABILITY = "import sys, readability; print(readability.Document(open(sys.argv[1], encoding='utf-8').read()).summary())"


class Cost(NamedTuple):
    """What a command used."""

    cpu: float
    wall: float
    memory: int
    """Peak, in KB on Linux. Of one process: those of `-j` are not added up."""


def bare_parse(data: bytes) -> str:
    """The least that anything over lxml costs: a tree and its text."""
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return "" if root is None else "".join([str(text) for text in root.itertext()])


def steps(data: bytes, kind: str = "html") -> tuple[float, float, float]:
    """CPU seconds of reading, deciding and writing."""
    began = time.process_time()
    document = read(data, kind=kind, encoding="utf-8")
    was_read = time.process_time()
    verdicts = decide(document)
    decided = time.process_time()
    write_text(document, verdicts, BODY)
    return was_read - began, decided - was_read, time.process_time() - decided


def timed(function: Callable[[T], object], argument: T) -> float:
    """CPU seconds; what fails costs what it took."""
    began = time.process_time()
    with contextlib.suppress(Exception):
        function(argument)
    return time.process_time() - began


def best(pages: Sequence[bytes], rounds: int) -> dict[str, list[float]]:
    """Tool or step → milliseconds by page, the best of the rounds."""
    others = [tool for tool in TOOLS if tool.package not in ("stripper", "lxml")]
    extractors = {f"{tool.name} ({release(tool)})": extract for tool in others if (extract := installed(tool))}
    out: dict[str, list[float]] = {}
    steps(pages[0])  # what is loaded when it is first needed
    for data in pages:
        html = data.decode("utf-8", "replace")
        times: dict[str, list[float]] = {}
        for _ in range(rounds):
            times.setdefault("lxml: parse and text", []).append(timed(bare_parse, data))
            for name, seconds in zip(("read", "decide", "write"), steps(data), strict=True):
                times.setdefault(f"  {name}", []).append(seconds)
            for name, extract in extractors.items():
                times.setdefault(name, []).append(timed(extract, html))
        for name, all_seconds in times.items():
            out.setdefault(name, []).append(1000 * min(all_seconds))
    total = [sum(parts) for parts in zip(*[out[f"  {name}"] for name in ("read", "decide", "write")], strict=True)]
    return {"stripper": total} | out


def part_pages(corpora: Path, sample: int, rounds: int) -> None:
    """Milliseconds a page."""
    names = [row.name for row in rows(corpora, "wcxb-dev") if row.truth["type"] == "article"][::sample]
    times = best([page(corpora, "wcxb-dev", name) for name in names], rounds)
    print(f"{len(names)} articles, CPU ms a page, best of {rounds}")
    print(f"{'':36}    mean  median  a stripper is")
    for name, own in times.items():
        ratio = median(one / mine for one, mine in zip(own, times["stripper"], strict=True))
        print(f"{name:36} {fmean(own):7.1f} {median(own):7.1f}  {ratio:6.2f}")


def cost(command: Sequence[str], stdin: Path | None = None) -> Cost:
    """Run a command and see what it used. Output goes nowhere."""
    began = time.perf_counter()
    with (stdin or Path(os.devnull)).open("rb") as file:
        process = subprocess.Popen(command, stdin=file, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss)


def article(corpora: Path) -> bytes:
    """The article that is nearest to `ARTICLE` in size."""
    names = [row.name for row in rows(corpora, "wcxb-dev") if row.truth["type"] == "article"]
    return min((page(corpora, "wcxb-dev", name) for name in names), key=lambda data: abs(len(data) - ARTICLE))


def part_start(corpora: Path, folder: Path) -> None:
    """One page through the command, the package compiled as an installed one is."""
    compileall.compile_dir(Path(__file__).parents[2] / "stripper", quiet=1)
    file = folder / "article.html"
    file.write_bytes(article(corpora))
    text = folder / "article.txt"
    text.write_text("The ferry leaves at nine in the morning, and comes back before the evening.\n\n" * 20)
    commands: dict[str, tuple[list[str], Path | None]] = {
        "python": ([sys.executable, "-c", "pass"], None),
        "python: import click, lxml.etree": ([sys.executable, "-c", "import click, lxml.etree"], None),
        "stripper --version": ([sys.executable, "-m", "stripper", "--version"], None),
        "stripper, 1.5 KB of text": ([sys.executable, "-m", "stripper", str(text)], None),
        "stripper": ([sys.executable, "-m", "stripper", str(file)], None),
        "trafilatura": ([str(Path(sys.executable).with_name("trafilatura"))], file),
        "readability-lxml": ([sys.executable, "-c", _READABILITY, str(file)], None),
        "w3m -dump": (["w3m", "-dump", str(file)], None),
    }
    runs: dict[str, list[Cost]] = {}
    for _ in range(RUNS):
        for name, (command, stdin) in commands.items():
            if shutil.which(command[0]) and (name != "readability-lxml" or find_spec("readability")):
                runs.setdefault(name, []).append(cost(command, stdin))
    print(f"one article of {file.stat().st_size / 1000:.0f} KB, whole process, median of {RUNS} paired runs")
    print(f"{'':36}  CPU s  wall s  peak MB")
    for name, costs in runs.items():
        cpu, wall, memory = (median(column) for column in zip(*costs, strict=True))
        print(f"{name:36}  {cpu:.3f}  {wall:.3f}  {memory / 1024:7.0f}")


def part_text(corpora: Path, sample: int) -> None:
    """Seconds a megabyte."""
    names = [row.name for row in rows(corpora, "text-dev")][::sample]
    print(f"{len(names)} articles in each form, CPU s a MB (megabytes a second)")
    for form in ("copy", "w3m", "lynx", "html"):
        if form == "html":
            pages = [page(corpora, "wcxb-dev", name) for name in names]
        else:
            pages = [(corpora / "text-dev" / form / f"{name}.txt").read_bytes() for name in names]
        kind = "html" if form == "html" else "text"
        steps(pages[0], kind)
        read_in, decided, written = map(sum, zip(*[steps(data, kind) for data in pages], strict=True))
        size, total = sum(map(len, pages)) / 1e6, read_in + decided + written
        print(
            f"{form:5} {size:6.2f} MB  {total / size:6.3f} ({size / total:5.2f} MB/s)"
            f"  read {read_in / size:.3f}  decide {decided / size:.3f}  write {written / size:.3f}"
        )


def part_jobs(corpora: Path, folder: Path, pages: int) -> None:
    """Many files in one or two processes, and peak memory."""
    files = []
    for packed in sorted((corpora / "wcxb-dev" / "html").glob("*.gz"))[:pages]:
        files.append(folder / packed.name.removesuffix(".gz"))
        files[-1].write_bytes(gzip.decompress(packed.read_bytes()))
    command = [sys.executable, "-m", "stripper", "-q"]
    runs = [(cost([*command, "-j1", *map(str, files)]), cost([*command, "-j2", *map(str, files)])) for _ in range(3)]
    one, two = (median([run.wall for run in column]) for column in zip(*runs, strict=True))
    faster = median([single.wall / double.wall for single, double in runs])
    print(f"{len(files)} files: -j 1 {one:.1f} s, -j 2 {two:.1f} s, {faster:.2f} times as fast")
    for count in sorted({1, len(files) // 8, len(files) // 2, len(files)} - {0}):
        used = cost([*command, "-j1", *map(str, files[:count])])
        print(f"{count:5} files: peak {used.memory / 1024:.0f} MB")
    if files:
        used = cost([*command, "-j1", *map(str, files * 5)])
        print(f"{len(files) * 5:5} files: peak {used.memory / 1024:.0f} MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sample", type=int, default=10, metavar="N", help="take every Nth article [10]")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="times each tool gets a page [3]")
    parser.add_argument("--pages", type=int, default=400, metavar="N", help="files for -j and memory [400]")
    parser.add_argument("--only", action="append", choices=["pages", "start", "text", "jobs"], help="measure this part")
    args = parser.parse_args()
    if not (args.corpora / "wcxb-dev" / "truth.jsonl").exists():
        print(f"skipped: no corpora at {args.corpora}")
        return
    wanted = args.only or ["pages", "start", "text", "jobs"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "pages" in wanted:
            part_pages(args.corpora, args.sample, args.rounds)
        if "start" in wanted:
            part_start(args.corpora, folder)
        if "text" in wanted:
            part_text(args.corpora, args.sample)
        if "jobs" in wanted:
            part_jobs(args.corpora, folder, args.pages)


if __name__ == "__main__":
    main()
