"""The fuzzer. A million runs: `python -m tests.fuzz.run --runs 500000 --seconds 7200`.

Two targets, `html` and `text`, each in a process of its own: bytes become characters as `decode` makes them,
`tests/fuzz/laws.py` says what must hold, and a run may take a second of processor time, more for inputs beyond 100 KB. One
run in eleven also judges the document, one in 64 prints it in all ways. Guided by coverage with atheris (extra `fuzz`),
some four hundred runs a second; by chance without it or with `--chance`, some two thousand a second. The corpus is `samples/`
and any folders given with `--corpus`. What it finds is written to the folder given with `--finds` and printed with its
traceback; it then goes on. Every find becomes a test.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"
SUFFIXES = {"html": frozenset({".html", ".htm", ".xhtml"}), "text": frozenset({".txt", ".md", ".eml"})}
LARGEST = 1_024
"""Bytes of an input; a larger one of the corpus is cut up. Small inputs reach the same code, many times as often."""
MOST_PIECES = 64
"""Pieces that are taken of one file of the corpus."""
SECOND = 1.0
"""Seconds of processor time per 100 KB, and for anything smaller."""
MOST_FINDS = 20
"""Kinds of failure after which it stops."""
ALIKE = 3
"""Inputs that are kept of one kind: the same assertion may fail for several reasons."""

PIECES = {
    "html": [
        *(f"<{name}>" for name in "p div b i a q rt ruby pre li ul ol table tr td h1 br hr button select option template".split()),
        *(f"</{name}>" for name in "p div b a pre li ul table td tr q svg title script span".split()),
        *("<span hidden>", "<svg>", "<title>", "<iframe>", "<noscript>", "<video alt=x>", "<dialog>", "<!--", "-->", "<![CDATA[", "]]>",
          '<a href="#x">', '<a href="//h/share?u=">', "<td style=display:none>", '<img alt="Tide">', '<input type=submit value="Go">',
          '<ol start=3>', "<li value=7>", "<details>", "<my-card>", "<template shadowrootmode=open>", '<option label="Tide">',
          '<script type="application/ld+json">{"articleBody":"\\ud800 tide","headline":1,"author":[{"name":"Una"}]}</script>',
          '<meta name=description content="Tides">', "&#0;", "&#xD800;", "&#155;", "&nbsp;", "&shy;", "\x9b31m", "\x1b]0;x\x07"),
    ],
    "text": [
        *("\n", "\n\n", "\r\n", "\r", "\f", "\t", "    ", "* ", "• ", "1. ", "> ", ">>> ", "# ", "```\n", "-----\n", "====\n", "| a | b |\n"),
        *("│x│y│\n", "├─┼─┤\n", "[1]", "[2]Tide", "References\n", " 1. https://t.example/\n", "\x1b[31m", "\x1b]0;x\x07", "\x9b1m", "\0"),
        *("\u200d", "\u202e", "(BUTTON)", "[ ]", "From: a@b.example\n", "Subject: Bells\n", "-- \n", "漢字", "[x](y)", "\u2028", "One   two\n"),
    ],
}  # fmt: skip
"""What the fuzzer puts in without having to find it."""


def target(kind: str) -> Callable[[bytes], None]:
    """The function that is fuzzed: raises AssertionError, or anything else that a reader raises."""
    from stripper.decode import decode
    from tests.fuzz.laws import EVERYTHING, JUDGE, READ, check_page, check_text

    check = {"html": check_page, "text": check_text}[kind]

    # Judging takes seven times as long as reading, and printing all views fifty times: about a third of the time each.
    depths = [EVERYTHING, *[JUDGE] * 5, *[READ] * 58]

    def run(data: bytes) -> None:
        depth = depths[zlib.crc32(data) % len(depths)]
        text = decode(data).text
        begun = time.process_time()
        check(text, depth)
        took = time.process_time() - begun
        assert took <= SECOND * max(1, len(data) / 100_000), f"took {took:.1f} s for {len(data):,} bytes"

    return run


def seeds(kind: str, folders: Iterable[Path]) -> list[bytes]:
    """The inputs of this kind in the folders, in pieces of bearable size."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in SUFFIXES[kind] and path.is_file():
                data = path.read_bytes()
                found += [data[at : at + LARGEST] for at in range(0, min(len(data), MOST_PIECES * LARGEST), LARGEST)]
    return found


