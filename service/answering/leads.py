"""Whose words follow, said by rule before a quote: "8 U.S.C. § 1373(a) provides:".

Law that stands speaks in the present, what has ended in the past, what was never law in the
conditional. A court holds only where its majority says that it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pincite.authority import is_recital
from pincite.citing.forms.wording import day as printed_day
from pincite.citing.forms.wording import inert
from pincite.courts import court_of
from pincite.kinds import Kind
from pincite.standing import ENDED, listed
from pincite.types import Answer, Citation, Part
from service.vantage import Vantage, today

_LONGEST_NAME = 160
# What a citation ends in, and a sentence does not need: an edition's years, a bill's fate.
_AFTERMATH = re.compile(
    r"(?: \((?:(?:superseded|repealed|revoked|expired) )?\d{4}\)| \(not enacted\))+$"
)
_REGISTER = re.compile(r",\s*\d+ (?:Fed\. Reg\.|C\.F\.R\.) .*?(?=, (?:amend|add|repeal)ing |$)")
_NOTE = re.compile(r" note(?: \([^()]*\))?$")
_HOLDS = re.compile(
    r"\b(?:we|this court)(?: \w+){0,2}? (?:hold|holds|conclude|concludes|affirm|reverse)\b"
    r"|\bjudgment\b[^.]{0,80}\bis (?:\w+ )?(?:affirmed|reversed|vacated)\b",
    re.I,
)
# "We have held" tells of another case.
_HELD_BEFORE = re.compile(r"\bwe (?:have|had|did|do not|cannot|need not)\b", re.I)
_RESOLVED = re.compile(r"\W*(?:be it )?(?:further )?resolved\b", re.I)
_BETWEEN = re.compile(r" between (?P<who>.+? and .+?)(?=,| \(|$)")
_TITLES = re.compile(r"^(?P<name>.+?), (?P<chief>C\. ?)?J\.?$")
# A name that reads as a thing takes an article; people and newspapers do not.
_THING = re.compile(
    r"^(?!The |the )(?:.*\b(?:Council|Assembly|Legislature|Congress|Department|Office|Bureau|Agency"
    r"|Senate|House|Court|Enforcement|Service|Guard|County|Center|Attorney General|Sheriff of.*"
    r"|Parliament.*|Board.*|Commission.*))$|^(?:Department|Office|Bureau|Sheriff|Attorney|Board) "
)

# Verbs of the present, the past, and of what would have been.
_Verbs = tuple[str, str, str]
_PROVIDES: _Verbs = ("provides", "provided", "provide")
_SAYS: _Verbs = ("says", "said", "say")
_RECITES: _Verbs = ("recites", "recited", "recite")
_RESOLVES: _Verbs = ("resolves", "resolved", "resolve")


def led(answer: Answer, view: Vantage) -> Answer:
    """The answer with a lead-in to each statement that is a quote and nothing else."""
    view = replace(view, day=answer.as_of or view.day)
    cited = answer.citations
    statements = tuple(
        replace(one, lead=lead_of(cited[one.citations[0] - 1], view))
        if one.citations and one.text == cited[one.citations[0] - 1].quote
        else one
        for one in answer.statements
    )
    return replace(answer, statements=statements)


def lead_of(citation: Citation, view: Vantage) -> str:
    """The lead-in to a quote, with its colon."""
    kind, part = citation.entry.kind, citation.locator.part
    if kind is Kind.COURT_RULING:
        return f"{_OF_PARTS.get(part, _of_ruling)(citation)}:"
    if part in _ASIDE:
        return f"{_ASIDE[part]} {_comma(_NOTE.sub('', _name(citation)))} says:"
    return f"{_OF_KINDS[kind](citation, view)}:"


def _name(citation: Citation) -> str:
    """The printed citation as running text has it: no page of the register, no edition's years."""
    name = _REGISTER.sub("", citation.text)
    return inert(_AFTERMATH.sub("", name), _LONGEST_NAME)


def _comma(name: str) -> str:
    """A name that goes on behind a comma ("Ord. 31, § 3, amending Code § 12") is closed by one."""
    return (
        f"{name},"
        if re.search(r", (?:amend|add|repeal)\w*ing |, whereas | cls?\. ", name)
        else name
    )


