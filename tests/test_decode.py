"""Bytes to text: every step of the order, every label, and gzip within bounds."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import random
import sys
import types
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper import decode as module
from stripper.decode import (
    LABELS,
    UNPACKED_FREE,
    UNPACKED_RATIO,
    Decoded,
    UnreadableError,
    apparent,
    declared,
    decode,
    lookup,
    tidy,
    unpack,
)

FRENCH = "L’été dernier, à Nîmes, le café « Chez Zoé » a fermé : 3 € la tasse. "
RUSSIAN = "Вчера в посёлке открылась новая пекарня, и пахнет она хлебом. "
GREEK = "Χθες άνοιξε ένα νέο αρτοποιείο στη γειτονιά μας. "
HEBREW = "אתמול נפתחה מאפייה חדשה בשכונה שלנו. "
ARABIC = "افتتح أمس مخبز جديد في حينا. "
THAI = "เมื่อวานนี้มีร้านขนมปังเปิดใหม่ในหมู่บ้านของเรา "
POLISH = "Wczoraj otwarto nową piekarnię, a żółty kot śpi pod ławą. "
CHINESE = "昨天，村里新开了一家面包店，香味飘满街道。"
TAIWANESE = "昨天，村裡新開了一家麵包店，香味飄滿街道。"
JAPANESE = "昨日、村に新しいパン屋が開店し、通りに香りが漂った。"
KOREAN = "어제 마을에 새 빵집이 문을 열어 거리에 냄새가 가득했다. "

LEGACY = [
    ("windows-1252", "cp1252", FRENCH),
    ("iso-8859-15", "iso8859-15", "à Nîmes, 3 € la tasse, sœur. "),
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("ibm866", "cp866", RUSSIAN),
    ("iso-8859-5", "iso8859-5", RUSSIAN),
    ("x-mac-cyrillic", "mac_cyrillic", RUSSIAN),
    ("windows-1250", "cp1250", POLISH),
    ("iso-8859-2", "iso8859-2", POLISH),
    ("windows-1253", "cp1253", GREEK),
    ("iso-8859-7", "iso8859-7", GREEK),
    ("windows-1255", "cp1255", HEBREW),
    ("windows-1256", "cp1256", ARABIC),
    ("windows-874", "cp874", THAI),
    ("gbk", "gbk", CHINESE),
    ("gb18030", "gb18030", CHINESE),
    ("big5", "big5", TAIWANESE),
    ("shift_jis", "cp932", JAPANESE),
    ("euc-jp", "euc_jp", JAPANESE),
    ("iso-2022-jp", "iso2022_jp", JAPANESE),
    ("euc-kr", "euc_kr", KOREAN),
    ("iso-2022-kr", "iso2022_kr", KOREAN),
    ("hz-gb-2312", "hz", CHINESE),
]


@given(st.binary(), st.booleans())
def test_arbitrary_bytes_decode_to_clean_text(data: bytes, detect: bool) -> None:
    text, encoding, how = decode(data, detect=detect)
    assert "\0" not in text
    text.encode()  # no lone surrogates
    assert lookup(encoding)
    assert how in ("bom", "utf-8", "mended", "declared", "assumed")


@given(st.binary(), st.sampled_from(sorted(LABELS.keys() - {"replacement", "iso-2022-cn", "iso-2022-cn-ext"})))
def test_any_bytes_decode_as_any_encoding(data: bytes, label: str) -> None:
    text, encoding, how = decode(data, label)
    assert "\0" not in text
    text.encode()
    assert how == "given"
    assert encoding == LABELS[label].name or encoding.startswith("utf-")  # a mark knows better


@given(st.binary(), st.sampled_from(["utf-7", "utf-16", "utf-32", "cp437", "hz", "utf-8-sig", "cp037", "big5"]))
def test_any_bytes_decode_as_any_python_codec(data: bytes, name: str) -> None:
    text = decode(data, name).text
    assert "\0" not in text
    text.encode()


@given(st.text(st.characters(exclude_characters="\0\x1b\ufeff", codec="utf-8")))
def test_utf_8_round_trip(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", "utf-8")
    assert decode(text.encode(), "utf-8").text == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == Decoded(text, "utf-8", "bom")


@given(
    st.text(st.characters(exclude_characters="\0\ufeff", codec="utf-8"), min_size=1),
    st.sampled_from(
        [
            (codecs.BOM_UTF16_LE, "utf-16le"),
            (codecs.BOM_UTF16_BE, "utf-16be"),
            (codecs.BOM_UTF32_LE, "utf-32le"),
            (codecs.BOM_UTF32_BE, "utf-32be"),
        ]
    ),
)
def test_marked_round_trip(text: str, marked: tuple[bytes, str]) -> None:
    mark, name = marked
    assert decode(mark + text.encode(name)) == Decoded(text, name, "bom")


@pytest.mark.parametrize(("label", "codec", "text"), LEGACY, ids=[row[0] for row in LEGACY])
def test_declared_encodings(label: str, codec: str, text: str) -> None:
    page = f'<!DOCTYPE html><html><head><meta charset="{label}"><title>x</title></head><body><p>{text * 3}</p></body>'
    assert decode(page.encode(codec)) == Decoded(page, label, "declared")


@pytest.mark.parametrize(("label", "codec", "text"), LEGACY, ids=[row[0] for row in LEGACY])
def test_given_encodings(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec), label.upper()) == Decoded(text, label, "given")
    assert decode(text.encode(codec), codec).text == text


def test_every_label_resolves() -> None:
    assert len(LABELS) == 228
    for label, encoding in LABELS.items():
        assert label == label.lower().strip()
        if encoding.codec:
            assert lookup(f" {label.title()} ") == encoding
            assert decode("a".encode(encoding.codec), label) == Decoded("a", encoding.name, "given")
        else:
            assert encoding.name == "replacement"
            with pytest.raises(LookupError):
                lookup(label)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("iso-8859-1", "windows-1252"),
        ("latin1", "windows-1252"),
        ("latin_1", "windows-1252"),  # Python's spelling of the same
        ("us-ascii", "windows-1252"),
        ("iso-8859-9", "windows-1254"),
        ("gb2312", "gbk"),
        ("x-sjis", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("tis-620", "windows-874"),
        ("utf8", "utf-8"),
        ("UTF-16", "utf-16le"),
        ("cp437", "cp437"),  # not in the standard, but Python has it
    ],
)
def test_labels_mean_what_the_standard_says(label: str, name: str) -> None:
    assert lookup(label).name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "no-such-thing",
        "rot13",
        "base64",
        "undefined",
        "idna",
        "punycode",
        "unicode_escape",
        "replacement",
        "a\0b",
        "é",
    ],
)
def test_unknown_encodings_are_lookup_errors(name: str) -> None:
    with pytest.raises(LookupError):
        decode(b"text", name)


def test_shift_jis_is_what_windows_makes_of_it() -> None:
    assert decode("①〜髙".encode("cp932"), "shift_jis").text == "①〜髙".encode("cp932").decode("cp932")


def test_gb2312_is_read_as_its_superset() -> None:
    assert decode("朱镕基𠀀".encode("gb18030"), "gb2312").text == "朱镕基𠀀"


def test_pairs_that_the_codec_lacks_come_from_a_related_one() -> None:
    text = JAPANESE * 5 + "①あ"
    assert decode(text.encode("euc_jis_2004"), "euc-jp").text == text
    assert "①" not in text.encode("euc_jis_2004").decode("euc_jp", "replace")


def test_pairs_that_no_codec_has_are_replaced() -> None:
    assert decode((JAPANESE * 5).encode("euc_jp") + b"\xff.", "euc-jp").text == JAPANESE * 5 + "\ufffd."
    assert decode(b"\xff" * 5, "euc-jp").text == "\ufffd" * 5


@pytest.mark.parametrize("label", ["shift_jis", "gbk", "big5", "euc-kr", "euc-jp"])
def test_half_a_pair_does_not_swallow_a_tag(label: str) -> None:
    assert decode(b"a\xe3<br>b", label).text == "a\ufffd<br>b"


def test_bytes_that_windows_1252_leaves_open_are_control_characters() -> None:
    assert decode(b"\x81\x8d\x8f\x90\x9d\x80\xe9", "windows-1252").text == "\x81\x8d\x8f\x90\x9d€é"


def test_bytes_that_have_no_meaning_are_replaced() -> None:
    assert decode(b"a\xdbb", "windows-874").text == "a\ufffdb"
    assert decode(b"a\xff\xffb", "utf-8").text.count("\ufffd") == 2


def test_valid_utf_8_wins_over_a_declaration() -> None:
    page = f'<meta charset="iso-8859-1"><p>{FRENCH}'
    assert decode(page.encode()) == Decoded(page, "utf-8", "utf-8")


def test_a_byte_order_mark_wins_over_a_declaration() -> None:
    page = f'<meta charset="utf-8"><p>{POLISH}'
    assert decode(codecs.BOM_UTF16_LE + page.encode("utf-16-le")) == Decoded(page, "utf-16le", "bom")


def test_the_user_wins_over_a_byte_order_mark() -> None:
    assert decode(codecs.BOM_UTF8 + b"a", "windows-1252").text == "ï»¿a"


def test_a_byte_order_mark_tells_the_byte_order_of_a_given_encoding() -> None:
    assert decode(codecs.BOM_UTF16_BE + "né".encode("utf-16-be"), "utf-16") == Decoded("né", "utf-16be", "given")


def test_stray_bytes_in_utf_8_are_windows_1252() -> None:
    mixed = FRENCH.encode() + "café “Zoé” ".encode("cp1252") + FRENCH.encode()
    assert decode(mixed) == Decoded(FRENCH + "café “Zoé” " + FRENCH, "utf-8", "mended")


def test_stray_bytes_after_a_byte_order_mark_are_windows_1252() -> None:
    assert decode(codecs.BOM_UTF8 + "é".encode() + b"\xe9.") == Decoded("éé.", "utf-8", "bom")


def test_a_character_cut_off_at_the_end_is_replaced() -> None:
    assert decode("Il neige… là".encode()[:-1]) == Decoded("Il neige… l\ufffd", "utf-8", "mended")


@pytest.mark.parametrize(("label", "codec", "text"), LEGACY, ids=[row[0] for row in LEGACY])
def test_legacy_text_is_not_taken_for_mended_utf_8(label: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec)).how != "mended"


def test_undeclared_legacy_text_is_assumed_to_be_windows_1252() -> None:
    assert decode(FRENCH.encode("cp1252")) == Decoded(FRENCH, "windows-1252", "assumed")


def test_a_false_declaration_of_utf_8_is_ignored() -> None:
    page = f'<meta charset="utf-8"><p>{FRENCH}'
    assert decode(page.encode("cp1252")) == Decoded(page, "windows-1252", "assumed")


def test_iso_2022_jp_is_known_by_its_escapes() -> None:
    assert decode(JAPANESE.encode("iso2022_jp")) == Decoded(JAPANESE, "iso-2022-jp", "assumed")


def test_colours_are_not_iso_2022_jp() -> None:
    assert decode(b"\x1b[31mred\x1b[0m $B").how == "utf-8"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b"<META CHARSET=Windows-1251>", "windows-1251"),
        (b"<meta charset='windows-1251' />", "windows-1251"),
        (b"<meta\n\tcharset = windows-1251 >", "windows-1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gbk"),
        (b"<meta content='text/html;charset=gb2312' http-equiv=content-type>", "gbk"),
        (b"<meta content=text/html;charset=x-sjis http-equiv=Content-Type>", "shift_jis"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?><html>', "iso-8859-2"),
        (b"\n<?xml version='1.0' encoding='koi8-r' ?>", "koi8-r"),
        (b'<?xml version="1.0" encoding="koi8-r"?><meta charset="windows-1251">', "windows-1251"),
        (b'<!-- <meta charset="koi8-r"> --><meta charset="windows-1251">', "windows-1251"),
        (b'<meta charset="no-such-thing"><meta charset="windows-1251">', "windows-1251"),
        (b'<meta charset="x-user-defined">', "x-user-defined"),
        (b"<script>" + b"var a=1;" * 500 + b'</script><meta charset="windows-1251">', "windows-1251"),
    ],
)
def test_declarations(head: bytes, name: str) -> None:
    assert declared(head) == LABELS[name]
    assert decode(head + b"\xe9\xe9").encoding == name


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<meta",
        b"<meta charset>",
        b"<meta charset=''>",
        b'<meta charset="utf-8">',
        b'<meta charset="utf-16">',  # read as ASCII, so it cannot be
        b'<meta charset="replacement">',
        b'<meta name="description" content="text; charset=koi8-r">',
        b'<script charset="koi8-r" src="x.js"></script>',
        b'<metal charset="koi8-r">',
        b'<!-- <meta charset="koi8-r">',
        b"charset=koi8-r in a sentence",
        b"<p>" + b"x" * 20_000 + b'<meta charset="koi8-r">',
        b'<p><?xml version="1.0" encoding="koi8-r"?>',
    ],
)
def test_no_declarations(head: bytes) -> None:
    assert declared(head) is None


@pytest.mark.parametrize("name", ["utf-16le", "utf-16be", "utf-32le", "utf-32be"])
@pytest.mark.parametrize(
    "text",
    [
        "It rained.",
        FRENCH,
        RUSSIAN,
        GREEK,
        HEBREW,
        ARABIC,
        KOREAN,
        f"<!DOCTYPE html>\n<html lang='zh'><head><title>x</title></head><body><p>{CHINESE}</p></body></html>",
        f"<html><body>\n<p>{JAPANESE}\u3000{JAPANESE}</p></body></html>",
    ],
    ids=lambda text: text[:10],
)
def test_wide_text_without_a_mark(text: str, name: str) -> None:
    text *= 5
    assert decode(text.encode(name)) == Decoded(text, name, "assumed")
    assert apparent(text.encode(name) + b"\0") is not None  # cut within a character


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"a\0b",
        b"A fer\0ry in Skel\0moor" * 20,
        b"\0" * 5000,
        b"name\0city\0name\0city\0" * 50,
        bytes(range(256)) * 16,
        b"".join(bytes([number % 32, 0]) for number in range(2000)),  # a table of small numbers
        "Il a neigé\0à Nîmes".encode("cp1252") * 20,
        b"0123456789abcdefghi\0" * 200,
    ],
    ids=range(10),
)
def test_zero_bytes_alone_do_not_make_wide_text(data: bytes) -> None:
    assert apparent(data) is None


def test_nul_inside_a_word_does_not_split_it() -> None:
    assert decode(b"The fer\0ry").text == "The ferry"


def test_tidy_replaces_lone_surrogates_and_joins_pairs() -> None:
    assert tidy("\ufeffa\0\ud800b") == "a\ufffdb"
    assert tidy("\ud83d\ude00") == "😀"


def test_only_the_first_byte_order_mark_goes() -> None:
    assert decode("a\ufeffb".encode()).text == "a\ufeffb"


class Match(types.SimpleNamespace):
    """What the detector library answers."""

    def best(self) -> Match | None:
        return self if self.encoding else None


def _install_detector(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> list[bytes]:
    seen: list[bytes] = []
    library = types.ModuleType("charset_normalizer")

    def from_bytes(data: bytes) -> Match:
        seen.append(data)
        return Match(encoding=answer)

    vars(library)["from_bytes"] = from_bytes
    monkeypatch.setitem(sys.modules, "charset_normalizer", library)
    return seen


def test_the_detector_is_asked_for_undeclared_text(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _install_detector(monkeypatch, "cp1251")
    data = RUSSIAN.encode("cp1251")
    assert decode(data, detect=True) == Decoded(RUSSIAN, "windows-1251", "assumed")
    assert decode(data).encoding == "windows-1252"
    assert seen == [data]


@pytest.mark.parametrize("answer", [None, "no-such-codec"])
def test_windows_1252_where_the_detector_has_no_answer(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> None:
    _install_detector(monkeypatch, answer)
    assert decode(RUSSIAN.encode("cp1251"), detect=True).encoding == "windows-1252"


def test_windows_1252_without_the_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "charset_normalizer", None)
    assert decode(FRENCH.encode("cp1252"), detect=True).encoding == "windows-1252"


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5))
def test_gzip_of_several_members(parts: list[bytes]) -> None:
    assert unpack(b"".join(map(gzip.compress, parts))) == b"".join(parts)


@given(st.binary())
def test_unpack_leaves_other_data_alone(data: bytes) -> None:
    assert data.startswith(module.GZIP) or unpack(data) == data


@given(st.binary())
def test_unpack_raises_nothing_else(data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert isinstance(unpack(module.GZIP + data), bytes)


def test_gzip_of_many_small_members() -> None:
    assert unpack(gzip.compress(b"ab") * 5000) == b"ab" * 5000


def test_gzip_of_nothing() -> None:
    assert unpack(gzip.compress(b"")) == b""


def test_gzip_with_padding() -> None:
    assert unpack(gzip.compress(b"text") + b"\0" * 512) == b"text"


def test_truncated_gzip_gives_what_is_there() -> None:
    text = "".join(f"line {number * number}\n" for number in range(20_000)).encode()
    packed = gzip.compress(text)
    assert unpack(packed[:-4]) == text
    part = unpack(packed[: len(packed) // 2])
    assert len(part) > len(text) // 3
    assert text.startswith(part)


@pytest.mark.parametrize("length", [2, 5, 10])
def test_gzip_cut_before_its_text_is_unreadable(length: int) -> None:
    with pytest.raises(UnreadableError, match="cut short before its text; "):
        unpack(gzip.compress(b"some text")[:length])


def test_damaged_gzip_is_unreadable() -> None:
    packed = bytearray(gzip.compress(b"some text that is long enough to be damaged"))
    packed[-5] ^= 0xFF  # the checksum
    with pytest.raises(UnreadableError, match=r"^is a damaged gzip file; "):
        unpack(bytes(packed))
    with pytest.raises(UnreadableError, match="damaged"):
        unpack(module.GZIP + b"no gzip at all")


def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(2**20)
    return b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()


def test_a_gzip_bomb_is_refused() -> None:
    bomb = _bomb(64)
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableError, match="unpacks to more than 16 MiB; unpack it first with gzip -d"):
        unpack(bomb)


def test_a_gzip_bomb_in_many_members_is_refused() -> None:
    with pytest.raises(UnreadableError, match="MiB"):
        unpack(_bomb(4) * 16)


def test_the_limit_holds_whatever_the_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UNPACKED_LIMIT", 2**20)
    noise = random.Random(1).randbytes(2**12) * (2**8 + 1)
    with pytest.raises(UnreadableError, match="more than 1 MiB"):
        unpack(gzip.compress(noise))


def test_small_files_may_pack_well() -> None:
    assert len(unpack(_bomb(UNPACKED_FREE // 2**20))) == UNPACKED_FREE
    assert len(_bomb(UNPACKED_FREE // 2**20)) * UNPACKED_RATIO < UNPACKED_FREE
