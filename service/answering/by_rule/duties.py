"""What a text says that somebody shall do, asked by who that is.

"What does Exec. Order No. 9 tell the Secretary to do?"    "The Secretary ... shall ..."
"""

from __future__ import annotations

import re

from service.answering.by_rule.clause_sorts import ASKING, OF_ITSELF, Sort

_NOT = r"(?!(?:under|to|tells?|directs?|orders?|requires?|does|is|are)\b)"
_WHO = (
    rf"(?P<who>(?!(?:of|from|by)\b)(?:the\s+|an?\s+)?(?:{_NOT}[\w’'-]+\s+){{0,4}}?{_NOT}[\w’'-]+)"
)
_UNDER = r"(?:under|by|according\s+to|pursuant\s+to)\b"
_DUTIES = [
    re.compile(form, re.I)
    for form in (
        rf"(?<!executive )\b(?:tell|direct|order|require|instruct|command|oblige)s?\s+(?!\d){_WHO}"
        r"\s+to\s+do\b",
        rf"\bwhat\s+(?:must|shall|should|does|do|is|are)\s+{_WHO}\s+"
        rf"(?:(?:have|required|supposed|need|obliged)\s+to\s+)?do\s+{_UNDER}",
        rf"\b(?:duties|obligations|responsibilities)\s+of\s+{_WHO}\s+(?:under|in)\b",
    )
]
# "The Attorney General, in coordination with the Secretary, and the Director shall".
_ASIDE = (
    r"(?:,[^.;:]{0,160}?,)?(?:\s+(?:and|or|through|acting)\b[^,.;:]{0,80})?,?(?:\s+\([^)]{1,60}\))?"
)
_SHALL = r"(?:also\s+|further\s+)?(?:shall|must|(?:is|are)\s+(?:required|directed)\s+to)\b"
_DUTY = """
    tell tells direct directs order orders require requires required instruct instructs command
    commands oblige obliges obliged supposed need have do according pursuant duties obligations
    responsibilities
"""
_DUTY_WORDS = frozenset(_DUTY.split())


def duties_in(question: str) -> tuple[str, Sort] | None:
    """What somebody must do, as a sort of clause, and the question without who that is."""
    found = next((one for form in _DUTIES if (one := form.search(question))), None)
    if found is None:
        return None
    who = re.sub(r"^(?:the|an?)\s+", "", found["who"], flags=re.I)
    *before, last = who.split()
    said = r"\s+".join([*map(re.escape, before), _in_any_number(last)])
    sort = Sort(
        found.re,
        ASKING | _DUTY_WORDS,
        re.compile(rf"\b{said}\b{_ASIDE}\s+{_SHALL}", re.I),
        re.compile(OF_ITSELF, re.I),
        re.compile(r"(?!)"),
        silent=False,
    )
    return f"{question[: found.start('who')]} {question[found.end('who') :]}", sort


def _in_any_number(noun: str) -> str:
    """A pattern of a noun in singular and plural: "agencies" is "agency" too."""
    if noun.endswith(("ies", "y")):
        return rf"{re.escape(noun.removesuffix('ies').removesuffix('y'))}(?:y|ies)"
    return rf"{re.escape(noun.removesuffix('s'))}s?"
