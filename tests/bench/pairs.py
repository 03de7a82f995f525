"""Rank pairs of measures by what they add to the tables of single ones.

    python -m tests.bench.pairs CORPORA --kind html|text [--cache DIR] [--most N]

Small trees are grown over the coarse bins of all measures on top of fitted stumps; a pair earns what the splits gain that
stand under a split of the other measure (as FAST ranks in GA2M, but by the trees themselves). Words and class names count
by sums that did not see the page, as in the fit. The names that are printed go into the table of
`stripper/observations/__init__.py`, where the next fit finds them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.dataset import Matrix, cached, encode
from tests.bench.fit import SETTINGS, folds_of, lexical_of, teachers
from tests.bench.model import Settings, bin_numbers, boost, coarse_edges, fit_stumps, lesson, scores

_ROUNDS = {"single": 120, "pairs": 60}


def ranked(matrix: Matrix, settings: Settings) -> Sequence[tuple[str, float]]:
    """Pairs of measures and their gains, the largest first."""
    learned = lesson(matrix.values, matrix.truth, matrix.weight, settings)
    model = fit_stumps([learned], settings._replace(rounds=_ROUNDS["single"]))
    measures = [i for i, feature in enumerate(matrix.features) if feature.value is None]
    coarse = np.stack(
        [bin_numbers(column, coarse_edges(column, settings.pair_bins)) for column in learned.values[:, measures].T],
        axis=1,
    ).astype(np.float32)
    booster = boost(
        coarse, learned, scores(model, learned.values), settings, _ROUNDS["pairs"], 1, num_leaves=4,
        max_depth=2, learning_rate=settings.pair_rate,
    )  # fmt: skip
    gains: Counter[str] = Counter()
    for tree in booster.dump_model()["tree_info"]:
        root: dict[str, Any] = tree["tree_structure"]
        for child in (root.get("left_child", {}), root.get("right_child", {})):
            if child.get("split_feature", root.get("split_feature")) != root.get("split_feature"):
                both = sorted((root["split_feature"], child["split_feature"]))
                gains["+".join(matrix.features[measures[i]].observation for i in both)] += child["split_gain"]
    return gains.most_common()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--kind", choices=["html", "text"], required=True)
    parser.add_argument("--cache", type=Path, help="folder that keeps the measured pages between runs")
    parser.add_argument("--most", type=int, default=40)
    args = parser.parse_args()
    all_samples = cached(args.corpora, args.kind, args.cache)
    matrix = encode(all_samples, args.kind)
    lexical = lexical_of(all_samples, matrix, *teachers(args.corpora, args.kind, all_samples, args.cache))
    matrix.values[:, lexical.columns] = lexical.out_of_fold(folds_of(all_samples, matrix))
    for name, gain in ranked(matrix, SETTINGS[args.kind])[: args.most]:
        print(f"{gain:10.1f}  {name}")


if __name__ == "__main__":
    main()
