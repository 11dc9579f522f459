"""Whether a text is in force: said by rule from its dates, with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pincite.citations.find import citations_in, citations_of
from pincite.kinds import Kind
from pincite.said import N_, Said
from pincite.standing import ENDED, NEVER, is_law, short_name
from pincite.types import Citation, Entry, Statement
from service.answering.by_rule.standing_words import proofs
from service.answering.by_rule.telling import Told
from service.answering.evidence import Evidence
from service.answering.subjects import meant, named_texts
from service.answering.timing import Timing
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

_MOST_SUBJECTS = 2
# A bill that is told of and not named is among the first passages found, or is not held.
_FIRST = 3
_ENDED = (
    r"(?:revoked?|repealed?|rescind(?:ed)?|superseded?|replaced?|expired?|annull?ed|voided|vacated"
    r"|overturned?|overruled?|amended|abolished|cancell?ed|withdrawn|lapsed?|struck\s+down|undone|undid|killed)"
)
_TEXT = (
    r"(?:laws?|acts?|orders?|ordinances?|bills?|statutes?|polic(?:y|ies)|codes?|resolutions?|rules?"
    r"|memos?|sections?|provisions?|agreements?|amendments?|proposals?)\b(?!['’])"
)
# What a text is called by ends in its sort or its number; "it" is one that is named elsewhere.
_NAME = (
    rf"\b(?:{_TEXT}|\d[\w.()-]{{0,20}})"
    r"(?:\s+(?:of|on|about|for|from|in|against|\w+ing)\s[^?]{1,90}?)?"
)
_HERE = rf"(?:{_NAME}|\b(?:it|that|this)\b)"
_ASKS = re.compile(
    rf"""
    \b(?:still|currently|now|ever|already|yet|remains?|presently|today)?\s*
      (?:in\s+(?:full\s+)?(?:force|effect)|good\s+law|on\s+the\s+books|valid\s+law)\b
    | \b(?:is|are|remains?)\b[^?]{{0,90}}\bstill\s+(?:valid|binding|(?:the\s+)?law|active|good)\b
    | {_HERE}[\s,:–—-]+(?:(?:is|are|it)\s+){{0,2}}still\s+(?:(?:the|a|good)\s+)?
        (?:law|good|valid|binding|active|operative|around|standing|in\s+place)\b
    | \b(?:do|does|did)\s+(?:(?!(?:under|in|of|by|for|to)\b)[^\s?]+\s+){{0,6}}?{_NAME}\s+still\s+
        (?:stand|apply|exist)\b(?!\s+(?:to|if|when|where|for|in|on|against|with|even|only|as)\b)
    | {_HERE}\s+(?:(?:is|was|now|already|really)\s+){{0,2}}(?:gone|dead)\b(?=[^.?]*(?:\?|$))
    | \b(?:was|were|been|is|are|got|which|what|who|when)\b[^?]{{0,60}}\bscrapped\b
    | \b(?:was|were|been|is|are|got|has|have|did|does|when|which|what|who|why)\b(?![^?]{{0,90}}
        \b(?:may|must|shall|can|should|could|would)\b)[^?]{{0,110}}\b{_ENDED}\b
    | \b(?:ever|actually)\s+(?:enacted|adopted|passed|become\s+law|became\s+law)\b
    | {_NAME}\s+(?:ever|actually)\s+pass\b
    | \b(?:ever|actually)\s+(?:enact|adopt|pass)\s[^?]{{0,60}}\b(?:bill|int|res(?:olution)?)\b
    | \b(?:which|what)\s+(?:acts?|laws?)\s+(?:first\s+)?(?:enacted|added)\b
    | \b(?:enacted|added|{_ENDED})\s+by\s+(?:which|what|whom)\b
    | \bhistory\s+of\s[^?]{{0,40}}§
    | \b(?:was|were|did|has|is)\b[^?]{{0,80}}
        \b(?:enacted|become\s+law|became\s+law|signed\s+into\s+law)\b
    | (?<!immigration\s)(?<!citizenship\s)\bstatus\s+of\b
    | \b(?:when|why|how)\s+did\b[^?]{{0,60}}\bend\b
    | \b(?:t(?:ake|ook)|went|go|come|came)\s+into\s+(?:force|effect)\b
    """,
    re.I | re.X,
)
_OF_A_RULING = re.compile(r"\b(?:overrul\w+|overturn\w+|good\s+law|precedent)\b", re.I)
# "Which order did it revoke?" asks what a text did, not how that text stands.
_DID = re.compile(
    r"\b(?:did|does|do)\b[^?]{1,90}?\b(?:revoke|rescind|repeal|supersede|replace|amend|annul|void"
    r"|overturn|overrule|abolish|cancel|withdraw)\b(?P<rest>[^?]*)",
    re.I,
)
_OF_A_BILL = re.compile(r"\b(?:bills?|propos(?:al|ed)\w*|legislation|int|resolutions?)\b", re.I)
_RESOLUTION = re.compile(r"\bresolutions?\b", re.I)
_ANY_BILL = re.compile(
    r"\b(?:an?|any|no|some)\s+(?:[\w().-]+\s+){0,3}?(?:bills?|proposals?|legislation|resolutions?)\b",
    re.I,
)
_FATE = re.compile(
    r"\b(?:enacted|adopted|pass(?:ed)?|(?:become|became|into|still|actually|now)\s+(?:the\s+)?law"
    r"|vetoed|died|dead|status\s+of)\b",
    re.I,
)
# What goes before or beside what is asked: "before that order was revoked", "the repealed order".
_OVER = rf"(?:{_ENDED}|scrapped|ended|enacted|passed|adopted|in(?:to)?\s+(?:force|effect))"
_WAS = r"(?:was|were|is|are|got|ha[sd]\s+been|have\s+been)(?:\s+(?:later|since|then|now)){0,2}"
_MEANWHILE = re.compile(
    r"""
    (?: \b(?:before|after|until|till|since)\b(?!\s+(?:when|what|which|then)\b)
      | \bonce\s(?=(?:it|they|the|that|this|(?-i:[A-Z])\S*)\s)
      | ^\W*(?:under|if|while|although|because|now\s+that|when)\b
          (?!\s+(?:wh\w+|is|are|was|were|do|does|did|has|had)\b)
    )
    (?:(?!\s(?:and\s)?(?:who|what|how|where|why|do|does|did)\b|\s(?:and|but)\s(?:is|was|are|which)\b
      |\.\s+(?:is|was|who|what|which|how|when|where|why|do|does|did|has|may|can)\b|\s[–—-]\s)
      (?:[^,;:?!]|,(?=\s*\d)))*
    """,
    re.I | re.X,
)
_WHICH_IS_OVER = re.compile(
    rf"""
    \bunder\s+(?:the|that|an?)\s+(?:[^\s,;?]+\s+){{0,6}}?{_TEXT}\s+(?:that|which)\s+
      (?:\w+\s+){{0,3}}?{_OVER}\b
    | (?<=\w|\)),\s+(?:which\s+{_WAS}|since|now|later)\s+{_OVER}[^,;?]*,(?!\s*(?:and|or|when|why)\b)
    | (?P<text>{_TEXT}(?:\s+\d[\w-]*)?)\s+(?:that|which)\s+{_WAS}\s+{_OVER}\b
    | (?P<the>\b(?:the|an?|its|now)[\s-]+){_ENDED}(?<=ed|wn)\s+
      (?=(?:(?!the\b|an?\b)[\w-]+\s+){{0,2}}?{_TEXT})
    """,
    re.I | re.X,
)
_QUESTION = re.compile(
    r"\b(?:wh(?:o|om|ose|at|ich|en|ere|y)|how|is|are|was|were|do|does|did|has|have|had|can|may|must"
    r"|shall|should|will|would|could|still)\b",
    re.I,
)
# Where one question ends and another begins.
_BETWEEN = re.compile(rf"[?;]|(?:\.|,?\s(?:and|but))\s+(?={_QUESTION.pattern})", re.I)


def told(
    question: str, timing: Timing, evidence: Sequence[Evidence], holdings: Holdings
) -> Told | None:
    """How the texts stand that a question asks the standing of; None where it asks none."""
    view, asked = timing.view, _main(question)
    if not _ASKS.search(asked) or _asks_what_it_did(asked, view):
        return None
    alone = all(_ASKS.search(part) or not _QUESTION.search(part) for part in _BETWEEN.split(asked))
    statements: list[Statement] = []
    citations: list[Citation] = []
    notices: list[str] = []
    for subject in _subjects(asked, timing, evidence):
        named = alone and subject.id in timing.named
        shown = proofs(asked, subject, view, evidence, holdings, alone=named)
        if not shown:
            continue
        found = [cite(document, span, view) for document, span in shown]
        start = len(citations)
        citations += found
        places = tuple(range(start + 1, len(citations) + 1))
        statements.append(Statement(said_of(subject, view), found[0].channel, places))
        notices += [after] if (after := view.works.aftermath(subject, view.day)) else []
    return Told(tuple(statements), tuple(citations), tuple(notices)) if statements else None


def _main(question: str) -> str:
    """A question without its clauses on what happened meanwhile, if it still is one."""

    def left(clause: re.Match[str]) -> str:
        leads = not question[: clause.start()].strip() and question[clause.end() :][:1] == ","
        return " " if leads or re.search(rf"\b{_OVER}\b", clause[0], re.I) else clause[0]

    rest = _WHICH_IS_OVER.sub(lambda m: m["text"] or m["the"] or " ", question)
    rest = _MEANWHILE.sub(left, rest)
    return rest if _QUESTION.search(rest) else question


def _asks_what_it_did(question: str, view: Vantage) -> bool:
    """Whether it asks what a text revoked or amended, and does not name that."""
    did = _DID.search(question)
    if did is None or _FATE.search(did["rest"]):
        return False
    return not named_texts(did["rest"], view.works)


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
    """The texts whose standing is asked: those named, else the bill or the one whose title is said.

    What only a clause names that is beside the question is none, where the question names another.
    """
    works, day = timing.view.works, timing.view.day
    here = named_texts(question, works)
    names = [name for name in timing.named if name in here] or timing.named
    named = [works.entries[name] for name in names]
    named = [entry for entry in named if not works.is_copy(entry)]
    # A name that several editions share means the one in force, or the last there was.
    for entry in list(named):
        newer = [one for one in works.current(entry, day) if one in named]
        if newer and entry not in newer:
            named.remove(entry)
    if not named:
        seen = {id(one.document.entry): one.document.entry for one in evidence}
        best = _cited_within(question, evidence) or _bill_told_of(question, timing, evidence)
        if best is None:
            rulings = _OF_A_RULING.search(question) is not None
            best = meant(question, seen.values(), rulings=rulings)
        named = [best] if best is not None else []
    return named[:_MOST_SUBJECTS]


def _cited_within(question: str, evidence: Sequence[Evidence]) -> Entry | None:
    """The text of which a section is cited that was found: "§ 27A.1" of chapter 27A."""
    cited = {key for key in citations_in(question) if not key.startswith("§")}
    for one in evidence:
        own = citations_of(one.document.entry, one.hit.passage.locator.path)
        if cited & set(own):
            return one.document.entry
    return None


def _bill_told_of(question: str, timing: Timing, evidence: Sequence[Evidence]) -> Entry | None:
    """The bill, or the resolution that was not adopted, that is asked about without its name."""
    definite = _ANY_BILL.sub(" ", question)
    if not (_OF_A_BILL.search(definite) and _FATE.search(question)):
        return None
    works, day = timing.view.works, timing.view.day
    only = _RESOLUTION.search(question) is not None
    kinds = (Kind.RESOLUTION,) if only else (Kind.BILL, Kind.RESOLUTION)
    found = [one.document.entry for one in evidence[:_FIRST] if one.document.entry.kind in kinds]
    # The first resolution may be one that was adopted: then no other is meant.
    for entry in found[:1] if only else found:
        if works.standing(entry, day).status in NEVER:
            return entry
    return None
