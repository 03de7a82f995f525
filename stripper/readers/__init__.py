"""Inputs to documents: tell pages from text, refuse what is neither, and call the reader."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from stripper.decode import GZIP, Decoded, UnreadableError, apparent, decode, lookup, tidy, unpack
from stripper.model import Document

HEAD_BYTES = 16 * 2**10
"""How much of the start of an input is looked at; divisible by four, so that UTF-32 is not cut."""
TAIL_BYTES = 1024
"""How much of its end; divisible by four."""
DIRECTORY_BYTES = 64 * 2**10
"""How much of the end of a ZIP archive is searched for the names of its files."""
CONTROLS_IN_TEXT = 0.3
"""Share of control characters that valid text of some encoding may have."""
CONTROLS_IN_BYTES = 0.05
"""Share of control characters that bytes which are not valid UTF-8 may have; compressed data have 0.1."""
CONTROLS_IN_WORDS = 0.01
"""Share of control characters from which on letters that begin a kind of file are not taken for a word."""


class Signature(NamedTuple):
    """How a kind of file that is neither page nor text begins."""

    magic: bytes
    offset: int
    what: str
    """Its name with an article."""
    remedy: str = ""


_UNPACK = "unpack it first"
_SAVE = "save it as HTML or text first"
_PDF = "convert it first, for example with pdftotext"

# More specific rows first.
SIGNATURES = tuple(
    Signature(*row)
    for row in (
        (b"\x89PNG\r\n\x1a\n", 0, "a PNG image"),
        (b"\xff\xd8\xff", 0, "a JPEG image"),
        (b"GIF87a", 0, "a GIF image"),
        (b"GIF89a", 0, "a GIF image"),
        (b"WEBP", 8, "a WebP image"),
        (b"ftypavif", 4, "an AVIF image"),
        (b"ftypheic", 4, "a HEIC image"),
        (b"ftypmif1", 4, "a HEIC image"),
        (b"\0\0\0\x0cJXL \r\n", 0, "a JPEG XL image"),
        (b"\0\0\0\x0cjP  \r\n", 0, "a JPEG 2000 image"),
        (b"\xff\x0a", 0, "a JPEG XL image"),
        (b"II*\0", 0, "a TIFF image"),
        (b"MM\0*", 0, "a TIFF image"),
        (b"BM", 0, "a BMP image"),
        (b"\0\0\1\0", 0, "an icon"),
        (b"8BPS", 0, "a Photoshop image"),
        (b"%PDF-", 0, "a PDF document", _PDF),
        (b"%!PS-", 0, "a PostScript document", "convert it first, for example with ps2ascii"),
        (b"{\\rtf", 0, "an RTF document", _SAVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "an old Microsoft Office document", _SAVE),
        (b"BOOKMOBI", 60, "a Mobipocket book", _SAVE),
        (b"bplist00", 0, "a binary property list or Safari web archive", _SAVE),
        (GZIP, 0, "gzip data", _UNPACK),
        (b"1AY&SY", 4, "bzip2 data", _UNPACK),
        (b"\xfd7zXZ\0", 0, "xz data", _UNPACK),
        (b"\x28\xb5\x2f\xfd", 0, "Zstandard data", _UNPACK),
        (b"\x04\x22\x4d\x18", 0, "LZ4 data", _UNPACK),
        (b"\x1f\x9d", 0, "compress data", _UNPACK),
        (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive", _UNPACK),
        (b"Rar!\x1a\x07", 0, "a RAR archive", _UNPACK),
        (b"ustar", 257, "a tar archive", _UNPACK),
        (b"!<arch>\n", 0, "an ar archive or Debian package", _UNPACK),
        (b"\xed\xab\xee\xdb", 0, "an RPM package"),
        (b"MSCF\0\0\0\0", 0, "a cabinet archive", _UNPACK),
        (b"WARC/", 0, "a WARC archive", _UNPACK),
        (b"\x7fELF", 0, "an ELF program or library"),
        (b"\xcf\xfa\xed\xfe", 0, "a Mach-O program or library"),
        (b"\xce\xfa\xed\xfe", 0, "a Mach-O program or library"),
        (b"\xfe\xed\xfa\xcf", 0, "a Mach-O program or library"),
        (b"\xfe\xed\xfa\xce", 0, "a Mach-O program or library"),
        (b"\xca\xfe\xba\xbe", 0, "a Java class or Mach-O program"),
        (b"MZ", 0, "a Windows program or library"),
        (b"\0asm", 0, "a WebAssembly module"),
        (b"ID3", 0, "an MP3 recording"),
        (b"\xff\xfb", 0, "an MP3 recording"),
        (b"\xff\xf3", 0, "an MP3 recording"),
        (b"\xff\xf2", 0, "an MP3 recording"),
        (b"ftypM4A", 4, "an M4A recording"),
        (b"ftypqt", 4, "a QuickTime video"),
        (b"ftyp", 4, "an MP4 video"),
        (b"\x1a\x45\xdf\xa3", 0, "a WebM or Matroska video"),
        (b"\0\0\1\xba", 0, "an MPEG video"),
        (b"FLV\1", 0, "a Flash video"),
        (b"OggS", 0, "an Ogg recording or video"),
        (b"fLaC", 0, "a FLAC recording"),
        (b"MThd", 0, "a MIDI file"),
        (b"WAVE", 8, "a WAV recording"),
        (b"AVI ", 8, "an AVI video"),
        (b"SQLite format 3\0", 0, "an SQLite database"),
        (b"wOFF", 0, "a WOFF font"),
        (b"wOF2", 0, "a WOFF font"),
        (b"\0\1\0\0\0", 0, "a TrueType font"),
        (b"OTTO", 0, "an OpenType font"),
        (b"ttcf", 0, "a font collection"),
        (b"PAR1", 0, "a Parquet table"),
        (b"\x89HDF\r\n\x1a\n", 0, "an HDF5 file"),
    )
)
"""What begins how. A magic of letters and digits could be a word: it counts only among control characters."""

ZIP = b"PK\x03\x04"

# What a ZIP archive holds tells what it is.
_ZIP_KINDS = (
    (b"application/epub+zip", "an EPUB book", _SAVE),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file", _SAVE),
    (b"word/document.xml", "a Word document", _SAVE),
    (b"xl/workbook.", "an Excel workbook", _SAVE),
    (b"ppt/presentation.xml", "a PowerPoint presentation", _SAVE),
    (b"AndroidManifest.xml", "an Android package", ""),
    (b"META-INF/MANIFEST.MF", "a Java archive", ""),
    (b"", "a ZIP archive", _UNPACK),
)

# Characters that text does not hold. It does hold tabs, line ends, escapes (colours) and backspaces (manual pages
# strike letters twice). NUL is among them: UTF-16 and UTF-32 have been decoded before they are counted.
_CONTROLS = dict.fromkeys((*range(0x08), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))

# Elements that bound blocks or stand in a page's head; the others are often used or mentioned in text and Markdown.
_STRUCTURE_NAMES = """
html head body title meta link base style script noscript template p div section article main header footer nav aside
h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption blockquote pre figure figcaption form
fieldset hr br center iframe address details summary dialog frameset hgroup
"""
_INLINE_NAMES = "a abbr b big cite code em font i img input label q s small span strong sub sup time u"
_STRUCTURE, _INLINE = frozenset(_STRUCTURE_NAMES.split()), frozenset(_INLINE_NAMES.split())

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)(?=[\s/>])[^<>]*>", re.I)
_PAGE_START = re.compile(r"<(?:!doctype|html|head|body)(?=[\s>])[^<>]*>?", re.I)
_BLANKS = re.compile(r"\s*")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|~~~)", re.M)

# Around a tag that is mentioned: quotes and brackets before it; a word after a blank, or punctuation, after it.
_QUOTES = frozenset("`\"'“”‘’„«»")
_APART = _QUOTES | frozenset("([,")
_MENTION = re.compile(r"[ \t]+[^\s<]|[`\"'“”‘’„«»)\],.;:!?]")

_PAGE_NAME = re.compile(r"\.(?:x?html?|xht|php|aspx?|jsp)(?:\.gz)?$", re.I)
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mkd|rst|adoc|org)(?:\.gz)?$", re.I)


def _html(text: str, name: str, number_lines: bool) -> Document:
    from stripper.readers.html import read_html

    return read_html(text, name, number_lines)


def _text(text: str, name: str, number_lines: bool) -> Document:
    from stripper.readers.text import read_text

    return read_text(text, name)


READERS: Mapping[str, Callable[[str, str, bool], Document]] = {"html": _html, "text": _text}
"""Reader by kind, called with text, name, and whether lines are to be numbered. Each is imported when it is first
needed: plain text never waits for an HTML parser."""


def read(
    data: bytes | str,
    name: str = "-",
    kind: str = "auto",
    encoding: str | None = None,
    number_lines: bool = False,
) -> Document:
    """Read a page or a text.

    data: its bytes, gzip is opened; or its characters.
    name: as shown to the user; its ending decides where the content leaves doubt.
    kind: `html`, `text`, or `auto` to tell from the content. A given kind is believed: nothing is refused then.
    encoding: name of the encoding, where it is known better than can be told.
    number_lines: whether blocks of a page are to know their source lines; those of a text always do.

    Raises UnreadableError for binary and damaged input, LookupError for an unknown encoding, ValueError for an unknown
    kind.
    """
    if kind != "auto" and kind not in READERS:
        raise ValueError(f"unknown kind: {kind}; use auto or one of {', '.join(READERS)}")
    if isinstance(data, str):
        decoded = Decoded(tidy(data), "str", "given")
        head, rest = decoded.text[:HEAD_BYTES], decoded.text[HEAD_BYTES:]
        kind = _kind(head, rest[-TAIL_BYTES:], name) if kind == "auto" else kind
    else:
        data = unpack(data)
        kind = sniff(data, name, encoding) if kind == "auto" else kind
        decoded = decode(data, encoding, detect=kind == "text")
    document = READERS[kind](decoded.text, name, number_lines) if decoded.text else Document(name, kind)
    return document._replace(encoding=decoded.encoding, how_decoded=decoded.how)


def sniff(data: bytes, name: str, encoding: str | None = None) -> str:
    """Tell whether data is a page (`html`) or plain text (`text`).

    Text that mentions tags is text, and so is XML but for XHTML: a page's parser would lose parts of it.

    data: the bytes, not compressed. Only their start and end are looked at.
    name: its ending decides where the content leaves doubt.
    encoding: name of the encoding if the user gave one.

    Raises UnreadableError for anything else, saying what it is.
    """
    known = lookup(encoding) if encoding is not None else apparent(data)
    # Latin-1 reads any bytes, and the ASCII among them right: enough to see markup.
    codec = known.codec if known else "latin-1"
    start = data[:HEAD_BYTES]
    head = start.decode(codec, "replace").removeprefix("\ufeff")
    tail = data[max(HEAD_BYTES, len(data) - TAIL_BYTES & ~3) :].decode(codec, "replace")
    bare = head.strip("\0")  # some systems pad files with NUL
    controls = 1 - len(bare.translate(_CONTROLS)) / len(bare) if bare else float(bool(head))
    _refuse_signatures(data, start, controls)
    if controls > (CONTROLS_IN_TEXT if known or _is_utf_8(start) else CONTROLS_IN_BYTES):
        raise _refusal("binary data", "--from text reads it all the same")
    return _kind(head, tail, name)


def _refuse_signatures(data: bytes, start: bytes, controls: float) -> None:
    """Raise UnreadableError if the data begins like a known kind of binary file."""
    if start.startswith(ZIP):
        names = start + data[-DIRECTORY_BYTES:]
        raise next(_refusal(what, remedy) for inner, what, remedy in _ZIP_KINDS if inner in names)
    for magic, offset, what, remedy in SIGNATURES:
        if start.startswith(magic, offset) and (controls > CONTROLS_IN_WORDS or not magic.strip().isalnum()):
            raise _refusal(what, remedy)


def _refusal(what: str, remedy: str) -> UnreadableError:
    return UnreadableError(f"is {what}, not a page or text" + (f"; {remedy}" if remedy else ""))


def _is_utf_8(start: bytes) -> bool:
    """Whether bytes are valid UTF-8; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _kind(head: str, tail: str, name: str) -> str:
    """Tell pages from text by their first characters, the last ones where those are not among them, and the name."""
    return "html" if _is_page(head + tail, name) else "text"


