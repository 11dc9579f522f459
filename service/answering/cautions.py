"""What a reader must know before relying on a quote, and why what is nearest is no answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pincite.kinds import Kind
from pincite.places import within
from pincite.standing import CURRENT, is_law, short_name
from pincite.types import Citation
from service.vantage import Vantage, today


def notices(citations: Sequence[Citation], view: Vantage, *, told: bool = False) -> tuple[str, ...]:
    """What a reader must know before relying on these quotes, each said once.

    Where it is `told` already what has ended, that is not said again.
    """
    said = [caution for citation in citations for caution in _of_words(citation)]
    return tuple(dict.fromkeys([*_of_times(citations, view, told=told), *said]))


def _of_words(citation: Citation) -> list[str]:
    """What is to be known of the words: whose view they are, what is struck, how they were read."""
    said = []
    if citation.channel == "argument":
        said.append(f"{citation.text} is {citation.authority}; it states a view.")
    if any(mark.type == "deleted" for mark in citation.marks):
        said.append(f"{citation.text}: words in [brackets] are deleted by the act.")
    if any(mark.type == "ocr" for mark in citation.marks):
        said.append(f"{citation.text} was read by machine from page images; check the original.")
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
            how = f"amended from {change.day} by {short_name(change.actor)}"
            said.append(f"{short_name(entry)} was {how}; its words here are those before that.")
        if entry.current_through is not None:
            through = f"{short_name(entry)}: text current through {entry.current_through}"
            late = entry.current_through < view.day
            said.append(f"{through}; later changes were not checked." if late else f"{through}.")
        if entry.kind is Kind.COURT_RULING:
            said.append("The later history of the rulings cited was not checked.")
    return list(dict.fromkeys([*_overtaken(citations, view), *said]))


def _overtaken(citations: Sequence[Citation], view: Vantage) -> list[str]:
    """Which rulings were decided before a text cited beside them was in force as it is."""
    said = []
    for ruling in (c.entry for c in citations if c.entry.kind is Kind.COURT_RULING):
        for text in (c.entry for c in citations if c.entry.kind is not Kind.COURT_RULING):
            since = view.works.standing(text, view.day).since
            where = (text.jurisdiction or "", ruling.jurisdiction or "")
            if not is_law(text) or not (within(*where) or within(*reversed(where))):
                continue
            if since is not None and ruling.issued is not None and ruling.issued < since:
                said.append(
                    f"{short_name(ruling)} was decided on {ruling.issued}, before"
                    f" {short_name(text)} came into force on {since}: it may speak of an older"
                    " text."
                )
    return said


def _stands(citation: Citation, view: Vantage) -> list[str]:
    """What is said of law that has ended, or that has since the day it was asked about."""
    name, words = short_name(citation.entry), citation.standing
    if citation.status not in CURRENT:
        return [f"{name} is not current law: {words or citation.status}."]
    ended = view.works.ending(citation.entry)
    if ended is not None and ended.day is not None and view.day < ended.day <= today():
        return [f"{name} was in force on {view.day}, and is no longer: {ended.words()}."]
    return []


def unanswered(answer_day: date, nearest: Sequence[Citation]) -> str:
    """Why what is nearest is no answer: it ended, was never law, or came later."""
    statuses = {citation.status for citation in nearest if citation.status not in CURRENT}
    if statuses and statuses <= {"not_enacted"}:
        return "Only texts that never became law answer that question."
    if statuses and statuses <= {"pending"}:
        return f"Only texts that were not yet in force on {answer_day} answer that question."
    return "Only texts that are no longer in force answer that question."
