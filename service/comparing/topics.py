"""Questions that lawyers of cities lay before many places at once, to begin a table with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pincite.said import N_
from pincite.words import STOP_WORDS, stem, words


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about, in a word or two for a page, and the question as it is asked."""

    name: str
    question: str


TOPICS = (
    Topic(N_("Detainers"), "May jails hold people on ICE detainers?"),
    Topic(N_("Notice of release"), "Must the jail tell ICE when a prisoner will be released?"),
    Topic(N_("Access to jails"), "May ICE agents interview prisoners in the jail?"),
    Topic(N_("Immigration status"), "May officers ask about a person's immigration status?"),
    Topic(
        N_("Sharing information"),
        "May local police share a person's immigration status with ICE?",
    ),
    Topic(
        N_("Judicial warrant"),
        "Is a judicial warrant required before someone is handed to ICE?",
    ),
    Topic(
        N_("Deputized officers"),
        "May local police officers be deputized to act as immigration officers?",
    ),
    Topic(N_("City services"), "Must city agencies serve people regardless of immigration status?"),
)


def topics(knows: Callable[[str], bool]) -> tuple[Topic, ...]:
    """The topics whose words the corpus has, at least most of them: `knows` tells a stem."""
    return tuple(topic for topic in TOPICS if _spoken_of(topic, knows))


def _spoken_of(topic: Topic, knows: Callable[[str], bool]) -> bool:
    said = [stem(word) for word in words(topic.question) if word not in STOP_WORDS]
    return 4 * sum(map(knows, said)) >= 3 * len(said)
