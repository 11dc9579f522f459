"""The same question with one thing in it changed for its like: a time, a citation, a person."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pincite.citations.find import code_of
from pincite.citations.keys import printed_key, section_of
from pincite.types import Entry, Span
from service.answering.days import periods_named
from service.conversing.names import named_texts
from service.conversing.turns import Subject, trimmed

_NOW = re.compile(r"(?:right\s+)?(?:now|today|nowadays|currently|at\s+present|these\s+days)", re.I)
_TIME = re.compile(
    r"(?:back\s+)?(?P<lead>in|on|before|after|since|until|as\s+of|by|during|around|from)?\s*"
    r"(?:the\s+)?(?:(?:early|mid|late|middle|end|start|beginning|spring|summer|fall|autumn|winter)"
    r"[\s-]+(?:of\s+|in\s+)?)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?(?:1[6-9]|2\d)\d\d(?:-\d\d-\d\d)?",
    re.I,
)
_SECTION = re.compile(
    r"(?:§+|\bsec(?:tions?|\.))\s*(?P<number>\d[\w.:-]*)(?P<clauses>(?:\([\w-]{1,6}\))*)", re.I
)
_CLAUSES = re.compile(
    r"(?:(?:under|in)\s+)?(?:(?:sub)?(?:section|paragraph|clause|part|division)\s*)?"
    r"(?P<clauses>(?:\([0-9A-Za-z]{1,6}\))+)",
    re.I,
)
_CLAUSE = re.compile(r"\([0-9A-Za-z-]{1,6}\)")
# A number alone is a section where one was spoken of, unless it can be a year.
_BARE = re.compile(r"(?!(?:19|20)\d\d$)(?P<number>\d{2,5}[a-z]?)(?P<clauses>(?:\([\w-]{1,6}\))*)")
_INTO = re.compile(r"^(?:(?:under|in|for|by|with)\s+)?(?:the\s+)?", re.I)
_JUSTICE = re.compile(r"(?:Chief\s+)?Justice\s+[A-Z][\w’'-]+?(?=['’]s?\b|\b)")
_MAYOR = re.compile(r"(?:Mayor|President|Governor)\s+(?:[Dd]e\s)?[A-Z][\w-]+")
_PART = re.compile(
    r"\bthe\s+(?:(?:Supreme\s+)?Court|majority|plurality|concurrence|dissent|syllabus)\b", re.I
)


def retimed(text: str, said: str) -> str | None:
    """The question at the time that is all that is said; None where that is no time."""
    now = _NOW.fullmatch(said) is not None
    match = None if now else _TIME.fullmatch(said)
    if not now and match is None:
        return None
    bare = match is not None and match["lead"] is None
    new = f"in {said}" if bare else said
    period = next(iter(periods_named(text)), None)
    if period is None:
        return f"{trimmed(text)} {new}?"
    old = re.compile(r"\s+".join(map(re.escape, period.words.split())))
    if now:
        kept = re.sub(r"^\s*,\s*", "", old.sub("", text, count=1)).replace(" ,", ",")
        return f"{trimmed(_begun(' '.join(kept.split())))} {new}?"
    return _begun(old.sub(lambda _: new, text, count=1))


def recited(said: str, subject: Subject, entries: Mapping[str, Entry]) -> str | None:
    """The question on the citation that is all that is said; None where that is none."""
    named = _INTO.sub("", said)
    own = _cited(subject.base)
    if (clause := _CLAUSES.fullmatch(said)) is not None:
        if len(own) != 1 or not own[0][1]:
            return None
        return _with(subject.base, own[0][0], printed_key(_beside(own[0][1], clause["clauses"])))
    new = _one_citation(named, own, subject, entries)
    if new is None:
        return None
    if len(own) == 1:
        return _with(subject.base, own[0][0], new)
    return f"{trimmed(subject.base)}, under {new}?" if not own else None


def repersoned(text: str, said: str) -> str | None:
    """The question of the other person or part of an opinion that is all that is said."""
    for form in (_JUSTICE, _MAYOR, _PART):
        name = said if form is not _PART or said.lower().startswith("the ") else f"the {said}"
        old = form.search(text)
        if form.fullmatch(name) and old is not None:
            return _with(text, Span(*old.span()), name)
    return None


def _beside(key: str, clauses: str) -> str:
    """A clause as it is told behind another: "(b)" beside § 1373(a), "(2)" inside of it."""
    own = _CLAUSE.findall(key)
    numbered, is_number = [clause[1].isdigit() for clause in own], clauses[1].isdigit()
    kept = own[: numbered.index(is_number)] if is_number in numbered else own
    return section_of(key) + "".join(kept) + clauses


def _one_citation(
    said: str, own: list[tuple[Span, str]], subject: Subject, entries: Mapping[str, Entry]
) -> str | None:
    """The text that these words name; a bare section is one of the code spoken of."""
    number = _SECTION.fullmatch(said) or (_BARE.fullmatch(said) if own else None)
    if number is not None:
        codes = [key.rsplit(" ", 1)[0] for _, key in own if key]
        held = [entries[id_] for id_ in subject.documents if id_ in entries]
        codes += [code_of(entry.citation or "") for entry in held]
        code = next((one for one in codes if one), "")
        section = number["number"] + number["clauses"]
        return printed_key(f"{code} {section}") if code else f"§ {section}"
    return said if [one.name for one in named_texts(said)] == [said] else None


def _cited(text: str) -> list[tuple[Span, str]]:
    """The texts that a question names with their keys; what is no full citation has none."""
    named = named_texts(text)
    found = [(one.span, one.key) for one in named]
    for match in _SECTION.finditer(text):
        span = Span(*match.span())
        if not any(span.meets(one.span) for one in named):
            found.append((span, ""))
    return sorted(found)


def _with(text: str, span: Span, new: str) -> str:
    return _begun(text[: span.start] + new + text[span.end :])


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
