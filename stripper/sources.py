"""Where input comes from: files, standard input, lists of names, folders."""

# Names stay as they were given (`./page.html`): no pathlib.
# ruff: noqa: PTH112, PTH116, PTH123

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from stripper.decode import UnreadableError

STDIN = "-"


class Source(NamedTuple):
    """An input that has a name and may not have been opened yet."""

    name: str
    """As the user gave it; shown in messages and results."""
    path: str = ""
    """The file; empty for standard input."""
    found: bool = False
    """Met in a folder rather than named: left out without a word if it is no page."""
    problem: str = ""
    """Why it cannot be opened, where that is known already."""
    data: bytes | None = None
    """What standard input held."""

    def load(self, size: int = -1) -> bytes:
        """Its bytes, or the first `size` of them. Raises UnreadableError with a message for the user."""
        if self.problem:
            raise UnreadableError(self.problem)
        if self.data is not None:
            return self.data if size < 0 else self.data[:size]
        try:
            with open(self.path, "rb") as file:
                return file.read(size)
        except (OSError, ValueError) as error:
            raise UnreadableError(reason(error)) from error


def reason(error: OSError | ValueError) -> str:
    """An operating system's refusal in our words."""
    if isinstance(error, IsADirectoryError):
        return "is a folder; add -r to read the files in it"
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name"
    if isinstance(error, PermissionError):
        return "permission denied; check who may read it"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]


def standard_input(name: str = STDIN) -> Source:
    """Standard input, read to its end."""
    stream = sys.stdin
    if stream is None:
        return Source(name, problem="standard input is closed; name a file")
    try:
        return Source(name, data=stream.buffer.read())
    except OSError as error:
        return Source(name, problem=reason(error))


def sources(
    names: Iterable[str], recursive: bool = False, stdin_name: str = STDIN, without: str = ""
) -> Iterator[Source]:
    """One source a name, in order; with `recursive` all files of a folder, sorted by name.

    without: a folder that is not searched (where the output goes). Nothing is raised: what cannot be opened is a
    source with a problem.
    """
    for name in names:
        if name == STDIN:
            yield standard_input(stdin_name)
        elif recursive and os.path.isdir(name):
            yield from _files(name, os.path.realpath(without) if without else "")
        elif not name:
            yield Source(name, problem="a file name is empty; check how it was put together")
        else:
            yield Source(name, name)


def _files(folder: str, without: str) -> Iterator[Source]:
    """The regular files in a folder and below, sorted by name; hidden ones and links to folders are left out."""
    pending: list[tuple[str, bool]] = [(folder, True)]
    while pending:
        path, is_folder = pending.pop()
        if not is_folder:
            yield Source(path, path, found=True)
            continue
        if without and os.path.realpath(path) == without:
            continue
        try:
            with os.scandir(path) as entries:
                inside = [
                    (entry.path, entry.is_dir(follow_symlinks=False))
                    for entry in entries
                    if not entry.name.startswith(".") and (entry.is_dir(follow_symlinks=False) or entry.is_file())
                ]
        except OSError as error:
            yield Source(path, path, problem=reason(error))
            continue
        pending += sorted(inside, reverse=True)


def listed(path: str, null: bool = False) -> list[str]:
    """The names in a file (`-`: standard input), one a line or, with `null`, each ended by a NUL character.

    Raises UnreadableError.
    """
    data = (standard_input() if path == STDIN else Source(path, path)).load()
    names = data.split(b"\0") if null else data.splitlines()
    return [os.fsdecode(name) for name in names if name]


def identities(inputs: Collection[Source]) -> set[tuple[int, int]]:
    """Device and inode of the files among them, by which an output that would overwrite one is known."""
    found: set[tuple[int, int]] = set()
    for source in inputs:
        try:
            status = os.stat(source.path) if source.path else None
        except (OSError, ValueError):
            continue
        if status:
            found.add((status.st_dev, status.st_ino))
    return found
