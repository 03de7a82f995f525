"""Fit the table of points.

    python -m tests.bench.fit CORPORA [--kind html|text] [--cache DIR] [--rounds N]

Reads the corpora, the small pages of `tests/bench/tidy` and `tests/bench/written` and the cases beside the corpora, measures
every page with the observations of the package, cross-validates by site, prints the scores and writes
`stripper/points-html.json` and `stripper/points-text.json`. Deterministic.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stripper.doubt import expected_f1, head_start, is_small
from stripper.features import Context
from stripper.model import Points
from stripper.patterns import PATTERNS
from stripper.points import points_table
from stripper.trees import NO_PATTERNS, Entry, written
from tests.bench.corpora import FOLDS, MADE, fold_of
from tests.bench.dataset import Feature, Matrix, Sample, cached, encode, observations_of, weights_of
from tests.bench.headline import accuracy, contests, fit_headline
from tests.bench.lexicon import Teacher, write
from tests.bench.measures import NAMES, article_f1, block_f1, block_shares, line_report
from tests.bench.model import LOWEST, Model, Pattern, Settings, bin_numbers, contributions, fit, loss, scores

OUT = {kind: Path(__file__).parents[2] / "stripper" / f"points-{kind}.json" for kind in ("html", "text")}
SETTINGS = {
    "html": Settings(offset=(-0.6, 0.0, 0.0, 0.0)),
    "text": Settings(patterns=450, offset=(0.1, 0.35, 0.0, 0.0)),
}
"""Chosen by cross-validation. The offsets: on HTML less body makes articles, labels and exact pages better by .001 to .02; in
text a little more body is better for articles, and more captions for captions, which are few."""


def learn_headline(corpora: Path, kind: str) -> dict[str, float]:
    """Fit the headline's weights and say how often it is found."""
    pages = contests(corpora, kind)
    print(f"{kind}: the headline is found on {accuracy(pages):.1%} of {len(pages)} pages (cross-validated)", flush=True)
    return fit_headline(pages)


def report(all_samples: list[Sample], labels: list[list[int]], say: Any = print) -> dict[str, float]:
    """Print the scores of all corpora for given labels of all blocks."""
    figures: dict[str, float] = {}
    for corpus in sorted({s.corpus for s in all_samples}):
        own = [(s, got) for s, got in zip(all_samples, labels, strict=True) if s.corpus == corpus]
        if corpus.startswith(MADE):
            blocks = [s.truth for s, _ in own], [got for _, got in own]
            f1s, (right, kept) = block_f1(*blocks), block_shares(*blocks)
            say(
                f"  {corpus:34} blocks: right {right:.3f}, body or not {kept:.3f}  F1: "
                + "  ".join(f"{name} {f1:.3f}" for name, f1 in zip(NAMES, f1s, strict=True))
            )
            figures |= {f"{corpus} {name}": f1 for name, f1 in zip(NAMES, f1s, strict=True)}
            continue
        if corpus.startswith("labelled"):
            lines = line_report(own)
            say(
                f"  {corpus:20} "
                + "  ".join(f"{k} {lines[k]:.4f}" for k in ("macro", "accuracy", "body words", "page F1", "exact"))
            )
            say(
                "  "
                + " " * 21
                + "  ".join(
                    f"{k} {lines[k]:.3f} ({lines[k + ' P']:.2f}/{lines[k + ' R']:.2f})"
                    for k in ("body", "caption", "nav", "junk")
                )
            )
            figures |= {f"{corpus} {k}": v for k, v in lines.items()}
            continue
        groups: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for s, got in own:
            prf = article_f1(s, got)
            groups[s.type].append(prf)
            groups["all"].append(prf)
        for name, group in sorted(groups.items()):
            if name == "all" and len(groups) == 2:
                continue
            p, r, f = (fmean(c) for c in zip(*group, strict=True))
            low = sum(g[2] < 0.5 for g in group) / len(group)
            say(f"  {corpus:20} {name:14} n={len(group):4}  P {p:.4f}  R {r:.4f}  F1 {f:.4f}  under .5 {low:.1%}")
            figures[f"{corpus} {name}"] = f
    return figures


def split(matrix: Matrix, column: NDArray[Any], pages: int) -> list[list[Any]]:
    """Labels or sums by page."""
    counts = np.bincount(matrix.page, minlength=pages)
    return [part.tolist() for part in np.split(column, np.cumsum(counts)[:-1])]


