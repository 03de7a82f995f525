"""The package's own data files."""

from __future__ import annotations

import os


def contents(*path: str) -> bytes:
    """A file inside the package, by its path's parts. Raises FileNotFoundError."""
    # pathlib and what it imports would be a tenth of what the command takes to start.
    with open(os.path.join(os.path.dirname(__file__), *path), "rb") as file:  # noqa: PTH118, PTH120, PTH123
        return file.read()
