"""The command line: options to settings, and the wiring."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from stripper import __version__, manual, shells
from stripper.decode import UnreadableError
from stripper.model import Label
from stripper.names import printable

if TYPE_CHECKING:
    Choice = click.Choice[str]
    ParamType = click.ParamType[Any]
else:  # not generic in all versions of click
    Choice = click.Choice
    ParamType = click.ParamType

VIEWS = ("diff", "side-by-side", "inspect", "explain", "against", "stat", "check")
WHENS = ("auto", "always", "never")


# -- values


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean body?`, or nothing: what begins like the word, else what holds it, else what looks like it."""
    names = {name.strip("-"): name for name in known}
    word = word.strip("-").lower()
    near = [name for name in names if name.startswith(word)] or [name for name in names if word in name]
    if len(word) < 2:
        return ""
    if not near:
        from difflib import get_close_matches

        near = get_close_matches(word, names, 1)
    if not near:
        return ""
    *most, last = [names[name] for name in sorted(near, key=len)[:3]]
    return f"; did you mean {', '.join(most)}{' or ' * bool(most)}{last}?"


class Word(Choice):
    """One of a few words; a misspelt one gets a suggestion."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        words = [str(choice) for choice in self.choices]
        if value in words:
            return str(value)
        return self.fail(f"{value!r} is none of {', '.join(words)}{nearest(str(value), words)}", param, ctx)


def _items(incomplete: str, words: Iterable[str]) -> list[Any]:
    """How the last of some words apart by commas may go on; none is offered twice."""
    from click.shell_completion import CompletionItem

    head, comma, last = incomplete.rpartition(",")
    return [
        CompletionItem(head + comma + word) for word in words if word.startswith(last) and word not in head.split(",")
    ]


class Labels(ParamType):
    """Labels apart by commas, or `all`."""

    name = "LABELS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[Label]:
        found: set[Label] = set()
        for word in filter(None, (part.strip().lower() for part in value.split(","))):
            known = {"all": list(Label), **{label.value: [label] for label in Label}}
            if word not in known:
                words = [*Label, "all"]
                self.fail(f"{word!r} is none of {', '.join(words)}{nearest(word, words)}", param, ctx)
            found.update(known[word])
        if not found:
            self.fail("no label is named; take some of " + ", ".join(Label), param, ctx)
        return frozenset(found)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        return _items(incomplete, (*Label, "all"))


class Ranges(ParamType):
    """Numbers and ranges of numbers: `12,30-40,90-`."""

    name = "RANGES"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[int, int], ...]:
        ranges = []
        for part in value.split(","):
            first, dash, last = part.strip().partition("-")
            if not all(end.isascii() and end.isdecimal() for end in (first, last) if end) or not (first or last):
                self.fail(f"{part!r} is no range; write 12,30-40", param, ctx)
            low = int(first or 1)
            ranges.append((low, int(last or sys.maxsize) if dash else low))
        return tuple(ranges)


class Number(ParamType):
    """A whole number that is not too small, or seconds."""

    name = "N"

    def __init__(self, least: int, whole: bool = True) -> None:
        self.least = least
        self.whole = whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number: float = int(value) if self.whole else float(value)
        except ValueError:
            number = -1
        if not self.least <= number < sys.maxsize:
            self.fail(f"{value!r} is no {'whole ' * self.whole}number of {self.least} or more", param, ctx)
        return number


class Folder(click.Path):
    """A folder, also one that is to be made."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="dir")]


class EncodingName(ParamType):
    """Name of an encoding."""

    name = "NAME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from stripper.decode import LABELS, lookup

        if not value:  # what a mail program has to say of a part that declares nothing
            return ""
        try:
            lookup(value)
        except LookupError:
            self.fail(f"{value!r} is no known encoding{nearest(value, LABELS)}", param, ctx)
        return str(value)


class ObservationNames(ParamType):
    """Names of observations apart by commas."""

    name = "OBSERVATION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        names = tuple([part.strip() for part in value.split(",") if part.strip()])
        known = observation_names()
        for name in names:
            if name not in known:
                self.fail(
                    f"there is no observation {name!r}{nearest(name, known)} (--observations lists them)", param, ctx
                )
        return names

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        return _items(incomplete, observation_names())


def observation_names() -> list[str]:
    """Names of everything that `--disable` and `--observation` know."""
    from stripper.decide import RULES
    from stripper.observations import OBSERVATIONS

    return [observation.name for observation in OBSERVATIONS] + list(RULES)


# -- options