def decided(all_samples: list[Sample], matrix: Matrix, sums: NDArray[np.float64], kind: str) -> list[list[int]]:
    """Labels by page as `stripper.decide` gives them: body starts higher on pages that are hard to tell."""
    out = []
    for s, rows in zip(all_samples, split(matrix, np.rint(sums * 100).astype(int), len(all_samples)), strict=True):
        points = [Points(*row) for row in rows]
        ahead = 0 if is_small(s.words, kind) else head_start(expected_f1(points, s.words))
        out.append([(body + ahead, *rest).index(max(body + ahead, *rest)) for body, *rest in points])
    return out


def folds_of(all_samples: list[Sample], matrix: Matrix) -> NDArray[np.int64]:
    """The fold of each block."""
    folds: NDArray[np.int64] = np.array([fold_of(s.site) for s in all_samples])[matrix.page]
    return folds


class Lexical(NamedTuple):
    """What the observations of words and names see when they have not seen the pages of a fold."""

    columns: list[int]
    """Their columns in the matrix."""
    held_out: list[NDArray[np.float32]]
    """Their values, by fold that is held out."""

    def out_of_fold(self, folds: NDArray[np.int64]) -> NDArray[np.float32]:
        """Their values for every page as if its own fold were held out: what the points for use are fitted on."""
        out = self.held_out[0].copy()
        for fold, values in enumerate(self.held_out):
            out[folds == fold] = values[folds == fold]
        return out


def teachers(corpora: Path, kind: str, all_samples: list[Sample], cache: Path | None) -> tuple[Teacher, Teacher | None]:
    """What the lexicon is learned with for a kind of document: of words and, for HTML alone, of class names."""
    pages_of_html = all_samples if kind == "html" else cached(corpora, "html", cache)
    weights = np.concatenate([weights_of(sample) for sample in pages_of_html])
    names = Teacher(pages_of_html, weights, "names_seen") if kind == "html" else None
    return Teacher(pages_of_html, weights, "words_seen"), names


def lexical_of(all_samples: list[Sample], matrix: Matrix, words: Teacher, names: Teacher | None) -> Lexical:
    """The observations of the lexicon, for cross-validation; text has no names."""
    parts: dict[str, list[NDArray[Any]]] = {"words": words.nested(all_samples, "words")}
    if names:
        parts["names"] = names.nested(all_samples, "inside", "own", "up")
        parts["names-above"] = names.nested(all_samples, "above")
    if Feature("group-place", None) in matrix.features:
        starts = np.cumsum([len(sample.truth) for sample in all_samples])[:-1]
        first = matrix.values[:, matrix.features.index(Feature("group-place", None))] == 0
        groups = [np.cumsum(own).tolist() for own in np.split(first, starts)]

        def around(of: Callable[[list[int], list[int]], Sequence[float | None]]) -> list[NDArray[np.float64]]:
            """By fold that is held out: a measure of every page's words, from the page's groups and sums of words."""
            return [
                np.vstack([
                    np.array([of(own, column.tolist()) for column in page.T], dtype=float).reshape(len(NAMES), -1).T
                    for own, page in zip(groups, np.split(sums, starts), strict=True)
                ])
                for sums in parts["words"]
            ]  # fmt: skip

        parts["words-near"] = around(lambda _, column: Context.window(column, 2, own=False))
        parts["words-in-group"] = around(Context.mean_of_others)
        parts["words-group-before"] = around(partial(Context.mean_beside, step=-1))
        parts["words-group-after"] = around(partial(Context.mean_beside, step=1))
    names_of = [f"{part}-{label}" for part in parts for label in NAMES]
    used = [i for i, name in enumerate(names_of) if Feature(name, None) in matrix.features]
    columns = [matrix.features.index(Feature(names_of[i], None)) for i in used]
    held_out = [np.hstack([sums[fold] for sums in parts.values()])[:, used].astype(np.float32) for fold in range(FOLDS)]
    return Lexical(columns, held_out)


