"""From a span of a document to a Citation that anybody can check."""

from __future__ import annotations

from pincite.authority import Authority, authority_of, is_recital
from pincite.citing.pinpoints import pin
from pincite.citing.printing import printed
from pincite.kinds import Channel
from pincite.standing import CURRENT, Standing
from pincite.types import Citation, Document, Part, Span, Status
from service.vantage import Vantage


def cite(document: Document, span: Span, view: Vantage) -> Citation:
    """The citation of one stretch, as it stands from where it is asked, with all that marks it."""
    entry = document.entry
    place = pin(document, span)
    where = place.where
    authority, standing, channel = weighed(document, span, where.part, view)
    quote = span.of(document.text)
    return Citation(
        entry=entry,
        version=document.version,
        span=span,
        quote=quote,
        locator=where,
        text=printed(entry, place, standing.status),
        pinpoint=place.text,
        channel=channel,
        authority=authority.label,
        status=standing.status,
        marks=tuple(m for m in document.marks if m.type in _SHOWN and span.meets(m.span)),
        repairs=tuple(repair for repair in document.repairs if span.meets(repair.span)),
        force=authority.force(view.place, standing.status),
        standing=standing.words,
    )


def weighed(
    document: Document, span: Span, part: Part | None, view: Vantage
) -> tuple[Authority, Standing, Channel]:
    """What a stretch of a part of a document is worth, how it stands, and as what it counts."""
    standing = view.works.standing(document.entry, view.day)
    recital = is_recital(document.text[document.text.rfind("\n", 0, span.start) + 1 : span.end])
    authority = authority_of(document.entry, part, recital=recital)
    return authority, standing, _channel(authority, standing.status)


def _channel(authority: Authority, status: Status) -> Channel:
    """What is no law on the day is a record of what was, or would have been, law."""
    return "record" if authority.channel == "law" and status not in CURRENT else authority.channel


# Marks that change what a quote is worth; headings and paragraph numbers do not.
_SHOWN = frozenset({"deleted", "inserted", "ocr", "footnote", "note"})
