"""Which clauses of a law limit a quoted one: those it points to, and those that point to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.sentences import sentences
from pincite.types import Span
from pincite.words import terms
from service.answering.layout import ENUMERATOR, LEVELS, Layout

# "except as provided in subsection (c)", "subject to paragraph (2)": the quote names its limit.
_POINTS = re.compile(
    r"\b(?:(?:except|unless)\b[^.;:\n]{0,60}?\b(?:in|by|under|to)|subject to(?: the provisions of)?"
    r"|other than)\s+(?=(?:section|sub|para|clause|§))",
    re.IGNORECASE,
)
_POINTED = 120  # characters behind those words in which the clauses are named
_NOT = (
    r"(?:shall|do(?:es)?|may|will|must)(?: not|\b[^.;\n]{0,20}? not) (?:be )?"
    r"(?:appl(?:y|icable)|construed|interpreted|deemed to|read to|extend to|affect|limit|prohibit"
    r"|preclude|prevent|restrict|require|create)"
)
_THIS = rf"this (?P<word>{LEVELS})\b(?! (?:of|shall take))"
_NOTHING = re.compile(rf"\bNothing (?:contained )?in (?:{_THIS}|(?P<named>[^,.\n]{{3,80}}))", re.I)
_IS_NOT = re.compile(
    rf"\b(?:{_THIS}|(?P<named>(?:sub|para|clause)[^.,;\n]{{3,80}}?)) {_NOT}\b",
    re.IGNORECASE,
)
_DESPITE = re.compile(
    rf"\bNotwithstanding (?:any other provision of {_THIS}|(?P<named>(?:sub|para|clause)[^,\n]*))",
    re.IGNORECASE,
)
_NO_BREACH = re.compile(r"\bnot (?:be )?a violation of (?P<named>[^.\n]{3,120})", re.IGNORECASE)
_LIMITS = (_NOTHING, _IS_NOT, _DESPITE, _NO_BREACH)
_GOING_ON = re.compile(
    r"(?:However|Provided|Except|Unless|But|(?:This|The (?:previous|preceding|foregoing)) "
    r"(?:sentence|prohibition|requirement|restriction|limitation)s? (?:shall|does|do) not)\b"
)
_LEAD = re.compile(r"(?:Except|Absent|Unless|Subject to|Other than|Without)\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:unless|except(?: (?:that|as follows|if|when|where))?)\s*[:—–]?\s*$", re.I
)
_EXCEPTION = re.compile(r"(?:Exceptions?|Exemptions?)\b", re.IGNORECASE)
# Who may sue is not what the law forbids; such a clause stands last, and once.
_FORM = re.compile(
    r"\b(?:private (?:right|cause) of action|right or benefit|substantive or procedural right"
    r"|budgetary)\b",
    re.IGNORECASE,
)
# What every rule of the section yields to: other law, and the powers that it gives.
_GENERAL = re.compile(
    r"\b(?:compl\w+|conflict\w*|required|violat\w*|contraven\w*|rights)\b[^.;]{0,40}\blaws?\b"
    r"|\botherwise affect\b",
    re.IGNORECASE,
)
# The share of words, of the shorter one, that a quote and a rule about the same have in common.
_ALIKE = 0.5
# The share of what a limit is about that a quote must say to be limited by it.
_ABOUT = 0.15
_HEADING_WORDS = 6
# Words that any clause of a law may say.
_COMMON = frozenset(
    terms(
        "nothing this section subsection paragraph chapter article order ordinance code law act"
        " shall construed interpreted applied so as may not any other otherwise exist existed right"
        " person individual state federal city agency officer employee contained require provision"
        " authority united states general attorney title under pursuant"
    )
)
_NO_RULE = re.compile(
    r"(?:purposes?|background|(?:legislative )?findings?|preamble|recitals?|authority|short title"
    r"|severability|effective date|fiscal impact statement|general provisions"
    r"|(?:chapter )?definitions?)(?:,? and \w+)?[ .]*$",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"(?:nothing (?:contained )?in this|this (?:order|act|local law|ordinance)\b[^.]{0,40}"
    r"\b(?:takes? effect|is not intended|be implemented)|if any (?:provision|section|part))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A clause that says of others that it limits them: `targets` are those.

    `is_form` marks what only says who may sue, `is_rule` a rule of its own that prevails over
    its whole section, `is_general` a limit of all that it is said of; any other limits what
    shares a word with what it is `about`.
    """

    span: Span
    targets: tuple[Span, ...]
    is_form: bool
    is_rule: bool
    is_general: bool
    about: frozenset[str]
    nearness: int


def limits_in(layout: Layout, within: Span) -> tuple[Limit, ...]:
    """The clauses in a part of a law that say which others do not apply, or go no further."""
    found: dict[int, Limit] = {}
    for pattern in _LIMITS:
        for match in pattern.finditer(layout.text, within.start, within.end):
            limit = _limit(layout, match)
            if limit is not None:
                found.setdefault(limit.span.start, limit)
    return tuple(found[start] for start in sorted(found))


def exceptions_to(layout: Layout, limits: tuple[Limit, ...], quote: Span) -> list[Span]:
    """The clauses that limit a quote, the most telling first.

    None where the quote states no rule: a purpose, a definition, itself such a limit.
    """
    if not _is_rule(layout, quote):
        return []
    found = [*_pointed(layout, quote), *_rest(layout, quote), *_above(layout, quote)]
    found += [*_excepted(layout, quote), *_pointing(layout, limits, quote)]
    kept: list[Span] = []
    for span in found:
        if not any(span.meets(other) for other in (quote, *kept)) and layout.stands(span):
            kept.append(span)
    return kept


