"""The coverage card of an answer: what the corpus holds on a question, and what is known to lack.

Told from the manifest, the links and the dates alone; nothing is searched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from pincite.citations.keys import kind_of, printed_key, source_of
from pincite.kinds import KINDS
from pincite.places import within
from pincite.said import N_, Said, counted, joined
from pincite.standing import begins, is_law, short_name
from pincite.types import Citation, Entry
from service.answering.subjects import without_cases
from service.wording import places_named

if TYPE_CHECKING:
    from service.asked import Asked
    from service.holdings import Holdings

Json = dict[str, Any]

# Passages whose documents count as being on the question, and what is listed of each sort.
_PASSAGES = 20
_LISTED = 5
_SHOWN = 3


def on_this(asked: Asked) -> Json:
    """What is held on a question: of the documents found relevant, and of the places named."""
    answer, holdings = asked.answer, asked.holdings
    assert answer is not None
    day = answer.as_of or asked.day
    entries = _relevant(asked)
    dates = sorted(first for entry in entries if (first := begins(entry)) is not None)
    newest = max(entries, key=lambda entry: begins(entry) or date.min, default=None)
    shown = answer.citations or answer.nearest
    return {
        "documents": len(entries),
        "kinds": dict(sorted(Counter(entry.kind.value for entry in entries).items())),
        "jurisdictions": sorted({e.jurisdiction for e in entries if e.jurisdiction}),
        "earliest": dates[0].isoformat() if dates else None,
        "latest": dates[-1].isoformat() if dates else None,
        "newest": _newest(newest) if newest and begins(newest) else None,
        "missing": {
            "named": list(answer.missing),
            **_cited_and_not_held(shown, holdings),
            "refused": len(holdings.manifest.refusals),
            "dated": _dated((c.entry for c in shown), day),
        },
    }


def _relevant(asked: Asked) -> list[Entry]:
    """The entries whose passages were found first, and those of the places that are named."""
    holdings = asked.holdings
    question = asked.question
    ids = dict.fromkeys(hit.passage.document_id for hit in asked.hits[:_PASSAGES])
    text = asked.wording.text if asked.wording is not None else question.text
    places = places_named(without_cases(text), holdings.jurisdictions)
    places = places or ((question.place,) if question.place else ())
    ids.update(dict.fromkeys(_of_places(places, holdings)))
    return [holdings.record(id_).entry for id_ in ids]


def _of_places(places: Collection[str], holdings: Holdings) -> Iterable[str]:
    if not places:
        return ()
    return (
        id_
        for id_, where in holdings.places.items()
        if where and any(within(where, place) for place in places)
    )


def _newest(entry: Entry) -> Json:
    first = begins(entry)
    return {
        "document_id": entry.id,
        "citation": short_name(entry),
        "date": first.isoformat() if first else None,
    }


def _cited_and_not_held(shown: Iterable[Citation], holdings: Holdings) -> Json:
    """What the documents shown cite and the corpus does not hold: first what the quotes cite."""
    links, inside, counts = holdings.links, Counter[str](), Counter[str]()
    seen: set[str] = set()
    for citation in shown:
        unheld = links.unheld_in(citation.entry.id)
        if citation.entry.id not in seen:
            counts.update(unheld)
            seen.add(citation.entry.id)
        inside.update(
            source
            for mention in links.cited_in(citation.entry.id)
            if citation.span.holds(mention.span)
            and (source := links.canonical(source_of(mention.key))) in unheld
        )
    keys = dict.fromkeys(key for each in (inside, counts) for key, _ in each.most_common())
    return {"cited": len(counts), "cited_first": [_named(k, holdings) for k in [*keys][:_LISTED]]}


def _named(key: str, holdings: Holdings) -> str:
    name = holdings.links.name_of(key) if kind_of(key) == "case" else ""
    return f"{name}, {printed_key(key)}" if name else printed_key(key)


def _dated(entries: Iterable[Entry], day: date) -> list[Json]:
    """The texts shown whose words are known only up to a day before the one asked about."""
    late = {
        entry.id: entry
        for entry in entries
        if is_law(entry) and entry.current_through is not None and entry.current_through < day
    }
    return [
        {
            "document_id": entry.id,
            "citation": short_name(entry),
            "current_through": str(entry.current_through),
        }
        for entry in list(late.values())[:_LISTED]
    ]


def card_lines(card: Json) -> list[str]:
    """The card in a few plain lines, for a terminal or a page."""
    kinds = [_counted(kind, count) for kind, count in card["kinds"].items()]
    held = _documents(card["documents"])
    lines: list[str] = [
        Said("Held nearest to this: {held} ({kinds}).", held=held, kinds=joined(kinds))
        if kinds
        else Said("Held nearest to this: {held}.", held=held)
    ]
    if card["earliest"] and card["newest"]:
        days = {
            "first": date.fromisoformat(card["earliest"]),
            "last": date.fromisoformat(card["latest"]),
        }
        newest = card["newest"]["citation"]
        dated = N_("Dated {first} to {last}; the newest is {newest}.")
        lines.append(Said(dated, newest=newest, **days))
    return [*lines, *missing_lines(card["missing"])]


def missing_lines(missing: Json) -> list[str]:
    """What is known to be missing, a line each."""
    lines: list[str] = []
    if missing["named"]:
        lines.append(Said("Named and not held: {names}.", names=joined(missing["named"], "; ")))
    if missing["cited"]:
        cited = {"count": missing["cited"], "first": "; ".join(missing["cited_first"][:_SHOWN])}
        all_ = N_("Cited by what is shown and not held ({count}): {first}.")
        more = N_("Cited by what is shown and not held ({count}): {first} and others.")
        known = more if missing["cited"] > _SHOWN else all_
        lines.append(Said(known, **cited))
    for one in missing["dated"]:
        through = date.fromisoformat(one["current_through"])
        known = N_("{name}: words known up to {day} only.")
        lines.append(Said(known, name=one["citation"], day=through))
    if missing["refused"]:
        lines.append(
            counted(
                "{count} file of the corpus could not be read.",
                "{count} files of the corpus could not be read.",
                missing["refused"],
            )
        )
    return lines


def _documents(count: int) -> str:
    return counted("{count} document", "{count} documents", count)


def _counted(kind: str, count: int) -> str:
    name = next((rule.name for known, rule in KINDS.items() if known.value == kind), kind)
    return joined([name, count], " ")
