"""Every sample: all of its words are in blocks, each line is kept or dropped as it should be, most have their label."""

from __future__ import annotations

from pathlib import Path

import pytest

from stripper.model import Label
from tests.samples import SAMPLES, SUFFIX, Sample, characters, document, parse, samples, shown, spread, verdicts

every_sample = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.path.name)


def test_every_input_has_labels() -> None:
    inputs = {path.name for path in SAMPLES.iterdir() if path.suffix != SUFFIX}
    assert inputs == {sample.path.name for sample in samples()}
    assert len(inputs) >= 12


@every_sample
def test_nothing_is_lost_or_invented(sample: Sample) -> None:
    blocks = "".join(text for _, text in shown(document(sample.path)))
    expected = "".join(characters(line.text) for line in sample.lines)
    assert blocks == expected


@every_sample
def test_body_and_rest(sample: Sample) -> None:
    labels = [verdict.label for verdict in verdicts(sample.path)]
    complaints = []
    for line, blocks in zip(sample.lines, spread(sample.lines, document(sample.path)), strict=True):
        got = {labels[index] for index in blocks}
        right = {label is Label.BODY for label in got} <= {line.label is Label.BODY}
        if right == line.missed:
            what = "right now, take the mark away" if right else f"is {'/'.join(sorted(got))}"
            complaints.append(f"{sample.path.name}{SUFFIX}:{line.number}: {what}: {line.label}  {line.text[:70]}")
    assert not complaints, "\n" + "\n".join(complaints)


@every_sample
def test_share_of_exact_labels(sample: Sample) -> None:
    labels = [verdict.label for verdict in verdicts(sample.path)]
    wrong = [
        f"{line.label} is {'/'.join(sorted({labels[index] for index in blocks}))}: {line.text[:70]}"
        for line, blocks in zip(sample.lines, spread(sample.lines, document(sample.path)), strict=True)
        if {labels[index] for index in blocks} - {line.label}
    ]
    assert 1 - len(wrong) / len(sample.lines) >= sample.share, "\n" + "\n".join(wrong)


def test_labels_file() -> None:
    sample = parse("# note\nshare     0.5\n\nbody      A  headline\n!caption  Photo: Ann\n", Path("page.html"))
    assert sample.share == 0.5
    assert [(line.number, line.label, line.text, line.missed) for line in sample.lines] == [
        (4, Label.BODY, "A  headline", False),
        (5, Label.CAPTION, "Photo: Ann", True),
    ]


@pytest.mark.parametrize("row", ["body A headline", "title     A headline", "body", "!        text"])
def test_labels_file_with_a_mistake(row: str) -> None:
    with pytest.raises(ValueError, match=r"page\.html\.labels, line 1: not a label"):
        parse(row, Path("page.html"))
