"""Article text by this and other tools on the same pages.

    python -m tests.bench.peers CORPORA [--sample N] [--node FOLDER] [--worst N]

Takes every Nth page of WCXB (4 unless told), gives each tool the page as characters, and compares the words it keeps
with those of the article (precision, recall and F1 of bags of words, means over pages; the truth holds no headline).
A second table holds the F1 of each page type and how many pages a tool said nothing about or raised an error on: many of
either ask whether it was called rightly. The time is CPU time of this process a page, the tool's own parsing included.
Tools that are not installed are left out with a message; `pip install '.[bench]'` brings those in Python. For
Readability.js name a folder with the npm packages `@mozilla/readability` and `linkedom`, `jsdom` or both: linkedom is
quick, but jsdom builds the tree a browser would. Its time is told by node, for parsing and extraction.

The points of stripper were fitted on these very pages, so its row flatters it; those of the other tools do not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import fmean, median
from typing import Any, NamedTuple

from lxml import etree

from stripper.decide import decide
from stripper.model import Label
from stripper.readers import read
from tests.bench.corpora import Row, page, rows, tokens
from tests.bench.measures import word_f1

Extract = Callable[[str], str]
"""From a page to the article's text."""


class Tool(NamedTuple):
    """A tool that takes the article out of a page."""

    name: str
    package: str
    """Distribution it comes from, for its version."""
    module: str
    """Imported by `prepare`; the tool is left out where that fails."""
    prepare: Callable[[Any], Extract]
    """From the module to what extracts."""


class Result(NamedTuple):
    """What a tool made of a page."""

    type: str
    name: str
    precision: float
    recall: float
    f1: float
    seconds: float
    empty: bool
    """Without a single word."""
    failed: bool
    """By an error."""


def _stripper(_: Any) -> Extract:
    def extract(html: str) -> str:
        verdicts = decide(read(html, kind="html"))
        return "\n".join([v.block.text for v in verdicts if v.label is Label.BODY and v.block.role != "title"])

    return extract


_APART = (
    "address article aside blockquote br button dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr img input label legend li main nav ol option p pre section select summary table td textarea th title "
    "tr ul video"
).split()
"""What stands apart from its surroundings. A blank at every tag would cut words in two (`<b>T</b>he`)."""


def _text(root: Any) -> str:
    for element in root.iter(*_APART):
        element.text = f" {element.text or ''} "
        element.tail = f" {element.tail or ''}"
    return "".join([str(text) for text in root.itertext()])


