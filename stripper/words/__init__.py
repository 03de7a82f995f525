"""Words that give a block away: stop words, and the phrases that sites print around articles, one file a language.

A file `<language>.txt` holds one entry a line under a section in brackets; a line that starts with `#` is a comment.
`[stop]` holds the most frequent function words. Every other section is a family of phrases (`FAMILIES`); a phrase stands
in the family that says what its line *is*. Phrases under `[family start]` are everyday words (`by`, `home`, `source`): they
count only at the start of a text, after a bracket, bar or line break, or where phrases make up most of the text.

Phrases are written in lower case, without punctuation but for `-`, `'` (both as good as a blank) and `:` (which must be in
the text as well); `0` stands for any number and `©` is a word of its own. English applies to every page, for sites print it
around articles of any language; beside it the page's own language does, and no file is read that does not apply. Scripts
without spaces (Chinese, Japanese, Thai) are searched by substring.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from stripper.packaged import contents

FAMILIES: tuple[str, ...] = (
    "share", "follow", "subscribe", "login", "comment", "cookie", "related", "more", "tags", "legal", "byline", "date",
    "credit", "player", "ad", "menu", "paging", "shop", "bio", "form", "heading", "appeal", "toc", "skip",
)  # fmt: skip
"""What a phrase can say of its line; the bit of a family is `1 << index`."""

_SHARED: Mapping[str, tuple[str, ...]] = {
    "latin": (
        "en", "es", "de", "fr", "pt", "it", "nl", "pl", "sv", "da", "no", "fi", "cs", "hu", "ro", "tr", "id", "vi",
    ),
    "cyrillic": ("ru", "uk"),
}  # fmt: skip
"""Languages whose scripts are not theirs alone."""
LANGUAGES: tuple[str, ...] = (
    *_SHARED["latin"], *_SHARED["cyrillic"], "ar", "zh", "ja", "fa", "el", "he", "hi", "ko", "th",
)  # fmt: skip
"""Languages with a file of their own."""
_SAME = {"nb": "no", "nn": "no", "in": "id", "iw": "he"}
"""Codes of kinds of Norwegian, and codes no longer in use but on pages, to those of our files."""

DENSE_LANGUAGES = frozenset({"zh", "ja", "th"})
"""Languages written without spaces: their stop words are characters or particles, so density is per character."""

COVER = 0.6
"""Share of a text's letters from which phrases *cover* it."""
_END = 80
"""Characters looked at on either end of a long text, about twelve words: credits end a long caption."""
_DENSE_END = 30
"""The same for a text without spaces."""
_DENSE_WORD = 12
"""Mean characters a word from which a text counts as written without spaces."""
_LONGEST = 9
"""Words of the longest phrases."""
_DENSE_SCRIPTS = ("\u0e00", "\uac00")
"""Thai, Lao, kana, Han: a word whose greatest character is from the first and before the second has no spaces."""

_KINDS = len(FAMILIES)
_ALL = (1 << _KINDS) - 1


class Hits(NamedTuple):
    """What phrases say of a text: masks over `FAMILIES`."""

    bits: int
    """Families of the phrases found."""
    covered_bits: int
    """The same where phrases cover at least 60 % of the letters; else 0."""
    leading_bits: int
    """Families of the phrase that the text starts with."""


Find = tuple[int, int, int, int, bool]
"""A phrase found: its mask as in `Lexicon`, its first word, the word after it, its letters, whether a part starts with it.

Plain, for it is made for half of all blocks, and a named tuple takes six times as long.
"""


class Lexicon(NamedTuple):
    """What applies to pages in one language. Masks hold everyday phrases `len(FAMILIES)` bits further up."""

    stops: frozenset[str]
    """Stop words, in the parts that an apostrophe makes of them."""
    phrases: Mapping[str, int]
    """Phrase, words apart by one blank → mask."""
    firsts: frozenset[str]
    """The first words of all phrases."""
    pairs: frozenset[str]
    """The first two words of all phrases that have as many."""
    dense: Mapping[str, list[tuple[str, int]]]
    """First character → phrases in scripts without spaces and their masks, longest first."""


_NONE = Hits(0, 0, 0)


