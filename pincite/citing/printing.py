"""How a citation to a clause or a page is printed, from an edition's citation and a pinpoint."""

from __future__ import annotations

import re

from pincite.types import Entry

_YEAR = re.compile(r" \((?:[\w. ]+ )?\d{4}\)$")


def printed(entry: Entry, pinpoint: str) -> str:
    """The legal citation with its pinpoint.

    "8 U.S.C. § 1373" and "§ 1373(a)" give "8 U.S.C. § 1373(a)"; "567 U.S. 387 (2012)" and
    "at 400" give "567 U.S. 387, 400 (2012)" (Bluebook rule 3.2); else both, with a comma.
    """
    cited = entry.citation or entry.title
    if not pinpoint:
        return cited
    section = pinpoint.removeprefix("§ ")
    whole = re.match(r"[\w.:-]+", section)
    if pinpoint.startswith("§ ") and whole and cited.endswith(f"§ {whole[0]}"):
        return cited[: -len(whole[0])] + section
    if pinpoint.startswith("at ") and (year := _YEAR.search(cited)):
        return f"{cited[: year.start()]}, {pinpoint.removeprefix('at ')}{year[0]}"
    return f"{cited}, {pinpoint}"
