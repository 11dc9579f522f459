"""The normal form of a citation: one key, whoever writes it and however; printed by rule.

    printed_key("8 usc 1373(a)")   # "8 U.S.C. § 1373(a)"
    nested("8 usc 1373(a)(1)")     # ["8 usc 1373", "8 usc 1373(a)", "8 usc 1373(a)(1)"]

A key begins with what names the source ("8 usc", "dc code") and ends in its number. Finding the
printed form of a key gives the key again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

CitationKind = Literal[
    "statute",
    "regulation",
    "local_code",
    "local_law",
    "act",
    "executive_order",
    "city_order",
    "register",
    "constitution",
    "case",
    "journal",
    "bill",
    "section",
]

_CLAUSES = re.compile(r"(?:\([0-9A-Za-z-]{1,6}\))+$")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

# A code's name in a key, and as it is printed (Bluebook table T1).
CODES: dict[str, str] = {
    "dc code": "D.C. Code",
    "va code": "Va. Code Ann.",
    "tenn code": "Tenn. Code Ann.",
    "miss code": "Miss. Code Ann.",
    "nc gen stat": "N.C. Gen. Stat.",
    "ocga": "Ga. Code Ann.",
    "iowa code": "Iowa Code",
    "nyc admin code": "N.Y.C. Admin. Code",
    "nyc charter": "N.Y.C. Charter",
    "ny crim proc law": "N.Y. Crim. Proc. Law",
    "ny penal law": "N.Y. Penal Law",
    "ny family court act": "N.Y. Family Court Act",
    "ny civil service law": "N.Y. Civil Service Law",
    "ny general municipal law": "N.Y. General Municipal Law",
    "ny vehicle and traffic law": "N.Y. Vehicle and Traffic Law",
    "ny public housing law": "N.Y. Public Housing Law",
    "ny public authorities law": "N.Y. Public Authorities Law",
    "ny public health law": "N.Y. Public Health Law",
    "ny executive law": "N.Y. Executive Law",
    "ny correction law": "N.Y. Correction Law",
    "ny social services law": "N.Y. Social Services Law",
    "ny labor law": "N.Y. Labor Law",
    "ny education law": "N.Y. Education Law",
}
_LOCAL = ("nyc admin code", "nyc charter")

# Words of a code's name that are printed otherwise than with a capital.
_WRITTEN = """
    Mun. Admin. Rev. Stat. Stats. Gen. Comp. Cal. Ariz. Fla. Tex. Mont. Mass. Mich. Minn. Wash.
    Wis. Colo. Conn. Del. Ga. Ill. Ind. Kan. Ky. La. Md. Me. Miss. Mo. Neb. Nev. N.H. N.J. N.M.
    N.D. Okla. Or. Pa. R.I. S.C. S.D. Tenn. Va. Vt. W.Va. Wyo. Ala. Ark. N.Y. N.C. D.C. L.A. Gov't
    McKinney's of and the &
