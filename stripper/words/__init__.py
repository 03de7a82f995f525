"""Stop words and the phrases that pages put around articles, in many languages.

One file a language (`en.txt` …): `#` comments, `[section]` lines, then one entry a line. `[stop]` holds stop words; the
other sections are the families of `FAMILIES`. `#` inside a phrase stands for any number. Phrases of all languages apply
to every page, since pages mix languages; stop words are those of the page's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

FAMILIES = (
    "share", "follow", "subscribe", "login", "comment", "cookie", "related", "more", "tags", "legal", "byline", "date",
    "credit", "player", "ad", "menu", "paging", "shop", "bio", "form", "heading", "appeal", "toc",
)  # fmt: skip
"""What a line with such a phrase is. The family at index i is bit 1 << i of a mask."""

DENSE_LANGUAGES = frozenset({"zh", "ja", "th"})
"""Languages written without spaces; their stop words are characters and particles, their phrases are looked up anywhere
in the text."""

_DENSE_FROM = "\u0e00"
_ENDS = 12
"""Words looked at from either end of a long text: a caption's credit stands at its end."""
_LONG = 40
_COVERING = 0.6

_APART = dict.fromkeys(map(ord, "\t\n\r,.;:!?()[]{}\"“”„«»‹›…/|•·*>→▶►<=&_-–—+~^`¡¿。、，：；！？（）「」『』【】・،؛؟।"), " ")
_APART |= {ord("’"): "'", ord("‘"): "'", ord("©"): " © ", ord("@"): " @ ", 0xA0: " ", 0x200B: None, 0xAD: None}


class Hits(NamedTuple):
    """The phrase families found in a text, as masks."""

    bits: int = 0
    """Found anywhere (in the first and last twelve words of a text longer than forty)."""
    covered_bits: int = 0
    """The same where the phrases make up 60 % of the letters; stop words and numbers beside them count with them."""
    leading_bits: int = 0
    """Families whose phrase starts the text."""


class Lexicon(NamedTuple):
    """The lists of all languages, ready for look-ups."""

    phrases: dict[str, list[tuple[list[str], int]]]
    """First word → the other words of each phrase and its family's bit, longest phrase first."""
    dense: list[tuple[str, int]]
    """Phrases of scripts without spaces."""
    stops: dict[str, frozenset[str]]
    """Language → its stop words."""
    languages: dict[str, tuple[str, ...]]
    """Stop word → the languages that have it."""


_NOTHING = Hits()


def sections(text: str) -> dict[str, list[str]]:
    """The entries of a word list by section. Raises ValueError for an entry outside a section."""
    out: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        entry = line.strip()
        if not entry or (entry[0] == "#" and not entry[1:2].isdigit() and entry[1:2] == " "):
            continue
        if entry[0] == "[" and entry[-1] == "]":
            current = out.setdefault(entry[1:-1], [])
        elif current is None:
            raise ValueError(f"{entry!r} stands before the first section")
        else:
            current.append(entry)
    return out


def files() -> list[Path]:
    """The word lists, in the order of their languages."""
    return sorted(Path(__file__).parent.glob("*.txt"))


@cache
def lexicon() -> Lexicon:
    """Load all lists; done once, when first needed."""
    phrases: dict[str, list[tuple[list[str], int]]] = {}
    dense: list[tuple[str, int]] = []
    stops: dict[str, frozenset[str]] = {}
    languages: dict[str, tuple[str, ...]] = {}
    for file in files():
        language = file.stem
        for section, entries in sections(file.read_text("utf-8")).items():
            if section == "stop":
                stops[language] = frozenset(entries)
                for word in entries:
                    languages[word] = (*languages.get(word, ()), language)
                continue
            bit = 1 << FAMILIES.index(section)
            for entry in entries:
                if not entry.isascii() and max(entry) >= _DENSE_FROM and language in DENSE_LANGUAGES:
                    dense.append((entry.lower(), bit))
                    continue
                first, *rest = split(entry)
                phrases.setdefault(first, []).append((rest, bit))
    for candidates in phrases.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    return Lexicon(phrases, dense, stops, languages)


def split(text: str) -> list[str]:
    """The words of a text as phrases are compared: lower case, without punctuation, numbers as `#`."""
    return ["#" if word.isdigit() else word for word in text.lower().translate(_APART).split()]


def hits(text: str) -> Hits:
    """The phrase families that occur in a text. Linear in its length."""
    known = lexicon()
    phrases = known.phrases
    words = split(text)
    if len(words) > _LONG:
        words = words[:_ENDS] + ["\n"] + words[-_ENDS:]
    bits = leading = covered = 0
    for i, word in enumerate(words):
        if word in phrases:
            for rest, bit in phrases[word]:
                if not rest or words[i + 1 : i + 1 + len(rest)] == rest:
                    bits |= bit
                    if not i:
                        leading |= bit
                    covered |= ((2 << len(rest)) - 1) << i
    if not text.isascii() and max(text) >= _DENSE_FROM:
        return _dense_hits(known, text, bits, leading)
    if not bits:
        return _NOTHING
    if len(words) > _ENDS:
        return Hits(bits, 0, leading)
    everyday = known.languages
    letters = outside = 0
    for i, word in enumerate(words):
        if covered >> i & 1:
            letters += len(word)
        elif word not in everyday and word != "#":
            outside += len(word)
    return Hits(bits, bits if letters >= _COVERING * (letters + outside) else 0, leading)


def _dense_hits(known: Lexicon, text: str, bits: int, leading: int) -> Hits:
    text = text.lower()
    if len(text) > 80:
        text = text[:30] + "\n" + text[-30:]
    letters = 0
    for phrase, bit in known.dense:
        if phrase in text:
            bits |= bit
            letters += len(phrase)
            if text.startswith(phrase):
                leading |= bit
    return Hits(bits, bits if letters >= _COVERING * len(text) else 0, leading)


def stop_set(language: str) -> frozenset[str]:
    """Stop words of a language by its two-letter code; empty where there is no list."""
    return lexicon().stops.get(language, frozenset())


_SCRIPTS = (("ja", "\u3040", "\u30ff"), ("zh", "\u4e00", "\u9fff"), ("th", "\u0e00", "\u0e7f"), ("ko", "\uac00", "\ud7af"))


def language_of(words: Iterable[str]) -> str:
    """The language with the most stop words among lower-cased words; by script where words are not set apart.

    Empty if there is too little to go by: fewer than five hits, or under a twentieth of the words.
    """
    words = list(words)
    sample = "".join(words)[:4000]
    if not sample.isascii() and max(sample) >= _DENSE_FROM:
        for language, first, last in _SCRIPTS:
            if sum(first <= character <= last for character in sample) > len(sample) / 10:
                return language
    counts: dict[str, int] = {}
    known = lexicon().languages
    for word in words:
        if word in known:
            for language in known[word]:
                counts[language] = counts.get(language, 0) + 1
    if not counts:
        return ""
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if counts[best] >= 5 and counts[best] * 20 >= len(words) else ""
