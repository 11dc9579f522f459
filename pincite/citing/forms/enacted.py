"""Acts, bills, resolutions and orders: cited as themselves, not as the code (rules 12–14)."""

from __future__ import annotations

import re

from pincite.citing.acts import Change
from pincite.citing.forms.wording import before_date, dated, division, inert, listed
from pincite.citing.pinpoints import Pin
from pincite.types import Entry, Status

_NUMBERED_OF = re.compile(r"(?P<law>.+ (?:Local Law|L\.L\.) No\. \d+) of (?P<year>\d{4})")
_ORDER = re.compile(
    r"(?P<order>.+? No\. [\d,]+), (?P<register>\d+ (?:Fed\. Reg\.|C\.F\.R\.) [\d,]+)"
    r"(?P<date> \([^()]*\d{4}\))(?P<after>.*)"
)


def act(entry: Entry, pin: Pin, status: Status) -> str:
    """An act by its own section, and what that changes: ", amending Admin. Code § 9-131"."""
    return _by_section(entry, pin) + _changing(pin.change)


def bill(entry: Entry, pin: Pin, status: Status) -> str:
    """A bill is cited as a bill; what it would do to the code is only proposed (rule 13.2)."""
    change = pin.change
    code = change.code or change.here if change and change.deed else ""
    named = before_date(_named(entry), division(pin.unit), _comma(pin.unit))
    return named + (f" (proposed {division(code)})" if code else _quoting(change))


def resolution(entry: Entry, pin: Pin, status: Status) -> str:
    """A resolution by its clause: "Whereas cl. 8", "cl. 2" (rule 13.3)."""
    return before_date(_named(entry), division(pin.text))


def order(entry: Entry, pin: Pin, status: Status) -> str:
    """An order by its section, with the page of the register where it is known (rule 14.2)."""
    cited = inert(entry.citation)
    unit = division(pin.unit)
    found = _ORDER.fullmatch(cited)
    if found is None:
        return _by_section(entry, pin) + _changing(pin.change)
    page = "" if "C.F.R." in found["register"] else pin.pages
    where = "" if unit.startswith(("at ", "p. ", "pp. ")) and page else unit
    printed = listed(found["order"], where, found["register"], page)
    return f"{printed}{found['date']}{found['after']}" + _changing(pin.change)


def _named(entry: Entry) -> str:
    return inert(entry.citation) or dated(inert(entry.title), entry.issued)


def _by_section(entry: Entry, pin: Pin) -> str:
    cited = _named(entry)
    local = _NUMBERED_OF.fullmatch(cited)
    if local:
        name = f"{local['law']} ({local['year']})"
        return f"{name}{_comma(pin.unit)}{division(pin.unit)}" if pin.unit else name
    return before_date(cited, division(pin.unit))


def _comma(unit: str) -> str:
    """A section follows a bill's number or session, and a local law's year, at once."""
    return " " if unit.startswith(("§", "Sec")) else ", "


def _changing(change: Change | None) -> str:
    if change is None or not change.deed:
        return _quoting(change)
    return f", {change.deed} {change.code or division(change.here)}"


def _quoting(change: Change | None) -> str:
    """Text that an act sets out without saying what it does to it."""
    return f" (setting out {division(change.here)})" if change else ""
