"""A made-up page as HTML, in one of six ways to write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from random import Random

from tests.bench.tidy.boxes import LISTS, SHORT, Box, Line, Region

_CLASSES: dict[str, dict[str, str]] = {
    "semantic": {},
    "blog": {
        "head": "site-header", "main": "post hentry", "side": "widget-area", "foot": "site-footer", "menu": "main-navigation",
        "story": "entry-content", "byline": "entry-meta", "share": "sharing", "tags": "entry-tags", "related": "related-posts",
        "comments": "comments-area", "form": "comment-respond", "newsletter": "widget newsletter-signup", "ad": "ad-slot",
        "cookie": "cookie-notice", "bio": "author-box", "pager": "post-navigation", "copyright": "site-info",
        "crumbs": "breadcrumbs",
    },
    "modern": {
        "head": "css-1h4x", "main": "ArticlePage__main", "side": "css-9dk2", "foot": "GlobalFooter", "menu": "GlobalNav__list",
        "story": "ArticleBody", "byline": "Byline css-7q", "share": "ShareTools", "tags": "TopicPills", "bio": "AuthorBio",
        "comments": "CommentsApp", "newsletter": "InlineSignup", "cookie": "ConsentBanner", "paywall": "MeterGate",
        "player": "AudioPlayer", "ad": "AdUnit", "donate": "SupportModule", "related": "RecircModule",
    },
    "terse": {
        "head": "hd", "main": "wr", "side": "rt", "foot": "bot", "menu": "nv", "story": "txt", "byline": "inf", "share": "shr",
        "tags": "tg", "related": "rel", "comments": "cms", "form": "cf", "newsletter": "nl", "cookie": "cmp", "ad": "pub",
        "crumbs": "bc", "copyright": "cr",
    },
    "plain": {},
    "table": {},
}  # fmt: skip
"""Class names of regions and boxes by way of writing; `plain` has names that say nothing, `table` is a layout table."""
_ASTRAY = 0.06
"""How often the classes of a page are mixed up: some sites call their text by the name of another box."""
_FLAT = 0.2
"""How often the boxes around the text stand in one element with it."""
_ELEMENTS = {
    "head": "header", "main": "article", "side": "aside", "foot": "footer", "menu": "nav", "crumbs": "nav", "related": "aside",
    "comments": "section", "toc": "nav", "pager": "nav", "newsletter": "section", "next": "article",
}  # fmt: skip


def html(title: str, language: str, regions: Sequence[Region], random: Random) -> str:
    """The page."""
    way = random.choice(tuple(_CLASSES))
    classes = _CLASSES[way]
    if random.random() < _ASTRAY:
        classes = dict(zip(classes, random.sample(list(classes.values()), len(classes)), strict=True))
    is_flat = random.random() < _FLAT
    parts = []
    for region in regions:
        bare = is_flat and region.name == "main"
        boxes = [_content(box, way, random) if bare else _box(box, way, classes, random) for box in region.boxes]
        parts.append(_inside(region.name, way, classes, "\n".join(boxes), random))
    if way == "table":
        parts = ["<table>", *(f"<tr><td>{part}</td></tr>" for part in parts), "</table>"]
    declared = f" lang='{language}'" if random.random() < 0.8 else ""
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html{declared}><head><title>{escape(title)}</title></head><body>{body}</body></html>"


def _inside(kind: str, way: str, classes: dict[str, str], content: str, random: Random) -> str:
    """The content in the element of its region or box."""
    element = _ELEMENTS.get(kind, "div") if way in ("semantic", "modern") else "div"
    name = f"g-{random.randint(1, 40)}" if way == "plain" else classes.get(kind)
    return f"<{element} class='{name}'>{content}</{element}>" if name else f"<{element}>{content}</{element}>"


def _box(box: Box, way: str, classes: dict[str, str], random: Random) -> str:
    return _inside(box.kind, way, classes, _content(box, way, random), random)


def _content(box: Box, way: str, random: Random) -> str:
    """What a box holds: running text, a line, a list of links, or entries."""
    if box.kind in ("story", "next"):
        return _story(box.lines, way, random)
    heading = "b" if way == "table" else random.choice(("h2", "h3", "h4", "div", "strong"))
    texts = [_line(line, heading, "button" if box.kind == "share" and way == "modern" else "a", random) for line in box.lines]
    if box.kind == "crumbs":
        return " › ".join(texts)
    if box.kind == "byline" and random.random() < 0.4:
        return f"<p>{' · '.join(texts)}</p>"
    if box.kind in LISTS and (way == "table" or random.random() < 0.2):
        return random.choice((" | ", " ", "<br>", " · ", " - ")).join(texts)
    if box.kind in LISTS and random.random() < 0.2:
        return "".join(f"<div>{text}</div>" for text in texts)
    if box.kind in LISTS:
        return _list(texts)
    if way == "table":
        return "".join(f"{'<br>' * line.first}{text}<br>" for line, text in zip(box.lines, texts, strict=True))
    return _entries(box, texts, random)


def _list(items: Iterable[str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def _line(line: Line, heading: str, link: str, random: Random) -> str:
    text = escape(line.text)
    if line.role == "heading":
        return f"<{heading}>{text}</{heading}>"
    if line.role in ("link", "reply"):
        return f"<a href='/{random.randint(1, 999)}'>{text}</a>" if link == "a" else f"<{link}>{text}</{link}>"
    if line.role == "button":
        return f"<button>{text}</button>" if random.random() < 0.7 else f"<a href='#' class='btn'>{text}</a>"
    return text


def _entries(box: Box, texts: list[str], random: Random) -> str:
    """A heading and entries of one line or several, as a list or as boxes of their own."""
    heading = ""
    entries: list[list[tuple[Line, str]]] = []
    have_several = any(line.first for line in box.lines)
    for line, text in zip(box.lines, texts, strict=True):
        if line.role == "heading":
            heading = text
            continue
        if line.first or line.role == "link" or not entries or not have_several:
            entries.append([])
        entries[-1].append((line, text))
    if box.kind not in ("related", "comments", "thread"):
        return heading + " ".join(_parts(entry, "{}", random) for entry in entries)
    first = random.choice(("{}", "{}", "<h3>{}</h3>", "<b>{}</b>", "<span>{}</span>"))
    written = [_parts(entry, first, random) for entry in entries]
    if random.random() < 0.4:
        return heading + _list(written)
    element = random.choice(("div", "div", "article"))
    name = random.choice(("", "", " class='card'", " class='cm'", f" class='g-{random.randint(1, 40)}'"))
    return heading + "\n".join(f"<{element}{name}>{entry}</{element}>" for entry in written)


def _parts(entry: Sequence[tuple[Line, str]], first: str, random: Random) -> str:
    """The parts of an entry: a name or a title, short ones, which may stand in a row, and text."""
    long = random.choice(("<p>{}</p>", "<div>{}</div>"))
    short = random.choice(("{}", "<span>{}</span>", "<time>{}</time>", long, long))

    def form(line: Line) -> str:
        if line.first or line.role == "link":
            return first
        if line.role in ("button", "reply"):
            return "{}"
        return short if len(line.text) < SHORT else long

    return " ".join(form(line).format(text) for line, text in entry)


def _story(lines: Sequence[Line], way: str, random: Random) -> str:
    wrappers = {
        "title": random.choice(("<h1>{}</h1>", "<h1>{}</h1>", "<h1>{}</h1>", "<h2>{}</h2>", "<h3>{}</h3>")),
        "##": "<h2>{}</h2>", "!": "<p><b>{}</b></p>", ">": "<blockquote><p>{}</p></blockquote>",
        "%": "<p><a href='/1'>{}</a></p>", "@": random.choice(("<div>{}</div>", "<div>{}</div>", "<button>{}</button>")),
        ":": random.choice(("<p>{}</p>", "<p>{}</p>", "<div>{}</div>", "<h3>{}</h3>")), "": "<p>{}</p>",
        "^": "<div><img src='a.jpg' alt=''><div>{}</div></div>", "?": "<noscript>{}</noscript>",
        "&": random.choice((
            "<p hidden>{}</p>", "<div style='display:none'><p>{}</p></div>", "<p style='visibility: hidden'>{}</p>",
            "<div class='hidden' aria-hidden='true' style='display: none'>{}</div>",
        )),
    }  # fmt: skip
    if way == "table":
        wrappers |= {"title": "<font size=5><b>{}</b></font><br><br>", "##": "<b>{}</b><br><br>", "": "{}<br><br>"}
    elif way == "blog":
        wrappers |= {"!": "<p class='standfirst'>{}</p>", "^": "<div class='wp-caption'><img src='a.jpg' alt=''><p>{}</p></div>"}
    if way in ("semantic", "modern", "blog") and random.random() < 0.8:
        wrappers["^"] = "<figure><img src='a.jpg' alt=''><figcaption>{}</figcaption></figure>"
    out = []
    for role, group in groupby(lines, lambda line: line.role):
        texts = [escape(line.text) for line in group]
        if role in ("-", "1."):
            out.append(_list(texts, "ul" if role == "-" else "ol"))
        elif role == "`":
            out.append("<pre><code>" + "\n".join(texts) + "</code></pre>")
        elif role == "~":
            out.append("<p>" + "<br>".join(texts).replace("<br><br>", "</p><p>") + "</p>")
        elif role == "|":
            rows = ["".join(f"<td>{cell}</td>" for cell in text.split("\t")) for text in texts]
            out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            out += [wrappers[role].format(text) for text in texts]
    return "".join(out)
