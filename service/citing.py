"""From a span of a document to a Citation that anybody can check."""

from __future__ import annotations

from pincite.authority import Authority, authority_of, is_recital
from pincite.citing.pinpoints import pin
from pincite.citing.printing import printed
from pincite.kinds import Channel
from pincite.standing import CURRENT
from pincite.types import Citation, Document, Span, Status
from service.vantage import Vantage


def cite(document: Document, span: Span, view: Vantage) -> Citation:
    """The citation of one stretch, as it stands from where it is asked, with all that marks it."""
    entry = document.entry
    place = pin(document, span)
    where = place.where
    standing = view.works.standing(entry, view.day)
    quote = span.of(document.text)
    recital = is_recital(document.text[document.text.rfind("\n", 0, span.start) + 1 : span.end])
    authority = authority_of(entry, where.part, recital=recital)
    return Citation(
        entry=entry,
        version=document.version,
        span=span,
        quote=quote,
        locator=where,
        text=printed(entry, place, standing.status),
        pinpoint=place.text,
        channel=_channel(authority, standing.status),
        authority=authority.label,
        status=standing.status,
        marks=tuple(m for m in document.marks if m.type in _SHOWN and span.meets(m.span)),
        repairs=tuple(repair for repair in document.repairs if span.meets(repair.span)),
        force=authority.force(view.place, standing.status),
        standing=standing.words,
    )


def _channel(authority: Authority, status: Status) -> Channel:
    """What is no law on the day is a record of what was, or would have been, law."""
    return "record" if authority.channel == "law" and status not in CURRENT else authority.channel


# Marks that change what a quote is worth; headings and paragraph numbers do not.
_SHOWN = frozenset({"deleted", "inserted", "ocr", "footnote", "note"})
