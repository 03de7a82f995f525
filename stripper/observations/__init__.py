"""All observations, in one literal table.

To add one: write a function with its docstring (what it sees; an example that fires, one that stays silent), name it
here, fit the points (`tests/bench/fit.py`), and look at what it is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from stripper.features import HINT_FAMILIES, NAMES, Page
from stripper.observations import (
    captions,
    containers,
    crosses,
    furniture,
    layout,
    lexicon,
    links,
    markup,
    prose,
    surroundings,
)
from stripper.observations.table import Column, Observation
from stripper.words import FAMILIES

__all__ = ["OBSERVATIONS", "Column", "Observation", "by_name"]

_HTML, _TEXT, _BOTH = ("html",), ("text",), ("html", "text")


def _measures(group: str, sources: tuple[str, ...], *functions: Callable[[Page], Column]) -> tuple[Observation, ...]:
    return tuple(Observation(f.__name__.replace("_", "-"), group, "measure", sources, f) for f in functions)


def _kinds(group: str, sources: tuple[str, ...], *functions: Callable[[Page], Column]) -> tuple[Observation, ...]:
    return tuple(Observation(f.__name__.replace("_", "-"), group, "kind", sources, f) for f in functions)


def _sets(
    group: str, sources: tuple[str, ...], members: tuple[str, ...], *functions: Callable[[Page], Column]
) -> tuple[Observation, ...]:
    return tuple(Observation(f.__name__.replace("_", "-"), group, "set", sources, f, members) for f in functions)


OBSERVATIONS: tuple[Observation, ...] = (
    *_measures(
        "prose", _BOTH,
        prose.chars, prose.stop_words, prose.digits, prose.code_signs,
    ),
    *_measures("prose", _HTML, prose.lines_inside),
    *_measures("prose", _TEXT, prose.words, prose.sentences, prose.commas, prose.capitals, prose.good_text),
    *_kinds("prose", _BOTH, prose.first_character),
    *_kinds("prose", _TEXT, prose.last_character),
    *_measures(
        "links", _HTML,
        links.link_density, links.link_count, links.outbound, links.density_near, links.density_first,
        links.density_third, links.density_signature, links.next_link_density,
    ),
    *_measures(
        "containers", _HTML,
        containers.good_third, containers.levels_half, containers.levels_good,
        containers.depth_in_main, containers.words_first, containers.signature_share, containers.own_signature_share,
        containers.signature_count, containers.twins, containers.controls_first, containers.controls_second,
        containers.phrases_first, containers.levels_headline, containers.branch_density, containers.branch_phrases,
    ),
    *_kinds("containers", _HTML, containers.article_element, containers.container_opens, containers.branch_opens),
    *_kinds("markup", _BOTH, markup.role),
    *_kinds("markup", _HTML, markup.element),
    *_sets("markup", _HTML, NAMES, markup.ancestors),
    *_sets("markup", _HTML, HINT_FAMILIES, markup.class_words, markup.class_words_above),
    *_measures("markup", _HTML, markup.hidden_box, markup.depth),
    *_measures("captions", _HTML, captions.since_picture, captions.alt_overlap),
    *_measures("captions", _BOTH, captions.credit_pattern),
    *_measures("captions", _TEXT, captions.credit_next, captions.credit_before),
    *_sets("furniture", _BOTH, FAMILIES, furniture.phrases, furniture.phrases_leading),
    *_sets("furniture", _TEXT, FAMILIES, furniture.phrases_covering, furniture.phrases_in_prose),
    *_measures(
        "furniture", _BOTH,
        furniture.phrase_count, furniture.subscribe_after, furniture.text_after_marker,
    ),
    *_kinds("furniture", _BOTH, furniture.byline_place),
    *_kinds("furniture", _TEXT, furniture.lead_in),
    *_measures(
        "furniture", _TEXT,
        furniture.related_before, furniture.comments_before, furniture.comments_after, furniture.consent_near, furniture.subscribe_before,
        furniture.share_near, furniture.end_markers, furniture.words_after_marker, furniture.phrases_around, furniture.dates_near,
    ),
    *_measures("furniture", _HTML, furniture.names_author),
    *_measures(
        "context", _BOTH,
        surroundings.good_within_5, surroundings.words_after_block, surroundings.short_around,
        surroundings.good_before, surroundings.words_before, surroundings.after_headline, surroundings.is_headline,
        surroundings.title_overlap, surroundings.vocabulary, surroundings.since_heading, surroundings.shape_share,
        surroundings.good_share_of_page, surroundings.run_share_of_page,
    ),
    *_measures("context", _HTML, surroundings.blocks_of_page),
    *_measures(
        "context", _TEXT,
        surroundings.tight_run, surroundings.loose_run, surroundings.good_within_2, surroundings.good_in_10_before,
        surroundings.good_in_10_after, surroundings.ends_near, surroundings.from_end,
        surroundings.gap_length, surroundings.words_per_line_5, surroundings.number, surroundings.position,
    ),
    *_measures("context", _HTML, surroundings.copies, surroundings.description_overlap),
    *_kinds("context", _BOTH, surroundings.heading_scope, surroundings.next_role),
    *_kinds("context", _HTML, surroundings.previous_role),
    *_sets("layout", _TEXT, layout.FACTS, layout.renderer_marks),
    *_measures(
        "layout", _TEXT,
        layout.group_size, layout.group_place, layout.list_words,
        layout.list_length, layout.list_lead_in, layout.alike_around,
    ),
    *_measures("layout", _BOTH, layout.repeats_with_period),
    *_kinds("crosses", _BOTH, crosses.end_and_place, crosses.mark_and_place),
    *_kinds(
        "crosses", _TEXT,
        crosses.length_and_side, crosses.phrase_and_place, crosses.shape_and_neighbours,
        crosses.copies_and_place, crosses.date_and_pattern,
    ),
    *_kinds("crosses", _HTML, crosses.good_text_in_container),
    *_measures("lexicon", _BOTH, *lexicon.WORDS),
    *_measures("lexicon", _TEXT, *lexicon.WORDS_NEAR, *lexicon.WORDS_IN_GROUP, *lexicon.WORDS_GROUP_BEFORE,
               *lexicon.WORDS_GROUP_AFTER),
    *_measures("lexicon", _HTML, *lexicon.NAMES, *lexicon.NAMES_ABOVE),
)  # fmt: skip

@cache
def by_name() -> Mapping[str, Observation]:
    """The observations by their names."""
    return {observation.name: observation for observation in OBSERVATIONS}
