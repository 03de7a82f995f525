"""File names, which may hold anything but NUL and a slash, as they can be shown."""

from __future__ import annotations


def printable(name: str) -> str:
    """A file name that is safe to show: control characters and bytes that are no text as escapes."""
    if name.isprintable():
        return name
    return "".join([c if c.isprintable() else _escape(ord(c)) for c in name])


def _escape(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:  # a byte that Python could not decode
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def as_unicode(name: str) -> str:
    """A file name as proper Unicode, for JSON; bytes that are no text are replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
