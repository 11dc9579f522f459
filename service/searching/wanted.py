"""What somebody searches for: words, what is chosen of each facet, an order, a page of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pincite.errors import QuestionError
from pincite.types import Question
from service.filtering import question_of
from service.holdings import Holdings
from service.searching.facets import chosen_of
from service.searching.sorting import SORTS

_MOST_ECHOED = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with its own filters, and how what is found on it is narrowed and shown.

    `chosen` holds values by facet: of one facet any of them, of several facets all of them.
    `page` counts from 1.
    """

    question: Question
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1


def wanted_of(
    text: str,
    holdings: Holdings,
    *,
    chosen: Mapping[str, Sequence[str]] | None = None,
    sort: str = "relevance",
    page: int = 1,
    **bounds: str | Sequence[str],
) -> Wanted:
    """What is wanted, from typed words. Raises QuestionError that names the known values.

    `bounds` are those of `question_of`: place, as_of, issued_from, issued_to, collections.
    """
    if sort not in SORTS:
        known = ", ".join(SORTS)
        raise QuestionError(f"unknown sort {sort[:_MOST_ECHOED]!r}; known are: {known}")
    question = question_of(text, holdings, **bounds)  # type: ignore[arg-type]  # typed words
    return Wanted(question, chosen_of(chosen or {}, holdings.manifest), sort, page)
