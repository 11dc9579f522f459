"""How a citation to a clause or a page is printed, from an edition's citation and a pinpoint."""

from __future__ import annotations

import re

from pincite.types import Entry

_YEAR = re.compile(r" \((?:[\w. ]+ )?\d{4}\)$")
_SECTION = re.compile(r"(?:§|Sec\.) (?P<number>\d[\w.:-]*)(?P<clauses>.*)")
_LISTED = re.compile(r"(?P<code>.+) §§ (?P<listed>\d[^§]*)")
_RANGE = re.compile(r"(?P<first>\S+) to (?P<last>\S+)")
_CHAPTER = re.compile(r"(?P<code>.+) ch\. (?P<chapter>\d[\w.-]*)")
_WHOLE_CODE = re.compile(r".+ Code(?: Ann\.| of Ordinances)?")
# "2-6", "12.40.040" and "27A.4" are numbers of a code; "2" is one of an act.
_COMPOUND = re.compile(r"\d+[A-Z]?-\d.*|\d+[A-Z]\.\d+|\d+\.\d+\.\d{2,}.*")


def printed(entry: Entry, pinpoint: str) -> str:
    """The legal citation with its pinpoint.

    "8 U.S.C. § 1373" and "§ 1373(a)" give "8 U.S.C. § 1373(a)", and so does a citation of the
    chapter or the range that holds the section; "567 U.S. 387 (2012)" and "at 400" give
    "567 U.S. 387, 400 (2012)" (Bluebook rules 3.2 and 12.3); else both, with a comma.
    """
    cited = entry.citation or entry.title
    if not pinpoint:
        return cited
    found = _YEAR.search(cited)
    year = found[0] if found else ""
    bare = cited.removesuffix(year)
    if pinpoint.startswith("at ") and year:
        return f"{bare}, {pinpoint.removeprefix('at ')}{year}"
    if _is_chapter_cited(bare, pinpoint):
        return cited
    section = _SECTION.fullmatch(pinpoint)
    if section and (code := _code_of(bare, section["number"])):
        return f"{code} § {section['number']}{section['clauses']}{year}"
    return f"{cited}, {pinpoint}"


def _code_of(cited: str, number: str) -> str:
    """The code that a citation names, when the section of this number lies in what it cites."""
    if cited.endswith(f" § {number}"):
        return cited.removesuffix(f" § {number}")
    if (listed := _LISTED.fullmatch(cited)) and _lists(listed["listed"], number):
        return listed["code"]
    if (chapter := _CHAPTER.fullmatch(cited)) and _begins(number, chapter["chapter"]):
        return chapter["code"]
    return cited if _WHOLE_CODE.fullmatch(cited) and _COMPOUND.fullmatch(number) else ""


def _lists(listed: str, number: str) -> bool:
    """Whether "214, 215, 219", "8-1901 to 8-1907" or "7-68-101 to -105" holds a number."""
    ends = _RANGE.fullmatch(listed)
    if ends is None:
        return number in listed.split(", ")
    first, low = _split(ends["first"])
    stem, here = _split(number)
    _, high = _split(ends["last"])
    return stem == first and low <= here <= high


def _split(number: str) -> tuple[str, int]:
    """A number and what stands before its last part: "7-68-" and 103."""
    stem = number.rstrip("0123456789")
    return stem, int(number[len(stem) :] or 0)


def _begins(number: str, chapter: str) -> bool:
    return number.startswith(chapter) and not number[len(chapter) :][:1].isalnum()


def _is_chapter_cited(cited: str, pinpoint: str) -> bool:
    """Whether a pinpoint only says again which chapter is cited: "Ch. 60" of "ch. 9-60"."""
    chapter = _CHAPTER.fullmatch(cited)
    named = pinpoint.removeprefix("Ch. ")
    return (
        chapter is not None
        and named != pinpoint
        and (named == chapter["chapter"] or chapter["chapter"].endswith(f"-{named}"))
    )
