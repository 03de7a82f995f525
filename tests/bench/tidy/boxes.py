"""A story set into a site: the boxes of a page in their order, and what each of their lines is."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple


class Line(NamedTuple):
    """A line of a page."""

    label: str | None
    """None: it could be either, and nothing is learned from it."""
    text: str
    role: str
    """`heading`, `link`, `reply` (a link that belongs to an entry), `button`, `text`; in a story `title`, `1.`, or the mark
    that the line starts with."""
    first: bool = False
    """Whether it starts an entry of several lines."""


class Box(NamedTuple):
    """Lines that stand together."""

    kind: str
    """A key of a site, `story`, or `next`: another story, below."""
    lines: tuple[Line, ...]


class Region(NamedTuple):
    """Boxes that stand together."""

    name: str
    boxes: list[Box]


_LABELS = {
    "name": None, "skip": "nav", "menu": "nav", "crumbs": "nav", "byline": "junk", "share": "junk", "tags": "nav",
    "related": "nav", "comments": "junk", "form": "junk", "newsletter": "junk", "cookie": "junk", "footer": "nav",
    "copyright": "junk", "ad": "junk", "top": "nav", "bio": "junk", "pager": "nav", "toc": "nav", "print": "junk",
    "player": "junk", "paywall": "junk", "donate": "junk", "consent": "junk", "thread": "junk", "account": "junk",
    "contest": "junk", "notice": "junk", "boxes": "nav",
}  # fmt: skip
_PLACES: dict[str, tuple[str, ...]] = {
    "skip": ("head",), "name": ("head",), "menu": ("head",), "crumbs": ("head",), "byline": ("top",), "print": ("top",),
    "player": ("top",), "toc": ("top", "side"), "share": ("top", "top", "end"), "ad": ("end", "side", "middle"),
    "newsletter": ("end", "side", "middle", "foot"), "donate": ("end",), "paywall": ("end",), "bio": ("end",),
    "tags": ("end", "end", "top"), "pager": ("after",), "comments": ("after",), "form": ("after",),
    "related": ("after", "after", "side", "last", "middle"), "top": ("after", "foot"), "footer": ("foot",),
    "copyright": ("foot",), "cookie": ("first", "foot"),
    "consent": ("first", "foot"), "thread": ("after",), "account": ("head", "side", "after"), "contest": ("end", "side"),
    "notice": ("first", "head"), "boxes": ("end", "after"),
}  # fmt: skip
"""Where a box can stand; one of them is drawn."""
LISTS = frozenset({"menu", "footer", "share", "tags", "toc", "pager"})
"""Boxes that are lists of links."""
_LINKED = frozenset({"skip", "menu", "crumbs", "share", "tags", "footer", "top", "pager", "print", "boxes"})
_HEADED = frozenset({"related", "comments", "newsletter", "bio", "paywall", "consent", "account", "contest", "boxes"})
_PRESSED = frozenset({"newsletter", "cookie", "form", "donate", "player", "paywall", "consent", "account"})
"""Boxes whose last line is a button."""
SHORT = 24
"""Characters of a part of an entry that may stand in a line with others."""
_MARKS = {"##": "body", "-": "body", ">": "body", "`": "body", "~": "body", ":": "body", "!": "body", "|": "body",
          "^": "caption", "@": "junk", "%": "nav", "&": "junk", "?": "junk"}  # fmt: skip
HIDDEN = frozenset({"&", "?"})
"""Marks of lines that a browser does not show."""
_THERE = 0.8
"""How often a box of a site is on a page."""
_BARE = 0.15
"""How often a page has next to nothing around the story."""


def lay_out(
    site: Mapping[str, str], story: Mapping[str, str], random: Random, hidden: bool, following: Mapping[str, str] | None
) -> list[Region]:
    """The regions of a page; some of the boxes that a site has are left out, and some stand elsewhere.

    hidden: with the lines that a browser does not show. following: another story that stands below.
    """
    there = [kind for kind in _LABELS if kind in site and (kind in ("menu", "footer") or random.random() < _THERE)]
    if random.random() < _BARE:
        chosen = random.sample(there, 2)
        there = [kind for kind in there if kind in chosen]
    title, *lines = [line for line in story_lines(story) if hidden or line.role not in HIDDEN]
    boxes = {kind: _box(kind, site[kind]) for kind in there}
    if "toc" in boxes:
        subheads = [Line("nav", line.text, "link") for line in lines if line.role == "##"]
        boxes["toc"] = boxes["toc"]._replace(lines=(*boxes["toc"].lines, *subheads))
        if not subheads:
            del boxes["toc"]
    at: dict[str, list[Box]] = {place: [] for places in _PLACES.values() for place in places}
    for kind, box in boxes.items():
        at[random.choice(_PLACES[kind])].append(box)
    head = [title]
    if lines and lines[0].role == "!" and random.random() < 0.7:
        head.append(lines.pop(0))
    half = len(lines) // 2
    while half and lines[half].role + lines[half - 1].role:  # nothing stands inside a list
        half -= 1
    parts = [Box("story", tuple(head)), *at["top"], Box("story", tuple(lines[:half])), *at["middle"],
             Box("story", tuple(lines[half:])), *at["end"]]  # fmt: skip
    regions = [
        Region("head", at["first"] + at["head"]), Region("main", [box for box in parts if box.lines]),
        Region("after", at["after"]), Region("after", at["last"]), Region("foot", at["foot"]),
    ]  # fmt: skip
    regions.insert(random.choice((1, 3, 3)), Region("side", at["side"]))
    if following:
        lines = [line._replace(label="nav") for line in story_lines(following) if line.role not in HIDDEN]
        regions.insert(2, Region("last", [Box("next", tuple(lines))]))
    return [region for region in regions if region.boxes]


def _box(kind: str, text: str) -> Box:
    lines: list[Line] = []
    for number, entry in enumerate(text.split(" | ")):
        for place, part in enumerate(entry.split("; ")):
            role = "link" if kind in _LINKED or (kind == "related" and not place) else "text"
            if part.startswith(">"):
                role, part = "reply", part[1:]
            if kind in _HEADED and not number:
                role = "heading"
            lines.append(Line(_LABELS[kind], part, role, not place and "; " in entry))
    if kind in _PRESSED and len(lines) > 1:
        lines[-1] = lines[-1]._replace(role="button")
    return Box(kind, tuple(lines))


def story_lines(story: Mapping[str, str]) -> list[Line]:
    """The lines of a story, its title first."""
    lines = [Line(None if story.get("kind") == "empty" else "body", story["title"], "title")]
    for entry in story["text"].strip().splitlines():
        mark, _, rest = entry.partition(" ")
        if mark in _MARKS:
            text = rest.removesuffix(" |").replace(" | ", "\t") if mark == "|" else rest
            lines.append(Line(_MARKS[mark], text, mark))
        elif mark[:-1].isdigit() and mark.endswith("."):
            lines.append(Line("body", rest, "1."))
        else:
            lines.append(Line("body", entry, ""))
    return lines
