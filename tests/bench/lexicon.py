"""Fit what single words are worth: `stripper/lexicon-words.json` and `lexicon-names.json`, behind the observations of both.

A linear model with four labels over the words of a block (`stripper/features/lexicon.py` says which), one for the text and
one for the class names, learned from the pages of HTML alone. Like the points, it is learned from both truths at once.

The points must be fitted on sums that did not see the page itself, or they would trust the words too much:
`Teacher.nested` gives such sums.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from stripper.features.lexicon import PLACES
from tests.bench.corpora import FOLDS, MADE, UNKNOWN, fold_of
from tests.bench.dataset import Sample
from tests.bench.model import LABELS, softmax, surprise, targets

OUT = Path(__file__).parents[2] / "stripper"
L2 = 5.0
"""How much a weight is held back. Chosen by cross-validation, as the next two."""
LEAST_SITES = 20
"""Sites on which a word must stand to be in the tables."""
LEAST_POINTS = {"words_seen": 20, "names_seen": 8}
"""Hundredths of a point that a word must be worth for some label to stay in the tables; an element has many names."""
_STEPS = 50


def vocabulary(lines: Iterable[tuple[str, Sequence[str]]]) -> dict[str, int]:
    """Column of every word that stands on enough sites; lines: site, and its blocks' words."""
    sites: dict[str, set[str]] = defaultdict(set)
    for site, blocks in lines:
        for word in {word for block in blocks for word in block.split()}:
            sites[word].add(site)
    return {word: column for column, word in enumerate(sorted(w for w, on in sites.items() if len(on) >= LEAST_SITES))}


def matrix_of(blocks: Iterable[str], columns: dict[str, int]) -> csr_matrix:
    """How often each block has each word of the vocabulary."""
    found: list[int] = []
    ends = [0]
    for block in blocks:
        found += [columns[word] for word in block.split() if word in columns]
        ends.append(len(found))
    matrix = csr_matrix((np.ones(len(found)), found, ends), shape=(len(ends) - 1, len(columns)))
    matrix.sum_duplicates()
    return matrix


def fit_weights(
    matrix: csr_matrix, truth: NDArray[np.int64], weight: NDArray[np.float64], least: int = 1
) -> NDArray[np.float64]:
    """Weights by word and label that predict the truth best (L-BFGS), in hundredths of a point, each centred on the mean
    of its labels; 0 where a word is worth less than `least` for all of them.

    Of blocks of which only *not body* is known, the chances of the other three labels are one event.
    """
    words = matrix.shape[1]
    scale = weight / weight.mean()
    turned = matrix.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = flat.reshape(words + 1, LABELS)
        chances = softmax(matrix @ table[:words] + table[words])
        gradient = (chances - targets(chances, truth)) * scale[:, None]
        value = float((scale * surprise(chances, truth)).sum()) + L2 * float((table[:words] ** 2).sum())
        return value, np.vstack([turned @ gradient + 2 * L2 * table[:words], gradient.sum(axis=0)]).ravel()

    found = minimize(loss, np.zeros((words + 1) * LABELS), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    table: NDArray[np.float64] = found.x.reshape(words + 1, LABELS)[:words]
    table -= table.mean(axis=1, keepdims=True)
    table = np.rint(table * 100)
    table[np.abs(table).max(axis=1) < least] = 0
    return table


class Teacher:
    """Tables of words fitted on pages of HTML: on all of them, and without the pages of some folds."""

    def __init__(self, samples: Sequence[Sample], weights: NDArray[np.float64], field: str) -> None:
        """samples: pages of HTML; weights: of their blocks; field: which of a sample's lines of words to learn."""
        self.field = field
        real = [not sample.corpus.startswith(MADE) for sample in samples]
        self.columns = vocabulary(
            (sample.site, getattr(sample, field)) for sample, is_real in zip(samples, real, strict=True) if is_real
        )
        truth = np.array([label for sample in samples for label in sample.truth], dtype=np.int64)
        use = by_block(samples, real) & (truth != UNKNOWN) & (weights > 0)
        self._matrix = self.counts(samples)[use]
        self._truth, self._weights = truth[use], weights[use]
        self._fold = by_block(samples, [fold_of(sample.site) for sample in samples])[use]
        self._fitted: dict[frozenset[int], NDArray[np.float64]] = {}

    def counts(self, samples: Sequence[Sample]) -> csr_matrix:
        """How often each block of some samples has each word that is known."""
        return matrix_of((block for sample in samples for block in getattr(sample, self.field)), self.columns)

    def table(self, *without: int) -> NDArray[np.float64]:
        """Weights in hundredths of a point, fitted without the pages of some folds."""
        key = frozenset(without)
        if key not in self._fitted:
            use = ~np.isin(self._fold, without)
            self._fitted[key] = fit_weights(
                self._matrix[use], self._truth[use], self._weights[use], LEAST_POINTS[self.field]
            )
        return self._fitted[key]

    def entries(self) -> dict[str, dict[str, list[int]]]:
        """The tables fitted on everything, as their files hold them."""
        out: dict[str, dict[str, list[int]]] = {}
        for name, points in zip(self.columns, self.table().astype(int).tolist(), strict=True):
            if any(points):
                part, _, word = name.partition(":")
                out.setdefault(part, {})[word] = points
        return out

    def nested(self, samples: Sequence[Sample], *parts: str) -> list[NDArray[np.int64]]:
        """By fold that is held out: sums in tenths of a point by block and label, over the words of some parts.

        The pages that are held out are summed with tables fitted without their fold, the others with tables fitted
        without it and without their own.
        """
        with ThreadPoolExecutor(2) as pool:  # the sums over words are made outside of Python's lock
            list(pool.map(self.table, *zip(*combinations_with_replacement(range(FOLDS), 2), strict=True)))
        own = [column for name, column in self.columns.items() if name.partition(":")[0] in parts]
        counts = self.counts(samples)[:, own]
        fold = by_block(samples, [fold_of(sample.site) for sample in samples])
        out = []
        for held in range(FOLDS):
            sums = np.zeros((len(fold), LABELS))
            for other in range(FOLDS):
                rows = fold == other
                sums[rows] = counts[rows] @ self.table(held, other)[own]
            out.append(np.floor((sums + 5) / 10).astype(np.int64))
        return out


def by_block(samples: Sequence[Sample], values: Sequence[Any]) -> NDArray[Any]:
    """A value of each sample, repeated for its blocks."""
    return np.repeat(np.array(values), [len(sample.truth) for sample in samples])


def write(tables: dict[str, dict[str, list[int]]]) -> None:
    """Write the tables of words and of names, one word a line, so that changes can be read."""
    names = sorted({word for place in PLACES for word in tables.get(place, {})})
    written = {
        "words": {word: _written(points) for word, points in sorted(tables["words"].items())},
        "names": {word: " ".join([_written(tables.get(place, {}).get(word)) for place in PLACES]) for word in names},
    }
    for part, table in written.items():
        text = json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ": "))
        (OUT / f"lexicon-{part}.json").write_text(text + "\n", encoding="utf-8")


def _written(points: list[int] | None) -> str:
    return ",".join(map(str, points)) if points else "-"
