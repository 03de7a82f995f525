from __future__ import annotations

import pytest

from stripper.decide import RULES
from stripper.observations import OBSERVATIONS, by_name
from stripper.terminal import Style, observation_view, observations_view
from stripper.trees import written

from .terminal_cases import PIPE, cells, plain

NAMES = [each.name for each in OBSERVATIONS]

TABLE = {
    "html": {
        "start": [-10, 0, 0, 5],
        "observations": {
            "words": {
                "edges": [2.5, 10],
                "points": [[0, 0, 5, 0], [1, -3, 0, 0], [40, 0, 0, -20]],
                "none": [0, 0, 0, 0],
            },
            "role": {"points": {"item": [-7, 0, 0, 0], "": [0, 0, 2, 0]}, "none": [0, 0, 0, 9]},
        },
    },
    "text": {
        "start": [0, 0, 0, 0],
        "observations": {"words": {"edges": [], "points": [[0, 0, 7, 0]], "none": [0, 0, 0, 0]}},
    },
}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of points small enough to add up."""
    monkeypatch.setattr("stripper.terminal.catalogue.points_table", TABLE.__getitem__)


def test_the_list_has_every_observation_once_with_its_description() -> None:
    lines = list(observations_view(PIPE))
    for each in OBSERVATIONS:
        assert sum(text.split()[2:3] == [each.name] and text.endswith(each.description) for text in lines) == 1
    assert [text.split()[0] for text in lines[-len(RULES) :]] == list(RULES)


@pytest.mark.usefixtures("table")
def test_the_worth_is_the_mean_of_the_largest_points() -> None:
    worth = {parts[2]: parts[:2] for text in observations_view(PIPE) if len(parts := text.split()) > 3}
    assert worth["words"] == ["0.16", "0.07"]  # (0.05 + 0.03 + 0.40) / 3
    assert worth["role"] == ["0.06", "."]  # (0.07 + 0.02 + 0.09) / 3
    assert worth["commas"] == [".", "."]


def test_what_changes_in_patterns_is_worth_something_too(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = ["words", 4, 50, "0,0,0,0", "100,0,0,0"]
    table = {kind: part | {"patterns": written([tree])} for kind, part in TABLE.items()}
    monkeypatch.setattr("stripper.terminal.catalogue.points_table", table.__getitem__)
    worth = {parts[2]: parts[:2] for text in observations_view(PIPE) if len(parts := text.split()) > 3}
    assert (worth["words"], worth["role"]) == (["0.66", "0.57"], ["0.06", "."])  # half a point more than without patterns
    assert list(observation_view("words", PIPE))[-1] == "and 0.50 in patterns, in the mean"


@pytest.mark.usefixtures("table")
def test_one_observation_of_numbers() -> None:
    lines = list(observation_view("words", PIPE))
    assert lines[:2] == ["words  prose, measure, text", "Words in the block."]
    fires = [text for text in lines if text.startswith("fires")]
    assert fires == [f"fires: {example}" for _, example in [by_name()["words"].examples()["fires"]]]
    assert lines[lines.index("points in HTML pages") :] == [
        "points in HTML pages",
        "    body  caption     nav    junk",
        "       .        .   +0.05       .  below 2.5",
        "   +0.01    -0.03       .       .  2.5 to 10",
        "   +0.40        .       .   -0.20  10 or more",
        "",
        "points in plain text",
        "    body  caption     nav    junk",
        "       .        .   +0.07       .  any",
    ]


@pytest.mark.usefixtures("table")
def test_one_observation_of_words() -> None:
    assert list(observation_view("role", PIPE))[-3:] == [
        "   -0.07        .       .       .  item",
        "       .        .   +0.02       .  none",
        "       .        .       .   +0.09  unknown",
    ]


@pytest.mark.usefixtures("table")
def test_what_is_always_there() -> None:
    assert list(observation_view("start", PIPE))[:5] == [
        "start  always there",
        RULES["start"],
        "",
        "points in HTML pages",
        "    body  caption     nav    junk",
    ]
    assert list(observation_view("favor", PIPE)) == ["favor  always there", RULES["favor"]]


def test_an_unknown_name_is_an_error_at_once() -> None:
    with pytest.raises(KeyError):
        observation_view("no-such-thing", PIPE)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_views_fit(width: int) -> None:
    style = Style(True, width, True, True)
    lines = [*observations_view(style), *(text for name in [*NAMES, *RULES] for text in observation_view(name, style))]
    assert max(map(cells, lines)) <= width
    assert not any(plain(text).isspace() for text in lines)
