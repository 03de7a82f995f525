"""The lexicon: which words are looked up, what they sum up to, and that the fit and the package agree about both."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.features import Page
from stripper.features.lexicon import (
    ABOVE,
    INSIDE,
    NAMES_LOOKED_UP,
    OWN,
    PLACES,
    UP,
    WORDS_OF_A_NAME,
    by_label,
    names_in,
    names_worth,
    telling_names,
    telling_words,
    worth_above,
)
from stripper.model import Points
from stripper.points import at_place, lexicon_table, pack, pack_places, pack_written, unpack
from stripper.readers import read as document_of
from tests.samples import Sample, document, samples

np = pytest.importorskip("numpy")
pytest.importorskip("lightgbm")
pytest.importorskip("scipy")
from tests.bench.corpora import NOT_BODY  # noqa: E402
from tests.bench.dataset import names_seen, words_seen  # noqa: E402
from tests.bench.lexicon import fit_weights, matrix_of  # noqa: E402
from tests.bench.model import LABELS  # noqa: E402


def test_words_are_looked_up_once_with_the_first_and_the_last_again() -> None:
    assert list(telling_words("Read: the Ferry, the tide 2031")) == ["read", "the", "ferry", "tide", "####", "^read", "$####"]


@given(st.text(st.characters(max_codepoint=127, exclude_categories=["Nd"]), max_size=40))
def test_words_of_ascii_are_those_of_any_text(text: str) -> None:
    words = re.findall(r"\w+", text.lower())
    ends = ["^" + words[0], "$" + words[-1]] if words else []
    assert list(telling_words(text)) == list(dict.fromkeys([*words, *ends]))


def test_a_block_without_words_has_none() -> None:
    assert telling_words("— …") == {}


def test_only_the_edges_of_long_blocks_are_looked_up() -> None:
    long = telling_words(" ".join(f"w{i}x" for i in range(200)))
    assert {"w0x", "w19x", "w180x", "w199x", "^w0x", "$w199x"} <= long.keys()
    assert not {"w20x", "w100x", "w179x"} & long.keys()


def test_class_names_fall_into_words_and_neighbouring_pairs() -> None:
    assert tuple(telling_names("post-authorBox c12 x post")) == ("post", "author", "box", "post-author", "author-box")


def test_packed_points_come_back() -> None:
    for points in (Points(1, -2, 3, -4), Points(-32_000, 32_000, 0, -1)):
        assert unpack(pack(points)) == points
    assert unpack(pack((1, -2, 3, -4)) + pack((-5, 6, -7, 8))) == Points(-4, 4, -4, 4)


def test_places_of_a_name_come_back_from_one_number() -> None:
    packed = pack_places("1,-2,3,-4 - -500,600,-700,800 0,0,0,-1")
    assert [unpack(at_place(packed, place)) for place in range(len(PLACES))] == [
        (1, -2, 3, -4), (0,) * 4, (-500, 600, -700, 800), (0, 0, 0, -1)
    ]  # fmt: skip
    assert unpack(at_place(3 * packed, UP)) == (-1500, 1800, -2100, 2400)


def test_no_sum_of_words_leaves_its_field() -> None:
    """Not even of the block whose words, or whose class names, all speak against one label as much as any do."""

    def least(packed: Iterable[int], label: int) -> list[int]:
        return sorted([min(0, unpack(points)[label]) for points in packed])

    words = list(map(pack_written, lexicon_table("words").values()))
    parts: dict[str, dict[int, list[int]]] = {"words": {}, "pairs": {}}
    for name, written in lexicon_table("names").items():
        for place in range(len(PLACES)):
            parts["pairs" if "-" in name else "words"].setdefault(place, []).append(at_place(pack_places(written), place))
    most_words, most_pairs = NAMES_LOOKED_UP * WORDS_OF_A_NAME, NAMES_LOOKED_UP * (WORDS_OF_A_NAME - 1)
    for sign in (1, -1):
        for label in range(4):
            assert sum(least([sign * points for points in words], label)[:42]) > -(2**15)
            near = 0
            for place, elements in ((INSIDE, 1), (OWN, 1), (UP, 2)):
                for part, most in (("words", most_words), ("pairs", most_pairs)):
                    near += sum(least([sign * points for points in parts[part][place]], label)[: most * elements])
            assert near > -(2**15)
            above = sum([sum(least([sign * points for points in parts[part][ABOVE]], label)) for part in parts])
            assert above > -(2**15)


def test_sums_are_told_in_tenths_of_a_point() -> None:
    assert by_label([pack((14, 15, -15, -16)), 0]) == ([1, 0], [2, 0], [-1, 0], [-2, 0])
    assert by_label([]) == ([], [], [], [])


def test_a_class_value_is_worth_what_its_words_are_each_once() -> None:
    def own(hints: str) -> int:
        return names_worth(OWN, names_in(hints).known)

    assert own("caption") != 0 == own("xylograph 12") == own("")
    assert own("caption xylograph caption") == own("caption")
    assert own("caption menu") == own("caption") + own("menu")


def test_names_on_both_elements_above_count_once() -> None:
    def names_of(html: str) -> list[str]:
        read = document_of(html.encode(), kind="html")
        return names_seen(read)[0].split()

    assert names_of('<div class="menu"><div class="menu box"><p>Tides</p></div></div>') == ["up:menu", "up:box"]


def test_names_above_count_once() -> None:
    values = [names_in(hints).known for hints in ("menu", "xylograph", "")]
    once = names_worth(ABOVE, values[0])
    assert once
    assert worth_above([-1, 0, 1, -1], [0, 1, 0, 2], values) == [once, once, once, 0]


def test_the_deepest_element_sums_every_name_above_once() -> None:
    table = lexicon_table("names")
    names = list(table)
    depth = range(2 * len(names))
    deepest = worth_above([i - 1 for i in depth], [i % len(names) for i in depth], [names_in(name).known for name in names])[-1]
    seen = table.keys() & {word for name in names for word in telling_names(name)}
    assert deepest == sum([at_place(pack_places(table[word]), ABOVE) for word in seen])


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.path.name)
def test_the_fit_sees_what_the_package_sums_up(sample: Sample) -> None:
    read = document(sample.path)
    page = Page(read)

    def written(part: str, word: str) -> str:
        if part == "words":
            return lexicon_table("words").get(word, "-")
        return lexicon_table("names").get(word, "- - - -").split()[PLACES.index(part)]

    def sums(lines: list[str], *parts: str) -> list[list[int]]:
        items = [[item.split(":", 1) for item in line.split()] for line in lines]
        packed = [sum(pack_written(written(part, word)) for part, word in own if part in parts) for own in items]
        return list(map(list, by_label(packed)))

    assert list(map(list, page.local.word_worth)) == sums(words_seen(read), "words")
    if read.kind == "html":
        names = names_seen(read)
        assert list(map(list, page.containers.name_worth)) == sums(names, "inside", "own", "up")
        assert list(map(list, page.containers.name_worth_above)) == sums(names, "above")


def test_the_fit_learns_which_label_a_word_speaks_for() -> None:
    matrix = matrix_of(["words:share"] * 50 + ["words:ferry"] * 50, {"words:ferry": 0, "words:share": 1})
    weights = fit_weights(matrix, np.array([3] * 50 + [0] * 50), np.ones(100))
    assert weights.shape == (2, LABELS)
    assert weights.argmax(axis=1).tolist() == [0, 3]
    assert not weights.sum(axis=1).round().any()


def test_not_body_teaches_against_body_alone() -> None:
    matrix = matrix_of(["words:share"] * 50 + ["words:ferry"] * 50, {"words:ferry": 0, "words:share": 1})
    weights = fit_weights(matrix, np.array([NOT_BODY] * 50 + [0] * 50), np.ones(100))
    assert weights[1, 0] < 0
    assert abs(weights[1, 1] - weights[1, 3]) < 1