def hits(text: str, language: str = "") -> Hits:
    """The families whose phrases a text has, in English and in the page's language.

    Phrases are whole words, found from left to right, the longest first, without overlap; case and punctuation don't
    matter. Stop words and numbers beside the phrases count as covered, up to as many letters as the phrases have.
    """
    known = lexicon(language)
    text, is_short = _ends(text)
    folded = fold(text)
    words = folded.split()
    has_dense = bool(known.dense) and not folded.isascii() and max(folded) >= _DENSE_SCRIPTS[0]
    if known.firsts.isdisjoint(words) and not has_dense:
        return _NONE
    finds = _finds(words, known, has_dense)
    if not finds:
        return _NONE
    surely = anyway = 0
    for mask, _, _, _, starts in finds:
        whole = (mask | mask >> _KINDS) & _ALL
        anyway |= whole
        surely |= whole if starts else mask & _ALL
    mask, at, _, _, starts = finds[0]
    leading = (mask | mask >> _KINDS) & _ALL if starts and not at else 0
    if is_short and _is_covered(folded, words, finds, known.stops):
        return Hits(anyway, anyway, leading)
    return Hits(surely, 0, leading)


def first_family(mask: int) -> str:
    """The first family of a mask, as they stand in `FAMILIES`; empty for an empty mask."""
    return FAMILIES[(mask & -mask).bit_length() - 1] if mask else ""


def fold(text: str) -> str:
    """A text as phrases are compared: lower case, no punctuation but `:`, `©` and `|`, any number as 0."""
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    try:  # bytes take a tenth of the time, and most blocks are Latin-1
        folded = text.encode("latin-1").translate(_latin(), b"\xad").decode("latin-1")
    except UnicodeEncodeError:
        folded = text.lower().translate(_folding())
    else:
        for mark in "|:©":
            if mark in folded:
                folded = folded.replace(mark, f" {mark} ")
    if "00" in folded:
        folded = folded.replace("0000", "0").replace("000", "0").replace("00", "0").replace("00", "0")
    return folded.lstrip(" |:")


def _ends(text: str) -> tuple[str, bool]:
    """The part of a text to look at, and whether that is all of it."""
    if len(text) <= 3 * _DENSE_END:
        return text, True
    size = _END if text.count(" ") * _DENSE_WORD > len(text) else _DENSE_END
    if len(text) <= 3 * size:
        return text, True
    head, tail = text[: size + 1], text[-size - 1 :]
    return f"{head.rpartition(' ')[0] or head} \0 {tail.partition(' ')[2] or tail}", False


def _finds(words: list[str], known: Lexicon, has_dense: bool) -> list[Find]:
    _, phrases, firsts, pairs, dense = known
    finds: list[Find] = []
    last = len(words) - 1
    end = 0
    for i, word in enumerate(words):
        if not (word in firsts or has_dense) or i < end:
            continue
        starts = not i or words[i - 1] == "|"
        phrase = word
        if i < last and f"{word} {words[i + 1]}" in pairs:
            phrase = " ".join(words[i : i + _LONGEST])
            while phrase not in phrases and phrase != word:
                phrase = phrase.rpartition(" ")[0]
        if phrase in phrases:
            blanks = phrase.count(" ")
            end = i + blanks + 1
            finds.append((phrases[phrase], i, end, len(phrase) - blanks, starts))
        if has_dense and i >= end and _DENSE_SCRIPTS[0] <= max(word) < _DENSE_SCRIPTS[1]:
            finds += [(mask, i, i + 1, size, starts and not at) for mask, at, size in _scan(word, dense)]
    return finds


def _scan(word: str, dense: Mapping[str, list[tuple[str, int]]]) -> Iterator[tuple[int, int, int]]:
    """Phrases inside a run of characters without spaces: masks, places, lengths."""
    end = 0
    for at, character in enumerate(word):
        if at >= end and character in dense:
            for phrase, mask in dense[character]:
                if word.startswith(phrase, at):
                    end = at + len(phrase)
                    yield mask, at, len(phrase)
                    break


