"""When sources that are held disagree on what is asked, and how: told by rule, or not told.

Two texts disagree where both are law of the same place and in force on the day, neither is an
edition, a copy or an amendment of the other, and nearly the same sentence of each gives another
figure, or permits what the other forbids. Two courts of appeals of different circuits disagree
where each says that it holds, and one upholds the provision that the other strikes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pincite.citations.find import citations_in
from pincite.courts import court_of
from pincite.kinds import Kind
from pincite.said import N_, Said, joined
from pincite.sentences import sentences
from pincite.standing import short_name
from pincite.types import Document, Span
from pincite.words import terms
from pincite.works import Works, work_of
from service.answering.clauses import weights
from service.answering.evidence import Evidence, share
from service.answering.modals import modal_of
from service.answering.quantities import Quantity, quantities
from service.answering.sorts import sort_asked
from service.vantage import Vantage

_LOOKED_AT = 8
# A passage counts that stands so many standard deviations behind the best, or nearer.
_NEARLY = 1.0
# So much of the question must stand in a sentence, and of two sentences' words in both.
_ASKED = 0.25
_SAME = 0.6
_LEAST_TERMS = 4
# Words as rare as this, in each of two sentences alone, make them rules on different cases.
_TELLING = 2.0
_LIMITED = re.compile(
    r"\b(?:except|unless|only|notwithstanding|subject to|provided|other than|however|if|when"
    r"|where)\b",
    re.I,
)
_HELD = ("majority", "per_curiam")
_HOLDS = re.compile(
    r"\b(?:we|this court)(?: \w+){0,2}? (?:hold|holds|conclude|concludes)\b(?! our)", re.I
)
_STRIKES = (
    r"(?:unconstitutional|invalid|preempted|void|unlawful|violates?|commandeers?|exceeds?|offends?)"
)
_UPHOLDS = r"(?:constitutional|valid|lawful|enforceable)"
_DENIED = r"\b(?:not|nor|never|neither|no longer)\s+(?:\w+\s+){0,2}?"
_STRUCK = re.compile(rf"{_DENIED}\b{_UPHOLDS}\b|(?<!not )\b{_STRIKES}\b", re.I)
_UPHELD = re.compile(rf"{_DENIED}\b{_STRIKES}\b|(?<!not )\b{_UPHOLDS}\b", re.I)
_STRUCK_IT, _UPHELD_IT = N_("the {name} struck it"), N_("the {name} upheld it")
_Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two stretches of two texts that disagree, and on what, in one sentence."""

    first: tuple[Evidence, Span]
    second: tuple[Evidence, Span]
    words: str


def conflict_in(
    question: str, evidence: Sequence[Evidence], view: Vantage, rarity: _Rarity
) -> Conflict | None:
    """The first disagreement of the best passages on what is asked; None where no rule is sure."""
    if not evidence:
        return None
    best = evidence[0]
    near = [
        one
        for one in evidence[:_LOOKED_AT]
        if one.is_law
        and one.score >= best.score - _NEARLY
        and one.names >= best.names
        and view.works.standing(one.document.entry, view.day).status == "in_force"
    ]
    for first, second in combinations(near, 2):
        if _are_apart(first.document, second.document, view.works) and (
            found := _of_courts(question, first, second)
            or _of_texts(question, first, second, rarity)
        ):
            return found
    return None


def _are_apart(first: Document, second: Document, works: Works) -> bool:
    """Whether neither is an edition, a copy or an amendment of the other."""
    one, other = first.entry, second.entry
    if one.id == other.id or work_of(one) == work_of(other):
        return False
    linked = {change.actor.id for change in (*works.changes(one), *works.changes(other))}
    linked |= {link.target for link in (*one.relations, *other.relations)}
    drafting = Kind.AMENDING_ACT in (one.kind, other.kind)
    return not drafting and not {one.id, other.id} & linked


