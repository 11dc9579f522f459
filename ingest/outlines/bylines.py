"""The line with which a justice takes the floor, and the line of the syllabus that lists all.

    byline_of("Justice KENNEDY, with whom Justice BREYER joins as to Part II, dissenting.")

is a dissent of "Kennedy, J." joined by "Breyer, J. (Part II)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.types import Part

_NAME = r"[A-Z][A-Za-z’']+(?:-[A-Z][A-Za-z’']+)?"
_PERSON = rf"(?:(?:Mr|Ms|Mrs)\. )?(?:(?:Chief|CHIEF) )?(?:Justice|JUSTICE|Judge|JUDGE) {_NAME}"
_INITIALED = rf"{_NAME}(?:,? {_NAME},?)*(?:,? and {_NAME})?, (?:C\. ?)?JJ?\."
_BENCH = rf"{_NAME}, (?:(?:Chief|Senior|Circuit|District|Magistrate) )+Judge"
_JOINT = rf"(?:{_PERSON}(?:,? and {_PERSON}|, {_PERSON})*|{_INITIALED}|{_BENCH})"
_SEPARATE = re.compile(
    rf"(?P<who>{_JOINT})(?P<joined>,? (?:with whom|joined by) .*?)?"
    r",? (?P<what>(?:concurring|dissenting)\b[^.:]{0,160})[.:]?"
)
# A sentence of a text may tell who delivered an opinion; a byline says so and no more.
_FOR_COURT = re.compile(
    rf"(?P<who>{_JOINT}),? (?P<what>(?:announced the judgment|delivered (?:the|an) opinion)"
    r" (?:of|for) the [Cc]ourt(?:,? (?:and delivered|with respect|in which|except|joined) .*)?)\.?"
)
_STATEMENT = re.compile(rf"(?P<who>(?:Mr\. )?(?:Chief )?Justice {_NAME})\.")
# A trial court's one judge, or the author for a panel, signs above the text.
_SIGNED = re.compile(rf"(?P<who>{_BENCH})[.:]")
_PER_CURIAM = re.compile(r"PER CURIAM\.?|Per Curiam\.?")
_LINEUP = re.compile(rf"{_NAME}, (?:C\. ?)?J\., (?:delivered|announced) ")

_TITLED = re.compile(
    rf"(?P<chief>(?:Chief|CHIEF) )?(?:Justice|JUSTICE|Judge|JUDGE) (?P<name>{_NAME})"
)
_LISTED = re.compile(rf"(?P<name>{_NAME})(?P<chief>, C\. ?J\.)?")
_NOT_NAMES = frozenset({"JJ", "Mr", "Court", "Part", "Parts", "Justice", "Judge"}) | frozenset(
    {"Chief", "Senior", "Circuit", "District", "Magistrate"}
)
_PARTS = re.compile(r"[IVX]+(?:[–-][A-Z](?:[–-]\d+)?)?")
_COURT_PARTS = re.compile(
    r"opinion of the Court with respect to (?P<parts>Parts? .*?)"
    r"(?=,? (?:and )?an opinion|, in which|[;.]|$)"
)
_SCOPE = re.compile(
    r"(?:^s? ?|as to |with respect to |in |joined )"
    r"(?P<scope>(?:except as to |all but )?Parts? (?:[^;.]|\.(?=\w))*?)"
    r"(?= of which|, in which|;|\.(?!\w)|$)"
)
_JOINERS = re.compile(r"which (?P<names>[^;]*?),? join")
_CLAUSE = re.compile(r"[;]|, and (?=in (?:which|Parts?))|(?<=joined), ")

DISPOSITIONS: tuple[tuple[str, Part], ...] = (
    (r"concurring.*dissenting|dissenting.*concurring", "in_part"),
    (r"dissenting", "dissent"),
    (r"concurring", "concurrence"),
    (r"opinion of the (?:Court|court)|delivered the opinion", "majority"),
    (r"announced", "plurality"),
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who speaks, how they vote, who joins, and the Parts that are the Court's."""

    part: Part
    author: str | None
    joined: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()


def byline_of(line: str) -> Byline | None:
    """The byline that a whole line is."""
    if _PER_CURIAM.fullmatch(line):
        return Byline("per_curiam", None)
    if found := _SEPARATE.fullmatch(line):
        joined = tuple(_with_whom(found["joined"] or ""))
        return Byline(_part_of(found["what"]), author_of(found["who"]), joined)
    if found := _STATEMENT.fullmatch(line):
        return Byline("concurrence", author_of(found["who"]))
    if found := _SIGNED.fullmatch(line):
        return Byline("majority", author_of(found["who"]))
    if (found := _FOR_COURT.fullmatch(line)) and not is_lineup(line):
        author = author_of(found["who"])
        return Byline(_part_of(found["what"]), author, (), _court_parts(found["what"]))
    return None


def is_lineup(line: str) -> bool:
    """Whether the line is the syllabus's list of who wrote and who joined what."""
    return _LINEUP.match(line) is not None and ("joined" in line or "filed" in line)


def joined_majority(lineup: str) -> tuple[str, ...]:
    """Who joined the Court's opinion, by the lineup; with the Parts, where not all of it."""
    sentence = re.split(r"(?<=joined)\.|\. (?=[^.]*(?:\.,[^.]*)* filed )", lineup)[0]
    scopes: dict[str, list[str]] = {}
    for clause in _CLAUSE.split(sentence):
        joiners = _JOINERS.search(clause)
        scope = _SCOPE.search(clause)
        for person in _listed(joiners["names"]) if joiners else ():
            scopes.setdefault(person, []).extend([scope["scope"]] if scope else [])
    return tuple(_scoped(person, "; ".join(parts)) for person, parts in scopes.items())


def author_of(who: str) -> str:
    """ "Scalia, J.", "Roberts, C. J.", or "Scalia, Kennedy, and Alito, JJ." for a joint opinion."""
    persons = list(_titled(who)) or list(_listed(who))
    if len(persons) == 1:
        return persons[0]
    names = [person.split(",")[0] for person in persons]
    comma = "," if len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{comma} and {names[-1]}, JJ."


def _with_whom(joined: str) -> Iterator[str]:
    for clause in re.split(r"with whom |joined by ", joined)[1:]:
        names, _, rest = clause.partition(" join")
        scope = _SCOPE.search(rest.rstrip(", and").strip())
        for person in [*_titled(names)] or [*_listed(names)]:
            yield _scoped(person, scope["scope"] if scope else "")


def _scoped(person: str, scope: str) -> str:
    return f"{person} ({scope})" if scope else person


def _titled(words: str) -> Iterator[str]:
    return (_person(m["name"], chief=bool(m["chief"])) for m in _TITLED.finditer(words))


def _listed(words: str) -> Iterator[str]:
    for found in _LISTED.finditer(words):
        if found["name"] not in _NOT_NAMES:
            yield _person(found["name"], chief=bool(found["chief"]))


def _person(name: str, *, chief: bool) -> str:
    plain = name.title() if name.isupper() else name
    return f"{plain}, {'C. J.' if chief else 'J.'}"


def _part_of(what: str) -> Part:
    return next(part for form, part in DISPOSITIONS if re.search(form, what))


def _court_parts(what: str) -> tuple[str, ...]:
    found = _COURT_PARTS.search(what)
    listed = _PARTS.findall(found["parts"].removeprefix("Parts")) if found else []
    return tuple(part.replace("–", "-") for part in listed)
