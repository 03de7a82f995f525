"""Every file of the corpora in one batch: no traceback, nothing lost, and the explanation is the decision.

    python -m tests.bench.laws CORPORA [--sample N] [--show N]

Reads the files as a user's: their bytes, nothing told but the name. For a page, the words of its blocks are compared with
those of its tree in lxml, rendered by rules of this module's own; for a text, with the words of the file. White space,
order and punctuation do not count. Allowed is what the readers document: link numbers of text browsers that are counted
as links, and an article from the page's metadata where the page shows none. Exits 1 where a law is broken, after
printing the worst offenders.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from stripper.decide import decide
from stripper.decode import decode, unpack
from stripper.model import Document, Points, Verdict
from stripper.readers import read
from stripper.readers.text_lines import split_lines
from tests.bench.corpora import tokens

UNSEEN = frozenset(
    "script style title svg datalist iframe noframes frameset noembed annotation annotation-xml applet".split()
)
"""Elements whose text no page shows."""
INLINE = UNSEEN | frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd mark math mi mn mo mrow ms msub msup mtext"
    " nobr q rb rp rtc ruby s samp small span strike strong sub sup time tt u var wbr picture source slot label-text g-emoji meta"
    " link base image amp-img embed amp-iframe amp-youtube input track param".split()
)
"""Elements that do not part words."""
HEADING_LINKS = frozenset({"headerlink", "mw-editsection"})
"""Classes of what stands in headings and is a block of its own."""
BUTTONS = frozenset({"submit", "button", "reset"})
CONTROLS = dict.fromkeys(
    [*range(9), *range(14, 32), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""Characters that are never printed (controls, marks of direction); some pages hold them in the middle of words."""


class Finding(NamedTuple):
    """A law that a file breaks."""

    file: str
    law: str
    size: int
    """Words concerned; blocks for law 3."""
    what: str


def words_of_page(data: bytes) -> Counter[str]:
    """The words that a page's tree holds, seen or hidden: an independent rendering."""
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if root is None:
        return Counter()
    roots = [root, *(more for more in root.itersiblings() if isinstance(more.tag, str))]  # what stands after </html>
    return Counter(tokens(" ".join(["".join(_pieces(one)) for one in roots]).translate(CONTROLS)))


def is_unseen(element: etree._Element, name: str) -> bool:
    """Whether nothing of an element is shown, nor would be without scripts; in the head that is all that belongs there."""
    parent = element.getparent()
    return name in UNSEEN or (name in ("noscript", "template") and parent is not None and parent.tag == "head")


def is_apart(element: etree._Element) -> bool:
    """Whether an element's words are parted from those around: its own attributes hide it, or it is a link to the heading in
    which it stands."""
    style = element.get("style", "").lower().replace(" ", "")
    return (
        "hidden" in element.attrib
        or "display:none" in style
        or "visibility:hidden" in style
        or not HEADING_LINKS.isdisjoint(element.get("class", "").split())
    )


def _pieces(root: etree._Element) -> Iterator[str]:
    """Depth first without recursion: text, what controls show, and a blank where words are parted."""
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield element.tail or "" if not unseen else ""
            continue
        name = str(element.tag).lower()
        gap = "" if name in INLINE and not is_apart(element) else " "
        if event == "start":
            if not unseen:
                yield gap
                if name == "input" and element.get("type", "").lower() in BUTTONS:
                    yield f" {element.get('value') or ''} "
                elif name in ("option", "optgroup") and element.get("label"):
                    yield f"{element.get('label')} "
            unseen += is_unseen(element, name)
            if not unseen:
                yield ("(" if name == "rt" else "") + (element.text or "")
        else:
            unseen -= is_unseen(element, name)
            if not unseen:
                yield (")" if name == "rt" else gap) + (element.tail or "")


def law_1_page(document: Document, data: str) -> Iterator[tuple[str, int, str]]:
    """Nothing is lost or doubled. Words that are only apart or together otherwise are told from lost ones by letters."""
    want = words_of_page(data.encode("utf-8", "replace"))
    have = Counter(word for block in document.blocks for word in tokens(block.text))
    if document.claimed:
        have -= (have - want) & (Counter(tokens(document.claimed)) + Counter(tokens(document.title)))
    yield from _difference(have, want)


