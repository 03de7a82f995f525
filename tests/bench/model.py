"""The additive model: boosted stumps, so that what is learned is one table of points a feature; then a few patterns.

Patterns are small decision trees over all features, learned on top of the tables by gradient boosting (Friedman: "Greedy
function approximation: a gradient boosting machine", 2001), on the blocks alone that the tables leave in doubt. Each is grown
for one label, in turn; its leaves then get what a Newton step gives for each of the four labels, so that few trees say much.

Learned from two kinds of truth at once: blocks with one of four labels, and blocks of which only *body or not* is known.
For the latter the loss is that of the sum of the other three labels (the expectation step of EM in every round).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray

from stripper.doubt import CLEAR
from tests.bench.corpora import BODY, JUNK, NAV, NOT_BODY, UNKNOWN
from tests.bench.dataset import Floats, Ints

LABELS = 4


class Settings(NamedTuple):
    """What cross-validation chooses."""

    rounds: int = 200
    rate: float = 0.15
    bins: int = 63
    l2: float = 2.0
    leaf_weight: float = 1e-3
    leaf_blocks: int = 60
    kept: float = 0.4
    """Share of the nav, junk and not-body blocks that tables are learned from, weighted up: they are many and much alike."""
    bagging: float = 0.6
    """Share of the blocks that each round looks at."""
    feature_share: float = 0.4
    """Share of the features that each round may choose from."""
    patterns: int = 240
    pattern_leaves: int = 16
    pattern_rate: float = 0.12
    threads: int = 2
    """That grow trees; the result is the same with any number."""
    offset: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Points that each label starts with beside what is learned."""


LOWEST = -1e9
"""What patterns take an unknown value for: it is below all others."""


class Split(NamedTuple):
    """A question of a pattern: is the feature below the edge (or unknown)? `below` and `above` tell what comes next: the
    index of a split, or `~` of the number of a leaf."""

    feature: int
    edge: float
    below: int
    above: int
    share: int = 0
    """Of the weight that comes to the split, what goes below, in hundredths."""


class Pattern(NamedTuple):
    """A small decision tree; the first split is asked first."""

    splits: list[Split]
    leaves: NDArray[np.float64]
    """Points by leaf and label."""

    def leaf_of(self, values: Floats) -> NDArray[np.int64]:
        """The number of each block's leaf."""
        out = np.zeros(len(values), dtype=np.int64)
        for _, place, rows in self._walk(values):
            if place < 0:
                out[rows] = ~place
        return out

    def _walk(self, values: Floats) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
        """The blocks that come to each split or leaf, and which split they come from (-1: none)."""
        waiting = [(-1, 0, np.arange(len(values)))]
        while waiting:
            before, place, rows = waiting.pop()
            yield before, place, rows
            if place >= 0:
                split = self.splits[place]
                above = values[rows, split.feature] >= split.edge  # false where the value is unknown
                waiting += [(place, split.below, rows[~above]), (place, split.above, rows[above])]

    def weighed(self, weights: NDArray[Any]) -> Pattern:
        """The same with the shares of its splits, from the weight of the blocks in each leaf."""
        splits = self.splits.copy()

        def weight(place: int) -> float:
            if place < 0:
                return float(weights[~place])
            below, above = weight(splits[place].below), weight(splits[place].above)
            splits[place] = splits[place]._replace(share=round(100 * below / max(below + above, 1e-12)))
            return below + above

        weight(0)
        return self._replace(splits=splits)

    def changes(self, values: Floats) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.float64]]]:
        """What each answer changes: the feature that was asked, the blocks that answered so, and the points by label that
        the mean of the leaves below moves by (see `stripper/patterns.py`)."""
        means: dict[int, NDArray[np.float64]] = {}  # of the splits

        def mean(place: int) -> NDArray[np.float64]:
            if place < 0:
                leaf: NDArray[np.float64] = self.leaves[~place]
                return leaf
            if place not in means:
                split = self.splits[place]
                below, above = mean(split.below), mean(split.above)
                means[place] = (split.share * below + (100 - split.share) * above) / 100
            return means[place]

        for before, place, rows in self._walk(values):
            if before >= 0:
                yield self.splits[before].feature, rows, mean(place) - mean(before)


