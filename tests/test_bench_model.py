"""The additive model and its patterns, on made-up blocks."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.corpora import BODY, NAV
from tests.bench.model import Model, Settings, contributions, fit, loss, scores

pytestmark = pytest.mark.filterwarnings("ignore:divide by zero")  # two of the labels have no blocks
SETTINGS = Settings(rounds=30, patterns=24, pattern_leaves=4, pattern_rate=0.2, draws=1, kept=1.0, feature_share=1.0, threads=1)
VALUES = np.random.default_rng(7).random((3000, 3), dtype=np.float32)
WEIGHT = np.ones(len(VALUES), dtype=np.float32)
EITHER = np.where((VALUES[:, 0] < 0.5) != (VALUES[:, 1] < 0.5), BODY, NAV)
"""The label says what two features say together, and neither alone."""


def fitted(values: np.ndarray = VALUES, settings: Settings = SETTINGS) -> Model:
    return fit(values, EITHER, WEIGHT, settings)


def test_patterns_say_what_tables_cannot() -> None:
    alone, both = fitted(settings=SETTINGS._replace(patterns=0)), fitted()
    assert not alone.patterns
    assert loss(scores(alone, VALUES), EITHER, WEIGHT) > 0.6
    assert loss(scores(both, VALUES), EITHER, WEIGHT) < 0.4


def test_the_same_blocks_give_the_same_patterns() -> None:
    one, other = fitted(), fitted()
    for a, b in zip(one.patterns, other.patterns, strict=True):
        assert a.splits == b.splits
        assert (a.leaves == b.leaves).all()


@pytest.mark.parametrize("low", [0.0, 0.5])
def test_an_unknown_value_is_below_all_others(low: float) -> None:
    values = VALUES.copy()
    values[(low <= VALUES[:, 0]) & (VALUES[:, 0] < low + 0.5), 0] = np.nan
    model = fitted(values)
    assert loss(scores(model, values), EITHER, WEIGHT) < 0.4
    unknown = np.isnan(values[:, 0])
    lowest = np.where(np.isnan(values), np.float32(-5), values)
    for pattern in model.patterns:
        if all(split.edge > 0 for split in pattern.splits):  # none asks whether a value is known
            assert (pattern.leaf_of(values)[unknown] == pattern.leaf_of(lowest)[unknown]).all()


def test_patterns_are_grown_on_each_draw() -> None:
    model = fitted(settings=SETTINGS._replace(draws=3, kept=0.5))
    assert len(model.patterns) == len(fitted().patterns) == SETTINGS.patterns // 2  # two of the labels have nothing to say
    assert loss(scores(model, VALUES), EITHER, WEIGHT) < 0.4


def test_what_features_add_is_the_score() -> None:
    model = fitted()
    added = np.zeros((3, len(VALUES), 4))
    for feature, blocks, points in contributions(model, VALUES):
        added[feature][blocks] += points
    rest = scores(model, VALUES) - added.sum(axis=0)
    assert np.allclose(rest, rest[0])  # what is worth the same for all blocks
    assert added[:2].std(axis=1).max() > 10 * added[2].std(axis=0).max()  # the third feature says nothing


def test_the_shares_of_a_split_are_those_of_the_blocks() -> None:
    model = fitted()
    first = model.patterns[0].splits[0]
    below = (VALUES[:, first.feature] < first.edge).mean()
    assert abs(first.share - 100 * below) < 5  # blocks are drawn
