"""A module imports only from lower layers, and some libraries only where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "stripper"
LAYERS = (
    "model", "names", "packaged", "points", "decode", "readers", "words", "features", "observations", "trees", "patterns",
    "doubt", "decide", "layout", "diff", "writers", "__init__", "sources", "outputs", "batch", "report", "terminal", "pipeline",
    "manual", "shells", "cli", "__main__",
)  # fmt: skip
"""From the bottom to the top."""
ONLY = {"lxml": {"readers/html.py"}, "rich": {"terminal"}, "click": {"cli.py"}}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    """The layer a file belongs to: its name, or that of its folder."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Full names of everything a file imports, also inside functions and for type checkers only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} imports relatively"
            assert node.module
            # `from stripper import diff` names a module, `from stripper import __version__` does not.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_module_has_a_layer() -> None:
    assert {layer(path) for path in MODULES} <= set(LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_come_from_below(path: Path) -> None:
    for name in imported(path):
        top, _, rest = name.partition(".")
        if top != "stripper":
            continue
        part = rest.partition(".")[0]
        below = part if part in LAYERS else "__init__"
        if below != layer(path):
            assert LAYERS.index(below) < LAYERS.index(layer(path)), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_stay_where_they_belong(path: Path) -> None:
    inside = path.relative_to(PACKAGE)
    for name in imported(path):
        allowed = ONLY.get(name.partition(".")[0])
        assert allowed is None or str(inside) in allowed or inside.parts[0].removesuffix(".py") in allowed, name


def loaded(*arguments: str, stdin: bytes = b"A line of plain text.\n") -> set[str]:
    """The modules that are loaded when the command ends."""
    code = (
        "import sys\nfrom stripper.cli import run\nrun(sys.argv[1:])\nsys.stdout.flush()\n"
        "sys.stderr.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], input=stdin, capture_output=True, check=True)
    return set(done.stderr.decode().splitlines())


def test_plain_text_loads_no_more_than_it_needs() -> None:
    names = loaded()
    assert "stripper.writers.text" in names
    heavy = {"lxml", "rich", "multiprocessing", "concurrent.futures", "difflib", "subprocess", "stripper.terminal"}
    assert not names & heavy


def test_help_and_version_load_neither_reader_nor_classifier() -> None:
    for option in ("-h", "-V"):
        assert not loaded(option) & {"lxml", "rich", "stripper.decide", "stripper.readers", "stripper.words"}


def test_the_library_costs_next_to_nothing_until_it_is_used() -> None:
    code = "import sys, stripper; print('\\n'.join(name for name in sys.modules if name.startswith('stripper')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) == {"stripper", "stripper.model"}
