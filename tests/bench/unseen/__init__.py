"""Pages and texts written by hand after those that are learned from, by other hands: as sites, browsers and mail are today.

They are not learned from: `python -m tests.bench.unseen` says how many of their blocks the points have right.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
