"""Where output goes: standard output, one file, or a folder with one file an input.

Files are written aside and moved into place, so that a reader never sees half of one, and never over an input.
"""

# Names stay as they were given (`./page.html`): no pathlib.
# ruff: noqa: PTH103, PTH105, PTH108, PTH116, PTH118, PTH120, PTH122, PTH123, PTH206

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Collection, Iterator
from types import TracebackType
from typing import IO, Self

from stripper.names import printable

PAGE_SUFFIXES = frozenset(
    {
        ".htm",
        ".html",
        ".xhtm",
        ".xhtml",
        ".shtml",
        ".php",
        ".asp",
        ".aspx",
        ".jsp",
        ".cgi",
        ".xml",
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".rst",
        ".log",
        ".eml",
    }
)
"""Suffixes of pages and texts; the output's takes their place. Other names keep theirs and get one more."""
PACKED = ".gz"
_TRIES = 100
"""Names that are tried for a file that is written aside."""


class OutputError(Exception):
    """Something that cannot be written; str() is the message for the user."""


class StandardOutput:
    """Bytes to standard output, whatever the locale; a blank line between the texts of several inputs."""

    def __init__(self, between: str = "") -> None:
        self._between = between
        self._begun = False
        if sys.stdout is None:
            raise OutputError("standard output is closed; give -o FILE")

    def write(self, name: str, text: str) -> None:
        """Write what came of the input `name`."""
        if text:
            _put(sys.stdout.buffer, self._between if self._begun else "", text)
            sys.stdout.buffer.flush()
            self._begun = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


class OneFile:
    """Everything into one file, which appears at the end if at least one input could be used."""

    def __init__(self, path: str, inputs: Collection[tuple[int, int]], between: str = "") -> None:
        """`inputs`: device and inode of the files that must not be overwritten."""
        self._between = between
        self._begun = self._used = False
        self._file = _Aside(path, inputs)

    def write(self, name: str, text: str) -> None:
        """Write what came of the input `name`."""
        self._used = True
        if text:
            with _explained(self._file.path):
                _put(self._file.stream, self._between if self._begun else "", text)
            self._begun = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close(self._used and kind is None)


class Folder:
    """One file an input, under the same relative path; never outside, whatever the names and links."""

    def __init__(self, folder: str, suffix: str, inputs: Collection[tuple[int, int]]) -> None:
        """`suffix`: of the files that are written. `inputs`: as for `OneFile`."""
        self._folder = folder
        self._suffix = suffix
        self._inputs = inputs
        self._written: dict[str, str] = {}  # path → input

    def write(self, name: str, text: str) -> None:
        """Write what came of the input `name`; an empty text makes an empty file."""
        path = os.path.join(self._folder, relative(name, self._suffix))
        if path in self._written:
            first = printable(self._written[path])
            raise OutputError(f"{printable(path)} holds what came of {first} already; give them two folders")
        with _explained(path):
            folder = os.path.realpath(self._folder)
            if os.path.commonpath([folder, os.path.realpath(path)]) != folder:
                raise OutputError(
                    f"{printable(path)} is led out of {printable(self._folder)} by a link; remove the link"
                )
            os.makedirs(os.path.dirname(path), exist_ok=True)
        file = _Aside(path, self._inputs)
        done = False
        try:
            with _explained(path):
                _put(file.stream, text)
            done = True
        finally:
            file.close(done)
        self._written[path] = name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


Output = StandardOutput | OneFile | Folder


def relative(name: str, suffix: str) -> str:
    """Where in a folder the output for an input goes: its own path without a root and without `..`, so that it stays
    inside. Standard input is `stdin`."""
    parts = [part for part in os.path.splitdrive(name)[1].split(os.sep) if part not in ("", ".", "..")]
    if name == "-" or not parts:
        parts = ["stdin"]
    stem = parts[-1].removesuffix(PACKED) or parts[-1]
    head, tail = os.path.splitext(stem)
    parts[-1] = (head if tail.lower() in PAGE_SUFFIXES else stem) + suffix
    return os.path.join(*parts)


class _Aside:
    """A file that is written beside its place and moved there when it is whole. What is no regular file (a terminal, a
    pipe, the null device) is written directly."""

    def __init__(self, path: str, inputs: Collection[tuple[int, int]]) -> None:
        self.path = path
        self._aside = ""
        with _explained(path):
            self._place = os.path.realpath(path)  # a link stays a link
            mode = 0o666
            with contextlib.suppress(FileNotFoundError):
                status = os.stat(self._place)
                if (status.st_dev, status.st_ino) in inputs:
                    raise OutputError(f"{printable(path)} is an input and would be overwritten; name another file")
                if stat.S_ISDIR(status.st_mode):
                    raise OutputError(f"{printable(path)} is a folder; give it with -O")
                if not stat.S_ISREG(status.st_mode):
                    self.stream: IO[bytes] = open(self._place, "wb")  # noqa: SIM115
                    return
                mode = stat.S_IMODE(status.st_mode)
            self._aside, handle = _create(self._place, mode)
            self.stream = os.fdopen(handle, "wb")

    def close(self, whole: bool) -> None:
        """End it: move it into place, or leave no trace of it."""
        try:
            with _explained(self.path):
                self.stream.close()
                if self._aside and whole:
                    os.replace(self._aside, self._place)
                    self._aside = ""
        finally:
            if self._aside:
                with contextlib.suppress(OSError):
                    os.unlink(self._aside)


def _create(place: str, mode: int) -> tuple[str, int]:
    """A new file beside a place, and its handle. One that stands there is what a killed process left: it is let be."""
    folder, name = os.path.split(place)
    for number in range(_TRIES):
        aside = os.path.join(folder, f".{name[:60]}.{os.getpid()}.{number}.part")
        with contextlib.suppress(FileExistsError):
            return aside, os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _put(stream: IO[bytes], *texts: str) -> None:
    for text in texts:
        try:
            stream.write(text.encode("utf-8", "surrogateescape"))  # a file name's bytes, as they are
        except UnicodeEncodeError:
            stream.write(text.encode("utf-8", "replace"))


_REMEDIES: dict[int, str] = {
    errno.EACCES: "check who may write there",
    errno.EPERM: "check who may write there",
    errno.EROFS: "name a place that can be written to",
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "a part of the path is no folder",
    errno.EEXIST: "remove what stands in its way",
}


@contextlib.contextmanager
def _explained(path: str) -> Iterator[None]:
    """Turn the operating system's refusals into messages; a reader that went away is no refusal."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        raise OutputError(f"cannot write {printable(path)}: {refusal(error)}") from error


def refusal(error: OSError | ValueError) -> str:
    """The operating system's refusal to write, and what to do about it."""
    text = (error.strerror if isinstance(error, OSError) else "") or str(error)
    remedy = _REMEDIES.get(error.errno or 0) if isinstance(error, OSError) else None
    return text[:1].lower() + text[1:] + (f"; {remedy}" if remedy else "")
