"""A search in breadth: every passage that the legs bring up, what each counts as, and counts.

The list is not cut to a few passages a document, as an answer's is. Of a facet in use the values
chosen are counted in what is shown, the others in what is found without it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Event

from pincite.types import Hit
from service.asked import Asked
from service.citing import weighed
from service.engine import Engine
from service.pipeline import encoded, put_in_order, ranked
from service.ranking import spread
from service.searching.bearing import Bearing
from service.searching.facets import FACETS, Chosen, Counts, Found, counts, documents_of, passing
from service.searching.matching import searched
from service.searching.wanted import Wanted

_NOWHERE = 9


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found for what is wanted, best first, and the counts of every facet.

    `stems` are those of the words that were looked for.
    """

    wanted: Wanted
    asked: Asked
    stems: frozenset[str]
    found: tuple[Found, ...]
    counts: Mapping[str, Counts]


def survey(engine: Engine, wanted: Wanted, gone: Event | None = None) -> Survey:
    """Search with facets. Raises PinciteError."""
    chosen = wanted.chosen
    with engine.looking(wanted.question, gone) as asked:
        asked = encoded(asked, engine.shelf)
        stems = searched(asked.wording.text if asked.wording else "")
        bears = Bearing(stems, asked.holdings.rarity)
        found, asked = _best(engine, asked, chosen, bears)
        others = {
            facet: _fused(engine, asked, {f: v for f, v in chosen.items() if f != facet}, bears)
            for facet in chosen
        }
    counted = {
        facet: counts(found, others.get(facet, ()), facet, chosen.get(facet, ()))
        for facet in FACETS
    }
    return Survey(wanted, asked, stems, tuple(found), counted)


def _best(
    engine: Engine, asked: Asked, chosen: Chosen, bears: Bearing
) -> tuple[list[Found], Asked]:
    """The passages that pass, as the reranker orders them."""
    among = _among(asked, chosen)
    asked, cited = ranked(among, engine.shelf, engine.settings, sys.maxsize)
    hits = [one.hit for one in _passing(asked, chosen, bears)]
    # The reranker reads of many documents, as it does for an answer.
    first = spread(hits, engine.settings.rerank_depth // 2)
    held = {id(hit) for hit in first}
    asked = replace(asked, hits=(*first, *(hit for hit in hits if id(hit) not in held)))
    asked = put_in_order(asked, cited, engine.shelf, engine.settings, sys.maxsize)
    asked = replace(asked, hits=tuple(sorted(asked.hits, key=lambda hit: -hit.score)))
    found = [replace(found_of(hit, asked), at=at) for at, hit in enumerate(asked.hits, start=1)]
    return found, asked


def _fused(engine: Engine, asked: Asked, chosen: Chosen, bears: Bearing) -> list[Found]:
    """The passages that pass, to be counted: their order does not matter."""
    asked, _ = ranked(_among(asked, chosen), engine.shelf, engine.settings, sys.maxsize)
    return _passing(asked, chosen, bears)


def _among(asked: Asked, chosen: Chosen) -> Asked:
    """The same question, to be looked for in the documents that may be shown."""
    filters = replace(asked.question.filters, among=documents_of(chosen, asked.view))
    return replace(asked, question=replace(asked.question, filters=filters))


def _passing(asked: Asked, chosen: Chosen, bears: Bearing) -> list[Found]:
    return passing((found_of(hit, asked) for hit in asked.hits if bears(hit)), chosen)


def found_of(hit: Hit, asked: Asked) -> Found:
    """A passage with what it counts as on the day that is asked about."""
    passage = hit.passage
    document = asked.holdings.document(passage.document_id)
    part = passage.locator.part
    authority, standing, channel = weighed(document, passage.span, part, asked.view)
    reach = min((place.count("/") for place in authority.binds), default=_NOWHERE)
    return Found(hit, document.entry, standing.status, channel, authority.rank, reach)
