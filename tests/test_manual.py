"""The man page and the completion scripts, read by the programs they are for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from stripper import cli, manual

PAGE = manual.man(cli.entries(), "1.0")


@pytest.mark.skipif(not shutil.which("groff"), reason="needs groff")
def test_groff_has_no_warnings() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-rLL=78n"], input=PAGE.encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    plain = re.sub(rb".\x08|\x1b\[\d*m", b"", done.stdout)  # bold is struck twice or coloured
    for word in (b"NAME", b"--keep LABELS", b"EXIT STATUS", b"130"):
        assert word in plain


@pytest.mark.skipif(not shutil.which("man") or not shutil.which("groff"), reason="needs man and groff")
def test_man_has_no_warnings(tmp_path: Path) -> None:
    path = tmp_path / "stripper.1"
    path.write_text(PAGE)
    done = subprocess.run(
        ["man", "--warnings=w", "-E", "UTF-8", "-l", str(path)],
        capture_output=True,
        check=True,
        env={**os.environ, "MANWIDTH": "80", "PAGER": "cat", "MANPAGER": "cat"},
    )
    assert done.stderr == b""
    assert b"stripper" in done.stdout


@pytest.mark.skipif(not shutil.which("mandoc"), reason="needs mandoc")
def test_mandoc_finds_nothing() -> None:
    done = subprocess.run(["mandoc", "-Tlint", "-Wwarning"], input=PAGE.encode(), capture_output=True, check=False)
    assert done.stdout == b""


def test_hyphens_can_be_copied_and_no_line_is_a_request_by_chance() -> None:
    assert "\\-\\-keep" in PAGE
    requests = {line.split()[0] for line in PAGE.splitlines() if line.startswith((".", "'"))}
    assert requests == {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".BR"}
    assert manual._roff(".profile\\") == "\\&.profile\\e"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_read_the_completions(shell: str, capfd: pytest.CaptureFixture[str]) -> None:
    if not shutil.which(shell):
        pytest.skip(f"needs {shell}")
    assert cli.run(["--generate", shell]) == 0
    script = capfd.readouterr().out
    subprocess.run([shell, "-n"], input=script.encode(), check=True)


def test_texts_end_where_they_should() -> None:
    """A help of one line is a phrase; what follows are sentences."""
    for entry in cli.entries():
        assert not entry.help.endswith("."), entry.long
        assert not entry.more or entry.more.endswith("."), entry.long
