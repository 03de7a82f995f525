"""What one block says of itself: counts over its text, each with the field's standard name. No neighbours, no DOM."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from itertools import chain, islice

from stripper import words
from stripper.features.lexicon import Columns, by_label, telling_words, worth
from stripper.model import Document
from stripper.words import FAMILIES, Hits

SENTENCE_ENDS = frozenset(".!?…。！？।॥؟۔։።")
_CLOSERS = "\"'”’»›)]}」』）】*_“"
_FULL_WIDTH_SCRIPTS = "\u2e80"
"""From this character on (CJK radicals) scripts are mostly written without spaces."""
_DENSE = bytes([0xE0, *range(0xE3, 0x100)])
"""Bytes with which Thai, Lao and characters from kana on begin in UTF-8: most texts that are not ASCII have quotes and accents
alone, which need not be looked at one by one."""
_PUNCTUATION = ".,:;!?()[]\"'“”’‘«»„…"
_TELLING = 500
"""Words from which the language is told; more tell no other one."""
_START = 600
"""Characters at the start of a block that stand for all of it where single words are looked at: about a hundred words."""
_COMPARED = 60
"""Words of a block, from its first on, that are compared with those of others."""
THOUSANDTHS = tuple([n / 1000 for n in range(1001)])
"""Shares as columns give them that would hardly be the same for two blocks: what is seen again is remembered."""
GOOD_WORDS = 12
"""Words from which a block can be good text."""

_FURNITURE = sum(1 << i for i, family in enumerate(FAMILIES) if family not in ("heading", "date", "credit"))
_DATE, _CREDIT = 1 << FAMILIES.index("date"), 1 << FAMILIES.index("credit")


def _is_dense_script(character: str) -> bool:
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def word_count(text: str) -> int:
    """Words of a text; where a script puts no spaces between them, two characters count as one."""
    spaced = text.count(" ") + text.count("\n") + text.count("\t") + 1
    if text.isascii() or not count_of(_DENSE, text):
        return spaced
    highest = max(text)
    if highest < _FULL_WIDTH_SCRIPTS:
        if "\u0e00" <= highest < "\u0f00":  # Thai and Lao: about six characters a word
            return spaced + len(text) // 6
        return spaced
    dense = sum(map(_is_dense_script, text))
    return spaced + dense // 2


def count_of(some: bytes, text: str) -> int:
    """How often a text has any of some ASCII characters, or other bytes of UTF-8; this costs as much as one `str.count`."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data) - len(data.translate(None, some))


def long_words(tokens: list[str]) -> set[str]:
    """The words that carry meaning: four or more letters (or any that are not ASCII), without punctuation around."""
    long = {word if word.isalnum() else word.strip(_PUNCTUATION) for word in tokens if len(word) > 3}
    return long or {word for word in tokens if not word.isascii()}


def numbered(values: Iterable[Hashable]) -> list[int]:
    """A number for each value; equal numbers, equal values."""
    seen: dict[Hashable, int] = {}
    return [seen.setdefault(value, len(seen)) for value in values]


def sums_by(keys: list[int], values: Sequence[float]) -> dict[int, float]:
    """Sum of a column over the blocks of each key."""
    totals: dict[int, float] = {}
    for key, value in zip(keys, values, strict=True):
        totals[key] = totals.get(key, 0.0) + value
    return totals


def means_by(keys: list[int], values: Sequence[float]) -> dict[int, float]:
    """Mean of a column over the blocks of each key."""
    totals, counts = sums_by(keys, values), Counter(keys)
    return {key: totals[key] / count for key, count in counts.items()}


