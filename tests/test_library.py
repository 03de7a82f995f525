"""`from stripper import strip, classify, read`."""

from __future__ import annotations

import importlib.metadata

import pytest

import stripper
from stripper import Document, Label, Verdict, classify, read, strip
from tests.fake import fake_decide

__all__ = ["fake_decide"]

NOTES = "nav: Home\n\nText of the article.\n\njunk: Share this\n"


def test_version_is_that_of_the_package() -> None:
    assert stripper.__version__ == importlib.metadata.version("stripper")


def test_all_names_exist() -> None:
    for name in stripper.__all__:
        assert getattr(stripper, name) is not None
    assert list(stripper.__all__) == sorted(stripper.__all__)


def test_read() -> None:
    document = read("<p>One.<p>Two.", kind="html", name="a.html")
    assert isinstance(document, Document)
    assert (document.name, document.kind) == ("a.html", "html")
    assert [block.text for block in document.blocks] == ["One.", "Two."]
    assert read("Слово".encode("koi8-r"), encoding="koi8-r").blocks[0].text == "Слово"
    with pytest.raises(ValueError, match="unknown kind"):
        read(b"", kind="pdf")
    with pytest.raises(LookupError):
        read(b"", encoding="utf-9")


@pytest.mark.usefixtures("fake_decide")
class TestWithLabels:
    def test_strip(self) -> None:
        assert strip(NOTES) == strip(NOTES.encode()) == strip(read(NOTES)) == "Text of the article.\n"
        assert strip(NOTES, keep=["nav", "junk"]) == "nav: Home\n\njunk: Share this\n"
        assert strip("<h1>Title</h1><p>Text.", kind="html") == "Title\n\nText.\n"
        assert strip("") == ""
        with pytest.raises(ValueError, match="bdoy"):
            strip(NOTES, keep=["bdoy"])

    def test_classify(self) -> None:
        verdicts = classify(NOTES)
        assert all(isinstance(verdict, Verdict) for verdict in verdicts)
        assert [verdict.label for verdict in verdicts] == [Label.NAV, Label.BODY, Label.JUNK]
        assert verdicts[0].evidence == ()
        assert classify(NOTES, explain=True)[0].evidence[0].observation == "word"
        assert classify(read(NOTES)) == verdicts
