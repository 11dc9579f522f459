"""How well a passage bears on a question: its score, what it is, the names it holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pincite.kinds import channel_of
from pincite.places import place_name
from pincite.types import Document, Hit
from pincite.words import STOP_WORDS, stem, terms, words
from service.holdings import Holdings
from service.ranking import standardised

# Law before what is not, in standard deviations of the passages' scores; fitted to the
# development questions (docs/experiments.md).
_NOT_LAW = 0.37
# What the law is rests on law: a record or an argument stands back this far where the question
# asks for none and some law holds its names as well.
_UNASKED = 1.0
# How a question asks for what a document says, or what somebody said.
_ASKED = re.compile(
    r"\b(?:memo\w*|agreements?|moa|resolutions?|bills?|intro\w*|op-?eds?|articles?|columns?"
    r"|transcripts?|oral argument|fact sheets?|argu\w+|dissent\w*|concur\w*"
    r"|(?<!department of )justices?|news\w*|polls?|sa(?:id|ys?))\b|\b(?:int|res)\.",
    re.I,
)
# The current code before the act that wrote its words into it.
_DRAFTING = 0.2
_RECITAL = re.compile(r"\W*(?:whereas|recitals?)\b", re.I)
_SENTENCE_END = (".", "?", "!", ":")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with its bearing on the question.

    `score` counts standard deviations from the mean of the passages weighed with it. `names` is
    the share, by rarity, of the question's proper names and numbers that the passage or its
    entry holds.
    """

    hit: Hit
    document: Document
    score: float
    names: float

    @property
    def is_law(self) -> bool:
        """Whether a statement of law may rest on the passage. A recital only says why."""
        passage = self.hit.passage
        law = channel_of(self.document.entry.kind, passage.locator.part) == "law"
        return law and not _RECITAL.match(passage.text)


def weighed(question: str, hits: Sequence[Hit], holdings: Holdings) -> list[Evidence]:
    """The passages by their bearing on the question, best first."""
    named = {term: holdings.rarity(term) for term in proper_terms(question)}
    scores = standardised([hit.score for hit in hits])
    evidence = []
    for hit, score in zip(hits, scores, strict=True):
        document = holdings.document(hit.passage.document_id)
        names = share(named, _known_by(document, hit))
        drafting = _DRAFTING if holdings.stands_in_code(document.entry.id) else 0.0
        evidence.append(Evidence(hit, document, score - drafting, names))
    asked = _ASKED.search(question) is not None
    best = max((one.names for one in evidence if one.is_law), default=-1.0)
    ranked = [one if one.is_law else _behind(one, best, asked=asked) for one in evidence]
    return sorted(ranked, key=lambda one: -one.score)


def _behind(one: Evidence, best: float, *, asked: bool) -> Evidence:
    """What is no law, behind the law; `best` is the share of names that some law holds."""
    back = _NOT_LAW if asked or one.names > best else _UNASKED
    return replace(one, score=one.score - back)


def proper_terms(question: str) -> set[str]:
    """The stems of proper names, acronyms and numbers: what an answer must be about.

    A capital at the start of a sentence proves nothing.
    """
    found: set[str] = set()
    for match in re.finditer(r"\S+", question):
        word = match[0].strip(".,?!;:()\"'“”‘’")
        opens = not match.start() or question[: match.start()].rstrip().endswith(_SENTENCE_END)
        capital = word[:1].isupper() and not opens
        if capital or (len(word) > 1 and word.isupper()) or any(c.isdigit() for c in word):
            found.update(stem(part) for part in words(word) if part not in STOP_WORDS)
    return found


def _known_by(document: Document, hit: Hit) -> set[str]:
    """The stems of the passage and of all that its entry is known by."""
    entry, where = document.entry, hit.passage.locator
    known = [hit.passage.text, entry.title, entry.citation or "", place_name(entry.jurisdiction)]
    known += [*where.headings, *entry.parties, entry.issuer or "", where.author or ""]
    known += [str(entry.issued or "")]
    return {stem(word) for word in words(" ".join(known))}


def rarities(question: str, holdings: Holdings) -> dict[str, float]:
    """The question's terms with their rarity over all passages."""
    return {term: holdings.rarity(term) for term in terms(question)}


def share(wanted: dict[str, float], said: Collection[str]) -> float:
    """How much of the wanted terms' rarity is said; 1 where nothing is wanted."""
    total = sum(wanted.values())
    return sum(v for term, v in wanted.items() if term in said) / total if total else 1.0
