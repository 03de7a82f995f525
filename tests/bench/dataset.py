"""Corpora → one matrix of observations with labels and weights, for fitting and for scoring out of fold."""

from __future__ import annotations

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stripper.features import Page
from stripper.features.lexicon import telling_names, telling_words
from stripper.model import Document
from stripper.observations import OBSERVATIONS, Observation
from stripper.readers import read
from tests.bench.cases import cases
from tests.bench.corpora import BODY, MADE, UNKNOWN, Row, align, aligned_words, in_body, page, rows, tokens
from tests.bench.tidy import pages
from tests.bench.variants import variants
from tests.bench.written import written

CASES, WRITTEN = "cases", "written"
WEIGHTS = {
    "labelled-dev/html": 4.0, "labelled": 3.5, f"{MADE}{CASES} text": 12.0, MADE + CASES: 3.5, f"{MADE}{WRITTEN} text": 2.5,
    MADE + WRITTEN: 1.3, MADE: 0.5,
}  # fmt: skip
"""How much a page counts, by how its corpus starts (the first that fits); others count 1. A case is small, and little of
it is known."""
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Feature(NamedTuple):
    """A column of the matrix: a measure, or one value of a kind, or one member of a set."""

    observation: str
    value: str | None


class Sample(NamedTuple):
    """A page ready for fitting."""

    corpus: str
    name: str
    site: str
    type: str
    columns: dict[str, list[object]]
    """Observation → one value a block."""
    truth: list[int]
    words: list[int]
    title: int
    """Index of the headline's block; -1: none."""
    block_tokens: list[list[str]]
    body_tokens: list[str] | None
    """Words of the article's text, where only that is known."""
    line_words: list[tuple[int, int]]
    """Hand-labelled pages: (line, block) of each aligned word; block -1 where no block holds it."""
    line_labels: list[int]
    words_seen: Sequence[str] = ()
    """Of each block, the words of its text that the lexicon looks up; see `tests/bench/lexicon.py`."""
    names_seen: Sequence[str] = ()
    """The same for class names."""


def observations_of(kind: str) -> list[Observation]:
    """The observations that speak of a kind of document."""
    return [observation for observation in OBSERVATIONS if kind in observation.sources]


def _columns(document: Document) -> tuple[dict[str, list[object]], Page]:
    measured = Page(document)
    return {o.name: list(o.function(measured)) for o in observations_of(document.kind)}, measured


def words_seen(document: Document) -> list[str]:
    """The words of each block, `part:word`, apart by blanks: those of its text."""
    return [" ".join([f"words:{word}" for word in telling_words(block.text)]) for block in document.blocks]


def names_seen(document: Document) -> list[str]:
    """The words of the class names of each block, `part:word`, apart by blanks: what `Containers.name_worth` and
    `name_worth_above` sum up."""
    elements = document.elements
    above: list[dict[str, None]] = []
    for element in elements:
        inherited = above[element.parent] if element.parent >= 0 else {}
        own = telling_names(element.hints)
        above.append(inherited if inherited.keys() >= own.keys() else inherited | own)
    out = []
    same: dict[str, str] = {}  # most blocks have neighbours with the same names: one string for all of them
    for block in document.blocks:
        parts = [("inside", telling_names(block.hints))]
        place = block.element
        if place >= 0:
            parts.append(("own", telling_names(elements[place].hints)))
            place = elements[place].parent
        if place >= 0:
            up, place = telling_names(elements[place].hints), elements[place].parent
            if place >= 0:
                up, place = up | telling_names(elements[place].hints), elements[place].parent
            parts.append(("up", up))
        if place >= 0:
            parts.append(("above", above[place]))
        line = " ".join([f"{part}:{word}" for part, words in parts for word in words])
        out.append(same.setdefault(line, line))
    return out


def sample(row: Row, document: Document, kind: str) -> Sample:
    """Measure a page and align it with its truth."""
    columns, measured = _columns(document)
    labelled = "lines" in row.truth
    if labelled:
        truth = align(document, row.truth["lines"])
        line_words, line_labels = aligned_words(document, row.truth["lines"])
    else:
        truth, line_words, line_labels = in_body(document, row.truth["body"], row.truth.get("title") or ""), [], []
    return Sample(
        corpus=row.corpus, name=row.name, site=row.site, type=row.truth.get("type", "article"), columns=columns, truth=truth,
        words=measured.local.words, title=measured.context.headline,
        block_tokens=[tokens(block.text) for block in document.blocks],
        body_tokens=None if labelled else tokens(row.truth["body"]), line_words=line_words, line_labels=line_labels,
        words_seen=words_seen(document), names_seen=names_seen(document),
    )  # fmt: skip


def _load(corpora: Path, job: tuple[Row, str]) -> list[Sample]:
    """The page, and if it is hand-labelled, the variants made from it, to learn from only."""
    row, rendering = job
    if rendering == "html":
        data, kind = page(corpora, row.corpus, row.name), "html"
        document = read(data, row.name, kind="html", encoding="utf-8")
    else:
        kind = "text"
        document = read((corpora / row.corpus / rendering / f"{row.name}.txt").read_bytes(), row.name, kind="text")
    made = sample(row, document, kind)._replace(corpus=f"{row.corpus}/{rendering}")
    if "lines" not in row.truth:
        return [made]
    return [
        made,
        *(
            _made(f"{variant.name} {made.corpus}", made.name, made.site, variant.document, variant.truth)
            for variant in variants(document, made.truth, made.name)
        ),
    ]


