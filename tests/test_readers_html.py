"""Pages → blocks: what bounds a block, what it carries, and that nothing is lost."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.model import Block
from stripper.readers.html import read_html


def _blocks(page: str) -> tuple[Block, ...]:
    return read_html(page).blocks


def _texts(page: str) -> list[str]:
    return [block.text for block in _blocks(page)]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        pytest.param("Loose<p>Held</p>again", ["Loose", "Held", "again"], id="text directly in body"),
        pytest.param("<div>One<br><br>Two<br>\n<br>Three</div>", ["One", "Two", "Three"], id="br br"),
        pytest.param("<p>One<br>Two<br/> Three</p>", ["One\nTwo\nThree"], id="br"),
        pytest.param("<p>A <b>bold</b>er <i>t</i>ide</p>", ["A bolder tide"], id="inline elements never split"),
        pytest.param("<p><b>Tides</b><br>Twice a day<br>at noon", ["Tides", "Twice a day\nat noon"], id="a bold first line"),
        pytest.param("<p><b>Sea<br>Tide</b><br>Quay", ["Sea\nTide\nQuay"], id="bold lines are no heading"),
        pytest.param("<p>Sea<br><b>Tide</b><br>Quay", ["Sea\nTide\nQuay"], id="a bold line in between"),
        pytest.param("<table><tr><td><b>High</b><br>4 m<td>Low</table>", ["High\n4 m\tLow"], id="a bold head in a cell"),
        pytest.param("<table><tr><td><b>The harbour in the winter</b><br>by Ned", ["The harbour in the winter", "by Ned"],
                     id="a bold heading in a cell"),
        pytest.param("<table><tr><td></td>\n<td><b>The harbour in the winter</b><br>Ned", ["The harbour in the winter", "Ned"],
                     id="a bold heading in a second cell"),
        pytest.param("<p><a>Ebb</a> | <a>Flow</a><br>© Us", ["Ebb | Flow", "© Us"], id="a line of links"),
        pytest.param("<p><a>Ebb</a><br><a>Flow</a><br>© Us", ["Ebb\nFlow\n© Us"], id="lines of a link each"),
        pytest.param("<p>See <a>ebb</a> and then <a>flow</a><br>too", ["See ebb and then flow\ntoo"], id="links in a line"),
        pytest.param("<p>Ebb<br><a>Sea wall</a> <a>Quay</a> <i hidden>x</i><br>Go", ["x", "Ebb\nSea wall Quay\nGo"],
                     id="a second line of links"),
        pytest.param("<table><tr><td><a href=a>Boats</a><br><a href=b>Tides</a><td><b>Eels</b><p>Rain.</p></table>",
                     ["Boats\nTides", "Eels", "Rain."], id="a menu in the first cell"),
        pytest.param("<table><tr><td>Eels<td><a href=a>Boats</a><br><a href=b>Tides</a></table>", ["Eels\tBoats\nTides"],
                     id="links in a later cell"),
        pytest.param("<table><tr><td><table><tr><td>1</table>2<td>3</table>", ["1", "2\t3"], id="cells around a table"),
        pytest.param("<table><tr><td>1<td>2</table><p><b>Ebb</b><br>Flow", ["1\t2", "Ebb", "Flow"], id="after a table"),
        pytest.param("<h2>Ebb <span class=mw-editsection>[<a>edit</a>]</span></h2>", ["[edit]", "Ebb"], id="edit section"),
        pytest.param("<h2>Ebb<a class=headerlink href=#e>¶</a> tide</h2>", ["¶", "Ebb tide"], id="address of a heading"),
        pytest.param("<p>Ebb<a class=headerlink href=#e>¶</a> tide", ["Ebb¶ tide"], id="no heading"),
        pytest.param("<ul><li>Sea<ul><li>Tide</ul><li><p>Quay</p><p>Pier</p></ul>", ["Sea", "Tide", "Quay", "Pier"], id="li"),
        pytest.param("<dl><dt>Ebb<dd>Goes out.</dl>", ["Ebb", "Goes out."], id="definition list"),
        pytest.param("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td></td></tr></table>", ["1\t2", "3"], id="rows"),
        pytest.param("<table><tr><td>Menu</td><td>" + "long " * 30 + "</table>", ["Menu", ("long " * 30).strip()], id="layout"),
        pytest.param("<pre>  a\n    b\n\n</pre>", ["  a\n    b"], id="pre keeps its lines"),
        pytest.param("<pre><div>a = 1</div><div>b = 2</div></pre>", ["a = 1\nb = 2"], id="lines in elements of a pre"),
        pytest.param("<p>Run <code>ls -l</code> now</p>", ["Run ls -l now"], id="inline code"),
        pytest.param("<figure><img src=a><figcaption>Quay</figcaption></figure>", ["Quay"], id="figure"),
        pytest.param("<p>Go<button>Send</button>on</p>", ["Go", "Send", "on"], id="button"),
        pytest.param("<label>Name</label><select><option>A<option>B</select>", ["Name", "A\nB"], id="select"),
        pytest.param("<input type=submit value=Send><input value=typed>", ["Send"], id="a button's value is shown"),
        pytest.param("<select><option label=Oslo>Oslo</select>", ["Oslo Oslo"], id="label and text of an option"),
        pytest.param("<picture><source><img><figcaption>A quay</figcaption></picture>", ["A quay"], id="inside a source"),
        pytest.param("<video><source><track>No film.</video><p>Next", ["No film.", "Next"], id="instead of a film"),
        pytest.param("<p>See <iframe>No frames.</iframe> this", ["See this"], id="no browser shows the text of a frame"),
        pytest.param("<ruby>港<rp>(</rp><rt>みなと</rt><rp>) 町</rp></ruby>", ["港(みなと) 町"], id="words in rp"),
        pytest.param("<details><summary>More</summary>Text</details>", ["More", "Text"], id="details"),
        pytest.param("<my-card>One</my-card><my-card>Two</my-card>", ["One", "Two"], id="custom elements"),
        pytest.param("<a href=/><h2>Head</h2><p>Text</p></a>", ["Head", "Text"], id="headings inside links"),
        pytest.param("<p>har\u00adbour wa\u200bll</p>", ["harbour wall"], id="soft hyphens"),
        pytest.param("<p>می\u200cخواهم</p>", ["می\u200cخواهم"], id="joiners stay"),
        pytest.param("<ruby>港<rp>(<rt>みなと<rp>)</ruby>", ["港(みなと)"], id="ruby"),
        pytest.param("<ruby>港<rt>みなと</ruby>", ["港(みなと)"], id="ruby without brackets"),
        pytest.param("<p>Unclosed <b>and cut", ["Unclosed and cut"], id="truncated"),
        pytest.param("<script>var a</script><style>b</style><p>c</p>", ["c"], id="scripts"),
        pytest.param("<q>Aye</q>", ["“Aye”"], id="quotation marks"),
        pytest.param("<title>A</title><nav>Sea</nav><main>Tide</main>", ["Sea", "Tide"], id="head without an end tag"),
        pytest.param("<head><meta name=a><style>b</style>loose", ["loose"], id="text in the head"),
        pytest.param("", [], id="empty"),
        pytest.param("<!-- only a comment -->", [], id="comment"),
    ],
)  # fmt: skip
def test_bounds_of_blocks(page: str, texts: list[str]) -> None:
    assert _texts(page) == texts


@pytest.mark.parametrize(
    "page",
    [
        "<p hidden>x</p>",
        "<div style='display: none'><p>x</p></div>",
        "<p style='visibility:hidden'>x</p>",
        "<template><p>x</p></template>",
        "<noscript><p>x</p></noscript>",
        "<dialog><p>x</p></dialog>",
        "<video>x</video>",
    ],
)
def test_hidden_text_is_read_and_marked(page: str) -> None:
    assert [(block.text, block.hidden) for block in _blocks(page)] == [("x", True)]


@pytest.mark.parametrize(
    "page", ["<p>x</p>", "<dialog open><p>x</p></dialog>", "<template shadowrootmode=open><p>x</p></template>"]
)
def test_shown_text_is_not_hidden(page: str) -> None:
    assert [(block.text, block.hidden) for block in _blocks(page)] == [("x", False)]


def test_hidden_text_in_a_sentence_leaves_the_sentence_whole() -> None:
    found = [(block.text, block.hidden) for block in _blocks("<p>The <span hidden>secret</span> tide</p>")]
    assert found == [("secret", True), ("The tide", False)]


def test_the_tools_of_a_heading_are_controls() -> None:
    tool, heading = _blocks("<h2 hidden>Ebb <a class='headerlink' href='#e'>Link to it</a></h2>")
    assert (tool.role, tool.linked, tool.anchors, tool.hints, tool.hidden) == ("control", 10, 1, "headerlink", True)
    assert (heading.role, heading.linked, heading.links) == ("heading-2", 0, 0)


@pytest.mark.parametrize(
    ("page", "role"),
    [
        ("<h3>x</h3>", "heading-3"),
        ("<p>x</p>", "paragraph"),
        ("<li>x</li>", "item"),
        ("<blockquote><p>x</p></blockquote>", "quote"),
        ("<pre>x</pre>", "code"),
        ("<table><tr><td>x<td>y</table>", "table"),
        ("<table><tr><td>x</table>", "paragraph"),
        ("<figcaption>x</figcaption>", "caption"),
        ("<button>x</button>", "control"),
    ],
)
def test_roles(page: str, role: str) -> None:
    assert [block.role for block in _blocks(page)] == [role]


def test_list_marks_and_depth() -> None:
    page = "<ol start=3><li>a<ul><li>b</ul><li value=9>c<li>d</ol>"
    assert [(b.mark, b.indent) for b in _blocks(page)] == [("3. ", 0), ("• ", 1), ("9. ", 0), ("10. ", 0)]


def test_links_are_counted() -> None:
    page = (
        "<head><link rel=canonical href=https://www.port.example/a></head><p>See <a href=/b>boats</a>, <a href='#c'>crew</a>"
        " and <a href=https://sea.example/>sea</a></p>"
    )
    (block,) = _blocks(page)
    assert (block.linked, block.links, block.outbound, block.anchors) == (len("boats" + "crew" + "sea"), 3, 1, 1)


def test_a_link_around_blocks_covers_them() -> None:
    assert [block.linked for block in _blocks("<a href=/x><p>One</p><p>Two</p></a>")] == [3, 3]


def test_elements_that_hold_neither_text_nor_picture_leave_no_trace() -> None:
    page = "<div><p> </p><ul><li><br></li></ul></div><section><img src=a.jpg></section><table><tr><td>Tides</table>"
    document = read_html(page)
    assert [element.name for element in document.elements] == ["html", "body", "section", "table", "tr"]
    assert [(block.text, document.elements[block.element].name) for block in document.blocks] == [("Tides", "tr")]
    assert [document.elements[picture.element].name for picture in document.pictures] == ["section"]
    assert all(element.parent < index for index, element in enumerate(document.elements))


def test_text_after_an_empty_page_is_of_its_outermost_element() -> None:
    document = read_html("<html><body></body></html>Tides")
    assert [(block.text, block.element < len(document.elements)) for block in document.blocks] == [("Tides", True)]


def test_emphasis_and_hints() -> None:
    (block,) = _blocks("<p class=lead><b>Bold</b> <span class=author>Una</span> <time>May</time></p>")
    assert block.emphasis == 4
    assert block.hints.split() == ["author", "<time>"]


def test_elements_and_pictures() -> None:
    document = read_html("<main id=m><p>One</p><img alt='A quay' src=a.png><p class=c>Two</p></main>")
    inner = document.elements[document.blocks[1].element]
    assert (inner.name, inner.hints) == ("p", "c")
    outer = document.elements[inner.parent]
    assert (outer.name, outer.hints) == ("main", "m")
    assert [(picture.before, picture.alt) for picture in document.pictures] == [(1, "A quay")]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Boats – The Courier</title><meta property=og:site_name content='The Courier'>", "Boats"),
        ("<title>Boats of May - Courier</title>", "Boats of May"),
        ("<title>x</title><meta property=og:title content=Boats>", "Boats"),
        ('<script type="application/ld+json">{"headline": "Boats", "author": [{"name": "Una"}]}</script>', "Boats"),
    ],
)
def test_title_without_the_name_of_the_site(head: str, title: str) -> None:
    assert read_html(f"<head>{head}</head><p>Text</p>").title == title


def test_text_of_a_page_that_has_it_in_its_metadata_only() -> None:
    page = (
        '<script type="application/ld+json">{"@graph": [{"headline": "Boats", "articleBody": "One.\\nTwo."}]}</script>'
    )
    assert [(block.role, block.text) for block in _blocks(page)] == [
        ("title", "Boats"),
        ("paragraph", "One."),
        ("paragraph", "Two."),
    ]


def test_broken_metadata_is_no_error() -> None:
    assert _texts('<script type="application/ld+json">{"a": [</script><p>Text</p>') == ["Text"]


def test_source_lines_on_demand() -> None:
    page = "<p>One</p>\n\n<p>Two\nlines</p>"
    assert [block.lines for block in read_html(page, number_lines=True).blocks] == [(1, 1), (3, 4)]
    assert [block.text for block in read_html(page, number_lines=True).blocks] == _texts(page)


@pytest.mark.parametrize("depth", [300, 3000, 30_000])
def test_no_nesting_is_too_deep(depth: int) -> None:
    assert _texts("<div>" * depth + "deep" + "</div>" * depth + "<p>after</p>") == ["deep", "after"]


_PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<li>", "<ul>", "</ul>",
         "<a href=x>", "</a>",
         "<b>", "</b>", "<pre>", "</pre>", "<br>", "<button>", "</button>", "<span hidden>", "</span>", "<img>", "<h2>", "</h2>"]
    )
    | st.integers(0, 999).map(lambda n: f"w{n} "),
    max_size=40,
)  # fmt: skip


@given(_PIECES)
def test_every_letter_is_in_one_block(pieces: list[str]) -> None:
    words = [piece.strip() for piece in pieces if piece[0] == "w"]
    assert sorted("".join("".join(_texts("".join(pieces))).split())) == sorted("".join(words))


def test_what_stands_after_the_end_of_the_page_is_of_its_outermost_element() -> None:
    document = read_html("<html><body><p>Tides</p></body></html><p>Boats</p><html><body>Ferries</body></html>")
    assert [block.text for block in document.blocks] == ["Tides", "Boats", "Ferries"]
    assert [index for index, element in enumerate(document.elements) if element.parent < 0] == [0]


def test_nothing_of_a_page_waits_for_the_garbage_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        read_html("<div><p>Tides are low.</p></div>" * 500)
        assert len(gc.get_objects()) - before < 250
    finally:
        gc.enable()
