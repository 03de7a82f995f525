"""Score the landed points and compare with the floors.

    python -m tests.bench.gate CORPORA [--all | --sample N] [--write [--lower-floors]]

Runs the library as it stands over every Nth page of each corpus (N = 6 unless told; --all: every page) and fails
(exit 1) where a figure is more than `TOLERANCE` under its floor in `floors.json`. Each sample has floors of its own,
beside a digest of the data they were measured on; on other data they say nothing and the gate fails. --write raises
floors to the figures; lowering one takes --lower-floors too. Where there are no corpora it says so and succeeds.

The points were fitted on these pages: what a new site gets is told by the cross-validated figures of `fit.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from itertools import starmap
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from stripper.decide import decide
from stripper.model import Document, Label, Verdict
from stripper.readers import read
from tests.bench.corpora import NUMBER_OF, Row, aligned_words, page, rows, tokens
from tests.bench.dataset import Sample
from tests.bench.measures import line_report, word_f1

FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.0015
"""Below this a difference is no loss."""
SAMPLE = 6
CORPORA = ("labelled-dev", "snippets-dev", "text-dev", "wcxb-dev")

Figures = dict[str, float]
Floors = dict[str, Any]
"""Sample → digest of the data and floors by figure."""


class Task(NamedTuple):
    """A page to score, and the rendering that is read: `html`, or the folder of a text."""

    figure: str
    row: Row
    rendering: str


class Segments(NamedTuple):
    """Segments that must be kept and are, that must not be and are, that must be and are not."""

    right: int
    wrong: int
    missed: int


class Lines(NamedTuple):
    """A hand-labelled page as `line_report` takes it."""

    sample: Sample
    labels: list[int]


class Scored(NamedTuple):
    """The score of one page: word F1, segments or lines, as its corpus has it."""

    figure: str
    type: str
    score: float | Segments | Lines


def tasks(corpora: Path, step: int) -> list[Task]:
    """Every `step`th page of each corpus that has a truth of its text, its segments or its lines."""
    labelled, snippets, text, pages = (list(rows(corpora, corpus))[::step] for corpus in CORPORA)
    return [
        *(Task("pages", row, "html") for row in pages),
        *(Task("snippets", row, "html") for row in snippets),
        *(Task("labelled", row, "html") for row in labelled),
        *(Task("labelled-text", row, "text") for row in labelled),
        *(Task(folder, row, folder) for folder in ("copy", "w3m", "lynx") for row in text),
    ]


def document_of(corpora: Path, row: Row, rendering: str) -> Document:
    """A page as it is read; what the corpora store as UTF-8 is read so, whatever it declares."""
    if rendering == "html":
        encoding = None if row.corpus == "snippets-dev" else "utf-8"
        return read(page(corpora, row.corpus, row.name), row.name, "html", encoding)
    return read((corpora / row.corpus / rendering / f"{row.name}.txt").read_bytes(), row.name, "text")


def score(corpora: Path, task: Task) -> Scored:
    """Read, label and score one page."""
    figure, row, rendering = task
    document = document_of(corpora, row, rendering)
    verdicts = decide(document)
    if "lines" in row.truth:
        return Scored(figure, "", lines_of(row, document, verdicts))
    if "body" in row.truth:
        body = [v.block.text for v in verdicts if v.label is Label.BODY and v.block.role != "title"]
        kept = Counter(word for text in body for word in tokens(text))
        return Scored(figure, row.truth.get("type", ""), word_f1(kept, Counter(tokens(row.truth["body"])))[2])
    kept_text = "\n".join([v.block.text for v in verdicts if v.label is Label.BODY])
    return Scored(figure, "", segments(kept_text, row.truth["with"], row.truth["without"]))


def segments(text: str, wanted: Sequence[str], unwanted: Sequence[str]) -> Segments:
    """Which segments a text holds, whatever the white space."""
    flat = " ".join(text.split())
    right, wrong = (sum(" ".join(segment.split()) in flat for segment in group) for group in (wanted, unwanted))
    return Segments(right, wrong, len(wanted) - right)


def lines_of(row: Row, document: Document, verdicts: Sequence[Verdict]) -> Lines:
    """A hand-labelled page with the labels its blocks got."""
    line_words, line_labels = aligned_words(document, row.truth["lines"])
    sample = Sample(
        corpus=row.corpus, name=row.name, site=row.site, type="", columns={}, truth=[], words=[], title=-1,
        block_tokens=[], body_tokens=None, line_words=line_words, line_labels=line_labels,
    )  # fmt: skip
    return Lines(sample, [NUMBER_OF[verdict.label.value] for verdict in verdicts])


def figures(scored: Sequence[Scored]) -> Figures:
    """The figures of all corpora, rounded to four digits."""
    out: Figures = {}
    groups: dict[str, list[Any]] = defaultdict(list)
    for figure, kind, one in scored:
        groups[figure].append(one)
        if kind == "article":
            groups["articles"].append(one)
    for name, group in groups.items():
        if isinstance(group[0], Lines):
            report = line_report(list(starmap(_pair, group)))
            out |= {f"{name} {key}": report[key] for key in ("macro", "body words", "exact")}
        elif isinstance(group[0], Segments):
            right, wrong, missed = map(sum, zip(*group, strict=True))
            out[f"{name} segment F1"] = 2 * right / max(1, 2 * right + wrong + missed)
        else:
            out[f"{name} word F1"] = fmean(group)
            out[f"{name} over .5"] = sum(one >= 0.5 for one in group) / len(group)
    return {name: round(value, 4) for name, value in sorted(out.items())}


def _pair(sample: Sample, labels: list[int]) -> tuple[Sample, list[int]]:
    return sample, labels


def digest(corpora: Path) -> str:
    """What tells one state of the data from another: the truths, and the names and sizes of all pages."""
    seen = sha256()
    for corpus in CORPORA:
        seen.update((corpora / corpus / "truth.jsonl").read_bytes())
        for file in sorted((corpora / corpus).glob("*/*")):
            seen.update(f"{file.relative_to(corpora)} {file.stat().st_size}\n".encode())
    return seen.hexdigest()[:16]


def compare(got: Figures, floors: Figures) -> list[str]:
    """The figures that are under their floors, in words."""
    return [
        f"{name}: {got.get(name, 0.0):.4f} is under its floor {floor:.4f}"
        for name, floor in floors.items()
        if got.get(name, 0.0) < floor - TOLERANCE
    ]


def raised(got: Figures, floors: Figures, lower: bool = False) -> Figures:
    """The new floors: none is lower than before, unless `lower`."""
    return got if lower else {name: max(value, floors.get(name, 0.0)) for name, value in got.items()}


def judge(got: Figures, data: str, entry: Floors | None, write: bool, lower: bool) -> tuple[str, Floors | None]:
    """What is to be said, and the entry to be written; with neither the figures pass, with a text alone they fail.

    entry: the digest and the floors of this sample as they stand. data: the digest of the data as they are.
    """
    floors: Figures = entry["floors"] if entry else {}
    low = compare(got, floors)
    if write:
        if low and not lower:
            return "\n".join([*low, "not written: --lower-floors lowers floors"]), None
        return "written", {"digest": data, "floors": raised(got, floors, lower)}
    if entry and entry["digest"] != data:
        return "the floors belong to other data; --write pins them for these", None
    return "\n".join(low), None


def main() -> int:
    """Run the gate; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help=f"score every Nth page [{SAMPLE}]")
    parser.add_argument("--all", dest="sample", action="store_const", const=1, help="score all pages")
    parser.add_argument("--write", action="store_true", help="write the figures as floors")
    parser.add_argument("--lower-floors", action="store_true", help="allow --write to lower floors")
    args = parser.parse_args()
    if not all((args.corpora / corpus / "truth.jsonl").exists() for corpus in CORPORA):
        print(f"skipped: no corpora at {args.corpora}")
        return 0
    with ProcessPoolExecutor(2) as pool:
        got = figures(list(pool.map(partial(score, args.corpora), tasks(args.corpora, args.sample), chunksize=8)))
    table: dict[str, Floors] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    key = f"every {args.sample}"
    entry = table.get(key)
    print(f"fitted, not cross-validated; page {key}      figure  floor")
    for name, value in got.items():
        floor = entry["floors"].get(name) if entry else None
        print(f"{name:36} {value:.4f}" + (f"  {floor:.4f}" if floor is not None else ""))
    text, new = judge(got, digest(args.corpora), entry, args.write, args.lower_floors)
    if new:
        FLOORS.write_text(json.dumps(dict(sorted({**table, key: new}.items())), indent=1) + "\n")
    elif not text:
        text = "all figures are at their floors or above" if entry else "no floors for this sample; --write pins them"
        print(text)
        return 0
    print(text)
    return 0 if new else 1


if __name__ == "__main__":
    sys.exit(main())
