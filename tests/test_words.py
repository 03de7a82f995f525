"""The word lists hold what their format says, and texts are found to say what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper import words
from stripper.words import FAMILIES, LANGUAGES, fold, hits, language_of, lexicon, sections, stop_set

FILES = {path.stem for path in Path(words.__file__).parent.glob("*.txt")}
CALM_MIDDLE = "calm " * 80
LONG_CAPTION = f"The harbour at dusk, seen from the old mill {CALM_MIDDLE} with boats (Photo: Ann Lee)"


def compared(entry: str) -> str:
    """An entry as the look-up compares it."""
    return entry.replace("'", " ").replace("-", " ").replace(":", " :")


def names(mask: int) -> set[str]:
    """The families of a mask."""
    return {family for i, family in enumerate(FAMILIES) if mask >> i & 1}


def mask(*families: str) -> int:
    """The mask of some families."""
    return sum(1 << FAMILIES.index(family) for family in families)


def test_every_file_is_a_language_and_every_language_has_a_file() -> None:
    assert set(LANGUAGES) == FILES
    assert len(set(LANGUAGES)) == len(LANGUAGES)


def test_a_language_without_a_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        sections("xx")


@pytest.mark.parametrize("language", LANGUAGES)
class TestLists:
    def test_sections_are_stop_words_and_families(self, language: str) -> None:
        found = sections(language)
        assert next(iter(found)) == "stop"
        for name in found:
            family, _, rest = name.partition(" ")
            assert name == "stop" or family in FAMILIES, name
            assert rest in ("", "start"), name

    def test_every_family_has_phrases(self, language: str) -> None:
        found = {name.partition(" ")[0] for name in sections(language)}
        assert not set(FAMILIES) - found

    def test_no_section_and_no_entry_is_empty(self, language: str) -> None:
        for name, entries in sections(language).items():
            assert entries, name
            assert all(entry and entry == entry.strip() for entry in entries), name

    def test_no_section_comes_twice(self, language: str) -> None:
        lines = (Path(words.__file__).parent / f"{language}.txt").read_text("utf-8").splitlines()
        heads = [line for line in lines if line.startswith("[")]
        assert len(heads) == len(set(heads)) == len(sections(language))

    def test_a_phrase_stands_once_and_in_one_family(self, language: str) -> None:
        found: dict[str, str] = {}
        for name, entries in sections(language).items():
            for entry in map(compared, entries if name != "stop" else []):
                assert entry not in found, f"{entry!r} is in [{found.get(entry)}] and in [{name}]"
                found[entry] = name

    def test_a_stop_word_stands_once(self, language: str) -> None:
        entries = sections(language)["stop"]
        assert len(entries) == len(set(entries))
        assert [entry for entry in entries if entry != entry.lower() or " " in entry] == []

    def test_phrases_are_written_as_they_are_compared(self, language: str) -> None:
        """Otherwise no text could match them."""
        for name, entries in sections(language).items():
            for entry in entries if name != "stop" else []:
                assert " ".join(fold(entry).split()) == compared(entry), f"[{name}] {entry!r}"

    def test_every_phrase_is_found_in_itself(self, language: str) -> None:
        for name, entries in sections(language).items():
            if name == "stop":
                continue
            bit = mask(name.partition(" ")[0])
            for entry in entries:
                found = hits(entry, language)
                assert found.bits & bit, f"[{name}] {entry!r}: {names(found.bits)}"
                assert found.leading_bits & bit, f"[{name}] {entry!r}: {names(found.leading_bits)}"

    def test_stop_words_are_many_enough_to_tell_the_language(self, language: str) -> None:
        least = 15 if language in words.DENSE_LANGUAGES else 40
        assert len(stop_set(language)) >= least


def test_comments_are_no_entries() -> None:
    assert not [entry for entries in sections("en").values() for entry in entries if entry.startswith("#")]


@pytest.mark.parametrize(("text", "family"), [
    ("Share this article", "share"),
    ("Follow us on", "follow"),
    ("Subscribe to our newsletter", "subscribe"),
    ("Forgot your password?", "login"),
    ("Leave a comment", "comment"),
    ("We use cookies", "cookie"),
    ("Related articles", "related"),
    ("Continue reading", "more"),
    ("Filed under", "tags"),
    ("All rights reserved.", "legal"),
    ("Last updated:", "byline"),
    ("3 hours ago", "date"),
    ("Photo: Getty Images", "credit"),
    ("Play video", "player"),
    ("Advertisement", "ad"),
    ("Skip to main content", "skip"),
    ("Main menu", "menu"),
    ("Older posts", "paging"),
    ("Add to cart", "shop"),
    ("About the author", "bio"),
    ("This field is required", "form"),
    ("Frequently asked questions", "heading"),
    ("Sign the petition", "appeal"),
    ("Table of contents", "toc"),
])  # fmt: skip
def test_phrases_cover_and_start_their_own_line(text: str, family: str) -> None:
    found = hits(text)
    assert family in names(found.covered_bits)
    assert family in names(found.leading_bits)
    assert found.covered_bits & ~found.bits == 0


def test_first_family() -> None:
    assert words.first_family(mask("related", "share")) == "share"
    assert words.first_family(mask(FAMILIES[-1])) == FAMILIES[-1]
    assert words.first_family(0) == ""


def test_every_family_has_an_example() -> None:
    mark = test_phrases_cover_and_start_their_own_line.pytestmark[0]  # type: ignore[attr-defined]
    assert {family for _, family in mark.args[1]} == set(FAMILIES)


IN_OTHER_LANGUAGES = [
    ("de", "Mehr zum Thema", "related"),
    ("de", "Schreiben Sie einen Kommentar", "comment"),
    ("fr", "Lire la suite", "more"),
    ("fr", "Tous droits réservés", "legal"),
    ("es", "Compartir en Facebook", "share"),
    ("es", "Política de privacidad", "legal"),
    ("ru", "Читайте также", "related"),
    ("ja", "関連記事", "related"),
    ("zh", "相关阅读", "related"),
    ("it", "Leggi anche", "related"),
    ("pt", "Deixe um comentário", "comment"),
    ("nl", "Lees ook", "related"),
    ("pl", "Czytaj także", "related"),
    ("ar", "اقرأ أيضا", "related"),
    ("sv", "Läs också", "related"),
    ("da", "Læs også", "related"),
    ("no", "Les også", "related"),
    ("fi", "Lue myös", "related"),
    ("cs", "Čtěte také", "related"),
    ("hu", "Kapcsolódó cikkek", "related"),
    ("ro", "Citeşte şi", "related"),
    ("tr", "Yorum yap", "comment"),
    ("id", "Baca juga", "related"),
    ("vi", "Đọc tiếp", "more"),
    ("uk", "Читайте також", "related"),
    ("fa", "مطالب مرتبط", "related"),
    ("el", "Διαβάστε επίσης", "related"),
    ("he", "קראו גם", "related"),
    ("hi", "यह भी पढ़ें", "related"),
    ("ko", "관련 기사", "related"),
    ("th", "อ่านเพิ่มเติม", "more"),
]


@pytest.mark.parametrize(("language", "text", "family"), IN_OTHER_LANGUAGES)
def test_phrases_of_the_language_of_the_page_count(language: str, text: str, family: str) -> None:
    found = hits(text, language)
    assert family in names(found.covered_bits)
    assert family in names(found.leading_bits)
    assert family not in names(hits(text).bits)


def test_every_other_language_has_an_example() -> None:
    assert {"en", *[language for language, _, _ in IN_OTHER_LANGUAGES]} == set(LANGUAGES)


@pytest.mark.parametrize("language", ["", "en", "en-GB", "de", "no", "zh", "xx", "?"])
def test_english_phrases_count_on_every_page(language: str) -> None:
    assert names(hits("Related articles", language).covered_bits) == {"related"}


def test_phrases_of_another_language_do_not_count() -> None:
    assert hits("Mehr zum Thema", "fr") == hits("Mehr zum Thema", "xx") == hits("Mehr zum Thema") == (0, 0, 0)


def test_stop_words_cover_in_english_and_the_language_of_the_page() -> None:
    assert names(hits("Related articles und nicht oder", "de").covered_bits) == {"related"}
    assert names(hits("Related articles of the", "de").covered_bits) == {"related"}
    assert hits("Related articles und nicht oder", "fr").covered_bits == 0


def test_languages_by_code() -> None:
    assert hits("Mehr zum Thema", "de_AT") == hits("Mehr zum Thema", "DE") == hits("Mehr zum Thema", "de") != (0, 0, 0)
    assert hits("Les også", "nb") == hits("Les også", "nn-NO") == hits("Les også", "no") != (0, 0, 0)


@pytest.mark.parametrize("text", [
    "SHARE THIS ARTICLE", "Share this article!", "« Share this article »", "share-this-article", "  Share\nthis article",
    "Share\u00a0this article", "Share this\u200b article",
])  # fmt: skip
def test_case_punctuation_and_blanks_do_not_matter(text: str) -> None:
    assert "share" in names(hits(text).bits)


def test_apostrophes_are_alike_and_hyphens_are_blanks() -> None:
    assert hits("Don't miss out") == hits("Don’t miss out") == hits("DON´T MISS OUT".replace("´", "'")) != hits("Dont")
    assert hits("Sign-in") == hits("Sign in")


def test_any_number_will_do() -> None:
    assert hits("1 comments") == hits("12 comments") == hits("1234567 comments") == hits("٣ comments")
    assert names(hits("1,234,567 comments").covered_bits) == {"comment"}
    assert names(hits("12 comments").bits) == {"comment"}
    assert "date" in names(hits("vor 3 Stunden", "de").bits)
    assert hits("12 comments together").leading_bits != hits("many comments together").leading_bits


def test_whole_words_only() -> None:
    assert hits("A timeshare thistle") == (0, 0, 0)
    assert hits("Unrelated particles") == (0, 0, 0)


def test_prose_has_no_everyday_phrases() -> None:
    assert hits("The captain slept by the window, and his daughter thought of the long way home") == (0, 0, 0)


def test_everyday_phrases_count_where_a_part_of_the_line_starts() -> None:
    assert names(hits("By Ann Lee").leading_bits) == {"byline"}
    assert "byline" in names(hits("The tides of the moon | By Ann Lee").bits)
    assert hits("The tides of the moon | By Ann Lee").leading_bits == 0
    assert "byline" not in names(hits("The inn was run by Ann Lee").bits)


def test_the_longest_phrase_is_taken() -> None:
    assert names(hits("Leave a comment").bits) == {"comment"}
    assert names(hits("Share your thoughts in the comments").bits) == {"comment"}


def test_cover_is_a_share_of_the_letters() -> None:
    assert names(hits("Related articles").covered_bits) == {"related"}
    assert names(hits("Related articles of the 12").covered_bits) == {"related"}
    assert hits("Related articles on shipbuilding and rope making").covered_bits == 0
    assert hits("Share the wonderful harbour songs with friends").covered_bits == 0


def test_stop_words_cover_no_more_than_the_phrases() -> None:
    assert hits("By all of those who were there and who are not here").covered_bits == 0


def test_a_colon_may_be_asked_for() -> None:
    assert "credit" in names(hits("The harbour at dusk. Photo: Ann Lee").bits)
    assert "credit" not in names(hits("The harbour at dusk in a photo of Ann Lee").bits)


def test_of_a_long_text_both_ends_count() -> None:
    found = hits(LONG_CAPTION)
    assert "credit" in names(found.bits)
    assert found.covered_bits == 0
    assert "related" in names(hits(f"Related articles {CALM_MIDDLE}").leading_bits)
    assert hits(f"{CALM_MIDDLE} related articles {CALM_MIDDLE}") == (0, 0, 0)


def test_scripts_without_spaces_are_searched_inside() -> None:
    assert "share" in names(hits("分享到微信", "zh").covered_bits)
    assert "comment" in names(hits("3条评论", "zh").bits)
    assert "more" in names(hits("続きを読む", "ja").covered_bits)
    assert "credit" in names(hits("图片来源：新华社", "zh").leading_bits)
    assert hits("船" * 30 + "。" + "海" * 300, "zh").covered_bits == 0


def test_other_scripts_are_whole_words() -> None:
    assert "more" in names(hits("Читать далее", "ru").covered_bits)
    assert "related" in names(hits("اقرأ أيضا", "ar").bits)


def test_letters_written_in_two_ways_are_one() -> None:
    assert fold("Ещё") == fold("Еще")
    assert fold("إقرأ") == fold("اقرا")
    assert fold("İLGİLİ") == "ilgili"


@pytest.mark.parametrize("text", ["", " ", "\n", "…", "|||", ":::", "0", "\x00", "©", "🙂", "\ud800"])
def test_texts_without_words_are_no_trouble(text: str) -> None:
    found = hits(text)
    assert found.covered_bits & ~found.bits == 0


@given(st.text(max_size=400), st.sampled_from(["", "en", "de", "ru", "zh", "xx"]))
def test_any_text_is_looked_up(text: str, language: str) -> None:
    found = hits(text, language)
    assert found == hits(text, language)
    assert 0 <= found.bits < 1 << len(FAMILIES)
    assert found.covered_bits & ~found.bits == 0
    assert found.leading_bits & ~found.bits == 0


@given(st.lists(st.sampled_from(sorted(entry for name in ("share", "related", "credit start") for entry in sections("en")[name])),
                min_size=1, max_size=4))  # fmt: skip
def test_phrases_side_by_side_are_all_found_and_cover_the_text(phrases: list[str]) -> None:
    found = hits(" | ".join(phrases))
    assert found.bits
    assert found.leading_bits
    if len(" | ".join(phrases)) < 90:
        assert found.covered_bits


@pytest.mark.parametrize("character", [*[chr(code) for code in range(256)], *words._MARKS])
def test_latin_1_is_folded_as_other_text_is(character: str) -> None:
    beside = f"a{character}B {character}"
    assert fold(f"ж {beside}").split() == ["ж", *fold(f"x {beside}").split()[1:]]


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once).split() == once.split()


SENTENCES = {
    "en": "The ferry lay idle in the harbour for most of the week, and the people of the town came to the inn",
    "es": "El barco estuvo en el puerto durante la mayor parte de la semana y la gente del pueblo venía a la taberna",
    "de": "Die Fähre lag den größten Teil der Woche im Hafen, und die Leute aus der Stadt kamen in das Gasthaus",
    "fr": "Le bateau est resté dans le port pendant la plus grande partie de la semaine et les gens de la ville",
    "pt": "O barco ficou no porto durante a maior parte da semana e as pessoas da cidade não vinham mais para a taberna",
    "it": "Il traghetto è rimasto nel porto per la maggior parte della settimana e la gente della città non è venuta",
    "nl": "De veerboot lag het grootste deel van de week in de haven en de mensen van de stad kwamen naar het café",
    "pl": "Prom stał w porcie przez większą część tygodnia, a ludzie z miasta nie przychodzili do gospody, bo był sztorm",
    "ru": "Паром стоял в гавани большую часть недели, и жители города приходили в трактир, чтобы петь, но не все",
    "ar": "بقيت العبارة في الميناء معظم أيام الأسبوع وكان الناس من المدينة يأتون إلى النزل في المساء",
    "zh": "这艘渡轮一周大部分时间都停在港口，镇上的人们晚上来到客栈唱很久以前船长教给他们的歌。",
    "ja": "フェリーは一週間のほとんどの間、港に停泊していて、町の人々は夕方に宿屋へ歌いに来ました。",
    "sv": "Färjan låg i hamnen under större delen av veckan och folket från staden kom till värdshuset för att sjunga",
    "da": "Færgen lå i havnen det meste af ugen, og folk fra byen kom til kroen om aftenen for at synge noget andet",
    "no": "Fergen lå i havnen det meste av uken, og folk fra byen kom ikke til vertshuset, men noen sang hjemme etterpå",
    "fi": "Lautta oli satamassa suurimman osan viikosta, ja ihmiset tulivat illalla majataloon, mutta kaikki eivät laulaneet",
    "cs": "Loď stála v přístavu po většinu týdne a lidé z města se večer scházeli v hostinci, protože byla bouře",
    "hu": "A komp a hét nagy részében a kikötőben állt, és az emberek este a fogadóba jöttek, mert nem volt más",
    "ro": "Vasul a stat în port cea mai mare parte a săptămânii, iar oamenii din oraș nu au mai venit la han pentru că",
    "tr": "Gemi haftanın büyük bir kısmında limanda kaldı ve kasabanın insanları akşam için hana geldi ama çok azı söyledi",
    "id": "Kapal itu berada di pelabuhan hampir sepanjang minggu dan orang-orang dari kota datang ke penginapan untuk itu",
    "vi": "Chiếc phà nằm ở cảng gần như cả tuần và người dân của thị trấn đã đến quán trọ vào buổi tối để hát",
    "uk": "Пором стояв у гавані більшу частину тижня, і жителі міста приходили до шинку, щоб співати, але не всі",
    "ko": "여객선은 일주일 내내 항구에 머물러 있었고 마을 사람들은 저녁에 여관으로 왔다",
    "th": "เรือข้ามฟากจอดอยู่ที่ท่าเรือเกือบทั้งสัปดาห์",
    "he": "המעבורת עמדה בנמל רוב ימי השבוע",
    "el": "Το πλοίο έμεινε στο λιμάνι το μεγαλύτερο μέρος της εβδομάδας",
    "hi": "नाव पूरे सप्ताह बंदरगाह में खड़ी रही",
    "fa": "کشتی بیشتر هفته در بندر ماند و مردم شهر گفتند که چرا چنین است",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items())
def test_the_language_of_a_text_is_told(language: str, text: str) -> None:
    assert language_of(text.lower().split()) == language


def test_every_language_has_a_sentence() -> None:
    assert set(SENTENCES) == set(LANGUAGES)


def test_the_smaller_script_of_a_page_may_tell() -> None:
    code = "readers writers pointers blocks tables values lines"
    assert language_of(f"{SENTENCES['ru']} {code * 3}".lower().split()) == "ru"


def test_too_little_tells_no_language() -> None:
    assert language_of([]) == ""
    assert language_of(["12", "…"]) == ""
    assert language_of(["zyx"] * 200 + ["the"]) == ""


def test_counts_weigh() -> None:
    assert language_of(["the"] * 6 + ["der", "und", "die"] * 1) == "en"
    assert language_of(["the"] * 2 + ["der", "und", "die"] * 4) == "de"


def test_stop_sets_by_code() -> None:
    assert "the" in stop_set("en")
    assert stop_set("xx") == stop_set("") == frozenset()
    assert {"的", "了"} <= stop_set("zh")
    assert {"の", "は", "を"} <= stop_set("ja")
    assert all(len(stop) <= 4 for stop in stop_set("zh") | stop_set("ja"))


@pytest.fixture
def nothing_read() -> None:
    """No list has been read."""
    for cached in (words.lexicon, words._read, words._stops):
        cached.cache_clear()


@pytest.mark.usefixtures("nothing_read")
class TestReading:
    def test_a_list_is_read_once(self) -> None:
        assert lexicon("de") is lexicon("de")
        hits("Mehr zum Thema", "de")
        assert words._read.cache_info().misses == 2  # English and German

    def test_a_page_in_english_takes_one_list(self) -> None:
        for language in ("", "en", "en-GB", "xx"):
            assert lexicon(language) is lexicon("en")
        assert words._read.cache_info().currsize == 1

    def test_a_page_in_another_language_takes_two(self) -> None:
        hits("Mehr zum Thema", "de")
        assert words._read.cache_info().currsize == 2
        hits("Les også", "nb")
        assert words._read.cache_info().currsize == 3

    def test_telling_the_language_takes_stop_words_only(self) -> None:
        assert language_of(SENTENCES["pl"].lower().split()) == "pl"
        assert words._read.cache_info().currsize == 0
        assert words._stops.cache_info().currsize == len(words._SHARED["latin"])

    @pytest.mark.parametrize("language", ["el", "he", "hi", "ko", "th", "ja", "zh", "ar", "fa"])
    def test_a_script_of_one_language_takes_none(self, language: str) -> None:
        assert language_of(SENTENCES[language].lower().split()) == language
        assert words._stops.cache_info().currsize == 0

    def test_cyrillic_takes_its_languages(self) -> None:
        language_of(SENTENCES["uk"].lower().split())
        assert words._stops.cache_info().currsize == len(words._SHARED["cyrillic"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_stop_words_are_the_section_of_that_name(language: str) -> None:
    assert stop_set(language) == set(sections(language)["stop"])
