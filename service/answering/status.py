"""Whether a text is in force: said by rule from its dates, with the words that ended it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pincite.kinds import Kind
from pincite.said import N_, Said
from pincite.standing import ENDED, is_law, short_name
from pincite.types import Citation, Document, Entry, Span, Statement, Status
from service.answering.evidence import Evidence
from service.answering.subjects import meant, mentions, named_texts
from service.answering.timing import Timing
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

_MOST_SUBJECTS = 2
_MOST_WORDS = 150
_LEAST_WORDS = 8
# A heading of several lines ends in none of these.
_ENDS = (".", ";", ":", ".”", '."', ")")
_ANY = ("",)
_COURTS = ("majority", "per_curiam", "plurality")
_ENDED = (
    r"(?:revoked?|repealed?|rescind(?:ed)?|superseded?|replaced?|expired?|annull?ed|voided|vacated"
    r"|overturned?|overruled?|amended|abolished|cancell?ed|withdrawn|lapsed?|struck\s+down|undone|undid|killed)"
)
_ASKS = re.compile(
    rf"""
    \b(?:still|currently|now|ever|already|yet|remains?|presently|today)?\s*
      (?:in\s+(?:full\s+)?(?:force|effect)|good\s+law|on\s+the\s+books|valid\s+law)\b
    | \b(?:is|are|remains?)\b[^?]{{0,90}}\bstill\s+(?:valid|binding|(?:the\s+)?law|active|good)\b
    | \b(?:was|were|been|is|are|got|has|have|did|does|when|which|what|who|why)\b(?![^?]{{0,90}}
        \b(?:may|must|shall|can|should|could|would)\b)[^?]{{0,110}}\b{_ENDED}\b
    | \b(?:ever|actually)\s+(?:enacted|adopted|passed|become\s+law|became\s+law)\b
    | \b(?:was|were|did|has|is)\b[^?]{{0,80}}
        \b(?:enacted|become\s+law|became\s+law|signed\s+into\s+law)\b
    | \bstatus\s+of\b
    | \b(?:when|why|how)\s+did\b[^?]{{0,60}}\bend\b
    | \b(?:t(?:ake|ook)|went|go|come|came)\s+into\s+(?:force|effect)\b
    """,
    re.I | re.X,
)
_ENDING = re.compile(
    r"\b(?:revok\w+|rescind\w*|repeal\w*|supersed\w+|amended\s+to\s+read|replac\w+)\b", re.I
)
_OF_A_RULING = re.compile(r"\b(?:overrul\w+|overturn\w+|good\s+law|precedent)\b", re.I)
_AMENDED = re.compile(r"\bamend", re.I)
# "Which order did it revoke?" asks what a text did, not how that text stands.
_DID = re.compile(
    r"\b(?:did|does|do)\b[^?]{1,90}?\b(?:revoke|rescind|repeal|supersede|replace|amend|annul|void"
    r"|overturn|overrule|abolish|cancel|withdraw)\b(?P<rest>[^?]*)",
    re.I,
)
_OWN_END = re.compile(r"\b(?:shall\s+expire|expires?|no\s+longer\s+than\s+\d+\s+days)\b", re.I)
_BEGINNING = re.compile(r"\b(?:takes?|shall\s+take)\s+effect\b|\beffective\s+date\b", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the standing of the texts asked about."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]


def told(
    question: str, timing: Timing, evidence: Sequence[Evidence], holdings: Holdings
) -> Told | None:
    """How the texts stand that a question asks the standing of; None where it asks none."""
    view = timing.view
    if not _ASKS.search(question) or _asks_what_it_did(question, view):
        return None
    subjects = _subjects(question, timing, evidence)
    statements: list[Statement] = []
    citations: list[Citation] = []
    notices: list[str] = []
    for subject in subjects:
        found = [
            cite(document, span, view)
            for document, span in _proofs(question, subject, view, evidence, holdings)
        ]
        if not found:
            continue
        start = len(citations)
        citations += found
        places = tuple(range(start + 1, len(citations) + 1))
        statements.append(Statement(said_of(subject, view), found[0].channel, places))
        notices += [after] if (after := view.works.aftermath(subject, view.day)) else []
    return Told(tuple(statements), tuple(citations), tuple(notices)) if statements else None


def _asks_what_it_did(question: str, view: Vantage) -> bool:
    """Whether it asks what a text revoked or amended, and does not name that."""
    did = _DID.search(question)
    return did is not None and not named_texts(did["rest"], view.works)


def said_of(entry: Entry, view: Vantage) -> str:
    """The sentence that tells how a text stands on the day, made by rule."""
    standing = view.works.standing(entry, view.day)
    name, words = short_name(entry), standing.words
    if not words:
        return Said("{name} is no law: it is neither in force nor has it ended.", name=name)
    if standing.status == "expired":
        expired = N_("{name} {how}, so it is not in force on {day}.")
        return Said(expired, name=name, how=words, day=view.day)
    if standing.status in ENDED:
        ended = N_("{name} was {how}, so it is not in force on {day}.")
        return Said(ended, name=name, how=words, day=view.day)
    if entry.kind is Kind.BILL:
        return Said("{name} is a {how}.", name=name, how=words)
    if entry.kind is Kind.COURT_RULING and standing.current:
        decided = N_("{name} was {how}; whether later rulings limit it was not checked.")
        return Said(decided, name=name, how=words)
    if standing.status == "in_force" and is_law(entry):
        return Said("{name} is {how}.", name=name, how=words)
    return Said("{name}: {how}.", name=name, how=words)


def _subjects(question: str, timing: Timing, evidence: Sequence[Evidence]) -> list[Entry]:
    """The texts whose standing is asked: those named, else the one whose title is said."""
    works, day = timing.view.works, timing.view.day
    named = [works.entries[name] for name in timing.named]
    named = [entry for entry in named if not works.is_copy(entry)]
    # A name that several editions share means the one in force, or the last there was.
    for entry in list(named):
        newer = [one for one in works.current(entry, day) if one in named]
        if newer and entry not in newer:
            named.remove(entry)
    if not named:
        seen = {id(one.document.entry): one.document.entry for one in evidence}
        best = meant(question, seen.values(), rulings=_OF_A_RULING.search(question) is not None)
        named = [best] if best is not None else []
    return named[:_MOST_SUBJECTS]


def _proofs(
    question: str,
    subject: Entry,
    view: Vantage,
    evidence: Sequence[Evidence],
    holdings: Holdings,
) -> list[tuple[Document, Span]]:
    """Where it stands: the words that ended or amended the text, else its own that tell most."""
    works = view.works
    standing = works.standing(subject, view.day)
    actors = list(standing.by)
    if _AMENDED.search(question):
        actors += [change.actor.id for change in works.amendments(subject, view.day)]
    found = []
    for name in dict.fromkeys(actors):
        document = holdings.document(name)
        if (span := _clause(document, subject)) is not None:
            found.append((document, span))
    return found or _own_words(subject, standing.status, evidence, holdings)


def _own_words(
    subject: Entry, status: Status, evidence: Sequence[Evidence], holdings: Holdings
) -> list[tuple[Document, Span]]:
    """The subject's own clause on when it begins or ends, else the one nearest to the question."""
    own = holdings.document(subject.id)
    blocks = list(_blocks(own))
    telling = {"expired": _OWN_END, "in_force": _BEGINNING, "pending": _BEGINNING}.get(status)
    if telling is not None and subject.kind not in (Kind.BILL, Kind.COURT_RULING):
        for span in blocks:
            if telling.search(span.of(own.text)):
                return [(own, span)]
    near = [one.hit.passage.span for one in evidence if one.document.entry.id == subject.id]
    if subject.kind is Kind.COURT_RULING:  # a dissent does not tell what stands
        courts = [section.span for section in own.sections if section.part in _COURTS]
        blocks = [span for span in blocks if any(court.holds(span) for court in courts)]
    inside = [span for passage in near for span in blocks if passage.holds(span)]
    return [(own, span) for span in [*inside, *blocks][:1]]


def _clause(document: Document, subject: Entry) -> Span | None:
    """The clause of a text that names another, first one that says that it ends."""
    named = [span for span in _blocks(document, _ANY) if mentions(span.of(document.text), subject)]
    said = named or list(_blocks(document, _ANY))
    ending = [span for span in said if _ENDING.search(span.of(document.text))]
    return next(iter([*ending, *named]), None)


def _blocks(document: Document, ends: tuple[str, ...] = _ENDS) -> Iterator[Span]:
    """The clauses and paragraphs of a text that are short enough to be quoted, no heading."""
    asides = [mark.span for mark in document.marks if mark.type in ("heading", "note")]
    start = 0
    for line in document.text.split("\n"):
        span = Span(start, start + len(line))
        start = span.end + 1
        if not _LEAST_WORDS <= _words(line) <= _MOST_WORDS or not line.endswith(ends):
            continue
        if not any(aside.meets(span) for aside in asides):
            yield span


def _words(text: str) -> int:
    return len(text.split())
