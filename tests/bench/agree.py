"""Whether a page gets the same answer as HTML and as copied text.

    python -m tests.bench.agree CORPORA [--sample N] [--show N]

Takes the hand-labelled pages in both forms, and for each of their lines the label that covers most of its words in
either. Prints the share of lines with the same label and with the same answer to body or not, by true label, and lists
N lines on which the two part (one a page at most). Lines that one of the forms does not hold are counted apart.
"""

from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from stripper.decide import decide
from stripper.model import Label
from tests.bench.corpora import Row, aligned_words, rows
from tests.bench.gate import document_of


class Answers(NamedTuple):
    """What a line got in both forms; None where a form does not hold it."""

    page: str
    number: int
    text: str
    truth: Label
    html: Label | None
    copied: Label | None


def labels_of(corpora: Path, row: Row, rendering: str) -> list[Label | None]:
    """The label of each line of a page."""
    document = document_of(corpora, row, rendering)
    labels = [verdict.label for verdict in decide(document)]
    votes: list[Counter[Label]] = [Counter() for _ in row.truth["lines"]]
    for line, block in aligned_words(document, row.truth["lines"])[0]:
        if block >= 0:
            votes[line][labels[block]] += 1
    return [vote.most_common(1)[0][0] if vote else None for vote in votes]


def answers(corpora: Path, row: Row) -> list[Answers]:
    """The lines of a page that hold words, with both answers."""
    both = zip(row.truth["lines"], labels_of(corpora, row, "html"), labels_of(corpora, row, "text"), strict=True)
    return [
        Answers(row.name, number, line, Label(truth), html, copied)
        for number, ((truth, line), html, copied) in enumerate(both, 1)
        if html or copied
    ]


def summary(found: list[Answers]) -> list[str]:
    """The figures as lines of text."""
    held = [one for one in found if one.html and one.copied]
    out = [f"{len(held)} lines in both forms, {len(found) - len(held)} in one only"]
    for name, group in [("all", held), *((label, [one for one in held if one.truth is label]) for label in Label)]:
        if not group:
            continue
        same = sum(one.html is one.copied for one in group) / len(group)
        body = sum((one.html is Label.BODY) == (one.copied is Label.BODY) for one in group) / len(group)
        out.append(f"{name:8} {len(group):6} lines  same label {same:6.1%}  same answer, body or not {body:6.1%}")
    parts = Counter((one.html, one.copied, one.truth) for one in held if one.html is not one.copied)
    out.append("parting most often (as HTML / as text, truth):")
    out += [f"  {html:>8} / {copied:8} {truth:8} {n:5}" for (html, copied, truth), n in parts.most_common(10)]
    return out


def parting(found: list[Answers], most: int) -> list[str]:
    """Lines on which the two forms part on body or not, one a page, as lines of text."""
    first: dict[str, Answers] = {}
    for one in found:
        if one.html and one.copied and (one.html is Label.BODY) != (one.copied is Label.BODY):
            first.setdefault(one.page, one)
    return [
        f"  {one.page} line {one.number}: {one.html} / {one.copied}, truth {one.truth}: {one.text[:80]}"
        for one in list(first.values())[:most]
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="take every Nth page [1]")
    parser.add_argument("--show", type=int, default=20, metavar="N", help="list N lines on which the two part [20]")
    args = parser.parse_args()
    if not (args.corpora / "labelled-dev" / "truth.jsonl").exists():
        print(f"skipped: no corpora at {args.corpora}")
        return
    with ProcessPoolExecutor(2) as pool:
        pages = list(rows(args.corpora, "labelled-dev"))[:: args.sample]
        found = list(chain.from_iterable(pool.map(partial(answers, args.corpora), pages, chunksize=8)))
    print("\n".join([*summary(found), *parting(found, args.show)]))


if __name__ == "__main__":
    main()
