"""A survey as plain values: a page of documents with their passages, each with why it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pincite.types import Span, Stage
from service.citing import cite
from service.describing import citation_json
from service.searching.facets import Found, dated
from service.searching.finding import Survey
from service.searching.matching import excerpt, matching
from service.searching.sorting import Group, grouped

Json = dict[str, Any]

DOCUMENTS_A_PAGE = 10
PASSAGES_A_DOCUMENT = 2
STAGES: tuple[Stage, ...] = ("dense", "bm25", "citation", "rerank")


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a survey: documents with passages, of how many in all."""

    groups: list[Json]
    documents: int
    passages: int
    page: int
    pages: int


def shown(survey: Survey) -> Shown:
    """The page that is wanted; of one document alone, more of its passages."""
    groups = grouped(survey.found, survey.wanted.sort)
    alone = len(groups) == 1
    pages = max(1, -(-len(groups) // DOCUMENTS_A_PAGE))
    if alone:
        pages = max(1, -(-len(groups[0].found) // (DOCUMENTS_A_PAGE * 2)))
    page = min(survey.wanted.page, pages)
    if alone:
        first = (page - 1) * DOCUMENTS_A_PAGE * 2
        own = groups[0].found[first : first + DOCUMENTS_A_PAGE * 2]
        made = [_group_json(groups[0], own, survey, more=0)]
    else:
        first = (page - 1) * DOCUMENTS_A_PAGE
        made = [
            _group_json(group, tuple(islice(group.found, PASSAGES_A_DOCUMENT)), survey)
            for group in groups[first : first + DOCUMENTS_A_PAGE]
        ]
    return Shown(made, len(groups), len(survey.found), page, pages)


def _group_json(
    group: Group,
    passages: Sequence[Found],
    survey: Survey,
    more: int | None = None,
) -> Json:
    entry, day = group.entry, dated(group.entry)
    standing = survey.asked.view.works.standing(entry, survey.asked.view.day)
    return {
        "id": entry.id,
        "title": entry.title,
        "kind": entry.kind,
        "citation": entry.citation,
        "jurisdiction": entry.jurisdiction,
        "language": entry.language,
        "dated": day.isoformat() if day else None,
        "status": standing.status,
        "standing": standing.words,
        "current": standing.current,
        "hits": [_hit_json(one, survey) for one in passages],
        "more": len(group.found) - len(passages) if more is None else more,
    }


def _hit_json(one: Found, survey: Survey) -> Json:
    asked, passage = survey.asked, one.hit.passage
    citation = cite(asked.holdings.document(passage.document_id), passage.span, asked.view)
    headings = citation.locator.headings
    part = excerpt(citation.quote, survey.stems, asked.holdings.rarity, headings)
    return {
        **citation_json(citation, 0),
        "at": one.at,
        "path": [heading for heading in headings if heading != citation.entry.title],
        "excerpt": part,
        "before": part.start > 0 and citation.quote[: part.start].strip() not in headings,
        "after": bool(citation.quote[part.end :].strip()),
        "matching": matching(citation.quote, survey.stems),
        "why": why(one),
    }


def why(one: Found) -> Json:
    """Where each stage put a passage, None where it did not see it, and what that came to.

    `lifted` tells that no leg put it among the best of all: it is law of a place that is named.
    """
    ranks = dict(one.hit.ranks)
    similarity, bearing = one.hit.similarity, one.hit.bearing
    return {
        "ranks": {stage: ranks.get(stage) for stage in STAGES},
        "lifted": not {"dense", "bm25", "citation"} & ranks.keys(),
        "score": round(one.hit.score, 3),
        "fused": round(one.hit.fused, 3),
        "similarity": None if similarity is None else round(similarity, 3),
        "bearing": None if bearing is None else round(bearing, 3),
    }


def opening(citation: Json, most: int = 700) -> Span:
    """The first lines of a provision that is looked up: whole ones, as many as are read at once."""
    quote = citation["quote"]
    if len(quote) <= most:
        return Span(0, len(quote))
    line = quote.rfind("\n", 0, most)
    return Span(0, line if line > most // 3 else quote.rfind(" ", 0, most))