def _of_texts(question: str, first: Evidence, second: Evidence, rarity: _Rarity) -> Conflict | None:
    """Where two laws of one place say of the same thing what cannot both be."""
    one, other = first.authority, second.authority
    if one.court or other.court or not one.binds or one.binds != other.binds:
        return None
    sort = sort_asked(question)
    if sort not in ("quantity", "number", "yes_no"):
        return None
    wanted = weights(question, rarity)
    for span in _asked(first, wanted):
        for there in _asked(second, wanted):
            said = span.of(first.document.text), there.of(second.document.text)
            if not are_alike(*said, rarity):
                continue
            words = _permits(*said) if sort == "yes_no" else _figures(*said)
            if words:
                names = short_name(first.document.entry), short_name(second.document.entry)
                told = [
                    Said("{name} says “{words}”", name=name, words=what)
                    for name, what in zip(names, words, strict=True)
                ]
                why = Said("The sources disagree: {what}.", what=joined(told, "; "))
                return Conflict((first, span), (second, there), why)
    return None


def _asked(one: Evidence, wanted: dict[str, float]) -> Iterator[Span]:
    """The sentences of a passage that say enough of the question."""
    span, text = one.hit.passage.span, one.document.text
    for sentence in sentences(text, span.start, span.end):
        if share(wanted, set(terms(sentence.of(text)))) >= _ASKED:
            yield sentence


def are_alike(first: str, second: str, rarity: _Rarity) -> bool:
    """Whether two sentences are of the same thing: nearly the same words, no case of its own."""
    one, other = _subject(first), _subject(second)
    if min(len(one), len(other)) < _LEAST_TERMS or len(one & other) < _SAME * len(one | other):
        return False
    extra = (one - other, other - one)
    return not all(any(rarity(term) >= _TELLING for term in said) for said in extra)


def _subject(text: str) -> set[str]:
    """A sentence's terms without its figures and its modal words."""
    return {term for term in terms(text) if not term[0].isdigit() and term not in _MODALS}


_MODALS = frozenset(
    terms(
        "shall may must not no only never cannot can will hour day week month year minute one two"
        " three four five six seven eight nine ten twelve fifteen twenty thirty forty sixty ninety"
        " least most more less longer later fewer within than prohibited permitted allowed"
        " forbidden"
    )
)


def _permits(first: str, second: str) -> tuple[str, str] | None:
    """Where one forbids what the other permits or requires, and neither knows an exception."""
    if _LIMITED.search(first) or _LIMITED.search(second):
        return None
    one, other = modal_of(first), modal_of(second)
    if one is None or other is None or one.forbids == other.forbids or one.verb != other.verb:
        return None
    return one.words, other.words


def _figures(first: str, second: str) -> tuple[str, str] | None:
    """Where each gives one figure, of one sort and bound alike, and they differ."""
    one, other = quantities(first), quantities(second)
    if len(one) != 1 or len(other) != 1 or not _differ(one[0], other[0]):
        return None
    return one[0].words, other[0].words


def _differ(one: Quantity, other: Quantity) -> bool:
    return one.sort == other.sort and one.bound == other.bound and one.value != other.value


def _of_courts(question: str, first: Evidence, second: Evidence) -> Conflict | None:
    """Where two circuits held opposite ways on a provision that both name."""
    one, other = court_of(first.document.entry), court_of(second.document.entry)
    if not (first.authority.court and second.authority.court and one and other):
        return None
    circuits = [court.name for court in (one, other) if "Circuit" in court.name]
    if len(circuits) < 2 or one.name == other.name:
        return None
    held, there = _holding(first), _holding(second)
    if held is None or there is None or held[1] == there[1] or not held[2] & there[2]:
        return None
    names = [court.name.rpartition(", ")[2] for court in (one, other)]
    told = [
        Said(_STRUCK_IT if h[1] else _UPHELD_IT, name=name)
        for name, h in zip(names, (held, there), strict=True)
    ]
    words = Said("Courts of different circuits disagree: {what}.", what=joined(told))
    return Conflict((first, held[0]), (second, there[0]), words)


def _holding(one: Evidence) -> tuple[Span, bool, frozenset[str]] | None:
    """The sentence in which a majority holds, whether it strikes, and the provisions it names."""
    passage, text = one.hit.passage, one.document.text
    if passage.locator.part not in _HELD:
        return None
    found = []
    for sentence in sentences(text, passage.span.start, passage.span.end):
        said = sentence.of(text)
        struck, upheld = _STRUCK.search(said) is not None, _UPHELD.search(said) is not None
        named = frozenset(key for key in citations_in(said) if not key.startswith("§"))
        if _HOLDS.search(said) and struck != upheld and named:
            found.append((sentence, struck, named))
    return found[0] if len({struck for _, struck, _ in found}) == 1 else None
