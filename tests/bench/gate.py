"""Score the landed points and compare with the floors.

    python -m tests.bench.gate CORPORA [--sample N] [--write] [--lower-floors]

Runs the library as it stands over every Nth page of each corpus (N = 6 unless told) and fails (exit 1) where a figure is
more than `TOLERANCE` under its floor in `floors.json`. The floors belong to a sample and to the data, of which a digest
stands beside them. `--write` raises floors to the figures; lowering one takes `--lower-floors` too. Where there are no
corpora it says so and succeeds. The points were fitted on these pages: what a new site gets is told by the
cross-validated figures of `fit.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from stripper.decide import decide
from stripper.readers import read
from tests.bench.corpora import NUMBER_OF, Row, aligned_words, page, rows, tokens
from tests.bench.dataset import Sample
from tests.bench.measures import article_f1, line_report

FLOORS = Path(__file__).with_name("floors.json")
TOLERANCE = 0.0015
"""Below this a difference is no loss."""


class Task(NamedTuple):
    """A page to score: the figure it belongs to, where it stands, and how it is read."""

    figure: str
    row: Row
    kind: str
    folder: str


class Scored(NamedTuple):
    """A page's truth and the labels it got."""

    figure: str
    sample: Sample
    labels: list[int]


def tasks(corpora: Path, step: int) -> list[Task]:
    """Every `step`th page of each corpus that has a truth of its text or its lines."""
    labelled = list(rows(corpora, "labelled-dev"))[::step]
    articles = list(rows(corpora, "wcxb-dev"))[::step]
    text = list(rows(corpora, "text-dev"))[::step]
    return [
        *(Task("articles" if row.truth["type"] == "article" else "other pages", row, "html", "html") for row in articles),
        *(Task("labelled", row, "html", "html") for row in labelled),
        *(Task("labelled-text", row, "text", "text") for row in labelled),
        *(Task(folder, row, "text", folder) for folder in ("copy", "w3m", "lynx") for row in text),
    ]


def score(corpora: Path, task: Task) -> Scored:
    """Read and label one page."""
    _, row, kind, folder = task
    if kind == "html":
        document = read(page(corpora, row.corpus, row.name), kind="html", encoding="utf-8")
    else:
        document = read((corpora / row.corpus / folder / f"{row.name}.txt").read_bytes(), kind="text")
    verdicts = decide(document)
    labels = [NUMBER_OF[verdict.label.value] for verdict in verdicts]
    title = next((i for i, verdict in enumerate(verdicts) if verdict.block.role == "title"), -1)
    lines = row.truth.get("lines")
    line_words, line_labels = aligned_words(document, lines) if lines else ([], [])
    body = None if lines else tokens(row.truth["body"])
    sample = Sample(
        corpus=row.corpus, name=row.name, site=row.site, type="", columns={}, truth=[], words=[], title=title,
        block_tokens=[tokens(verdict.block.text) for verdict in verdicts], body_tokens=body, line_words=line_words,
        line_labels=line_labels,
    )  # fmt: skip
    return Scored(task.figure, sample, labels)


def figures(scored: list[Scored]) -> dict[str, float]:
    """The mean scores by figure."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.figure].append(one)
    out = {}
    for name, group in groups.items():
        if name.startswith("labelled"):
            report = line_report([(one.sample, one.labels) for one in group])
            for key in ("macro", "body words", "exact"):
                out[f"{name} {key}"] = report[key]
        else:
            scores = [article_f1(one.sample, one.labels)[2] for one in group]
            out[f"{name} word F1"] = fmean(scores)
            out[f"{name} over .5"] = sum(score >= 0.5 for score in scores) / len(scores)
    return {name: round(value, 4) for name, value in out.items()}


def digest(corpora: Path) -> str:
    """What tells one state of the data from another: the truths and the sizes of all pages."""
    seen = sha256()
    for file in sorted(corpora.rglob("*")):
        if file.name == "truth.jsonl":
            seen.update(file.read_bytes())
        elif file.is_file():
            seen.update(f"{file.relative_to(corpora)} {file.stat().st_size}\n".encode())
    return seen.hexdigest()[:16]


def compare(got: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The figures that are under their floors, in words."""
    return [
        f"{name}: {got.get(name, 0.0):.4f} is under its floor {floor:.4f}"
        for name, floor in floors.items()
        if got.get(name, 0.0) < floor - TOLERANCE
    ]


def main() -> int:
    """Run the gate; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sample", type=int, default=6, metavar="N", help="score every Nth page (1: all)")
    parser.add_argument("--write", action="store_true", help="write the figures as floors")
    parser.add_argument("--lower-floors", action="store_true", help="allow --write to lower floors")
    args = parser.parse_args()
    if not (args.corpora / "labelled-dev" / "truth.jsonl").exists():
        print(f"skipped: no corpora at {args.corpora}")
        return 0
    with ProcessPoolExecutor(2) as pool:
        scored = list(pool.map(partial(score, args.corpora), tasks(args.corpora, args.sample), chunksize=16))
    got = figures(scored)
    for name, value in got.items():
        print(f"{name:28} {value:.4f}")
    kept = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    key = f"every {args.sample}"
    entry = kept.get(key, {})
    same_data = entry.get("digest") == digest(args.corpora)
    low = compare(got, entry.get("floors", {})) if same_data else []
    if args.write:
        if low and not args.lower_floors:
            print("\n".join([*low, "not written: --lower-floors lowers floors"]))
            return 1
        kept[key] = {"digest": digest(args.corpora), "floors": got}
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n")
        return 0
    if not same_data:
        print("no floors for this sample of this data; --write pins them")
        return 0
    print("\n".join(low) or "all figures are at their floors or above")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
