"""The fitted numbers, as `tests/bench/fit.py` wrote them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def points_table() -> dict[str, Any]:
    """Kind of document → `start`, `observations` (name → points) and `headline` (sign → weight)."""
    table: dict[str, Any] = json.loads(Path(__file__).with_name("points.json").read_bytes())
    return table
