"""How sources are written: one row a form, from the words of a text to mentions of keys.

Forms follow The Bluebook (rules 10, 12, 14), the texts themselves, and what people type instead.
Every pattern is bounded: a hostile text costs no more than a long one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pincite.citations.keys import CODES, code_key
from pincite.citations.lists import CFR_LIST, CODE_LIST, USC_LIST, Listing
from pincite.places import within

Match = re.Match[str]

_SIGN = r"(?:§§?|[Ss]ections?|SECTIONS?|[Ss]ecs?\.)\s?"
_OPTIONAL_SIGN = rf"(?:,?\s?{_SIGN})?"
_USC = r"(?:U\.?\s?S\.?\s?C\.?(?:\s?A\.?)?|usca?\b|u\.s\.c\.|United States [Cc]ode)"
_CFR = r"(?:C\.?\s?F\.?\s?R\.?|cfr\b|c\.f\.r\.|Code of Federal Regulations)"


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the text that cites: its place, the code that it is of, its kind."""

    place: str = ""
    code: str = ""
    kind: str = ""

    def lies_in(self, place: str) -> bool:
        """Whether the text is of that place or below it."""
        return within(self.place, place)


NOWHERE = Context()
Code = Callable[[Match, Context], str]


def _named(code: str) -> Code:
    return lambda match, context: code


def _titled(code: str) -> Code:
    return lambda match, context: f"{int(match['title'])} {code}"


def _own(match: Match, context: Context) -> str:
    return context.code


def _only_in(place: str, code: str) -> Code:
    return lambda match, context: code if context.lies_in(place) else ""


def _municipal(match: Match, context: Context) -> str:
    return "" if match["name"].lower() in _NO_CITY else municipal_key(match["name"])


# New York's consolidated laws by the name that its texts give them.
_NY_LAWS: dict[str, str] = {
    "criminal procedure law": "ny crim proc law",
    **{code.removeprefix("ny "): code for code in CODES if code.startswith("ny ")},
}
_NY = "|".join([*sorted(_NY_LAWS, key=len, reverse=True), r"crim\. proc\. law"])


def _ny_law(match: Match, context: Context) -> str:
    name = re.sub(r"\s+", " ", match["law"].lower().replace(".", ""))
    stated = re.search(r"new york|n\.\s?y\.", match[0], re.I)
    return _NY_LAWS[name] if context.lies_in("us/ny") or stated else ""


# What stands before "Code" and names no city.
_NO_CITY = frozenset(
    {"administrative", "municipal", "penal", "criminal", "civil", "revised", "uniform", "model"}
    | {"bankruptcy", "official", "city", "town", "state", "health", "labor", "education"}
)

