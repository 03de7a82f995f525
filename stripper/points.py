"""The fitted numbers, as `tests/bench/fit.py` and `tests/bench/lexicon.py` wrote them, and their packed form."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from struct import pack as pack_bytes
from struct import unpack as unpack_bytes
from typing import Any

from stripper.model import Points
from stripper.packaged import contents

MOST_MET = 2048
"""Values of an observation, or leaves of patterns, whose points are remembered."""
_FIELD = 16  # four fields are 64 bits, which `sum` adds without making a number at each step
_THIRD, _FOURTH = 2 * _FIELD, 3 * _FIELD
_SHIFTS = (0, _FIELD, _THIRD, _FOURTH)
_MASK, _HALF = (1 << _FIELD) - 1, 1 << (_FIELD - 1)
_ZERO = sum([_HALF << shift for shift in _SHIFTS])
"""Added before unpacking, so that no field is negative."""
_ABOVE_ZERO_TENTHS = _HALF // 10
_ABOVE_ZERO = sum([10 * _ABOVE_ZERO_TENTHS + 5 << shift for shift in _SHIFTS])
"""The same before rounding all to tenths: whole tenths, and half of one."""
_WIDE_MASK = (1 << 4 * _FIELD) - 1
_PLACES = (0, 4 * _FIELD, 8 * _FIELD, 12 * _FIELD)
"""Where the packed points of each place of a name begin in one number."""
_ZEROS = sum([_ZERO << shift for shift in _PLACES])


@cache
def points_table(kind: str) -> dict[str, Any]:
    """The table of a kind of document: `start`, `observations` (name → points), `patterns` and `headline` (sign → weight).

    Raises FileNotFoundError for a kind that there is no table of.
    """
    table: dict[str, Any] = json.loads(contents(f"points-{kind}.json"))
    return table


@cache
def lexicon_table(part: str) -> dict[str, str]:
    """`words`: word → its points as written, `23,17,-44,4`; `names`: word of a class name → the same for each of the four places
    where it can stand (see `features/lexicon.py`), apart by blanks, `-` where it says nothing."""
    table: dict[str, str] = json.loads(contents(f"lexicon-{part}.json"))
    return table


@cache  # a page knows a tenth of the words
def pack_written(written: str) -> int:
    """Packed points of a word as `lexicon_table` holds them."""
    return pack(tuple(map(int, written.split(",")))) if written != "-" else 0


@cache
def pack_places(written: str) -> int:
    """The same for the places of a word of class names, in one number."""
    return sum([pack_written(points) << shift for shift, points in zip(_PLACES, written.split(" "), strict=True)])


def at_place(packed: int, place: int) -> int:
    """The packed sums of one place."""
    return (packed + _ZEROS >> _PLACES[place] & _WIDE_MASK) - _ZERO


def pack(points: Sequence[int]) -> int:
    """Four sums in one whole number, so that adding them is one operation.

    Exact up to ±327.67 points a label; tests hold the tables to that.
    """
    body, caption, nav, junk = points
    return body + (caption << _FIELD) + (nav << _THIRD) + (junk << _FOURTH)


def unpack(packed: int) -> Points:
    """The four sums of a packed number."""
    packed += _ZERO
    return Points(
        (packed & _MASK) - _HALF,
        (packed >> _FIELD & _MASK) - _HALF,
        (packed >> _THIRD & _MASK) - _HALF,
        (packed >> _FOURTH) - _HALF,
    )


def all_tenths(packed: Sequence[int]) -> list[int]:
    """The sums of all packed numbers, those of one after those of another, in whole tenths, a half upwards."""
    raised = [value + _ABOVE_ZERO for value in packed]
    fields_of_all = unpack_bytes(f"<{4 * len(raised)}H", pack_bytes(f"<{len(raised)}Q", *raised))
    return [field // 10 - _ABOVE_ZERO_TENTHS for field in fields_of_all]


class Met(dict[Any, int]):
    """A function's answers, each made when a value is first met; pages have the same values again and again."""

    def __init__(self, function: Callable[[Any], int], most: int = MOST_MET) -> None:
        self._function = function
        self._most = most

    def __missing__(self, value: Any) -> int:
        if len(self) >= self._most:
            self.clear()
        self[value] = answer = self._function(value)
        return answer