class Model(NamedTuple):
    """A fitted table: start, and by feature the edges and points (bins + 1 rows; the last one for silent values)."""

    start: NDArray[np.float64]
    edges: list[list[float]]
    points: list[NDArray[np.float64]]
    patterns: list[Pattern]
    offset: tuple[float, float, float, float]
    """Is not in the scores, but in what the tables leave in doubt."""


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Row-wise softmax."""
    raised: NDArray[np.float64] = np.exp(scores - scores.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    return raised


def targets(chances: NDArray[np.float64], truth: Ints) -> NDArray[np.float64]:
    """One-hot labels; where only *not body* is known, the chances of the other three, scaled to one."""
    targets = np.zeros_like(chances)
    known = truth < NOT_BODY
    targets[np.nonzero(known)[0], truth[known]] = 1.0
    rest = chances[~known].copy()
    rest[:, BODY] = 0.0
    targets[~known] = rest / np.maximum(rest.sum(axis=1, keepdims=True), 1e-12)
    return targets


def surprise(chances: NDArray[np.float64], truth: Ints) -> NDArray[np.float64]:
    """Minus the logarithm of the chance of what is known of each block, in nats."""
    right = np.where(truth == NOT_BODY, 1 - chances[:, BODY], chances[range(len(truth)), truth % LABELS])
    out: NDArray[np.float64] = -np.log(np.maximum(right, 1e-12))
    return out


class Lesson(NamedTuple):
    """What is learned from: values, truth and weight of the blocks that are looked at."""

    values: Floats
    truth: Ints
    scale: NDArray[np.float64]


def lesson(values: Floats, truth: Ints, weight: Floats, kept: float = 1.0) -> Lesson:
    """The blocks to learn from, the common ones thinned out to the share that is kept and weighted up."""
    drawn = np.random.default_rng(1).random(len(truth))
    common = (truth == NAV) | (truth == JUNK) | (truth == NOT_BODY)
    use = (truth != UNKNOWN) & (weight > 0) & (~common | (drawn < kept))
    weight = np.where(common, weight / kept, weight)[use]
    return Lesson(values[use], truth[use], weight / weight.mean())


def slopes(
    chances: NDArray[np.float64], learned: Lesson
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """First and second derivative of the loss by each label's sum."""
    gradient = (chances - targets(chances, learned.truth)) * learned.scale[:, None]
    return gradient, np.maximum(chances * (1 - chances), 1e-6) * learned.scale[:, None]


def _parameters(settings: Settings) -> dict[str, Any]:
    """What all trees are grown with (LightGBM), deterministic."""
    return {
        "max_bin": settings.bins,
        "min_data_in_leaf": settings.leaf_blocks,
        "min_sum_hessian_in_leaf": settings.leaf_weight,
        "lambda_l2": settings.l2,
        "bagging_fraction": settings.bagging,
        "bagging_freq": 1,
        "feature_fraction": settings.feature_share,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": settings.threads,
        "seed": 1,
        "verbosity": -1,
        "boost_from_average": False,
    }