class Finder:
    """Runs the target and keeps what it raises: a few inputs for each kind of failure."""

    def __init__(self, kind: str, finds: Path) -> None:
        self.kind = kind
        self.finds = finds
        self.run = target(kind)
        self.runs = 0
        self.failures: Counter[tuple[str, ...]] = Counter()

    def __call__(self, data: bytes) -> None:
        self.runs += 1
        try:
            self.run(data)
        except Exception as error:  # whatever it is, it is a find
            frames = traceback.extract_tb(error.__traceback__)
            place = (type(error).__name__, str(error)[:30] if isinstance(error, AssertionError) else "",
                     *(f"{frame.name}:{frame.lineno}" for frame in frames[-2:]))  # fmt: skip
            self.failures[place] += 1
            if self.failures[place] <= ALIKE:
                self.finds.mkdir(parents=True, exist_ok=True)
                path = self.finds / f"{self.kind}-{hashlib.sha256(data).hexdigest()[:12]}"
                path.write_bytes(data)
                print(f"\n{path}\n{traceback.format_exc(limit=-4)}", flush=True)
            if len(self.failures) >= MOST_FINDS:
                self.close()

    def close(self) -> None:
        """Say what was done and end the process."""
        print(f"{self.kind}: {self.runs:,} runs, {len(self.failures)} finds", flush=True)
        sys.stdout.flush()
        import os

        os._exit(bool(self.failures))


def stop_with(finder: Finder) -> None:
    """Say what was done also when told to stop."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: finder.close())


def mutated(chance: random.Random, corpus: list[bytes], pieces: list[bytes]) -> bytes:
    """An input: one of the corpus, or nothing, with pieces put in, taken out, doubled and swapped."""
    data = bytearray(chance.choice(corpus) if corpus and chance.random() < 0.7 else b"")
    if len(data) > 600:
        start = chance.randrange(len(data) - 500)
        data = data[start : start + chance.randrange(20, 500)]
    for _ in range(chance.randrange(1, 24)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0 | 1:
                data[at:at] = chance.choice(pieces)
            case 2:
                del data[at : at + chance.randrange(1, 20)]
            case 3:
                data[at:at] = data[at : at + chance.randrange(1, 60)]
            case 4:
                data[at : at + 1] = bytes([chance.randrange(256)])
    return bytes(data)


def by_chance(finder: Finder, runs: int, seconds: float, corpus: list[bytes], seed: int) -> None:
    """Fuzz without coverage."""
    chance = random.Random(seed)
    pieces = [piece.encode("utf-8", "surrogatepass") for piece in PIECES[finder.kind]]
    until = time.monotonic() + seconds
    for data in corpus[:runs]:
        finder(data)
    while finder.runs < runs and time.monotonic() < until:
        finder(mutated(chance, corpus, pieces))


def by_coverage(kind: str, finds: Path, runs: int, seconds: float, corpus: list[bytes], seed: int) -> None:
    """Fuzz with atheris, which counts the branches that an input takes."""
    import atheris

    # What judges and prints is imported before and so not counted: only what reads takes other branches for other input.
    for module in ("decide", "diff", "terminal", "writers.json", "writers.jsonl", "writers.text"):
        importlib.import_module(f"stripper.{module}")
    with atheris.instrument_imports(include=["stripper"]):
        finder = Finder(kind, finds)
    stop_with(finder)
    with tempfile.TemporaryDirectory() as folder:
        inputs, words = Path(folder, "inputs"), Path(folder, "words")
        inputs.mkdir()
        for number, data in enumerate(corpus):
            Path(inputs, f"{number:06}").write_bytes(data)
        quoted = ["".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8", "surrogatepass")) for piece in PIECES[kind]]
        words.write_text("".join(f'"{piece}"\n' for piece in quoted), encoding="ascii")
        until = time.monotonic() + seconds

        def one(data: bytes) -> None:
            finder(data)
            if finder.runs >= runs or time.monotonic() >= until:
                finder.close()

        # libFuzzer would end without a word when it is told to.
        options = ["-handle_int=0", "-handle_term=0", f"-dict={words}", f"-max_len={LARGEST}", "-timeout=60", "-rss_limit_mb=4096", f"-seed={seed}", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, str(inputs)], one)
        atheris.Fuzz()


def main() -> int:
    """Run one target, or both one after the other in processes of their own; 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20_000, help="runs of each target at most [%(default)s]")
    parser.add_argument("--seconds", type=float, default=60, help="seconds for each target at most [%(default)s]")
    parser.add_argument("--target", choices=[*SUFFIXES, "both"], default="both")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="a folder with more inputs; repeatable")
    parser.add_argument("--finds", type=Path, default=Path(tempfile.gettempdir(), "stripper-finds"))
    parser.add_argument("--chance", action="store_true", help="without atheris, though it is there")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.target == "both":
        command = [sys.executable, "-m", "tests.fuzz.run", *sys.argv[1:], "--target"]
        return max([subprocess.run([*command, kind], check=False).returncode for kind in SUFFIXES])
    corpus = seeds(asked.target, [SAMPLES, *asked.corpus])
    if asked.chance or not importlib.util.find_spec("atheris"):
        finder = Finder(asked.target, asked.finds)
        stop_with(finder)
        by_chance(finder, asked.runs, asked.seconds, corpus, asked.seed)
        finder.close()
    by_coverage(asked.target, asked.finds, asked.runs, asked.seconds, corpus, asked.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
