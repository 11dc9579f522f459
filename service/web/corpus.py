"""The room of the corpus: what is held, how it came in, what is nearly alike, what is absent.

Each is a page of its own, and none shows more than a page's worth of a large corpus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import groupby, islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from pincite.citations.keys import kind_of, printed_key
from pincite.errors import RefusalReason
from pincite.generations import Manifest
from pincite.kinds import KINDS
from pincite.places import place_name
from pincite.said import N_
from service.curating.ingests import how_read
from service.curating.shelves import ORDERS, UNDATED, UNPLACED, By, Wanted, options, shelves
from service.curating.survey import Alike
from service.curating.timeline import timeline
from service.describing import coverage_json, index_json
from service.engine import Engine
from service.holdings import Holdings
from service.vantage import today
from service.web.corpus_rooms import rooms_of
from service.web.links import address
from service.web.refusals import REFUSALS
from service.web.rendering import page as shown_page

Json = dict[str, Any]

_SOURCES = 50
_CITING = 4
_MOST_TYPED = 200
# How long a page waits for the survey of the texts before it says how far that is, in seconds.
_PATIENCE = 0.25
_MOST_PAIRS, _MOST_OF_GROUP, _MOST_REFUSED = 150, 8, 200

_BY = {"kind": N_("By kind"), "place": N_("By place"), "year": N_("By year")}
_KIND_NAMES = {kind.value: rule.name for kind, rule in KINDS.items()}
_CHANNELS = {kind.value: rule.channel for kind, rule in KINDS.items()}

router = APIRouter(include_in_schema=False)

Typed = Annotated[str, Query(max_length=_MOST_TYPED)]


@router.get("/documents")
def documents() -> Response:
    """Where this page was before."""
    return RedirectResponse("/corpus", 308)


@router.get("/corpus")
def corpus(
    request: Request,
    by: Typed = "kind",
    kind: Typed = "",
    place: Typed = "",
    status: Typed = "",
    year: Typed = "",
    q: Typed = "",
    page: int = 1,
) -> Response:
    """The documents held, by kind, place or year, with filters and a timeline."""
    order: By = next((one for one in ORDERS if one == by), "kind")
    wanted = Wanted(order, kind, place.strip("/"), status, year, q.strip())
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        manifest, day = holdings.manifest, today()
        found = shelves(manifest.records, wanted, page)
        held = [record for shelf in found.shelves for record in shelf.records]
        shown = _common(request, holdings, "/corpus") | {
            "wanted": wanted,
            "found": found,
            "options": options(manifest.records),
            "orders": _BY,
            "name": _namer(order),
            "timeline": timeline(found.all) if found.page == 1 else None,
            "standing": {r.entry.id: holdings.works.standing(r.entry, day) for r in held},
            "channels_of": _CHANNELS,
            "address": _addresses(wanted),
        }
    return shown_page(request, "corpus.html", shown)


@router.get("/corpus/ingest")
def last_ingest(request: Request) -> Response:
    """The newest ingests, what each brought, how files were read, and which were refused."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        manifest, curated = holdings.manifest, holdings.curated
        surveyed = curated.survey.wait(_PATIENCE)
        shown = _common(request, holdings, "/corpus/ingest") | {
            "ingests": curated.ingests,
            "published": manifest.generation,
            "readers": how_read(manifest.records),
            "refusals": _refusals(manifest),
            "survey": curated.survey,
            "surveyed": surveyed,
            "repairs": curated.survey.repairs.most_common() if surveyed else [],
        }
    return shown_page(request, "corpus_ingest.html", shown)


