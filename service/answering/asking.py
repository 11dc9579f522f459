"""What sort of words answers a question: a length of time, an amount, a date, a penalty.

expected("How many days is the notice?").search("at least 30 days before")    # a match
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pincite.words import terms

_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty"
    "|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|once|twice"
)
# A run of digits is looked at once, from its start.
_NUMBER = rf"(?:(?<![\d,.])\d[\d,.]*|\b(?:{_WORDS})\b)"
_UNITS = "minutes?|hours?|days?|weeks?|months?|quarters?|years?"
_LENGTH = rf"{_NUMBER}[)\s-]{{0,3}}(?:business |calendar |working |consecutive )?(?:{_UNITS})\b"
_OFTEN = r"\b(?:daily|weekly|monthly|quarterly|(?:semi-?)?annual(?:ly)?|immediately|forthwith)\b"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = rf"\b(?:{_MONTHS})[a-z]{{0,6}}\.? \d|\b(?:1[6-9]|20)\d\d\b"
CONSEQUENCE = re.compile(
    r"\bwhat\s+hap+ens?\b|\bwhat\s+(?:is|are|was|were)\s+the\s+(?:\w+\s+)?(?:penalt|consequence"
    r"|punishment|sanction)|\bwhat\s+(?:penalt|consequence|punishment|sanction)",
    re.I,
)
_FOLLOWS = (
    r"\b(?:penalt|fine[ds]?\b|imprison|disciplin|terminat|revok|revocation|ineligib|forfeit|liab"
    r"|suspen|with(?:h[eo]ld|draw)|subject to|punish|guilty|misdemeanor|felony|damages|dismiss"
    r"|deni(?:ed|al)|remov(?:ed|al)|los[es]|enjoin|injunct|civil action|contempt)\w*"
)
# One row a sort: how it is asked for, and what its answer holds. The first that is asked counts.
_SORTS = [
    (
        r"\bwhen\b[^?]*\b(?:(?:takes?|took|into|in) (?:force|effect)|kick(?:s|ed)? in|effective)\b"
        r"|\beffective date\b",
        rf"{_DATE}|{_LENGTH}|\b(?:takes?|taking|took) effect\b|\beff(?:ective)?\b",
    ),
    (
        rf"\bhow (?:long|soon|quickly|fast|often)\b|\bhow (?:many|few) (?:\w+ )?(?:{_UNITS})\b"
        r"|\bwhat (?:is the )?(?:deadline|time limit|term)\b|\bwithin what\b",
        rf"{_LENGTH}|{_OFTEN}",
    ),
    (
        r"\bhow much\b|\bwhat (?:percentage|share|per ?cent)\b"
        r"|\bwhat (?:is the |are the )?(?:\w+ )?(?:fine|fee|amount|damages|price|cost)\b",
        rf"[$€£]\s?\d|{_NUMBER} (?:dollars|cents|per ?cent)\b|\d\s?%",
    ),
    (r"\bhow (?:many|few)\b|\bwhat number\b", _NUMBER),
    (
        r"\b(?:what|which) (?:date|day|year|month)\b|^when (?:did|was|were|does|is|do|are)\b"
        r"|\b(?:since|until|by) when\b",
        rf"{_DATE}|{_LENGTH}",
    ),
]
_ROWS = [
    *((re.compile(asks, re.I), re.compile(holds, re.I)) for asks, holds in _SORTS),
    (CONSEQUENCE, re.compile(_FOLLOWS, re.I)),
]

# Who asks what a thing must hold is answered by the list of it, with what leads to that.
_ASKS_LIST = re.compile(
    r"\bwhat (?:all )?(?:must|should|shall|do|does|did|has|have|needs?|is|are)\b[^?.;]{0,80}"
    r"\b(?:contain|include|cover|spelled out|set out|listed|go(?:es)? in(?:to)?\b)"
    r"|\bwhat (?:must|has to|needs to|should) be (?:in|on)\b|\bwhat goes? in(?:to)?\b"
    r"|\bcontents of\b|\b(?:what|which) (?:kinds? of )?(?:information|details|data|contents)\b",
    re.I,
)
LIST = re.compile(
    r"(?:\b(?:includ|contain|compris|consist|cover|list)\w*|\bfollowing\b|\bset(?:ting)? forth\b)"
    r"[^.]{0,150}[:—]",
    re.I,
)
"""The words that lead to a list: a preference among stretches, not what an answer must hold."""
# Who asks what was argued is answered with it.
_ARGUMENT = re.compile(
    r"\b(?:argu|contend|contention|maintain|assert|claim|submit|insist|urg(?:e|es|ed|ing)\b|object"
    r"|position|theory|reading|say|said|tell|told|think|rely|reli(?:es|ed)|invoke|opponent|counsel"
    r"|petitioner|respondent|appell|plaintiff|defendant|dissent|solicitor|government)\w*",
    re.I,
)
# But not who asks how a court answered it.
_ANSWERED = re.compile(
    r"\b(?:respond|response|answer|repl(?:y|ied)|reject|rebut|distinguish|dispos|dismiss|refut)\w*",
    re.I,
)
# Who asks from when, or till when, may be answered with what an act says of its own beginning.
_EFFECT = re.compile(
    r"\b(?:effect(?:ive)?|force|start\w*|beg[aiu]n\w*|commence\w*|when|since|until|still|expir\w*"
    r"|sunset\w*|kick\w*|already|existing|before|after|prior|retroactiv\w*|grandfather\w*)\b",
    re.I,
)
# And who asks what an act changes, with its drafting.
_CHANGE = re.compile(r"\b(?:amend|add(?:s|ed|ing)?\b|repeal|chang|rewrit|insert)\w*", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The question's terms with their rarity, and the sort of words that its answer holds.

    `effect` is whether that is when something takes effect, which acts say of themselves.
    `argument` is whether it may be answered by what somebody argued, `change` by the drafting of
    an act that changes another text.
    """

    terms: dict[str, float]
    sort: re.Pattern[str] | None = None
    effect: bool = False
    argument: bool = False
    change: bool = False


def wanted_of(question: str, rarity: Callable[[str], float]) -> Wanted:
    """What a question wants; `rarity` is that of a stem over all passages."""
    by_rarity = {term: rarity(term) for term in terms(question)}
    return Wanted(
        by_rarity,
        expected(question) or (LIST if _ASKS_LIST.search(question) else None),
        effect=_EFFECT.search(question) is not None,
        argument=_ARGUMENT.search(question) is not None and not _ANSWERED.search(question),
        change=_CHANGE.search(question) is not None,
    )


def expected(question: str) -> re.Pattern[str] | None:
    """What an answer to the question holds, or None where no one sort of thing is asked for."""
    return next((holds for asks, holds in _ROWS if asks.search(question)), None)
