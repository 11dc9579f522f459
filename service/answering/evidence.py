"""How well a passage bears on a question: its score, what it is, the names it holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pincite.authority import Authority, Rank, authority_of, is_recital
from pincite.kinds import KINDS
from pincite.places import place_name, within
from pincite.types import Document, Entry, Hit
from pincite.words import STOP_WORDS, stem, terms, words
from service.answering.asking import expected
from service.answering.speakers import speakers_named
from service.holdings import Holdings
from service.ranking import standardised
from service.wording import SYNONYMS

# How far a passage stands back for what it is, in standard deviations of the passages' scores.
# Among law that is little: it decides between passages that bear nearly alike. What is no law
# stands behind all law; only that was fitted, to the development questions (docs/experiments.md).
_NOT_LAW = 0.37
_BACK: Mapping[Rank, float] = {
    Rank.CONSTITUTION: 0.0,
    Rank.STATUTE: 0.0,
    Rank.LOCAL_LAW: 0.0,
    Rank.ORDER: 0.05,
    Rank.HOLDING: 0.05,
    Rank.PLURALITY: 0.15,
}
# Law that binds elsewhere, where the question or the asker stands in a place.
_ELSEWHERE = 2.0
# The current code before the act that wrote its words into it.
_DRAFTING = 0.2
# What the law is rests on law: a record or an argument stands back this far where the question
# asks for none, and some law holds its names as well or is the wanted place's own.
_UNASKED = 2.5
# How a question asks for what a document says, or what somebody said.
_ASKED = re.compile(
    r"\b(?:memo\w*|agreements?|moa|resolutions?|bills?|intro\w*|op-?eds?|articles?|columns?"
    r"|transcripts?|oral argument|fact sheets?|argu\w+|dissent\w*|concur\w*"
    r"|(?<!department of )justices?|news\w*|polls?|sa(?:id|ys?))\b|\b(?:int|res)\.",
    re.I,
)
# "A bill", "any agreement": a thing that might be, not the text that is asked for.
_INDEFINITE = re.compile(
    r"\b(?:an?|any|no) (?:[\w().-]+ ){0,3}?(?:memo\w*|agreements?|moa|resolutions?|bills?)\b", re.I
)
# Who asks for a separate opinion is not answered with what the Court says of it.
_ASKED_APART = re.compile(r"\b(?:dissent\w*|concur\w*)\b", re.I)
# How it asks what may or must be done, which only law tells. "May 2025" is a month.
_ASKS_LAW = re.compile(
    r"\b(?:may(?!,? \d)|must|can|shall|should|allowed|permitted|required|supposed|barred"
    r"|forbid\w*|prohibit\w*|(?:un|il)?(?:lawful|legal)\w*|(?:have|need|free|right) to"
    r"|lets?|allows?|permits?|banned|requires?|bars?|penalt\w+)\b",
    re.I,
)
# How it asks what a court said.
_ASKS_COURT = re.compile(
    r"\b(?:courts?|justices?|judges?|ruling|rulings|ruled|opinions?|majority|plurality|decisions?"
    r"|decided|holdings?|precedents?|cases?|dissent\w*|concur\w*)\b|\bv\.?\s",
    re.I,
)
# Who asks for one judge's words is not answered with another's.
_ANOTHERS = 2.0
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
    def authority(self) -> Authority:
        """What the passage is, and where it binds."""
        passage = self.hit.passage
        recital = is_recital(passage.text)
        return authority_of(self.document.entry, passage.locator.part, recital=recital)

    @property
    def is_law(self) -> bool:
        """Whether a statement of law may rest on the passage. A recital only says why."""
        return self.authority.channel == "law"


def weighed(
    question: str, hits: Sequence[Hit], holdings: Holdings, near: Sequence[str] = ()
) -> list[Evidence]:
    """The passages by their bearing on the question and their authority, best first.

    `near` are the places whose law is wanted; without any, no law is from elsewhere.
    """
    named = {term: holdings.rarity(term) for term in proper_terms(question)}
    alike = _also_known(question)
    scores = standardised([hit.score for hit in hits])
    evidence = []
    for hit, score in zip(hits, scores, strict=True):
        document = holdings.document(hit.passage.document_id)
        known = _known_by(document, hit)
        known |= {term for term, other in alike if other <= known}
        names = share(named, known)
        drafting = _DRAFTING if holdings.stands_in_code(document.entry.id) else 0.0
        evidence.append(Evidence(hit, document, score - drafting, names))
    asked, apart = _asks_for_text(question), _ASKED_APART.search(question) is not None
    speakers = speakers_named(question, {hit.passage.locator.author for hit in hits})
    law = [one for one in evidence if one.is_law]
    best = max((one.names for one in law), default=-1.0)
    if _ASKS_LAW.search(question) and any(_is_own(one.authority, near) for one in law):
        best = 1.0
    ranked = []
    for one in evidence:
        author = one.hit.passage.locator.author
        if speakers and author is not None:
            back = 0.0 if author in speakers else _ANOTHERS
        elif apart and one.authority.court:
            back = 0.0 if one.authority.rank is Rank.SEPARATE_OPINION else _NOT_LAW
        elif one.is_law:
            back = _back(one.authority, near)
        else:
            unasked = not asked and one.names <= best
            back = _UNASKED if unasked else _NOT_LAW
            back += _ELSEWHERE if _is_from_elsewhere(one.document.entry, near) else 0.0
        ranked.append(replace(one, score=one.score - back))
    return sorted(ranked, key=lambda one: -one.score)


def _asks_for_text(question: str) -> bool:
    """Whether a question asks what a record or an argument says."""
    return _ASKED.search(_INDEFINITE.sub(" ", question)) is not None


def asks_law(question: str) -> bool:
    """Whether a question asks what may or must be done, and names no record or argument."""
    return bool(_ASKS_LAW.search(question)) and not _asks_for_text(question)


def asks_court(question: str) -> bool:
    """Whether a question asks what a court said."""
    return _ASKS_COURT.search(question) is not None


def law_alone(question: str, evidence: Sequence[Evidence], nearly: float) -> Sequence[Evidence]:
    """The evidence without what is no law, where law answers a question of law.

    It does where it bears best, or within `nearly` of the best and holds its names as well, and
    the sort of thing that is asked for if the best does.
    """
    law = [one for one in evidence if one.is_law]
    if not (law and asks_law(question)):
        return evidence
    best = evidence[0]
    answers = law[0].score >= best.score - nearly and law[0].names >= best.names
    sort = expected(question)
    fits = [sort is None or sort.search(one.hit.passage.text) for one in (law[0], best)]
    return law if answers and (fits[0] or not fits[1]) else evidence


def _back(authority: Authority, near: Sequence[str]) -> float:
    """How far law stands back: the lower behind the higher, that of elsewhere behind all."""
    elsewhere = near and authority.binds and not bears_on(authority, near)
    return _BACK[authority.rank] + (_ELSEWHERE if elsewhere else 0.0)


def _is_own(authority: Authority, near: Sequence[str]) -> bool:
    """Whether law is one of these places' own, or their state's."""
    return any(
        within(place, bound)
        for place in near
        for bound in authority.binds
        if bound != "us" or place == "us"
    )


def _is_from_elsewhere(entry: Entry, near: Sequence[str]) -> bool:
    """Whether a record is of another place than these: another agency's agreement, say."""
    own = entry.jurisdiction
    if own in (None, "us") or not near or KINDS[entry.kind].channel != "record":
        return False
    return not any(within(place, own) or within(own, place) for place in near)


