"""What an observation is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from stripper.features import Page

Column = Sequence[float | None] | Sequence[int | None] | Sequence[bool | None] | Sequence[str]
"""One value a block. None: silent, the source cannot tell. A measure or fact has numbers, a kind has words, a set has
masks."""


class Observation(NamedTuple):
    """Something that is seen about blocks. What follows from it stands in the table of points alone."""

    name: str
    """The one name in the table of points, in explanations, in options and in the documentation."""
    group: str
    kind: str
    """`measure`: a number (or a fact, 0 or 1), worth what its bin is worth. `kind`: a word, worth what the word is.
    `set`: a mask, worth the sum over its members."""
    sources: tuple[str, ...]
    """The kinds of document it speaks of: html, text or both."""
    function: Callable[[Page], Column]
    """Its docstring is the documentation: what it sees, one example that fires, one that stays silent."""
    members: tuple[str, ...] = ()
    """Of a set: what each bit means."""

    @property
    def description(self) -> str:
        """The first line of the documentation."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    def named(self, value: Any) -> tuple[str, ...]:
        """What a value of a kind or a set is called: the one word, or the members."""
        if self.kind == "kind":
            return (value,)
        return tuple([member for bit, member in enumerate(self.members) if value >> bit & 1])

    def examples(self) -> dict[str, tuple[int, str]]:
        """`fires` and `silent`: number of the block in question (0: the last one) and the input.

        In the documentation `fires 1: …` names the block; `(never)` stands where every block has a value; `¶` is a line
        break.
        """
        found = {}
        for line in (self.function.__doc__ or "").splitlines():
            key, colon, example = line.strip().partition(": ")
            name, _, number = key.partition(" ")
            if colon and name in ("fires", "silent"):
                found[name] = int(number or 0), example.replace("¶", "\n")
        return found
