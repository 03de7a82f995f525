"""The additive model and its patterns, on made-up blocks."""

from __future__ import annotations

import numpy as np
import pytest

from stripper.doubt import CLEAR
from tests.bench.corpora import BODY, NAV
from tests.bench.model import Model, Settings, contributions, fit, in_doubt, loss, scores, table_sums

pytestmark = pytest.mark.filterwarnings("ignore:divide by zero")  # two of the labels have no blocks
SETTINGS = Settings(rounds=30, patterns=24, pattern_leaves=4, pattern_rate=0.2, kept=1.0, feature_share=1.0, threads=1)
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


def test_patterns_are_of_blocks_that_the_tables_leave_in_doubt() -> None:
    clear = VALUES[:, 2] < 0.5  # the tables alone tell these, and two features together the others
    truth = np.where(clear, BODY, EITHER)
    model = fit(VALUES, truth, WEIGHT, SETTINGS._replace(rounds=60))
    tables = table_sums(model, VALUES)
    doubtful = in_doubt(model, tables)
    assert 0.4 < len(doubtful) / len(VALUES) < 0.6
    changed = (scores(model, VALUES) != tables).any(axis=1)
    assert set(np.flatnonzero(changed)) <= set(doubtful)
    assert loss(scores(model, VALUES), truth, WEIGHT) < 0.7 * loss(tables, truth, WEIGHT)


def test_what_the_offset_puts_in_doubt_has_patterns() -> None:
    model = fitted()
    lead = CLEAR / 100
    sums = np.array([[lead + 0.1, 0.0, 0.0, 0.0], [0.3, 0.0, 0.0, lead + 0.1]])
    assert in_doubt(model, sums).tolist() == [1]
    assert in_doubt(model._replace(offset=(-0.6, 0.0, 0.0, 0.0)), sums).tolist() == [0]


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
