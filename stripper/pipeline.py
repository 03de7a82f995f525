"""From settings and sources to output, messages and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from stripper import batch, report
from stripper.decode import GZIP, UnreadableError, decode, unpack
from stripper.model import Document, Label, Verdict
from stripper.names import printable
from stripper.outputs import Folder, OneFile, Output, OutputError, StandardOutput
from stripper.report import Outcome, Report, StatRow
from stripper.sources import Source, identities

if TYPE_CHECKING:
    from stripper.terminal import Style

TIMEOUT = 60.0
"""Seconds that one input of several may take."""
_BODY = frozenset({Label.BODY})
_HEAD = 64 * 2**10
"""Bytes of a file in a folder that are looked at to tell whether it is a page at all."""


class Settings(NamedTuple):
    """What is to be done with each input. Fit for pickling, since it goes to other processes."""

    kind: str = "auto"
    """`auto`, `html` or `text`."""
    encoding: str | None = None
    keep: frozenset[Label] | None = None
    """Labels to keep; None: not given, which means body, and all blocks in JSON."""
    favor: str = "balance"
    disable: tuple[str, ...] = ()
    to: str = "text"
    """`text`, `jsonl` or `json`."""
    view: str = ""
    """`diff`, `side-by-side`, `inspect`, `explain`, `against`, `stat` or `check`; empty: the output itself."""
    explain: bool = False
    """Give the evidence in JSON."""
    unwrap: bool = False
    context: int = 3
    """Unchanged lines around the changes of a diff."""
    blocks: tuple[tuple[int, int], ...] = ()
    """First and last number of the blocks to be shown; empty: all."""
    every_row: bool = False
    """Also the rows of an explanation that matter little."""
    wanted: str = ""
    """The clean text to compare with."""
    style: Style | None = None
    """How views are written."""
    debug: bool = False
    """Say where unexpected errors come from."""

    @property
    def kept(self) -> frozenset[Label]:
        """The labels to keep."""
        return self.keep or _BODY


class Run(NamedTuple):
    """How the inputs are gone through, and where the output goes."""

    output: str = ""
    """A file; empty: standard output."""
    folder: str = ""
    """A folder with a file an input; empty: none."""
    jobs: int | None = None
    timeout: float | None = None
    """Seconds an input may take; None: `TIMEOUT` if there are several."""
    progress: bool | None = None
    paging: str = "auto"
    quiet: bool = False
    verbose: bool = False


# -- one input


def outcome_of(settings: Settings, source: Source) -> Outcome:
    """What comes of one input. Never raises on account of it."""
    try:
        return _outcome(settings, source)
    except UnreadableError as error:
        return Outcome(source.name, error=str(error))
    except MemoryError:
        return Outcome(source.name, error="needs more memory than there is; cut it into parts")
    except Exception as error:
        what = f"cannot be used: {type(error).__name__}: {error}; this is a mistake in stripper, please report it"
        return Outcome(source.name, error=what.replace("\n", " "), trace=_trace() if settings.debug else "")


def _trace() -> str:
    import traceback

    return traceback.format_exc()


def _outcome(settings: Settings, source: Source) -> Outcome:
    from stripper.decide import decide
    from stripper.readers import read, sniff

    if source.found and settings.kind == "auto":
        head = source.load(_HEAD)
        try:
            sniff(head if not head.startswith(GZIP) else unpack(source.load()), source.name, settings.encoding)
        except UnreadableError:
            return Outcome(source.name, skipped=True)
    data = source.load()
    numbered = settings.view in ("inspect", "explain")
    document = read(data, source.name, settings.kind, settings.encoding, numbered)
    verdicts = decide(document, settings.favor, settings.disable, settings.explain or settings.view == "explain")
    shown = _shown(settings, document)
    if shown is not None and settings.view not in ("inspect", "explain"):
        verdicts = [verdict for verdict in verdicts if verdict.block.number in shown]
        document = document._replace(source=(), blocks=tuple([verdict.block for verdict in verdicts]))
    return Outcome(
        source.name,
        _written(settings, document, verdicts, shown, data),
        sum([verdict.label in settings.kept for verdict in verdicts]),
        report.stat_row(source.name, verdicts),
        _about(document),
    )


def _shown(settings: Settings, document: Document) -> set[int] | None:
    """Numbers of the blocks to be shown; None: all."""
    if not settings.blocks:
        return None
    count = len(document.blocks)
    shown = {number for first, last in settings.blocks for number in range(first, min(last, count) + 1)}
    if not shown:
        raise UnreadableError(f"has no such block; they are numbered 1 to {count}" if count else "has no blocks")
    return shown


def _written(
    settings: Settings, document: Document, verdicts: Sequence[Verdict], shown: set[int] | None, data: bytes
) -> str:
    """What is to be written for a document."""
    if settings.view:
        return _viewed(settings, document, verdicts, shown, data)
    if settings.to == "text":
        from stripper.writers.text import write_text

        return write_text(document, verdicts, settings.kept, settings.unwrap)
    if settings.to == "json":
        from stripper.writers.json import write_json

        return write_json(document, verdicts, settings.keep, settings.explain)
    from stripper.writers.jsonl import write_jsonl

    return write_jsonl(document, verdicts, settings.keep, settings.explain)


def _viewed(
    settings: Settings, document: Document, verdicts: Sequence[Verdict], shown: set[int] | None, data: bytes
) -> str:
    """A view as text."""
    if settings.view in ("stat", "check"):
        return ""
    style = settings.style
    assert style is not None
    if settings.view == "diff" and not style.terminal and not style.colour:
        from stripper.diff import unified

        return unified(document, verdicts, settings.kept, settings.context, _original(settings, document, data))
    from stripper import terminal

    if settings.view == "diff":
        lines = terminal.diff_view(document, verdicts, settings.kept, style, settings.context)
    elif settings.view == "side-by-side":
        lines = terminal.side_by_side_view(document, verdicts, settings.kept, style)
    elif settings.view == "against":
        lines = terminal.against_view(document, verdicts, settings.kept, settings.wanted, style)
    elif settings.view == "inspect":
        lines = terminal.inspect_view(document, verdicts, style, shown)
    else:
        lines = terminal.explain_view(document, verdicts, style, shown, settings.every_row)
    return "".join([f"{line}\n" for line in lines])


def _original(settings: Settings, document: Document, data: bytes) -> str:
    """Text input as it was decoded, with the byte-order mark if it had one."""
    if not document.source:
        return ""
    text, encoding, how = decode(unpack(data), settings.encoding, detect=True)
    return "\ufeff" + text if how == "bom" and encoding == "utf-8" else text


def _about(document: Document) -> str:
    facts = [
        document.origin or document.kind,
        f"{document.encoding} ({document.how_decoded})",
        f"language {document.language or 'unknown'}",
    ]
    return ", ".join(facts)


# -- all of them


class _Bar(Protocol):
    def advance(self, n: int = 1) -> None: ...

    def hide(self) -> None: ...


class _NoBar:
    def advance(self, n: int = 1) -> None:
        pass

    def hide(self) -> None:
        pass


def run(settings: Settings, how: Run, inputs: Sequence[Source]) -> int:
    """Go through the inputs, write what comes of them, and return the exit status."""
    counts = Report(check=settings.view == "check")
    late = settings.view not in ("", "check") and not how.output and not how.folder  # messages wait for the pager's end
    messages = Messages(how.quiet, late)
    bar = _progress(settings, how, len(inputs))
    try:
        with bar as progress:
            messages.before = progress.hide
            outcomes = _outcomes(settings, how, inputs, counts, messages, progress)
            if settings.view == "stat":
                rows = list(outcomes)
                progress.hide()
                _view(_stat_lines(rows, settings), settings, how, inputs)
            elif late:
                _view(_lines(outcomes, settings), settings, how, inputs)
            else:
                _write(outcomes, settings, how, inputs, counts, messages)
    except OutputError as error:
        messages.late = False
        messages.add(f"stripper: {error}")
        counts.failed += 1
    messages.flush()
    if len(inputs) > 1 and (how.verbose or (sys.stderr and sys.stderr.isatty() and not late)):
        messages.add(f"stripper: {counts.summary()}")
        messages.flush()
    return counts.exit_status


class Messages:
    """Lines on standard error: nothing when quiet, at the end when late."""

    def __init__(self, quiet: bool, late: bool = False) -> None:
        self.quiet = quiet
        self.late = late
        self.before: Callable[[], None] = lambda: None
        self._waiting: list[str] = []

    def add(self, text: str) -> None:
        """Say something."""
        if not self.quiet:
            self._waiting.append(text)
            if not self.late:
                self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self._waiting and sys.stderr is not None:
            self.before()
            sys.stderr.write("".join([f"{text}\n" for text in self._waiting]))
            sys.stderr.flush()
        self._waiting.clear()


def wants_bar(settings: Settings, how: Run, total: int) -> bool:
    """Whether a progress bar is shown: not where it would stand in the midst of the output or under the pager."""
    if sys.stderr is None or how.quiet or how.progress is False:
        return False
    if not how.output and not how.folder and settings.view != "stat" and sys.stdout and sys.stdout.isatty():
        return False
    return how.progress or (total > 1 and sys.stderr.isatty())


def _progress(settings: Settings, how: Run, total: int) -> AbstractContextManager[_Bar]:
    if not wants_bar(settings, how, total):
        return nullcontext(_NoBar())
    from stripper.terminal import Progress

    return Progress(total, True)


def _outcomes(
    settings: Settings, how: Run, inputs: Sequence[Source], counts: Report, messages: Messages, progress: _Bar
) -> Iterator[Outcome]:
    """The outcomes of inputs that could be used; the others are counted and said."""
    patience = how.timeout if how.timeout is not None else TIMEOUT if len(inputs) > 1 else 0
    work = partial(outcome_of, settings)
    for outcome in batch.run(work, inputs, _failed, how.jobs, patience, partial(progress.advance, 0)):
        counts.add(outcome)
        progress.advance()
        if outcome.skipped:
            continue
        if outcome.error:
            messages.add(
                report.message(outcome.source, outcome.error) + (f"\n{outcome.trace}" if outcome.trace else "")
            )
            continue
        if how.verbose:
            messages.add(report.message(outcome.source, report.about(outcome)))
        if not outcome.kept and settings.to == "text" and settings.view in ("", "diff"):
            messages.add(report.message(outcome.source, report.hint(outcome)))
        yield outcome


def _failed(source: Source, problem: str) -> Outcome:
    return Outcome(source.name, error=problem)


SUFFIXES = {"text": ".txt", "jsonl": ".jsonl", "json": ".json", "diff": ".diff"}


def output(settings: Settings, how: Run, inputs: Sequence[Source]) -> Output:
    """Where the output goes."""
    between = "\n" if settings.to == "text" and settings.view not in ("diff", "check") else ""
    if how.output:
        return OneFile(how.output, identities(inputs), between)
    if how.folder:
        return Folder(how.folder, SUFFIXES.get(settings.view, SUFFIXES[settings.to]), identities(inputs))
    return StandardOutput(between)


def _write(
    outcomes: Iterator[Outcome],
    settings: Settings,
    how: Run,
    inputs: Sequence[Source],
    counts: Report,
    messages: Messages,
) -> None:
    with output(settings, how, inputs) as target:
        for outcome in outcomes:
            text = _checked(outcome) if settings.view == "check" else outcome.text
            try:
                target.write(outcome.source, text)
            except OutputError as error:
                if not how.folder:
                    raise
                messages.add(report.message(outcome.source, str(error)))
                counts.failed += 1


def _checked(outcome: Outcome) -> str:
    """With --check: the input's name if it holds boilerplate; escaped for a terminal, as it is for a pipe."""
    if not report.is_dirty(outcome):
        return ""
    return (printable(outcome.source) if sys.stdout and sys.stdout.isatty() else outcome.source) + "\n"


def _stat_lines(outcomes: Sequence[Outcome], settings: Settings) -> Iterator[str]:
    from stripper.terminal import stat_view

    assert settings.style is not None
    rows: list[StatRow] = [outcome.stat for outcome in outcomes if outcome.stat]
    return iter(stat_view(rows, settings.style))


def _lines(outcomes: Iterator[Outcome], settings: Settings) -> Iterator[str]:
    """The lines of views, apart by a blank line; those of diffs follow one another, as `patch` wants them."""
    for number, outcome in enumerate(outcomes):
        if number and settings.view != "diff":
            yield ""
        yield from outcome.text.split("\n")[:-1]


def _view(lines: Iterator[str], settings: Settings, how: Run, inputs: Sequence[Source]) -> None:
    """Lines to standard output through the pager, or to a file."""
    if how.output:
        with output(settings, how, inputs) as target:
            target.write("", "".join([f"{line}\n" for line in lines]))
        return
    from stripper.terminal import page

    assert settings.style is not None
    if sys.stdout is None:
        raise OutputError("standard output is closed; give -o FILE")
    page(lines, how.paging, settings.style)
