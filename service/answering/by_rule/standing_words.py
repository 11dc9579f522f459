"""The words of a text that show how it stands: what ended it, its beginning, history or fate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from pincite.authority import is_recital
from pincite.kinds import Kind
from pincite.places import place_name
from pincite.standing import Standing, is_law
from pincite.types import Document, Entry, Section, Span, Status
from pincite.words import stem, terms, words
from service.answering.by_rule.gists import gist
from service.answering.evidence import Evidence
from service.answering.subjects import mentions
from service.holdings import Holdings
from service.vantage import Vantage

_MOST_WORDS = 150
_LEAST_WORDS = 8
# A credit may be as short as "2018 Acts, ch 1089, § 2"; a word alone is a label.
_LEAST_OF_A_NOTE = 3
_MOST_OF_A_FATE = 25
# A heading of several lines ends in none of these.
_ENDS = (".", ";", ":", ".”", '."', ")")
_ANY = ("",)
_COURTS = ("majority", "per_curiam", "plurality")
_ENDING = re.compile(
    r"\b(?:revok\w+|rescind\w*|repeal\w*|supersed\w+|amended\s+to\s+read|replac\w+)\b", re.I
)
_OWN_END = re.compile(r"\b(?:shall\s+expire|expires?|no\s+longer\s+than\s+\d+\s+days)\b", re.I)
_BEGINNING = re.compile(r"\b(?:takes?|shall\s+take)\s+effect\b|\beffective\s+date\b", re.I)
_STATUS = re.compile(r"\W*status\s*:", re.I)
# "May 16, 2023: Failed in the Senate"; "Laid Over in Committee".
_FATE = re.compile(
    r"""
    \W*(?:[a-z]{3,9}\.?\s\d\d?,\s\d{4}\W+|[\d/-]{8,10}\W+)?
    (?:not\s+)?(?:enacted|filed|adopted|approved|passed|signed|failed|died|vetoed|withdrawn|tabled
      |defeated|rejected|laid\s+over|returned)\b
    """,
    re.I | re.X,
)
# How a line begins that says which acts made and changed a section.
_CREDIT = re.compile(
    r"""
    \W*(?:
        history\s*[.:–—-]
      | code\s\d{4},
      | (?:laws|acts|stats\.),?\s\d{4},
      | \d{4}\sacts,?\sch
      | ga\.\sl\.
      | (?:added|amended)\s(?:by\b|pub\.)
      | pub\.\sl\.
      | ord\.\s
      | [a-z]{3,9}\.?\s\d\d?,\s\d{4},\sch\.
    )
    """,
    re.I | re.X,
)
# What every credit tells without these words.
_TELLS = frozenset(
    map(stem, ("amended", "enacted", "passed", "adopted", "added", "act", "history"))
)
_AMENDED = re.compile(r"\bamend", re.I)
_OF_HISTORY = re.compile(r"\b(?:amend|enact|adopted\b|passed\b|which\s+act\b|histor|codif)", re.I)
_CODES = (Kind.CONSTITUTION, Kind.STATUTE, Kind.ORDINANCE)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
# "Amended since 2011" asks of the years behind it.
_FROM_YEAR = re.compile(r"\b(?:since|after|before|until)\s+(?:\w+\s+){0,2}?\d{4}\b", re.I)
# Who gathered a text wrote these, not who published the law.
_GATHERED = ("filing", "preamble")


def proofs(
    question: str,
    subject: Entry,
    view: Vantage,
    evidence: Sequence[Evidence],
    holdings: Holdings,
    *,
    alone: bool,
) -> list[tuple[Document, Span]]:
    """Where it stands: the words that ended or amended the text, else its own that tell most.

    There may be none, unless a question that names the text is about its standing `alone`.
    """
    works, standing = view.works, view.works.standing(subject, view.day)
    actors = list(standing.by)
    if _AMENDED.search(question):
        actors += [change.actor.id for change in works.amendments(subject, view.day)]
    documents = [holdings.document(name) for name in dict.fromkeys(actors)]
    clauses = [(document, _clause(document, subject)) for document in documents]
    if found := [(document, span) for document, span in clauses if span is not None]:
        return found
    own = holdings.document(subject.id)
    near = [one.hit.passage.span for one in evidence if one.document.entry.id == subject.id]
    span, of_history = None, _OF_HISTORY.search(question) is not None
    if of_history and subject.kind in _CODES and not actors:
        span = history(own, question, near, holdings.rarity)
    if span is None:
        span = own_words(own, standing, question, near, alone=alone and not of_history)
    return [] if span is None else [(own, span)]


def _clause(document: Document, subject: Entry) -> Span | None:
    """The clause of a text that names another, first one that says that it ends."""
    named = [span for span in _blocks(document, _ANY) if mentions(span.of(document.text), subject)]
    said = named or list(_blocks(document, _ANY))
    ending = [span for span in said if _ENDING.search(span.of(document.text))]
    return next(iter([*ending, *named]), None)


def own_words(
    document: Document, standing: Standing, question: str, near: Sequence[Span], *, alone: bool
) -> Span | None:
    """A text's own words on its fate, its beginning or end, else those nearest to the question.

    Of law whose dates are not known words that tell nothing of its standing are none, unless the
    question is about that `alone`; then what the text is for is nearest.
    """
    kind = document.entry.kind
    if kind in (Kind.BILL, Kind.RESOLUTION) and (told := fate(document)) is not None:
        return told
    sign, part = _SIGNS.get(standing.status), _section_named(document, question)
    if sign is not None and kind not in (Kind.BILL, Kind.COURT_RULING):
        for span in _blocks(document):
            if sign.search(span.of(document.text)) and (part is None or part.holds(span)):
                return span
    if part is not None or _is_undated(document.entry, standing):
        made = [span for span in _notes_on(document, question, near) if _is_credit(document, span)]
        if made or not alone:
            return next(iter(made), None)
    whole = alone or kind is Kind.COURT_RULING
    if whole and part is None and (spans := gist(document)):
        return spans[0]
    return _nearest(document, near)


def _is_undated(entry: Entry, standing: Standing) -> bool:
    """Whether a law is in force, and since when is not known."""
    unknown = standing.status == "in_force" and standing.since is None
    return unknown and is_law(entry) and entry.kind is not Kind.COURT_RULING


def _nearest(document: Document, near: Sequence[Span]) -> Span | None:
    """The first clause of what was found of a text, else of the text."""
    blocks = list(_blocks(document))
    if document.entry.kind is Kind.COURT_RULING:  # a dissent does not tell what stands
        courts = [section.span for section in document.sections if section.part in _COURTS]
        blocks = [span for span in blocks if any(court.holds(span) for court in courts)]
    blocks = [s for s in blocks if not is_recital(s.of(document.text))] or blocks
    inside = [span for passage in near for span in blocks if passage.holds(span)]
    return next(iter([*inside, *blocks]), None)


def fate(document: Document) -> Span | None:
    """The line in which a bill says what became of it, with the one before if that names it."""
    text, lines = document.text, list(_lines(document.text))
    short = [n for n, span in enumerate(lines) if _words(span.of(text)) <= _MOST_OF_A_FATE]
    found = [n for n in short if _STATUS.match(lines[n].of(text))][:1]
    if not found and document.entry.kind is Kind.BILL:  # the last of its steps is its end
        found = [n for n in short if _FATE.match(lines[n].of(text))][-1:]
    for at in found:
        opens = at > 0 and _is_named(document.entry, lines[at - 1].of(text))
        return Span(lines[at - opens].start, lines[at].end)
    return None


def _is_named(entry: Entry, line: str) -> bool:
    """Whether a line holds the number of a bill."""
    numbers = {word for word in words(entry.citation or "") if word[0].isdigit()}
    return bool(numbers) and numbers <= set(words(line))


def history(
    document: Document, question: str, near: Sequence[Span], rarity: Callable[[str], float]
) -> Span | None:
    """The note on how a section was made and changed that says most of what is asked, if any does.

    A credit ("2018 Acts, ch 1089, § 2") says "enacted" and "amended" without these words.
    """
    notes = _notes_on(document, question, near)
    entry, text = document.entry, document.text
    named = terms(f"{entry.title} {entry.citation} {place_name(entry.jurisdiction)}")
    wanted = set(terms(question)) - set(named)
    years = set(_YEAR.findall(_FROM_YEAR.sub(" ", question)))
    first = [span for span in notes if _is_credit(document, span)][:1]

    def said(span: Span) -> tuple[float, float, bool]:
        shared = wanted & (set(terms(span.of(text))) | (_TELLS if span in first else set()))
        told = set(_YEAR.findall(span.of(text)))
        return (
            sum(map(rarity, shared)) if shared & (_TELLS | years) else 0.0,
            len(years & told) / len(told) if told else 0.0,
            span in first,
        )

    best = max(notes, key=said, default=None)
    return best if best is not None and said(best)[0] > 0.0 else None


def _notes_on(document: Document, question: str, near: Sequence[Span]) -> list[Span]:
    """The notes of the section asked about; where none is, those of a text of one origin."""
    notes = list(_notes(document))
    sections = _sections(document)
    if len(sections) < 2:
        return notes
    where = _section_named(document, question)
    found = [one for span in near[:1] for one in sections if one.span.holds(span)]
    if where is None and found:
        where = _with_notes(found[0], document)
    if where is not None:
        return [span for span in notes if where.holds(span)]
    texts = [span.of(document.text) for span in notes if _is_credit(document, span)]
    return notes if len({_YEAR.findall(text)[0] for text in texts}) < 2 else []


def _section_named(document: Document, question: str) -> Span | None:
    """The section that a question names, of a text that has several."""
    sections = _sections(document)
    for section in sections if len(sections) > 1 else ():
        number = section.label.removeprefix("§").strip()
        # "Order 14" has no section 14 in it.
        before = r"(?:§\s*|\bsec\w*\.?\s+)" if number.isdigit() else r"(?<![\w.-])"
        if re.search(rf"{before}{re.escape(number)}(?![\w-]|\.\w)", question, re.I):
            return _with_notes(section, document)
    return None


def _with_notes(section: Section, document: Document) -> Span:
    """A section with what stands between it and the next one."""
    starts = (one.span.start for one in _sections(document))
    later = (start for start in starts if start >= section.span.end)
    return Span(section.span.start, min(later, default=len(document.text)))


def _sections(document: Document) -> list[Section]:
    """The sections of a code."""
    sections = document.sections if document.entry.kind in _CODES else ()
    return [section for section in sections if section.label.startswith("§")]


def _notes(document: Document) -> Iterator[Span]:
    """The lines that stand below the law and tell of it, marked as notes or begun as credits."""
    marks = [m.span for m in document.marks if m.type == "note" and m.detail not in _GATHERED]
    asides = [*marks, *(one.span for one in document.sections if one.part == "note")]
    noted = {
        Span(aside.start + line.start, aside.start + line.end)
        for aside in asides
        for line in _lines(aside.of(document.text))
    }
    credited = {span for span in _lines(document.text) if _is_credit(document, span)}
    for span in sorted(noted | credited):
        if _LEAST_OF_A_NOTE <= _words(span.of(document.text)) <= _MOST_WORDS:
            yield span


def _is_credit(document: Document, span: Span) -> bool:
    line = span.of(document.text)
    return _CREDIT.match(line) is not None and _YEAR.search(line) is not None


def _blocks(document: Document, ends: tuple[str, ...] = _ENDS) -> Iterator[Span]:
    """The clauses and paragraphs of a text that are short enough to be quoted, no heading."""
    asides = [mark.span for mark in document.marks if mark.type in ("heading", "note")]
    for span in _lines(document.text):
        line = span.of(document.text)
        if not _LEAST_WORDS <= _words(line) <= _MOST_WORDS or not line.endswith(ends):
            continue
        if not any(aside.meets(span) for aside in asides):
            yield span


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


def _words(text: str) -> int:
    return len(text.split())


_SIGNS: Mapping[Status, re.Pattern[str]] = {
    "expired": _OWN_END,
    "in_force": _BEGINNING,
    "pending": _BEGINNING,
    # What ended it is not held, or it would be shown.
    "revoked": _BEGINNING,
    "repealed": _BEGINNING,
    "superseded": _BEGINNING,
}
