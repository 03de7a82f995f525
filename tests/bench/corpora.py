"""The corpora as blocks with their true labels: what fitting and measuring have in common."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

from stripper.model import Document, Label

_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
BODY, CAPTION, NAV, JUNK = range(4)
NOT_BODY = 4
"""Truth of a block of which only the article's text is known."""
UNKNOWN = -1
MADE = "made "
"""What the corpus of a page starts with that is learned from only: it was made from another one, or made up."""
FOLDS = 4
NUMBER_OF = {label.value: index for index, label in enumerate(Label)}


class Row(NamedTuple):
    """A page of a corpus."""

    corpus: str
    name: str
    site: str
    truth: dict[str, Any]


def rows(corpora: Path, corpus: str) -> Iterator[Row]:
    """The pages of a corpus, in the order of its truth file."""
    with (corpora / corpus / "truth.jsonl").open(encoding="utf-8") as file:
        for line in file:
            truth = json.loads(line)
            yield Row(corpus, truth["id"], site_of(truth.get("url") or truth["id"]), truth)


def page(corpora: Path, corpus: str, name: str) -> bytes:
    """The bytes of a page of HTML."""
    return gzip.decompress((corpora / corpus / "html" / f"{name}.html.gz").read_bytes())


def site_of(url: str) -> str:
    """The registrable part of a host, roughly: what pages of one site have in common."""
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    parts = host.split(".")
    if len(parts) > 2 and len(parts[-2]) <= 3:
        return ".".join(parts[-3:])
    return ".".join(parts[-2:])


def fold_of(site: str) -> int:
    """The fold of cross-validation that all pages of a site are in."""
    return crc32(site.encode()) % FOLDS


def tokens(text: str) -> list[str]:
    """Lower-cased words, as the published measures count them."""
    return _WORD.findall(text.translate(_INVISIBLE).lower())


def align(document: Document, lines: list[tuple[str, str]]) -> list[int]:
    """The true label of each block, from hand-labelled lines: both sides are aligned as word sequences."""
    have = [(word, i) for i, block in enumerate(document.blocks) for word in tokens(block.text)]
    want = [(word, NUMBER_OF[label]) for label, line in lines for word in tokens(line)]
    votes: list[Counter[int]] = [Counter() for _ in document.blocks]
    matcher = SequenceMatcher(None, [w for w, _ in have], [w for w, _ in want], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            votes[have[a + k][1]][want[b + k][1]] += 1
    return [vote.most_common(1)[0][0] if vote else UNKNOWN for vote in votes]


def aligned_words(document: Document, lines: list[tuple[str, str]]) -> tuple[list[tuple[int, int]], list[int]]:
    """(line, block) of each word of the labelled lines, block -1 where none holds it; and the lines' labels."""
    have = [(word, i) for i, block in enumerate(document.blocks) for word in tokens(block.text)]
    want = [(word, i) for i, (_, line) in enumerate(lines) for word in tokens(line)]
    block = [-1] * len(want)
    matcher = SequenceMatcher(None, [w for w, _ in have], [w for w, _ in want], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            block[b + k] = have[a + k][1]
    return [(line, place) for (_, line), place in zip(want, block, strict=True)], [
        NUMBER_OF[label] for label, _ in lines
    ]


def in_body(document: Document, body: str, title: str) -> list[int]:
    """Whether each block belongs to an article of which only the text is known.

    Long blocks are looked up by their words' 4-grams, short ones by alignment with the truth's words; all copies of a
    text are labelled alike. The truth holds no headline, so nothing is known of the blocks that repeat it.
    """
    headline = tokens(title)
    truth = tokens(body)
    if not truth:
        return [UNKNOWN] * len(document.blocks)
    grams = set(zip(truth, truth[1:], truth[2:], truth[3:], strict=False))
    per_block = [tokens(block.text) for block in document.blocks]
    have = [(word, i) for i, words in enumerate(per_block) for word in words]
    matched = [0] * len(document.blocks)
    matcher = SequenceMatcher(None, [w for w, _ in have], truth, autojunk=False)
    for a, _, size in _matching(matcher, have, truth):
        for k in range(size):
            matched[have[a + k][1]] += 1
    out = []
    for words, hits in zip(per_block, matched, strict=True):
        if not words or (len(words) > 2 and (words == headline or words == headline[: len(words)])):
            out.append(UNKNOWN)
        elif len(words) >= 8:
            own = list(zip(words, words[1:], words[2:], words[3:], strict=False))
            out.append(BODY if sum(gram in grams for gram in own) >= 0.6 * len(own) else NOT_BODY)
        else:
            out.append(BODY if hits >= 0.7 * len(words) else NOT_BODY)
    return out


def _matching(matcher: SequenceMatcher[str], have: list[Any], want: list[str]) -> list[tuple[int, int, int]]:
    if len(have) * len(want) > 60_000_000:  # too large to align word by word
        matcher = SequenceMatcher(None, [w for w, _ in have], want, autojunk=True)
    return [tuple(match) for match in matcher.get_matching_blocks()]  # type: ignore[misc]
