"""Why there is no answer, in words for a person."""

from __future__ import annotations

from pincite.said import Said
from pincite.types import Reason

REASONS: dict[Reason, str] = {
    "not_in_corpus": Said("No answer in these documents"),
    "weak_evidence": Said("No passage answers this well enough to be quoted"),
    "superseded_only": Said("Only texts that are not in force answer this"),
    "conflicting": Said("The sources disagree"),
    "needs_jurisdiction": Said("The answer depends on the place"),
}
