"""Find legal citations in text and write each in one normal form.

    citations_in("under 8 U.S.C. § 1373(a) and Printz, 521 U.S. 898, 935")
    # ["8 usc 1373", "8 usc 1373(a)", "521 us 898"]

A citation of a clause also gives the citation of what it lies in, so that either finds it.
Forms follow The Bluebook (rules 10, 12, 14) and what people type instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pincite.types import Entry

Match = re.Match[str]

_CLAUSES = r"(?P<clauses>(?:\s?\([0-9A-Za-z]{1,5}\))*)"
_SECTION = r"(?:§§?|[Ss]ections?|[Ss]ecs?\.)\s*"
_NUMBER = r"(?P<number>\d[\w.:–-]*\w|\d+)"


def _code(name: str) -> Callable[[Match], list[str]]:
    """A section of a code: its name, with the title before it where the code has titles."""

    def forms(match: Match) -> list[str]:
        groups = match.groupdict()
        title = f"{groups['title']} " if groups.get("title") else ""
        return _nested(f"{title}{name} {_tidy(match['number'])}", match["clauses"])

    return forms


def _order(match: Match) -> list[str]:
    return [f"eo {match['number'].replace(',', '')}"]


def _city_order(match: Match) -> list[str]:
    return [f"nyc eo {match['number']}/{match['year']}"]


def _council_file(match: Match) -> list[str]:
    return [f"nyc {match['type'].lower()} {int(match['number'])}/{match['year']}"]


def _local_law(match: Match) -> list[str]:
    number, year = match["number"], match["year"]
    return [f"nyc ll {int(number)}/{year}"]


def _report(match: Match) -> list[str]:
    return [f"{match['volume']} us {match['page']}"]


def _bare(match: Match) -> list[str]:
    return _nested(f"§ {_tidy(match['number'])}", match["clauses"])


# One row a form: a pattern, and what it normalises to. Earlier rows win where two overlap.
FORMS: list[tuple[re.Pattern[str], Callable[[Match], list[str]]]] = [
    (re.compile(rf"(?P<title>\d+)\s*U\.?\s?S\.?\s?C\.?(?:A\.)?\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("usc")),
    (re.compile(rf"(?P<title>\d+)\s*C\.?\s?F\.?\s?R\.?\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("cfr")),
    (re.compile(rf"D\.?\s?C\.?\s+(?:Official\s+)?Code\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("dc code")),
    (re.compile(rf"Va\.?\s+Code(?:\s+Ann\.?)?\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("va code")),
    (re.compile(rf"(?:Tenn\.?\s+Code(?:\s+Ann\.?)?|T\.?C\.?A\.?)\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("tenn code")),
    (re.compile(rf"Miss\.?\s+Code(?:\s+Ann\.?)?\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("miss code")),
    (re.compile(rf"(?:N\.?\s?C\.?\s+Gen\.?\s+Stat\.?|G\.S\.)\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("nc gen stat")),
    (re.compile(rf"(?:O\.?C\.?G\.?A\.?|Ga\.?\s+Code(?:\s+Ann\.?)?)\s*(?:{_SECTION})?{_NUMBER}{_CLAUSES}"), _code("ocga")),
    (re.compile(rf"Iowa\s+Code\s*(?:{_SECTION})?(?P<number>\d+[A-Z]?\.\d+){_CLAUSES}"), _code("iowa code")),
    (re.compile(r"D\.?\s?C\.?\s+(?P<type>Law|Act)\s+(?P<number>\d+-\d+)"), lambda m: [f"dc {m['type'].lower()} {m['number']}"]),
    (re.compile(r"Local\s+Laws?\s+(?:No\.?\s*|number\s+)?(?P<number>\d+)\s+(?:of|for\s+the\s+year)\s+(?P<year>\d{4})", re.I), _local_law),
    (re.compile(r"(?:N\.?Y\.?C\.?|New York City|City|[Mm]ayoral|[Mm]ayor(?:['’]s)?)\s+Exec(?:utive|\.)\s+Order\s+(?:No\.?\s*)?(?P<number>\d+)\s*(?:\(|of\s+)(?:\w+\.?\s+\d+,\s+)?(?P<year>\d{4})"), _city_order),
    (re.compile(r"(?P<type>Int|Res)(?:ro(?:duction)?|olution)?\.?\s+(?:No\.?\s*)?(?P<number>\d{1,4})(?:-|\s+of\s+)(?P<year>\d{4})"), _council_file),
    (re.compile(r"(?:Exec(?:utive|\.)\s+Order|E\.?\s?O\.?)\s+(?:No\.?\s*|Number\s+)?(?P<number>1\d,?\d{3})", re.I), _order),
    (re.compile(r"(?P<volume>\d{1,3})\s+U\.\s?S\.\s+(?P<page>\d{1,4})"), _report),
    (re.compile(rf"{_SECTION}{_NUMBER}{_CLAUSES}"), _bare),
]  # fmt: skip


def citations_in(text: str) -> list[str]:
    """The normal forms of all citations in the text, in order, each once."""
    found: list[tuple[int, list[str]]] = []
    taken: list[tuple[int, int]] = []
    for pattern, forms in FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append((match.start(), forms(match)))
    return list(dict.fromkeys(form for _, forms in sorted(found) for form in forms))


def citations_of(entry: Entry, path: Iterable[str] = ()) -> list[str]:
    """The normal forms under which a passage of this edition is known, down to its clause.

    `path` holds the labels above the passage, such as ("§ 1373", "(a)"). A section's label is
    read as a section of the code that the entry's citation names, and also stands alone.
    """
    labels = tuple(path)
    forms = citations_in(entry.citation or "")
    codes = [form.rsplit(" ", 1)[0] for form in forms if _is_section(form)]
    numbers = [f.removeprefix("§ ") for label in labels for f in citations_in(label)[:1]]
    numbers = numbers or [form.rsplit(" ", 1)[1] for form in forms if _is_section(form)]
    clauses = "".join(label for label in labels if label.startswith("("))
    for code in [*dict.fromkeys(codes), "§"]:
        for number in numbers:
            forms += _nested(f"{code} {number}", clauses)
    return list(dict.fromkeys(forms))


def _is_section(form: str) -> bool:
    return any(f"{name} " in form for name in ("usc", "cfr", "code", "stat", "ocga"))


def _nested(section: str, clauses: str) -> list[str]:
    """A section, then each clause below it: "x", "x(a)", "x(a)(1)"."""
    forms = [section]
    for clause in re.findall(r"\(\w+\)", clauses or ""):
        forms.append(forms[-1] + clause)
    return forms


def _tidy(number: str) -> str:
    return number.replace("–", "-").rstrip(".:-").lower()
