"""What a block's own text looks like: length, sentences, words, letters."""

from __future__ import annotations

from stripper.features import Page
from stripper.features.local import count_of
from stripper.observations.table import Column


def words(page: Page) -> Column:
    """Words in the block.

    fires: <p>Seven ferries lay idle in the harbour.</p>
    silent: (never)
    """
    return page.local.words


def chars(page: Page) -> Column:
    """Characters in the block.

    fires: <p>Seven ferries lay idle in the harbour.</p>
    silent: (never)
    """
    return page.local.chars


def sentences(page: Page) -> Column:
    """Sentence ends inside the block and at its end.

    fires: <p>The ferries lay idle. Nobody came.</p>
    silent: <p>Ferries, harbour, tide</p>
    """
    return page.local.sentences


def commas(page: Page) -> Column:
    """Commas in the block (postlight-parser's score-commas).

    fires: <p>The ferry, the tug, and the barge lay idle.</p>
    silent: <p>The ferry lay idle.</p>
    """
    return page.local.commas


def stop_words(page: Page) -> Column:
    """Stop-word density of the block's start, in the page's language (jusText).

    fires: <p>The ferry was in the harbour and the tide was out, so that all of the crew went to the inn.</p>
    silent: <p>Ferry harbour tide crew.</p>
    """
    return page.local.stop_words


def capitals(page: Page) -> Column:
    """Share of the first 12 words that start with a capital letter.

    fires: <p>Ferry Timetable Summer</p>
    silent: <p>the ferry lay idle</p>
    """
    return page.local.capitals


def digits(page: Page) -> Column:
    """Share of the characters that are digits.

    fires: <p>12 May 2031, 14:05</p>
    silent: <p>the ferry lay idle</p>
    """
    return page.local.digits


_LAST = {
    **dict.fromkeys(".。।؟۔", "stop"), **dict.fromkeys("!！", "!"), **dict.fromkeys("?？", "?"), "…": "…", ":": ":", "：": ":",
    ",": ",", ";": ",", "»": "arrow", "›": "arrow", "→": "arrow", ">": "arrow", "▼": "arrow", "©": "mark", "®": "mark", "|": "mark",
    "+": "mark", "*": "mark", "%": "%", "-": "mark", "–": "mark", "—": "mark", "/": "mark", "•": "mark", "·": "mark", ")": ")",
}  # fmt: skip


def last_character(page: Page) -> Column:
    """What the block ends with: full stop, question mark, colon, arrow, digit, letter …

    fires: <p>Here is the list:</p>
    silent: (never)
    """
    out = []
    for text, last in zip(page.local.texts, page.local.last_character, strict=True):
        end = text[-1]
        kind = _LAST.get(last) or _LAST.get(end)
        if kind is None:
            kind = "digit" if last.isdigit() else "letter" if last.isalpha() else "other"
        out.append(kind)
    return out


def first_character(page: Page) -> Column:
    """What the block starts with: capital, small letter, digit, quote, dash, bracket, arrow, sign.

    fires: <p>“We were lucky,” she said.</p>
    silent: (never)
    """
    out = []
    for text in page.local.texts:
        first = text[0]
        if first.isalpha():
            out.append("small" if first.islower() else "capital" if first.isupper() else "letter")
        elif first.isdigit():
            out.append("digit")
        else:
            out.append(_FIRST.get(first, "sign"))
    return out


_FIRST = {
    **dict.fromkeys("\"“„«‘'‚「『", "quote"), **dict.fromkeys("-–—", "dash"), **dict.fromkeys("([{", "bracket"),
    **dict.fromkeys("»›→>▶►«‹←", "arrow"), "©": "©", "#": "#", "@": "@", "+": "+", "|": "bar", "/": "bar", "·": "bullet", "•": "bullet",
    "*": "star", "$": "money", "€": "money", "£": "money", "[": "bracket",
}  # fmt: skip



def lines_inside(page: Page) -> Column:
    """Lines of the block (breaks that the page sets).

    fires: <p>one<br>two<br>three</p>
    silent: <p>one two three</p>
    """
    return [text.count("\n") for text in page.local.texts]


def code_signs(page: Page) -> Column:
    """Share of the characters that are signs of programs (braces, equals signs, semicolons …).

    fires: <p>tide = low(height); { return tide; }</p>
    silent: <p>The tide is low.</p>
    """
    return [count_of(b"={};(<_", text) / n for text, n in zip(page.local.texts, page.local.chars, strict=True)]


def good_text(page: Page) -> Column:
    """Words of good text: 12 or more words, a sentence end, enough stop words, few links; else none.

    fires: <p>The ferry was in the harbour and the tide was out, so that all of the crew went to the inn.</p>
    silent: <p>The ferry lay idle.</p>
    """
    return page.local.good
