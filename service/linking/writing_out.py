"""How people type citations, written as texts print them, so that they are found.

"somerville code 2-6(e)"                     "Somerville Code 2-6(e)"
"subsection (2) of Miss. Code § 25-1-119"    "Miss. Code § 25-1-119(2)"
"int 274-2024"                               "Int. 274-2024"
"""

from __future__ import annotations

import re

from pincite.citations.find import named_in

_NUMBER = r"(?=,?\s{0,2}(?:§|[Ss]ec(?:tion|s?\.)|\d))"
_CODE = re.compile(rf"\bcode\b{_NUMBER}")
_NAMED = re.compile(rf"\b(?P<name>[a-z]{{3,20}})(?P<rest>\.? Code\b{_NUMBER})")
_NO_NAME = frozenset(
    {"the", "this", "that", "which", "what", "does", "under", "their", "our", "its", "see", "and"}
    | {"city", "state", "municipal", "penal", "criminal", "admin", "administrative", "building"}
)
_BILL = re.compile(r"\bint\b\.?(?=\s(?:no\.?\s)?\d{2,4}-\d{4})", re.I)
# Only a part of one section: "sections 3 and 4" have none.
_PART = re.compile(
    r"\b(?:sub(?:section|division|sec\.)|paragraph|clause)\s\(?(?P<part>[a-z]|\d{1,2})\)?\sof\s$",
    re.I,
)


def written_out(text: str) -> str:
    """A question with its citations as they are printed."""
    text = _NAMED.sub(_with_capital, _CODE.sub("Code", text))
    text = _BILL.sub("Int.", text)
    for mention, _ in reversed(named_in(text)):
        if mention is None or "(" in mention.key:
            continue
        before, after = text[: mention.span.start], text[mention.span.end :]
        if part := _PART.search(before):
            written = f"{mention.span.of(text)}({part['part']})"
            text = f"{before[: part.start()]}{written}{after}"
    return text


def _with_capital(match: re.Match[str]) -> str:
    name = match["name"]
    return (name if name in _NO_NAME else name.capitalize()) + match["rest"]
