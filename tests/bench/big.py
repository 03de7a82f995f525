"""Big and hostile inputs through the whole command: seconds and peak memory at three sizes.

    python -m tests.bench.big [--size MB] [--view VIEW] [--only WORD] [--kinds]

Each kind of input is written to a temporary folder at a quarter, half and all of the size, and `stripper` is run on it, its
output thrown away. Printed are processor seconds, how they grow per doubling (2 is linear), and the peak of resident
memory beyond that of an interpreter that read one line, in times the input (of the largest). The same kinds, small, are
tested in `tests/test_hostile.py`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

WORDS = (
    "barge kettle ledger orchard ferry lantern gravel thimble heron plaster ribbon turnip chimney saddle oyster".split()
)
VIEWS = {"text": (), "json": ("-t", "json"), "diff": ("-d",), "inspect": ("-i",)}


class Kind(NamedTuple):
    """A kind of input that grows by repeating a piece."""

    piece: str
    """Repeated; `#` in it becomes the number of the repetition, `@` a word."""
    before: str = ""
    after: str = ""
    repeat_after: str = ""
    """Repeated as often as the piece, after the middle."""
    middle: str = "The ferry leaves at nine in the morning, and it comes back in the evening."

    def make(self, size: int) -> str:
        """An input of about so many characters."""
        count = max(1, size // (len(self.piece) + len(self.repeat_after)))
        if "#" in self.piece or "@" in self.piece:
            pieces = [
                self.piece.replace("#", str(n)).replace("@", WORDS[n * n % 97 % len(WORDS)]) for n in range(count)
            ]
        else:
            pieces = [self.piece] * count
        return "".join([self.before, *pieces, self.middle, self.repeat_after * count, self.after])


HTML: Mapping[str, Kind] = {
    "paragraphs": Kind("<p>The @ of the # ferries leaves at nine, and the @ comes back in the evening.</p>\n"),
    "nested divs": Kind("<div>", repeat_after="</div>"),
    "nested divs never closed": Kind("<div>"),
    "nested divs with text": Kind("<div>@ #", repeat_after="</div>"),
    "nested divs with classes": Kind('<div class="@ c#" id=i#>', repeat_after="</div>"),
    "nested divs and stray end tags": Kind("<div>", repeat_after="</x>"),
    "nested divs and stray ends of p": Kind("<div>", repeat_after="</p>"),
    "an inline tag far below its end tags": Kind("<div>", before="<b>", repeat_after="</b>"),
    "nested spans": Kind("<span>", repeat_after="</span>"),
    "lines with hidden words": Kind("the @ of the @ <i hidden>x</i><br>", before="<p><a>a</a><a>b</a>"),
    "nested hidden spans": Kind("<span hidden>x", repeat_after="</span>"),
    "inline tags never closed": Kind("<i><font>@ "),
    "links never closed": Kind("<a href=/#>@ "),
    "nested lists": Kind("<ul><li>@", repeat_after="</ul>"),
    "nested tables": Kind("<table><tr><td>@", repeat_after="</table>"),
    "nested custom elements": Kind("<x-@>#", repeat_after="</x-@>"),
    "nested templates": Kind("<template>@", repeat_after="</template>"),
    "nested forms and buttons": Kind("<form><button>@", repeat_after="</form>"),
    "end tags of nothing": Kind("</p></div></b></table>"),
    "one line": Kind("the @ of # and the @. ", before="<p>", after="</p>"),
    "one word": Kind("x", before="<p>"),
    "one attribute": Kind("QUJD", before="<p>Seen</p><img src='data:image/png;base64,", after="'><p>Seen", middle=""),
    "many attributes": Kind(" a#=b", before="<p", after=">Seen", middle=""),
    "class words": Kind("@# ", before="<p class='", after="'>Seen", middle=""),
    "links": Kind('<a href="https://h#.example/@">@ #</a> '),
    "links in a list": Kind('<li><a href="/#">@</a>\n'),
    "links in one paragraph": Kind("<a href=#>@</a>", before="<p>"),
    "entities": Kind("&amp;", before="<p>"),
    "entities cut off": Kind("&amp", before="<p>"),
    "numbered entities": Kind("&#0;&#xD800;&#155;x", before="<p>"),
    "NUL": Kind("\0", before="<p>Seen</p>"),
    "controls": Kind("\x01\x1b[31m\x08x", before="<p>"),
    "OSC": Kind("\x1b]0;@\x07\x9b1m ", before="<p>"),
    "bidi": Kind("\u202e\u2066@\u2069 ", before="<p>"),
    "combining marks": Kind("\u0301", before="<p>a"),
    "breaks": Kind("<br>\n"),
    "breaks with blanks": Kind("<br> &nbsp; "),
    "rules": Kind("<hr>"),
    "pictures": Kind("<img alt=@ src=#>"),
    "pictures in text": Kind("<img src=a> \n", before="<p>x"),
    "rows": Kind("<tr><td>#</td><td>@</td><td>@</td></tr>", before="<table>"),
    "cells": Kind("<td>@", before="<table><tr>"),
    "options": Kind("<option label=@>@ #", before="<select>"),
    "lines of code": Kind("<div>@ = #</div>\n", before="<pre>"),
    "headings": Kind("<h2>@ #</h2>"),
    "the same paragraph": Kind("<p>The ferry leaves at nine in the morning, and it comes back.</p>"),
    "comments": Kind("<!-- @ -->"),
    "a comment never closed": Kind("<!-- @ "),
    "scripts": Kind("<script>var a = '<p>@';</script>"),
    "one script": Kind("a,b. ", before="<script>", after="</script><p>Seen", middle=""),
    "nested JSON-LD": Kind(
        '[{"author":', before='<script type="application/ld+json">', repeat_after="}]", middle="1", after="</script><p>Seen"
    ),
    "JSON-LD authors": Kind(
        '"@",', before='<script type="application/ld+json">{"headline":"x","author":[', middle='"x"]}', after="</script><p>Seen"
    ),
    "article in JSON-LD": Kind(
        "The @ of # ferries left.\\n",
        before='<script type="application/ld+json">{"articleBody":"', middle='"}', after="</script>",
    ),
    "metadata": Kind("<meta name=n# content=@>", after="<p>Seen"),
    "ruby": Kind("<ruby>港<rt>みなと</ruby>", before="<p>"),
    "quotations": Kind("<q>@", before="<p>", repeat_after="</q>"),
    "angle brackets": Kind("<", before="<p>", middle=" The ferry leaves at nine."),
    "declarations": Kind("<!DOCTYPE @>"),
    "entities of a document type": Kind(
        '<!ENTITY e# "&e;&e;&e;">',
        before='<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e "ha">', middle="", after="]><p>&e1;</p>",
    ),
    "documents": Kind("<html><head><title>@</title></head><body><p>#</body></html>"),
}  # fmt: skip
"""Pages."""

TEXT: Mapping[str, Kind] = {
    "paragraphs": Kind("The @ of the # ferries leaves at nine, and the @ comes back in the evening.\n\n", middle=""),
    "hard-wrapped": Kind(
        "The @ of the # ferries leaves at nine, and the @ comes back\nin the evening, as the @ does.\n"
    ),
    "one line": Kind("the @ of # and the @. "),
    "one word": Kind("x"),
    "one word to a line": Kind("@\n"),
    "blank lines": Kind("\n"),
    "blanks": Kind(" "),
    "blanks in lines": Kind("    \t \n"),
    "quote signs": Kind(">"),
    "deeper and deeper quotes": Kind("> > > > > > > > @\n"),
    "bullets": Kind("• @ #\n"),
    "numbers": Kind("#. @\n"),
    "link numbers": Kind("   [#]@\n", after="\n\nReferences\n\n   1. https://h.example/\n   2. https://h.example/\n"),
    "addresses": Kind("https://h#.example/@ "),
    "links of Markdown": Kind("[@](https://h.example/#) "),
    "brackets": Kind("[", before="x "),
    "brackets and parentheses": Kind('[](a "', before="x "),
    "headings of Markdown": Kind("# @ #\n\n"),
    "fences": Kind("```\n@\n"),
    "rules": Kind("-----\n"),
    "underlined": Kind("\n@\n===\n"),
    "rows of tables": Kind("│ @ │ # │\n├───┼───┤\n"),
    "columns": Kind("@   #   @\n"),
    "columns in one line": Kind("@   #   "),
    "code": Kind("    @ = f(#);\n"),
    "mail headers": Kind("From: @\nSubject: @\n"),
    "NUL": Kind("\0", before="Seen\n"),
    "colours": Kind("\x1b[31m@\x1b[0m "),
    "OSC": Kind("\x1b]0;@\x07 "),
    "OSC never closed": Kind("\x1b]0;@ "),
    "one OSC": Kind("@", before="Seen \x1b]0;"),
    "bidi": Kind("\u202e\u2066@\u2069 "),
    "combining marks": Kind("\u0301", before="a"),
    "soft hyphens": Kind("\u00adx"),
    "Chinese": Kind("港口的早晨很安静。"),
    "lines of Chinese": Kind("港口的早晨很安静,渡轮九点离开。\n"),
    "the same line": Kind("The ferry leaves at nine in the morning, and it comes back.\n\n"),
    "line ends": Kind("\r"),
    "other line ends": Kind("\u2028@\x0b\x0c\x85"),
}
"""Texts."""


class Cost(NamedTuple):
    """What a command used."""

    seconds: float
    memory: int
    """Peak, in bytes."""
    status: int


def cost(path: Path, kind: str, view: str) -> Cost:
    """Run the command over a file."""
    command = [sys.executable, "-m", "stripper", "-f", kind, "--color=never", *VIEWS[view], str(path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * unit, process.returncode)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=float, default=4, metavar="MB", help="of the largest input [4]")
    parser.add_argument("--view", choices=VIEWS, default="text")
    parser.add_argument("--only", default="", metavar="WORD", help="kinds whose name holds this")
    parser.add_argument("--kinds", action="store_true", help="list the kinds")
    asked = parser.parse_args()
    everything = {
        f"{kind}: {name}": (kind, it) for kind, kinds in (("html", HTML), ("text", TEXT)) for name, it in kinds.items()
    }
    chosen = {name: what for name, what in everything.items() if asked.only in name}
    if asked.kinds:
        print("\n".join(chosen))
        return 0
    sizes = [int(asked.size * 1_000_000 / part) for part in (4, 2, 1)]
    print(f"{'':42}" + "".join(f"{size / 1e6:8.2f} MB" for size in sizes) + "   growth     peak  times  status")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "input")
        path.write_text("One line.\n", encoding="utf-8")
        bare = {kind: cost(path, kind, asked.view) for kind in ("html", "text")}
        for name, (kind, it) in chosen.items():
            found = []
            for size in sizes:
                path.write_text(it.make(size), encoding="utf-8")
                found.append(cost(path, kind, asked.view))
            largest = path.stat().st_size
            own = [max(one.seconds - bare[kind].seconds, 0.01) for one in found]
            more = found[-1].memory - bare[kind].memory
            print(
                f"{name:42}" + "".join(f"{one:9.2f} s" for one in own)
                + f"  {own[1] / own[0]:4.1f} {own[2] / own[1]:4.1f}  {found[-1].memory / 1e6:5.0f} MB  {more / largest:5.1f}"
                + f"  {found[-1].status}",
                flush=True,
            )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
