"""How a citation to a clause or a page is printed: by The Bluebook, one form a kind, never a model.

    printed(entry, pin(document, span))   # "8 U.S.C. § 1373(a)"

Entries say what is cited (`citation`, else title, issuer, date); documents say where. What is not
known is left out, and hostile words are made inert.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from pincite.citing.forms import codes, enacted, opinions, papers
from pincite.citing.forms.wording import inert
from pincite.citing.pinpoints import Pin
from pincite.kinds import Kind
from pincite.types import Entry, Status

_LONGEST = 1200

Form = Callable[[Entry, Pin, Status], str]

FORMS: dict[Kind, Form] = {
    Kind.CONSTITUTION: codes.constitution,
    Kind.STATUTE: codes.code,
    Kind.ORDINANCE: codes.code,
    Kind.AMENDING_ACT: enacted.act,
    Kind.EXECUTIVE_ORDER: enacted.order,
    Kind.COURT_RULING: opinions.ruling,
    Kind.DOJ_MEMO: papers.memo,
    Kind.AGREEMENT: papers.agreement,
    Kind.BILL: enacted.bill,
    Kind.RESOLUTION: enacted.resolution,
    Kind.FACT_SHEET: papers.statement,
    Kind.TRANSCRIPT: papers.transcript,
    Kind.OP_ED: papers.commentary,
    Kind.NEWS: papers.article,
    Kind.OTHER: papers.other,
}


def printed(entry: Entry, pin: Pin | None = None, status: Status = "unknown") -> str:
    """The citation of a place in an edition; `status` tells a code's ended edition from today's."""
    line = inert(FORMS[entry.kind](entry, pin or Pin(), status), _LONGEST)
    return line or inert(PurePosixPath(entry.source).name) or inert(entry.id)
