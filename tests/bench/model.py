"""The additive model: boosted stumps, so that what is learned is one table of points a feature; then tables of pairs.

Pairs of measures are learned on top of the stumps, from small trees that see the coarse bins of the two measures of one
pair alone, so that the trees of a pair add up to one small table (after GA2M: Lou, Caruana, Gehrke, Hooker: "Accurate
intelligible models with pairwise interactions", KDD 2013).

Learned from two kinds of truth at once: blocks with one of four labels, and blocks of which only *body or not* is known.
For the latter the loss is that of the sum of the other three labels (the expectation step of EM in every round).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray

from tests.bench.corpora import BODY, JUNK, NAV, NOT_BODY, UNKNOWN
from tests.bench.dataset import Floats, Ints

LABELS = 4


class Settings(NamedTuple):
    """What cross-validation chooses."""

    rounds: int = 300
    rate: float = 0.15
    bins: int = 63
    l2: float = 2.0
    leaf_weight: float = 1e-3
    leaf_blocks: int = 60
    kept: float = 0.4
    """Share of the nav, junk and not-body blocks that are learned from, weighted up: they are many and much alike."""
    bagging: float = 0.6
    """Share of the blocks that each round looks at."""
    feature_share: float = 0.4
    """Share of the features that each round may choose from."""
    draws: int = 3
    """Models from blocks drawn apart; their tables are averaged, so that less depends on the draw."""
    pair_rounds: int = 100
    pair_rate: float = 0.2
    threads: int = 2
    """That grow trees; the result is the same with any number."""
    pair_bins: int = 6
    """Bins of a measure in a pair, those of silent blocks not counted."""


class Pair(NamedTuple):
    """The table of two measures: points by bin of the first, bin of the second, label. The last bins are silent ones."""

    features: tuple[int, int]
    edges: tuple[list[float], list[float]]
    points: NDArray[np.float64]


class Model(NamedTuple):
    """A fitted table: start, and by feature the edges and points (bins + 1 rows; the last one for silent values)."""

    start: NDArray[np.float64]
    edges: list[list[float]]
    points: list[NDArray[np.float64]]
    pairs: list[Pair]


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


def lesson(values: Floats, truth: Ints, weight: Floats, settings: Settings, seed: int = 1) -> Lesson:
    """The blocks to learn from, the common ones thinned out and weighted up."""
    drawn = np.random.default_rng(seed).random(len(truth))
    common = (truth == NAV) | (truth == JUNK) | (truth == NOT_BODY)
    use = (truth != UNKNOWN) & (weight > 0) & (~common | (drawn < settings.kept))
    weight = np.where(common, weight / settings.kept, weight)[use]
    return Lesson(values[use], truth[use], weight / weight.mean())


def boost(
    values: Floats,
    learned: Lesson,
    before: NDArray[np.float64],
    settings: Settings,
    rounds: int,
    seed: int,
    **parameters: Any,
) -> lightgbm.Booster:
    """Boosted trees on top of the sums that are there before (LightGBM), deterministic."""

    def objective(scores: NDArray[np.float64], _: lightgbm.Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        chances = softmax(scores + before)
        gradient = (chances - targets(chances, learned.truth)) * learned.scale[:, None]
        curvature = np.maximum(chances * (1 - chances), 1e-6) * learned.scale[:, None]
        return gradient, curvature

    common = {
        "objective": objective,
        "num_class": LABELS,
        "learning_rate": settings.rate,
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
        "seed": seed,
        "verbosity": -1,
        "boost_from_average": False,
    }
    data = lightgbm.Dataset(values, label=np.zeros(len(values)), free_raw_data=True)
    return lightgbm.train(common | parameters, data, num_boost_round=rounds)


def fit_stumps(lessons: Iterable[Lesson], settings: Settings) -> Model:
    """The tables of single features, averaged over the lessons."""
    start = np.zeros(LABELS)
    boosters: list[lightgbm.Booster] = []
    for seed, learned in enumerate(lessons, 1):
        if not boosters:
            labelled = learned.truth < NOT_BODY
            share = np.array([np.sum(learned.scale[labelled & (learned.truth == k)]) for k in range(LABELS)])
            start = np.log(share / share.sum())
        boosters.append(boost(learned.values, learned, start, settings, settings.rounds, seed, num_leaves=2))
    return _tables(boosters, start)


def fit(
    values: Floats, truth: Ints, weight: Floats, settings: Settings, pairs: Sequence[tuple[int, int]] = ()
) -> Model:
    """Fit the tables of all features, then those of pairs of them (columns of measures)."""

    def lessons() -> Iterator[Lesson]:  # one at a time, for they are large
        return (lesson(values, truth, weight, settings, seed) for seed in range(1, settings.draws + 1))

    model = fit_stumps(lessons(), settings)
    if not pairs:
        return model
    edges = {i: coarse_edges(values[:, i], settings.pair_bins) for pair in pairs for i in pair}
    tables = [
        Pair((a, b), (edges[a], edges[b]), np.zeros((len(edges[a]) + 2, len(edges[b]) + 2, LABELS))) for a, b in pairs
    ]
    start = model.start.copy()
    for seed, learned in enumerate(lessons(), 1):
        cells = {i: bin_numbers(learned.values[:, i], own) for i, own in edges.items()}
        both = np.stack([cells[i] for pair in pairs for i in pair], axis=1).astype(np.float32)
        booster = boost(
            both, learned, scores(model, learned.values), settings, settings.pair_rounds, seed, num_leaves=4,
            learning_rate=settings.pair_rate, feature_fraction=0.3,
            interaction_constraints=[[2 * k, 2 * k + 1] for k in range(len(pairs))],
        )  # fmt: skip
        for tree in booster.dump_model()["tree_info"]:
            label, root = tree["tree_index"] % LABELS, tree["tree_structure"]
            if "split_feature" in root:
                points = tables[root["split_feature"] // 2].points[:, :, label]
                first, second = np.indices(points.shape)
                _add_tree(root, points, first, second, 1 / settings.draws)
            else:
                start[label] += root["leaf_value"] / settings.draws
    return model._replace(start=start, pairs=tables)


def _add_tree(
    node: dict[str, Any],
    points: NDArray[np.float64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    share: float,
) -> None:
    """Add a share of what a tree of one pair gives each cell; `first` and `second` are the bins of the cells that reach
    the node."""
    if "split_feature" not in node:
        points[first, second] += share * node["leaf_value"]
        return
    left = (second if node["split_feature"] % 2 else first) <= node["threshold"]
    _add_tree(node["left_child"], points, first[left], second[left], share)
    _add_tree(node["right_child"], points, first[~left], second[~left], share)


def coarse_edges(column: Floats, bins: int) -> list[float]:
    """Edges of about equally filled bins."""
    known = column[~np.isnan(column)]
    values = np.unique(known)
    if len(values) <= bins:
        return [float(value) for value in values[1:]]
    return sorted({float(f"{edge:.4g}") for edge in np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1])})


def bin_numbers(column: Floats, edges: list[float]) -> NDArray[np.int64]:
    """The bin of each value; silent ones stand in the last."""
    rows = np.searchsorted(np.array(edges), column.astype(np.float64), side="right")
    rows[np.isnan(column)] = len(edges) + 1
    return rows


def _tables(boosters: Sequence[lightgbm.Booster], start: NDArray[np.float64]) -> Model:
    """Sum the stumps into one table a feature, the mean of the boosters."""
    features = boosters[0].num_feature()
    steps: list[dict[float, NDArray[np.float64]]] = [{} for _ in range(features)]
    first = [np.zeros(LABELS) for _ in range(features)]
    silent = [np.zeros(LABELS) for _ in range(features)]
    start = start.copy()
    share = 1 / len(boosters)
    for tree in [tree for booster in boosters for tree in booster.dump_model()["tree_info"]]:
        label, root = tree["tree_index"] % LABELS, tree["tree_structure"]
        if "split_feature" not in root:
            start[label] += share * root["leaf_value"]
            continue
        feature = root["split_feature"]
        left, right = share * root["left_child"]["leaf_value"], share * root["right_child"]["leaf_value"]
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
    return Model(start, edges, points, [])


def contributions(model: Model, values: Floats) -> Iterator[tuple[tuple[int, ...], NDArray[np.float64]]]:
    """What each table adds to the sums of all blocks: its feature (or two), and points by block and label."""
    for feature in range(len(model.edges)):
        if model.edges[feature]:
            yield (feature,), model.points[feature][bin_numbers(values[:, feature], model.edges[feature])]
    for pair in model.pairs:
        first, second = (bin_numbers(values[:, i], edges) for i, edges in zip(pair.features, pair.edges, strict=True))
        yield pair.features, pair.points[first, second]


def scores(model: Model, values: Floats) -> NDArray[np.float64]:
    """The sums of all blocks."""
    out = np.tile(model.start, (len(values), 1))
    for _, points in contributions(model, values):
        out += points
    return out


def loss(sums: NDArray[np.float64], truth: Ints, weight: Floats) -> float:
    """Mean surprise at the true labels, in nats a block: what the fit makes small."""
    known = (truth != UNKNOWN) & (weight > 0)
    return float(np.average(surprise(softmax(sums[known]), truth[known]), weights=weight[known]))