@router.get("/corpus/near")
def near(request: Request) -> Response:
    """Documents that nearly agree, those first that the catalogue says nothing of."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        survey = holdings.curated.survey
        surveyed = survey.wait(_PATIENCE)
        shown = _common(request, holdings, "/corpus/near") | {
            "survey": survey,
            "surveyed": surveyed,
            "alike": _shown_alike(survey.alike) if surveyed else [],
            "entries": {name: record.entry for name, record in holdings.records.items()},
        }
    return shown_page(request, "corpus_near.html", shown)


@router.get("/corpus/missing")
def missing(request: Request, page: int = 1) -> Response:
    """What the documents cite and the corpus does not hold, with who cites it."""
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        absent = holdings.links.missing
        pages = max(1, -(-len(absent) // _SOURCES))
        page = max(1, min(page, pages))
        first = (page - 1) * _SOURCES
        shown = _common(request, holdings, "/corpus/missing") | {
            "sources": [_source(key, holdings) for key in islice(absent, first, first + _SOURCES)],
            "count": len(absent),
            "mentions": sum(map(len, absent.values())),
            "number": page,
            "numbers": pages,
            "turned": partial(address, "/corpus/missing", {}),
        }
    return shown_page(request, "corpus_missing.html", shown)


def _shown_alike(found: Sequence[Alike]) -> list[Json]:
    """What nearly agrees, by what is declared: of each group the nearest pairs, in all so many."""
    left = _MOST_PAIRS
    told: list[Json] = []
    for word, groups in groupby(found, lambda group: group.declared):
        rows, count = [], 0
        for group in groups:
            count += 1
            pairs = group.pairs[: min(_MOST_OF_GROUP, left)]
            left -= len(pairs)
            if pairs:
                more = len(group.pairs) - len(pairs)
                rows.append({"names": group.names, "pairs": pairs, "more": more})
        told.append({"declared": word, "count": count, "groups": rows})
    return told


def _common(request: Request, holdings: Holdings, room: str) -> Json:
    return {
        "here": "/corpus",
        "back": room,
        "room": room,
        "rooms": rooms_of(request),
        "coverage": coverage_json(holdings.manifest),
        "index": index_json(holdings.manifest),
        "refused": len(holdings.manifest.refusals),
        "kind_names": _KIND_NAMES,
        "place_name": place_name,
    }


def _namer(order: By) -> Any:
    """What a group of the list is called."""
    names: Mapping[By, Any] = {
        "kind": lambda key: _KIND_NAMES.get(key, key),
        "place": lambda key: N_("No place given") if key == UNPLACED else place_name(key),
        "year": lambda key: N_("No date known") if key == UNDATED else key,
    }
    return names[order]


def _addresses(wanted: Wanted) -> Any:
    """What makes the address of the list with something else: `address(page=2)`."""
    said = asdict(wanted)
    return partial(address, "/corpus", said | {"q": said.pop("words")})


def _refusals(manifest: Manifest) -> list[Json]:
    """The files that are not indexed, by reason: in plain words, and each with what was seen."""
    by_reason: dict[RefusalReason, list[Json]] = {}
    for refusal in manifest.refusals:
        row = {"source": refusal.source, "id": refusal.entry_id, "detail": refusal.detail}
        by_reason.setdefault(refusal.reason, []).append(row)
    return [
        {
            "reason": reason,
            "words": REFUSALS[reason],
            "count": len(rows),
            "files": rows[:_MOST_REFUSED],
        }
        for reason, rows in sorted(by_reason.items(), key=lambda one: -len(one[1]))
    ]


def _source(key: str, holdings: Holdings) -> Json:
    """One source that is cited and not held, and the documents that cite it most."""
    citing = holdings.links.missing[key]
    counts: dict[str, int] = {}
    for one in citing:
        counts[one.document_id] = counts.get(one.document_id, 0) + 1
    first = sorted(counts, key=lambda name: (-counts[name], name))[:_CITING]
    spans = {one.document_id: one.mention.span for one in reversed(citing)}
    return {
        "citation": printed_key(key),
        "kind": kind_of(key),
        "name": holdings.links.name_of(key),
        "documents": len(counts),
        "mentions": len(citing),
        "citing": [(holdings.record(name), spans[name], counts[name]) for name in first],
    }
