"""A story as people write it or programs mail it: a mail to a list, a newsletter as text, Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from textwrap import wrap
from unicodedata import normalize

from tests.bench.tidy.as_text import Sheet, put_story
from tests.bench.tidy.boxes import HIDDEN, Line, story_lines

Table = Mapping[str, str]
_URL = "https://example.org/{}"
_ROLES = frozenset({"", "!", "##", "-", "1.", ">", "|", "`", "~", ":"})
"""Lines of a story that are sent; pictures, advertisements and promos are not."""


class Letter(Sheet):
    """A sheet that knows what its lines are."""

    def __init__(self, rendering: str, random: Random) -> None:
        super().__init__(rendering, random)
        self.known: list[tuple[str, str]] = []
        """(label, text), without lines that could be either."""

    def line(self, label: str, text: str, pattern: str = "{}") -> None:
        """A line that is not wrapped. label: empty where it could be either."""
        self.put_as_it_is(pattern.format(text))
        if label:
            self.known.append((label, text))

    def story(self, lines: Sequence[Line]) -> None:
        """The lines of a story that are sent."""
        self.known += put_story(self, [line for line in lines if line.role in _ROLES])


def _parts(text: str) -> list[str]:
    return text.split(" | ")


def _some(text: str, random: Random, most: int) -> list[str]:
    """Some of the lines of a box, in their order."""
    parts = _parts(text)
    chosen = random.sample(range(len(parts)), min(len(parts), random.randint(1, most)))
    return [parts[at] for at in sorted(chosen)]


def _address(name: str) -> str:
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace(" ", ".").strip(".")
    return f"{letters or 'post'}@example.org"


def mail(site: Table, story: Table, words: Table, random: Random) -> Letter:
    """A mail to a list: headers, the story with or without a quote before it, a signature, the list's footer."""
    letter = Letter("wrapped", random)
    writer, asker = random.sample(_parts(words["names"]), 2)
    title, *lines = story_lines(story)
    source, target, date, subject = _parts(words["headers"])
    answers = random.random() < 0.6
    to = "friends@lists.example.org"
    headers = [
        ("junk", f"{source}: {writer} <{_address(writer)}>"), ("junk", f"{target}: {to}"),
        ("junk", f"{date}: Wed, 5 May 2021 18:22:10 +0100"),
        ("", f"{subject}: {'Re: ' if answers else ''}{random.choice(('', '[friends] '))}{title.text}"),
    ]  # fmt: skip
    for label, header in headers if random.random() < 0.7 else [headers[0], headers[2], headers[1], headers[3]]:
        letter.line(label, header)
    letter.blank()
    letter.put(random.choice(_parts(words["greeting"])))
    letter.blank()
    if answers:
        letter.put(random.choice(_parts(words["wrote"])).format(asker))
        for text in _some(words["quote"], random, 2):
            for part in wrap(text, 64):
                letter.put_as_it_is(f"> {part}")
        letter.blank()
    letter.story(lines)
    letter.put(random.choice(_parts(words["closing"])))
    letter.put(writer)
    signed = random.random() < 0.75
    if signed:
        letter.blank()
        letter.put_as_it_is("-- ")
        for text in (writer, *_some(f"{site['name']} | {words['sign']}", random, 3)):
            letter.line("junk", text)
    if not signed or random.random() < 0.6:
        if not signed:
            letter.blank()
        letter.put_as_it_is("_" * 47)
        for text in _parts(words["list"].replace("@", to)):
            letter.line("junk", text)
    return letter


