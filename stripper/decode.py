"""Bytes to text, and how the encoding was known. Also opens gzip, within bounds.

The order is: what the user says, byte order mark, zero bytes of UTF-16 and UTF-32, valid UTF-8, mostly UTF-8, what the
page declares, windows-1252. Valid UTF-8 goes before what the page declares, because text in another encoding is hardly
ever valid UTF-8 by chance, while declarations are often wrong. Labels mean what the WHATWG Encoding Standard says.
"""

from __future__ import annotations

import codecs
import importlib
import re
import unicodedata
import zlib
from collections import Counter
from functools import cache
from typing import NamedTuple

UNPACKED_LIMIT = 256 * 2**20
"""Bytes that a gzip file may unpack to."""
UNPACKED_RATIO = 200
"""Times its own size that a gzip file may unpack to; web pages reach 5 to 20, bombs 1000."""
UNPACKED_FREE = 16 * 2**20
"""Bytes up to which the ratio is not looked at: a small file of blanks is no bomb."""
DECLARATION_BYTES = 16 * 2**10
"""Where declarations are looked for. Browsers look into the first KiB and start again when one comes later."""
SAMPLE_BYTES = 4 * 2**10
"""How much is looked at to recognise UTF-16 and UTF-32 without a byte order mark; divisible by four."""
DETECTOR_BYTES = 64 * 2**10
"""How much the detector library gets to see."""

GZIP = b"\x1f\x8b"
_GZIP_STEP = 4 * 2**10  # input bytes at a time: deflate makes at most 1032 of one, so a step never makes much


class UnreadableError(Exception):
    """An input that cannot be used. Its text is the message for the user, to stand after the input's name."""


class Decoded(NamedTuple):
    """A text and where its characters come from."""

    text: str
    """Without byte order mark and NUL characters."""
    encoding: str
    """Name of the encoding, in lower case."""
    how: str
    """`given`, `bom`, `utf-8`, `mended` (UTF-8 with stray bytes), `declared` or `assumed`."""


class Encoding(NamedTuple):
    """An encoding of the WHATWG Encoding Standard."""

    name: str
    """Name in the standard, in lower case."""
    codec: str
    """The Python codec that reads it; empty if there is none."""


