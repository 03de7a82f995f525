"""HTML → blocks, in one pass over the parser's events.

The parser's events are used instead of a tree: no page is nested too deeply for them (libxml2 builds no tree below
2,048 levels and drops the text there), nothing recurses, and the work is linear in the size of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

from lxml import etree

from stripper.model import Block, Document
from stripper.readers.html_blocks import DEEP, BlockBuilder, DeepError, LineTarget
from stripper.readers.html_deep import DeepTarget
from stripper.readers.html_metadata import claims_of, without_site
from stripper.readers.html_space import CELL_END, LINE_END, squeeze

_PIECE = 2**16
"""Bytes that the parser gets at a time."""


def read_html(text: str, name: str = "-", number_lines: bool = False) -> Document:
    """Read a page.

    text: the decoded page. name: shown to the user. number_lines: also note the source lines of each block, which
    costs half the parsing time again. Never raises on account of the page.
    """
    for sign in (LINE_END, CELL_END):
        if sign in text:
            text = text.replace(sign, "\x02")  # not left out: what is joined could be a tag
    data = text.encode("utf-8", "replace")
    try:
        reader = _parsed(data, number_lines)
    except DeepError:
        reader = _parsed(data, number_lines, deep=True)
    document = _document(reader, name)
    # lxml's parser and its target hold each other: nothing else may hang on them until the garbage collector comes.
    reader.blocks, reader.elements, reader.pictures = [], [], []
    return document


def _parsed(data: bytes, number_lines: bool, deep: bool = False) -> BlockBuilder:
    """What the parser finds in a page. Raises DeepError for pages that are to be read with `deep`."""
    reader = BlockBuilder(inf if deep else DEEP)
    target: Any = LineTarget(reader) if number_lines else reader  # the stubs ask for more than the parser does
    if deep:
        target = DeepTarget(target)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    feed = target.feeder(parser.feed) if deep else parser.feed
    # The parser does not tell an event's line, so it gets the page line by line.
    for number, line in enumerate(data.splitlines(keepends=True) if number_lines else [data], int(number_lines)):
        reader.line = number
        for piece in _pieces(line):
            feed(piece)
    if data.strip():
        parser.close()
    return reader


def _pieces(data: bytes) -> Iterator[bytes]:
    """Parts of a page that begin with tags: the parser says only after each that its target has raised an error."""
    begin = 0
    while begin < len(data):
        end = data.find(b"<", begin + _PIECE)
        yield data[begin : end if end > 0 else None]
        begin = end if end > 0 else len(data)


def _document(reader: BlockBuilder, name: str) -> Document:
    metadata = reader.metadata
    site = metadata.get("og:site_name", "")
    claims = claims_of(reader.scripts)
    title = metadata.get("og:title") or claims.headline or reader.title
    blocks = reader.blocks
    if claims.body and not any(not block.hidden for block in blocks):
        texts = [text for line in claims.body.splitlines() if (text := squeeze(line))]
        if claims.headline:
            texts.insert(0, claims.headline)
        blocks = [
            Block(number, text, "title" if claims.headline and number == 1 else "paragraph", element=-1)
            for number, text in enumerate(texts, 1)
        ] + [block._replace(number=number) for number, block in enumerate(blocks, len(texts) + 1)]
    return Document(
        name=name,
        kind="html",
        origin="HTML page",
        title=without_site(title, site),
        description=metadata.get("og:description") or metadata.get("description", ""),
        author=claims.author or metadata.get("author", "") or metadata.get("article:author", ""),
        claimed=claims.body,
        blocks=tuple(blocks),
        elements=tuple(reader.elements),
        pictures=tuple(reader.pictures),
    )
