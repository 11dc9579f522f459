"""Why there is no answer, in words for a person."""

from __future__ import annotations

from pincite.types import Reason

REASONS: dict[Reason, str] = {
    "not_in_corpus": "No answer in these documents",
    "weak_evidence": "No passage answers this well enough to be quoted",
    "superseded_only": "Only texts that are not in force answer this",
    "conflicting": "The sources disagree",
    "needs_jurisdiction": "The answer depends on the place",
}
