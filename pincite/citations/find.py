"""The normal forms of a text's citations, and those under which an entry's passages are known.

    citations_in("under 8 U.S.C. § 1373(a) and Printz, 521 U.S. 898, 935")
    # ["8 usc 1373", "8 usc 1373(a)", "521 us 898"]

A citation of a clause also gives the citation of what it lies in, so that either finds it. A
section that names no source stands as "§ 1373". The index keeps these forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pincite.citations.cases import cases
from pincite.citations.full import full
from pincite.citations.grammars import BEFORE, Context, municipal_key
from pincite.citations.keys import nested
from pincite.citations.mentions import Mention
from pincite.types import Entry

_CHAPTER = re.compile(r"(?P<code>[A-Z].*?) chs?\. \d")
_ORDINANCES = re.compile(r"(?P<city>[A-Z][\w.’' -]{1,40}), [A-Z][\w. ]{1,12}, Code of Ordinances")


def citations_in(text: str) -> list[str]:
    """The normal forms of all citations in the text, in order, each once."""
    return [form for _, forms in named_in(text) for form in forms]


def named_in(text: str) -> list[tuple[Mention | None, list[str]]]:
    """Every citation of a text that needs no text around it, with those of its normal forms that
    no citation before it has. A section that names no source comes without a mention."""
    full_, bare, taken = full(text)
    found: list[tuple[int, Mention | None, list[str]]] = []
    for one in (*full_, *cases(text, taken)):
        forms = list(one.keys)
        if one.written in ("full", "parallel"):
            found.append((one.span.start, one, forms))
    found += [(b.start, None, nested(f"§ {b.item.number}{b.item.clauses}")) for b in bare]
    seen: set[str] = set()
    named: list[tuple[Mention | None, list[str]]] = []
    for _, one_, forms in sorted(found, key=lambda row: row[0]):
        named.append((one_, [f for f in dict.fromkeys(forms) if f not in seen]))
        seen.update(forms)
    return named


def citations_of(entry: Entry, path: Iterable[str] = ()) -> list[str]:
    """The normal forms under which a passage of this edition is known, down to its clause.

    `path` holds the labels above the passage, such as ("§ 1373", "(a)"). A section's label is
    read as a section of the code that the entry's citation names, and also stands alone.
    """
    labels = tuple(path)
    forms = citations_in(entry.citation or "")
    numbers = [f.removeprefix("§ ") for label in labels for f in citations_in(label)[:1]]
    numbers = numbers or [form.rsplit(" ", 1)[1] for form in forms if _is_section(form)]
    clauses = "".join(label for label in labels if label.startswith("("))
    for code in (code_of(entry.citation or ""), "§"):
        for number in numbers if code else ():
            forms += nested(f"{code} {number}{clauses}")
    return list(dict.fromkeys(forms))


def context_of(entry: Entry) -> Context:
    """What is known of the text of an entry, for what it cites."""
    return Context(entry.jurisdiction or "", code_of(entry.citation or ""), entry.kind.value)


@lru_cache(maxsize=10_000)
def code_of(citation: str) -> str:
    """The code that a citation names, as keys write it: "dc code", "8 usc"; "" where none."""
    for one in full(citation)[0]:
        if _is_section(one.keys[0]):
            return one.keys[0].rsplit(" ", 1)[0]
    if city := _ORDINANCES.match(citation):
        return municipal_key(city["city"])
    if chapter := _CHAPTER.match(citation):
        return _code_named(f"{chapter['code']} § 1.1")
    return ""


def _code_named(cited: str) -> str:
    """The code of an invented section, where only a chapter is cited."""
    for pattern, code, _ in BEFORE:
        if match := pattern.match(cited):
            return code(match, Context())
    return next((one.keys[0].rsplit(" ", 1)[0] for one in full(cited)[0]), "")


def _is_section(form: str) -> bool:
    """Whether a normal form is one of a section of a code."""
    from pincite.citations.keys import kind_of

    return kind_of(form) in ("statute", "regulation", "local_code") and "/" not in form