def grow_stumps(learned: Lesson, start: NDArray[np.float64], settings: Settings) -> lightgbm.Booster:
    """Boosted trees of one split."""

    def objective(sums: NDArray[np.float64], _: lightgbm.Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return slopes(softmax(sums + start), learned)

    own = {"objective": objective, "num_class": LABELS, "learning_rate": settings.rate, "num_leaves": 2}
    data = lightgbm.Dataset(learned.values, label=np.zeros(len(learned.values)), free_raw_data=True)
    return lightgbm.train(_parameters(settings) | own, data, num_boost_round=settings.rounds)


def grow_patterns(learned: Lesson, sums: NDArray[np.float64], settings: Settings) -> list[Pattern]:
    """The patterns, on top of the sums that the blocks have in the tables."""
    values = np.nan_to_num(learned.values, nan=LOWEST)
    parameters = _parameters(settings) | {
        "objective": "none", "learning_rate": 1.0, "num_leaves": settings.pattern_leaves
    }  # fmt: skip
    booster = lightgbm.Booster(parameters, lightgbm.Dataset(values, label=np.zeros(len(values)), params=parameters))
    out = []
    for number in range(settings.patterns):
        gradient, curvature = slopes(softmax(sums), learned)
        own = [np.ascontiguousarray(slope[:, number % LABELS]) for slope in (gradient, curvature)]
        if booster.update(fobj=lambda *_, own=own: own):
            continue  # there is nothing left to say of this label
        (tree,) = booster.dump_model(start_iteration=booster.current_iteration() - 1, num_iteration=1)["tree_info"]
        pattern = _pattern(tree["tree_structure"])
        leaf, leaves = pattern.leaf_of(values), len(pattern.leaves)
        for label in range(LABELS):
            slope = np.bincount(leaf, gradient[:, label], leaves)
            bend = np.bincount(leaf, curvature[:, label], leaves) + settings.l2
            pattern.leaves[:, label] = -settings.pattern_rate * slope / bend
        sums = sums + pattern.leaves[leaf]
        out.append(pattern.weighed(np.bincount(leaf, learned.scale, leaves)))
    return out


def _pattern(root: dict[str, Any]) -> Pattern:
    """The splits of a tree of LightGBM, its leaves still worth nothing."""
    splits: list[Split] = []
    leaves = 0

    def add(node: dict[str, Any]) -> int:
        nonlocal leaves
        if "split_feature" not in node:
            leaves += 1
            return ~(leaves - 1)
        place = len(splits)
        # LightGBM sends values up to and with the threshold to the left; ours go right from the edge on.
        splits.append(Split(node["split_feature"], float(np.nextafter(node["threshold"], np.inf)), 0, 0))
        splits[place] = splits[place]._replace(below=add(node["left_child"]), above=add(node["right_child"]))
        return place

    add(root)
    return Pattern(splits, np.zeros((leaves, LABELS)))


def fit_stumps(learned: Lesson, settings: Settings) -> Model:
    """The tables of single features."""
    labelled = learned.truth < NOT_BODY
    share = np.array([np.sum(learned.scale[labelled & (learned.truth == k)]) for k in range(LABELS)])
    start = np.log(share / share.sum())
    return _tables(grow_stumps(learned, start, settings), start, settings)


def fit(values: Floats, truth: Ints, weight: Floats, settings: Settings) -> Model:
    """Fit the tables of all features, then the patterns of the blocks that these leave in doubt."""
    model = fit_stumps(lesson(values, truth, weight, settings.kept), settings)
    if not settings.patterns:
        return model
    rows = in_doubt(model, table_sums(model, values))
    learned = lesson(values[rows], truth[rows], weight[rows])
    return model._replace(patterns=grow_patterns(learned, table_sums(model, learned.values), settings))


def bin_numbers(column: Floats, edges: list[float]) -> NDArray[np.int64]:
    """The bin of each value; silent ones stand in the last."""
    rows = np.searchsorted(np.array(edges), column.astype(np.float64), side="right")
    rows[np.isnan(column)] = len(edges) + 1
    return rows


def _tables(booster: lightgbm.Booster, start: NDArray[np.float64], settings: Settings) -> Model:
    """Sum the stumps into one table a feature."""
    features = booster.num_feature()
    steps: list[dict[float, NDArray[np.float64]]] = [{} for _ in range(features)]
    first = [np.zeros(LABELS) for _ in range(features)]
    silent = [np.zeros(LABELS) for _ in range(features)]
    start = start.copy()
    for tree in booster.dump_model()["tree_info"]:
        label, root = tree["tree_index"] % LABELS, tree["tree_structure"]
        if "split_feature" not in root:
            start[label] += root["leaf_value"]
            continue
        feature = root["split_feature"]
        left, right = root["left_child"]["leaf_value"], root["right_child"]["leaf_value"]
        # LightGBM sends values up to and with the threshold to the left; ours go right from the edge on.
        edge = float(np.nextafter(root["threshold"], np.inf))
        first[feature][label] += left
        steps[feature].setdefault(edge, np.zeros(LABELS))[label] += right - left
        silent[feature][label] += left if root["default_left"] else right
    edges, points = [], []
    for feature in range(features):
        own = sorted(steps[feature])
        rows = [first[feature]]
        for edge in own:
            rows.append(rows[-1] + steps[feature][edge])
        edges.append(own)
        points.append(np.array([*rows, silent[feature]]))
    return Model(start, edges, points, [], settings.offset)


def _in_tables(model: Model, values: Floats) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """What the table of each feature that has one adds to the sums: points by block and label."""
    for feature, edges in enumerate(model.edges):
        if edges:
            yield feature, model.points[feature][bin_numbers(values[:, feature], edges)]


def in_doubt(model: Model, sums: NDArray[np.float64]) -> NDArray[np.int64]:
    """The blocks that sums of the tables leave in doubt (`stripper/doubt.py`)."""
    ordered = np.sort(sums + model.offset, axis=1)
    return np.flatnonzero(100 * (ordered[:, -1] - ordered[:, -2]) < CLEAR)


def contributions(model: Model, values: Floats) -> Iterator[tuple[int, NDArray[np.int64] | slice, NDArray[np.float64]]]:
    """What each feature adds to the sums: the feature, blocks, and their points by label; first from its table, then from each
    answer of the patterns."""
    sums = np.tile(model.start, (len(values), 1))
    for feature, points in _in_tables(model, values):
        sums += points
        yield feature, slice(None), points
    rows = in_doubt(model, sums)
    doubtful = values[rows]
    for pattern in model.patterns:
        for feature, blocks, points in pattern.changes(doubtful):
            yield feature, rows[blocks], points


def table_sums(model: Model, values: Floats) -> NDArray[np.float64]:
    """The sums of all blocks by the tables alone, without the offset."""
    out = np.tile(model.start, (len(values), 1))
    for _, points in _in_tables(model, values):
        out += points
    return out


def scores(model: Model, values: Floats) -> NDArray[np.float64]:
    """The sums of all blocks, without the offset."""
    out = table_sums(model, values)
    rows = in_doubt(model, out)
    doubtful = values[rows]
    for pattern in model.patterns:
        out[rows] += pattern.leaves[pattern.leaf_of(doubtful)]
    return out


def loss(sums: NDArray[np.float64], truth: Ints, weight: Floats) -> float:
    """Mean surprise at the true labels, in nats a block: what the fit makes small."""
    known = (truth != UNKNOWN) & (weight > 0)
    return float(np.average(surprise(softmax(sums[known]), truth[known]), weights=weight[known]))
