"""The clauses, sections and pages that a question names, as passages that come first.

"8 USC 1373(a)"    § 1373(a) itself
"INA § 287(g)"     the passages of 8 U.S.C. § 1357(g)
"Arizona at 12"    the passages of that page, where the text held has pages
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pincite.citations.find import named_in
from pincite.citations.keys import printed_key, section_of
from pincite.citations.reporters import volumes
from pincite.citing.pinpoints import locator
from pincite.embedding import Vectors
from pincite.index.schema import Query, Scored, passage_of
from pincite.kinds import Kind
from pincite.standing import CURRENT
from pincite.types import Filters, Hit, Page, Passage, Question, Span
from pincite.works import Works
from service.holdings import Holdings
from service.linking.held import Place
from service.linking.writing_out import written_out
from service.matching import matches
from service.vantage import Vantage
from service.wording import Wording

# Passages that are looked through for the one that holds a clause, and those that are kept.
_MOST_LOOKED_THROUGH = 600
_MOST_KEPT = 20
_CASE_AT = re.compile(
    r"(?<![\w.])(?P<name>[A-Z][\w.’'&-]{1,25}(?:\s(?:v\.?|of|the|[A-Z][\w.’'&-]{1,25})){0,8}),?"
    r"\s(?:supra,?\s)?at\s(?:p(?:age|\.)\s)?(?P<page>\d{1,4})\b"
)
# "Admin. Code § 9-131": of which city, only what is held can tell.
_NO_CITY = "admin code "
_INA = re.compile(r"I\.?N\.?A\b|Nationality Act", re.I)
# The parts of a ruling that speak for the court, and texts that have no parts.
_COURTS = (None, "majority", "per_curiam", "plurality")
_PARTY_WORDS = frozenset({"v", "of", "the", "in", "under", "what", "does", "see"})


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names: its passages, best first, and how much each is of what is named."""

    points: tuple[Scored, ...] = ()
    places: tuple[Place, ...] = ()


def named(question: Question, vector: Vectors, holdings: Holdings, view: Vantage) -> Named:
    """The passages that a question names by citation, filters applied."""
    places = [
        place
        for place in places_named(question.text, holdings)
        if matches(holdings.record(place.document_id).entry, question.filters)
    ]
    places = _standing(places, holdings.works, view)
    if not places:
        return Named()
    ids = tuple(dict.fromkeys(place.document_id for place in places))
    inside = [point for point in _points(ids, vector, holdings) if _share(point, places)]
    inside.sort(key=lambda point: (-_share(point, places), -point.score))
    return Named(tuple(inside[:_MOST_KEPT]), tuple(places))


def places_named(text: str, holdings: Holdings) -> Iterator[Place]:
    """Where what a question names is held; what is not held gives nothing."""
    links = holdings.links
    for mention, _ in named_in(text):
        if mention is not None:
            places = links.places(links.aliases.get(mention.key, mention.key))
            yield from paged(places, mention.pin, holdings)
    for volume in volumes(text):
        if volume.short:
            start = f"{volume.volume} {volume.reporter} "
            keys = [k for k in links.held if k.startswith(start)]
            first = [k for k in keys if int(k.rsplit(" ", 1)[1]) <= volume.page]
            if first:
                key = max(first, key=lambda k: int(k.rsplit(" ", 1)[1]))
                yield from paged(links.places(key), str(volume.page), holdings)
    for match in _CASE_AT.finditer(text):
        yield from paged(_rulings(match["name"], holdings), match["page"], holdings)


def places_meant(text: str, holdings: Holdings, view: Vantage) -> list[Place]:
    """Where what a question names stands: in texts in force on the day, if it does in any."""
    return _standing(list(places_named(text, holdings)), holdings.works, view)


def first(hits: Sequence[Hit], found: Named, holdings: Holdings) -> list[Hit]:
    """The hits with the named clauses before all others, each cut to what is named."""
    clauses = [place for place in found.places if place.span is not None]
    points = {point.id for point in found.points} if clauses else set()
    if not points:
        return list(hits)
    wanted = {_identity(passage_of(p.payload)): p for p in found.points}
    room = max(hit.score for hit in hits) - min(hit.score for hit in hits) + 1.0
    moved = []
    for hit in hits:
        point = wanted.get(_identity(hit.passage))
        share = _share(point, clauses) if point is not None else 0.0
        if share:
            share *= 1.0 if hit.passage.locator.part in _COURTS else 0.5
            cut = _cut(hit.passage, clauses, holdings)
            hit = replace(hit, passage=cut, score=hit.score + room * (1 + share))
        moved.append(hit)
    return sorted(moved, key=lambda hit: -hit.score)


