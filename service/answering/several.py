"""Questions of several texts: "which states forbid ...", "what executive orders deal with ...".

One quote answers such a question for one text alone, so the best of each text is quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from pincite.kinds import KINDS, Kind
from pincite.types import Entry
from pincite.works import Works, work_of
from service.answering.choosing import quotes_of
from service.answering.considering import Considered
from service.answering.evidence import Evidence, bears_on
from service.answering.precedence import Behind
from service.answering.quoting import Quote
from service.answering.subjects import named_texts

# So many texts are quoted, of so many passages of each and in all, read so many at a time.
_MOST_TEXTS, _MOST_OF_EACH, _MOST_READ, _AT_ONCE = 6, 2, 12, 5
# Texts of which the selector is so much less sure, in log-odds, are none of those asked for.
_LESS_SURE = 2.0
_NOUNS = (
    r"(?P<noun>states|cities|towns|counties|localities|jurisdictions|places|governments|laws"
    r"|statutes|ordinances|(?:executive )?orders|rulings|decisions|cases|agreements|moas?|bills"
    r"|resolutions|texts|documents|memos|rules|provisions)\b"
)
# "What must cities do" asks of no texts.
_NO_ADJECTIVE = (
    r"(?:must|may|might|can|could|shall|should|will|would|do|does|did|is|are|was|were|has|have|had"
    r"|happens?|happened|of|to|with|by|in|on|for|about|that|if|when|makes?|made|gives?|lets?)\b"
)
_ASKS = re.compile(
    r"(?:^|[.?!;,]\s+|\b(?:and|or)\s+)(?:please\s+)?(?:(?:tell\s+me\s+|(?:in|under)\s+)?(?:which|what)"
    r"(?:\s+of\s+the)?|list|name|find|show(?:\s+me)?|give\s+me|(?:is|are)\s+there|have\s+there\s+been"
    r"|do\s+any|any|(?:i\s+am\s+|i['’]m\s+)?looking\s+for)\s+"
    rf"(?:(?!{_NO_ADJECTIVE})[\w’'.-]+\s+){{0,3}}?{_NOUNS}(?!\s+of\s+(?:this|that|the))",
    re.I,
)


def _is_of_depth(depth: int) -> Callable[[Entry], bool]:
    return lambda entry: len((entry.jurisdiction or "").split("/")) == depth


def _is_a(*kinds: Kind) -> Callable[[Entry], bool]:
    return lambda entry: entry.kind in kinds


def _is_law(entry: Entry) -> bool:
    return KINDS[entry.kind].channel == "law" and entry.kind is not Kind.COURT_RULING


def _is_any(entry: Entry) -> bool:
    return True


def _is_local(entry: Entry) -> bool:
    return (entry.jurisdiction or "us") != "us"


_OF: Mapping[str, Callable[[Entry], bool]] = {
    "states": _is_of_depth(2),
    "cities": _is_of_depth(3),
    "towns": _is_of_depth(3),
    "counties": _is_of_depth(3),
    "localities": _is_local,
    "jurisdictions": _is_local,
    "places": _is_local,
    "governments": _is_local,
    "statutes": _is_a(Kind.STATUTE),
    "ordinances": _is_a(Kind.ORDINANCE, Kind.AMENDING_ACT),
    "orders": _is_a(Kind.EXECUTIVE_ORDER),
    "executive orders": _is_a(Kind.EXECUTIVE_ORDER),
    "rulings": _is_a(Kind.COURT_RULING),
    "decisions": _is_a(Kind.COURT_RULING),
    "cases": _is_a(Kind.COURT_RULING),
    "agreements": _is_a(Kind.AGREEMENT),
    "moas": _is_a(Kind.AGREEMENT),
    "bills": _is_a(Kind.BILL),
    "resolutions": _is_a(Kind.RESOLUTION),
    "memos": _is_a(Kind.DOJ_MEMO),
    "laws": _is_law,
}


def of_each(on: Considered, behind: Behind) -> list[Quote]:
    """The best words of each text that is asked for, best first; none for other questions."""
    text, works = on.asking.text, on.view.works
    if on.named or _ASKS.search(text) is None or named_texts(text, works):
        return []
    evidence = _asked_for(text, on.evidence, works, on.near)[:_MOST_READ]
    found = [
        quote
        for start in range(0, len(evidence), _AT_ONCE)
        for quote in quotes_of(evidence[start : start + _AT_ONCE], on.asking)
    ]
    surest = max((one.odds for one in found if one.odds is not None), default=0.0)
    sure = [one for one in found if one.odds is not None and one.odds >= surest - _LESS_SURE]
    sure.sort(key=lambda one: behind(one.evidence) - one.evidence.score - one.bearing)
    first: dict[str, Quote] = {}
    said = set[str]()
    for one in sure:
        if (words := _words(one)) not in said:
            first.setdefault(work_of(one.evidence.document.entry), one)
        said.add(words)
    found = list(first.values())[:_MOST_TEXTS]
    return found if len(found) > 1 else []


def of_the_sort(question: str, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence of the sort of text that is asked for ("any rulings on ..."), else all of it."""
    asks = _ASKS.search(question)
    is_one = _OF.get(" ".join(asks["noun"].lower().split()), _is_any) if asks else _is_any
    return [one for one in evidence if is_one(one.document.entry)] or evidence


def _words(one: Quote) -> str:
    return " ".join(one.span.of(one.evidence.document.text).split())


def _asked_for(
    question: str, evidence: Sequence[Evidence], works: Works, near: Sequence[str]
) -> list[Evidence]:
    """The best passages of each text of the sort that is asked for, best first, without copies."""
    asks = _ASKS.search(question)
    is_one = _OF.get(" ".join(asks["noun"].lower().split()), _is_any) if asks else _is_any
    of_work: Counter[str] = Counter()
    chosen = []
    for one in evidence:
        entry = one.document.entry
        elsewhere = near and one.authority.binds and not bears_on(one.authority, near)
        if elsewhere or works.is_copy(entry) or not is_one(entry):
            continue
        of_work[work_of(entry)] += 1
        if of_work[work_of(entry)] <= _MOST_OF_EACH:
            chosen.append(one)
    return chosen
