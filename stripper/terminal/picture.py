"""A view as a picture, for the documentation."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zlib import crc32

# As rich's own, but with fonts that are there: a picture on a page may load none, and in another font the columns
# would not meet.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  font-size: 16px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def screenshot(lines: Iterable[str], title: str, width: int = 100) -> str:
    """An SVG of the coloured `lines` of a view in a window of `width` columns; the same lines give the same picture."""
    from rich.console import Console
    from rich.text import Text

    console = Console(
        record=True,
        width=width,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        _environ={},
    )
    for each in lines:
        console.print(Text.from_ansi(each), soft_wrap=True, highlight=False)
    return console.export_svg(title=title, code_format=_FORMAT, unique_id=f"stripper-{crc32(title.encode()):08x}")
