"""The against view: the output beside a clean text made by hand. What is missing, and what is too much?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from stripper.model import Block, Document, Label, Verdict
from stripper.terminal.cells import wrap
from stripper.terminal.inspect import command
from stripper.terminal.style import Span, Style, line, visible

MOST_WORDS = 3000
"""Words on either side of a changed stretch up to which it is compared word by word."""
MOST_PARAGRAPHS = 20_000
"""Paragraphs on either side up to which they are compared at all."""

MOST_PAIRS = 10_000
"""Pairs of paragraphs in a changed stretch up to which those that belong together are looked for."""

NAMES = {"missing": "missing", "extra": "too much"}
BRACKETS = {"": ("", ""), "missing": ("[-", "-]"), "extra": ("{+", "+}")}
"""Marks around words, so that the view says as much without colours."""

_CONTEXT = 6
"""Words left standing on both sides of a change."""
_INDENT = "    "
_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


class Paragraph(NamedTuple):
    """A stretch of text that is compared as one."""

    text: str
    """Words apart by one blank."""
    key: str
    """What makes two paragraphs equal: the lower-cased words without punctuation and list marks."""
    verdict: Verdict | None
    """The block that holds just this text, where there is one."""


def words_of(text: str) -> list[str]:
    """The lower-cased words of `text`, as the WCXB measure counts them."""
    return _WORD.findall(text.translate(_INVISIBLE).lower())


def word_scores(given: Sequence[str], wanted: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 (0 to 1) of two bags of words; all are 1 where both are empty."""
    both = (Counter(given) & Counter(wanted)).total()
    if not both:
        return (1.0, 1.0, 1.0) if not given and not wanted else (0.0, 0.0, 0.0)
    precision, recall = both / len(given), both / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall)


def against_view(
    document: Document, verdicts: Sequence[Verdict], keep: Collection[Label], wanted: str, style: Style
) -> Iterator[str]:
    """Lines of the view: the blocks in `keep` compared with the clean text `wanted`."""
    paragraphs = [_paragraph(_printed(document, verdict.block), verdict) for verdict in verdicts]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph.key]
    given = [paragraph for paragraph in paragraphs if paragraph.verdict and paragraph.verdict.label in keep]
    known = {paragraph.key: paragraph.verdict for paragraph in reversed(paragraphs)}
    target = list(_paragraphs(wanted, known))

    yield line(style, "output: ", ("[-missing-]", "missing"), " ", ("{+too much+}", "extra"))
    yield ""
    asked: list[int] = []
    if max(len(given), len(target)) <= MOST_PARAGRAPHS:
        yield from _changes(target, given, style, asked)
    else:
        yield line(style, (f"more than {MOST_PARAGRAPHS:,} paragraphs: compared as bags of words only", "faint"))

    have = [word for paragraph in given for word in paragraph.key.split(" ")]
    want = [word for paragraph in target for word in paragraph.key.split(" ")]
    yield ""
    yield line(style, f"{len(want):,} words wanted, {len(have):,} words given")
    precision, recall, f1 = word_scores(have, want)
    yield line(style, f"precision {precision:.3f}  recall {recall:.3f}  F1 ", (f"{f1:.3f}", "head"))
    if asked:
        numbers = ",".join(map(str, sorted(set(asked))[:5]))
        yield line(style, ("why? ", "faint"), command(f"-x -n {numbers}", document.name))


def _printed(document: Document, block: Block) -> str:
    """The text of `block` as the output has it."""
    first, last = block.lines
    return " ".join(document.source[first - 1 : last]) if document.source and first else block.mark + block.text


def _paragraph(text: str, verdict: Verdict | None) -> Paragraph:
    return Paragraph(" ".join(text.split()), " ".join(words_of(text)), verdict)


def _paragraphs(text: str, known: dict[str, Verdict | None]) -> Iterator[Paragraph]:
    """The paragraphs of a clean text, apart by blank lines; a line that is a block by itself (an item) stands alone."""
    for group in re.split(r"\n[^\S\n]*\n", text):
        lines = [_paragraph(part, None) for part in group.split("\n")]
        joined = _paragraph(group, None)
        together = joined.key in known or not any(part.key in known for part in lines)
        for part in [joined] if together else lines:
            if part.key:
                yield part._replace(verdict=known.get(part.key))


