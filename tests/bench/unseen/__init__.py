"""Pages and texts written by hand after the points were fitted, by other hands than most of the written ones.

They are not learned from: `python -m tests.bench.unseen` says how many of their blocks the points have right.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