class Option(click.Option):
    """An option with its place in the help."""

    def __init__(self, *names: str, group: str, more: str = "", value: str = "", **settings: Any) -> None:
        super().__init__(list(names), **settings)
        self.group = group
        self.more = more
        self.value = value

    def entry(self) -> manual.Entry:
        """How it is documented."""
        short = next((name for name in self.opts if not name.startswith("--")), "")
        long = "/".join(name for name in (*self.opts, *self.secondary_opts) if name.startswith("--"))
        value = self.value or ("|".join(self.type.choices) if isinstance(self.type, Word) else "")
        return manual.Entry(self.group, short, long, value, self.help or "", self.more)


def _say(text: Callable[[], str]) -> Callable[[click.Context, click.Parameter, Any], None]:
    """A flag that prints something and ends."""

    def callback(context: click.Context, _: click.Parameter, given: Any) -> None:
        if given and not context.resilient_parsing:
            write(text())
            context.exit()

    return callback


def _about(*names: str, text: Callable[[], str], help: str) -> Option:
    return Option(
        *names, group="About", is_flag=True, is_eager=True, expose_value=False, allow_from_autoenv=False,
        callback=_say(text), help=help,
    )  # fmt: skip


def _generated(context: click.Context, _: click.Parameter, what: str | None) -> None:
    if not what or context.resilient_parsing:
        return
    write(manual.man(entries(), __version__) if what == "man" else shells.SCRIPTS[what])
    context.exit()


OPTIONS = (
    Option("-f", "--from", group="Input", type=Word(("auto", "html", "text")), default="auto",
           help="what the input is [auto]",
           more="auto tells by the content, whatever the file is called."),
    Option("-E", "--encoding", group="Input", type=EncodingName(), value="NAME",
           help="encoding of the input [found out]",
           more="Found out by byte-order mark, by being valid UTF-8, by what a page declares, in this order."),
    Option("-r", "--recursive", group="Input", is_flag=True,
           help="read the files in folders, too",
           more="Pages and texts are told by their content; hidden and binary files are left out."),
    Option("--files-from", group="Input", type=click.Path(), value="FILE",
           help="read names of inputs from FILE, one a line",
           more="- means standard input."),
    Option("-0", "--null", group="Input", is_flag=True,
           help="these names end in NUL, as from find -print0"),
    Option("--stdin-name", group="Input", default="-", value="NAME",
           help="what to call standard input [-]"),
    Option("-k", "--keep", group="Choice", type=Labels(), value="LABELS",
           help="labels to keep, or all [body]",
           more="Apart by commas: body,caption. JSON holds all blocks unless this is given."),
    Option("--favor", group="Choice", type=Word(("precision", "balance", "recall")), default="balance",
           help="if in doubt: drop, weigh, keep [balance]"),
    Option("--disable", group="Choice", type=ObservationNames(), multiple=True, value="OBSERVATION",
           help="leave an observation out; repeatable"),
    Option("-t", "--to", group="Output", type=Word(("text", "jsonl", "json")), default="text",
           help="format [text]",
           more="jsonl: an object a block; json: an object an input. With --explain they hold the evidence, too."),
    Option("-o", "--output", group="Output", type=click.Path(), value="FILE",
           help="write to FILE",
           more="It appears when it is whole, and is never one of the inputs."),
    Option("-O", "--output-dir", group="Output", type=Folder(), value="DIR",
           help="write a file an input below DIR",
           more="Under the input's own path, with a suffix by format: .txt, .jsonl, .json, .diff."),
    Option("--unwrap", group="Output", is_flag=True,
           help="paragraphs of text input on one line each"),
    Option("-d", "--diff", group="Views", is_flag=True,
           help="what was dropped, as a unified diff",
           more="On a terminal with the labels in the margin. Piped, patch makes the output of a text input in UTF-8"
                " with it; for a page the old side is the page as plain text."),
    Option("-U", "--unified", group="Views", type=Number(0), value="N",
           help="--diff with N lines of context [3]"),
    Option("-y", "--side-by-side", group="Views", is_flag=True,
           help="everything on the left, what is kept on the right"),
    Option("-i", "--inspect", group="Views", is_flag=True,
           help="every block with number, label and confidence"),
    Option("-x", "--explain", group="Views", is_flag=True,
           help="why each block got its label",
           more="Observations with their points for each label; the highest sum is the label."
                " With --verbose also the rows that matter little."),
    Option("-n", "--blocks", group="Views", type=Ranges(), value="RANGES",
           help="only these blocks, such as 12,30-40"),
    Option("--against", group="Views", type=click.Path(), value="FILE",
           help="compare with a clean text made by hand",
           more="Shows what is missing and what is too much, with precision, recall and F1."),
    Option("--stat", group="Views", is_flag=True,
           help="blocks and words by label, a line an input"),
    Option("-c", "--check", group="Views", is_flag=True,
           help="only list the inputs that hold boilerplate",
           more="Nothing is stripped; exit status 1 if there are any."),
    Option("--color", group="Terminal", type=Word(WHENS), default="auto",
           help="colours in views [auto]"),
    Option("--paging", group="Terminal", type=Word(WHENS), default="auto",
           help="long views through a pager [auto]"),
    Option("--progress/--no-progress", group="Terminal", default=None,
           help="a progress bar on standard error [auto]"),
    Option("-j", "--jobs", group="Terminal", type=Number(1), value="N",
           help="processes [from 16 inputs on: cores]"),
    Option("--timeout", group="Terminal", type=Number(0, whole=False), value="SECONDS",
           help="time an input may take [60 if several]",
           more="One that takes longer costs its own output alone; 0 means no limit."),
    Option("-q", "--quiet", group="Terminal", is_flag=True,
           help="no messages; the exit status tells"),
    Option("-v", "--verbose", group="Terminal", is_flag=True,
           help="say how each input was read, and what was kept"),
    Option("--observations", group="About", is_flag=True, allow_from_autoenv=False,
           help="all observations and what they are worth"),
    Option("--observation", group="About", type=ObservationNames(), value="NAME", allow_from_autoenv=False,
           help="describe an observation: examples, points"),
    Option("--generate", group="About", type=Word(("man", "bash", "zsh", "fish")), is_eager=True, expose_value=False,
           allow_from_autoenv=False, callback=_generated,
           help="print the man page or a shell's completions",
           more="A completion script says in its first lines where it belongs."),
    _about("-V", "--version", text=lambda: f"stripper {__version__}\n", help="print the version"),
    _about("-h", text=lambda: manual.short(entries()), help="this list"),
    _about("--help", text=lambda: manual.full(entries(), _width()), help="all there is to know"),
)  # fmt: skip