def cross_validate(
    all_samples: list[Sample],
    matrix: Matrix,
    settings: Settings,
    left_out: set[int],
    lexical: Lexical,
    worth: dict[str, float] | None = None,
) -> NDArray[np.float64]:
    """Out-of-fold sums of all blocks; pages in `left_out` are scored but not learned from.

    worth: is filled with what every observation is worth: by how much the loss grows (thousandths of a nat a block, on
    pages of other sites than those learned from) where its points are left out and the others stay.
    """
    folds = folds_of(all_samples, matrix)
    learn = ~np.isin(matrix.page, list(left_out))

    def held_out(fold: int) -> tuple[NDArray[np.float64], dict[str, float]]:
        """The sums of a fold's blocks, and what the observations are worth there."""

        def values(rows: NDArray[np.bool_]) -> NDArray[np.float32]:
            own = matrix.values[rows]
            own[:, lexical.columns] = lexical.held_out[fold][rows]
            return own

        use, test = learn & (folds != fold), folds == fold
        model = fit(values(use), matrix.truth[use], matrix.weight[use], settings._replace(threads=1))
        own = matrix._replace(
            values=values(test), truth=matrix.truth[test], weight=np.where(learn[test], matrix.weight[test], 0)
        )
        sums = scores(model, own.values)
        return sums, {} if worth is None else growth_without(model, own, sums)

    out = np.zeros((len(matrix.truth), 4))
    with ThreadPoolExecutor(2) as pool:  # two folds side by side: the trees are grown outside of Python's lock
        for fold, (sums, growth) in enumerate(pool.map(held_out, range(FOLDS))):
            out[folds == fold] = sums
            if worth is not None:
                for name, own in growth.items():
                    worth[name] = worth.get(name, 0.0) + own / FOLDS
    return out


def growth_without(model: Model, matrix: Matrix, sums: NDArray[np.float64]) -> dict[str, float]:
    """By how much the loss grows without the points of each observation, in thousandths of a nat a block."""
    whole = loss(sums, matrix.truth, matrix.weight)
    added: dict[str, NDArray[np.float64]] = {}
    for feature, blocks, points in contributions(model, matrix.values):
        name = matrix.features[feature].observation
        if name not in added:
            added[name] = np.zeros_like(sums)
        added[name][blocks] += points
    return {
        name: 1000 * (loss(sums - points + points.mean(axis=0), matrix.truth, matrix.weight) - whole)
        for name, points in added.items()
    }


def wrong_truths(all_samples: list[Sample], labels: list[list[int]]) -> set[int]:
    """Pages that are not learned from: an empty truth, or a truth so far from what pages of other sites teach (word
    F1 under .8 on articles, under .5 elsewhere, under .5 on hand-labelled pages) that it is more likely wrong."""
    out = set()
    bad, name = False, ""
    for i, (s, got) in enumerate(zip(all_samples, labels, strict=True)):
        if s.corpus.startswith(MADE):
            bad = bad and s.name == name  # as the page before, if it was made from it
        elif s.body_tokens is None:
            bad = line_report([(s, got)])["page F1"] < 0.5
        else:
            bad = not s.body_tokens or article_f1(s, got)[2] < (0.8 if s.type == "article" else 0.5)
        name = s.name
        if bad:
            out.add(i)
    return out


_NONE = [0, 0, 0, 0]
_NOTHING: dict[str, Any] = {
    "measure": {"edges": [], "points": [_NONE], "none": _NONE}, "kind": {"points": {}, "none": _NONE},
    "set": {"points": {}, "none": _NONE},
}  # fmt: skip
"""What an observation is worth that only patterns ask for."""


def to_json(model: Model, matrix: Matrix, kind: str) -> dict[str, Any]:
    """The table as its file holds it: hundredths of a point, every observation centred on its mean."""
    by_observation: dict[str, list[int]] = defaultdict(list)
    for index, feature in enumerate(matrix.features):
        by_observation[feature.observation].append(index)
    start = model.start + model.offset
    entries: dict[str, Any] = {}
    asked = {matrix.features[split.feature].observation for pattern in model.patterns for split in pattern.splits}
    for observation in observations_of(kind):
        indices = by_observation.get(observation.name, [])
        used = [i for i in indices if model.edges[i]]
        if not used:
            if observation.name in asked:
                entries[observation.name] = _NOTHING[observation.kind]
            continue
        if observation.kind == "measure":
            (i,) = used
            mean = model.points[i][bin_numbers(matrix.values[:, i], model.edges[i])].mean(axis=0)
            start += mean
            rows = np.rint((model.points[i] - mean) * 100).astype(int)
            edges = [float(f"{edge:.7g}") for edge in model.edges[i]]
            entries[observation.name] = {"edges": edges, "points": rows[:-1].tolist(), "none": rows[-1].tolist()}
            continue
        table = {}
        silent = np.zeros(4)
        for i in used:
            off, on = model.points[i][0], model.points[i][-2]
            silent += off
            table[str(matrix.features[i].value)] = on - off
        if observation.kind == "set":
            start += silent
            silent = np.zeros(4)
        entries[observation.name] = {
            "points": {name: np.rint((worth + silent) * 100).astype(int).tolist() for name, worth in table.items()},
            "none": np.rint(silent * 100).astype(int).tolist(),
        }
    return {
        "start": np.rint(start * 100).astype(int).tolist(),
        "observations": entries,
        PATTERNS: written([_tree(pattern, matrix.features) for pattern in model.patterns]),
    }