# Codes whose name stands before the number. The pattern ends where the list of numbers begins.
BEFORE: list[tuple[re.Pattern[str], Code, Listing]] = [
    (re.compile(rf"(?<![\d.])(?P<title>\d{{1,2}})\s?{_USC}{_OPTIONAL_SIGN}\s?(?=\d)"), _titled("usc"), USC_LIST),
    (re.compile(rf"\b[Tt]itle\s(?P<title>\d{{1,2}}),?\s(?:of the\s)?(?:{_USC},?\s?)?{_SIGN}(?=\d)"), _titled("usc"), USC_LIST),
    (re.compile(rf"(?<![\d.])(?P<title>\d{{1,2}})\s?{_CFR}{_OPTIONAL_SIGN}\s?(?=\d)"), _titled("cfr"), CFR_LIST),
    (re.compile(rf"\b(?:I\.?N\.?A\.?|ina\b|Immigration (?:and|&) Nationality Act(?: \(INA\))?),?\s?(?:{_SIGN})?(?=\d)"), _named("ina"), USC_LIST),
    (re.compile(rf"\b(?:D\.?\s?C\.?|d\.?c\.?)\s+(?:[Oo]fficial\s+)?[Cc]ode(?:\sAnn\.)?{_OPTIONAL_SIGN}\s?(?=\d)"), _named("dc code"), CODE_LIST),
    (re.compile(rf"(?:Va\.?|Virginia)\s+Code(?:\s+Ann\.?)?{_OPTIONAL_SIGN}\s?(?=\d)"), _named("va code"), CODE_LIST),
    (re.compile(rf"(?:Tenn(?:\.|essee)?\s+Code(?:\s+Ann(?:\.|otated)?)?|\bT\.?C\.?A\.?),?{_OPTIONAL_SIGN}\s?(?=\d)"), _named("tenn code"), CODE_LIST),
    (re.compile(rf"Miss(?:\.|issippi)?\s+Code(?:\s+Ann(?:\.|otated)?)?{_OPTIONAL_SIGN}\s?(?=\d)"), _named("miss code"), CODE_LIST),
    (re.compile(rf"(?:N\.?\s?C\.?\s+Gen\.?\s+Stat\.?|North Carolina General Statutes,?|\bG\.S\.){_OPTIONAL_SIGN}\s?(?=\d)"), _named("nc gen stat"), CODE_LIST),
    (re.compile(rf"(?:\bO\.?C\.?G\.?A\.?|(?:Ga\.?|Georgia)\s+Code(?:\s+Ann\.?)?){_OPTIONAL_SIGN}\s?(?=\d)"), _named("ocga"), CODE_LIST),
    (re.compile(rf"\b[Ii]owa\s+[Cc]ode(?:\s+Ann\.?)?{_OPTIONAL_SIGN}\s?(?=\d+[A-Z]?\.\d)"), _named("iowa code"), CODE_LIST),
    (re.compile(rf"(?:N\.?\s?Y\.?\s?C\.?|New York City)\s+(?:Admin(?:\.|istrative)?\s+)?Code{_OPTIONAL_SIGN}\s?(?=\d)", re.I), _named("nyc admin code"), CODE_LIST),
    (re.compile(rf"(?<!City )Admin(?:\.|istrative) Code{_OPTIONAL_SIGN}\s?(?=\d)"), _only_in("us/ny/new-york-city", "nyc admin code"), CODE_LIST),
    (re.compile(rf"(?:N\.?\s?Y\.?\s?C\.?|New York City)\s+Charter{_OPTIONAL_SIGN}\s?(?=\d)"), _named("nyc charter"), CODE_LIST),
    (re.compile(rf"(?:\bN\.?\s?Y\.?|New York)\s(?P<law>{_NY}){_OPTIONAL_SIGN}\s?(?=\d)", re.I), _ny_law, CODE_LIST),
]  # fmt: skip

_TITLE_8 = r"(?P<title>\d{1,2})"
# What follows a list of sections and says of what they are: "section 9-131 of the ...".
AFTER: list[tuple[re.Pattern[str], Code]] = [
    (re.compile(rf",?\s(?:of|in)\s(?:this\s)?[Tt]itle\s{_TITLE_8}(?:,?\s(?:of\s(?:the\s)?)?{_CFR}|\sof the Code of Federal)"), _titled("cfr")),
    (re.compile(rf",?\s(?:of|in)\s[Tt]itle\s{_TITLE_8}(?:(?:,|\sof)?\s(?:the\s)?(?:{_USC}|U\.S\.))"), _titled("usc")),
    (re.compile(rf",?\s(?:of|in)\s[Tt]itle\s{_TITLE_8}(?![\w.-])(?!\s(?:of|C))"), _titled("usc")),
    (re.compile(r",?\s(?:of|in)\s(?:the\s)?(?:I\.?N\.?A\.?\b|Immigration (?:and|&) Nationality Act)"), _named("ina")),
    (re.compile(r",?\s(?:of|in)\sthe\sInternal Revenue Code\b"), _named("26 usc")),
    (re.compile(r"\s(?:of|in)\sthe\sD(?:\.|istrict of )\s?C(?:\.|olumbia) (?:Official )?Code"), _named("dc code")),
    (re.compile(r"\s(?:of|in)\s(?:the\s)?(?:chapter \w+ of title \w+ of the )?(?:N\.?Y\.?C\.?|New York [Cc]ity)\s(?:[Aa]dministrative|Admin\.)\s[Cc]ode"), _named("nyc admin code")),
    (re.compile(r"\s(?:of|in)\s(?:chapter \w+ of title \w+ of )?the\s(?:[Aa]dministrative\s[Cc]ode|Admin\. Code)\sof\s(?:the\s)?[Cc]ity\sof\sNew\sYork"), _named("nyc admin code")),
    (re.compile(r"\s(?:of|in)\s(?:chapter \w+ of title \w+ of )?the\s(?:[Aa]dministrative\s[Cc]ode|Admin\. Code)"), _only_in("us/ny/new-york-city", "nyc admin code")),
    (re.compile(r"\s(?:of|in)\s(?:the\s)?(?:N\.?Y\.?C\.?|New\sYork\s[Cc]ity)\s[Cc]harter"), _named("nyc charter")),
    (re.compile(r"\s(?:of|in)\sthe\s(?:[Cc]harter|[Cc]ity\s[Cc]harter)\b"), _only_in("us/ny/new-york-city", "nyc charter")),
    (re.compile(rf"\s(?:of|in)\sthe\s(?:New York\s)?(?P<law>{_NY})\b", re.I), _ny_law),
    (re.compile(r"\s(?:of|in)\s(?:this\s(?:Code|title)|the\sCode(?:\sof\sOrdinances)?)\b"), _own),
    (re.compile(r"\s(?:of|in)\s(?:the\s)?(?P<name>[A-Z][\w.’']{2,20}(?:\s[A-Z][\w.’']{1,20}){0,2})\s(?:[Mm]unicipal\s|[Cc]ity\s)?[Cc]ode(?:\sof\s[Oo]rdinances)?\b"), _municipal),
]  # fmt: skip


