"""Article text by this and other tools on the same pages.

    python -m tests.bench.peers CORPORA [--sample N] [--node FOLDER] [--worst N]

Takes every Nth page of WCXB (4 unless told), gives each tool the page as characters, and compares the words it keeps
with those of the article (precision, recall and F1 of bags of words, means over pages; the truth holds no headline).
The time is CPU time of this process a page, the tool's own parsing included. Tools that are not installed are left out
with a message; `pip install '.[bench]'` brings those in Python. For Readability.js name a folder with the npm packages
`@mozilla/readability` and `linkedom`; its time is told by node, for parsing and extraction.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
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


def _stripper(_: Any) -> Extract:
    def extract(html: str) -> str:
        verdicts = decide(read(html, kind="html"))
        return "\n".join([v.block.text for v in verdicts if v.label is Label.BODY and v.block.role != "title"])

    return extract


def _everything(_: Any) -> Extract:
    def extract(html: str) -> str:
        root = etree.fromstring(html.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
        etree.strip_elements(root, "script", "style", "noscript", "template", "head", etree.Comment, with_tail=False)
        return " ".join([str(text) for text in root.itertext()])

    return extract


def _trafilatura(**options: bool) -> Callable[[Any], Extract]:
    def prepare(module: Any) -> Extract:
        return lambda html: module.extract(html, **options) or ""

    return prepare


def _readability(module: Any) -> Extract:
    def extract(html: str) -> str:
        summary = module.Document(html).summary().encode()
        return " ".join([str(text) for text in etree.fromstring(summary, etree.HTMLParser(encoding="utf-8")).itertext()])

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


def _resiliparse(module: Any) -> Extract:
    return lambda html: str(module.extract_plain_text(html, main_content=True))


TOOLS = (
    Tool("stripper", "stripper", "stripper", _stripper),
    Tool("trafilatura", "trafilatura", "trafilatura", _trafilatura()),
    Tool("trafilatura, no comments", "trafilatura", "trafilatura", _trafilatura(include_comments=False)),
    Tool("readability-lxml", "readability-lxml", "readability", _readability),
    Tool("jusText", "jusText", "justext", _justext),
    Tool("newspaper4k", "newspaper4k", "newspaper", _newspaper),
    Tool("resiliparse", "Resiliparse", "resiliparse.extract.html2text", _resiliparse),
    Tool("keep everything: lxml", "lxml", "lxml", _everything),
)

NODE = """
const { createRequire } = require("module");
const load = createRequire(process.cwd() + "/");
const { Readability } = load("@mozilla/readability"), { parseHTML } = load("linkedom");
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const began = process.cpuUsage();
  let text = "";
  try {
    const found = new Readability(parseHTML(JSON.parse(line)).document).parse();
    // textContent joins paragraphs without a blank between them
    const apart = found && found.content.replace(/<\\/?(p|div|li|h[1-6]|td|th|tr|br|pre|dd|dt|figcaption)\\b/g, " $&");
    text = found ? parseHTML("<html><body>" + apart).document.body.textContent : "";
  } catch (error) {}
  const used = process.cpuUsage(began);
  console.log(JSON.stringify([text, (used.user + used.system) / 1e6]));
});
"""
"""Reads pages as JSON strings, one a line; answers with the text and the seconds it took."""


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
        try:
            text = extract(html)
        except Exception:
            text = ""
        yield result(row, text, time.process_time() - began)


def result(row: Row, text: str, seconds: float) -> Result:
    """The score of a text."""
    score = word_f1(Counter(tokens(text)), Counter(tokens(row.truth["body"])))
    return Result(row.truth["type"], row.name, *score, seconds)


def measure_node(folder: Path, pages: list[tuple[Row, str]]) -> Iterator[Result]:
    """Run Readability.js over all pages. Raises FileNotFoundError where node is not installed."""
    given = "".join([json.dumps(re.sub("[\u2028\u2029]", " ", html)) + "\n" for _, html in pages])
    done = subprocess.run(["node", "-e", NODE], cwd=folder, input=given.encode(), capture_output=True, check=True)
    for (row, _), line in zip(pages, done.stdout.splitlines(), strict=True):
        yield result(row, *json.loads(line))


def table_row(name: str, results: list[Result]) -> str:
    """A line of the table: articles, all types, time."""
    articles = [one for one in results if one.type == "article"]
    cells = [f"{name:34}"]
    for group in (articles, results):
        scores = [(one.precision, one.recall, one.f1) for one in group]
        cells += [f"{fmean(column):.4f}" for column in zip(*scores, strict=True)]
        cells.append(f"{sum(one.f1 < 0.5 for one in group) / len(group):6.1%}")
    times = [1000 * one.seconds for one in articles]
    return "  ".join([*cells, f"{fmean(times):7.1f}  {median(times):7.1f}"])


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
    print("  ".join([" " * 34, *(f"{head:>6}" for head in heads * 2), "   mean", " median"]), flush=True)

    def show(name: str, results: list[Result]) -> None:
        print(table_row(name, results), flush=True)
        worst = sorted((one for one in results if one.type == "article"), key=lambda one: one.f1)[: args.worst]
        print("".join([f"    {one.f1:.3f}  {one.name}\n" for one in worst]), end="")

    for tool in TOOLS:
        extract = installed(tool)
        if extract is None:
            print(f"{tool.name:34}  skipped: not installed")
        else:
            show(f"{tool.name} ({release(tool)})", list(measure(extract, pages)))
    if args.node:
        try:
            found = json.loads((args.node / "node_modules" / "@mozilla" / "readability" / "package.json").read_text())
            show(f"Readability.js ({found['version']})", list(measure_node(args.node, pages)))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{'Readability.js':34}  skipped: {error}")


if __name__ == "__main__":
    main()
