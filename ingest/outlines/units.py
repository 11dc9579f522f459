"""The lines that open a unit or a container: "§ 1373.", "Sec. 2-6.", "Section 1:", "CHAPTER 12"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.outlines.blocks import Block
from pincite.sentences import sentences

_NUMBER = r"\d+(?:[A-Z]{0,2}|[a-z](?=\.))(?:[-.:–—]\d+[A-Z]*)*(?:\((?:Perm|Temp|[a-z])\))?"
_SIGN = r"§§|§|Secs?\.|SECS?\.|Sections?|SECTIONS?|Rule|RULE"
_SIGNED = re.compile(
    rf"""["“”\[\s]*(?P<sign>{_SIGN})\s*(?P<number>{_NUMBER})(?P<stop>\s?[.:—–-]+|)(?P<rest>\s.*|)$""",
    re.DOTALL,
)
_BARE = re.compile(
    r"""["“\[\s]*(?P<sign>)(?P<number>\d+[A-Z]?(?:[-.:]\d+[A-Z]*)+(?:\([A-Za-z]+\))?)(?P<stop>\.?)(?P<rest>\s+.*)$""",
    re.DOTALL,
)
_CONTAINER = re.compile(
    r"(?P<word>title|subtitle|chapter|subchapter|article|division|part|appendix|schedule|annex"
    r"|amendment|addendum|attachment|exhibit)(?:\b|(?=(?-i:[A-Z])\b))\s*(?P<number>[IVXLC]+\b|[A-Z]\b|\d[\w.-]*|)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SHORT = {
    "chapter": "Ch.",
    "article": "Art.",
    "appendix": "App.",
    "division": "Div.",
    "amendment": "Amend.",
}
# Iowa sets "27A.1 Definitions.", Georgia "42-4-14. Heading." and many cities "12.40.040 Heading."
# without a sign. "2.7.1. The fee" is a paragraph of regulations.
_NAMED = re.compile(
    r"\d+[A-Z]\.\d+|\d+[A-Z]?-\d+-\d+|\d+-\d+\.\d+|\d+[A-Z]?\.\d{2,3}\.\d{2,4}(?![\d.])"
)
# A heading longer than this is a sentence that happens to be set as one.
_LONGEST_HEADING, _LONGEST_WORDS = 200, 25
# A verb of its own makes a sentence of it.
_FINITE = re.compile(r"\b(?:shall|is|are|may|was|were|means|includes|has|have|will|takes)\b")


@dataclass(frozen=True, slots=True)
class Unit:
    """The opening of a unit: its label, its heading, and where its own text begins in the line."""

    label: str
    number: str
    heading: str
    body: int

    @property
    def is_compound(self) -> bool:
        """Whether the number is a code's ("9-131") rather than a count within an act ("2")."""
        return re.search(r"\d[A-Z]*[-.:–—]\d", self.number) is not None


def unit(block: Block, sign: str = "§") -> Unit | None:
    """The unit that a line opens, if it opens one. `sign` is printed for the word "Section"."""
    match = _SIGNED.match(block.text)
    if match is None or not _opens(block, match):
        match = _BARE.match(block.text)
        if match is None or not _opens_bare(block, match):
            return None
    number = re.sub(r"\((?:Perm|Temp)\)$", "", match["number"])
    return Unit(
        label=f"{_printed(match['sign'], sign)} {number}",
        number=number,
        heading=catchline(match["rest"], whole=block.heading is not None, alone=True),
        body=match.start("rest"),
    )


def _opens(block: Block, match: re.Match[str]) -> bool:
    """A unit's number is closed by a full stop; a sentence about a section goes straight on."""
    if block.heading is not None or match["stop"]:
        return not match["rest"].lstrip()[:1].islower()
    rest = match["rest"].strip()
    if not rest:
        return True
    return "§" in match["sign"] and rest[:1].isupper()


def _opens_bare(block: Block, match: re.Match[str]) -> bool:
    if block.heading is not None:
        return True
    rest = match["rest"].strip()
    return _NAMED.match(match["number"]) is not None and (rest[:1] in '“"[' or rest[:1].isupper())


def _printed(sign: str, preferred: str) -> str:
    if "§" in sign or not sign:
        return sign or "§"
    if sign.upper() == "RULE":
        return "Rule"
    plural = sign.lower().startswith(("secs", "sections"))
    if preferred == "§":
        return "§§" if plural else "§"
    return "Secs." if plural else "Sec."


def sign_of(blocks: Iterable[Block]) -> str:
    """What this text calls its units: "§" where any line opens with one, else "Sec."."""
    for block in blocks:
        found = unit(block)
        if found and block.text.lstrip('"“[ ').startswith("§"):
            return "§"
    return "Sec."


def catchline(rest: str, whole: bool = False, alone: bool = False) -> str:
    """The heading that follows a number: its first sentence, when that is no full sentence.

    `whole` takes all of the line: it is set as a heading. `alone` takes a line that is only that.
    """
    text = rest.strip().lstrip("—–-:. ").strip()
    if whole and len(text) <= _LONGEST_HEADING:
        return text.rstrip(". ")
    every = sentences(text[: 2 * _LONGEST_HEADING])
    first = every[0].of(text).rstrip() if every else ""
    if not first.endswith(".") or (len(every) < 2 and not alone):
        return ""
    heading = first.rstrip(". ")
    if len(heading.split()) > _LONGEST_WORDS or not heading[:1].isupper() or "[" in heading:
        return ""
    return "" if _FINITE.search(heading) else heading


def container(block: Block) -> tuple[str, str]:
    """The label and heading of a line that is set as a heading: ("Ch. 12", "Immigration")."""
    match = _CONTAINER.match(block.text)
    if match is None or not match["number"]:
        return "", block.text.rstrip(". ")
    word = match["word"].lower()
    label = f"{_SHORT.get(word, word.capitalize())} {match['number'].rstrip('.')}"
    return label, match["rest"].strip().lstrip("—–-:. ").rstrip(". *")
