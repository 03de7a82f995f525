"""Pages, texts and what is neither; reading from bytes and from characters."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.decode import UnreadableError
from stripper.model import Document
from stripper.readers import HEAD_BYTES, READERS, SIGNATURES, read, sniff

PAGES = {
    "doctype": "<!DOCTYPE html>\n<html><body><p>Rain.</p></body></html>",
    "doctype in lower case": "<!doctype html><title>x</title>Rain.",
    "old doctype": '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<p>Rain.',
    "html": "<html><body>Rain.</body></html>",
    "html in capitals": "\n\n  <HTML>\n<BODY>Rain.</BODY></HTML>",
    "html with attributes": '<html lang="en" class="no-js">\n<head>',
    "XHTML": '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">',
    "comment first": "<!-- saved from a browser --><!-- <p> -->\n<html><body>Rain.",
    "long comment first": f"<!-- {'x ' * 2000}-->\n<html><body>Rain.",
    "head only": "<head><title>x</title></head>",
    "entities declared": '<?xml version="1.0"?>\n<!DOCTYPE html [\n<!ENTITY a "ha">\n]>\n<html><body>&a;</body></html>',
    "fragment": "<p>Rain fell on the harbour.</p>\n<ol><li><p>All day.</p></li></ol>",
    "single paragraph": "<p>Rain fell on the harbour.",
    "fragment on lines": "<div>\n  <p>\n    Rain fell.\n  </p>\n</div>\n",
    "paragraphs without end tags": "<p>Rain fell.\n<p>It went on.\n<p>Nobody minded.",
    "heading": "<h1>Rain</h1>It fell.",
    "inline first": '<a href="/">Home</a> <span>x</span><div>Rain fell.</div>',
    "script first": "<script>var a = 1;</script>\n<div>Rain</div>",
    "custom element": "<news-card><p>Rain fell.</p></news-card>",
    "table": "<table><tr><td>Rain</td></tr></table>",
    "saved with its headers": "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<!DOCTYPE html>\n<html><head><title>x</title>"
    "</head><body><div><p>Rain fell.</p></div></body></html>\n",
    "scrap that begins with words": "Rain fell<br>on the harbour.<br><p>All day.</p>",
    "server's warning first": "Warning: cannot modify header\n<html>\n<head><title>x</title></head>\n"
    "<body><p>Rain fell.</p></body>\n</html>",
}

TEXTS = {
    "words": "Rain fell on the harbour.\n\nIt went on all day.\n",
    "mentions": "How to write a link\n\nTo make a link you need the a element: <a href='x'>text</a>, where x is\nits "
    "address. If 3 < 5 and 7 > 2, take care.\n\nTags such as <b>, <i> and <table> are text here.\n\nClose every <p>.\n",
    "begins with a mention": "<p> marks a paragraph, <div> marks nothing. Close them with </p> and </div>.\n",
    "begins with a list of mentions": "<p>, <div> and <h1> are block elements; <b> is not.\n",
    "begins with html": "<html> is the root of every page; <body> holds what is seen.\n",
    "quoted tags": 'Use "<p>" or `<div>` or (<section>) or “<table>”.\n',
    "a sample in a tutorial": "A list is written like this:\n\n<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>\n\nEach "
    "item is shown with a bullet before it. Browsers indent the list as well, and there is a way to change that.\n",
    "a sample at the end": "Lists are a good way to show several things that belong together. Browsers show each item "
    "with a bullet and indent the list. This is how it is written:\n\n<ul>\n<li>One</li>\n<li>Two</li>\n</ul>\n",
    "Markdown": "# Rain\n\nIt fell on the **harbour**.<br>All day.\n\n* one\n* two\n\n<img src='x.png'>\n",
    "Markdown that begins with tags": "<p align='center'>\n  <img src='x.png'>\n</p>\n\n# Rain\n\nText.\n\n## Use\n\n"
    "```\nrain\n```\n\n## More\n\nText.\n",
    "mathematics": "a < b > c <d> e\n",
    "addresses": "Ann <ann@example.org>, <https://example.org/p>\n",
    "one tag": "<b>Rain</b> fell.",
    "feed": "<?xml version='1.0'?>\n<rss version='2.0'><channel><title>News</title><item><title>Rain</title>"
    "<description><![CDATA[<p>It fell.</p>]]></description></item></channel></rss>",
    "JSON": '{"html": "<div><p>Rain</p></div>"}',
    "a program": 'page = """\n<div>\n<p>Rain</p>\n</div>\n"""\nprint(page)\n',
    "colours": "\x1b[1mRain\x1b[0m \x1b[31mfell\x1b[0m\n" * 50,
    "struck twice": "R\bRA\bAI\bIN\bN\n",
    "form feeds": "Page one\n\f\nPage two\n\f\n",
    "word like a magic": "BMW makes cars.",
    "another": "GIF89a is a format for images. MZ is not.",
    "and another": "What is AVI format?",
    "nothing": "",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
@pytest.mark.parametrize("name", ["-", "page.html", "page.txt"])
def test_pages(page: str, name: str) -> None:
    assert sniff(page.encode(), name) == "html"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("name", ["-", "notes.txt", "notes.md"])
def test_texts(text: str, name: str) -> None:
    assert sniff(text.encode(), name) == "text"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_pages_and_texts(encoding: str) -> None:
    for mark in ("\ufeff", ""):
        assert sniff((mark + PAGES["doctype"]).encode(encoding), "-") == "html"
        assert sniff((mark + PAGES["fragment"]).encode(encoding), "-") == "html"
        assert sniff((mark + TEXTS["mentions"]).encode(encoding), "-") == "text"
        assert sniff((mark + "Rain.\n" * 5000).encode(encoding), "-") == "text"


def test_wide_text_that_nothing_gives_away_passes_when_its_encoding_is_given() -> None:
    data = "昨天村里新开了一家面包店，香味飘满街道。".encode("utf-16-le") * 20
    assert sniff(data, "-", "utf-16") == "text"


def test_the_name_decides_where_the_content_leaves_doubt() -> None:
    scrap = b"Rain fell.\n<p>It went on for days, and nobody in the harbour minded very much."
    assert sniff(scrap, "page.html") == "html"
    assert sniff(scrap, "page.html.gz") == "html"
    assert sniff(scrap, "-") == "text"
    assert sniff(b"", "page.html") == "html"
    assert sniff(b"Rain fell.\n", "page.html") == "text"
    assert sniff(PAGES["fragment"].encode(), "notes.md") == "text"


def test_a_page_that_begins_with_a_long_script_is_known_by_its_end() -> None:
    page = b"Notice\n<p>x</p><script>" + b"a();" * HEAD_BYTES + b"</script></div></body></html>"
    assert sniff(page, "-") == "html"


def test_a_page_full_of_control_characters_is_still_a_page() -> None:
    assert sniff(b"<!DOCTYPE html><p>The fer\0ry\x01 in Skel\x0bmoor.</p>", "-") == "html"


def test_a_text_padded_with_nul_is_still_a_text() -> None:
    assert sniff(b"Rain fell on the harbour.\n".ljust(4096, b"\0"), "-") == "text"


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda signature: signature.what)
def test_every_signature_is_refused(signature: tuple[bytes, int, str, str]) -> None:
    magic, offset, what, remedy = signature
    data = b"\1" * offset + magic + bytes(range(32)) * 10
    message = f"is {what}, not a page or text" + (f"; {remedy}" if remedy else "")
    with pytest.raises(UnreadableError) as error:
        sniff(data, "page.html")
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a PNG image, not a page or text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "is a JPEG image, not a page or text"),
        (b"GIF89a\x10\0\x10\0\x80\0\0", "is a GIF image, not a page or text"),
        (b"RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0", "is a WebP image, not a page or text"),
        (b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0", "is a WAV recording, not a page or text"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "is an MP4 video, not a page or text"),
        (
            b"%PDF-1.7\n1 0 obj\n",
            "is a PDF document, not a page or text; convert it first, for example with pdftotext",
        ),
        (b"BZh91AY&SY\xd9\xb2\x17\x9b", "is bzip2 data, not a page or text; unpack it first"),
        (bytes(5000), "is binary data, not a page or text; --from text reads it all the same"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else "",
)
def test_refusals_say_what_it_is(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read(data)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        (["mimetype"], "an EPUB book"),
        (["[Content_Types].xml", "word/document.xml"], "a Word document"),
        (["[Content_Types].xml", "xl/workbook.xml"], "an Excel workbook"),
        (["[Content_Types].xml", "ppt/presentation.xml"], "a PowerPoint presentation"),
        (["META-INF/MANIFEST.MF", "Main.class"], "a Java archive"),
        (["a.txt"], "a ZIP archive"),
    ],
)
def test_zip_archives_are_told_apart(entries: list[str], what: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry in entries:
            archive.writestr(entry, "application/epub+zip" if entry == "mimetype" else "x" * 5000)
    with pytest.raises(UnreadableError, match=f"^is {what}, not a page or text"):
        sniff(buffer.getvalue(), "-")


def test_an_opendocument_text_is_refused_by_its_type() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(UnreadableError, match="an OpenDocument file"):
        sniff(buffer.getvalue(), "-")


def test_random_bytes_are_binary() -> None:
    for seed in range(20):
        with pytest.raises(UnreadableError):
            sniff(random.Random(seed).randbytes(2000), "-")


def test_what_a_gzip_file_holds_is_looked_at() -> None:
    assert read(gzip.compress(b"Rain.\n"), "x.txt.gz").kind == "text"
    with pytest.raises(UnreadableError, match="PNG image"):
        read(gzip.compress(b"\x89PNG\r\n\x1a\n"))
    with pytest.raises(UnreadableError, match="is gzip data"):
        read(gzip.compress(gzip.compress(b"Rain.\n")))
    with pytest.raises(UnreadableError, match="damaged gzip"):
        read(b"\x1f\x8bnothing of the sort")


def test_a_given_kind_is_believed() -> None:
    assert read(b"<p>Rain</p>", kind="text").kind == "text"
    assert read(b"Rain", kind="html").kind == "html"
    assert read(b"\0\1\2Rain\3\4", kind="text").kind == "text"


def test_unknown_kinds_and_encodings() -> None:
    with pytest.raises(ValueError, match="unknown kind: pdf; use auto or one of html, text"):
        read(b"Rain", kind="pdf")
    with pytest.raises(LookupError):
        read(b"Rain", encoding="no-such-thing")
    with pytest.raises(LookupError):
        read(b"Rain", kind="text", encoding="no-such-thing")


@pytest.mark.parametrize("data", [b"", "", gzip.compress(b""), b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("kind", ["auto", "html", "text"])
def test_empty_input_is_a_document_without_blocks(data: bytes | str, kind: str) -> None:
    document = read(data, "x", kind)
    assert (document.name, document.blocks, document.source) == ("x", (), ())


@pytest.mark.parametrize("data", [" ", "\n\n \t\n", "\0", "<!-- x -->", "<html></html>", "\x1b[0m"])
@pytest.mark.parametrize("name", ["-", "x.html"])
def test_input_without_words_is_a_document_without_blocks(data: str, name: str) -> None:
    if data != "<!-- x -->" or name == "x.html":
        assert read(data, name).blocks == ()


def test_the_document_knows_its_encoding() -> None:
    data = "Il a neigé à Nîmes.\n".encode("cp1252")
    document = read(data, "x.txt")
    assert (document.kind, document.encoding, document.how_decoded) == ("text", "windows-1252", "assumed")
    assert document.blocks[0].text == "Il a neigé à Nîmes."
    document = read(data, "x.txt", encoding="latin1")
    assert (document.encoding, document.how_decoded) == ("windows-1252", "given")


def test_characters_need_no_decoding() -> None:
    document = read('\ufeff<?xml version="1.0" encoding="koi8-r"?><html><body><p>Il a ne\0igé.</p></body></html>')
    assert (document.kind, document.encoding, document.how_decoded) == ("html", "str", "given")
    assert [block.text for block in document.blocks] == ["Il a neigé."]


def test_long_characters_are_sniffed_at_both_ends() -> None:
    page = "Notice\n<p>x</p><script>" + "a();" * HEAD_BYTES + "</script></div></body></html>"
    assert read(page).kind == "html"


@given(st.binary(), st.sampled_from(["-", "x.html", "x.txt", "x.md"]))
def test_sniff_tells_a_kind_or_refuses(data: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableError):
        assert sniff(data, name) in READERS


@given(st.text("<>/pdiv br\n\"',!-?aé", max_size=60), st.sampled_from(["-", "x.html", "x.txt", "x.md"]))
def test_bits_of_markup_are_a_kind(text: str, name: str) -> None:
    assert sniff(text.encode(), name) in READERS
    assert sniff(text.encode(), name) == sniff(text.encode(), name, "utf-8")


@given(st.binary(max_size=100))
def test_read_gives_a_document_or_refuses(data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert isinstance(read(data), Document)


def test_plain_text_does_not_wait_for_the_html_parser() -> None:
    program = "import sys; from stripper.readers import read; read(b'Rain.\\n'); print('lxml' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
