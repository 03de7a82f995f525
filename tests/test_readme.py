"""The README says what is so.

A fenced `console` block after a line `<!-- run -->` is run by a shell in the project's folder: lines that start with `$ `
are commands, the lines under one are what it must print. A line `…` stands for any lines, also for none.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stripper.observations import OBSERVATIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
_RUN = re.compile(r"^<!-- run -->\n```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _transcripts() -> list[tuple[str, str]]:
    """Commands and what is said to come of them."""
    found = []
    for block in _RUN.findall(README):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            found.append((command, expected))
    return found


def _matches(expected: str, got: str) -> bool:
    """Is `got` what is expected, where a line `…` stands for any lines?"""
    parts = [re.escape(part) for part in re.split(r"^…\n", expected, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*".join(parts), got) is not None


def _run(command: str) -> str:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STRIPPER_")}
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, env=clean | {"PATH": path}, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize(("command", "expected"), _transcripts())
def test_transcripts(command: str, expected: str) -> None:
    assert command.startswith("stripper ")
    got = _run(command)
    assert _matches(expected, got), got


def test_there_are_transcripts() -> None:
    assert len(_transcripts()) >= 2
    assert README.count("<!-- run -->") == len(_RUN.findall(README))


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\n", "a\n", True),
        ("a\n…\nd\n", "a\nb\nd\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "b\na\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_matching(expected: str, got: str, same: bool) -> None:
    assert _matches(expected, got) is same


def test_every_option_is_named() -> None:
    options = set(re.findall(r"^ +(?:-\w, +)?(--[a-z-]+)(?:/(--[a-z-]+))?", _run("stripper --help"), re.MULTILINE))
    names = {name for pair in options for name in pair if name}
    assert len(names) > 25
    said = set(re.findall(r"--[a-z-]*[a-z]", README.partition("## Options")[2].partition("## How")[0]))
    assert names - said == set()


def test_no_option_is_made_up() -> None:
    text = _run("stripper --help")
    table = README.partition("| group | options |")[2].partition("| environment |")[0]
    assert [name for name in re.findall(r"--[a-z-]*[a-z]", table) if name not in text] == []


def test_the_variables_are_those_of_the_help() -> None:
    help_text = _run("stripper --help").partition("Environment:")[2]
    variables = set(re.findall(r"\b[A-Z][A-Z_]{4,}\b", help_text))
    assert {"NO_COLOR", "STRIPPER_PAGER", "COLUMNS"} <= variables
    assert {name for name in variables if f"`{name}" not in README} == set()


def test_the_explained_rows_add_up() -> None:
    table = README.partition("```text\n")[2].partition("```")[0]
    sums: list[int] = [0, 0, 0, 0]
    *rows, last = [
        [0 if cell == "." else round(float(cell) * 100) for cell in line.split()[:4]]
        for line in table.splitlines()
        if re.match(r" +(?:[+-]\d|\. )", line)
    ]
    for row in rows:
        sums = [a + b for a, b in zip(sums, row, strict=True)]
    assert len(rows) > 5
    assert sums == last
    assert ("body", "caption", "nav", "junk")[sums.index(max(sums))] == table.split()[3]


def test_the_observations_named_exist() -> None:
    table = README.partition("```text\n")[2].partition("```")[0]
    named = {line.split()[4] for line in table.splitlines() if re.match(r" +(?:[+-]\d|\. ).* [a-z]", line)}
    assert len(named) > 5
    assert named - {"start", "patterns", "other"} <= {observation.name for observation in OBSERVATIONS}


def test_the_library_lines_run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = README.partition("## Library")[2].partition("```python\n")[2].partition("```")[0]
    assert code
    names: dict[str, object] = {}
    exec(code, names)
    assert "Share this" in capsys.readouterr().out
    assert str(names["text"]).startswith("Drowned village")


def test_ci_runs_what_the_readme_says() -> None:
    (command,) = [line.strip() for line in README.splitlines() if "'.[test]'" in line]
    assert f"{command} || exit" in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("failing", "status"), [(None, 0), ("pip", 1), ("ruff", 1), ("mypy", 1), ("python", 1)])
def test_ci_fails_when_a_step_fails(tmp_path: Path, failing: str | None, status: int) -> None:
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci" / "run"
    script.write_text((ROOT / ".ci" / "run").read_text("utf-8"), "utf-8")
    for folder, names in ((tmp_path / "path", ["python3"]), (tmp_path / ".venv" / "bin", ["pip", "ruff", "mypy", "python"])):
        folder.mkdir(parents=True)
        for name in names:
            (folder / name).write_text(f"#!/bin/sh\nexit {int(name == failing)}\n")
            (folder / name).chmod(0o755)
    env = os.environ | {"PATH": os.pathsep.join((str(tmp_path / "path"), os.environ.get("PATH", "")))}
    assert subprocess.run(["bash", str(script)], env=env, check=False).returncode == status


def test_pictures_are_there() -> None:
    pictures = re.findall(r"\]\((pictures/\S+)\)", README)
    assert sorted(pictures) == sorted(f"pictures/{path.name}" for path in (ROOT / "pictures").glob("*.svg"))