def entries() -> list[manual.Entry]:
    """All options as they are documented."""
    return [option.entry() for option in OPTIONS]


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


# -- streams


def write(text: str) -> None:
    """Text of our own to standard output, as UTF-8 whatever the locale."""
    if sys.stdout is not None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def complain(text: str) -> int:
    """A line on standard error about wrong use; the exit status."""
    if sys.stderr is not None:
        sys.stderr.write(f"stripper: {printable(text)}\n")
    return 2


# -- wiring


def command(**given: Any) -> int:
    """Do what the options say; the exit status."""
    if given["observations"] or given["observation"]:
        return _observations(given)
    if not given["file"] and not given["files_from"] and sys.stdin is not None and sys.stdin.isatty():
        if sys.stderr is not None:
            sys.stderr.write(manual.bare())
        return 2
    view = _view(given)
    _refuse_contradictions(given, view)
    from stripper import pipeline
    from stripper.sources import listed, sources

    settings = pipeline.Settings(
        kind=given["from"],
        encoding=given["encoding"] or None,
        keep=given["keep"],
        favor=given["favor"],
        disable=tuple([name for names in given["disable"] for name in names]),
        to=given["to"],
        view=view,
        explain=given["explain"],
        unwrap=given["unwrap"],
        context=3 if given["unified"] is None else given["unified"],
        blocks=given["blocks"] or (),
        every_row=given["verbose"],
        wanted=_wanted(given["against"]) if view == "against" else "",
        style=_style(given) if view and view != "check" else None,
        debug=bool(os.environ.get("STRIPPER_DEBUG")),
    )
    how = pipeline.Run(
        output=given["output"] or "",
        folder=given["output_dir"] or "",
        jobs=given["jobs"],
        timeout=given["timeout"],
        progress=given["progress"],
        paging=given["paging"],
        quiet=given["quiet"],
        verbose=given["verbose"] and view != "explain",
    )
    names = list(given["file"])
    if given["files_from"]:
        try:
            names += listed(given["files_from"], given["null"])
        except UnreadableError as error:
            raise click.UsageError(f"--files-from {given['files_from']}: {error}") from error
    elif not names:
        names = ["-"]
    return pipeline.run(settings, how, list(sources(names, given["recursive"], given["stdin_name"], how.folder)))


