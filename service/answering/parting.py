"""A question of two texts as two questions, each of its own.

    parts_of("How long is notice under § 3, and may Iowa's police wait?", texts, places)
    # "How long is notice under § 3?", "May Iowa's police wait?"

One ranking for both halves finds what lies between them. A question is parted only where its second
half names a text or a place of its own, or asks how the first's text stands or who wrote it: "who
may end it, and on what notice" asks of one clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import islice

from pincite.words import STOP_WORDS, words
from service.answering.by_rule.itself import of_itself

_ASKS = (
    r"(?:(?:in|on|at|to|by|for|under|from|within|of)\s+)?(?:what|how|who|whom|whose|when|where|why"
    r"|which|may|must|can|could|does|do|did|is|are|was|were|has|have|will|would|shall|should)\b"
)
_JOINT = re.compile(
    rf"(?:\?\s+(?:(?:and|but)\s+)?|;\s+|[;,]?\s+(?:and|but|while)\s+)(?={_ASKS})", re.I
)
_IS_QUESTION = re.compile(rf"(?:^|[.?!]\s+)(?:\w+\s+){{0,3}}?{_ASKS}", re.I)
# "What does Mississippi say about that?", "does the city allow it?"
_LEANS = re.compile(
    r"\b(?:that|this|those|these|such|it|they|them|the\s+same)\b(?!\s+(?:is|are|was|were)\b)", re.I
)
_MOST_JOINTS = 8
_LEAST_WORDS = 4
# A half with fewer words of its own leans on the other half's.
_FEW = 4
Names = Callable[[str], Collection[str]]
"""What texts, or what places, a stretch of a question names."""


def _nameless(text: str) -> str:
    return ""


def parts_of(
    question: str, texts: Names, places: Names, called: Callable[[str], str] = _nameless
) -> tuple[str, ...]:
    """The two halves of a question, each to be asked by itself; none where it is one.

    `places` gives them as they are written; `called` is what the text that stands alone in the
    first half is called.
    """
    for joint in islice(_JOINT.finditer(question), _MOST_JOINTS):
        first, second = question[: joint.start()], question[joint.end() :]
        if same := _of_the_same(first, second, texts, called):
            return _whole(first), _whole(same)
        if there := _asked_there(first, second, places):
            return _whole(first), _whole(there)
        if min(len(first.split()), len(second.split())) < _LEAST_WORDS:
            continue
        if _IS_QUESTION.search(first) and _is_of_another(first, second, texts, places):
            return _whole(first), _whole(_with_topic(second, first, places(first)))
    return ()


def loose_parts(question: str) -> tuple[str, ...]:
    """The two halves of a question that each say enough to be asked alone, whatever they name."""
    for joint in islice(_JOINT.finditer(question), _MOST_JOINTS):
        first, second = question[: joint.start()], question[joint.end() :]
        said = min(len(_content(first)), len(_content(second)))
        if said >= _FEW and _IS_QUESTION.search(first):
            return _whole(first), _whole(second)
    return ()


def _of_the_same(first: str, second: str, texts: Names, called: Callable[[str], str]) -> str:
    """The second half with the name of the text that the first is about, if it asks of that."""
    if len(first.split()) < _LEAST_WORDS or not _IS_QUESTION.search(first) or texts(second):
        return ""
    return (of_itself(second, name) or "") if (name := called(first)) else ""


def _asked_there(first: str, second: str, places: Names) -> str:
    """The first half asked of the place of the second, if that says nothing of its own beside it.

    "How long may a jail hold a person in Iowa, and how long in Georgia?"
    """
    here, there = list(places(first)), list(places(second))
    if len(here) != 1 or len(there) != 1 or here == there or not _IS_QUESTION.search(first):
        return ""
    if set(_content(second)) - set(_content(there[0])) - set(_content(first)):
        return ""
    return re.sub(rf"\b{re.escape(here[0])}(?!\w)", there[0], first, count=1, flags=re.I)


def _is_of_another(first: str, second: str, texts: Names, places: Names) -> bool:
    """Whether the second half is about another text, or about another place than the first is."""
    if set(texts(second)) - set(texts(first)):
        return True
    here, there = set(places(first)), set(places(second))
    return bool(there - here) and bool(here - there or texts(first))


def _without(question: str, place: str) -> str:
    name = rf"(?:\s+(?:in|of|for|under))?(?:\s+the)?\s*\b{re.escape(place)}(?:['’]s)?(?!\w)"
    return re.sub(name, "", question, count=1)


def _whole(half: str) -> str:
    half = half.strip(" ,;?.")
    return f"{half[0].upper()}{half[1:]}?"


def _with_topic(second: str, first: str, places: Collection[str]) -> str:
    """The second half with what the first is about, if it leans on that and says little else."""
    if len(_content(second)) >= _FEW or not _LEANS.search(second):
        return second
    for place in places:
        first = _without(first, place)
    return f"{second.strip(' ?.')}: {first}"


def _content(text: str) -> list[str]:
    return [word for word in words(text) if word not in STOP_WORDS]
