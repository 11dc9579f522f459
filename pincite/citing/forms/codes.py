"""Codes and constitutions: "8 U.S.C. § 1373(a)", "U.S. Const. art. I, § 8" (rules 11, 12)."""

from __future__ import annotations

import re

from pincite.citing.forms.wording import dated, division, inert, with_note, year_of
from pincite.citing.pinpoints import Pin
from pincite.types import Entry, Status

_SECTION = re.compile(r"(?:§§?|Secs?\.) ?(?P<number>\d(?:[\w.:-]*\w)?)(?P<below>.*)")
_LISTED = re.compile(r"(?P<code>.+) §§ (?P<listed>\d[^§]*)")
_RANGE = re.compile(r"(?P<first>\S+) to (?P<last>\S+)")
_CHAPTER = re.compile(r"(?P<code>.+) (?:ch|pt)\. (?P<chapter>\d[\w.-]*)")
_TITLED = re.compile(r"(?P<code>.+) tit\. (?P<title>\d[\w.-]*)")
_COMPILED = re.compile(r"(?P<code>.+ \d+)/(?P<section>\d[\w.-]*)")  # 5 Ill. Comp. Stat. 805/15
_WHOLE_CODE = re.compile(r".+ (?:Code|Stat\.|Laws?|Regs?\.)(?: Ann\.| of Ordinances)?")
_NUMBERED_CODE = re.compile(r"\d+ (?:U\.S\.C\.|C\.F\.R\.)(?:A\.)?")
# "2-6", "12.40.040" and "27A.4" are numbers of a code; "2" is one of an act.
_COMPOUND = re.compile(r"\d+[A-Z]?-\d.*|\d+[A-Z]\.\d+|\d+\.\d+(?:\.\d{2,}.*|\d*)")
_ENDED: dict[Status, str] = {
    "superseded": "superseded",
    "repealed": "repealed",
    "revoked": "revoked",
    "expired": "expired",
}


def code(entry: Entry, pin: Pin, status: Status) -> str:
    """A section of a code, its chapter or its appendix; which edition, where it is not today's."""
    cited = inert(entry.citation)
    if not cited:
        title = dated(inert(entry.title), entry.issued)
        return _behind(title, pin.text) + _edition(entry, status)
    bare, year = year_of(cited)
    return _placed(bare, year, pin.text) + _edition(entry, status)


def constitution(entry: Entry, pin: Pin, status: Status) -> str:
    """An article, an amendment and what is below: "art. I, § 8, cl. 3" (rule 11)."""
    cited = inert(entry.citation) or inert(entry.title)
    below = re.sub(r"(§ \w+)\((\d+)\)$", r"\1, cl. \2", division(pin.text))
    below = re.sub(r"^pmbl\..*", "pmbl.", below)
    return f"{cited} {below}".rstrip() + _edition(entry, status)


def _edition(entry: Entry, status: Status) -> str:
    """An edition that has ended says so: the code of today bears the same number (rule 12.7)."""
    ended = _ENDED.get(status)
    if ended is None or entry.expires is None:
        return ""
    began = f" ({entry.effective.year})" if entry.effective else ""
    return f"{began} ({ended} {entry.expires.year})"


def _placed(bare: str, year: str, place: str) -> str:
    section = _SECTION.fullmatch(place)
    if not place or _is_chapter_cited(bare, place):
        return f"{bare}{year}"
    if section and (prefix := _code_of(bare, section["number"])):
        number = section["number"].replace("–", "-")
        mark = "§§" if place.startswith("§§") else "§"
        joint = "/" if prefix.endswith("/") else f" {mark} "
        return f"{prefix.rstrip('/')}{joint}{number}{with_note(section['below'])}{year}"
    if _WHOLE_CODE.fullmatch(bare) and not section:
        return f"{bare} {division(place)}{year}"
    return _behind(f"{bare}{year}", place)


def _behind(cited: str, place: str) -> str:
    return f"{cited}, {division(place)}" if place else cited


def _code_of(cited: str, number: str) -> str:
    """The code that a citation names, when the section of this number lies in what it cites."""
    if cited.endswith(f" § {number}"):
        return cited.removesuffix(f" § {number}")
    sign, _, cited_number = cited.rpartition(" § ")
    if sign and _is_neighbour(cited_number, number):
        return sign
    if (compiled := _COMPILED.fullmatch(cited)) and compiled["section"] == number:
        return f"{compiled['code']}/"
    if (listed := _LISTED.fullmatch(cited)) and _lists(listed["listed"], number):
        return listed["code"]
    if (chapter := _CHAPTER.fullmatch(cited)) and _begins(number, chapter["chapter"]):
        return chapter["code"]
    if (titled := _TITLED.fullmatch(cited)) and _begins(number, titled["title"]):
        return titled["code"]
    if _NUMBERED_CODE.fullmatch(cited):
        return cited
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


def _is_neighbour(cited: str, number: str) -> bool:
    """Whether a file of § 2-6 goes on with § 2-8: a number of the same code, not of an act."""
    if not (_COMPOUND.fullmatch(cited) and _COMPOUND.fullmatch(number)):
        return False
    return _split(cited)[0] == _split(number)[0]


def _begins(number: str, chapter: str) -> bool:
    return number.startswith(chapter) and not number[len(chapter) :][:1].isalnum()


def _is_chapter_cited(cited: str, place: str) -> bool:
    """Whether a pinpoint only says again which chapter is cited: "Ch. 60" of "ch. 9-60"."""
    chapter = _CHAPTER.fullmatch(cited)
    named = place.removeprefix("Ch. ")
    return (
        chapter is not None
        and named != place
        and (named == chapter["chapter"] or chapter["chapter"].endswith(f"-{named}"))
    )
