"""A client of a Pincite service: `Pincite` waits, `AsyncPincite` is awaited.

Results are typed views of what the API says; errors are those of `pincite.errors`.
"""

from pincite.client.answers import (
    Answer,
    Citation,
    Event,
    Hit,
    Passages,
    Said,
    SearchResults,
    Stage,
    Statement,
)
from pincite.client.awaiting import AsyncPincite
from pincite.client.blocking import Pincite
from pincite.client.documents import Comparison, Document, Listing, Lookup, Text

__all__ = [
    "Answer",
    "AsyncPincite",
    "Citation",
    "Comparison",
    "Document",
    "Event",
    "Hit",
    "Listing",
    "Lookup",
    "Passages",
    "Pincite",
    "Said",
    "SearchResults",
    "Stage",
    "Statement",
    "Text",
]
