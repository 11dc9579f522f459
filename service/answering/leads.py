"""Whose words follow, said by rule before a quote: "8 U.S.C. § 1373(a) provides:".

Law that stands speaks in the present, what has ended in the past, what was never law in the
conditional. A court holds only where its majority says that it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from pincite.authority import is_recital
from pincite.citing.forms.wording import day as printed_day
from pincite.citing.forms.wording import inert
from pincite.courts import court_of
from pincite.kinds import Kind
from pincite.said import N_, Printed, Said, joined
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


class _Verbs(NamedTuple):
    """What a text does with its words: now, once, and in what was or is not yet law."""

    present: Said
    past: Said
    would_have: Said
    would: Said
    will: Said


_PROVIDES = _Verbs(
    Said("provides"),
    Said("provided"),
    Said("would have provided"),
    Said("would provide"),
    Said("will provide"),
)
_SAYS = _Verbs(
    Said("says"), Said("said"), Said("would have said"), Said("would say"), Said("will say")
)
_RECITES = _Verbs(
    Said("recites"),
    Said("recited"),
    Said("would have recited"),
    Said("would recite"),
    Said("will recite"),
)
_RESOLVES = _Verbs(
    Said("resolves"),
    Said("resolved"),
    Said("would have resolved"),
    Said("would resolve"),
    Said("will resolve"),
)


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
        return joined([_OF_PARTS.get(part, _of_ruling)(citation), ":"], "")
    if part in _ASIDE:
        lead = Said(_ASIDE[part], name=_comma(_NOTE.sub("", _name(citation))))
        return joined([lead, ":"], "")
    return joined([_OF_KINDS[kind](citation, view), ":"], "")


def _name(citation: Citation) -> str:
    """The printed citation as running text has it: no page of the register, no edition's years."""
    name = _REGISTER.sub("", citation.text)
    return inert(_AFTERMATH.sub("", name), _LONGEST_NAME)


def _comma(name: str) -> str:
    """A name that goes on behind a comma ("Ord. 31, § 3, amending Code § 12") is closed by one."""
    if re.search(r", (?:amend|add|repeal)\w*ing |, whereas | cls?\. ", name):
        return joined([name, ","], "")
    return name


def _stated(citation: Citation, view: Vantage, name: str, verbs: _Verbs) -> str:
    """A text by its name with the verb in its time, and what ended it."""
    status, draft = citation.status, citation.entry.kind in (Kind.BILL, Kind.RESOLUTION)
    if status in ENDED:
        return _aside(name, citation.standing or status, verbs.past)
    if status == "not_enacted":
        resolved = citation.entry.kind is Kind.RESOLUTION
        never = Said("never adopted") if resolved else Said("never enacted")
        return _aside(name, never, verbs.would_have)
    if status == "pending" and draft:
        return _aside(name, Said("not enacted"), verbs.would)
    if status == "pending":
        return _aside(name, citation.standing or Said("not in force yet"), verbs.will)
    ended = view.works.ending(citation.entry)
    if ended and ended.day and view.day < ended.day <= today():
        return Said("On {day}, {name} {verb}", day=view.day, name=_comma(name), verb=verbs.past)
    if status == "unknown" and citation.channel == "law":
        return _aside(name, Said("not known to be still in force"), verbs.present)
    return joined([_comma(name), verbs.present], " ")


def _aside(name: str, how: str, verb: str) -> Said:
    """ "The bill, never enacted, would have provided"."""
    open_ = name.rstrip(",") if name.endswith(",") else name
    return Said("{name}, {how}, {verb}", name=open_, how=how, verb=verb)


def _of_law(citation: Citation, view: Vantage) -> str:
    recital = is_recital(citation.quote)
    return _stated(citation, view, _name(citation), _RECITES if recital else _PROVIDES)


def _of_bill(citation: Citation, view: Vantage) -> str:
    return _stated(citation, view, Said("The bill {name}", name=_name(citation)), _PROVIDES)


def _of_resolution(citation: Citation, view: Vantage) -> str:
    verbs = _RECITES if is_recital(citation.quote) else _SAYS
    verbs = _RESOLVES if _RESOLVED.match(citation.quote) else verbs
    return _stated(citation, view, _name(citation), verbs)


def _of_agreement(citation: Citation, view: Vantage) -> str:
    found = _BETWEEN.search(citation.text)
    parties = [the(inert(party)) for party in citation.entry.parties]
    between = found["who"] if found else listed(parties) if len(parties) > 1 else ""
    name = Said("The agreement between {who}", who=between) if between else _name(citation)
    short = inert(name, _LONGEST_NAME)
    return _stated(citation, view, name if name == short else short, _PROVIDES)


def _of_memo(citation: Citation, view: Vantage) -> str:
    entry = citation.entry
    if not entry.issuer:
        return _stated(citation, view, _name(citation), _SAYS)
    who = the(inert(entry.issuer))
    name: str = Said("The memo of {who}", who=who)
    if entry.issued:
        when = Printed(printed_day(entry.issued), entry.issued)
        name = Said("The memo of {who} ({day})", who=who, day=when)
    elif "," in who:
        name = joined([name, ","], "")
    return _stated(citation, view, name, _SAYS)


def _of_fact_sheet(citation: Citation, view: Vantage) -> str:
    who = citation.entry.issuer
    return (
        Said("A fact sheet of {who} says", who=the(inert(who)))
        if who
        else _of_other(citation, view)
    )


def _of_transcript(citation: Citation, view: Vantage) -> str:
    speaker = inert(citation.locator.author)
    title = inert(citation.entry.title, _LONGEST_NAME)
    if not speaker:
        return Said("The transcript “{title}” reads", title=title)
    name = speaker.title() if speaker.isupper() else speaker
    return Said("In the transcript “{title}”, {name} said", title=title, name=name)