def _is_covered(folded: str, words: list[str], finds: list[Find], stops: frozenset[str]) -> bool:
    """Whether phrases, with the stop words and numbers beside them, make up most of the letters."""
    needed = COVER * (len(folded) - folded.count(" ") - folded.count("|") - folded.count(":"))
    letters = sum([find[3] for find in finds])
    if not needed or not letters < needed <= 2 * letters:
        return letters >= needed
    taken = {i for _, first, end, _, _ in finds for i in range(first, end)}
    beside = sum([len(word) for i, word in enumerate(words) if i not in taken and (word == "0" or word in stops)])
    return letters + min(beside, letters) >= needed


def language_of(words: Iterable[str]) -> str:
    """The language that most stop words belong to, or that is alone in its script; empty if too little says so.

    `words` are lower-cased, each as often as it occurs; punctuation may still be on them. Needs five stop words, or one
    in twenty words.
    """
    counts = Counter(words)
    candidates = _candidates(counts)
    if len(candidates) < 2:
        return "".join(candidates)
    best, most = "", 0
    seen = frozenset(counts)
    for language in candidates:
        found = sum(map(counts.__getitem__, _stops(language) & seen))
        if found > most:
            best, most = language, found
    return best if most >= 5 or most * 20 >= counts.total() else ""


_SCRIPTS: tuple[tuple[str, str, str, int], ...] = (
    ("latin", "a", "\u024f", 1),
    ("el", "\u0370", "\u03ff", 1),
    ("cyrillic", "\u0400", "\u052f", 1),
    ("he", "\u0590", "\u05ff", 1),
    ("arabic", "\u0600", "\u06ff", 1),
    ("hi", "\u0900", "\u097f", 1),
    ("th", "\u0e00", "\u0e7f", 1),
    ("ja", "\u3040", "\u30ff", 2),
    ("zh", "\u3400", "\u9fff", 2),
    ("ko", "\uac00", "\ud7a3", 2),
)
"""Name (the language where there is but one to think of), first and last character, letters that one is worth."""
_PERSIAN = "\u06a9\u06cc\u067e\u06af\u0686"
"""Letters of Persian that Arabic doesn't have."""
_SAMPLE = 2000
"""Characters looked at to tell the script."""


def _candidates(counts: Counter[str]) -> tuple[str, ...]:
    """The language that the script alone tells, or those that stop words must decide between; none without letters."""
    letters = Counter("".join(counts)[:_SAMPLE])
    sums = {
        name: weight * sum([n for letter, n in letters.items() if first <= letter <= last])
        for name, first, last, weight in _SCRIPTS
    }
    if 8 * sums["ja"] >= sums["zh"]:  # kana is enough to tell Japanese, which is half Han
        sums["ja"] += sums["zh"]
    script = max(sums, key=lambda name: sums[name])
    if sums[script] < 2:
        return ()
    if script == "arabic":
        return ("fa",) if 20 * sum([letters[letter] for letter in _PERSIAN]) >= sums[script] else ("ar",)
    if script not in _SHARED:
        return (script,)
    return tuple([language for name in _SHARED if 10 * sums[name] >= sums[script] for language in _SHARED[name]])


def stop_set(language: str) -> frozenset[str]:
    """The stop words of a language (`de`, also `de-AT`), lower case; empty where there is no list.

    For `DENSE_LANGUAGES` they are characters or particles to be counted by substring.
    """
    code = _code(language)
    return _stops(code) if code else frozenset()


def _code(language: str) -> str:
    """The listed language that a tag such as `de-AT` or `nb` means; empty where there is none."""
    code = language.lower().replace("_", "-").partition("-")[0]
    code = _SAME.get(code, code)
    return code if code in LANGUAGES else ""


@cache
def _stops(language: str) -> frozenset[str]:
    """The stop words alone: to tell the language takes those of all."""
    return frozenset(_written(language).partition("[stop]\n")[2].partition("\n\n")[0].splitlines())


def _written(language: str) -> str:
    return contents("words", f"{language}.txt").decode("utf-8")


