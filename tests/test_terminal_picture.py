from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

from stripper.terminal.picture import screenshot

from .bench.pictures import FOLDER, pictures

LINES = ["\x1b[33mnav\x1b[0m a < b & 世界", "\x1b[1mbold\x1b[0m"]


def words(picture: str) -> list[str]:
    """The texts in a picture, which hardly depend on the version of rich."""
    return [unescape(text).replace("\xa0", " ").strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture)]


def test_a_picture_is_sound_and_needs_nothing_from_elsewhere() -> None:
    picture = screenshot(LINES, "stripper -i <page>")
    root = ElementTree.fromstring(picture)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "url(" not in picture.replace("url(#", "")
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    text = [part for part in words(picture) if part]
    assert text == ["stripper -i <page>", "nav", "a < b & 世界", "bold"]


def test_the_same_lines_give_the_same_picture() -> None:
    assert screenshot(LINES, "one") == screenshot(iter(LINES), "one")
    assert screenshot(LINES, "one") != screenshot(LINES, "two")


def test_the_pictures_are_as_the_tool_draws_them() -> None:
    stored = {path.name: words(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.svg")}
    drawn = {name: words(picture) for name, picture in pictures()}
    assert stored == drawn, "run: python -m tests.bench.pictures"