def _tree(pattern: Pattern, features: list[Feature], place: int = 0) -> Entry:
    """A pattern as the tree that it is."""
    if place < 0:
        return ",".join(map(str, np.rint(pattern.leaves[~place] * 100).astype(int).tolist()))
    split = pattern.splits[place]
    feature = features[split.feature]
    edge = None if split.edge < LOWEST / 10 else float(f"{split.edge:.7g}")
    question = feature.value if feature.value is not None else edge
    sides = (_tree(pattern, features, next_) for next_ in (split.below, split.above))
    return [feature.observation, question, split.share, *sides]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--kind", choices=list(OUT), action="append")
    parser.add_argument("--cache", type=Path, help="folder that keeps the measured pages between runs")
    parser.add_argument("--rounds", type=int)
    args = parser.parse_args()
    words: Teacher | None = None  # both kinds learn from the same tables of words
    for kind in args.kind or OUT:
        began = time.perf_counter()
        out = OUT[kind]
        table: dict[str, Any] = json.loads(out.read_text()) if out.exists() else {"start": [0, 0, 0, 0], "observations": {}}
        table["headline"] = learn_headline(args.corpora, kind)
        out.write_text(_compact(table), encoding="utf-8")  # what is measured from here on depends on it
        points_table.cache_clear()
        all_samples = cached(args.corpora, kind, args.cache)
        matrix = encode(all_samples, kind)
        pages = len(all_samples)
        names: Teacher | None = None
        if kind == "html" or words is None:
            words, names = teachers(args.corpora, kind, all_samples, args.cache)
        lexical = lexical_of(all_samples, matrix, words, names)
        print(f"  the lexicon is learned, {time.perf_counter() - began:.0f} s", flush=True)
        if names:
            write(words.entries() | names.entries())
        settings = SETTINGS[kind]
        if args.rounds:
            settings = settings._replace(rounds=args.rounds)
        print(
            f"{kind}: {pages} pages, {len(matrix.truth)} blocks, {len(matrix.features)} features, "
            f"{time.perf_counter() - began:.0f} s",
            flush=True,
        )
        first = cross_validate(all_samples, matrix, settings._replace(patterns=0), set(), lexical)
        left_out = wrong_truths(all_samples, split(matrix, first.argmax(axis=1), pages))
        print(
            f"  {len(left_out)} pages are not learned from (their truth looks wrong), {time.perf_counter() - began:.0f} s",
            flush=True,
        )
        worth: dict[str, float] = {}
        out_of_fold = cross_validate(all_samples, matrix, settings, left_out, lexical, worth)
        out_of_fold += settings.offset
        report(all_samples, decided(all_samples, matrix, out_of_fold, kind))
        print("  what each observation is worth (growth of the loss without it, thousandths of a nat a block):")
        for name, growth in sorted(worth.items(), key=lambda item: -item[1]):
            print(f"  {growth:8.2f}  {name}")
        print(f"  {time.perf_counter() - began:.0f} s", flush=True)
        if args.cache:
            np.save(args.cache / f"oof-{kind}.npy", out_of_fold)
        learn = ~np.isin(matrix.page, list(left_out))
        matrix.values[:, lexical.columns] = lexical.out_of_fold(folds_of(all_samples, matrix))
        model = fit(matrix.values[learn], matrix.truth[learn], matrix.weight[learn], settings)
        table |= to_json(model, matrix, kind)
        out.write_text(_compact(table), encoding="utf-8")


def _compact(table: dict[str, Any]) -> str:
    """A table of points with one observation a line, so that changes can be read."""
    observations = ",\n".join([
        f"  {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False, separators=(',', ':'))}"
        for name, entry in table["observations"].items()
    ])  # fmt: skip
    patterns = table.get(PATTERNS, NO_PATTERNS)
    leaves, shares = (",\n".join(map(json.dumps, patterns[part])) for part in ("leaves", "shares"))
    asked = ",\n".join([
        f"  {json.dumps(name)}: {json.dumps(own, ensure_ascii=False)}" for name, own in patterns["asked"].items()
    ])  # fmt: skip
    return (
        f'{{"headline": {json.dumps(table["headline"])},\n "start": {json.dumps(table["start"])}, '
        f'"observations": {{\n{observations}\n}}, '
        f'"{PATTERNS}": {{"leaves": [\n{leaves}\n], "shares": [\n{shares}\n], "asked": {{\n{asked}\n}}}}}}\n'
    )


if __name__ == "__main__":
    main()
