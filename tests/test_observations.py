"""Every observation has a description, an example that fires, one that stays silent, and points (law 7)."""

from __future__ import annotations

import pytest

from stripper.decide import RULES
from stripper.features import Page
from stripper.observations import OBSERVATIONS, Observation, by_name
from stripper.points import points_table
from stripper.readers import read

_BY_NAME = [pytest.param(observation, id=observation.name) for observation in OBSERVATIONS]


def _value(observation: Observation, example: tuple[int, str]) -> object:
    number, text = example
    document = read(text, kind="html" if text.startswith("<") else "text")
    column = observation.function(Page(document))
    assert len(column) == len(document.blocks) > 0
    return column[number - 1]


def _fires(value: object) -> bool:
    return value is not None and bool(value)


@pytest.mark.parametrize("observation", _BY_NAME)
def test_the_example_fires(observation: Observation) -> None:
    assert _fires(_value(observation, observation.examples()["fires"]))


@pytest.mark.parametrize("observation", _BY_NAME)
def test_the_other_example_is_silent(observation: Observation) -> None:
    example = observation.examples()["silent"]
    if example[1] != "(never)":
        assert not _fires(_value(observation, example))


@pytest.mark.parametrize("observation", _BY_NAME)
def test_is_described_in_one_line(observation: Observation) -> None:
    assert 10 < len(observation.description) <= 130
    assert observation.description[-1] in ".…"


def test_names_are_unique() -> None:
    assert len(by_name()) == len(OBSERVATIONS)
    assert not set(by_name()) & set(RULES)


@pytest.mark.parametrize("kind", ["html", "text"])
def test_every_row_of_points_has_an_observation_that_speaks_of_the_kind(kind: str) -> None:
    for name in points_table(kind)["observations"]:
        assert kind in by_name()[name].sources


@pytest.mark.parametrize("observation", _BY_NAME)
def test_has_points(observation: Observation) -> None:
    assert observation.name in {name for kind in observation.sources for name in points_table(kind)["observations"]}


@pytest.mark.parametrize("observation", _BY_NAME)
def test_an_empty_page_has_nothing_to_observe(observation: Observation) -> None:
    for kind in ("html", "text"):
        assert list(observation.function(Page(read("", kind=kind)))) == []
