"""What a citation is, where it is held, and who cites it, as plain values; and what is not held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from pincite.citations.find import named_in
from pincite.citations.keys import kind_of, printed_key, section_of, source_of
from pincite.errors import QuestionError
from pincite.kinds import KINDS
from pincite.said import N_, Said
from pincite.sentences import sentences
from pincite.standing import CURRENT
from pincite.types import Document, Span
from service.citing import cite
from service.describing import index_json
from service.filtering import question_of
from service.holdings import Holdings
from service.linking.held import Place
from service.linking.links import Citing, distance
from service.vantage import Vantage, today

Json = dict[str, Any]

# What is shown of a held text, and of a sentence that cites.
_WORDS = 60
_MOST_CHARACTERS = 400
_MOST_ECHOED = 80
_MOST_ASKED = 300
_HOW = ("this", "above", "beside")
UNDERSTOOD = Said(
    "write it as `8 U.S.C. § 1373(a)`, `INA § 287(g)`, `8 C.F.R. § 287.7`, `521 U.S. 898`,"
    " `Exec. Order 13768`, `82 Fed. Reg. 8799`, `Pub. L. 104-208`, `D.C. Code § 24-211.07`,"
    " `N.Y.C. Admin. Code § 9-131`, `Local Law 58 of 2014`, `D.C. Law 23-282`, or a case's name"
)


def citation_json_of(written: str, holdings: Holdings, view: Vantage, passages: int = 5) -> Json:
    """All about one citation, in whatever form it is written. Raises QuestionError.

    `passages` bounds how many are shown of a document that cites it; all are counted.
    """
    links = holdings.links
    key = links.canonical(key_of(written, holdings))
    places = places_in_order(key, holdings, view)
    citing = links.citing(key)
    rows = [
        _document_json(list(found), key, holdings, view, passages)
        for _, found in groupby(
            sorted(citing, key=lambda one: one.document_id), lambda one: one.document_id
        )
    ]
    rows.sort(key=lambda row: (_HOW.index(row["names"]), -row["mentions"], row["document_id"]))
    return {
        "asked": written,
        "key": key,
        "kind": kind_of(key),
        "citation": printed_key(key),
        "name": links.name_of(key),
        "held": any(not place.quoted for place in places),
        "places": [_place_json(place, holdings, view) for place in places],
        "cited_by": {"documents": len(rows), "mentions": len(citing)},
        "citing": rows,
        "index": index_json(holdings.manifest),
    }


def places_in_order(key: str, holdings: Holdings, view: Vantage) -> list[Place]:
    """Where the corpus holds what a key names: what is law and in force first."""
    return sorted(holdings.links.places(key), key=lambda place: _rank(place, holdings, view))


def sources_json(holdings: Holdings, top: int, *, held: bool | None = None) -> Json:
    """What the documents cite, most cited first; what is not held is the reading list."""
    links = holdings.links
    sources = links.sources(held=held)
    return {
        "count": len(sources),
        "sources": [
            {
                "key": key,
                "kind": kind_of(key),
                "citation": printed_key(key),
                "name": links.name_of(key),
                "held": links.holds(key),
                "documents": len({one.document_id for one in citing}),
                "mentions": len(citing),
                "cited_in": sorted({one.document_id for one in citing}),
            }
            for key, citing in list(sources.items())[:top]
        ],
        "index": index_json(holdings.manifest),
    }


def viewed(holdings: Holdings, as_of: str | None) -> Vantage:
    """From when a citation is asked for; today where no day is typed. Raises QuestionError."""
    typed = question_of("-", holdings, as_of=as_of).as_of
    return Vantage(typed or today(), works=holdings.works)


def key_of(written: str, holdings: Holdings) -> str:
    """The key of the first citation in what somebody wrote. Raises QuestionError."""
    text = " ".join(written.split())[:_MOST_ASKED]
    named = named_in(text)
    for mention, _ in named:
        if mention is not None:
            return mention.key
    links = holdings.links
    for _, forms in named:
        held = {
            key
            for key in links.held
            if section_of(forms[-1]).removeprefix("§ ") == key.rsplit(" ", 1)[-1]
        }
        if len(held) == 1:
            return held.pop() + forms[-1][len(section_of(forms[-1])) :]
        if held:
            several = ", ".join(f"`{printed_key(key)}`" for key in sorted(held)[:4])
            which = N_("{written!r} may be {several}; name the code")
            raise QuestionError(Said(which, written=written[:_MOST_ECHOED], several=several))
    return _case_named(text, written, holdings)


def _case_named(text: str, written: str, holdings: Holdings) -> str:
    found = holdings.links.named(text)
    own = [key for key in found if key in holdings.links.held]
    if len(own or found) == 1:
        return (own or found)[0]
    if found:
        several = ", ".join(f"`{printed_key(key)}`" for key in found[:4])
        which = N_("{written!r} may be {several}; give the volume and page")
        raise QuestionError(Said(which, written=written[:_MOST_ECHOED], several=several))
    unknown = N_("{written!r} is no citation that is known; {understood}")
    raise QuestionError(Said(unknown, written=written[:_MOST_ECHOED], understood=UNDERSTOOD))


def _rank(
    place: Place, holdings: Holdings, view: Vantage
) -> tuple[bool, bool, bool, bool, int, str]:
    """Law before what is none, acts that quote last; in force first; the clause; the longer."""
    entry = holdings.record(place.document_id).entry
    current = view.works.standing(entry, view.day).status in CURRENT
    length = place.span.end - place.span.start if place.span else 0
    no_law = KINDS[entry.kind].channel != "law"
    return place.quoted, no_law, not current, not place.exact, -length, place.document_id


def _place_json(place: Place, holdings: Holdings, view: Vantage) -> Json:
    """A place with the first words of what stands there."""
    document = holdings.document(place.document_id)
    entry = document.entry
    span = place.span or Span(0, len(document.text))
    words = document.text[span.start : span.end].split(" ", _WORDS)
    cited = cite(document, span, view) if place.span else None
    return {
        "document_id": entry.id,
        "title": entry.title,
        "kind": entry.kind.value,
        "jurisdiction": entry.jurisdiction,
        "citation": cited.text if cited else entry.citation or entry.title,
        "status": view.works.standing(entry, view.day).status,
        "version": document.version,
        "start": span.start,
        "end": span.end,
        "whole": place.span is None,
        "exact": place.exact,
        "quoted_by_act": place.quoted,
        "text": " ".join(words[:_WORDS])[:_MOST_CHARACTERS],
    }


def _document_json(
    citing: Sequence[Citing], key: str, holdings: Holdings, view: Vantage, passages: int
) -> Json:
    """One document that cites, with the passages that are nearest to what was asked."""
    document = holdings.document(citing[0].document_id)
    nearest = sorted(citing, key=lambda one: (_far(key, one), one.mention.span))
    return {
        "document_id": document.entry.id,
        "title": document.entry.title,
        "kind": document.entry.kind.value,
        "citation": document.entry.citation,
        "names": _HOW[min(_far(key, one) for one in citing)],
        "mentions": len(citing),
        "passages": list(islice(_passages(nearest, key, document, view), passages)),
    }


def _passages(
    citing: Sequence[Citing], key: str, document: Document, view: Vantage
) -> Iterator[Json]:
    shown: set[Span] = set()
    for one in citing:
        mention = one.mention
        around = _sentence(document, mention.span)
        if around in shown:
            continue
        shown.add(around)
        cited = cite(document, around, view)
        yield {
            "key": mention.key,
            "written": mention.span.of(document.text),
            "form": mention.written,
            "names": _HOW[_far(key, one)],
            "page": mention.pin,
            "start": mention.span.start,
            "end": mention.span.end,
            "citation": cited.text,
            "pinpoint": cited.pinpoint,
            "channel": cited.channel,
            "text": cited.quote,
        }


def _far(key: str, one: Citing) -> int:
    """How far a mention is from a key; a source of one piece is always the very thing."""
    return 0 if source_of(key) == key and section_of(key) == key else distance(key, one.mention)


def _sentence(document: Document, span: Span) -> Span:
    """The sentence that holds a mention, cut to what is around it when it is very long."""
    text = document.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    for one in sentences(text, start, len(text) if end < 0 else end):
        if one.holds(span):
            if one.end - one.start <= _MOST_CHARACTERS:
                return one
            return _cut(text, one, span)
    return span


def _cut(text: str, sentence: Span, span: Span) -> Span:
    """The words of a sentence around a mention."""
    room = max(_MOST_CHARACTERS - (span.end - span.start), 0) // 2
    first = max(sentence.start, span.start - room)
    last = min(sentence.end, span.end + room)
    if first > sentence.start:
        first = text.find(" ", first, span.start) + 1 or span.start
    if last < sentence.end:
        space = text.rfind(" ", span.end, last)
        last = space if space > 0 else span.end
    return Span(first, last)
