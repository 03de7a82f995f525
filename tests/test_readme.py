"""The README says what is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
_TRANSCRIPT = re.compile(r"^    \$ stripper (\S+) \| head -1\n    (.+)$", re.MULTILINE)


@pytest.mark.parametrize(("sample", "line"), _TRANSCRIPT.findall(README))
def test_transcripts(sample: str, line: str) -> None:
    done = subprocess.run([sys.executable, "-m", "stripper", sample], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[0] == line


def test_there_are_transcripts() -> None:
    assert _TRANSCRIPT.search(README)


def test_every_option_is_named() -> None:
    done = subprocess.run([sys.executable, "-m", "stripper", "--help"], cwd=ROOT, capture_output=True, check=True)
    options = set(re.findall(r"^ +(?:-\w, +)?(--[a-z-]+)", done.stdout.decode(), re.MULTILINE))
    assert len(options) > 25
    assert {option for option in options if option not in README} == set()


def test_the_library_lines_run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    block = README.partition("## Library")[2].partition("## Credits")[0]
    exec("\n".join(line[4:] for line in block.splitlines()))
    assert "Share this" in capsys.readouterr().out


def test_ci_runs_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    (command,) = [line.strip() for line in README.splitlines() if "'.[test]'" in line]
    assert command in script


def test_pictures_are_there() -> None:
    pictures = re.findall(r"\]\((pictures/\S+)\)", README)
    assert pictures
    assert all((ROOT / picture).exists() for picture in pictures)
