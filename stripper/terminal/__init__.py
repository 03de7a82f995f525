"""All that is made for people at a terminal: colours, views, pager, progress."""

from stripper.terminal.against import against_view
from stripper.terminal.catalogue import observation_view, observations_view
from stripper.terminal.diff import diff_view, side_by_side_view
from stripper.terminal.explain import explain_view
from stripper.terminal.inspect import inspect_view
from stripper.terminal.pager import page
from stripper.terminal.progress import Progress
from stripper.terminal.stat import stat_view
from stripper.terminal.style import Style, style_of

__all__ = [
    "Progress",
    "Style",
    "against_view",
    "diff_view",
    "explain_view",
    "inspect_view",
    "observation_view",
    "observations_view",
    "page",
    "side_by_side_view",
    "stat_view",
    "style_of",
]