class Local:
    """Columns of measures, one value a block, computed when first asked for."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.texts = [block.text for block in document.blocks]
        self._language = document.language

    @cached_property
    def words(self) -> list[int]:
        """Words of the block."""
        return list(map(word_count, self.texts))

    @cached_property
    def chars(self) -> list[int]:
        """Characters of the block."""
        return list(map(len, self.texts))

    @cached_property
    def tokens(self) -> list[list[str]]:
        """Lower-cased words of the block's start, punctuation still on them."""
        return [text[:_START].lower().split() for text in self.texts]

    @cached_property
    def long_words(self) -> list[set[str]]:
        """The words that carry meaning among the first 60 words of each block, as a set."""
        return [long_words(tokens[:_COMPARED]) for tokens in self.tokens]

    @cached_property
    def language(self) -> str:
        """Main language of the page, told by its stop words; empty where unknown."""
        if self._language:
            return self._language
        long = [tokens for tokens, n in zip(self.tokens, self.words, strict=True) if n >= 8]
        return words.language_of(islice(chain.from_iterable(long or self.tokens), _TELLING))

    @cached_property
    def stop_words(self) -> list[float | None]:
        """Share of the words that are stop words of the page's language, at the start of the block; None where there is no
        list."""
        stops = words.stop_set(self.language)
        if not stops:
            return [None] * len(self.texts)
        if self.language in words.DENSE_LANGUAGES:
            return [sum(map(text.count, stops)) / max(1, len(text)) * 4 for text in self.texts]
        contains = stops.__contains__
        return [sum(map(contains, tokens)) / len(tokens) if tokens else 0.0 for tokens in self.tokens]

    @cached_property
    def last_character(self) -> list[str]:
        """Last character apart from closing quotes and brackets."""
        return [(text.rstrip(_CLOSERS) or text)[-1] for text in self.texts]

    @cached_property
    def sentence_end(self) -> list[bool]:
        """Whether the block ends as a sentence does."""
        return [last in SENTENCE_ENDS for last in self.last_character]

    @cached_property
    def sentences(self) -> list[int]:
        """Sentence ends inside the block and at its end."""
        return [
            text.count(". ") + text.count("? ") + text.count("! ") + text.count("。") + text.count("। ") + end
            for text, end in zip(self.texts, self.sentence_end, strict=True)
        ]

    @cached_property
    def commas(self) -> list[int]:
        """Commas of any script."""
        return [
            text.count(",")
            if text.isascii()
            else text.count(",") + text.count("，") + text.count("、") + text.count("،")
            for text in self.texts
        ]

    @cached_property
    def capitals(self) -> list[float]:
        """Share of the words that start with a capital letter, over the first 12 words."""
        out = []
        for text in self.texts:
            parts = text[:120].split()[:12]
            out.append(sum([part[0].isupper() for part in parts]) / len(parts))
        return out

    @cached_property
    def digits(self) -> list[float]:
        """Share of the characters that are digits, over the first 80 characters."""
        heads = [text[:80] for text in self.texts]
        return [
            (count_of(b"0123456789", head) if head.isascii() else sum(map(str.isdigit, head))) / len(head)
            for head in heads
        ]

    @cached_property
    def linked(self) -> list[float | None]:
        """Link density: share of the characters that stand inside links."""
        return [
            None if block.linked is None else block.linked / n for block, n in zip(self.blocks, self.chars, strict=True)
        ]

    @cached_property
    def hits(self) -> list[Hits]:
        """The phrase families that the block's words belong to."""
        found = {text: words.hits(text, self.language) for text in dict.fromkeys(self.texts)}  # a quarter are copies
        return list(map(found.__getitem__, self.texts))

    @cached_property
    def phrases(self) -> list[int]:
        """Phrase families found anywhere in the block, as a mask."""
        return [hit.bits for hit in self.hits]

    @cached_property
    def short_phrases(self) -> list[int]:
        """Phrase families found in blocks up to 25 words, as a mask; 0 for longer blocks."""
        return [hit.bits if n <= 25 else 0 for hit, n in zip(self.hits, self.words, strict=True)]

    @cached_property
    def furniture(self) -> list[int]:
        """1 for blocks up to 12 words that have a phrase of some furniture (not a date, credit or content heading)."""
        return [int(n <= 12 and hit.bits & _FURNITURE != 0) for hit, n in zip(self.hits, self.words, strict=True)]

    @cached_property
    def date_line(self) -> list[int]:
        """1 for short lines that are a date, time or number."""
        return [
            int(n <= 8 and (hit.bits & _DATE != 0 or digits > 0.3) and digits > 0.05)
            for hit, n, digits in zip(self.hits, self.words, self.digits, strict=True)
        ]

    @cached_property
    def word_worth(self) -> Columns:
        """By label, what the block's words speak for it: tenths of a point."""
        found = {text: worth(telling_words(text)) for text in dict.fromkeys(self.texts)}
        return by_label(list(map(found.__getitem__, self.texts)))

    @cached_property
    def credit_pattern(self) -> list[int]:
        """How much the block is written as a credit, 0 to 4: see the observation of this name."""
        out = []
        for text, n, hit in zip(self.texts, self.words, self.hits, strict=True):
            if n > 70:
                out.append(0)
                continue
            credit = hit.bits & _CREDIT
            tail = text[-70:]
            before, slash, after = tail.rpartition("/")
            divided = slash != "" and before.rstrip()[-1:].isalpha() and after.lstrip()[:1].isupper()
            bracket = text[-1] in ")]" and ("(" in tail or "[" in tail)
            out.append(
                4 if credit and n <= 8
                else 3 if credit and (bracket or divided)
                else 2 if credit
                else 1 if divided and (bracket or n <= 6) and "http" not in tail
                else 0
            )  # fmt: skip
        return out

    @cached_property
    def good(self) -> list[int]:
        """Words of good text: 12 or more words, a sentence end, stop words a fifth, links under a third; else 0.

        The counterpart of jusText's good paragraphs and boilerpipe's content blocks, by density measures only.
        """
        out = []
        for n, sentences, stops, linked in zip(self.words, self.sentences, self.stop_words, self.linked, strict=True):
            is_good = (
                n >= GOOD_WORDS and sentences and (stops is None or stops >= 0.18) and (linked is None or linked < 0.34)
            )
            out.append(n if is_good else 0)
        return out

    @cached_property
    def copies(self) -> list[int]:
        """How many blocks of the page have this very text (1: it stands once)."""
        counts: dict[str, int] = {}
        for text in self.texts:
            counts[text] = counts.get(text, 0) + 1
        return list(map(counts.__getitem__, self.texts))

    @cached_property
    def shape(self) -> list[int]:
        """Number of a rough shape by which lines of one list look alike: length, end, digits, capitals, link, mark."""
        shapes = zip(
            [min(n.bit_length(), 5) for n in self.words],
            self.sentence_end,
            [d > 0.15 for d in self.digits],
            [c > 0.6 for c in self.capitals],
            [None if x is None else x > 0.5 for x in self.linked],
            [block.mark != "" for block in self.blocks],
            strict=True,
        )
        return numbered(shapes)
