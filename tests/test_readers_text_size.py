"""Big and nasty texts: nothing is lost, nothing recurses, and the shapes that make matchers backtrack come back."""

from __future__ import annotations

import pytest

from stripper.readers.text import read_text

MANY = 20_000


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "[",
        "[](",
        '[](a "',
        "](",
        "* ",
        "> ",
        "[1]",
        "a@b.",
        "a://",
        "   ",
        "   ]",
        "\x1b[0",
        "\x1b]",
        "│",
        "漢",
        "(BUTTON",
        ".",
    ],
)
def test_one_long_line_is_one_block(piece: str) -> None:
    document = read_text("begin " + piece * MANY + "~ end\n", "sample")
    (block,) = document.blocks
    assert block.lines == (1, 1)
    assert block.text.startswith("begin")
    assert block.text.endswith("nd")  # a last escape sequence that is cut off takes the e as its end


@pytest.mark.parametrize(
    "line",
    [
        "Tide",
        "- Tide",
        "> Tide",
        "    tide = 1;",
        "```",
        "```a",
        "-----",
        "├─┼─┤",
        "│ a │",
        "| a | b |",
        "a   b   c",
        "From: a",
    ],
)
def test_many_lines_are_all_in_blocks(line: str) -> None:
    document = read_text(f"{line}\n" * MANY, "sample")
    assert document.blocks[0].lines[0] == 1
    assert document.blocks[-1].lines[1] == MANY
    assert all(
        above.lines[1] + 1 == block.lines[0] for above, block in zip(document.blocks, document.blocks[1:], strict=False)
    )


def test_many_link_numbers() -> None:
    body = "".join(f"   [{number}]Tide\n" for number in range(1, MANY))
    document = read_text(
        body + "\nReferences\n\n" + "".join(f" {n}. https://t.example/{n}\n" for n in range(1, MANY)), "sample"
    )
    assert document.origin == "lynx dump with link numbers"
    assert [block.links for block in document.blocks[: MANY - 1]] == [1] * (MANY - 1)
    assert {block.text for block in document.blocks[: MANY - 1]} == {"Tide"}
