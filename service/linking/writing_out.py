"""How people type citations, written as texts print them, so that they are found.

"somerville code 2-6(e)"                     "Somerville Code 2-6(e)"
"subsection (2) of Miss. Code § 25-1-119"    "Miss. Code § 25-1-119(2)"
"int 274-2024"                               "Int. 274-2024"
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from pincite.citations.find import named_in
from pincite.citations.keys import section_of

_NUMBER = r"(?=,?\s{0,2}(?:§|[Ss]ec(?:tion|s?\.)|\d))"
_CODE = re.compile(rf"\bcode\b{_NUMBER}")
_NAMED = re.compile(rf"\b(?P<name>[a-z]{{2,20}}(?: [a-z]{{2,20}}){{0,2}})(?=\.? Code\b{_NUMBER})")
# Citations of one question that are looked at.
_MOST = 6
_BILL = re.compile(r"\bint\b\.?(?=\s(?:no\.?\s)?\d{2,4}-\d{4})", re.I)
# Only a part of one section: "sections 3 and 4" have none.
_PART = re.compile(
    r"\b(?:sub(?:section|division|sec\.)|paragraph|clause)\s\(?(?P<part>[a-z]|\d{1,2})\)?\sof\s$",
    re.I,
)


def written_out(text: str, held: Collection[str] = ()) -> str:
    """A question with its citations as they are printed; names of cities where they are held."""
    text = _with_names(_CODE.sub("Code", text), held)
    text = _BILL.sub("Int.", text)
    for mention, _ in reversed(named_in(text)[:_MOST]):
        if mention is None or "(" in mention.key:
            continue
        before, after = text[: mention.span.start], text[mention.span.end :]
        if part := _PART.search(before):
            written = f"{mention.span.of(text)}({part['part']})"
            text = f"{before[: part.start()]}{written}{after}"
    return text


def _with_names(text: str, held: Collection[str]) -> str:
    """The text with capitals to the name before "Code" that makes it one of those held."""
    for match in reversed([*islice(_NAMED.finditer(text), _MOST)]):
        words = match["name"].split(" ")
        for first in range(len(words)):
            name = " ".join([*words[:first], *(word.capitalize() for word in words[first:])])
            better = f"{text[: match.start('name')]}{name}{text[match.end('name') :]}"
            at = match.end("name") - len(" ".join(words[first:]))
            keys = [one.key for one, _ in named_in(better) if one and one.span.start == at]
            if any(section_of(key) in held for key in keys):
                text = better
                break
    return text