def municipal_key(name: str) -> str:
    """A city's code as keys write it, without the words that some write and others leave out."""
    words = code_key(f"{name} code").replace("mun code", "code").split()
    kept = [word for at, word in enumerate(words) if word != "city" or at != len(words) - 2]
    return " ".join(kept)


def _clauses(match: Match) -> str:
    return re.sub(r"\s", "", match["clauses"] or "")


_CL = r"(?P<clauses>(?:\s?\([0-9A-Za-z]{1,4}\)){0,6})"


def _order(match: Match, context: Context) -> str:
    number = re.sub(r"\D", "", match["number"])
    section = match["section"]
    return f"eo {number}" + (f" § {section}{_clauses(match)}" if section else "")


def _city_order(match: Match, context: Context) -> str:
    stated = match["city"]
    if not stated and not context.lies_in("us/ny/new-york-city"):
        return ""
    return f"nyc eo {int(match['number'])}/{match['year']}"


def _massachusetts(match: Match, context: Context) -> str:
    section = (match["section"] or "").lower()
    return f"mass gen laws {match['chapter'].lower()}" + (f"/{section}" if section else "")


def _amended(number: int) -> str:
    return f"us const amend {number}" if 0 < number <= 27 else ""


def _article(match: Match, context: Context) -> str:
    stated = match["const"] or match["after"]
    if not stated and context.kind not in ("court_ruling", "transcript"):
        return ""
    number = arabic(match["roman"])
    if not number or number > 7:
        return ""
    section = f" § {match['section']}" if match["section"] else ""
    clause = f" cl {match['clause']}" if match["clause"] else ""
    return f"us const art {number}{section}{clause}"


def arabic(figures: str) -> int:
    """A number in Roman figures; 0 where it is none."""
    values = [{"I": 1, "V": 5, "X": 10}.get(figure, 0) for figure in figures]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ROMAN = r"(?P<roman>[IVX]{1,6})"