def _is_rule(layout: Layout, quote: Span) -> bool:
    start = _words_start(layout.text, quote)
    path = layout.outline.path(max(start, quote.start))
    if any(_NO_RULE.match(section.heading) for section in path[1:] or path):
        return False
    said = [s.of(layout.text) for s in sentences(layout.text, start, quote.end)]
    first = next((s for s in said if len(s.split()) > _HEADING_WORDS), "")
    return not _FORMULA.match(first)


def _words_start(text: str, span: Span) -> int:
    enumerator = ENUMERATOR.match(text, span.start, span.end)
    return enumerator.end() if enumerator else span.start


def _pointed(layout: Layout, quote: Span) -> Iterator[Span]:
    """The clauses that the quote, or the words that lead to it, name as their limit."""
    leads = [layout.lead(one) for one in layout.clauses(quote.start)]
    for said in (quote, *(lead for lead in leads if lead.end <= quote.start)):
        for match in _POINTS.finditer(layout.text, said.start, said.end):
            named = Span(match.end(), min(said.end, match.end() + _POINTED))
            stop = re.search(r", (?!(?:and|or|sub|para|\())|[.;:\n]", named.of(layout.text))
            within = Span(named.start, named.start + stop.start()) if stop else named
            for index in layout.references(match.start(), within):
                body = layout.body(index)
                if body is not None:
                    yield body


def _rest(layout: Layout, quote: Span) -> Iterator[Span]:
    """What of the same paragraph was left out and takes back: "However, ...", items of "unless"."""
    text, said = layout.text, quote.of(layout.text)
    line = text.find("\n", quote.end)
    end = line if line >= 0 else len(text)
    held = layout.innermost(quote.end - 1).end
    following = [*sentences(text, quote.end, end), *sentences(text, end, max(held, end))[:1]]
    for span in following:
        if _GOING_ON.match(text, span.start) and layout.is_short(span):
            yield span
            return
    lead = next((one for one in said.split("\n") if _UNTIL.search(one)), None)
    if lead is None or end != quote.end:
        return
    stop = layout.innermost(quote.start + said.index(lead)).end
    items = layout.items(line + 1, stop) if 0 <= line < stop else None
    if items is not None:
        yield items


def _above(layout: Layout, quote: Span) -> Iterator[Span]:
    """The lead of the list that the quote is an item of, where it begins with its exception."""
    for index in reversed(layout.clauses(quote.start)):
        lead = layout.lead(index)
        start = _words_start(layout.text, lead)
        points = _POINTS.match(layout.text, start)
        excepts = _LEAD.match(layout.text, start) is not None and points is None
        if excepts and lead.end <= quote.start and layout.is_short(lead):
            yield lead


def _excepted(layout: Layout, quote: Span) -> Iterator[Span]:
    """The clause headed "Exceptions" that follows the quoted one."""
    for index in reversed(layout.clauses(quote.start)):
        after = layout.after(index)
        if after is None or not _EXCEPTION.match(layout.section(after).heading):
            continue
        body = layout.body(after)
        if body is not None:
            yield body


def _pointing(layout: Layout, limits: tuple[Limit, ...], quote: Span) -> list[Span]:
    """The clauses that say that they limit the quoted one, or the section it stands in."""
    applying = [
        limit
        for limit in limits
        if any(target.holds(quote) or quote.holds(target) for target in limit.targets)
        and not limit.span.meets(quote)
    ]
    said = set(terms(quote.of(layout.text)))

    def shared(limit: Limit) -> float:
        words = set(terms(limit.span.of(layout.text)))
        return len(said & words) / max(min(len(words), len(said)), 1)

    def order(limit: Limit) -> tuple[bool, int, float]:
        return limit.is_form, limit.nearness, -shared(limit)

    applying = [
        one
        for one in applying
        if (
            shared(one) >= _ALIKE
            if one.is_rule
            else one.is_general or len(said & one.about) >= _ABOUT * len(one.about)
        )
    ]
    ranked = sorted(applying, key=order)
    forms = [limit for limit in ranked if limit.is_form]
    return [limit.span for limit in ranked if limit not in forms[1:]]


def _limit(layout: Layout, match: re.Match[str]) -> Limit | None:
    text, at = layout.text, match.start()
    line = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    held = [s for s in sentences(text, line, end if end >= 0 else len(text)) if s.start <= at]
    start = _words_start(text, held[-1]) if held else line
    targets = _targets(layout, match)
    span = layout.clause(start) if targets else None
    if span is None or not layout.stands(span):
        return None
    nearness = 0 if match["named"] else min(t.end - t.start for t in targets)
    said = span.of(text)
    is_form = _FORM.search(said) is not None
    return Limit(
        span,
        targets,
        is_form,
        is_rule=match.re is _DESPITE and not match["named"],
        is_general=is_form or _is_general(match, said),
        about=frozenset(terms(said)) - _COMMON,
        nearness=nearness,
    )


def _is_general(match: re.Match[str], said: str) -> bool:
    """Whether a limit is one of all that it is said of, whatever the quote is about."""
    section = (match.groupdict().get("word") or "").lower().endswith("section")
    applies = match.re is _IS_NOT and section and "apply" in match[0]
    return bool(match["named"]) or applies or _GENERAL.search(said) is not None


def _targets(layout: Layout, match: re.Match[str]) -> tuple[Span, ...]:
    word = match.groupdict().get("word")
    if word:
        return layout.named(match.start(), word)
    named = Span(*match.span("named"))
    found = [layout.section(one).span for one in layout.references(match.start(), named)]
    # A clause does not limit what it stands in.
    return tuple(span for span in found if not span.start <= match.start() < span.end)