def _stated(citation: Citation, view: Vantage, name: str, verbs: _Verbs) -> str:
    """A text by its name with the verb in its time, and what ended it."""
    present, past, future = verbs
    status, draft = citation.status, citation.entry.kind in (Kind.BILL, Kind.RESOLUTION)
    if status in ENDED:
        return f"{_open(name)}, {citation.standing or status}, {past}"
    if status == "not_enacted":
        never = "never adopted" if citation.entry.kind is Kind.RESOLUTION else "never enacted"
        return f"{_open(name)}, {never}, would have {past}"
    if status == "pending" and draft:
        return f"{_open(name)}, not enacted, would {future}"
    if status == "pending":
        return f"{_open(name)}, {citation.standing or 'not in force yet'}, will {future}"
    ended = view.works.ending(citation.entry)
    if ended and ended.day and view.day < ended.day <= today():
        return f"On {view.day}, {_comma(name)} {past}"
    if status == "unknown" and citation.channel == "law":
        return f"{_open(name)}, not known to be still in force, {present}"
    return f"{_comma(name)} {present}"


def _open(name: str) -> str:
    return name.rstrip(",")


def _of_law(citation: Citation, view: Vantage) -> str:
    recital = is_recital(citation.quote)
    return _stated(citation, view, _name(citation), _RECITES if recital else _PROVIDES)


def _of_bill(citation: Citation, view: Vantage) -> str:
    return _stated(citation, view, f"The bill {_name(citation)}", _PROVIDES)


def _of_resolution(citation: Citation, view: Vantage) -> str:
    verbs = _RECITES if is_recital(citation.quote) else _SAYS
    verbs = _RESOLVES if _RESOLVED.match(citation.quote) else verbs
    return _stated(citation, view, _name(citation), verbs)


def _of_agreement(citation: Citation, view: Vantage) -> str:
    found = _BETWEEN.search(citation.text)
    parties = [the(inert(party)) for party in citation.entry.parties]
    between = found["who"] if found else listed(parties) if len(parties) > 1 else ""
    name = f"The agreement between {between}" if between else _name(citation)
    return _stated(citation, view, inert(name, _LONGEST_NAME), _PROVIDES)


def _of_memo(citation: Citation, view: Vantage) -> str:
    entry = citation.entry
    if not entry.issuer:
        return _stated(citation, view, _name(citation), _SAYS)
    who = the(inert(entry.issuer))
    when = f" ({printed_day(entry.issued)})" if entry.issued else ""
    comma = "," if "," in who and not when else ""
    return _stated(citation, view, f"The memo of {who}{when}{comma}", _SAYS)


def _of_fact_sheet(citation: Citation, view: Vantage) -> str:
    who = citation.entry.issuer
    return f"A fact sheet of {the(inert(who))} says" if who else f"{_titled(citation)} says"


def _of_transcript(citation: Citation, view: Vantage) -> str:
    speaker = inert(citation.locator.author)
    title = inert(citation.entry.title, _LONGEST_NAME)
    if not speaker:
        return f"The transcript “{title}” reads"
    name = speaker.title() if speaker.isupper() else speaker
    return f"In the transcript “{title}”, {name} said"


def _of_op_ed(citation: Citation, view: Vantage) -> str:
    issuer = inert(citation.entry.issuer)
    author = inert(citation.locator.author)
    by, _, paper = issuer.partition(", ")
    if author and author != by:
        by, paper = author, paper or by
    if not by:
        return f"An op-ed, {_titled(citation)}, argues"
    return f"An op-ed by {the(by)}{f' in {paper}' if paper else ''} argues"


def _of_news(citation: Citation, view: Vantage) -> str:
    issuer = inert(citation.entry.issuer)
    return f"{issuer} reports" if issuer else f"A news article, {_titled(citation)}, reports"


def _of_other(citation: Citation, view: Vantage) -> str:
    return f"{_titled(citation)} says"


def _titled(citation: Citation) -> str:
    return f"“{inert(citation.entry.title, _LONGEST_NAME) or citation.entry.id}”"


def the(name: str) -> str:
    """A name as a sentence has it: "the White House", "the Federal Immigration Service"."""
    if name.startswith("The "):
        return f"the {name[4:]}"
    return f"the {name}" if _THING.search(name) else name


