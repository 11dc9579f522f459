"""What a short question consists of: the words that lead it up, and what is left of it.

said("And what about minors?")   # Said("minors", connected=True, about=True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pincite.words import STOP_WORDS, words
from service.conversing.turns import trimmed

_OPENING = r"(?:(?:ok(?:ay)?|well|right|yes|yeah|no|hm+|thanks|thank\s+you)\b[,.!\s]+)*"
_CONNECTED = r"(?P<connected>(?:(?:and|but|or|plus|so|then|also)\b[,\s]+)+)?"
_RULE = r"(?:rules?|laws?|limits?|answer|question|thing)"
_ABOUT = (
    r"(?P<about>(?:wh?at|waht|how)\s+about\s+|(?:the\s+)?same\s+(?:" + _RULE + r"\s+)?"
    r"(?:for|in|with|about|under)\s+|what\s+of\s+"
    r"|(?:is|are|was)\s+(?:it|that|this)\s+(?:also\s+)?(?:the\s+same|true|so)\s+"
    r"(?:for|of|with|about)\s+"
    r"|(?:does|do|did|would)\s+(?:the\s+same|that|this|it)\s+(?:" + _RULE + r"\s+)?(?:also\s+)?"
    r"(?:apply|hold|go)\s+(?:to|for|with)\s+|i\s+meant?\s+|make\s+that\s+)?"
)
_LED = re.compile(_OPENING + _CONNECTED + _ABOUT, re.I)
# "Is it the same in Denver?", "was that legal in 2012?": only where and when is asked.
_ELSEWHERE = re.compile(
    r"(?:(?:is|are|was|were)\s+(?:it|that|this)\s+(?:any\s+|also\s+|still\s+)?"
    r"(?:different|the\s+same|like\s+that|so|true|legal|illegal|allowed|permitted|lawful|the\s+case)"
    r"|(?:does|do|did|would)\s+(?:the\s+same|that|this|it)\s+(?:" + _RULE + r"\s+)?(?:also\s+)?"
    r"(?:apply|hold)|same(?:\s+" + _RULE + r")?)\s+(?P<rest>(?:in|on|before|after|as\s+of)\s+.+)",
    re.I,
)
# "And Ohio, does it do the same?": what is behind the comma only says that it is a question.
_TAIL = re.compile(
    r",\s*(?:is|are|does|do|did|can|would|must|may)\s+(?:it|that|they|this|those|these)\b[^,]*$",
    re.I,
)
_TOO = re.compile(r"[,\s]+(?:too|as\s+well|also|either)$", re.I)

AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|may|might|must|shall|should|will"
    r"|would|isn['’]t|aren['’]t|doesn['’]t|don['’]t|didn['’]t|can['’]?t|cannot|won['’]t)"
)
ASKING = r"(?:what|who|whom|whose|when|where|why|how|which)"
_CLAUSE = re.compile(rf"\b(?:{AUXILIARY}|{ASKING})\b", re.I)
# Words that ask of a law what may be asked of any: they name no subject of their own.
_GENERIC_WORDS = """
    may must shall should might cannot can't not no only ever even still any all also either too
    there's what's who's it's that's isn't doesn't don't one ones way ways thing things
    exception exceptions exempt exemption exemptions penalty penalties fine fines punishment
    sanction deadline deadlines definition definitions source sources citation citations remedy
    remedies consequence consequences reason reasons limit limits cost costs date dissent dissented
    dissents concur concurred concurrence decide decided decides wrote written write author signed
    sign enforce enforced enforces pays pay paid applies apply applied rule rules law laws section
    text effect happen happens happened otherwise else details example examples more other others
    different same mean means legal illegal allowed permitted required lawful unlawful true today
    now currently take takes took come comes use used get gets got make makes made go goes change
    changed changes case cases much many long often soon passed pass force enacted started start
    justice justices judge judges holding opinion maximum minimum highest lowest sentence sentences
    offense offenses offence amount first second third hour hours day days week weeks month months
    year years one two three four five six seven eight nine ten twelve twenty thirty
    began begin ends end ended breaking break breaks violate violating violates last lasts
"""
_YEAR = re.compile(r"(?:19|20)\d\d")
_GENERIC = frozenset(_GENERIC_WORDS.split())


@dataclass(frozen=True, slots=True)
class Said:
    """A question without what leads it up and without its question mark.

    `connected` tells that it began with "and" or ended with "too", `about` that it asks the same
    of something else, `asks` that it had a question mark.
    """

    rest: str
    connected: bool = False
    about: bool = False
    asks: bool = False

    @property
    def opened(self) -> bool:
        """Whether its first words say that it goes on from something."""
        return self.connected or self.about

    @property
    def is_clause(self) -> bool:
        """Whether it has a verb of its own that asks."""
        return _CLAUSE.search(self.rest) is not None


def said(question: str) -> Said:
    """A question taken apart."""
    text = trimmed(" ".join(question.split()))
    match = _LED.match(text)
    assert match is not None
    connected, about = match["connected"] is not None, match["about"] is not None
    rest = text[match.end() :]
    asks = question.rstrip().endswith("?")
    if connected or about:
        rest = _TAIL.sub("", rest)
    if (elsewhere := _ELSEWHERE.fullmatch(rest)) is not None:
        rest = elsewhere["rest"]
        return Said(rest, connected, True, asks)
    if (too := _TOO.search(rest)) is not None:
        is_clause = _CLAUSE.search(rest) is not None
        return Said(rest[: too.start()], True, about or not is_clause, asks)
    return Said(rest, connected, about, asks)


def content(text: str) -> list[str]:
    """The words of a text that name a subject."""
    every = (word for word in words(text) if not _YEAR.fullmatch(word))
    return [word for word in every if word not in STOP_WORDS and word not in _GENERIC]


def lowered(text: str) -> str:
    """The text, to go on in mid-sentence: its first word small unless that is a name."""
    first = re.match(r"(?P<word>[A-Z]\w*(?:['’]\w+)?)(?P<name>\s+[A-Z])?", text)
    if first is None:
        return text
    word = first["word"].lower()
    plain = (
        word in STOP_WORDS or first["word"] in _SMALL or (word in _GENERIC and not first["name"])
    )
    return text[0].lower() + text[1:] if plain else text


_SMALL = {"Even", "Without", "Unless", "Since", "After", "Before", "During", "Near", "Within"}
_SMALL |= {"Until", "While", "Across", "Except", "Only", "Whether"}
