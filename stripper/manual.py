"""The command's help and man page, from one table of options and a few texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

USAGE = "stripper [OPTIONS] [FILE]..."
SUMMARY = "Strips everything but the article from web pages and plain text, and says why."
INPUTS = (
    "Each FILE is a web page or plain text, in any encoding, plain or packed with gzip; - and no FILE at all mean"
    " standard input. The article goes to standard output as UTF-8 text, the headline first."
)
FOUR = "Every block of the page gets one of four labels; body is what is kept"
LABELS = (
    ("body", "the article: headline, standfirst, text, subheadings, lists, quotes, code, tables"),
    ("caption", "what belongs to pictures and videos: captions, credits"),
    ("nav", "what leads elsewhere: menus, lists of other articles, read-more lines"),
    ("junk", "the rest: bylines, comments, adverts, notices, forms, footers"),
)
EXAMPLES = (
    ("stripper page.html", "print the article"),
    ("curl -s URL | stripper", "the same from the network"),
    ("stripper -i page.html", "see every block with its label"),
    ("stripper -x -n 14 page.html", "why block 14 got its label"),
    ("stripper -d notes.txt | patch notes.txt", "strip a text file in place"),
    ("stripper -r site -O clean", "a folder of pages to a folder of texts"),
    ("stripper -t jsonl page.html | jq .text", "blocks as JSON"),
)
STATUS = (
    ("0", "something was kept from at least one input; with --check: no input holds boilerplate"),
    ("1", "all inputs were read and nothing was kept; with --check: an input holds boilerplate"),
    ("2", "wrong use, or an input could not be read, decoded or written; the others are done all the same"),
    ("130", "interrupted"),
)
ENVIRONMENT = (
    (
        "STRIPPER_OPTION",
        "any long option: STRIPPER_KEEP=body,caption is --keep body,caption, STRIPPER_UNWRAP=1 --unwrap",
    ),
    ("STRIPPER_PAGER, PAGER", "the pager for long views; else less -FRX"),
    ("NO_COLOR, FORCE_COLOR", "no colours, colours; --color goes before them"),
    ("COLUMNS", "the width of views on a terminal"),
    ("STRIPPER_DEBUG", "say where an unexpected error comes from"),
)


class Entry(NamedTuple):
    """An option as it is documented."""

    group: str
    short: str
    """`-k`, or empty."""
    long: str
    """`--keep`, or `--progress/--no-progress`."""
    value: str
    """Name of its value in capitals, or its choices; empty for a flag."""
    help: str
    """What it does, in a line."""
    more: str
    """What else is to be known."""

    @property
    def names(self) -> str:
        """`-k, --keep LABELS`."""
        names = ", ".join(filter(None, (self.short, self.long)))
        if not self.short:
            names = " " * 4 + names
        return f"{names} {self.value}" if self.value else names


def bare() -> str:
    """Ten lines for somebody who typed the command alone."""
    return "\n".join(
        (
            f"Usage: {USAGE}",
            SUMMARY,
            "",
            *_table(EXAMPLES[:5], 2),
            "",
            "stripper -h lists the options, stripper --help explains them.",
            "",
        )
    )


def short(entries: Iterable[Entry]) -> str:
    """A line an option."""
    lines = [f"Usage: {USAGE}", SUMMARY, ""]
    for group, members in groupby(entries, lambda entry: entry.group):
        lines.append(group)
        lines += _table([(entry.names, entry.help) for entry in members], 2)
    lines += ["", "- and no FILE mean standard input. stripper --help says more."]
    return "\n".join(lines) + "\n"


def full(entries: Iterable[Entry], width: int = 80) -> str:
    """Everything, wrapped at `width`."""
    width = max(40, min(width, 100))
    lines = [f"Usage: {USAGE}", "", *_wrap(SUMMARY, width), "", *_wrap(INPUTS, width), ""]
    lines += [*_wrap(f"{FOUR}:", width), *_wrapped(LABELS, width)]
    for group, members in groupby(entries, lambda entry: entry.group):
        lines += ["", f"{group}:"]
        for entry in members:
            lines.append(f"  {entry.names}")
            text = f"{entry.help}. {entry.more}".strip()
            lines += _wrap(text, width, " " * 8, " " * 8)
    for title, rows in (("Examples", EXAMPLES), ("Exit status", STATUS), ("Environment", ENVIRONMENT)):
        lines += ["", f"{title}:", *_wrapped(rows, width)]
    return "\n".join(lines) + "\n"


def _wrap(text: str, width: int, first: str = "", further: str = "") -> list[str]:
    from textwrap import wrap  # most runs print no help

    return wrap(text, width, initial_indent=first, subsequent_indent=further)


def _table(rows: Iterable[tuple[str, str]], margin: int) -> Iterator[str]:
    rows = list(rows)
    left = max(len(name) for name, _ in rows)
    for name, text in rows:
        yield f"{'':{margin}}{name:<{left}}  {text}"


def _wrapped(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    rows = list(rows)
    left = max(len(name) for name, _ in rows)
    for name, text in rows:
        if left + 34 > width:
            yield f"  {name}"
            yield from _wrap(text, width, " " * 8, " " * 8)
        else:
            hanging = " " * (left + 4)
            yield from _wrap(text, width, f"  {name:<{left}}  ", hanging)


# -- man page


def man(entries: Iterable[Entry], version: str) -> str:
    """The man page, in the man macros of roff."""
    name, _, arguments = USAGE.partition(" ")
    lines = [
        f'.TH STRIPPER 1 "" "stripper {_roff(version)}" "User Commands"',
        ".SH NAME",
        f"stripper \\- {_roff(SUMMARY[0].lower() + SUMMARY[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        f".B {name}",
        _roff(arguments),
        ".SH DESCRIPTION",
        _roff(f"{SUMMARY} {INPUTS}"),
        ".PP",
        f"{FOUR}.",
        *_tagged(LABELS),
        ".SH OPTIONS",
    ]
    for group, members in groupby(entries, lambda entry: entry.group):
        lines.append(f".SS {group}")
        for entry in members:
            names = ", ".join(f"\\fB{_roff(one)}\\fR" for one in (entry.short, entry.long) if one)
            value = f" \\fI{_roff(entry.value)}\\fR" if entry.value else ""
            lines += [".TP", f"{names}{value}", _roff(f"{entry.help}. {entry.more}".strip())]
    lines += [".SH EXIT STATUS", *_tagged(STATUS), ".SH ENVIRONMENT", *_tagged(ENVIRONMENT), ".SH EXAMPLES"]
    for command, text in EXAMPLES:
        lines += [".TP", f"\\fB{_roff(command)}\\fR", _roff(text[0].upper() + text[1:] + ".")]
    lines += [".SH SEE ALSO", ".BR less (1),", ".BR patch (1),", ".BR w3m (1)"]
    return "\n".join(lines) + "\n"


def _tagged(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in rows:
        yield ".TP"
        yield f"\\fB{_roff(name)}\\fR"
        yield _roff(text[0].upper() + text[1:] + ".")


def _roff(text: str) -> str:
    """Plain text for roff: hyphens as they are typed, no line that begins like a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text
