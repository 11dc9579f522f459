"""What a reader must know before relying on a quote, and why what is nearest is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pincite.kinds import Kind
from pincite.places import within
from pincite.said import N_, Said
from pincite.standing import CURRENT, is_law, short_name
from pincite.types import Citation, Entry
from service.answering.asides import is_reported
from service.vantage import Vantage, today

_AMENDED = N_("{name} was amended from {day} by {whom}; its words here are those before that.")
_THROUGH = N_("{name}: text current through {day}.")
_THROUGH_ALONE = N_("{name}: text current through {day}; later changes were not checked.")
_OLDER = N_(
    "{ruling} was decided on {day}, before {text} came into force on {since}: it may speak of an"
    " older text."
)
_REPORTED = N_(
    "{text} opens with what somebody argued, which the opinion may go on to reject: read on there."
)
_NO_LONGER = N_("{name} was in force on {day}, and is no longer: {how}.")


def notices(
    citations: Sequence[Citation],
    view: Vantage,
    *,
    told: bool = False,
    beside: Sequence[Entry] = (),
) -> tuple[str, ...]:
    """What a reader must know before relying on these quotes, each said once.

    Where it is `told` already what has ended, that is not said again. Texts that bear too and stand
    `beside` the quotes may be newer than a ruling that is quoted.
    """
    said = [caution for citation in citations for caution in _of_words(citation)]
    older = _overtaken(citations, [citation.entry for citation in citations], view)
    # A nation's court seldom speaks of the local texts that merely stand beside its words.
    local = [one for one in citations if "/" in (one.entry.jurisdiction or "")]
    older = older or _overtaken(local, beside, view)[:1]
    return tuple(dict.fromkeys([*older, *_of_times(citations, view, told=told), *said]))


def _of_words(citation: Citation) -> list[str]:
    """What is to be known of the words: whose view they are, what is struck, how they were read."""
    said: list[str] = []
    text = citation.text
    if citation.channel == "argument":
        view = Said("{text} is {what}; it states a view.", text=text, what=citation.authority)
        said.append(view)
    if citation.entry.kind is Kind.COURT_RULING and is_reported(citation.quote):
        said.append(Said(_REPORTED, text=text))
    if any(mark.type == "deleted" for mark in citation.marks):
        said.append(Said("{text}: words in [brackets] are deleted by the act.", text=text))
    if any(mark.type == "ocr" for mark in citation.marks):
        machine = Said(
            "{text} was read by machine from page images; check the original.", text=text
        )
        said.append(machine)
    return said + ([citation.entry.notice] if citation.entry.notice else [])


def _of_times(citations: Sequence[Citation], view: Vantage, *, told: bool) -> list[str]:
    """What is to be known of the times of these quotes."""
    said: list[str] = []
    for citation in citations:
        entry = citation.entry
        if not is_law(entry):
            continue
        said += [] if told else _stands(citation, view)
        if citation.channel != "law":
            continue
        for change in view.works.unwritten(entry, view.day):
            parts = {"day": change.day, "whom": short_name(change.actor)}
            said.append(Said(_AMENDED, name=short_name(entry), **parts))
        if (through := entry.current_through) is not None:
            how = _THROUGH_ALONE if through < view.day else _THROUGH
            said.append(Said(how, name=short_name(entry), day=through))
        if entry.kind is Kind.COURT_RULING:
            said.append(Said("The later history of the rulings cited was not checked."))
    return said


def _overtaken(citations: Sequence[Citation], beside: Sequence[Entry], view: Vantage) -> list[str]:
    """Which rulings were decided before a text that stands beside them was in force as it is."""
    said: list[str] = []
    for ruling in (c.entry for c in citations if c.entry.kind is Kind.COURT_RULING):
        for text in (entry for entry in beside if entry.kind is not Kind.COURT_RULING):
            since = view.works.standing(text, view.day).since
            where = (text.jurisdiction or "", ruling.jurisdiction or "")
            if not is_law(text) or not (within(*where) or within(*reversed(where))):
                continue
            if since is not None and ruling.issued is not None and ruling.issued < since:
                days = {"day": ruling.issued, "since": since}
                said.append(Said(_OLDER, ruling=short_name(ruling), text=short_name(text), **days))
    return said


def _stands(citation: Citation, view: Vantage) -> list[str]:
    """What is said of law that has ended, or that has since the day it was asked about."""
    name, words = short_name(citation.entry), citation.standing
    if citation.status not in CURRENT:
        return [Said("{name} is not current law: {why}.", name=name, why=words or citation.status)]
    ended = view.works.ending(citation.entry)
    if ended is not None and ended.day is not None and view.day < ended.day <= today():
        how = ended.words()
        return [Said(_NO_LONGER, name=name, day=view.day, how=how)]
    return []


def unanswered(answer_day: date, nearest: Sequence[Citation]) -> str:
    """Why what is nearest is no answer: it ended, was never law, or came later."""
    statuses = {citation.status for citation in nearest if citation.status not in CURRENT}
    if statuses and statuses <= {"not_enacted"}:
        return Said("Only texts that never became law answer that question.")
    if statuses and statuses <= {"pending"}:
        not_yet = N_("Only texts that were not yet in force on {day} answer that question.")
        return Said(not_yet, day=answer_day)
    return Said("Only texts that are no longer in force answer that question.")