def _is_page(text: str, name: str) -> bool:
    """Whether tags give the text its structure; tags that are mentioned do not.

    A page begins with a tag and has tags that are joined to what they mark. Where it begins with words, as after a
    server's message or as a scrap of a page, it soon comes to tags and ends with one; or its name says what it is.
    """
    named = bool(_PAGE_NAME.search(name))
    begin = _skip_prologue(text)
    if begin == len(text):
        return named
    if (first := _PAGE_START.match(text, begin)) and not _MENTION.match(text, first.end()):
        return True
    if _MARKDOWN_NAME.search(name):
        return False
    structure, inline = _joined_tags(text)
    if named and (structure or len(inline) > 2):
        return True
    if len(structure) <= len(_MARKDOWN.findall(text)):
        return False
    if (tag := _TAG.match(text, begin)) and _is_element(tag[2]):
        return True
    end = text.rstrip()
    last = _TAG.fullmatch(end, end.rfind("<")) if end.endswith(">") else None
    return bool(last and _is_element(last[2])) and len(structure) > 2 and 2 * structure[0] < len(text)


def _skip_prologue(text: str) -> int:
    """Where the content begins after blanks, comments, the XML declaration and the like."""
    position = 0
    while blanks := _BLANKS.match(text, position):
        position = blanks.end()
        closing = "-->" if text.startswith("<!--", position) else "?>" if text.startswith("<?", position) else ""
        end = text.find(closing, position) if closing else -1
        if end < 0:
            break
        position = end + len(closing)
    return position


def _joined_tags(text: str) -> tuple[list[int], list[int]]:
    """Where tags stand that are joined to what they mark: those of structure, and others.

    In a page a tag stands at the start of a line, after another tag or right after a letter, and something follows it
    at once: a letter, a tag, the end of the line. In text about tags blanks, quotes and commas stand around it.
    """
    structure: list[int] = []
    inline: list[int] = []
    passed = 0
    for tag in _TAG.finditer(text):
        start, end = tag.span()
        between = text[max(passed, text.rfind("\n", passed, start) + 1) : start]  # since the last tag or line end
        passed = end
        if between and (between[-1] in _APART or (between[-1].isspace() and not between.isspace())):
            continue
        if _MENTION.match(text, end) if not tag[1] else text[end : end + 1] in _QUOTES:
            continue
        if _is_element(tag[2]):
            (inline if tag[2].lower() in _INLINE else structure).append(start)
    return structure, inline


def _is_element(name: str) -> bool:
    """Whether HTML has an element of this name, or could have: custom elements have a hyphen."""
    return name.lower() in _STRUCTURE or name.lower() in _INLINE or "-" in name