def _changes(target: list[Paragraph], given: list[Paragraph], style: Style, asked: list[int]) -> Iterator[str]:
    """The stretches of paragraphs that differ; the numbers of the blocks in them are added to `asked`."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, [one.key for one in target], [one.key for one in given])
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield line(style, (f"{i2 - i1:,} paragraph{'s' * (i2 - i1 > 1)} alike", "faint"))
            continue
        if kind == "replace" and max(_bag(*target[i1:i2]).total(), _bag(*given[j1:j2]).total()) > MOST_WORDS:
            yield line(style, ("a long stretch: its words are compared inside single paragraphs only", "faint"))
        for gone, new in _pairs(target[i1:i2], given[j1:j2]):
            if gone and new:
                yield from _changed(gone, new, style, asked)
                continue
            for paint, paragraphs in (("missing", gone), ("extra", new)):
                for paragraph in paragraphs:
                    yield line(style, (NAMES[paint], paint), *_places([paragraph], style, asked))
                    yield from _wrapped(_marked(paragraph.text.split(" "), paint, style), style)


def _pairs(gone: list[Paragraph], new: list[Paragraph]) -> Iterator[tuple[list[Paragraph], list[Paragraph]]]:
    """Divide two stretches into parts to compare; a part that has no counterpart stands beside nothing.

    Paragraphs that share most of their words belong together; what is left between them is compared as one where that
    helps (the same text, divided into paragraphs otherwise).
    """
    couples = _couples(gone, new) if len(gone) * len(new) <= MOST_PAIRS else []
    i = j = 0
    for end_i, end_j in [*couples, (len(gone), len(new))]:
        between = gone[i:end_i], new[j:end_j]
        if _comparable(*between):
            yield between
        else:
            yield between[0], []
            yield [], between[1]
        if end_i < len(gone):
            yield [gone[end_i]], [new[end_j]]
        i, j = end_i + 1, end_j + 1


def _couples(gone: list[Paragraph], new: list[Paragraph]) -> Iterator[tuple[int, int]]:
    """Indices of paragraphs that share most of the words of the longer one, in order."""
    bags = list(map(_bag, new))
    after = 0
    for i, bag in enumerate(map(_bag, gone)):
        for j in range(after, len(new)):
            longer = max(bag.total(), bags[j].total())
            if longer <= MOST_WORDS and 2 * (bag & bags[j]).total() > longer:
                yield i, j
                after = j + 1
                break


def _bag(*paragraphs: Paragraph) -> Counter[str]:
    return Counter(word for one in paragraphs for word in one.key.split(" "))


def _comparable(gone: list[Paragraph], new: list[Paragraph]) -> bool:
    """Whether marks inside help: neither stretch is too long, and they share half the words of the shorter one."""
    ours, theirs = _bag(*gone), _bag(*new)
    if not gone or not new or max(ours.total(), theirs.total()) > MOST_WORDS:
        return False
    return 2 * (ours & theirs).total() >= min(ours.total(), theirs.total())


def _changed(gone: list[Paragraph], new: list[Paragraph], style: Style, asked: list[int]) -> Iterator[str]:
    """Two stretches as one text with marks."""
    from difflib import SequenceMatcher

    want, have = ([word for one in side for word in one.text.split(" ")] for side in (gone, new))
    wanted, given = (["".join(words_of(word)) for word in side] for side in (want, have))
    spans: list[Span] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, wanted, given).get_opcodes():
        # Words without a letter or digit (list marks, dashes) are no difference, as they are none to the scores.
        if kind == "equal" or not any(wanted[i1:i2] + given[j1:j2]):
            spans += _marked(_shortened(have[j1:j2], style), "", style)
        else:
            spans += _marked(want[i1:i2], "missing", style) + _marked(have[j1:j2], "extra", style)
    if any(paint for _, paint in spans):
        yield line(style, ("changed", "head"), *_places(new, style, asked))
        yield from _wrapped(spans, style)
    else:
        yield line(style, ("alike, divided otherwise", "faint"), *_places(new, style, []))


def _places(paragraphs: Sequence[Paragraph], style: Style, asked: list[int]) -> list[Span | str]:
    """Which blocks the paragraphs are; their numbers are added to `asked`."""
    verdicts = [one.verdict for one in paragraphs if one.verdict]
    asked += [verdict.block.number for verdict in verdicts]
    return [
        part
        for verdict in verdicts[:3]
        for part in (f"  block {verdict.block.number} ", (verdict.label.value, verdict.label.value))
    ] + [style.pick("  …", "  ...")] * (len(verdicts) > 3)


def _marked(words: Sequence[str], paint: str, style: Style) -> list[Span]:
    """Words with the paint's brackets around them, ready to be wrapped."""
    start, end = BRACKETS[paint]
    text = visible(f"{start}{' '.join(words)}{end}", style.unicode)
    return [(word, paint) for word in text.split(" ")] if words else []


def _shortened(words: list[str], style: Style) -> list[str]:
    """A long run of words that are alike: its ends."""
    return words if len(words) <= 3 * _CONTEXT else [*words[:_CONTEXT], style.pick("…", "..."), *words[-_CONTEXT:]]


def _wrapped(words: list[Span], style: Style) -> Iterator[str]:
    room = max(style.width - len(_INDENT), 2) if style.width else 0
    for row in wrap(words, room):
        yield line(style, _INDENT, *row)
