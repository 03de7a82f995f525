"""The additive model: boosted stumps, so that what is learned is one table of points a feature.

Learned from two kinds of truth at once: blocks with one of four labels, and blocks of which only *body or not* is known.
For the latter the loss is that of the sum of the other three labels (the expectation step of EM in every round).
"""

from __future__ import annotations

from typing import NamedTuple

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


class Model(NamedTuple):
    """A fitted table: start, and by feature the edges and points (bins + 1 rows; the last one for silent values)."""

    start: NDArray[np.float64]
    edges: list[list[float]]
    points: list[NDArray[np.float64]]


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Row-wise softmax."""
    raised: NDArray[np.float64] = np.exp(scores - scores.max(axis=1, keepdims=True))
    raised /= raised.sum(axis=1, keepdims=True)
    return raised


def _targets(chances: NDArray[np.float64], truth: Ints) -> NDArray[np.float64]:
    """One-hot labels; where only *not body* is known, the chances of the other three, scaled to one."""
    targets = np.zeros_like(chances)
    known = truth < NOT_BODY
    targets[np.nonzero(known)[0], truth[known]] = 1.0
    rest = chances[~known].copy()
    rest[:, BODY] = 0.0
    targets[~known] = rest / np.maximum(rest.sum(axis=1, keepdims=True), 1e-12)
    return targets


def fit(values: Floats, truth: Ints, weight: Floats, settings: Settings, seed: int = 1) -> Model:
    """Fit by gradient boosting with stumps (LightGBM), deterministic."""
    drawn = np.random.default_rng(seed).random(len(truth))
    common = (truth == NAV) | (truth == JUNK) | (truth == NOT_BODY)
    use = (truth != UNKNOWN) & (weight > 0) & (~common | (drawn < settings.kept))
    weight = np.where(common, weight / settings.kept, weight)
    values, truth, weight = values[use], truth[use], weight[use]
    scale = weight / weight.mean()
    labelled = truth < NOT_BODY
    share = np.array([np.sum(scale[labelled & (truth == k)]) for k in range(LABELS)])
    start = np.log(share / share.sum())

    def objective(scores: NDArray[np.float64], _: lightgbm.Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        chances = softmax(scores + start)
        gradient = (chances - _targets(chances, truth)) * scale[:, None]
        curvature = np.maximum(chances * (1 - chances), 1e-6) * scale[:, None]
        return gradient, curvature

    parameters = {
        "objective": objective,
        "num_class": LABELS,
        "num_leaves": 2,
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
        "num_threads": 2,
        "seed": seed,
        "verbosity": -1,
        "boost_from_average": False,
    }
    data = lightgbm.Dataset(values, label=np.zeros(len(values)), free_raw_data=True)
    booster = lightgbm.train(parameters, data, num_boost_round=settings.rounds)
    return _tables(booster, values.shape[1], start)


def _tables(booster: lightgbm.Booster, features: int, start: NDArray[np.float64]) -> Model:
    """Sum the stumps into one table a feature."""
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
    return Model(start, edges, points)


def bins_of(model: Model, values: Floats, feature: int) -> NDArray[np.int64]:
    """The row of the feature's table that each block falls into."""
    column = values[:, feature]
    rows = np.searchsorted(np.array(model.edges[feature], dtype=np.float64), column.astype(np.float64), side="right")
    rows[np.isnan(column)] = len(model.edges[feature]) + 1
    return rows


def scores(model: Model, values: Floats) -> NDArray[np.float64]:
    """The sums of all blocks."""
    out = np.tile(model.start, (len(values), 1))
    for feature in range(len(model.edges)):
        if model.edges[feature]:
            out += model.points[feature][bins_of(model, values, feature)]
    return out
