"""Fit the weights by which the headline is found: a conditional logit over the candidates of hand-labelled pages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stripper.features import Page
from stripper.features.headline import SIGNS, candidates
from stripper.readers import read
from tests.bench.corpora import FOLDS, fold_of, page, rows, tokens

_ROUNDS, _RATE, _DECAY = 800, 0.8, 0.004


class Contest(NamedTuple):
    """The candidates of a page, one a row; the last row stands for none of them."""

    site: str
    signs: NDArray[np.float64]
    right: NDArray[np.bool_]


def contests(corpora: Path, kind: str) -> list[Contest]:
    """The candidates of all hand-labelled pages."""
    out = []
    for row in rows(corpora, "labelled-dev"):
        details = zip(row.truth["lines"], row.truth["detail"], strict=True)
        titles = [tokens(line) for (_, line), detail in details if detail == "title"]
        if kind == "html":
            document = read(page(corpora, "labelled-dev", row.name), kind="html", encoding="utf-8")
        else:
            document = read((corpora / "labelled-dev" / "text" / f"{row.name}.txt").read_bytes(), kind="text")
        found = candidates(Page(document).context)
        right = [_matches(tokens(document.blocks[i].text), titles) for i, _ in found]
        signs = np.array([*(signs for _, signs in found), [0.0] * len(SIGNS)])
        out.append(Contest(row.site, signs, np.array([*right, not any(right)])))
    return out


def _matches(words: list[str], titles: list[list[str]]) -> bool:
    return any(words and (words == title or (len(words) > 2 and words == title[: len(words)])) for title in titles)


def fit_headline(pages: list[Contest]) -> dict[str, float]:
    """Maximum likelihood with weight decay, by gradient ascent."""
    weights = np.zeros(len(SIGNS))
    for _ in range(_ROUNDS):
        gradient = -_DECAY * weights
        for contest in pages:
            scores = contest.signs @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            right = chances * contest.right
            gradient += (right / right.sum() - chances) @ contest.signs / len(pages)
        weights += _RATE * gradient
    return {sign: round(float(weight), 2) for sign, weight in zip(SIGNS, weights, strict=True)}


def accuracy(pages: list[Contest]) -> float:
    """Share of the pages whose headline is found, cross-validated by site."""
    hits = 0
    for fold in range(FOLDS):
        inside = [fold_of(contest.site) == fold for contest in pages]
        table = fit_headline([contest for contest, test in zip(pages, inside, strict=True) if not test])
        weights = np.array([table[sign] for sign in SIGNS])
        for contest, test in zip(pages, inside, strict=True):
            if test:
                hits += bool(contest.right[int((contest.signs @ weights).argmax())])
    return hits / len(pages)
