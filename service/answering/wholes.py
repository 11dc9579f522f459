"""What a text or a clause says, where a question names it and asks of no matter in it.

    "What does Iowa Code § 27A.4 say?"     that section
    "8 U.S.C. § 1373(a)"                   that clause
    "Summarize Exec. Order No. 14,287"     its policy, or its purpose
    "What does Local Law 228 of 2017 do?"  its first rule

Such a question shares no word with its answer, so no ranking finds it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pincite.citations.find import named_in
from pincite.said import N_, Said
from pincite.standing import is_law
from pincite.types import Citation, Entry, Span, Statement
from pincite.words import STOP_WORDS, terms, words
from pincite.works import Works
from service.answering.gists import clause, gist, has_deleted
from service.answering.subjects import named_texts
from service.answering.telling import Told
from service.citing import cite
from service.holdings import Holdings
from service.linking.held import Place
from service.linking.named import places_meant
from service.vantage import Vantage

_MOST_TEXTS, _LEAST_NAME = 2, 3
# What such a question says beside the name.
_GENERIC = STOP_WORDS | frozenset(
    word
    for line in (
        "say says said provide provides do does order orders contain contains read reads state",
        "states cover covers mean means text full language words wording content contents summary",
        "summarize summarise gist overview purpose purposes point main key whole law laws act",
        "ordinance statute section sections subsection paragraph clause provision code bill",
        "resolution memo memorandum rule article executive show quote give see find exactly",
        "briefly short plain english look up s u c",
    )
    for word in line.split()
)
_ASKS_ELSE = re.compile(r"\b(?:who|whom|whose|when|where|why|how|which)\b", re.I)
_CHAPTER = re.compile(r"\bchapter\b", re.I)
_NO_MATTER = N_(
    "Only a text was named, not a matter in it: quoted is its policy, its purpose, its first rule"
    " or its beginning."
)


def whole(question: str, view: Vantage, holdings: Holdings) -> Told | None:
    """The clauses that are named, or what the texts named say of themselves; None else."""
    if _ASKS_ELSE.search(question):
        return None
    citations: list[Citation] = []
    notices: tuple[str, ...] = ()
    for place in _named(question, view, holdings):
        document = holdings.document(place.document_id)
        if place.span is None:
            notices = (Said(_NO_MATTER),)
        spans = gist(document) if place.span is None else clause(document, place.span)
        citations += [cite(document, one, view) for one in spans if not has_deleted(document, one)]
    statements = tuple(
        Statement(one.quote, one.channel, (at,)) for at, one in enumerate(citations, start=1)
    )
    return Told(statements, tuple(citations), notices) if statements else None


def _named(question: str, view: Vantage, holdings: Holdings) -> list[Place]:
    """The clauses and texts that are named, where nothing else is said of them."""
    entries, rest, places = holdings.works.entries, question, list[Place]()
    for mention, _ in reversed(named_in(question)):
        if mention is not None:
            written, rest = mention.span.of(question), _without(rest, mention.span)
            places = [*_best_of(places_meant(written, holdings, view), view), *places]
    places = places or [Place(id_) for id_ in _by_name(question, view)]
    left = {word for word in words(rest) if not word.isdigit()} - _GENERIC
    for place in places:
        left -= _known_by(entries[place.document_id])
    clear = all(place.exact for place in places) and len(places) <= _MOST_TEXTS
    return places if clear and not left else []


def _without(text: str, span: Span) -> str:
    return f"{text[: span.start]} {text[span.end :]}"


def _best_of(places: Sequence[Place], view: Vantage) -> list[Place]:
    """The one place of several that is the text itself: law, no copy, a document of its own."""
    entries = view.works.entries

    def rank(place: Place) -> tuple[bool, ...]:
        entry = entries[place.document_id]
        return not is_law(entry), view.works.is_copy(entry), place.span is not None

    return sorted(places, key=rank)[:1]


def _by_name(question: str, view: Vantage) -> list[str]:
    """The editions named by number, title or citation: of a work the one of the day, or the last.

    Who says the whole title of one means that; else law goes before what tells of it.
    """
    works, found = view.works, dict[str, None]()
    named = named_texts(question, works) or _by_citation(question, works)
    for id_ in named:
        newer = [one.id for one in works.current(works.entries[id_], view.day) if one.id in named]
        found.update(dict.fromkeys(newer or [id_]))
    ids = [id_ for id_ in found if not works.is_copy(works.entries[id_])]
    titles = {id_: set(terms(works.entries[id_].title)) for id_ in ids}
    said = [id_ for id_ in ids if titles[id_] <= set(terms(question))]
    longest = max((len(titles[id_]) for id_ in said), default=0)
    law = [id_ for id_ in ids if is_law(works.entries[id_])]
    return [id_ for id_ in said if len(titles[id_]) == longest] or law or ids


def _by_citation(question: str, works: Works) -> list[str]:
    """The texts all words of whose citation are said, as "Iowa Code chapter 27A"."""
    said = set(words(_CHAPTER.sub("ch", question)))
    cited = {id_: set(words(entry.citation or "")) for id_, entry in works.entries.items()}
    return [id_ for id_, own in cited.items() if len(own) >= _LEAST_NAME and own <= said]


def _known_by(entry: Entry) -> set[str]:
    names = [entry.title, entry.citation or "", entry.jurisdiction or "", *entry.parties, "chapter"]
    return set(words(" ".join(names).replace("-", " ").replace("/", " ")))
