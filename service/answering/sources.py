"""The several sources that one question names, each of which its answer must quote.

"Compare § 1373 and § 1644", "What do Iowa and Mississippi do", "Do Printz and Murphy agree": each
citation, case, order and place that is named is one, if it is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from pincite.citations.find import named_in
from pincite.kinds import KINDS, Kind
from pincite.places import states, within
from pincite.standing import CURRENT
from pincite.types import Entry, Filters, Question
from pincite.words import STOP_WORDS, words
from service.answering.evidence import Evidence
from service.answering.subjects import is_of, named_texts, without_cases, years_of_texts
from service.holdings import Holdings
from service.vantage import Vantage
from service.wording import places_named

Source = frozenset[str]
"""The ids of the documents of which one is to be quoted."""

_MOST = 4
# Who is called by letters, with the place whose they are.
_BODIES = {"NYPD": "New York City police"}
_BESIDE = ("note", "furniture", "syllabus")
_PLACE_WORDS = frozenset(word for name in states() for word in words(name))
_COMMON = STOP_WORDS | _PLACE_WORDS | {"united", "states", "state", "city", "county", "no", "co"}


def sources_named(question: str, holdings: Holdings, view: Vantage) -> tuple[Source, ...]:
    """The sources that are named and held, if there are two or more; else none."""
    found = texts_named(question, holdings, view)
    if len(found) < 2:
        found = _apart([*found, *_of_places(without_cases(question), holdings)])
    return tuple(found[:_MOST]) if len(found) > 1 else ()


def texts_named(question: str, holdings: Holdings, view: Vantage) -> list[Source]:
    """The sources that are named by citation, case, month or number, places apart."""
    return _apart(
        [
            *_cited(question, holdings, view),
            *_rulings(question, holdings.works.entries.values()),
            *_dated(question, view),
            *_numbered(question, view),
        ]
    )


def own_texts(question: Question, text: str, holdings: Holdings, view: Vantage) -> list[Filters]:
    """For each of several named texts, what leaves only its passages."""
    asked, named = question.filters, texts_named(text, holdings, view)[:_MOST]
    found = []
    for source in named if len(named) > 1 else ():
        ids = tuple(sorted(id_ for id_ in source if not asked.documents or id_ in asked.documents))
        if ids:
            found.append(replace(asked, documents=ids))
    return found


def lacking(
    sources: Sequence[Source], quoted: Iterable[str], evidence: Sequence[Evidence]
) -> list[Evidence]:
    """The best evidence of each source of which nothing is quoted."""
    have = set(quoted)
    found = []
    for source in sources:
        if not source & have:
            found += [one for one in evidence if _is_of(one, source)][:1]
    return list({id(one): one for one in found}.values())


def _is_of(one: Evidence, source: Source) -> bool:
    """Whether a passage is of a source's own text, and no note to it."""
    return one.document.entry.id in source and one.hit.passage.locator.part not in _BESIDE


def _apart(sources: Iterable[Source]) -> list[Source]:
    """The sources without those that hold, or lie in, another that came before."""
    kept: list[Source] = []
    for source in sources:
        if source and not any(source & other for other in kept):
            kept.append(source)
    return kept


def _cited(question: str, holdings: Holdings, view: Vantage) -> Iterator[Source]:
    """By citation: the documents in force that hold it, else all that do."""
    links = holdings.links
    for mention, forms in named_in(question):
        if mention is not None:
            places = links.places(links.aliases.get(mention.key, mention.key))
            ids = {place.document_id for place in places if not place.quoted}
        else:
            ids = _sections(forms[-1] if forms else "", links.held, holdings)
        yield _standing(ids, view)


def _sections(form: str, held: Iterable[str], holdings: Holdings) -> set[str]:
    """The documents of a bare section ("§ 1644"), where one code alone has that number."""
    number = form.removeprefix("§ ").partition("(")[0]
    keys = [key for key in held if number and key.rsplit(" ", 1)[-1] == number]
    if len(keys) != 1:
        return set()
    return {place.document_id for place in holdings.links.places(keys[0]) if not place.quoted}


def _standing(ids: Iterable[str], view: Vantage) -> Source:
    entries = view.works.entries
    held = frozenset(id_ for id_ in ids if entries[id_].kind is not Kind.OTHER)
    current = {id_ for id_ in held if view.works.standing(entries[id_], view.day).status in CURRENT}
    return frozenset(current) or held


def _rulings(question: str, entries: Iterable[Entry]) -> Iterator[Source]:
    """By the name of a case, or of a party that no other text is known by."""
    every = list(entries)
    said = set(words(question))
    for entry in every:
        if entry.kind is not Kind.COURT_RULING or " v. " not in entry.title:
            continue
        named = (_title(entry) & said) - _COMMON
        if any(_is_own(word, entry, every, question) for word in named) or _is_whole(
            entry.title, question
        ):
            yield frozenset({entry.id})


def _is_whole(title: str, question: str) -> bool:
    """Whether both parties are named, as "New York v. United"."""
    first, _, second = title.partition(" v. ")
    if not first.split() or not second.split():
        return False
    last, next_ = re.escape(first.split()[-1]), re.escape(second.split()[0])
    return re.search(rf"\b{last}\s+vs?\.?\s+{next_}", question) is not None


def _is_own(word: str, entry: Entry, every: Sequence[Entry], question: str) -> bool:
    """Whether a word is a name in the question, and no text but the case's is called by it."""
    if not re.search(rf"(?<!\w){re.escape(word.capitalize())}(?![a-z])", question):
        return False
    return not any(
        word in _called(other)
        for other in every
        if other.title != entry.title and entry.title not in other.title
    )


@lru_cache(maxsize=10_000)
def _title(entry: Entry) -> frozenset[str]:
    return frozenset(words(entry.title)) - {"v"}


@lru_cache(maxsize=10_000)
def _called(entry: Entry) -> frozenset[str]:
    """The words by which a text, or who made it, is called."""
    return frozenset(words(f"{entry.title} {entry.issuer or ''}"))


def _dated(question: str, view: Vantage) -> Iterator[Source]:
    """By month and year: "the February 2025 order ... the April 2025 order"."""
    for year in years_of_texts(question):
        if year[1] is not None:
            yield frozenset(
                entry.id
                for entry in view.works.entries.values()
                if entry.kind is Kind.EXECUTIVE_ORDER and is_of(entry, [year])
            )


def _numbered(question: str, view: Vantage) -> Iterator[Source]:
    """By number and year, or by title."""
    works = view.works
    for id_ in named_texts(question, works):
        entry = works.entries[id_]
        if entry.kind is not Kind.OTHER and not works.is_copy(entry):
            yield frozenset({id_})


def _of_places(question: str, holdings: Holdings) -> Iterator[Source]:
    """By place: the law and the agreements of each place that lies in no other named one."""
    for body, place in _BODIES.items():
        question = question.replace(body, place)
    named = places_named(question, holdings.jurisdictions)
    inner = [p for p in named if not any(p != q and within(q, p) for q in named)]
    for place in inner:
        yield frozenset(
            entry.id
            for entry in holdings.works.entries.values()
            if entry.jurisdiction
            and within(entry.jurisdiction, place)
            and (KINDS[entry.kind].channel == "law" or entry.kind is Kind.AGREEMENT)
        )