# Name, closest Python codec and labels of each encoding, from the WHATWG Encoding Standard
# (https://encoding.spec.whatwg.org/#names-and-labels).
_SINGLE_BYTE = (
    ("ibm866", "cp866", "866 cp866 csibm866 ibm866"),
    (
        "iso-8859-2",
        "iso8859_2",
        "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    ),
    (
        "iso-8859-3",
        "iso8859_3",
        "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    ),
    (
        "iso-8859-4",
        "iso8859_4",
        "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    ),
    (
        "iso-8859-5",
        "iso8859_5",
        "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    ),
    (
        "iso-8859-6",
        "iso8859_6",
        "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i "
        "iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    ),
    (
        "iso-8859-7",
        "iso8859_7",
        "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
        "iso_8859-7:1987 sun_eu_greek",
    ),
    (
        "iso-8859-8",
        "iso8859_8",
        "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
        "iso_8859-8:1988 visual",
    ),
    ("iso-8859-8-i", "iso8859_8", "csiso88598i iso-8859-8-i logical"),
    ("iso-8859-10", "iso8859_10", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"),
    ("iso-8859-13", "iso8859_13", "iso-8859-13 iso8859-13 iso885913"),
    ("iso-8859-14", "iso8859_14", "iso-8859-14 iso8859-14 iso885914"),
    ("iso-8859-15", "iso8859_15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"),
    ("iso-8859-16", "iso8859_16", "iso-8859-16"),
    ("koi8-r", "koi8_r", "cskoi8r koi koi8 koi8-r koi8_r"),
    ("koi8-u", "koi8_u", "koi8-ru koi8-u"),
    ("macintosh", "mac_roman", "csmacintosh mac macintosh x-mac-roman"),
    ("windows-874", "cp874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"),
    ("windows-1250", "cp1250", "cp1250 windows-1250 x-cp1250"),
    ("windows-1251", "cp1251", "cp1251 windows-1251 x-cp1251"),
    (
        "windows-1252",
        "cp1252",
        "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
        "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
    ),
    ("windows-1253", "cp1253", "cp1253 windows-1253 x-cp1253"),
    (
        "windows-1254",
        "cp1254",
        "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
        "windows-1254 x-cp1254",
    ),
    ("windows-1255", "cp1255", "cp1255 windows-1255 x-cp1255"),
    ("windows-1256", "cp1256", "cp1256 windows-1256 x-cp1256"),
    ("windows-1257", "cp1257", "cp1257 windows-1257 x-cp1257"),
    ("windows-1258", "cp1258", "cp1258 windows-1258 x-cp1258"),
    ("x-mac-cyrillic", "mac_cyrillic", "x-mac-cyrillic x-mac-ukrainian"),
    ("x-user-defined", "cp1252", "x-user-defined"),  # HTML reads a page that declares it so
)
_MULTI_BYTE = (
    ("utf-8", "utf_8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),
    ("gbk", "gb18030", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"),
    ("gb18030", "gb18030", "gb18030"),
    ("big5", "big5hkscs", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),
    ("euc-jp", "euc_jp", "cseucpkdfmtjapanese euc-jp x-euc-jp"),
    ("iso-2022-jp", "iso2022_jp_ext", "csiso2022jp iso-2022-jp"),
    ("shift_jis", "cp932", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"),
    (
        "euc-kr",
        "cp949",
        "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949",
    ),
    ("utf-16be", "utf_16_be", "unicodefffe utf-16be"),
    ("utf-16le", "utf_16_le", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"),
    # The standard refuses these, lest a script be smuggled in. No script runs here: they are read where Python can.
    ("iso-2022-kr", "iso2022_kr", "csiso2022kr iso-2022-kr"),
    ("hz-gb-2312", "hz", "hz-gb-2312"),
    ("replacement", "", "iso-2022-cn iso-2022-cn-ext replacement"),
)

LABELS = {
    label: Encoding(name, codec) for name, codec, labels in (*_SINGLE_BYTE, *_MULTI_BYTE) for label in labels.split()
}
"""Every label of the standard, in lower case, with its encoding."""

UTF_8, WINDOWS_1252, ISO_2022_JP = LABELS["utf-8"], LABELS["windows-1252"], LABELS["iso-2022-jp"]

# Encodings that look like ASCII, so that they would pass for UTF-8.
_SEVEN_BIT = frozenset({"iso-2022-jp", "iso-2022-kr", "hz-gb-2312"})

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, Encoding("utf-32le", "utf_32_le")),
    (codecs.BOM_UTF32_BE, Encoding("utf-32be", "utf_32_be")),
    (codecs.BOM_UTF16_LE, LABELS["utf-16le"]),
    (codecs.BOM_UTF16_BE, LABELS["utf-16be"]),
    (b"\x84\x31\x95\x33", LABELS["gb18030"]),
)

# Encoding, where the high bytes of its characters stand, and where the low ones.
_WIDE = (
    (Encoding("utf-32le", "utf_32_le"), slice(2, None, 4), slice(0, None, 4)),
    (Encoding("utf-32be", "utf_32_be"), slice(1, None, 4), slice(3, None, 4)),
    (LABELS["utf-16le"], slice(1, None, 2), slice(0, None, 2)),
    (LABELS["utf-16be"], slice(0, None, 2), slice(1, None, 2)),
)

# Codecs for host names and program source: some raise whatever the error handler.
_NO_TEXT = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape"})

# Without a mark Python takes the byte order of the machine; here every machine gives the same.
_LITTLE_ENDIAN = {"utf-32": "utf-32-le"}

# Where Python's single-byte tables lack what the standard has.
_AMENDED = {
    "koi8_u": {0xAE: "ў", 0xBE: "Ў"},
    "cp1255": {0xCA: "\u05ba"},
}

# A second codec for the pairs of bytes that Python's first choice lacks: circled digits and the like.
_SECOND_CHOICE = {"euc_jp": "euc_jis_2004", "big5hkscs": "cp950"}

_NON_ASCII = bytes(range(0x80, 0x100))
_TAG_ATTRIBUTE = re.compile(rb"""([^\s=/>"']+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([^\s;"'>]+)""", re.I)
_XML_ENCODING = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([^\s"'>]+)""")


def decode(data: bytes, encoding: str | None = None, detect: bool = False) -> Decoded:
    """Make text of bytes. Bytes that mean nothing in the encoding become U+FFFD; NUL characters go without a trace, for
    they must not split words.

    encoding: name given by the user, a label of the WHATWG Encoding Standard or the name of a Python codec.
    detect: for plain text, which declares nothing: ask charset-normalizer (if it is installed, extra `charsets`) before
    windows-1252 is assumed. The answer then depends on that library.
    Raises LookupError if no encoding has the given name; nothing else.
    """
    mark, marked = _mark(data)
    if encoding is not None:
        given = lookup(encoding)
        if marked and marked.name[:4] == given.name[:4] == "utf-":  # the mark belongs to it and knows the byte order
            data, given = data[len(mark) :], marked
        return Decoded(tidy(_decode(data, given)), given.name, "given")
    if marked:
        data = data[len(mark) :]
        text = _mend(data) if marked == UTF_8 else _decode(data, marked)
        return Decoded(tidy(text), marked.name, "bom")
    if unmarked := _wide(data):
        return Decoded(tidy(_decode(data, unmarked)), unmarked.name, "assumed")
    return _decode_bytewise(data, detect)


def lookup(name: str) -> Encoding:
    """The encoding that a label of the WHATWG Encoding Standard or a name of a Python codec stands for.

    Raises LookupError if there is none that makes text of bytes.
    """
    known = LABELS.get(name.strip().lower())
    if known and known.codec:
        return known
    try:
        codec = codecs.lookup(name.strip()).name
        b"a".decode(codec, "replace")  # a LookupError for codecs that make no text, such as rot13 or base64
    except (LookupError, ValueError) as error:  # ValueError: a name with odd characters, the codec `undefined`
        raise LookupError(f"unknown encoding: {name}") from error
    if codec in _NO_TEXT:
        raise LookupError(f"not an encoding of text: {name}")
    return LABELS.get(codec) or Encoding(codec, _LITTLE_ENDIAN.get(codec, codec))


def apparent(data: bytes) -> Encoding | None:
    """The encoding that a byte order mark or the zero bytes of UTF-16 and UTF-32 give away; None for others."""
    return _mark(data)[1] or _wide(data)


def _mark(data: bytes) -> tuple[bytes, Encoding | None]:
    """The byte order mark at the start and the encoding it tells."""
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", None))


def _wide(data: bytes) -> Encoding | None:
    """UTF-16 or UTF-32 without a byte order mark, recognised by its zero bytes; None for anything else.

    The high bytes are zero for ASCII and the same for all letters of an alphabet. Those of Chinese, Japanese and Korean
    differ, so that there it takes some markup or blanks.
    """
    sample = data[: min(SAMPLE_BYTES, len(data) & ~3)]
    if 0 not in sample:
        return None
    for encoding, high, low in _WIDE:
        (_, most), *others = Counter(sample[high]).most_common(2)
        size, zeros = len(sample[high]), sample[high].count(0)
        alphabet = 50 * zeros >= size and 10 * (most + sum(count for _, count in others)) >= 9 * size
        ideographs = 10 * zeros >= size and not sample.isascii()
        if (alphabet or ideographs) and 4 * sample[low].count(0) <= zeros and _is_plausible(sample, encoding):
            return encoding
    return None


def _is_plausible(sample: bytes, encoding: Encoding) -> bool:
    """Whether nine of ten characters are such as text has. Tables of small numbers, which have zero bytes in the same
    places, make control characters."""
    text = sample.decode(encoding.codec, "replace")
    odd = sum(unicodedata.category(char) in ("Cc", "Cn", "Co") and char not in "\t\n\f\r\x1b" for char in text)
    return 10 * (odd + text.count("\ufffd")) <= len(text)


def declared(data: bytes) -> Encoding | None:
    """The encoding that a page declares near its start, in a `meta` element or the XML declaration.

    None if it declares none, or none that can be read, or UTF-8. A declaration that was found by reading bytes as ASCII
    cannot be right about UTF-16: the standard takes it for UTF-8.
    """
    head = data[:DECLARATION_BYTES]
    xml = _XML_ENCODING.match(head)
    for label in (*_meta_labels(head), *(xml.groups() if xml else ())):
        encoding = LABELS.get(label.decode("ascii", "replace").strip().lower())
        if encoding and encoding.codec:
            return None if encoding.name.startswith("utf-") else encoding
    return None


def tidy(text: str) -> str:
    """Without byte order mark and NUL characters; lone surrogates, which no output can hold, become U+FFFD."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def unpack(data: bytes) -> bytes:
    """Open a gzip file of one or several members; anything else is returned as it is.

    A file that was cut short gives what is there of it. Raises UnreadableError if it is damaged, if nothing is there,
    or if it unpacks to more than UNPACKED_LIMIT bytes or, past UNPACKED_FREE, UNPACKED_RATIO times its size.
    """
    if not data.startswith(GZIP):
        return data
    limit = min(UNPACKED_LIMIT, max(UNPACKED_FREE, UNPACKED_RATIO * len(data)))
    pieces: list[bytes] = []
    size = position = 0
    whole = False
    while data.startswith(GZIP, position):  # what follows the last member is padding, as for gzip itself
        member = zlib.decompressobj(wbits=31)
        while not member.eof and position < len(data):
            step = data[position : position + _GZIP_STEP]
            try:
                piece = member.decompress(step)
            except zlib.error as error:
                raise UnreadableError("is a damaged gzip file; fetch or pack it again") from error
            position += len(step) - len(member.unused_data)
            size += len(piece)
            if size > limit:
                raise UnreadableError(
                    f"is a gzip file that unpacks to more than {limit // 2**20} MiB; unpack it first with gzip -d"
                )
            if piece:
                pieces.append(piece)
        whole = whole or member.eof
    if not pieces and not whole:
        raise UnreadableError("is a gzip file cut short before its text; fetch or pack it again")
    return b"".join(pieces)


def _decode_bytewise(data: bytes, detect: bool) -> Decoded:
    """Decode what has neither mark nor zero bytes: UTF-8, mended, declared, assumed."""
    if data.isascii() and (b"\x1b$" in data or b"~{" in data):  # seven-bit encodings write letters as escaped ASCII
        stated = declared(data)
        if stated and stated.name in _SEVEN_BIT:
            return Decoded(tidy(_decode(data, stated)), stated.name, "declared")
        if b"\x1b$B" in data or b"\x1b$@" in data:
            return Decoded(tidy(_decode(data, ISO_2022_JP)), ISO_2022_JP.name, "assumed")
    try:
        return Decoded(tidy(data.decode()), UTF_8.name, "utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf_8(data):
        return Decoded(tidy(_mend(data)), UTF_8.name, "mended")
    if stated := declared(data):
        return Decoded(tidy(_decode(data, stated)), stated.name, "declared")
    assumed = (_detect(data) if detect else None) or WINDOWS_1252
    return Decoded(tidy(_decode(data, assumed)), assumed.name, "assumed")


def _mostly_utf_8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are valid UTF-8 than not. In text in other encodings few are: a byte of 192
    or more must be followed by the right number of bytes of 128 to 191."""
    text = data.decode("utf-8", "replace")
    cut_off = text.endswith("\ufffd")  # says nothing, as it ends any text that was cut
    bad = text.count("\ufffd") - data.count("\ufffd".encode()) - cut_off
    good = len(text) - len(data.translate(None, _NON_ASCII)) - bad - cut_off
    return good > bad


def _mend(data: bytes) -> str:
    """UTF-8 with stray bytes read as windows-1252: pages put together from parts in different encodings."""
    return data.decode("utf-8", "stripper.windows-1252")


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: windows-1252 for what is not UTF-8; U+FFFD for a last character that is cut off."""
    assert isinstance(error, UnicodeDecodeError)
    if error.reason == "unexpected end of data":
        return "\ufffd", error.end
    return _decode(error.object[error.start : error.end], WINDOWS_1252), error.end


def _second_choice(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: a pair of bytes that the codec lacks and a related one has; else U+FFFD."""
    assert isinstance(error, UnicodeDecodeError)
    pair = error.object[error.start : error.start + 2]
    try:
        return pair.decode(_SECOND_CHOICE[error.encoding]), error.start + 2
    except UnicodeDecodeError:
        return "\ufffd", error.end


codecs.register_error("stripper.windows-1252", _stray)
codecs.register_error("stripper.second-choice", _second_choice)


def _decode(data: bytes, encoding: Encoding) -> str:
    """Decode with replacement, in the standard's way."""
    if table := _table(encoding.codec):
        return codecs.charmap_decode(data, "replace", table)[0]
    text = data.decode(encoding.codec, "replace")
    # Where much is amiss a second choice does not help, and asking for each byte takes long.
    if encoding.codec in _SECOND_CHOICE and 0 < 20 * text.count("\ufffd") <= len(text):
        return data.decode(encoding.codec, "stripper.second-choice")
    return text


@cache
def _table(codec: str) -> str:
    """The 256 characters of a single-byte encoding of the standard; empty for others.

    Bytes 128 to 159 that the encoding leaves open are control characters in the standard, others U+FFFD.
    """
    if not any(codec == single for _, single, _ in _SINGLE_BYTE):
        return ""
    chars = [bytes([byte]).decode(codec, "replace") for byte in range(256)]
    for byte in range(0x80, 0xA0):
        chars[byte] = chr(byte) if chars[byte] == "\ufffd" else chars[byte]
    for byte, char in _AMENDED.get(codec, {}).items():
        chars[byte] = char
    return "".join(chars)


def _meta_labels(head: bytes) -> list[bytes]:
    """Encoding labels in `meta` elements, in order, outside comments (HTML Standard, prescan a byte stream)."""
    labels: list[bytes] = []
    lower = head.lower()
    position = lower.find(b"<")
    while position >= 0:
        end = position + 1
        if lower.startswith(b"<!--", position):
            end = lower.find(b"-->", position + 2)  # `<!-->` is a whole comment
        elif lower.startswith(b"<meta", position) and lower[position + 5 : position + 6] in b" \t\n\f\r/":
            end = lower.find(b">", position)
            labels.extend(_label(lower[position + 5 : max(end, 0)]))
        if end < 0:
            break
        position = lower.find(b"<", end)
    return labels


def _label(attributes: bytes) -> list[bytes]:
    """The encoding label in the attributes of a `meta` element, in lower case: none or one."""
    values = {name: double or single or bare for name, double, single, bare in _TAG_ATTRIBUTE.findall(attributes)}
    if values.get(b"charset"):
        return [values[b"charset"]]
    if values.get(b"http-equiv", b"").strip() == b"content-type":
        return _CHARSET.findall(values.get(b"content", b""))[:1]
    return []


def _detect(data: bytes) -> Encoding | None:
    """What charset-normalizer makes of the start of a text; None without it or if it does not know."""
    try:
        library = importlib.import_module("charset_normalizer")
    except ImportError:
        return None
    best = library.from_bytes(data[:DETECTOR_BYTES]).best()
    try:
        return lookup(best.encoding) if best else None
    except LookupError:
        return None
