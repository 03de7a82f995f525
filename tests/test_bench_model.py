"""The additive model and its patterns, on made-up blocks."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.corpora import BODY, NAV
from tests.bench.model import Model, Settings, fit, loss, scores

pytestmark = pytest.mark.filterwarnings("ignore:divide by zero")  # two of the labels have no blocks
SETTINGS = Settings(rounds=30, patterns=12, pattern_leaves=4, draws=1, kept=1.0, feature_share=1.0, threads=1)
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