def _everything(_: Any) -> Extract:
    def extract(html: str) -> str:
        root = etree.fromstring(html.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
        # noscript stays: some forums have all their posts in it
        etree.strip_elements(root, "script", "style", "template", "head", etree.Comment, with_tail=False)
        return _text(root)

    return extract


def _trafilatura(**options: bool) -> Callable[[Any], Extract]:
    def prepare(module: Any) -> Extract:
        return lambda html: module.extract(html, **options) or ""

    return prepare


def _readability(module: Any) -> Extract:
    def extract(html: str) -> str:
        summary = module.Document(html).summary().encode()
        return _text(etree.fromstring(summary, etree.HTMLParser(encoding="utf-8", huge_tree=True)))

    return extract


def _justext(module: Any) -> Extract:
    stop_words = module.get_stoplist("English")  # what the pages are written in but for a few

    def extract(html: str) -> str:
        paragraphs = module.justext(html.encode("utf-8", "replace"), stop_words, encoding="utf-8")
        return "\n".join([p.text for p in paragraphs if not p.is_boilerplate])

    return extract


def _newspaper(module: Any) -> Extract:
    def extract(html: str) -> str:
        article = module.Article("https://page.example/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return extract


def _resiliparse(**options: bool) -> Callable[[Any], Extract]:
    def prepare(module: Any) -> Extract:
        return lambda html: str(module.extract_plain_text(html, main_content=True, **options))

    return prepare


TOOLS = (
    Tool("stripper, in sample", "stripper", "stripper", _stripper),
    Tool("trafilatura", "trafilatura", "trafilatura", _trafilatura()),
    Tool("trafilatura, no comments", "trafilatura", "trafilatura", _trafilatura(include_comments=False)),
    Tool("readability-lxml", "readability-lxml", "readability", _readability),
    Tool("jusText", "jusText", "justext", _justext),
    Tool("newspaper4k", "newspaper4k", "newspaper", _newspaper),
    Tool("resiliparse", "Resiliparse", "resiliparse.extract.html2text", _resiliparse()),
    Tool(
        "resiliparse, text only",
        "Resiliparse",
        "resiliparse.extract.html2text",
        _resiliparse(comments=False, alt_texts=False, list_bullets=False),
    ),
    Tool("keep everything: lxml", "lxml", "lxml", _everything),
)

NODE = """
const { createRequire } = require("module");
const load = createRequire(process.cwd() + "/");
const { Readability } = load("@mozilla/readability"), dom = process.argv[1], library = load(dom);
const parse = (html) => {
  if (dom === "linkedom") return [library.parseHTML(html).document, () => {}];
  const virtualConsole = new library.VirtualConsole();  // silent about style sheets
  const { window } = new library.JSDOM(html, { virtualConsole });
  return [window.document, () => window.close()];
};
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const began = process.cpuUsage();
  let text = "", failed = false;
  try {
    const [page, close] = parse(JSON.parse(line)), found = new Readability(page).parse();
    close();
    // textContent joins paragraphs without a blank between them
    const apart = found && found.content.replace(/<\\/?(p|div|li|h[1-6]|td|th|tr|br|pre|dd|dt|figcaption)\\b/g, " $&");
    if (found) {
      const [article, done] = parse("<html><body>" + apart);
      text = article.body.textContent;
      done();
    }
  } catch (error) {
    failed = true;
  }
  const used = process.cpuUsage(began);
  console.log(JSON.stringify([text, (used.user + used.system) / 1e6, failed]));
});
"""
"""Reads pages as JSON strings, one a line; answers with the text, the seconds it took and whether it was an error."""


def installed(tool: Tool) -> Extract | None:
    """What extracts, or None where the tool is not installed."""
    try:
        return tool.prepare(importlib.import_module(tool.module))
    except ImportError:
        return None


def release(tool: Tool) -> str:
    """The version of a tool."""
    try:
        return version(tool.package)
    except PackageNotFoundError:
        return "?"


def measure(extract: Extract, pages: list[tuple[Row, str]]) -> Iterator[Result]:
    """Run a tool over all pages. A page that it fails on counts as empty."""
    for row, html in pages:
        began = time.process_time()
        failed = False
        try:
            text = extract(html)
        except Exception:
            text, failed = "", True
        yield result(row, text, time.process_time() - began, failed)


def result(row: Row, text: str, seconds: float, failed: bool) -> Result:
    """The score of a text."""
    words = Counter(tokens(text))
    score = word_f1(words, Counter(tokens(row.truth["body"])))
    return Result(row.truth["type"], row.name, *score, seconds, not words, failed)


def measure_node(folder: Path, dom: str, pages: list[tuple[Row, str]]) -> Iterator[Result]:
    """Run Readability.js over all pages. Raises FileNotFoundError where node is not installed."""
    given = "".join([json.dumps(html) + "\n" for _, html in pages])  # which escapes what ends a line
    done = subprocess.run(["node", "-e", NODE, dom], cwd=folder, input=given.encode(), capture_output=True, check=True)
    for (row, _), line in zip(pages, done.stdout.splitlines(), strict=True):
        yield result(row, *json.loads(line))


def table_row(name: str, results: list[Result]) -> str:
    """A line of the table: articles, all types, time."""
    articles = [one for one in results if one.type == "article"]
    cells = [f"{name:42}"]
    for group in (articles, results):
        scores = [(one.precision, one.recall, one.f1) for one in group]
        cells += [f"{fmean(column):.4f}" for column in zip(*scores, strict=True)]
        cells.append(f"{sum(one.f1 < 0.5 for one in group) / len(group):6.1%}")
    times = [1000 * one.seconds for one in articles]
    return "  ".join([*cells, f"{fmean(times):7.1f}  {median(times):7.1f}"])


def type_row(name: str, results: list[Result], types: list[str]) -> str:
    """A line of the second table: F1 of each page type, pages without a word, errors."""
    cells = [f"{name:42}"]
    for kind in types:
        scores = [one.f1 for one in results if one.type == kind]
        cells.append(f"{fmean(scores):{max(6, len(kind))}.4f}")
    return "  ".join([*cells, f"{sum(one.empty for one in results):5}  {sum(one.failed for one in results):6}"])


def npm_release(folder: Path, package: str) -> str:
    """The version of an npm package. Raises FileNotFoundError where it is not installed."""
    return str(json.loads((folder / "node_modules" / package / "package.json").read_text())["version"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sample", type=int, default=4, metavar="N", help="take every Nth page [4]")
    parser.add_argument("--node", type=Path, metavar="FOLDER", help="folder with the npm packages of Readability.js")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N articles each tool does worst on")
    args = parser.parse_args()
    if not (args.corpora / "wcxb-dev" / "truth.jsonl").exists():
        print(f"skipped: no corpora at {args.corpora}")
        return
    warnings.simplefilter("ignore")  # of the tools about each other
    everything = list(rows(args.corpora, "wcxb-dev"))
    articles = [row for row in everything if row.truth["type"] == "article"][:: args.sample]
    others = [row for row in everything if row.truth["type"] != "article"][:: args.sample]
    pages = [(row, page(args.corpora, "wcxb-dev", row.name).decode("utf-8", "replace")) for row in articles + others]
    print(f"{len(articles)} articles, {len(pages)} pages of all types: word P, R, F1, share under .5; ms an article")
    heads = ("P", "R", "F1", "<.5 ")
    print("  ".join([" " * 42, *(f"{head:>6}" for head in heads * 2), "   mean", " median"]), flush=True)

    by_type: list[str] = []
    types = [kind for kind, _ in Counter(row.truth["type"] for row, _ in pages).most_common()]

    def show(name: str, results: list[Result]) -> None:
        by_type.append(type_row(name, results, types))
        print(table_row(name, results), flush=True)
        worst = sorted((one for one in results if one.type == "article"), key=lambda one: one.f1)[: args.worst]
        print("".join([f"    {one.f1:.3f}  {one.name}\n" for one in worst]), end="")

    for tool in TOOLS:
        extract = installed(tool)
        if extract is None:
            print(f"{tool.name:42}  skipped: not installed")
        else:
            show(f"{tool.name} ({release(tool)})", list(measure(extract, pages)))
    for dom in ("linkedom", "jsdom") if args.node else ():
        name = f"Readability.js, {dom}"
        try:
            name = f"{name} ({npm_release(args.node, '@mozilla/readability')}, {npm_release(args.node, dom)})"
            show(name, list(measure_node(args.node, dom, pages)))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name:42}  skipped: {error}")
    print("\nF1 by type; pages without a word, errors")
    print("  ".join([" " * 42, *(f"{kind:>6}" for kind in types), "empty  errors"]))
    print("\n".join(by_type))


if __name__ == "__main__":
    main()