def law_1_text(document: Document, text: str) -> Iterator[tuple[str, int, str]]:
    """Each line with words is in one block, and its words are the block's; link numbers may go."""
    source, _ = split_lines(text)
    taken = Counter(at for block in document.blocks for at in range(block.lines[0], block.lines[1] + 1))
    bare = [at for at, line in enumerate(source, 1) if tokens(line) and taken[at] != 1]
    if bare:
        yield "1: line in no block or in several", len(bare), f"lines {bare[:8]}"
    want = Counter(word for line in source for word in tokens(line))
    have = Counter(word for block in document.blocks for word in tokens(f"{block.mark} {block.text}"))
    links = sum(block.links or 0 for block in document.blocks)
    missing = want - have
    numbers = Counter({word: count for word, count in missing.items() if word.isdecimal()})
    if numbers.total() <= links + len(document.blocks):
        want -= numbers
    yield from _difference(have, want)


def _difference(have: Counter[str], want: Counter[str]) -> Iterator[tuple[str, int, str]]:
    lost, extra = want - have, have - want
    if not lost and not extra:
        return
    letters_lost, letters_extra = Counter("".join(lost.elements())), Counter("".join(extra.elements()))
    sides = f"lost {_some(lost)}; made {_some(extra)}"
    if letters_lost == letters_extra:
        yield "1: words glued or torn", max(lost.total(), extra.total()), sides
    elif letters_lost - letters_extra:
        yield "1: words lost", lost.total(), sides
    else:
        yield "1: words made", extra.total(), sides


def _some(words: Counter[str]) -> str:
    return " ".join(word[:30] for word, _ in words.most_common(8)) or "nothing"


def law_3(verdicts: Sequence[Verdict]) -> Iterator[tuple[str, int, str]]:
    """The rows add up to the sums, and the sums have their maximum at the label."""
    wrong = [
        verdict.block.number
        for verdict in verdicts
        if Points(*map(sum, zip(*[row.points for row in verdict.evidence], strict=True))) != verdict.sums
        or getattr(verdict.sums, verdict.label) != max(verdict.sums)
    ]
    if wrong:
        yield "3: the rows do not add up to the decision", len(wrong), f"blocks {wrong[:8]}"


def check(path: Path) -> list[Finding]:
    """The laws that one file breaks."""
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    try:
        data = path.read_bytes()
        document = read(data, path.name)
        verdicts = decide(document, explain=True)
        text = read_as_text(data, path.name, document)
        broken = [*(law_1_page if document.kind == "html" else law_1_text)(document, text), *law_3(verdicts)]
        if (document.kind == "html") != (path.parent.name == "html"):
            broken.append(("kind", 1, f"taken for {document.kind}"))
    except Exception:
        return [Finding(name, "traceback", 1, traceback.format_exc(limit=-2).replace("\n", " | "))]
    return [Finding(name, *one) for one in broken]


def read_as_text(data: bytes, name: str, document: Document) -> str:
    """The characters of a file, decoded as the document was."""
    return decode(unpack(data), None, detect=document.kind == "text").text


def main() -> int:
    """Check and print; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="take every Nth file [1]")
    parser.add_argument("--show", type=int, default=10, metavar="N", help="list the N worst files by law [10]")
    args = parser.parse_args()
    files = sorted([*args.corpora.glob("*/*/*.html.gz"), *args.corpora.glob("*/*/*.txt")])[:: args.sample]
    if not files:
        print(f"skipped: no corpora at {args.corpora}")
        return 0
    with ProcessPoolExecutor(2) as pool:
        found = [one for broken in pool.map(check, files, chunksize=8) for one in broken]
    print(f"{len(files)} files, {len({one.file for one in found})} of them break a law")
    for law, count in Counter(one.law for one in found).most_common():
        own = sorted((one for one in found if one.law == law), key=lambda one: -one.size)
        print(f"{law}: {count} files, {sum(one.size for one in own)} in all")
        for one in own[: args.show]:
            print(f"  {one.size:6}  {one.file}: {one.what}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