def _view(given: dict[str, Any]) -> str:
    """The view that was asked for; empty: the output itself."""
    wanted = [view for view in VIEWS if given[view.replace("-", "_")]]
    if given["unified"] is not None and "diff" not in wanted:
        wanted.insert(0, "diff")
    if "side-by-side" in wanted and "diff" in wanted:  # a diff in two columns
        wanted.remove("diff")
    if given["to"] != "text" and "explain" in wanted:  # the evidence as JSON
        wanted.remove("explain")
    if len(wanted) > 1:
        raise click.UsageError(f"--{wanted[0]} and --{wanted[1]} are two views; take one of them")
    return wanted[0] if wanted else ""


def _refuse_contradictions(given: dict[str, Any], view: str) -> None:
    """Raise UsageError for options that do not go together."""
    several = len(given["file"]) > 1 or given["recursive"] or given["files_from"]
    for wrong, problem in (
        (
            view and given["to"] != "text",
            f"--{view} is for people and --to {given['to']} for programs; take one of them",
        ),
        (given["output"] and given["output_dir"], "--output and --output-dir are two places; take one of them"),
        (given["output_dir"] and view in ("stat", "check", "against"), f"--{view} is about all inputs; use --output"),
        (view == "against" and several, "--against compares one input; name one FILE"),
        (given["null"] and not given["files_from"], "--null is about the names in --files-from; add it"),
        (given["files_from"] == "-" and "-" in given["file"], "standard input cannot be the list and an input as well"),
        (
            given["quiet"] and given["verbose"] and view != "explain",
            "--quiet and --verbose contradict; take one of them",
        ),
        (given["blocks"] and view == "check", "--check is about all blocks; leave --blocks out"),
    ):
        if wrong:
            raise click.UsageError(problem)


def _style(given: dict[str, Any]) -> Any:
    from stripper.terminal import Style, style_of

    if given["output"] or given["output_dir"] or sys.stdout is None:
        return Style(colour=given["color"] == "always", width=0, unicode=True, terminal=False)
    return style_of(sys.stdout, given["color"])


def _wanted(path: str) -> str:
    from stripper.decode import decode, unpack
    from stripper.sources import Source

    try:
        return decode(unpack(Source(path, path).load())).text
    except UnreadableError as error:
        raise click.UsageError(f"--against {path}: {error}") from error


def _observations(given: dict[str, Any]) -> int:
    from stripper.terminal import observation_view, observations_view, page, style_of

    style = style_of(sys.stdout, given["color"])
    for name in given["observation"] or ():
        page(observation_view(name, style), given["paging"], style)
    if given["observations"]:
        page(observations_view(style), given["paging"], style)
    return 0


FILES = click.Argument(["file"], nargs=-1, type=click.Path(allow_dash=True))
COMMAND = click.Command(
    "stripper",
    params=[FILES, *OPTIONS],
    context_settings={"auto_envvar_prefix": "STRIPPER"},
    add_help_option=False,
    help=manual.SUMMARY,
)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command with arguments (None: those of the process); the exit status.

    click only parses: its own way of running a command catches broken pipes and Ctrl-C, and not as we want it.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if os.environ.get(shells.ASK):
        write(_candidates(words))
        return 0
    try:
        with COMMAND.make_context("stripper", words) as context:
            return command(**context.params)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        return complain(_problem(error))


def _candidates(words: Sequence[str]) -> str:
    """How the last of the words may go on, for the scripts of `shells`."""
    from click.shell_completion import ShellComplete

    *before, last = words or [""]
    items = ShellComplete(COMMAND, {}, "stripper", shells.ASK).get_completions(before, last)
    kinds = {"plain": "word"}
    return "".join([f"{kinds.get(item.type, item.type)}\t{item.value}\t{item.help or ''}\n" for item in items])


def _problem(error: click.ClickException) -> str:
    """What was wrong with the command, on one line."""
    if isinstance(error, click.NoSuchOption):
        return f"no such option: {error.option_name}{nearest(error.option_name, _long_names())}"
    text = error.message if isinstance(error, click.UsageError) else error.format_message()
    if isinstance(error, click.BadParameter) and isinstance(error.param, Option):
        text = f"--{(error.param.name or '').replace('_', '-')}: {text or error.format_message()}"
    else:
        text = text[:1].lower() + text[1:]
    return " ".join(text.rstrip(".").split())


def _long_names() -> list[str]:
    return [name for option in OPTIONS for name in (*option.opts, *option.secondary_opts) if name.startswith("--")]
