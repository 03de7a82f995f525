"""White space and characters of HTML text as a browser shows them."""

from __future__ import annotations

LINE_END, CELL_END = "\x00", "\x01"
"""Stand-ins for a line break and a cell boundary while a block's text is collected; a page's own are replaced before."""
_DROPPED: dict[int, None] = {
    code: None
    for first, last in (
        (0, 8), (11, 31), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E),
        (0x2060, 0x2060), (0x2066, 0x2069), (0xD800, 0xDFFF), (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
}  # fmt: skip
"""Characters that never belong in printed text: controls, soft hyphens, zero-width spaces, bidirectional overrides.
Joiners (U+200C, U+200D) stay: Persian and many Indian scripts are misspelt without them. Lone surrogates come from the
escapes of JSON-LD only; no output can hold them."""


def squeeze(raw: str) -> str:
    """White space as a browser shows it: runs are one blank; `br` breaks lines; cells are apart by a tab."""
    if LINE_END in raw:
        raw = "\n".join(squeezed for line in raw.split(LINE_END) if (squeezed := squeeze(line)))
    elif CELL_END in raw:
        raw = "\t".join(map(squeeze, raw.split(CELL_END))).strip()
    else:
        raw = " ".join(raw.split())
    return raw if raw.isprintable() else raw.translate(_DROPPED).strip()


def preformatted(raw: str) -> str:
    """Lines as they stand in `pre`, without the blank ones at both ends."""
    lines = raw.replace(LINE_END, "\n").replace(CELL_END, "\t").translate(_DROPPED).split("\n")
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)
