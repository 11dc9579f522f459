"""Whether a document passes the filters of a question."""

from __future__ import annotations

from pincite.places import within
from pincite.types import Entry, Filters


def matches(entry: Entry, filters: Filters) -> bool:
    """Whether a document passes the filters that hide passages."""
    place = entry.jurisdiction or ""
    issued, first, last = entry.issued, filters.issued_from, filters.issued_to
    return (
        (not filters.kinds or entry.kind in filters.kinds)
        and (not filters.jurisdiction or within(place, filters.jurisdiction))
        and (not filters.documents or entry.id in filters.documents)
        and (filters.among is None or entry.id in filters.among)
        and (not filters.collections or entry.collection in filters.collections)
        and (not first or (issued is not None and issued >= first))
        and (not last or (issued is not None and issued <= last))
    )
