"""Who wrote an opinion, joined it or dissented: said by rule, with the line that tells it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pincite.kinds import Kind
from pincite.said import N_, Said, joined
from pincite.standing import listed, short_name
from pincite.types import Citation, Document, Part, Section, Span, Statement
from pincite.words import words
from service.answering.by_rule.telling import Told
from service.answering.evidence import Evidence
from service.answering.sources import texts_named
from service.answering.speakers import speakers_named, surnames
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

_MOST_RULINGS, _MOST_BYLINES, _FIRST_PASSAGES = 2, 3, 3
# Between the verb and the opinion: a clause's end, another text, or one who is no court.
_STOPS = (
    r"(?:that|wh(?!ite)\w+|on|to|for|by|after|about|with|and|or|over|of(?!\s(?-i:[A-Z]))|mayor"
    r"|governor|president|legal|attorney|general|council|agency|secretary|board|com\w+ee|commission"
    r"|police|sheriff|office|advisory|orders?|letters?|memo\w*|briefs?|petitions?|\w*suit)\b"
)
_APART = r"(?:majority|plurality|per\scuriam|dissent(?:ing|s)?(?!\sthat)|concurr(?:ences?|ing))\b"
_WORK = rf"(?:{_APART}|(?:opinion|judgment|ruling|decision)s?\b)"
_WHO = r"\b(?:who(?:['’]s)?|wh(?:ich|at)\s(?:\w+\s){0,3}?ju(?:stic|dg)es?)\s(?:(?:else|all)\s)?"
_ASKS = re.compile(rf"""(?ix)
    (?:{_WHO}(?:wrote|authored|penned|delivered|announced|filed|joins?|joined
      |(?:(?:is|was|were)\s)?(?:the\s)?authors?\sof)\s(?:(?!{_STOPS})[\w.&'’-]+\s){{0,9}}?{_WORK}
    | {_WHO}(?:(?:is|was|were)\s)?(?:in\s)?(?:the\s)?(?:lone\s)?(?:dissenters?\b|{_APART})
    | \bwhose\s(?:[\w'’-]+\s){{0,3}}?{_WORK}\s(?:is|was)\s(?:it|(?:the\s)?(?:main|lead|{_WORK}))\b
    )(?!\s(?:piece|column|article|vote|leader|party|not\sto|to)\b
      |\sof\s(?!(?:the\s)?(?:supreme\s)?(?:court|chief|justice)))
    (?:,?\s(?:and|of|for|the|an?|supreme|court|chief|justice(?:\s[\w'’]+)?|{_WORK})\b)*
    | {_WHO}(?:dissent(?:ed|s)|concur(?:red|s))\b""")
# No byline tells what an opinion says, who said a thing in one, or who sat in the court below.
_MORE = re.compile(
    r"(?i)\b(?:what|how|why|whether|did|does|explain|describe|summari[sz]e|compare|argu\w+|warn\w*"
    r"|sa(?:id|ys?|ying)|cite[sd]?|relie[sd]|overrul\w+|follow\w+|below|circuit|district"
    r"|court of appeals)\b|(?:^|\band |[,;?] )(?:is|are|was|when|where|which)\b"
)
_LINEUP = re.compile(r"^[^\n]{2,90}, (?:C\. ?J|JJ?)\., (?:delivered|announced) .*$", re.M)
_CASE = re.compile(r"\b(?:[Ii]n|vs?\.?) (?!Justice)[A-Z]")
_NAME = re.compile(r"(?<=[\w,] )(?!Justice|Court|Supreme)[A-Z][\w-]+")
_JOINING = re.compile(r"join|dissente|concurred|who (?:dissents|concurs)|in (?:the )?(?:maj|diss)")
_LEADING = r"majority|plurality|curiam|\bmain|\blead|principal|(?:of|for) the court"
# How each part is asked for, and what is said of it; the Court's own are the first three.
_PARTS: Mapping[Part | None, tuple[str, str]] = {
    "majority": (_LEADING, N_("{who} wrote the majority opinion")),
    "plurality": (_LEADING, N_("{who} wrote the plurality opinion")),
    "per_curiam": (_LEADING, N_("the opinion is per curiam and names no author")),
    "concurrence": ("concur|separate", N_("{who} wrote in concurrence")),
    "in_part": ("concur|dissent|separate", N_("{who} concurred in part and dissented in part")),
    "dissent": ("dissent|separate", N_("{who} wrote in dissent")),
}


def who_wrote(
    question: str, view: Vantage, evidence: Sequence[Evidence], holdings: Holdings
) -> Told | None:
    """Who wrote the opinions of a ruling whose authors a question asks for; None else."""
    asked = "; ".join(found[0].lower() for found in _ASKS.finditer(question))
    if not asked or _MORE.search(_ASKS.sub("…", question)):
        return None
    statements: list[Statement] = []
    citations: list[Citation] = []
    for document in _rulings(question, view, evidence, holdings):
        opinions = _wanted(document, asked)
        spans = proofs(document, opinions, asked)
        places = tuple(range(len(citations) + 1, len(citations) + len(spans) + 1))
        citations += [cite(document, span, view) for span in spans]
        if spans:
            text = said_of(short_name(document.entry), opinions, asked)
            statements.append(Statement(text, citations[places[0] - 1].channel, places))
    return Told(tuple(statements), tuple(citations), ()) if statements else None


def _rulings(
    question: str, view: Vantage, evidence: Sequence[Evidence], holdings: Holdings
) -> list[Document]:
    """The rulings that are named; where no case is, the first near one that says all names."""
    held = {id_ for id_, entry in holdings.works.entries.items() if entry.kind is Kind.COURT_RULING}
    named = [min(ids & held) for ids in texts_named(question, holdings, view) if ids & held]
    if named or _CASE.search(question):
        return [holdings.document(id_) for id_ in named[:_MOST_RULINGS]]
    near = [one.document for one in evidence[:_FIRST_PASSAGES] if one.document.entry.id in held]
    said = set(words(" ".join(_NAME.findall(question))))
    return [document for document in near[:1] if said <= set(words(document.text))]


def _wanted(document: Document, asked: str) -> list[Section]:
    """The opinions asked about: those of the justices named, else of those parts."""
    opinions = opinions_of(document)
    parts = [part for part, (form, _) in _PARTS.items() if re.search(form, asked)]
    among = [one for one in opinions if one.part in (parts or list(_PARTS)[:3])]
    authors = speakers_named(asked, [one.author for one in opinions])
    return [one for one in (among if parts else opinions) if one.author in authors] or among


def opinions_of(document: Document) -> list[Section]:
    """The opinions that open with a byline, one for each part that a justice wrote."""
    signed = [one for one in document.sections if one.author or one.part == "per_curiam"]
    opening = [one for one in signed if one.part in _PARTS and _byline(document, one)]
    opening.sort(key=lambda one: len(one.heading))  # of two by one justice, the one that tells more
    found = {(one.part, one.author): one for one in opening}
    return sorted(found.values(), key=lambda one: one.span)


def _byline(document: Document, opinion: Section) -> Span | None:
    """Where an opinion's byline stands; its notes and its own parts have none."""
    line, span = opinion.heading, opinion.span
    start = document.text.find(line, span.start, span.end) if line and not opinion.level else -1
    return Span(start, start + len(line)) if start >= 0 else None


def proofs(
    document: Document, opinions: Sequence[Section], asked: str, most: int = _MOST_BYLINES
) -> list[Span]:
    """The syllabus's line of who wrote and joined what, if it names all; else their bylines."""
    authors = [name for one in opinions for name in surnames(one.author or "")]
    if authors:
        lineup = _LINEUP.search(document.text, 0, opinions_of(document)[0].span.start)
        if lineup and set(authors) <= set(words(lineup[0])):
            return [Span(*lineup.span())]
    is_told = "join" not in asked or any(one.joined for one in opinions)
    bylines = [_byline(document, one) for one in opinions if is_told]
    return [span for span in bylines if span][:most]


def said_of(name: str, opinions: Sequence[Section], asked: str) -> str:
    """The sentence that tells who wrote, and if it is asked who joined, made by rule."""
    clauses = []
    for part, (_, wrote) in _PARTS.items():
        if who := [_author(one, asked) for one in opinions if one.part == part]:
            clauses.append(Said(wrote, who=listed(who)))
    return Said("{name}: {what}.", name=name, what=joined(clauses, "; "))


def _author(opinion: Section, asked: str) -> str:
    """Who wrote an opinion, with the Parts that are the Court's and, if asked, who joined."""
    author, more = opinion.author or "", []
    if opinion.speaks_for:
        more.append(Said("for the Court in Parts {parts}", parts=listed(opinion.speaks_for)))
    if opinion.joined and _JOINING.search(asked):
        more.append(Said("joined by {names}", names=listed(opinion.joined)))
    return Said("{author} ({more})", author=author, more=joined(more, "; ")) if more else author
