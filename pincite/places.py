"""Jurisdiction paths in words."""

from __future__ import annotations

from collections.abc import Sequence

_POSTAL = """
    AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado;
    CT Connecticut; DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii;
    ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana;
    ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi;
    MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey;
    NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma;
    OR Oregon; PA Pennsylvania; PR Puerto Rico; RI Rhode Island; SC South Carolina;
    SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington;
    WV West Virginia; WI Wisconsin; WY Wyoming; AS American Samoa; GU Guam;
    MP Northern Mariana Islands; VI Virgin Islands
"""
_STATES = {row[:2].lower(): row[3:] for row in map(str.strip, _POSTAL.split(";"))}


def place_name(jurisdiction: str | None) -> str:
    """A jurisdiction's path in words: "us/ny/new-york-city" is "New York City, New York"."""
    if not jurisdiction:
        return ""
    parts = jurisdiction.split("/")
    if parts == ["us"]:
        return "United States"
    names = [
        _STATES.get(part) or part.replace("-", " ").title() if depth == 1 else part
        for depth, part in enumerate(parts)
    ][1 if parts[0] == "us" else 0 :]
    names = [name.replace("-", " ").title() if name.islower() else name for name in names]
    return ", ".join(reversed(names))


def place_path(name: str, known: Sequence[str]) -> str | None:
    """The one known place, or state of the United States, of that name; None where none is."""
    said = " ".join(name.lower().split())
    states = [f"us/{code}" for code in _STATES] if "us" in known else []
    found = {
        path
        for path in (*known, *states)
        if said in (place_name(path).lower(), place_name(path).split(",")[0].lower())
    }
    return found.pop() if len(found) == 1 else None


def is_possible(path: str) -> bool:
    """Whether a path can be a place: one of the United States names a state that exists."""
    parts = path.split("/")
    return parts[0] != "us" or len(parts) < 2 or parts[1] in _STATES


def within(place: str, other: str) -> bool:
    """Whether a place is another, or lies in it."""
    return place == other or place.startswith(f"{other}/")


def states() -> dict[str, str]:
    """The names of the states and territories of the United States, with their paths."""
    return {name: f"us/{code}" for code, name in _STATES.items()}
