"""What is said of texts by rule, with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass

from pincite.types import Citation, Statement


@dataclass(frozen=True, slots=True)
class Told:
    """Statements made by rule, or quotes found by rule, with their citations and notices."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
