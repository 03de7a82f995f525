"""Pages made from hand-labelled ones, to learn from only.

The corpora hold whole pages with long articles. People also read short texts, tidy pages with little around them, text
that somebody has cleaned already, and copies whose parts stand in another order. Each variant is a page of its own; the
choice of blocks is drawn from its name, so that it is the same in every run.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from random import Random
from typing import NamedTuple

from stripper.model import Document
from tests.bench.corpora import BODY, CAPTION, NAV


class Variant(NamedTuple):
    """A page made from another one."""

    name: str
    document: Document
    truth: list[int]


_LONG = 60
"""Characters from which a body block counts as a paragraph."""
_MOVED = 12
"""Most blocks of a list that is moved."""


def variants(document: Document, truth: list[int], name: str) -> list[Variant]:
    """All variants of a page; those that would be empty or no change are left out."""
    random = Random(name)
    chosen = {
        "short": shortened(document, truth, random.randint(1, 4)),
        "thin": thinned(document, truth, random),
        "clean": cleaned(document, truth, random),
    }
    if document.kind == "text":
        chosen["moved"] = moved(document, truth, random)
    return [
        Variant(variant, _made(document, kept), [truth[i] for i in kept]) for variant, kept in chosen.items() if kept
    ]


def _made(document: Document, kept: list[int]) -> Document:
    """The document of some blocks, in a given order; the metadata's copy of the text goes."""
    blocks, pictures = [], document.pictures
    for number, (last, index) in enumerate(zip([-1, *kept], kept, strict=False), 1):
        block = document.blocks[index]
        if block.gap is not None and index != last + 1:
            block = block._replace(gap=max(1, block.gap) if number > 1 else 0)
        blocks.append(block._replace(number=number))
    if kept == sorted(kept):
        pictures = tuple(picture._replace(before=bisect_left(kept, picture.before)) for picture in pictures)
    return document._replace(blocks=tuple(blocks), pictures=pictures, claimed="")


def shortened(document: Document, truth: list[int], paragraphs: int) -> list[int]:
    """Only the first paragraphs of the article stay, with everything around it."""
    kept = []
    left = paragraphs
    for i, (block, label) in enumerate(zip(document.blocks, truth, strict=True)):
        long = label == BODY and len(block.text) > _LONG
        if label != BODY or left > 0:
            kept.append(i)
        left -= long
    return kept


def thinned(document: Document, truth: list[int], random: Random) -> list[int]:
    """A tidy page: two to twelve paragraphs of the article, and a few blocks of some of the boxes around it."""
    left = random.randint(2, 12)
    share = random.choice((0.2, 0.4, 0.7))
    kept: list[int] = []
    for label, group in groupby(range(len(truth)), truth.__getitem__):
        run = list(group)
        if label == BODY:
            for i in run:
                if left > 0:
                    kept.append(i)
                left -= len(document.blocks[i].text) > _LONG
        elif random.random() < share:
            size = random.randint(1, 6)
            first = 0 if random.random() < 0.7 else random.randrange(len(run))
            kept += run[first : first + size]
    return kept


def cleaned(document: Document, truth: list[int], random: Random) -> list[int]:
    """The article alone, all of it or a stretch of one to eight blocks: there is nothing to strip."""
    body = [i for i, label in enumerate(truth) if label == BODY]
    if body and random.random() < 0.5:
        first = 0 if random.random() < 0.5 else random.randrange(len(body))
        body = body[first : first + random.randint(1, 8)]
    return body


def moved(document: Document, truth: list[int], random: Random) -> list[int]:
    """A copy in which captions stand above the headline and a list of links between the article's first blocks."""
    body = [i for i, label in enumerate(truth) if label == BODY]
    lists = [list(group) for label, group in groupby(range(len(truth)), truth.__getitem__) if label == NAV]
    lists = [run for run in lists if len(run) > 2]
    if len(body) < 4 or not lists:
        return []
    captions = [i for i, label in enumerate(truth) if label == CAPTION][:2]
    links = random.choice(lists)[:_MOVED]
    after = body[random.randint(0, 2)]
    out = set(captions) | set(links)
    kept: list[int] = []
    for i in range(len(truth)):
        if i == body[0]:
            kept += captions
        if i not in out:
            kept.append(i)
        if i == after:
            kept += links
    return kept
