"""The evaluator's vocabulary: what is asked, what counts as right, what was given, what it scored.

Standard library and `pincite` only. A benchmark yields Cases; a system answers each with a
Given; a measure turns both into a Score. Offsets are code points into one text version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pincite.kinds import Channel
from pincite.types import Question, Reason, Span, Status

Task = Literal["ranking", "answering"]
Split = Literal["dev", "test"]
QuestionKind = Literal[
    "clause",
    "definition",
    "number",
    "exception",
    "holding",
    "consequence",
    "opinion",
    "two_documents",
    "status",
    "missing_document",
    "missing_fact",
    "false_premise",
    "other",
]
Voice = Literal["staff", "lawyer", "misspelt", "other"]


@dataclass(frozen=True, slots=True)
class Support:
    """A stretch that answers, in one text version of one document, with its verbatim words.

    When the version is no longer held, the words are looked for again in the held one, so a
    better reader or another chunker never zeroes a label.
    """

    document_id: str
    version: str
    span: Span
    quote: str
    pinpoint: str = ""
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, any one of which will do: the law in another format, an identical clause."""

    supports: tuple[Support, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One question of a benchmark and what a right outcome is.

    `answerable` is None where the benchmark does not say. `relevant` grades ranked units
    (passages, pages) by id; `groups` are gold stretches, all of which a complete answer covers.
    `expected` is the reason that an answer without statements should give, when one is known.
    `family` clusters questions that share documents: intervals are drawn over families.
    """

    id: str
    question: Question
    answerable: bool | None = None
    relevant: Mapping[str, int] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    expected: Reason | None = None
    kind: QuestionKind = "other"
    voice: Voice = "other"
    family: str = ""
    split: Split | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A stretch that a system ranked, best first. `unit` is the benchmark's id for it, if any."""

    document_id: str
    version: str
    span: Span
    score: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of an answer, as the API prints it.

    `marks` are the types of marks inside the quote ("deleted", "ocr"); `current` tells whether
    the text may be quoted as current law on the question's day.
    """

    document_id: str
    version: str
    span: Span
    quote: str
    pinpoint: str
    citation: str
    channel: Channel
    status: Status
    kind: str
    marks: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an answer; `citations` are 1-based places in the Given's list."""

    text: str
    channel: Channel
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What a system gave for one question.

    `ranking` is what its search returned, `statements` what it answered; either may be empty
    when the benchmark did not ask for it. `confidence` is the probability that the system puts
    behind its answer. `error` is one line when the question failed; a failed question scores 0.
    `latency_ms` has an entry for each call made: "search", "ask".
    """

    ranking: tuple[Ranked, ...] = ()
    statements: tuple[Said, ...] = ()
    citations: tuple[Cited, ...] = ()
    reason: Reason | None = None
    confidence: float | None = None
    latency_ms: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A measure's value for one question, and why it has that value.

    `value` is None where the measure does not apply; such questions are counted apart.
    """

    value: float | None
    reason: str
