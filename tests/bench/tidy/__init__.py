"""Small tidy pages of our own writing, to learn from only: short articles of many kinds on small sites.

The corpora hold large pages of well-known sites. Small sites, old ones, and what people write by hand have the same boxes,
but two lines of each. A page here is a story set into a site; what each line is is known because it was put there. What
differs from page to page is drawn from the page's name, so that it is the same in every run.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.bench.tidy.as_html import html
from tests.bench.tidy.as_text import RENDERINGS, text
from tests.bench.tidy.boxes import lay_out
from tests.bench.tidy.letters import LETTERS

_PAGES = (2, 4)
"""Pages made of a story, where there is one site in its language and where there are more."""
_FOLLOWED = 0.1
"""How often another story stands below, as on pages that never end."""


class TidyPage(NamedTuple):
    """A made-up page and what its lines are, in order."""

    name: str
    site: str
    data: str
    lines: list[tuple[str, str]]
    """(label, text), without lines that could be either."""


def _read(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


def _is_alike(other: dict[str, str], story: dict[str, str]) -> bool:
    """Whether another story is one that can stand below: of the same language, with text."""
    return other is not story and other["language"] == story["language"] and other.get("kind") != "empty"


def pages(kind: str) -> Iterator[TidyPage]:
    """The made-up pages of a kind, `html` or `text`."""
    sites, letters, stories = _read("sites.toml"), _read("letters.toml"), _read("stories.toml")
    for story_name, story in stories.items():
        others = [other for other in stories.values() if _is_alike(other, story)]
        own = sorted(name for name, site in sites.items() if site["language"] == story["language"])
        start = Random(story_name).randrange(len(own))
        for draw in range(_PAGES[len(own) > 1]):
            site_name = own[(start + draw) % len(own)]
            site, name = sites[site_name], f"{story_name}-{site_name}-{draw}"
            random = Random(name)
            follows = kind == "html" and story.get("kind") != "empty" and random.random() < _FOLLOWED
            following = random.choice(others) if others and follows else None
            regions = lay_out(site, story, random, kind == "html", following)
            lines = [line for region in regions for box in region.boxes for line in box.lines]
            known = [(line.label, line.text) for line in lines if line.label]
            if kind == "html":
                data = html(f"{story['title']} - {site['name']}", site["language"], regions, random)
                yield TidyPage(name, site_name, data, known)
                continue
            for rendering in random.sample(RENDERINGS, 2):
                yield TidyPage(f"{name}-{rendering}", site_name, text(regions, rendering, random), known)
            if draw == 0 and story.get("kind") != "empty":
                for rendering, write in LETTERS.items():
                    letter = write(site, story, letters[site["language"]], random)
                    yield TidyPage(f"{name}-{rendering}", site_name, letter.text(), letter.known)
