"""What all forms share: inert words, dates, abbreviations, and where a pinpoint goes in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from pincite.citing.ranges import shortened

_LONGEST = 300
# What may surround the kept words, before they are looked at one by one.
_MARGIN = 4
_MONTHS = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
_DATED = re.compile(r"(?P<before>.+?)(?P<date> \((?:[^()]* )?\d{4}\))(?P<after>(?: \([^()]*\))*)")
# Table T16: what the divisions of a document are called in a citation.
_DIVISIONS = {
    "Part ": "pt. ",
    "App. ": "app. ",
    "Art. ": "art. ",
    "Amend. ": "amend. ",
    "Ch. ": "ch. ",
    "Div. ": "div. ",
    "Title ": "tit. ",
    "Schedule ": "sched. ",
    "Whereas cl.": "whereas cl.",
    "Resolved cl.": "resolved cl.",
    "Secs. ": "§§ ",
    "Sec. ": "§ ",
}
_DIVISION = re.compile("|".join(rf"(?<!\w){re.escape(word)}" for word in _DIVISIONS))
_CLAUSE = re.compile(r"\((?P<first>\w{1,5})\)(?P<below>(?:\(\w+\))*)(?P<to>–.*)?")
_PAGE_RANGE = re.compile(r"(?P<first>\d{3,})–(?P<last>\d{3,})")
_APPENDED = re.compile(r"^(app\. \w+), (?=\d)")
_NOTE = re.compile(r" note, (?P<name>.+)$")


def inert(text: str | None, longest: int = _LONGEST) -> str:
    """One bounded line that can do nothing: no line breaks, no signs that turn writing round."""
    words = (text or "")[: longest * _MARGIN]
    if not words.isprintable():
        words = "".join(map(_harmless, words))
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


def _harmless(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    return "" if category[0] == "C" else sign


def day(of: date | None) -> str:
    """ "Sept. 17, 2003", by table T12; nothing for an unknown day."""
    return f"{_MONTHS[of.month - 1]} {of.day}, {of.year}" if of else ""


def dated(words: str, of: date | None) -> str:
    """The words and the day behind them in parentheses, where it is known."""
    return f"{words} ({day(of)})" if of else words


def listed(*parts: str) -> str:
    """The parts that there are, with commas."""
    return ", ".join(part for part in parts if part)


def before_date(cited: str, place: str, comma: str = ", ") -> str:
    """The place where rules 3 and 17 want it, before the date: "..., § 2 (Jan. 25, 2017)"."""
    if not place:
        return cited
    found = _DATED.fullmatch(cited)
    if found is None:
        return f"{cited}{comma}{place}"
    return f"{found['before']}{comma}{place}{found['date']}{found['after']}"


def year_of(cited: str) -> tuple[str, str]:
    """A citation without its closing year, and that year: "(1997)" or "(D. Mar. July 23, 2020)"."""
    found = _DATED.fullmatch(cited)
    if found is None or found["after"]:
        return cited, ""
    return found["before"], found["date"]


def division(place: str) -> str:
    """A pinpoint in the words of citations: "app. B", "pt. II.A", "§ 3(a)", "cl. 2"."""
    clause = _CLAUSE.fullmatch(place)
    if clause and clause["to"]:
        return f"cls. {place}"
    if clause:
        return f"cl. {clause['first']}{clause['below']}"
    said = _DIVISION.sub(lambda match: _DIVISIONS[match[0]], place)
    if "–" in said:
        said = _PAGE_RANGE.sub(lambda match: shortened(match["first"], match["last"]), said)
    if said.startswith("app. "):
        said = _APPENDED.sub(r"\1, § ", said)
    return with_note(said)


def with_note(place: str) -> str:
    """The name of an editorial note in parentheses: "§ 4 note (Amendments)"."""
    return _NOTE.sub(r" note (\g<name>)", place) if " note, " in place else place
