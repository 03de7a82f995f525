"""Every sample: all of its words are in blocks, each line is kept or dropped as it should be, most have their label."""

from __future__ import annotations

from pathlib import Path

import pytest

from stripper.model import Label
from tests.samples import (
    SAMPLES,
    SUFFIX,
    Sample,
    characters,
    document,
    judged,
    kept_right,
    marked,
    parse,
    samples,
    share,
    shown,
)

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
    complaints = [
        f"{sample.path.name}{SUFFIX}:{line.number}: {line.label} is {'/'.join(sorted(got))}"
        f"{', take the mark away' if line.missed else ''}: {line.text[:70]}"
        for line, got in judged(sample)
        if kept_right(line, got) == line.missed
    ]
    assert not complaints, "\n" + "\n".join(complaints)


@every_sample
def test_share_of_exact_labels(sample: Sample) -> None:
    pairs = judged(sample)
    wrong = [
        f"{line.label} is {'/'.join(sorted(got))}: {line.text[:70]}" for line, got in pairs if not got <= {line.label}
    ]
    assert share(pairs) >= sample.share, "\n" + "\n".join(wrong)


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


def test_marks_are_set_and_taken_away(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("© 2020 Halyard Press. All rights reserved.\n", encoding="utf-8")
    text = "# note\n!junk     © 2020 Halyard Press. All rights reserved.\n"
    got = judged(parse(text, page))[0][1]
    mark, exact = ("!", "0.00") if Label.BODY in got else ("", "1.00" if got == {Label.JUNK} else "0.00")
    expected = f"# note\nshare     {exact}\n{mark + 'junk':<10}© 2020 Halyard Press. All rights reserved.\n"
    assert marked(parse(text, page), text) == expected
    assert marked(parse(expected, page), expected) == expected