def _case(citation: Citation) -> str:
    """A case's name, with how it ended where it no longer stands."""
    title = inert(citation.entry.title, _LONGEST_NAME) or _name(citation)
    ended = citation.status in ENDED
    return f"{title}, {citation.standing or citation.status}," if ended else f"{title},"


def _of_court(citation: Citation) -> str:
    """What the court said; that it held it, only where it says so."""
    court = court_of(citation.entry)
    name = court.name.rpartition(", ")[2] if court else ""
    who = f"the {name.removeprefix('the ').removeprefix('The ')}" if name else "the court"
    if name == "U.S. Supreme Court":
        who = "the Court"
    quote = _HELD_BEFORE.sub(" ", citation.quote)
    verb = "held" if _HOLDS.search(quote) else "wrote"
    foot = "in a footnote, " if _in_footnote(citation) else ""
    return f"In {_case(citation)} {foot}{who} {verb}"


def _in_footnote(citation: Citation) -> bool:
    return any(m.type == "footnote" and m.span.holds(citation.span) for m in citation.marks)


def _of_plurality(citation: Citation) -> str:
    return f"In {_case(citation)} a plurality wrote"


def _apart(how: str, verb: str, otherwise: str) -> Callable[[Citation], str]:
    """A separate opinion: "Justice Stevens, dissenting, argued"."""

    def said(citation: Citation) -> str:
        who = _judge(citation)
        words = f"{who}, {_votes(citation, how)}," if who else otherwise
        return f"In {_case(citation)} {words} {verb}"

    return said


def _votes(citation: Citation, otherwise: str) -> str:
    """How a judge votes, as the printed citation has it: "concurring in the judgment"."""
    found = re.search(r", ((?:concurring|dissenting)[^()]*)\)$", citation.text)
    if found:
        return found[1]
    return "in a separate opinion" if "(opinion of" in citation.text else otherwise


def _judge(citation: Citation) -> str:
    """ "Chief Justice Roberts", from "Roberts, C. J."; judges of lower courts are none."""
    found = _TITLES.match(inert(citation.locator.author))
    if found is None:
        return ""
    court = court_of(citation.entry)
    high = "Supreme" in f"{court.name if court else ''}{citation.entry.issuer or ''}"
    office = "Justice" if high else "Judge"
    return f"{'Chief ' if found['chief'] else ''}{office} {found['name']}"


def _of_syllabus(citation: Citation) -> str:
    return f"The syllabus of {_case(citation).rstrip(',')} says"


def _of_note(citation: Citation) -> str:
    return f"An editorial note to {_case(citation).rstrip(',')} says"


def _of_furniture(citation: Citation) -> str:
    return f"The front or back matter of {_case(citation).rstrip(',')} says"


def _of_ruling(citation: Citation) -> str:
    return f"The ruling in {_case(citation).rstrip(',')} says"


_ASIDE: Mapping[Part | None, str] = {
    "note": "An editorial note to",
    "furniture": "The front or back matter of",
}
_OF_PARTS: Mapping[Part | None, Callable[[Citation], str]] = {
    "majority": _of_court,
    "per_curiam": _of_court,
    "plurality": _of_plurality,
    "concurrence": _apart("concurring", "wrote", "a concurring opinion"),
    "in_part": _apart("concurring in part and dissenting in part", "argued", "a separate opinion"),
    "dissent": _apart("dissenting", "argued", "a dissenting opinion"),
    "syllabus": _of_syllabus,
    "note": _of_note,
    "furniture": _of_furniture,
}
_OF_KINDS: Mapping[Kind, Callable[[Citation, Vantage], str]] = {
    Kind.CONSTITUTION: _of_law,
    Kind.STATUTE: _of_law,
    Kind.ORDINANCE: _of_law,
    Kind.AMENDING_ACT: _of_law,
    Kind.EXECUTIVE_ORDER: _of_law,
    Kind.AGREEMENT: _of_agreement,
    Kind.BILL: _of_bill,
    Kind.RESOLUTION: _of_resolution,
    Kind.DOJ_MEMO: _of_memo,
    Kind.FACT_SHEET: _of_fact_sheet,
    Kind.TRANSCRIPT: _of_transcript,
    Kind.OP_ED: _of_op_ed,
    Kind.NEWS: _of_news,
    Kind.OTHER: _of_other,
}
