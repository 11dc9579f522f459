"""The largest cities of the United States by name and state, to know one when a question names it.

Names that are as often a person's or a thing's ("Jackson", "Mobile", "Orange") are left out.
"""

from __future__ import annotations

import re
from functools import cache

_BY_STATE = """
    al Birmingham, Huntsville, Montgomery; ak Anchorage; az Phoenix, Tucson, Scottsdale, Tempe;
    ar Little Rock, Fayetteville; ca Los Angeles, San Diego, San Jose, San Francisco, Fresno,
    Sacramento, Long Beach, Oakland, Bakersfield, Anaheim, Riverside, Santa Ana, Stockton,
    Irvine, Chula Vista, Berkeley, Pasadena, Santa Cruz, Santa Barbara, Richmond; co Denver,
    Colorado Springs, Aurora, Boulder, Fort Collins; ct Hartford, New Haven, Bridgeport,
    Stamford; de Wilmington; fl Jacksonville, Miami, Tampa, Orlando, St. Petersburg, Hialeah,
    Tallahassee, Fort Lauderdale, Gainesville, Key West; ga Atlanta, Augusta, Savannah, Athens,
    Columbus; hi Honolulu; id Boise; il Chicago, Springfield, Evanston, Naperville, Rockford,
    Aurora; in Indianapolis, Fort Wayne, South Bend, Bloomington; ia Des Moines, Iowa City,
    Cedar Rapids; ks Wichita, Topeka, Overland Park, Kansas City; ky Louisville, Lexington; la
    New Orleans, Baton Rouge, Shreveport; me Portland, Bangor, Augusta; md Baltimore, Annapolis,
    Rockville, Hyattsville; ma Boston, Cambridge, Worcester, Somerville, Springfield, Lowell,
    Newton, Northampton, Amherst, Arlington; mi Detroit, Grand Rapids, Ann Arbor, Lansing; mn
    Minneapolis, Saint Paul, St. Paul, Duluth, Rochester; ms Biloxi; mo Kansas City, St. Louis,
    Springfield; mt Missoula, Billings, Helena; ne Omaha; nv Las Vegas, Reno; nh
    Manchester, Nashua; nj Newark, Jersey City, Trenton, Camden, Hoboken, Princeton; nm
    Albuquerque, Santa Fe, Las Cruces; ny New York City, Buffalo, Rochester, Yonkers, Syracuse,
    Albany, Ithaca; nc Charlotte, Raleigh, Greensboro, Durham, Winston-Salem, Asheville, Chapel
    Hill, Wilmington, Fayetteville; nd Fargo, Bismarck; oh Columbus, Cincinnati, Toledo, Akron,
    Dayton, Springfield; ok Oklahoma City, Tulsa; or Portland, Salem, Corvallis;
    pa Philadelphia, Pittsburgh, Allentown, Scranton; ri Providence; sc Charleston,
    Greenville; sd Sioux Falls, Rapid City; tn Nashville, Memphis, Knoxville,
    Chattanooga; tx Houston, San Antonio, Dallas, Austin, Fort Worth, El Paso, Arlington, Corpus
    Christi, Plano, Laredo, Lubbock, Brownsville, McAllen; ut Salt Lake City, Provo; vt
    Burlington, Montpelier, Winooski; va Virginia Beach, Norfolk, Chesapeake, Alexandria,
    Charlottesville, Arlington, Richmond, Roanoke; wa Seattle, Spokane, Tacoma, Vancouver,
    Bellevue, Olympia; wv Morgantown; wi Milwaukee, Green Bay; wy Cheyenne, Laramie
"""


def _cities() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in " ".join(_BY_STATE.split()).split("; "):
        for name in row[3:].split(", "):
            found[name] = (*found.get(name, ()), f"us/{row[:2]}/{_slug(name)}")
    return found


def _slug(name: str) -> str:
    return name.lower().replace("saint", "st").replace(".", "").replace(" ", "-")


CITIES = _cities()
"""The paths of the cities of each name; a name may be that of several."""


# What makes a name a place's: before it "in", or a verb that asks; behind it whose or what it is.
_BODIES = (
    r"(?:police|sheriffs?|jails?|mayors?|city|council|officials?|officers?|cops|ordinances?|laws?|statutes?"
    r"|polic(?:y|ies)|codes?|schools?|residents?|rules?|government|department|trust act|welcoming"
    r"|sanctuary)"
)
BEHIND = rf"(?:['’]s\b|\s+(?:[a-z]+\s+)?{_BODIES}\b)"
"""What stands behind a place's name."""
BEFORE = r"(?:\b(?:in|of|within|city of|police of)\s+)"
"""What stands before a place's name."""
# "West Des Moines" is another place, "Miami-Dade" a county.
_NO_OTHER = r"(?<![\w-])(?<!west )(?<!east )(?<!north )(?<!south )"
_ASKS = r"(?:does|do|did|can|could|may|might|must|should|shall|would|will|is|was|has)"


def cities_in(text: str) -> list[str]:
    """The names in the table that a text speaks of as of places, as they are spelt there."""
    found = [match["inside"] or match["named"] for match in _pattern().finditer(text)]
    asked = [match["asked"] for match in _asked().finditer(text)]
    return list(dict.fromkeys(_proper()[name.lower()] for name in (*found, *asked)))


@cache
def _pattern() -> re.Pattern[str]:
    inside = rf"{BEFORE}(?P<inside>{_names()})(?![\w-])(?!\s+County)"
    return re.compile(rf"{inside}|{_NO_OTHER}(?P<named>{_names()}){BEHIND}", re.I)


@cache
def _asked() -> re.Pattern[str]:
    """ "May Nashville refuse ...", in capitals as a name is: a place that is asked about."""
    return re.compile(
        rf"(?:^|[.,;?!]\s|\b(?i:and|or|but)\s)(?i:{_ASKS})\s(?P<asked>{_names()})\s(?=[a-z])"
    )


def _names() -> str:
    return "|".join(re.escape(name) for name in sorted(CITIES, key=len, reverse=True))


@cache
def _proper() -> dict[str, str]:
    return {name.lower(): name for name in CITIES}
