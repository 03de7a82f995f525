"""Completion in the shells themselves, at a prompt on a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stripper import cli, shells

COMPLETED = (
    ("--sid", "--side-by-side"),
    ("-t t", "-t text"),
    ("--to=t", "--to=text"),
    ("-k cap", "-k caption"),
    ("-k body,c", "-k body,caption"),
    ("--disable link-d", "--disable link-density"),
    ("--favor rec", "--favor recall"),
    ("st", "story.html"),
    ("-i tw", r"-i two\ words.html"),
    ("-o st", "-o story.html"),
    ("--output=st", "--output=story.html"),
    ("-O p", "-O pages/"),
)
"""What is typed after the command, and what it becomes. Beside the folder `pages` there is a file `press.txt`."""
PROMPTS = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a few names, and the command in `bin`."""
    for name in ("story.html", "two words.html", "press.txt"):
        (tmp_path / name).touch()
    (tmp_path / "pages").mkdir()
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "stripper"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stripper "$@"\n')
    command.chmod(0o755)
    for shell, script in shells.SCRIPTS.items():
        (tmp_path / "bin" / shell).write_text(script)
    return tmp_path


def environment(place: Path) -> dict[str, str]:
    root = str(Path(cli.__file__).parent.parent)
    path = f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(place), "TERM": "dumb", "LC_ALL": "C.UTF-8", "PYTHONPATH": root}


class Prompt:
    """A shell that waits for keys."""

    def __init__(self, shell: str, place: Path) -> None:
        process, self.terminal = pty.fork()
        if not process:
            os.chdir(place)
            os.execvpe(shell, PROMPTS[shell], environment(place))
        self.process = process

    def keys(self, keys: str, wanted: str) -> str:
        """What the screen says after some keys; waits until it holds what is wanted, half a minute at most."""
        os.write(self.terminal, keys.encode())
        screen = ""
        end = time.monotonic() + 30
        while wanted not in screen and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                screen += os.read(self.terminal, 65536).decode(errors="replace").replace("\r", "").replace("\x07", "")
        return screen

    def end(self) -> None:
        os.close(self.terminal)
        os.waitpid(self.process, 0)


@pytest.fixture(params=list(PROMPTS))
def prompt(request: pytest.FixtureRequest, place: Path) -> Iterator[Prompt]:
    shell: str = request.param
    if not shutil.which(shell):
        pytest.skip(f"needs {shell}")
    prompt = Prompt(shell, place)
    prepare = {"bash": "", "zsh": "autoload -Uz compinit; compinit -u -D;"}[shell]
    prompt.keys(f"{prepare} PS1='read''y> '; cd {place}; . {place / 'bin' / shell}\n", "ready> ")
    yield prompt
    prompt.end()


def test_at_a_prompt(prompt: Prompt) -> None:
    for typed, becomes in COMPLETED:
        assert f"stripper {becomes}" in prompt.keys(f"stripper {typed}\t", f"stripper {becomes}"), typed
        prompt.keys("\x15echo do''ne\n", "done\n")


@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish")
def test_in_fish(place: Path) -> None:
    def completed(typed: str) -> list[str]:
        code = f"source {place / 'bin' / 'fish'}; complete -C 'stripper {typed}'"
        done = subprocess.run(
            ["fish", "-N", "-c", code], cwd=place, env=environment(place), capture_output=True, check=True, text=True
        )
        assert not done.stderr
        return done.stdout.splitlines()

    for typed, becomes in COMPLETED:
        found = completed(typed)
        assert [line.partition("\t")[0] for line in found] == [shlex.split(becomes)[-1]]
    assert "--observation\tdescribe an observation: examples, points" in completed("--obs")


def test_the_words_of_help_leave_the_lines_of_the_protocol_whole() -> None:
    """No tab and no line break in what is sent, and no colon in the words, which zsh would take for the end of one."""
    for entry in cli.entries():
        assert not set("\t\n") & set(entry.help)
        assert not set("\t\n:") & set(entry.long)