def _identity(passage: Passage) -> tuple[str, int, int]:
    return passage.document_id, passage.span.start, passage.span.end


def _standing(places: Sequence[Place], works: Works, view: Vantage) -> list[Place]:
    """The places in texts that stand, if any does; an act that quotes only where no text is."""
    texts = [place for place in places if not place.quoted] or list(places)

    def stands(place: Place) -> bool:
        return works.standing(works.entries[place.document_id], view.day).status in CURRENT

    return [place for place in texts if stands(place)] or texts


def _points(ids: tuple[str, ...], vector: Vectors, holdings: Holdings) -> list[Scored]:
    """The passages of these documents, the nearest to the question first."""
    count = sum(holdings.record(id_).passages for id_ in ids)
    if count <= _MOST_LOOKED_THROUGH:
        query = Query(count, dense=vector.tolist(), filters=Filters(documents=ids))
        return holdings.reader.search([query])[0]
    return [point for id_ in ids for point in holdings.reader.scroll(id_)]


def _share(point: Scored, places: Sequence[Place]) -> float:
    """How much a passage and what is named have in common: 1 where they are the same."""
    passage = passage_of(point.payload)
    return max(
        (_alike(passage.span, p.span) for p in places if p.document_id == passage.document_id),
        default=0.0,
    )


def _alike(passage: Span, named: Span | None) -> float:
    if named is None:
        return 0.01
    common = min(passage.end, named.end) - max(passage.start, named.start)
    if common <= 0:
        return 0.0
    if named.holds(passage):  # a long clause has many passages, all alike what is named
        return 1.0
    return common / (max(passage.end, named.end) - min(passage.start, named.start))


def _cut(passage: Passage, places: Sequence[Place], holdings: Holdings) -> Passage:
    """The passage itself, or the clause in it that is named alone."""
    inside = [
        place.span
        for place in places
        if place.document_id == passage.document_id
        and place.span is not None
        and place.exact
        and passage.span.holds(place.span)
    ]
    if len(inside) != 1 or inside[0] == passage.span:
        return passage
    document = holdings.document(passage.document_id)
    text = inside[0].of(document.text)
    return replace(passage, span=inside[0], text=text, locator=locator(document, inside[0]))


def paged(places: Sequence[Place], pin: str, holdings: Holdings) -> Iterator[Place]:
    """The pages of these documents that bear a number; the places, where none does."""
    number = re.split(r"\D", pin)[0] if pin else ""
    for place in places:
        document = holdings.document(place.document_id) if number else None
        pages = [p for p in document.pages if _bears(p, number)] if document else []
        if pages:  # separate opinions have pages of their own; the court's come first
            yield Place(place.document_id, pages[0].span)
        else:
            yield place


def _bears(page: Page, number: str) -> bool:
    """Whether a page of a reporter, or of the slip opinion, is the one of that number."""
    series, _, printed = (page.label or "").rpartition(" ")
    return printed == number and series in ("", "slip op.")


def _rulings(name: str, holdings: Holdings) -> list[Place]:
    """The rulings held that have all words of a name in their titles."""
    said = {word.strip(".,").lower() for word in name.split()} - _PARTY_WORDS
    found = []
    for id_, record in holdings.records.items():
        title = {word.strip(".,").lower() for word in record.entry.title.split()}
        if record.entry.kind is Kind.COURT_RULING and said and said <= title:
            whole = Span(0, len(holdings.document(id_).text))
            found.append(Place(id_, whole, exact=False))
    return found


def as_codified(wording: Wording, held: Collection[str] = ()) -> Wording:
    """The wording with each section under the name of the code that it is held in.

    A section of the INA has a number of its own in the Code; "Admin. Code § 9-131" is New York
    City's where no other of the codes `held` has that section. What was read so is said.
    """
    text, respelt = written_out(wording.text, held), list(wording.respelt)
    for mention, _ in reversed(named_in(text)):
        if mention is None:
            continue
        written = mention.span.of(text)
        if (better := _better(mention.key, written, held)) is not None:
            text = text[: mention.span.start] + better + text[mention.span.end :]
            respelt.append((written, better))
    return replace(wording, text=text, respelt=tuple(respelt))


def _better(key: str, written: str, held: Collection[str]) -> str | None:
    """How a section is written that was named by another name, or by half of one."""
    if key.startswith("8 usc "):
        return printed_key(key) if _INA.search(written) else None
    if not key.startswith(_NO_CITY):
        return None
    section = section_of(key)
    codes = [one for one in held if one.endswith(f" {section}")]
    return printed_key(codes[0] + key.removeprefix(section)) if len(codes) == 1 else None