Key = Callable[[Match, Context], str]
# Sources with a number of their own. A row gives one key; "" where the context rules it out.
NUMBERED: list[tuple[re.Pattern[str], Key]] = [
    (re.compile(r"D\.?\s?C\.?\s+(?P<type>Law|Act)\s+(?P<number>\d{1,2}-\d{1,4})"),
     lambda m, c: f"dc {m['type'].lower()} {m['number']}"),
    (re.compile(r"(?:Local\s+Laws?|\bL\.?L\.?)\s+(?:No\.?\s*|number\s+)?(?P<number>\d{1,3})"
                rf"(?:\s+(?:of|for\s+the\s+year)\s+|\s*/|\s\()"
                rf"{_YEAR}", re.I),
     lambda m, c: f"nyc ll {int(m['number'])}/{m['year']}"),
    (re.compile(r"(?P<city>N\.?Y\.?C\.?\s|New York City\s|City\s|[Mm]ayoral\s|[Mm]ayor(?:['’]s)?\s)?"
                r"(?:Exec(?:utive|\.)\s+Order|EXECUTIVE ORDER)\s+(?:No\.?\s*)?(?P<number>\d{1,3})"
                rf"(?:\s*\(|,?\s+of\s+|,?\s+(?:dated|signed|issued)\s+(?:on\s+)?)(?:\w{{3,9}}\.?\s+\d{{1,2}},\s+)?{_YEAR}"),
     _city_order),
    (re.compile(r"\b(?P<type>Int|Res)(?:ro(?:duction)?|olution)?\.?\s+(?:No\.?\s*)?(?P<number>\d{1,4})"
                rf"(?:-[A-Z])?(?:-|\s+of\s+){_YEAR}"),
     lambda m, c: f"nyc {m['type'].lower()} {int(m['number'])}/{m['year']}"),
    (re.compile(rf"{_SIGN}(?P<section>\d{{1,2}}){_CL}\sof\s(?:Exec(?:utive|\.)\s+Order|E\.?O\.?)\s+(?:No\.?\s*)?(?P<number>1\d,?\d{{3}})(?![\d-])"), _order),
    (re.compile(rf"(?:Exec(?:utive|\.)\s+Orders?|\bE\.?\s?O\.?)\s+(?:No[s.]{{0,2}}\s*|Numbers?\s+)?(?P<number>1\d,?\s?\d{{3}}|(?<=[.sr]\s)[5-9]\d{{3}})(?![\d-])(?:,?\s{_SIGN}(?P<section>\d{{1,2}}){_CL})?", re.I), _order),
    (re.compile(r"(?:Pub(?:\.|lic)\s?L(?:\.|aw)|\bP\.?\s?L\.)\s?(?:No\.?\s?|Number\s)?(?P<number>\d{2,3}[-–]\d{1,4})"),
     lambda m, c: f"pub l {m['number'].replace('–', '-')}"),
    (re.compile(r"(?<![\d.])(?P<volume>\d{1,3})\sStat\.\s(?P<page>\d{1,4}(?:-\d{1,3})?)(?!\d)"),
     lambda m, c: f"{m['volume']} stat {m['page']}"),
    (re.compile(r"(?<![\d.])(?P<volume>\d{1,3})\s(?:Fed\.\s?Reg\.|FR|F\.\s?R\.)\s(?P<page>\d{1,3},\d{3}|\d{1,6})(?![\d-])"),
     lambda m, c: f"{m['volume']} fr {m['page'].replace(',', '')}"),
    (re.compile(r"(?<![\d.])(?P<title>\d{1,2})\s?C\.?F\.?R\.?,?\s[Pp](?:ar)?ts?\.?\s(?P<part>\d{1,4})\b"),
     lambda m, c: f"{int(m['title'])} cfr pt {m['part']}"),
    (re.compile(rf"U\.\s?S\.\s?C(?:onst|ONST)\.[,;]?\s[Aa]m(?:end|dt)\.\s(?:{_ROMAN}\b|(?P<number>\d{{1,2}})(?!\d))"),
     lambda m, c: _amended(int(m["number"] or 0) or arabic(m["roman"] or ""))),
    (re.compile(rf"(?P<const>U\.\s?S\.\s?C(?:onst|ONST)\.[,;]?\s)?\b[Aa]rt(?:\.|icle)\s{_ROMAN}\b"
                rf"(?:,?\s?(?:§|[Ss]ections?|[Ss]ec\.)\s?(?P<section>\d{{1,2}}))?"
                rf"(?:,\scl\.\s(?P<clause>\d{{1,2}}))?(?P<after>,?\sof\sthe\s(?:U\.\s?S\.\s|United\sStates\s)?Constitution(?!\sof\s(?!the\sUnited)))?"), _article),
    (re.compile(r"(?:\bM\.?G\.?L\.?\s?A?\.?|\bG\.\s?L\.?|Mass\.\sGen\.?\sLaws|Mass(?:achusetts)?\s?General\sLaws|General\sLaws),?\s(?:[Cc]h?(?:\.|apter))\s?(?P<chapter>\d{1,3}[A-Z]{0,2})(?:,?\s(?:§|[Ss]ec(?:tion|\.))\s?(?P<section>\d{1,3}[A-Z]{0,2}(?:½|1/2)?)(?![\w-]))?"), _massachusetts),
    (re.compile(r"[Cc](?:hapter|\.)\s(?P<chapter>\d{1,3}[A-Z]{0,2}),\s(?:§|[Ss]ection)\s?(?P<section>\d{1,3}[A-Z]{0,2}(?:½|1/2)?)\sof\s(?:the\s)?(?:Massachusetts\s)?General\sLaws"), _massachusetts),
    (re.compile(r"[Ss]ection\s(?P<section>\d{1,3}[A-Z]{0,2}(?:½|1/2)?)\sof\s[Cc]hapter\s(?P<chapter>\d{1,3}[A-Z]{0,2})\sof\sthe\s(?:Massachusetts\s)?General\sLaws"), _massachusetts),
]  # fmt: skip
