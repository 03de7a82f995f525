"""Strips everything but the article from web pages and plain text, and says why.

>>> from stripper import strip
>>> strip(b"<p>Only a paragraph that says something, and then some more of it, is worth being kept here.</p>")
'Only a paragraph that says something, and then some more of it, is worth being kept here.\\n'
"""

from __future__ import annotations

from collections.abc import Iterable

from stripper.model import Block, Document, Element, Evidence, Label, Picture, Points, Verdict

__version__ = "0.1.0"
__all__ = [
    "Block",
    "Document",
    "Element",
    "Evidence",
    "Label",
    "Picture",
    "Points",
    "Verdict",
    "__version__",
    "classify",
    "read",
    "strip",
]

# What does the work is imported when it is first needed: importing the package costs next to nothing.


def read(data: bytes | str, *, kind: str = "auto", encoding: str | None = None, name: str = "-") -> Document:
    """A page or text as a flat list of blocks.

    data: the input's bytes (gzip is opened) or its characters. kind: `html`, `text`, or `auto` to tell by the content.
    encoding: name of the encoding, where it is known better than can be told. name: shown as the document's name.
    Raises stripper.decode.UnreadableError for binary input, LookupError for an unknown encoding, ValueError for an
    unknown kind.
    """
    from stripper.readers import read as read_document

    return read_document(data, name, kind, encoding)


def classify(
    data: bytes | str | Document,
    *,
    kind: str = "auto",
    encoding: str | None = None,
    favor: str = "balance",
    disable: Iterable[str] = (),
    explain: bool = False,
) -> list[Verdict]:
    """The blocks of a page or text with their labels, one verdict a block, in order.

    data, kind, encoding: as for `read`; or a document that was read before. favor: `precision`, `balance` or `recall`.
    disable: names of observations to leave out. explain: also give the evidence.
    """
    from stripper.decide import decide

    document = data if isinstance(data, Document) else read(data, kind=kind, encoding=encoding)
    return decide(document, favor, frozenset(disable), explain)


def strip(
    data: bytes | str | Document,
    *,
    kind: str = "auto",
    encoding: str | None = None,
    keep: Iterable[str] = ("body",),
    favor: str = "balance",
    unwrap: bool = False,
) -> str:
    """The article of a page or text as plain text; empty where there is none.

    data, kind, encoding, favor: as for `classify`. keep: the labels to print. unwrap: hard-wrapped paragraphs on one
    line each. Raises ValueError for an unknown label.
    """
    from stripper.writers.text import write_text

    document = data if isinstance(data, Document) else read(data, kind=kind, encoding=encoding)
    return write_text(document, classify(document, favor=favor), frozenset(map(Label, keep)), unwrap)
