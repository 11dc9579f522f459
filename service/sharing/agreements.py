"""The agreements held, by what the catalogue says of them: agency, model, place, day."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from pincite.errors import QuestionError
from pincite.generations import Manifest
from pincite.kinds import Kind
from pincite.types import AgreementFacts, AgreementModel, Entry
from pincite.words import stem, words
from service.describing import index_json
from service.filtering import filters_of
from service.matching import matches
from service.sharing.agencies import agency_of

Json = dict[str, Any]

MODELS: dict[AgreementModel, str] = {
    "jail_enforcement": "jail enforcement model",
    "warrant_service_officer": "warrant service officer",
    "task_force": "task force model",
}
# As the agreements' own files are named.
_SHORT: dict[str, AgreementModel] = {
    "jem": "jail_enforcement",
    "wso": "warrant_service_officer",
    "tfm": "task_force",
}
_MOST_ECHOED = 80


def agreements_json(
    manifest: Manifest,
    *,
    model: str | None = None,
    agency: str | None = None,
    jurisdiction: str | None = None,
    signed_from: str | None = None,
    signed_to: str | None = None,
) -> Json:
    """The agreements that pass, by agency. Raises QuestionError that names the known values.

    An agreement whose catalogue entry has no facts passes where nothing is asked of them.
    """
    wanted = model_named(model) if model else None
    first, last = _day("signed-from", signed_from), _day("signed-to", signed_to)
    if first and last and last < first:
        raise QuestionError(f"signed-to {last} lies before signed-from {first}")
    here = filters_of(manifest, kinds=[Kind.AGREEMENT.value], only_jurisdiction=jurisdiction)
    held = [record.entry for record in manifest.records if record.entry.kind is Kind.AGREEMENT]
    passed = [
        entry
        for entry in held
        if matches(entry, here)
        and (not wanted or (entry.agreement is not None and entry.agreement.model == wanted))
        and (not agency or _is_of(agency, entry))
        and _signed_within(entry.agreement, first, last)
    ]
    return {
        "agreements": sorted(map(_row, passed), key=lambda row: (row["agency"] or "", row["id"])),
        "held": len(held),
        "index": index_json(manifest),
    }


def model_named(typed: str) -> AgreementModel:
    """A model by its name, its short name or the start of either. Raises QuestionError."""
    name = "_".join(words(typed)).removeprefix("287_g_").removesuffix("_model")
    known: tuple[AgreementModel, ...] = get_args(AgreementModel)
    found = [model for model in known if name and model.startswith(name)]
    if len(found) == 1:
        return found[0]
    if name in _SHORT:
        return _SHORT[name]
    raise QuestionError(f"unknown model {typed[:_MOST_ECHOED]!r}; known are: {', '.join(known)}")


def _is_of(typed: str, entry: Entry) -> bool:
    """Whether every word that was typed stands in the agency's name."""
    wanted = {stem(word) for word in words(typed)}
    return bool(wanted) and wanted <= {stem(word) for word in words(agency_of(entry) or "")}


def _signed_within(facts: AgreementFacts | None, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    signed = facts.signed if facts else None
    return signed is not None and (first or date.min) <= signed <= (last or date.max)


def _row(entry: Entry) -> Json:
    facts = entry.agreement
    return {
        "id": entry.id,
        "agency": agency_of(entry),
        "model": facts.model if facts else None,
        "model_name": MODELS[facts.model] if facts else None,
        "signatory": facts.signatory if facts else None,
        "signed": _iso(facts.signed if facts else None),
        "term": facts.term if facts else None,
        "in_force": {"from": _iso(entry.effective), "to": _iso(entry.expires)},
        "status": entry.status,
        "title": entry.title,
        "citation": entry.citation,
        "jurisdiction": entry.jurisdiction,
        "parties": list(entry.parties),
        "notice": entry.notice,
        "url": entry.url,
        "source": entry.source,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(name: str, value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        shown = value[:_MOST_ECHOED]
        raise QuestionError(f"{name} = {shown!r} is no date; write it as 2025-03-05") from None
