"""The timeline of a work, as `GET /v1/documents/{id}/history` and `pincite history` give it."""

from __future__ import annotations

from datetime import date
from typing import Any

from pincite.errors import NotFound
from pincite.generations import Manifest
from pincite.histories import Version, timeline
from pincite.said import N_, Said
from pincite.standing import is_law, short_name
from pincite.types import Entry
from pincite.works import Works, work_of
from service.answering.timing import future
from service.filtering import day_of
from service.vantage import today

Json = dict[str, Any]


def history(manifest: Manifest, document: str, as_of: str | None = None) -> Json:
    """Every version of a document's work, and all that changed it, as it stands on a day.

    Raises NotFound for an id that is not held, QuestionError for a day that is none.
    """
    works = Works(record.entry for record in manifest.records)
    entry = works.entries.get(document)
    if entry is None:
        raise NotFound(f"no document {document!r}; `pincite documents` lists them")
    now = today()
    day = day_of("as-of", as_of) or now
    return {
        "document_id": entry.id,
        "work": work_of(entry),
        "title": entry.title,
        "citation": entry.citation,
        "as_of": day.isoformat(),
        "versions": [version_json(one) for one in timeline(works, entry, day)],
        "notices": _notices(works, entry, day, now),
    }


def version_json(one: Version) -> Json:
    """One text of a timeline as plain values."""
    entry = one.entry
    return {
        "id": entry.id,
        "title": entry.title,
        "citation": entry.citation,
        "kind": entry.kind.value,
        "of_work": one.of_work,
        "issued": _iso(entry.issued),
        "in_force": {"from": _iso(one.since), "to": _iso(one.until)},
        "current_through": _iso(entry.current_through),
        "status": one.standing.status,
        "standing": one.standing.words,
        "does": [
            {"type": kind, "target": target.id, "name": short_name(target)}
            for kind, target in one.does
        ],
        "done_to": [
            {
                "type": change.type,
                "source": change.actor.id,
                "name": short_name(change.actor),
                "on": _iso(change.day),
                "until": _iso(change.until) if change.type == "amends" else None,
            }
            for change in one.done_to
        ],
        "notice": entry.notice,
    }


def _notices(works: Works, entry: Entry, day: date, now: date) -> list[str]:
    said: list[str] = []
    if day > now:
        said.append(future(day))
    if is_law(entry) and not works.current(entry, day):
        none = N_("No version of {name} that is held is in force on {day}.")
        said.append(Said(none, name=short_name(entry), day=day))
    if after := works.aftermath(entry, day):
        said.append(after)
    return said


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
