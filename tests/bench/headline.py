"""Fit the weights by which the headline is found: a conditional logit over the candidates of hand-labelled pages and of
those written by hand."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stripper.features import Page
from stripper.features.headline import candidates, signs
from stripper.model import Document
from stripper.readers import read
from tests.bench.corpora import BODY, FOLDS, fold_of, page, rows, tokens
from tests.bench.written import written

_ROUNDS, _RATE, _DECAY = 800, 0.8, 0.004


class Contest(NamedTuple):
    """The candidates of a page, one a row; the last row stands for none of them."""

    site: str
    names: tuple[str, ...]
    signs: NDArray[np.float64]
    right: NDArray[np.bool_]


def contests(corpora: Path, kind: str) -> list[Contest]:
    """The candidates of all hand-labelled pages, and of the written ones, whose headline is their first line of body."""
    out = []
    for case in written(corpora, kind):
        out.append(_contest(case.site, case.document, {case.truth.index(BODY)} if BODY in case.truth else set()))
    for row in rows(corpora, "labelled-dev"):
        details = zip(row.truth["lines"], row.truth["detail"], strict=True)
        titles = [tokens(line) for (_, line), detail in details if detail == "title"]
        if kind == "html":
            document = read(page(corpora, "labelled-dev", row.name), kind="html", encoding="utf-8")
        else:
            document = read((corpora / "labelled-dev" / "text" / f"{row.name}.txt").read_bytes(), kind="text")
        right = {i for i, block in enumerate(document.blocks) if _matches(tokens(block.text), titles)}
        out.append(_contest(row.site, document, right))
    return out


def _contest(site: str, document: Document, headlines: set[int]) -> Contest:
    context = Page(document).context
    at = candidates(context)
    right = [i in headlines for i in at]
    columns = {name: [*map(float, column), 0.0] for name, column in signs(context, at).items()}
    return Contest(site, tuple(columns), np.array(list(columns.values())).T, np.array([*right, not any(right)]))


def _matches(words: list[str], titles: list[list[str]]) -> bool:
    return any(words and (words == title or (len(words) > 2 and words == title[: len(words)])) for title in titles)


def fit_headline(pages: list[Contest]) -> dict[str, float]:
    """Maximum likelihood with weight decay, by gradient ascent."""
    names = pages[0].names
    all_signs = np.concatenate([contest.signs for contest in pages])
    is_right = np.concatenate([contest.right for contest in pages])
    sizes = np.array([len(contest.right) for contest in pages])
    starts = np.cumsum(sizes) - sizes

    def shares(worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each candidate, its share of the worth of all of its page."""
        out: NDArray[np.float64] = worth / np.repeat(np.add.reduceat(worth, starts), sizes)
        return out

    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        scores = all_signs @ weights
        chances = shares(np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes)))
        gradient = (shares(chances * is_right) - chances) @ all_signs / len(pages) - _DECAY * weights
        weights += _RATE * gradient
    return {sign: round(float(weight), 2) for sign, weight in zip(names, weights, strict=True)}


def accuracy(pages: list[Contest]) -> float:
    """Share of the pages whose headline is found, cross-validated by site."""
    hits = 0
    for fold in range(FOLDS):
        inside = [fold_of(contest.site) == fold for contest in pages]
        table = fit_headline([contest for contest, test in zip(pages, inside, strict=True) if not test])
        weights = np.array(list(table.values()))
        for contest, test in zip(pages, inside, strict=True):
            if test:
                hits += bool(contest.right[int((contest.signs @ weights).argmax())])
    return hits / len(pages)
