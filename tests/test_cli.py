"""Options, settings, messages and exit statuses, in this process, with a classifier that reads labels off the text."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

import pytest

from stripper import __version__, cli, manual, shells
from stripper.model import Label
from stripper.pipeline import Run, Settings, wants_bar
from tests.fake import fake_decide

__all__ = ["fake_decide"]

NOTES = "nav: Home\n\nText of the article.\n\njunk: Share this\n\nMore text.\n"
CLEAN = "Text of the article.\n\nMore text.\n"
PAGE = "<!DOCTYPE html><title>T</title><h1>Headline</h1><p>nav: Home</p><p>Text of the article.</p>"


class Done(NamedTuple):
    status: int
    out: str
    err: str


class Command:
    """The command, run in this process in a folder of its own."""

    def __init__(self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capfd = capfd
        self.monkeypatch = monkeypatch

    def __call__(self, *arguments: str, stdin: bytes | str | None = None) -> Done:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        stream = io.TextIOWrapper(io.BytesIO(data or b""))
        stream.isatty = lambda: data is None  # type: ignore[method-assign]
        self.monkeypatch.setattr(sys, "stdin", stream)
        status = cli.run(arguments)
        return Done(status, *self.capfd.readouterr())


@pytest.fixture
def stripper(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fake_decide: None
) -> Command:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text(NOTES)
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "clean.txt").write_text(CLEAN)
    return Command(capfd, monkeypatch)


class TestText:
    def test_a_file(self, stripper: Command) -> None:
        assert stripper("notes.txt") == (0, CLEAN, "")

    def test_a_page(self, stripper: Command) -> None:
        assert stripper("page.html") == (0, "Headline\n\nText of the article.\n", "")

    @pytest.mark.parametrize("arguments", [(), ("-",)])
    def test_standard_input(self, stripper: Command, arguments: tuple[str, ...]) -> None:
        assert stripper(*arguments, stdin=NOTES) == (0, CLEAN, "")

    def test_several_inputs_are_apart_by_a_blank_line(self, stripper: Command) -> None:
        assert stripper("notes.txt", "-", "clean.txt", stdin="One.").out == f"{CLEAN}\nOne.\n\n{CLEAN}"

    def test_keep(self, stripper: Command) -> None:
        assert stripper("-k", "nav,Junk", "notes.txt").out == "nav: Home\n\njunk: Share this\n"
        assert stripper("--keep=all", "notes.txt").out == NOTES

    def test_kind_and_encoding(self, stripper: Command) -> None:
        assert stripper("-f", "text", stdin="<p>a</p>").out == "<p>a</p>\n"
        assert stripper("-E", "koi8-r", stdin="Слово".encode("koi8-r")).out == "Слово\n"

    def test_gzip(self, stripper: Command) -> None:
        assert stripper(stdin=gzip.compress(NOTES.encode())).out == CLEAN

    def test_unwrap(self, stripper: Command) -> None:
        words = "A paragraph that was wrapped by hand, as mails were once, in the days of narrow terminals. "
        paragraphs = [(words * 6).strip(), (words.replace("A", "Another") * 5).strip()]
        wrapped = "\n\n".join(fill(paragraph, 64) for paragraph in paragraphs) + "\n"
        assert stripper(stdin=wrapped).out == wrapped
        assert stripper("--unwrap", stdin=wrapped).out == "\n\n".join(paragraphs) + "\n"

    def test_blocks(self, stripper: Command) -> None:
        assert stripper("-n", "1,4-", "notes.txt").out == "More text.\n"
        assert stripper("-n", "9", "notes.txt") == (
            2, "", "stripper: notes.txt: has no such block; they are numbered 1 to 4\n",
        )  # fmt: skip


class TestJson:
    def test_an_object_an_input(self, stripper: Command) -> None:
        done = stripper("-t", "json", "page.html", "notes.txt")
        page, notes = map(json.loads, done.out.splitlines())
        assert (page["source"], page["kind"], page["title"]) == ("page.html", "html", "T")
        assert [block["label"] for block in notes["blocks"]] == ["nav", "body", "junk", "body"]
        assert "evidence" not in notes["blocks"][0]

    def test_an_object_a_block_with_evidence(self, stripper: Command) -> None:
        done = stripper("-t", "jsonl", "-x", "-k", "nav", "notes.txt")
        (block,) = map(json.loads, done.out.splitlines())
        assert block["source"] == "notes.txt"
        assert block["evidence"][0]["points"] == {"body": 0.0, "caption": 0.0, "nav": 1.5, "junk": 0.0}

    def test_name_of_standard_input(self, stripper: Command) -> None:
        assert json.loads(stripper("-t", "json", "--stdin-name", "a.html", stdin="Text.").out)["source"] == "a.html"

    def test_input_order_is_kept_in_processes(self, stripper: Command, tmp_path: Path) -> None:
        names = [f"{number}.txt" for number in range(40)]
        for name in names:
            (tmp_path / name).write_text(f"Text {name}.")
        done = stripper("-t", "json", "-j", "2", *names)
        assert [json.loads(line)["source"] for line in done.out.splitlines()] == names


class TestStatus:
    def test_nothing_kept(self, stripper: Command) -> None:
        status, out, err = stripper(stdin="nav: Home")
        assert (status, out) == (1, "")
        assert err == (
            "stripper: -: nothing kept: no block has a label that is kept; see --inspect, or try --favor recall\n"
        )
        assert stripper(stdin="").err == "stripper: -: nothing kept: it holds no text\n"
        assert stripper("-q", stdin="") == (1, "", "")

    def test_an_input_that_fails_does_not_stop_the_others(self, stripper: Command, tmp_path: Path) -> None:
        (tmp_path / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        (tmp_path / "broken.gz").write_bytes(gzip.compress(NOTES.encode())[:10] + b"\xff" * 40)
        (tmp_path / "folder").mkdir()
        done = stripper("none.html", "folder", "image.html", "broken.gz", "notes.txt", "a\x1b[m")
        assert done.status == 2
        assert done.out == CLEAN
        lines = done.err.splitlines()
        assert lines[:2] == [
            "stripper: none.html: no such file; check the name",
            "stripper: folder: is a folder; add -r to read the files in it",
        ]
        assert "is a PNG image" in lines[2]
        assert lines[3].startswith("stripper: broken.gz: is a ")
        assert lines[4] == "stripper: a\\x1b[m: no such file; check the name"
        assert len(lines) == 5

    def test_quiet_keeps_the_status(self, stripper: Command) -> None:
        assert stripper("-q", "none.html", "notes.txt") == (2, CLEAN, "")

    def test_verbose(self, stripper: Command) -> None:
        err = stripper("-v", "notes.txt", "page.html").err.splitlines()
        assert err[0].startswith("stripper: notes.txt: plain text, utf-8 (")
        assert err[0].endswith("; kept 2 of 4 blocks, 6 of 11 words are body")
        assert err[2] == "stripper: 2 inputs: 2 stripped"

    def test_unexpected_errors_are_messages(self, stripper: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        wanted = "stripper: -: cannot be used: TypeError: two lines; this is a mistake in stripper, please report it\n"
        assert stripper(stdin="raise: it") == (2, "", wanted)
        monkeypatch.setenv("STRIPPER_DEBUG", "1")
        assert "Traceback (most recent call last)" in stripper(stdin="raise: it").err

    def test_pages_that_kill_or_stall_cost_themselves_alone(self, stripper: Command, tmp_path: Path) -> None:
        (tmp_path / "die.txt").write_text("die: now")
        (tmp_path / "sleep.txt").write_text("sleep: long")
        done = stripper("-j2", "--timeout", "1", "notes.txt", "die.txt", "sleep.txt", "clean.txt")
        assert done.status == 2
        assert done.out == f"{CLEAN}\n{CLEAN}"
        assert done.err.splitlines() == [
            "stripper: die.txt: the process that read it died (exit status 7); try it alone",
            "stripper: sleep.txt: takes longer than 1 s; give it more with --timeout",
        ]


class TestFolders:
    @pytest.fixture
    def site(self, tmp_path: Path, stripper: Command) -> Path:
        site = tmp_path / "site"
        (site / "sub").mkdir(parents=True)
        (site / "sub" / "b.html").write_text(PAGE)
        (site / "a.txt").write_text(NOTES)
        (site / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        (site / "c.html.gz").write_bytes(gzip.compress(PAGE.encode()))
        (site / ".hidden.html").write_text(PAGE)
        return site

    def test_recursive(self, stripper: Command, site: Path) -> None:
        done = stripper("-r", "-t", "json", "-v", "site")
        assert [json.loads(line)["source"] for line in done.out.splitlines()] == [
            "site/a.txt", "site/c.html.gz", "site/sub/b.html",
        ]  # fmt: skip
        assert done.status == 0
        assert done.err.splitlines()[-1] == "stripper: 3 inputs: 3 stripped, 1 other file skipped"

    def test_output_folder(self, stripper: Command, site: Path, tmp_path: Path) -> None:
        for _ in range(2):  # the second time the output is there and is not read
            assert stripper("-r", "site", "-O", "site/clean") == (0, "", "")
            found = sorted(str(path.relative_to(site / "clean")) for path in (site / "clean").rglob("*.*"))
            assert found == ["site/a.txt", "site/c.txt", "site/sub/b.txt"]
        assert (site / "clean/site/a.txt").read_text() == CLEAN

    def test_suffix_by_format(self, stripper: Command, tmp_path: Path) -> None:
        for arguments in (["-t", "json"], ["-t", "jsonl"], ["-d"]):
            assert stripper(*arguments, "-O", "out", "notes.txt").status == 0
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["notes.diff", "notes.json", "notes.jsonl"]
        assert (tmp_path / "out/notes.diff").read_text().startswith("--- a/notes.txt\n")

    def test_output_file(self, stripper: Command, tmp_path: Path) -> None:
        assert stripper("-o", "out.txt", "notes.txt", "clean.txt") == (0, "", "")
        assert (tmp_path / "out.txt").read_text() == f"{CLEAN}\n{CLEAN}"
        assert stripper("-o", "notes.txt", "notes.txt") == (
            2, "", "stripper: notes.txt is an input and would be overwritten; name another file\n",
        )  # fmt: skip
        assert (tmp_path / "notes.txt").read_text() == NOTES

    def test_one_output_that_cannot_be_written(self, stripper: Command, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "notes.txt").mkdir()
        done = stripper("-O", "out", "notes.txt", "page.html")
        assert done.status == 2
        assert done.err == "stripper: notes.txt: out/notes.txt is a folder; give it with -O\n"
        assert (tmp_path / "out" / "page.txt").exists()

    def test_files_from(self, stripper: Command, tmp_path: Path) -> None:
        (tmp_path / "list").write_text("notes.txt\n\nclean.txt\n")
        assert stripper("--files-from", "list").out == f"{CLEAN}\n{CLEAN}"
        assert stripper("--files-from", "-", "-0", stdin="notes.txt\0clean.txt\0").out == f"{CLEAN}\n{CLEAN}"
        assert stripper("--files-from", "none") == (
            2, "", "stripper: --files-from none: no such file; check the name\n",
        )  # fmt: skip


class TestViews:
    def test_diff_is_plain_when_piped(self, stripper: Command) -> None:
        done = stripper("-d", "notes.txt", "clean.txt", "page.html")
        assert done.status == 0
        assert done.out.count("\n--- a/") + done.out.startswith("--- a/") == 2
        assert "-nav: Home\n" in done.out
        assert "\x1b" not in done.out

    def test_unified(self, stripper: Command) -> None:
        assert stripper("-U0", "notes.txt").out.splitlines()[2:] == [
            "@@ -1,2 +0,0 @@", "-nav: Home", "-", "@@ -5,2 +2,0 @@", "-junk: Share this", "-",
        ]  # fmt: skip

    @pytest.mark.parametrize("view", ["-i", "-x", "-y", "--stat", "--against=clean.txt"])
    def test_views_are_plain_when_piped(self, stripper: Command, view: str, tmp_path: Path) -> None:
        done = stripper(view, "notes.txt")
        assert done.status == 0
        assert done.err == ""
        assert "Text of the article." in done.out or view in ("--stat", "--against=clean.txt")
        assert "\x1b" not in done.out
        assert stripper(view, "notes.txt", "-o", "out.txt").out == ""
        assert (tmp_path / "out.txt").read_text() == done.out

    def test_colour_when_asked_for(self, stripper: Command) -> None:
        for view in ("-i", "-x", "-d"):
            assert "\x1b[" in stripper(view, "--color=always", "notes.txt").out

    def test_blocks_restrict_views(self, stripper: Command) -> None:
        assert "More text." not in stripper("-i", "-n", "2", "notes.txt").out
        assert "More text." not in stripper("-d", "-n", "-3", "notes.txt").out

    def test_stat_counts_all_inputs(self, stripper: Command) -> None:
        out = stripper("--stat", "notes.txt", "page.html").out
        assert "notes.txt" in out
        assert "page.html" in out

    def test_check(self, stripper: Command) -> None:
        assert stripper("-c", "notes.txt", "clean.txt", "page.html") == (1, "notes.txt\npage.html\n", "")
        assert stripper("--check", "clean.txt") == (0, "", "")
        assert stripper("-c", "none", "notes.txt").status == 2


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            ("--dif", "no such option: --dif; did you mean --diff?"),
            ("--obser", "no such option: --obser; did you mean --observation or --observations?"),
            ("--dir", "no such option: --dir; did you mean --output-dir?"),
            ("--sidebyside", "no such option: --sidebyside; did you mean --side-by-side?"),
            ("-k cap", "--keep: 'cap' is none of body, caption, nav, junk, all; did you mean caption?"),
            ("--zzz", "no such option: --zzz"),
            ("-Z", "no such option: -Z"),
            ("-k bdoy", "--keep: 'bdoy' is none of body, caption, nav, junk, all; did you mean body?"),
            ("-k ,", "--keep: no label is named; take some of body, caption, nav, junk"),
            ("-t jsno", "--to: 'jsno' is none of text, jsonl, json; did you mean json?"),
            ("-f pdf", "--from: 'pdf' is none of auto, html, text"),
            ("--favor recal", "--favor: 'recal' is none of precision, balance, recall; did you mean recall?"),
            ("-E utf-9", "--encoding: 'utf-9' is no known encoding; did you mean utf-8?"),
            ("-E rot13", "--encoding: 'rot13' is no known encoding"),
            ("-n 3-x", "--blocks: '3-x' is no range; write 12,30-40"),
            ("-n -", "--blocks: '-' is no range; write 12,30-40"),
            ("-j 0", "--jobs: '0' is no whole number of 1 or more"),
            ("-U x", "--unified: 'x' is no whole number of 0 or more"),
            ("--timeout nan", "--timeout: 'nan' is no number of 0 or more"),
            ("--color on", "--color: 'on' is none of auto, always, never"),
            ("--generate csh", "--generate: 'csh' is none of man, bash, zsh, fish"),
            ("-i -x", "--inspect and --explain are two views; take one of them"),
            ("-i -t json", "--inspect is for people and --to json for programs; take one of them"),
            ("-o a -O b", "--output and --output-dir are two places; take one of them"),
            ("--stat -O b", "--stat is about all inputs; use --output"),
            ("--against x a", "--against compares one input; name one FILE"),
            ("--against none", "--against none: no such file; check the name"),
            ("-0", "--null is about the names in --files-from; add it"),
            ("--files-from - -", "standard input cannot be the list and an input as well"),
            ("-q -v", "--quiet and --verbose contradict; take one of them"),
            ("-c -n 1", "--check is about all blocks; leave --blocks out"),
        ],
    )
    def test_each_gives_one_line(self, stripper: Command, arguments: str, problem: str) -> None:
        status, out, err = stripper(*arguments.split(), "notes.txt")
        assert (status, out) == (2, "")
        assert err.count("\n") == 1
        assert err.startswith(f"stripper: {problem}")

    def test_an_empty_encoding_is_none(self, stripper: Command) -> None:
        assert stripper("-E", "", "notes.txt") == stripper("notes.txt")

    def test_an_option_without_its_value(self, stripper: Command) -> None:
        assert stripper("-o").status == 2

    def test_disable_and_observation_suggest_names(self, stripper: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(cli, "observation_names", lambda: ["link-density", "start"])
        for option in ("--disable", "--observation"):
            assert stripper(option, "link-desnity", "notes.txt") == (
                2, "", f"stripper: {option}: there is no observation 'link-desnity'; did you mean link-density?"
                " (--observations lists them)\n",
            )  # fmt: skip
        assert stripper("--disable", "start,link-density", "--disable", "start", "notes.txt").status == 0

    def test_bare_terminal(self, stripper: Command) -> None:
        assert stripper() == (2, "", manual.bare())
        assert manual.bare().count("\n") == 10


class TestEnvironment:
    def test_every_option_but_those_that_only_print(self, stripper: Command) -> None:
        silent = {option.name for option in cli.OPTIONS if not option.allow_from_autoenv}
        assert silent == {"observations", "observation", "generate", "version", "h", "help"}

    @pytest.mark.parametrize(
        ("name", "value", "out"),
        [
            ("KEEP", "nav", "nav: Home\n"),
            ("BLOCKS", "4", "More text.\n"),
            ("UNIFIED", "0", "--- a/notes.txt\n"),
            ("CHECK", "1", "notes.txt\n"),
            ("FROM", "text", CLEAN),
        ],
    )
    def test_values(self, stripper: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str, out: str) -> None:
        monkeypatch.setenv(f"STRIPPER_{name}", value)
        assert stripper("notes.txt").out.startswith(out)

    def test_the_command_line_goes_before_it(self, stripper: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STRIPPER_KEEP", "junk")
        assert stripper("-k", "nav", "notes.txt").out == "nav: Home\n"

    def test_a_bad_value(self, stripper: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STRIPPER_TO", "xml")
        assert stripper("notes.txt").err == "stripper: --to: 'xml' is none of text, jsonl, json\n"


class TestAbout:
    def test_version(self, stripper: Command) -> None:
        assert stripper("-V") == stripper("--version") == (0, f"stripper {__version__}\n", "")

    def test_every_option_is_in_all_help(self, stripper: Command) -> None:
        short, full, man = stripper("-h").out, stripper("--help").out, stripper("--generate", "man").out
        for option in cli.OPTIONS:
            assert option.help, option.name
            for name in (*option.opts, *option.secondary_opts):
                assert name in short
                assert name in full
                assert name.replace("-", "\\-") in man
        assert all(label in full for label in Label)

    def test_help_fits_the_usual_terminal(self, stripper: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        for text in (stripper("-h").out, stripper("--help").out, manual.bare()):
            assert max(map(len, text.splitlines())) <= 80
            assert text.isascii()
        monkeypatch.setenv("COLUMNS", "40")
        assert max(map(len, stripper("--help").out.splitlines())) <= 60

    def test_groups_stand_together(self) -> None:
        groups = [option.group for option in cli.OPTIONS]
        assert sorted(set(groups), key=groups.index) == ["Input", "Choice", "Output", "Views", "Terminal", "About"]
        assert groups == sorted(groups, key=groups.index)

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_completion_scripts(self, stripper: Command, shell: str) -> None:
        assert f"{shell} completion of stripper" in stripper("--generate", shell).out

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("--ins", ["word\t--inspect\tevery block with number, label and confidence"]),
            ("--keep nav,", ["word\tnav,body\t", "word\tnav,caption\t", "word\tnav,junk\t", "word\tnav,all\t"]),
            ("-t js", ["word\tjsonl\t", "word\tjson\t"]),
            ("--to=t", ["word\ttext\t"]),
            ("--favor r", ["word\trecall\t"]),
            ("--disable link-density,", ["word\tlink-density,start\t"]),
            ("-o x", ["file\tx\t"]),
            ("-O x", ["dir\tx\t"]),
            ("x", ["file\tx\t"]),
        ],
    )
    def test_completions(
        self, stripper: Command, monkeypatch: pytest.MonkeyPatch, words: str, found: list[str]
    ) -> None:
        monkeypatch.setattr(cli, "observation_names", lambda: ["link-density", "start"])
        monkeypatch.setenv(shells.ASK, "1")
        assert stripper(*words.split()).out.splitlines() == found


@pytest.mark.parametrize(
    ("given", "view", "total", "out", "wanted"),
    [
        ({}, "", 2, False, True),
        ({}, "", 1, False, False),
        ({}, "", 2, True, False),
        ({"folder": "out"}, "", 2, True, True),
        ({}, "inspect", 2, True, False),
        ({}, "stat", 2, True, True),
        ({"progress": False}, "", 2, False, False),
        ({"progress": True}, "", 1, False, True),
        ({"quiet": True}, "", 2, False, False),
    ],
)
def test_the_bar_is_shown_where_it_is_in_nobodys_way(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], view: str, total: int, out: bool, wanted: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: out)
    assert wants_bar(Settings(view=view), Run(**given), total) is wanted
