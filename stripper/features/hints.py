"""The words that pages put into class, id, role and itemprop, as families.

Authors name the parts of their pages in a small vocabulary ("entry-content", "related-posts", "share-bar"). Each word
belongs to at most one family; a family is one bit of a mask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

HINT_WORDS = {
    "content": "content article articlebody articlecontent entry entrycontent post postcontent posts body story text main richtext prose copy"
    " paragraph wysiwyg rte markdown editorial bodytext maincontent inhalt artikel texto contenido cuerpo nota chapter",
    "headline": "headline title heading headings hed h1 titre titulo titel titulaire entrytitle posttitle name",
    "lead": "lead lede dek deck standfirst subtitle subheadline subhead intro summary teasertext excerpt abstract chapo bajada copete"
    " entradilla vorspann kicker tldr takeaways highlights",
    "nav": "nav navbar navigation menu menus menuitem submenu breadcrumb breadcrumbs crumb crumbs sitemap topbar navi navlink dropdown"
    " megamenu mainnav hamburger subnav tabs tablist pathway skip offcanvas",
    "header": "header masthead banner topheader siteheader head top branding logo",
    "footer": "footer foot colophon bottom siteinfo subfooter footernav copyright imprint impressum legal contentinfo",
    "sidebar": "sidebar aside rail widget widgets secondary complementary column1 rightcol leftcol sidecol rightrail marginalia zone"
    " sidebars",
    "related": "related recommended recommendation recommendations recommend more morefrom popular trending mostread latest recent"
    " readmore seealso similar suggested suggestions outbrain taboola readnext upnext recirc recirculation recent-posts verwandte"
    " weitere relacionadas relacionados relatedposts moreon next previous prev mostpopular otherposts promo promos inread",
    "teaser": "teaser teasers card cards tile tiles feed listing listings archive blurb thumb thumbnail thumbnails carousel slider swiper"
    " slick slide slides grid",
    "share": "share sharing sharedaddy social socials sharebar shares addtoany addthis sharethis facebook twitter pinterest whatsapp"
    " linkedin follow socialmedia tweet sns shareicons teilen compartir",
    "comment": "comment comments commenting commentlist disqus respond reply replies discussion commentform livefyre kommentare"
    " kommentar comentarios commentaires reviews review ugc responses guestbook talkback",
    "subscribe": "newsletter newsletters subscribe subscription signup optin mailchimp paywall mailinglist regwall premium email"
    " membership donate donation subscriber abo piano convertkit",
    "consent": "cookie cookies consent gdpr ccpa onetrust cmp privacy cookiebanner usercentrics didomi",
    "ad": "ad ads advert advertisement advertising adsbygoogle sponsor sponsored sponsors dfp adslot adunit adbox adcontainer anzeige"
    " werbung publicidad banners affiliate gpt commercial native",
    "cta": "cta button buttons btn callout promotion offer offers upsell buy product products price cart shop action actions buynow",
    "caption": "caption captions figcaption credit credits photocredit imagecaption copyrightholder bildunterschrift legende leyenda"
    " epigrafe piedefoto photographer attribution wpcaption creditline cutline",
    "media": "image images img photo photos figure figures media picture pictures gallery galleries video videos player embed audio"
    " lightbox hero poster foto bild imagen galerie illustration youtube podcast jwplayer vjs",
    "byline": "byline author authors writer contributor contributors postedby vcard fn autor auteur autoren reporter authorname"
    " writtenby posted",
    "bio": "bio authorbio authorbox biography aboutauthor profile profiles avatar gravatar authorinfo about user users member",
    "date": "date time datetime timestamp published updated pubdate datum fecha dateline modified datepublished datemodified readtime"
    " readingtime ago entrydate publishdate",
    "meta": "meta metadata postmeta entrymeta info articleinfo details stats stat views votes rating ratings score likes karma",
    "tags": "tag tags taglist tagcloud topics topic category categories keywords labels label rubric section-tag cat schlagworte"
    " hashtags taxonomy",
    "login": "login signin register registration account log password auth",
    "search": "search searchform searchbox suche buscador filter filters sort facet facets",
    "form": "form forms input field fields fieldset select checkbox captcha contact survey poll quiz",
    "overlay": "modal popup overlay lightboxes dialog drawer toast notice alert banneralert flyout popover tooltip loading spinner"
    " alertdialog",
    "hidden": "hidden hide sronly visuallyhidden screenreader screenreadertext invisible assistive offscreen accessibility collapse"
    " collapsed noprint",
    "toc": "toc tableofcontents tocs contents outline jumplinks eztoc anchors onthispage",
    "pagination": "pagination pager paging pagenav pagenavi pages navlinks postnavigation nextprev infinite",
    "faq": "faq faqs accordion question questions answer answers qa qanda step steps instructions ingredients ingredient recipe"
    " directions method tab panel tabpanel",
    "code": "code highlight hljs prism syntax snippet codehilite sourcecode console",
    "quote": "quote blockquote pullquote quotation cite tweet-text",
    "note": "footnote footnotes endnotes references reference reflist citation bibliography sources footnoteref note notes",
    "forum": "message messages thread postbody postcontent bbcode signature reply-content topic-body cooked forum op bbp",
    "list": "list lists items item ul li row rows entries",
    "table": "table tables datatable infobox spec specs specifications wikitable",
    "description": "description desc productdescription overview features synopsis",
    "back": "backtotop totop scroll goback print printonly permalink edit editsection",
}
"""Family → its words. A word stands for itself only; compounds are split at anything that is not a letter and at capitals."""

HINT_FAMILIES = tuple(HINT_WORDS)
HINT_BIT = {family: 1 << index for index, family in enumerate(HINT_FAMILIES)}

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@cache
def _bits() -> dict[str, int]:
    return {
        word.replace("-", ""): HINT_BIT[family]
        for family, words in reversed(HINT_WORDS.items())
        for word in words.split()
    }


def words_of_name(name: str) -> list[str]:
    """The words that a class name is compounded of, in lower case: split at capitals and at all that is no letter."""
    return list(map(str.lower, _WORD.findall(name[:80])))


def families_of(words: Sequence[str]) -> int:
    """The families of the words that a class name is compounded of, as a mask of `HINT_BIT`.

    Compounds are looked up whole (`screen-reader-text`), in neighbouring pairs (`back-to` no, `read-more` yes) and word
    by word.
    """
    bits = _bits()
    mask = 0
    previous = ""
    for word in words:
        pair = bits.get(previous + word, 0) if previous else 0
        mask |= pair or bits.get(word, 0)
        previous = word
    if len(words) > 2:
        mask |= bits.get("".join(words), 0)
    return mask
