"""Sorts of clauses of a text: how each is asked for, and by what words it is known.

"What are the exceptions in ...?"    "unless ...", "nothing in this section shall ..."
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What a question of one sort says beside the name of the text and the sort.
_ASKING_WORDS = """
    what which who whom when does do did is are was were there any all list show give tell find say
    says have has contain contains provide provides provided include includes set sets out lay lays
    under clause clauses section sections part parts language wording main must can may if
"""
ASKING = frozenset(_ASKING_WORDS.split())


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of clause: how it is asked for, what its words hold and do not, its headings.

    `silent` is whether a text without such words has none; else the ranking is asked.
    """

    asks: re.Pattern[str]
    words: frozenset[str]
    holds: re.Pattern[str]
    lacks: re.Pattern[str]
    headed: re.Pattern[str]
    silent: bool


def _sort(
    asks: str,
    words: str,
    holds: str,
    *,
    lacks: str = r"(?!)",
    headed: str = r"(?!)",
    silent: bool = True,
) -> Sort:
    asked, held, lacked, above = (re.compile(form, re.I) for form in (asks, holds, lacks, headed))
    return Sort(asked, ASKING | set(words.split()), held, lacked, above, silent)


OF_ITSELF = (
    r"\bnothing (?:contained )?in this\b|\bconstrued\b|\bseverab|\btakes? effect\b|\bmay be cited\b"
    r"|\bwhereas\b|\bas used in this\b|\bthe following (?:terms|definitions|words)\b"
    r"|[”\"]\s+(?:shall )?(?:means?|includes?)\b"
)
_NOT = r"\b(?:shall|may|must|can|will) (?:not|only)\b|\bno [^.;:]{2,250}?\b(?:shall|may|must)\b"
SORTS: tuple[Sort, ...] = (
    _sort(
        r"\b(?:exceptions?|exempt\w*|carve-?outs?|exclusions?)\b",
        "exception exceptions exempt exempts exempted exemption exemptions carve outs carveouts"
        " exclusion exclusions apply allow allows make makes recognize recognizes from",
        r"\b(?:except(?:ions?)?|unless|notwithstanding|nothing (?:contained )?in this|exempt\w*"
        r"|(?:shall|does|do) not (?:apply|prohibit|prevent|preclude|limit|restrict|be construed)"
        r"|not (?:be )?(?:a violation|required)|provided,? however|other than)\b",
        lacks=r"\bseverab|\bright or benefit\b",
        headed=r"\W*(?:exceptions?|exemptions?|exclusions?)\b",
    ),
    _sort(
        r"\b(?:penalt\w*|fines?|punish\w*|sanctions|consequences?|remed(?:y|ies))\b",
        "penalty penalties penalize penalizes fine fines punish punishes punishment punishments"
        " sanctions consequence consequences remedy remedies for violating violation violations"
        " breach"
        " breaking breaks noncompliance impose imposes carry carries criminal civil maximum",
        r"\b(?:penalt(?:y|ies)|fined?\b|imprison\w*|punish\w*|guilty|misdemeanor|felony|damages"
        r"|forfeit\w*|ineligib\w*|(?:be|is|are) (?:denied|liable|invalid|terminated|suspended)"
        r"|disciplin\w+|civil action|injuncti\w+|attorney(?:['’]s)? fees|lose eligibility"
        r"|withhold(?:ing)?|disqualif\w+|revo(?:ked|cation)|void)\b",
        lacks=r"\bseverab",
        headed=r"\W*(?:penalt|violation|remed|sanction|(?:denial|loss) of)",
    ),
    _sort(
        r"\b(?:definitions|defined\s+terms|terms\b[^?]{0,80}\bdefines?)\b",
        "definitions defined terms term define defines definition words",
        r"[”\"’]\s+(?:shall )?(?:means?|includes?|excludes?|refers?)\b"
        r"|\b(?:shall mean|means (?:an?|any|the|all|those|each|every|that)|is defined as)\b"
        r"|\bthe terms? [“\"‘][^”\"’]+[”\"’]|\bhave the (?:following )?meanings?\b",
        headed=r"\W*definitions?\b",
    ),
    _sort(
        r"\bseverab\w*",
        "severable severability clause provision",
        r"\bseverab\w*|\bif any (?:\w+ ){0,3}?(?:provision|section|part|clause|sentence|portion)\b",
        headed=r"\W*severab",
    ),
    _sort(
        r"\b(?:expir\w*|sunsets?|lapses?)\b",
        "expire expires expiration expiry sunset sunsets lapse lapses date clause",
        r"\b(?:expir\w*|sunset\w*|lapses?|remain in (?:full )?(?:force|effect)|(?:is"
        r"|be) deemed repealed"
        r"|terminat\w+ (?:on|upon|after|this|the agreement))\b",
    ),
    _sort(
        r"\b(?:take|takes|took|come|comes|came|go|goes|went)\s+(?:into\s+)?(?:effect|force)\b"
        r"|\beffective\s+date\b",
        "take takes took effect effective date come comes came go goes went into force",
        r"\b(?:takes? effect|effective (?:date|on|upon|immediately|\w+ \d)|(?:be|is"
        r"|become) effective"
        r"|in effect (?:on|from|upon))\b",
        silent=False,
    ),
    _sort(
        r"\breport(?:s|ing)?\b",
        "report reports reporting requirements requirement require requires required duty duties"
        " made"
        " make file submit",
        r"\breports?\b[^.]{0,200}\b(?:shall|must)\b|\b(?:shall|must)\b[^.]{0,200}\breports?\b",
        lacks=rf"{OF_ITSELF}|\bshall not\b",
        headed=r"\W*report",
    ),
    _sort(
        r"\b(?:what|which|whose|legal)\b[^?]{0,20}\bauthority\b",
        "authority legal issue issued issues made make makes by rely relies on statutory based"
        " basis",
        r"\b(?:by the authority|authority vested|vested in me|by virtue of"
        r"|pursuant to (?:the )?(?:power"
        r"|authority)|power vested)\b",
    ),
    _sort(
        r"\bwho\s+(?:enforces?|polices|oversees)\b|\b(?:how\s+is|enforcement\s+of)\b.{0,200}?\benforce\w*",
        "enforce enforces enforced enforcement oversee oversees police polices how responsible"
        " for of",
        r"\b(?:shall|may|must) (?:[\w,]+ ){0,6}?(?:enforce|investigate|oversee|bring (?:an?|suit)"
        r"|commence)\b|\b(?:civil action|complaints? (?:may|shall)|violations? of this)\b"
        r"|\benforcement of this (?:section|chapter|act|article|ordinance|law)\b",
        lacks=r"\bseverab|\bright or benefit\b",
        headed=r"\W*(?:enforcement|complaints?|violations?)\b(?! of (?:federal|immigration))",
    ),
    _sort(
        r"\b(?:private\s+right|cause\s+of\s+action|right\s+(?:to\s+sue|of\s+action)|sue"
        r"|lawsuits?)\b",
        "private right rights of action cause sue lawsuit lawsuits create creates give gives bring"
        " individual individuals people person persons anyone someone resident residents for"
        " violating a",
        r"\b(?:right or benefit|private (?:right|cause)|cause of action|civil action|may sue"
        r"|bring (?:an? )?(?:civil )?(?:action|suit)|action (?:for|in) (?:damages|mandamus"
        r"|equity))\b",
    ),
    _sort(
        r"\b(?:prohibits?|prohibitions?|forbids?|bans?|bars?|outlaws?|prohibited|forbidden)\b",
        "prohibit prohibits prohibited prohibition prohibitions forbid forbids forbidden ban bans"
        " bar"
        " bars outlaw outlaws from doing by agencies officers police officials conduct",
        rf"{_NOT}|\b(?:unlawful|(?:is|are) (?:hereby )?(?:prohibited|forbidden|barred)"
        r"|(?:is|be|constitutes?) a violation)\b",
        lacks=rf"{OF_ITSELF}|\bnot be (?:required|limited|deemed)\b",
        silent=False,
    ),
    _sort(
        r"\b(?:requires?|mandates?|obliges?|demands?|duties|requirements|obligations|required)\b",
        "require requires required mandate mandates oblige obliges demand demands duties"
        " requirements"
        " obligations impose imposes do of by agencies officers police officials cities everyone",
        r"\b(?:shall|must|(?:is|are) required to)\b",
        lacks=rf"{OF_ITSELF}|{_NOT}|\bshall be (?:known|cited|deemed)\b",
        silent=False,
    ),
    _sort(
        r"\b(?:allows?|permits?|authori[sz]es?|permitted|allowed)\b",
        "allow allows allowed permit permits permitted authorize authorizes do by agencies officers"
        " police officials",
        r"\b(?-i:may)\b(?! (?:not|be cited|\d))"
        r"|\b(?:is|are) (?:hereby )?(?:authorized|permitted)\b",
        lacks=rf"{OF_ITSELF}|\bno [^.;:]{{2,250}}?\bmay\b",
        silent=False,
    ),
)
"""In the order in which they are looked for: what exempts is asked for before what forbids."""