def bears_on(authority: Authority, near: Sequence[str]) -> bool:
    """Whether law binds in one of these places, or in some part of one."""
    return any(
        within(place, bound) or within(bound, place) for place in near for bound in authority.binds
    )


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


def _also_known(question: str) -> list[tuple[str, frozenset[str]]]:
    """The stems of what a question names by a short name, with those of its other words.

    A text that says "immigration and customs enforcement" holds the name "ICE".
    """
    lower = question.lower()
    return [
        (stem(word), frozenset(terms(meant)))
        for said, meant in SYNONYMS.items()
        if re.search(rf"\b{re.escape(said)}\b", lower)
        for word in words(said)
    ]


def _known_by(document: Document, hit: Hit) -> set[str]:
    """The stems of the passage and of all that its entry is known by."""
    entry, where = document.entry, hit.passage.locator
    known = [hit.passage.text, entry.title, entry.citation or "", place_name(entry.jurisdiction)]
    known += [*where.headings, *entry.parties, entry.issuer or "", where.author or ""]
    known += [str(entry.issued or "")]
    return {stem(word) for word in words(" ".join(known))}


def share(wanted: Mapping[str, float], said: Collection[str]) -> float:
    """How much of the wanted terms' rarity is said; 1 where nothing is wanted."""
    total = sum(wanted.values())
    return sum(v for term, v in wanted.items() if term in said) / total if total else 1.0