"""
_WORDS = {word.lower().replace(".", ""): word for word in _WRITTEN.split()}

_SHAPES: list[tuple[re.Pattern[str], CitationKind, Callable[[re.Match[str]], str]]] = [
    (
        re.compile(r"(?P<title>\d+) usc (?P<rest>\S+)"),
        "statute",
        lambda m: f"{m['title']} U.S.C. § {m['rest']}",
    ),
    (
        re.compile(r"(?P<title>\d+) cfr pt (?P<rest>\d+)"),
        "regulation",
        lambda m: f"{m['title']} C.F.R. pt. {m['rest']}",
    ),
    (
        re.compile(r"(?P<title>\d+) cfr (?P<rest>\S+)"),
        "regulation",
        lambda m: f"{m['title']} C.F.R. § {m['rest']}",
    ),
    (
        re.compile(r"ina (?P<rest>\S+)"),
        "statute",
        lambda m: f"INA § {_lettered(m['rest'])}",
    ),
    (
        re.compile(r"us const (?P<part>art|amend) (?P<number>\d+)(?P<rest>.*)"),
        "constitution",
        lambda m: f"U.S. Const. {m['part']}. {roman(int(m['number']))}{_within(m['rest'])}",
    ),
    (
        re.compile(r"eo (?P<number>\d+)(?P<rest>.*)"),
        "executive_order",
        lambda m: f"Exec. Order No. {int(m['number']):,}{m['rest'].replace(' § ', ', § ')}",
    ),
    (
        re.compile(r"nyc eo (?P<number>\d+)/(?P<year>\d+)"),
        "city_order",
        lambda m: f"N.Y.C. Exec. Order No. {m['number']} ({m['year']})",
    ),
    (
        re.compile(r"nyc ll (?P<number>\d+)/(?P<year>\d+)"),
        "local_law",
        lambda m: f"N.Y.C. Local Law No. {m['number']} of {m['year']}",
    ),
    (
        re.compile(r"nyc (?P<type>int|res) (?P<number>\d+)/(?P<year>\d+)"),
        "bill",
        lambda m: f"N.Y.C. Council {m['type'].title()}. {int(m['number']):04d}-{m['year']}",
    ),
    (
        re.compile(r"dc (?P<type>law|act) (?P<rest>\S+)"),
        "act",
        lambda m: f"D.C. {m['type'].title()} {m['rest']}",
    ),
    (
        re.compile(r"pub l (?P<rest>\S+)"),
        "act",
        lambda m: f"Pub. L. No. {m['rest']}",
    ),
    (
        re.compile(r"(?P<volume>\d+) stat (?P<page>\S+)"),
        "act",
        lambda m: f"{m['volume']} Stat. {m['page']}",
    ),
    (
        re.compile(r"(?P<volume>\d+) fr (?P<page>\d+)"),
        "register",
        lambda m: f"{m['volume']} Fed. Reg. {m['page']}",
    ),
    (
        re.compile(r"mass gen laws (?P<chapter>[^/\s]+)(?:/(?P<rest>\S+))?"),
        "statute",
        lambda m: (
            f"Mass. Gen. Laws ch. {_lettered(m['chapter'])}"
            + (f", § {_lettered(m['rest'])}" if m["rest"] else "")
        ),
    ),
    (
        re.compile(r"§ (?P<rest>\S+)"),
        "section",
        lambda m: f"§ {_lettered(m['rest'])}",
    ),
    (
        re.compile(r"(?P<code>[a-z&'’].*?) (?P<rest>\d\S*)"),
        "local_code",
        lambda m: f"{code_name(m['code'])} § {_number(m['code'], m['rest'])}",
    ),
]
# Codes whose numbers carry capitals: "27A.4", "153A-145.5".
_CAPITALS = ("iowa code", "nc gen stat")


def printed_key(key: str) -> str:
    """The citation that a key stands for, as it is printed; a case by its reporter."""
    for pattern, _, form in _SHAPES:
        if found := pattern.fullmatch(key):
            return form(found)
    from pincite.citations.reporters import reporter_printed

    volume, _, rest = key.partition(" ")
    name, _, page = rest.rpartition(" ")
    return f"{volume} {reporter_printed(name)} {page}"


def kind_of(key: str) -> CitationKind:
    """What sort of source a key names."""
    for pattern, kind, _ in _SHAPES:
        if found := pattern.fullmatch(key):
            code = found.groupdict().get("code")
            return "statute" if kind == "local_code" and _is_state(code or "") else kind
    reporter = key.partition(" ")[2].rpartition(" ")[0]
    if reporter == "us":  # the tables of reporters take a tenth of a second to load
        return "case"
    from pincite.citations.reporters import is_journal

    return "journal" if is_journal(reporter) else "case"


def nested(key: str) -> list[str]:
    """A section, then each clause below it, down to the key."""
    section = section_of(key)
    forms = [section]
    if section.startswith(("us const", "eo ")):
        parts = re.split(r"(?= § | cl )", section)
        forms = ["".join(parts[: count + 1]) for count in range(len(parts))]
    for clause in re.findall(r"\([\w-]+\)", key[len(section) :]):
        forms.append(forms[-1] + clause)
    return forms


def section_of(key: str) -> str:
    """A key without its clauses: "8 usc 1373" of "8 usc 1373(a)(1)"."""
    return _CLAUSES.sub("", key)


def source_of(key: str) -> str:
    """What is fetched when a key is not held: a section, an order without its sections."""
    section = section_of(key)
    if section.startswith(("eo ", "us const")):
        return re.split(r" § | cl ", section)[0]
    return section


def tidy(number: str) -> str:
    """A section's number as keys write it."""
    return number.replace("–", "-").replace("—", "-").rstrip(".:-").lower()


def squeezed(clauses: str) -> str:
    """Clauses without the white space between them; "(a)(l)" is "(a)(1)", misread from a page."""
    return re.sub(r"^(\([a-z]\))\(l\)", r"\1(1)", re.sub(r"\s", "", clauses))


def code_key(name: str) -> str:
    """A code's name as keys write it: "Ariz. Rev. Stat. Ann." is "ariz rev stat"."""
    words = re.sub(r"[.,]", "", name.replace("’", "'").lower()).split()
    kept = [w for w in words if w not in ("ann", "official", "annotated")]
    text = " ".join(kept).replace("code of ordinances", "code")
    text = re.sub(r"\bmunicipal code\b", "mun code", text)
    return re.sub(r"\badministrative code\b", "admin code", text)


def code_name(code: str) -> str:
    """A code's name as it is printed."""
    if code in CODES:
        return CODES[code]
    return " ".join(_WORDS.get(word, word.capitalize()) for word in code.split())


def roman(number: int) -> str:
    """A small number in Roman figures."""
    text = ""
    for value, figure in _ROMAN:
        while number >= value:
            text, number = text + figure, number - value
    return text


def _is_state(code: str) -> bool:
    if code in CODES:
        return code not in _LOCAL
    return "rev stat" in code or "gen stat" in code or "laws" in code or code.startswith("cal ")


def _number(code: str, number: str) -> str:
    return _lettered(number) if code in _CAPITALS else number


def _lettered(number: str) -> str:
    """A number with its letters large, as the Act and Massachusetts print them: "274A(b)"."""
    head, paren, clauses = number.partition("(")
    return head.upper() + paren + clauses


def _within(rest: str) -> str:
    return rest.replace(" § ", ", § ").replace(" cl ", ", cl. ")
