"""What renderers, mail programs and people leave in a line of text: names of facts, found cheaply."""

from __future__ import annotations

import re
from collections.abc import Mapping

FACTS: Mapping[str, str] = {
    "address": "URLs or e-mail addresses are at least half of the characters",
    "bullet": "begins with a bullet",
    "button": "holds a button: `(BUTTON)` of lynx, `[ Send ]` of elinks",
    "columns": "holds two or more columns side by side",
    "date": "is a date or a time and nothing else",
    "escape": "held terminal escape sequences",
    "field": "holds a form field: `[ ]`, `[x]`, `( )`, `(*)`, `____`, `[______]`",
    "header": "is a header line of a mail (`From:`, `Subject:` …)",
    "image": "holds `[image]`, `[photo.jpg]` or is the name of an image file",
    "label": "is a short `Label: value`",
    "markdown-image": "holds a Markdown image",
    "markdown-link": "holds a Markdown link",
    "numbered": "begins with the number of a numbered item",
    "quoted": "is quoted by `>`",
    "reference": "is part of the list of link addresses that a text browser prints at the end",
    "rule": "is a line drawn with characters, and no words",
    "signature": "is part of a mail's signature or a mailing list's footer",
    "underlined": "is a heading underlined with `===` or `---`",
    "upper": "has letters in capitals only, twelve words at most",
}
"""The names in `Block.facts` of text input, and when a block has them."""

_FIELD = re.compile(r"\[[ _]+\]|\[[xX*]\]|\( \)|\(\*\)|___")
_BUTTON = re.compile(r"\(BUTTON\)|\[ [^\[\]\s][^\[\]]{0,40} \]")
_ENDING = r"\.(?:jpe?g|png|gif|webp|svg|bmp|avif)"
_IMAGE_NAME = re.compile(_ENDING + "$", re.IGNORECASE)
_IMAGE = re.compile(rf"\[(?:image|img|inline|picture|[^\[\]\s]{{1,100}}{_ENDING})\]", re.IGNORECASE)
LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s\"[^\"\n]*\")?\)")
"""An inline Markdown link or image."""
_DATE_LENGTH = 48
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"(?:19|20)\d\d|\d[:.h]\d\d|\d{1,2}[./-]\d{1,2}|\d[年月日时時년월일]")
_DATE_TEXT = """
january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec st nd rd th am pm a p m
at on of the utc gmt est edt cet cest pst pdt bst z t h
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
januar februar märz mai juni juli oktober dezember jänner mär okt dez uhr um am den vom
montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend mo di mi do fr sa so
janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr juil déc à le er
lundi mardi mercredi jeudi vendredi samedi dimanche
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic de del el
lunes martes miércoles jueves viernes sábado domingo
gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott alle ore
lunedì martedì mercoledì giovedì venerdì sabato domenica
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out às
segunda terça quarta quinta sexta feira
januari februari maart augustus mei mrt maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia r godz
января февраля марта апреля мая июня июля августа сентября октября ноября декабря г в
понедельник вторник среда четверг пятница суббота воскресенье
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
januari februari maj oktober måndag tisdag onsdag torsdag fredag lördag söndag kl
marts januar mandag tirsdag onsdag torsdag fredag lørdag søndag
ledna února března dubna května června července srpna září října listopadu prosince
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
年 月 日 时 時 分 秒 上午 下午 午前 午後 星期一 星期二 星期三 星期四 星期五 星期六 星期日 년 월 일 오전 오후
"""
_DATE_WORDS = frozenset(_DATE_TEXT.split())
"""Months, days and what stands beside them in dates."""
_HEADER_TEXT = """
from to cc bcc date sent subject reply-to message-id in-reply-to references mime-version content-type list-id sender
von an betreff gesendet datum de à objet envoyé para asunto enviado da oggetto от кому тема дата
assunto van aan onderwerp verzonden od do temat data från till ämne skickat від кому тема kimden kime tarih konu
发件人 收件人 日期 主题 差出人 宛先 日付 件名 보낸사람 받는사람 날짜 제목 من إلى التاريخ الموضوع
"""
_HEADERS = frozenset(_HEADER_TEXT.split())
"""Names of mail headers in lower case."""
SUBJECTS = frozenset("subject betreff objet asunto oggetto assunto onderwerp temat ämne тема konu 主题 件名 제목 الموضوع".split())
"""Those of the header that has the title."""


def is_date(text: str) -> bool:
    """Whether a text is a date or time and nothing else: has a year, time or day of the month, and only date words."""
    return (
        len(text) <= _DATE_LENGTH
        and _CLOCK.search(text) is not None
        and all(word in _DATE_WORDS for word in _LETTERS.findall(text.lower()))
    )


def header_name(text: str) -> str:
    """The mail header that a line begins with, in lower case, or nothing."""
    name, colon, _ = text[:20].replace("：", ":").partition(":")
    name = name.lower()
    return name if colon and name in _HEADERS else ""


def _is_address(word: str) -> bool:
    if "://" in word or word.startswith(("www.", "mailto:", "<www.", "(www.")):
        return True
    at = word.find("@", 1)
    return at > 0 and "." in word[at + 2 :]


def _address_characters(text: str) -> int:
    return sum(len(word) for word in text.split() if _is_address(word))


def facts_of(text: str) -> set[str]:
    """The facts that a block's text alone tells; the others need its lines."""
    facts = set()
    if "[" in text or "(" in text or "___" in text:
        if _FIELD.search(text):
            facts.add("field")
        if ("(BUTTON" in text or "[ " in text) and _BUTTON.search(text):
            facts.add("button")
        if "[" in text and _IMAGE.search(text):
            facts.add("image")
        if "](" in text:
            for found in LINK.finditer(text):
                facts.add("markdown-image" if found[1] else "markdown-link")
    if ("@" in text or "://" in text or "www." in text) and 2 * _address_characters(text) >= len(text):
        facts.add("address")
    if len(text) <= 120:
        if "." in text[-5:-3] and text.count(" ") < 2 and _IMAGE_NAME.search(text):
            facts.add("image")
        if ":" in text:
            at = text.find(": ")
            if 0 < at <= 30 and text[:at].count(" ") <= 3 and text.count(" ") <= 12:
                facts.add("label")
        if len(text) <= _DATE_LENGTH and _DIGIT.search(text) and is_date(text):
            facts.add("date")
        if text.isupper() and text.count(" ") < 12 and sum(map(str.isalpha, text)) > 1:
            facts.add("upper")
    return facts