def newsletter(site: Table, story: Table, words: Table, random: Random) -> Letter:
    """A newsletter as programs write it in text: rules, addresses in brackets, the story, others, why it was sent."""
    letter = Letter("wrapped", random)
    bracket = random.choice(("( {} )", "<{}>", "[{}]"))

    def linked(text: str) -> str:
        return f"{text} {bracket.format(_URL.format(random.randrange(900)))}"

    rule = random.choice("*=-#~_") * random.choice((20, 52, 60))
    if random.random() < 0.7:
        letter.line("nav", linked(random.choice(_parts(words["view"]))))
        letter.blank()
    letter.put_as_it_is(rule)
    letter.line("", site["name"].upper())
    letter.line("", random.choice(_parts(words["issue"])))
    letter.put_as_it_is(rule)
    letter.blank()
    title, *lines = story_lines(story)
    letter.line("body", title.text.upper() if random.random() < 0.6 else title.text)
    letter.blank()
    letter.story(lines)
    if random.random() < 0.6:
        letter.line("nav", linked(random.choice(_parts(words["full"]))))
        letter.blank()
    if "related" in site:
        letter.put_as_it_is(rule)
        heading = random.choice(_parts(words["also"]))
        letter.line("nav", heading.upper() if random.random() < 0.5 else heading)
        letter.put_as_it_is(rule)
        for entry in _parts(site["related"])[1:]:
            letter.line("nav", linked(entry.partition(";")[0]), "* {}")
        letter.blank()
    letter.put_as_it_is(random.choice("*=-#~_") * 21)
    letter.line("junk", random.choice(_parts(words["why"])))
    leave = [linked(text) for text in _parts(words["leave"])]
    for text in [" | ".join(leave)] if random.random() < 0.5 else leave:
        letter.line("", text)  # links, but of a box that is junk
    if "copyright" in site:
        letter.line("junk", site["copyright"])
    return letter


def markdown(site: Table, story: Table, words: Table, random: Random) -> Letter:
    """A page of notes in Markdown: rows of links, the story, other stories."""
    letter = Letter("copied", random)

    def row(label: str, box: str) -> None:
        links = [f"[{text}](/{at})" for at, text in enumerate(_parts(site[box]))]
        letter.line(label, random.choice((" | ", " · ", " ")).join(links))
        letter.blank()

    if random.random() < 0.6:
        row("nav", "menu")
    bullet = random.choice("-*+")
    for line, following in _with_next(story_lines(story)):
        _markdown_line(line, letter, bullet, random)
        if line.role not in ("-", "1.", "~", "|") or following != line.role:
            letter.blank()
        if line.role == "title" and "byline" in site and random.random() < 0.7:
            letter.line("junk", " · ".join(_parts(site["byline"])), random.choice(("*{}*", "{}")))
            letter.blank()
    if "related" in site and random.random() < 0.6:
        heading, *entries = _parts(site["related"])
        letter.line("nav", heading, "## {}")
        letter.blank()
        for entry in entries:
            letter.line("nav", entry.partition(";")[0], bullet + " [{}](/x)")
        letter.blank()
    letter.put_as_it_is("---")
    for label, box in (("junk", "share"), ("nav", "footer")):
        if box in site and random.random() < 0.6:
            row(label, box)
    if "copyright" in site:
        letter.line("junk", site["copyright"])
    return letter


_PATTERNS = {"title": "# {}", "##": "## {}", "1.": "1. {}", ">": "> {}", "~": "{}  ", "`": "    {}", "%": "[{}](/more)",
             "^": "*{}*"}  # fmt: skip


def _markdown_line(line: Line, letter: Letter, bullet: str, random: Random) -> None:
    if line.role in HIDDEN or not line.text:
        return
    text, pattern = line.text, _PATTERNS.get(line.role, "{}")
    if line.role == "-":
        pattern = bullet + " {}"
    elif line.role == "|":
        text = "| " + text.replace("\t", " | ") + " |"
    elif line.role == "!" and random.random() < 0.5:
        pattern = "**{}**"
    letter.line(line.label or "", text, pattern)


def _with_next(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Each line and the role of the next."""
    return list(zip(lines, [*[line.role for line in lines[1:]], ""], strict=True))


LETTERS: Mapping[str, Callable[[Table, Table, Table, Random], Letter]] = {
    "mail": mail, "newsletter": newsletter, "markdown": markdown,
}  # fmt: skip