def _of_op_ed(citation: Citation, view: Vantage) -> str:
    issuer = inert(citation.entry.issuer)
    author = inert(citation.locator.author)
    by, _, paper = issuer.partition(", ")
    if author and author != by:
        by, paper = author, paper or by
    if not by:
        return Said("An op-ed, {title}, argues", title=_titled(citation))
    if not paper:
        return Said("An op-ed by {who} argues", who=the(by))
    return Said("An op-ed by {who} in {paper} argues", who=the(by), paper=paper)


def _of_news(citation: Citation, view: Vantage) -> str:
    issuer = inert(citation.entry.issuer)
    if issuer:
        return Said("{who} reports", who=issuer)
    return Said("A news article, {title}, reports", title=_titled(citation))


def _of_other(citation: Citation, view: Vantage) -> str:
    return Said("{name} says", name=_titled(citation))


def _titled(citation: Citation) -> str:
    return f"“{inert(citation.entry.title, _LONGEST_NAME) or citation.entry.id}”"


def the(name: str) -> str:
    """A name as a sentence has it: "the White House", "the Federal Immigration Service"."""
    if name.startswith("The "):
        return Said("the {name}", name=name[4:])
    return Said("the {name}", name=name) if _THING.search(name) else name


def _case(citation: Citation) -> str:
    """A case's name, with how it ended where it no longer stands; running text puts a comma."""
    title = inert(citation.entry.title, _LONGEST_NAME) or _name(citation)
    if citation.status in ENDED:
        return joined([title, citation.standing or citation.status])
    return title


def _of_court(citation: Citation) -> str:
    """What the court said; that it held it, only where it says so."""
    court = court_of(citation.entry)
    name = court.name.rpartition(", ")[2] if court else ""
    bare = name.removeprefix("the ").removeprefix("The ")
    who = Said("the {name}", name=bare) if bare else Said("the court")
    if name == "U.S. Supreme Court":
        who = Said("the Court")
    quote = _HELD_BEFORE.sub(" ", citation.quote)
    verb = Said("held") if _HOLDS.search(quote) else Said("wrote")
    where = N_("In {case}, in a footnote, {who} {verb}")
    where = where if _in_footnote(citation) else _IN_CASE
    return Said(where, case=_case(citation), who=who, verb=verb)


def _in_footnote(citation: Citation) -> bool:
    return any(m.type == "footnote" and m.span.holds(citation.span) for m in citation.marks)


def _of_plurality(citation: Citation) -> str:
    return Said("In {case}, a plurality wrote", case=_case(citation))


def _apart(how: Said, verb: Said, otherwise: Said) -> Callable[[Citation], str]:
    """A separate opinion: "Justice Stevens, dissenting, argued"."""

    def said(citation: Citation) -> str:
        who = _judge(citation)
        voting = N_("{judge}, {how},")
        words = Said(voting, judge=who, how=_votes(citation, how)) if who else otherwise
        return Said(_IN_CASE, case=_case(citation), who=words, verb=verb)

    return said


def _votes(citation: Citation, otherwise: str) -> str:
    """How a judge votes, as the printed citation has it: "concurring in the judgment"."""
    found = re.search(r", ((?:concurring|dissenting)[^()]*)\)$", citation.text)
    if found:
        return _VOTES.get(found[1], found[1])
    return Said("in a separate opinion") if "(opinion of" in citation.text else otherwise


def _judge(citation: Citation) -> str:
    """ "Chief Justice Roberts", from "Roberts, C. J."; judges of lower courts are none."""
    found = _TITLES.match(inert(citation.locator.author))
    if found is None:
        return ""
    court = court_of(citation.entry)
    high = "Supreme" in f"{court.name if court else ''}{citation.entry.issuer or ''}"
    return Said(_OFFICES[high, bool(found["chief"])], name=found["name"])


def _of_syllabus(citation: Citation) -> str:
    return Said("The syllabus of {name} says", name=_case(citation))


def _of_note(citation: Citation) -> str:
    return Said(_NOTE_SAYS, name=_case(citation))


def _of_furniture(citation: Citation) -> str:
    return Said(_MATTER_SAYS, name=_case(citation))


def _of_ruling(citation: Citation) -> str:
    return Said("The ruling in {name} says", name=_case(citation))


_IN_CASE = N_("In {case}, {who} {verb}")
_NOTE_SAYS = N_("An editorial note to {name} says")
_MATTER_SAYS = N_("The front or back matter of {name} says")
_ASIDE: Mapping[Part | None, str] = {"note": _NOTE_SAYS, "furniture": _MATTER_SAYS}
# By whether the court is a supreme one, and the judge its chief.
_OFFICES = {
    (True, True): N_("Chief Justice {name}"),
    (True, False): N_("Justice {name}"),
    (False, True): N_("Chief Judge {name}"),
    (False, False): N_("Judge {name}"),
}
_VOTES = {
    "concurring": Said("concurring"),
    "concurring in the judgment": Said("concurring in the judgment"),
    "concurring in part": Said("concurring in part"),
    "concurring in part and dissenting in part": Said("concurring in part and dissenting in part"),
    "dissenting": Said("dissenting"),
    "dissenting in part": Said("dissenting in part"),
}
_OF_PARTS: Mapping[Part | None, Callable[[Citation], str]] = {
    "majority": _of_court,
    "per_curiam": _of_court,
    "plurality": _of_plurality,
    "concurrence": _apart(Said("concurring"), Said("wrote"), Said("a concurring opinion")),
    "in_part": _apart(
        Said("concurring in part and dissenting in part"),
        Said("argued"),
        Said("a separate opinion"),
    ),
    "dissent": _apart(Said("dissenting"), Said("argued"), Said("a dissenting opinion")),
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