def sections(language: str) -> dict[str, list[str]]:
    """The entries of a language's file by section, as written; `family start` is a section of its own.

    Raises FileNotFoundError for a language without a file.
    """
    found: dict[str, list[str]] = {}
    for part in _written(language).split("\n[")[1:]:
        name, _, body = part.partition("]\n")
        entries = body.strip("\n").split("\n")
        found[name] = [entry for entry in entries if entry[0] != "#"] if "#" in body else entries
    return found


@lru_cache(maxsize=64)  # pages may name any language, listed or not
def lexicon(language: str = "") -> Lexicon:
    """English and a language, read when first asked for; English alone where it has no list."""
    code = _code(language)
    english = _read("en")
    if code in ("", "en"):
        return english
    own = _read(code)
    phrases = {**english.phrases, **own.phrases}
    for phrase in english.phrases.keys() & own.phrases.keys():
        phrases[phrase] |= english.phrases[phrase]
    return Lexicon(
        english.stops | own.stops, phrases, english.firsts | own.firsts, english.pairs | own.pairs, own.dense
    )


@cache
def _read(language: str) -> Lexicon:
    """A language alone."""
    phrases: dict[str, int] = {}
    stops: list[str] = []
    for name, entries in sections(language).items():
        lines = "\n".join(entries).replace("'", " ").replace("-", " ").replace(":", " :")
        if name == "stop":
            stops = lines.split()
            continue
        family, _, everyday = name.partition(" ")
        phrases |= dict.fromkeys(lines.split("\n"), 1 << FAMILIES.index(family) + (_KINDS if everyday else 0))
    dense: dict[str, list[tuple[str, int]]] = {}
    if language in DENSE_LANGUAGES:
        for phrase in sorted(phrases, key=len, reverse=True):
            dense.setdefault(phrase[0], []).append((phrase, phrases[phrase]))
    pairs = re.findall(r"^\S+ \S+", "\n".join(phrases), re.MULTILINE)
    return Lexicon(
        frozenset(stops), phrases, frozenset([phrase.partition(" ")[0] for phrase in phrases]), frozenset(pairs), dense
    )


_VARIANTS = str.maketrans("άέήίόύώϊϋΐΰςёأإآىی", "αεηιουωιυιυσеااايي") | {0x307: None, 0x640: None}
"""Letters that sites write in two ways: Greek accents and final sigma, Russian yo, Arabic alef and yeh; the dot that the
lower case of a Turkish capital leaves, and the Arabic stretcher, go."""
_SYMBOLS = ((0x20, 0x7F), (0xA0, 0xC0), (0x2000, 0x2C00), (0x3000, 0x3040), (0xFE00, 0xFE70), (0xFF00, 0xFF10),
            (0xFF1A, 0xFF21), (0x1F300, 0x1FB00))  # fmt: skip
"""Ranges of punctuation, arrows, pictures: blanks, where they are neither letters nor digits."""
_BARS = "\n\t|([{•·»→▸►・【（［"
"""What starts a new part of a line."""


_MARKS = "’“”‘–—…"
"""The commonest punctuation beyond Latin-1."""


class _Folding(dict[int, int | str | None]):
    """A table for `str.translate` that learns characters as they come: finding nothing is slow, and so is a full table."""

    def __missing__(self, code: int) -> int | str:
        is_symbol = any(first <= code < last for first, last in _SYMBOLS) and not chr(code).isalnum()
        self[code] = folded = " " if is_symbol else code
        return folded


@cache
def _folding() -> _Folding:
    table = _Folding(_VARIANTS)
    table.update(dict.fromkeys((215, 247, 1548, 1563, 1567, 1642, 1748, 2404, 2405), " "))
    table.update(dict.fromkeys(map(ord, "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９"), "0"))
    table.update(dict.fromkeys(map(ord, _BARS), " | "))
    table.update(dict.fromkeys(map(ord, ":："), " : "))
    table.update(dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), None))
    table[ord("©")] = " © "
    return table


@cache
def _latin() -> bytes:
    """The same for Latin-1, one for one: `:`, `|` and `©` have their blanks put around them afterwards."""
    folded = "".join(map(chr, range(256))).lower().replace("\xad", " ").translate(_folding())
    return folded.replace(" | ", "|").replace(" : ", ":").replace(" © ", "©").encode("latin-1")
