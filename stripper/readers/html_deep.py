"""Pages that are nested very deeply, in time that grows with their size alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from stripper.readers.html_blocks import DEEP, BlockBuilder, LineTarget

_END_TAG = re.compile(rb"</([A-Za-z][^\s/<>]*)")
_RAW = ("textarea", "title", "xmp", "plaintext")
"""Elements in which tags are text."""


class DeepTarget:
    """Stands before the target of a page that is nested very deeply, and keeps end tags from the parser that end nothing.

    For each end tag libxml2 looks through all open elements for the one that it ends: with n of both, n² steps. Here it
    is known which are open, so that only those are given to it that find theirs among the last `DEEP`.
    """

    def __init__(self, target: BlockBuilder | LineTarget) -> None:
        self._target = target
        self.data = target.data
        self.close = target.close
        self._depth = 0
        self._open: dict[str, list[int]] = {}  # name → depths of the open elements

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._open.setdefault(name, []).append(self._depth)
        self._depth += 1
        self._target.start(name, attributes)

    def end(self, name: str) -> None:
        self._open[name].pop()
        self._depth -= 1
        self._target.end(name)

    def feeder(self, feed: Callable[[bytes], None]) -> Callable[[bytes], None]:
        """A function that feeds the parser (`feed`) with the pieces of a page without such end tags."""
        within = False  # an end tag that is left out and that the next piece carries on

        def feed_open(data: bytes) -> None:
            nonlocal within
            begin = position = data.find(b">") + 1 if within else 0
            if within and not begin:
                return
            within = False
            while tag := _END_TAG.search(data, position):
                position = tag.end()
                feed(data[begin : tag.start()])  # now all that is open before the tag is known
                begin = tag.start()
                if not self._ends(tag[1].decode("ascii", "replace").lower()):
                    begin = position = data.find(b">", position) + 1
                    if not begin:
                        within = True
                        return
            feed(data[begin:])

        return feed_open

    def _ends(self, name: str) -> bool:
        """Whether an end tag ends an element, or is text."""
        if any(self._open.get(raw) for raw in _RAW):
            return True
        places = self._open.get(name)
        return places is not None and bool(places) and self._depth - places[-1] <= DEEP