def _made(corpus: str, name: str, site: str, document: Document, truth: list[int]) -> Sample:
    """A page to learn from only."""
    columns, measured = _columns(document)
    return Sample(
        corpus=MADE + corpus, name=name, site=site, type="article", columns=columns, truth=truth,
        words=measured.local.words, title=measured.context.headline, block_tokens=[], body_tokens=None, line_words=[],
        line_labels=[], words_seen=words_seen(document), names_seen=names_seen(document),
    )  # fmt: skip


def small_pages(corpora: Path, kind: str) -> Iterator[Sample]:
    """The tidy pages and the written ones, our own, and the shared cases where they are there."""
    for tidy in pages(kind):
        document = read(tidy.data.encode(), tidy.name, kind=kind)
        yield _made(f"tidy {kind}", tidy.name, f"tidy {tidy.site}", document, align(document, tidy.lines))
    for corpus, found in ((WRITTEN, written(corpora, kind)), (CASES, cases(corpora, kind))):
        for case in found:
            yield _made(f"{corpus} {kind}", case.name, case.site, case.document, case.truth)


def samples(corpora: Path, jobs: list[tuple[Row, str]], progress: Callable[[str], None] = print) -> Iterator[Sample]:
    """Load all pages, on two cores."""
    with ProcessPoolExecutor(2) as pool:
        for count, made in enumerate(pool.map(partial(_load, corpora), jobs, chunksize=8), 1):
            if count % 500 == 0:
                progress(f"  {count} of {len(jobs)} pages measured")
            yield from made


def jobs(corpora: Path, kind: str) -> list[tuple[Row, str]]:
    """What there is to learn a kind of document from."""
    labelled = list(rows(corpora, "labelled-dev"))
    if kind == "html":
        return [(row, "html") for row in [*rows(corpora, "wcxb-dev"), *labelled]]
    dev = list(rows(corpora, "text-dev"))
    return [(row, "text") for row in labelled] + [(row, r) for r in ("copy", "w3m", "lynx") for row in dev]


class Matrix(NamedTuple):
    """All blocks of all samples."""

    features: list[Feature]
    values: Floats
    truth: Ints
    weight: Floats
    page: Ints
    """Index of each block's sample."""


def encode(all_samples: list[Sample], kind: str, least: int = 40) -> Matrix:
    """Samples → matrix: measures as they are (NaN: silent), kinds and sets as one column a value.

    A value that stands on fewer than `least` pages gets no column of its own.
    """
    features: list[Feature] = []
    parts: list[Floats] = []
    page_of = np.concatenate([np.full(len(s.truth), i) for i, s in enumerate(all_samples)])
    for observation in observations_of(kind):
        name = observation.name
        column = [value for s in all_samples for value in s.columns[name]]
        if observation.kind == "measure":
            parts.append(np.array([np.nan if v is None else v for v in column], dtype=np.float32)[:, None])
            features.append(Feature(name, None))
            continue
        if observation.kind == "kind":
            pages = Counter(value for s in all_samples for value in set(s.columns[name]))
            for value in sorted(str(v) for v, n in pages.items() if n >= least and v != ""):
                parts.append(np.array([v == value for v in column], dtype=np.float32)[:, None])
                features.append(Feature(name, value))
            continue
        masks = np.array(column, dtype=np.int64)
        for bit, member in enumerate(observation.members):
            on = (masks >> bit) & 1
            if len(np.unique(page_of[on == 1])) >= least:
                parts.append(on.astype(np.float32)[:, None])
                features.append(Feature(name, member))
    truth = np.array([t for s in all_samples for t in s.truth])
    weight = np.concatenate([weights_of(s) for s in all_samples]).astype(np.float32)
    return Matrix(features, np.hstack(parts), truth, weight, page_of)


def weights_of(s: Sample) -> NDArray[np.float64]:
    """A block counts by its words (80 at most) and 8 more; a page by a weak power of its size."""
    truth = np.array(s.truth)
    raw = np.minimum(np.array(s.words), 80) + 8.0
    raw[truth == UNKNOWN] = 0
    if s.title >= 0 and s.body_tokens is not None:
        raw[s.title] = 0  # the truth of the article's text leaves the headline out
    body = raw[truth == BODY].sum()
    norm = max(float(body), float(raw.sum()) / 3, 200.0)
    page_weight = next((weight for start, weight in WEIGHTS.items() if s.corpus.startswith(start)), 1.0)
    weights: NDArray[np.float64] = raw / norm**0.9 * page_weight
    return weights


def cached(corpora: Path, kind: str, cache: Path | None) -> list[Sample]:
    """The samples of a kind, from the cache where it has them."""
    file = (cache or Path(tempfile.gettempdir())) / f"stripper-{kind}.pickle"
    if cache and file.exists():
        loaded: list[Sample] = pickle.loads(file.read_bytes())
        return loaded
    made = [*samples(corpora, jobs(corpora, kind)), *small_pages(corpora, kind)]
    if cache:
        file.write_bytes(pickle.dumps(made))
    return made
