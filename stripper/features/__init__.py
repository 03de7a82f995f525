"""A page's measures, DOM-free: columns with one value a block.

`Page` is what observations look at: `page.local` (one block's text), `page.containers` (the elements around it) and
`page.context` (what stands before and after it).
"""

from __future__ import annotations

from stripper.features.containers import NAME_BIT, NAMES, Containers
from stripper.features.context import Context
from stripper.features.hints import HINT_BIT, HINT_FAMILIES
from stripper.features.local import Local
from stripper.model import Document

__all__ = ["HINT_BIT", "HINT_FAMILIES", "NAMES", "NAME_BIT", "Containers", "Context", "Local", "Page"]


class Page:
    """A document with its measures."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.local = Local(document)
        self.containers = Containers(document, self.local)
        self.context = Context(document, self.local, self.containers)
        self.size = len(document.blocks)
