"""What came of the inputs: counts, messages, exit status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from stripper.model import Label, Verdict
from stripper.names import printable

DOUBTFUL = 0.60
"""A label with less confidence is doubtful."""


class StatRow(NamedTuple):
    """Counts of one input."""

    source: str
    """Name of the input."""
    blocks: Mapping[Label, int]
    """Blocks by label; all four labels are there."""
    words: Mapping[Label, int]
    """Words (apart by white space) by label; all four labels are there."""
    doubtful: int
    """Blocks whose label is doubtful."""


def stat_row(source: str, verdicts: Iterable[Verdict]) -> StatRow:
    """Count an input's blocks."""
    blocks = dict.fromkeys(Label, 0)
    words = dict.fromkeys(Label, 0)
    doubtful = 0
    for block, label, confidence, *_ in verdicts:
        blocks[label] += 1
        words[label] += len(block.text.split())
        doubtful += confidence < DOUBTFUL
    return StatRow(source, blocks, words, doubtful)


class Outcome(NamedTuple):
    """What came of one input."""

    source: str
    """Name of the input."""
    text: str = ""
    """What is to be written."""
    kept: int = 0
    """Blocks kept."""
    stat: StatRow | None = None
    """Its counts; None where it could not be read."""
    about: str = ""
    """How it was read, for `--verbose`."""
    error: str = ""
    """Why it could not be used; empty if it could."""
    skipped: bool = False
    """Met in a folder and no page at all: neither written nor counted."""
    trace: str = ""
    """Where an unexpected error came from, when that was asked for."""


class Report:
    """Counts outcomes and words what is said about them."""

    def __init__(self, check: bool = False) -> None:
        """check: whether the inputs are only checked for boilerplate."""
        self.check = check
        self.read = 0
        self.kept = 0
        """Inputs of which at least one block was kept."""
        self.dirty = 0
        """Inputs of which at least one block would be dropped."""
        self.failed = 0
        self.skipped = 0

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        if outcome.skipped:
            self.skipped += 1
        elif outcome.error or outcome.stat is None:
            self.failed += 1
        else:
            self.read += 1
            self.kept += outcome.kept > 0
            self.dirty += is_dirty(outcome)

    @property
    def exit_status(self) -> int:
        """2: some input failed; with `check` 1: boilerplate found; else 1: inputs were read and nothing was kept."""
        if self.failed:
            return 2
        if self.check:
            return int(self.dirty > 0)
        return int(not self.kept)

    def summary(self) -> str:
        """One line on all inputs."""
        facts = [_count(self.read + self.failed, "input")]
        if self.check:
            facts.append(f"{self.dirty} with boilerplate")
        else:
            facts.append(f"{self.kept} stripped")
            if self.read > self.kept:
                facts.append(f"{self.read - self.kept} with nothing to keep")
        if self.failed:
            facts.append(f"{self.failed} failed")
        if self.skipped:
            facts.append(f"{_count(self.skipped, 'other file')} skipped")
        return f"{facts[0]}: {', '.join(facts[1:])}"


def is_dirty(outcome: Outcome) -> bool:
    """Whether an input holds boilerplate: some block is not kept."""
    return outcome.stat is not None and outcome.kept < sum(outcome.stat.blocks.values())


def about(outcome: Outcome) -> str:
    """The line of `--verbose` on an input."""
    assert outcome.stat is not None
    blocks = sum(outcome.stat.blocks.values())
    words = outcome.stat.words
    kept = f"kept {outcome.kept} of {_count(blocks, 'block')}"
    return f"{outcome.about}; {kept}, {words[Label.BODY]} of {_count(sum(words.values()), 'word')} are body"


def hint(outcome: Outcome) -> str:
    """What to try where nothing was kept."""
    assert outcome.stat is not None
    if not sum(outcome.stat.blocks.values()):
        return "nothing kept: it holds no text"
    return "nothing kept: no block has a label that is kept; see --inspect, or try --favor recall"


def message(source: str, text: str) -> str:
    """A line for standard error."""
    return f"stripper: {printable(source)}: {text}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + "s" * (number != 1)
