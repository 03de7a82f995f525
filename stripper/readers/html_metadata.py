"""What a page says about itself: JSON-LD, and the title without the name of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from stripper.readers.html_space import squeeze

_MAX_METADATA = 2_000_000
"""Characters of JSON-LD that are looked at."""


class Claims(NamedTuple):
    """What the JSON-LD of a page says of its article; empty where it says nothing."""

    headline: str
    body: str
    author: str


def claims_of(scripts: list[str]) -> Claims:
    """What the JSON-LD of a page says of its article; of several texts the longest, with its headline."""
    headline = claimed = author = ""
    for thing in _objects(scripts):
        body, heading = thing.get("articleBody"), thing.get("headline")
        if isinstance(body, str) and len(body) > len(claimed):
            claimed = body
            headline = heading if isinstance(heading, str) and heading else headline
        elif isinstance(heading, str) and not headline:
            headline = heading
        author = author or _names(thing.get("author"))
    return Claims(squeeze(headline), claimed, author)


def _objects(scripts: list[str]) -> Iterator[dict[str, object]]:
    """All objects of the page's JSON-LD, outermost first."""
    budget = _MAX_METADATA
    for script in scripts:
        budget -= len(script)
        if budget < 0:
            return
        try:
            pending: list[object] = [json.loads(script, strict=False)]
        except (ValueError, RecursionError):
            continue
        while pending:
            value = pending.pop()
            if isinstance(value, dict):
                yield value
                pending.extend(value.values())
            elif isinstance(value, list):
                pending.extend(value)


def _names(value: object) -> str:
    """The names in a JSON-LD `author`: a string, an object with a name, or a list of these."""
    names: list[str] = []
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            names.append(value)
        elif isinstance(value, dict):
            pending.append(value.get("name"))
        elif isinstance(value, list):
            pending.extend(reversed(value))
    return ", ".join(filter(None, names))


def without_site(title: str, site: str) -> str:
    """A page's title without the name of its site, which stands before or after a separator."""
    for separator in (" | ", " – ", " — ", " - ", " · ", " :: ", " » ", " « "):
        head, found, tail = title.rpartition(separator)
        if found and (tail.strip().lower() == site.lower() or (not site and len(tail) < len(head))):
            return head.strip()
        head, found, tail = title.partition(separator)
        if found and site and head.strip().lower() == site.lower():
            return tail.strip()
    return title
