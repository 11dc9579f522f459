"""From a span of a document to a Citation that anybody can check."""

from __future__ import annotations

from pincite.citing.pinpoints import locator, pinpoint
from pincite.citing.printing import printed
from pincite.kinds import KINDS, channel_of
from pincite.types import Citation, Document, Locator, Span
from service.vantage import Vantage


def cite(document: Document, span: Span, view: Vantage) -> Citation:
    """The citation of one stretch, as it stands from where it is asked, with all that marks it."""
    entry = document.entry
    where = locator(document, span)
    point = pinpoint(document, span)
    standing = view.works.standing(entry, view.day)
    return Citation(
        entry=entry,
        version=document.version,
        span=span,
        quote=span.of(document.text),
        locator=where,
        text=printed(entry, point) + _separately(where),
        pinpoint=point,
        channel=channel_of(entry.kind, where.part),
        authority=_authority(document, where.part),
        status=standing.status,
        marks=tuple(m for m in document.marks if m.type in _SHOWN and span.meets(m.span)),
        repairs=tuple(repair for repair in document.repairs if span.meets(repair.span)),
    )


# Marks that change what a quote is worth; headings and paragraph numbers do not.
_SHOWN = frozenset({"deleted", "inserted", "ocr", "footnote", "note"})

_PARTS = {
    "syllabus": "syllabus, not part of the opinion",
    "majority": "opinion of the Court",
    "plurality": "plurality opinion, not a holding of the Court",
    "per_curiam": "opinion of the Court, per curiam",
    "concurrence": "concurring opinion, not the opinion of the Court",
    "in_part": "opinion concurring in part and dissenting in part, not the opinion of the Court",
    "dissent": "dissenting opinion, not the opinion of the Court",
    "note": "editorial note, not law",
    "furniture": "front or back matter, not law",
}


# Bluebook rule 10.6.1: weight of authority, in parentheses behind the citation.
_SEPARATE = {
    "plurality": "plurality opinion",
    "concurrence": "concurring",
    "in_part": "concurring in part and dissenting in part",
    "dissent": "dissenting",
}


def _separately(where: Locator) -> str:
    """The parenthesis "(Scalia, J., dissenting)" for words that are not the Court's."""
    how = _SEPARATE.get(where.part or "")
    if how is None:
        return ""
    if where.part == "plurality" or not where.author:
        return f" ({how})"
    return f" ({where.author}, {how})"


def _authority(document: Document, part: str | None) -> str:
    """How the words bind: by the kind of the document, or by the part of an opinion."""
    return _PARTS[part] if part else KINDS[document.entry.kind].authority
