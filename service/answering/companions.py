"""What a quoted rule must not be read without: its exceptions and its defined terms.

By rule alone, from the outline and the text of the version that is cited; never by a model.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

from pincite.kinds import Kind
from pincite.types import Answer, Citation, Companion, CompanionType, Document, Section, Span
from service.answering.definitions import Definition, defined_in, definitions_in
from service.answering.exceptions import Limit, exceptions_to, limits_in
from service.answering.layout import Layout
from service.citing import cite
from service.holdings import Holdings
from service.vantage import Vantage

MOST_EXCEPTIONS = 2
MOST_DEFINITIONS = 3
_CITED = 3  # an answer quotes no more passages than this
_KEPT = 64  # laws whose definitions and limits are kept in memory
_LAWS = frozenset(
    {
        Kind.CONSTITUTION,
        Kind.STATUTE,
        Kind.ORDINANCE,
        Kind.AMENDING_ACT,
        Kind.EXECUTIVE_ORDER,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that goes with a quote: an exception, or the definition of `term`."""

    span: Span
    term: str = ""

    @property
    def type(self) -> CompanionType:
        """What it does to the quoted rule."""
        return "definition" if self.term else "exception"


class Law:
    """One version of a law with what it defines and limits, found when first asked for."""

    def __init__(self, document: Document) -> None:
        self.layout = Layout(document)
        self._parts: dict[Span, tuple[tuple[Definition, ...], tuple[Limit, ...]]] = {}

    def around(self, at: int) -> tuple[tuple[Definition, ...], tuple[Limit, ...]]:
        """What the law around an offset defines, and its clauses that limit others."""
        part = self.layout.neighbourhood(at)
        if part not in self._parts:
            found = definitions_in(self.layout, part), limits_in(self.layout, part)
            self._parts[part] = found
        return self._parts[part]


class _Laws:
    """The laws last cited, by version; another outline of a version is another law."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Sequence[Section], Law]] = OrderedDict()
        self._lock = Lock()

    def of(self, document: Document) -> Law:
        with self._lock:
            sections, law = self._kept.get(document.version, (None, None))
            if law is None or sections is not document.sections:
                law = Law(document)
                self._kept[document.version] = (document.sections, law)
            self._kept.move_to_end(document.version)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return law


_laws = _Laws()


def accompanied(answer: Answer, holdings: Holdings, view: Vantage) -> Answer:
    """The answer with the exceptions and definitions of the law that it quotes.

    A clause comes with one quote only, and never where the answer quotes it anyway.
    """
    view = replace(view, day=answer.as_of or view.day)
    shown: dict[str, list[Span]] = {}
    for citation in answer.citations:
        shown.setdefault(citation.version, []).append(citation.span)
    citations = []
    for place, citation in enumerate(answer.citations):
        if place < _CITED and citation.channel == "law" and citation.entry.kind in _LAWS:
            document = holdings.document(citation.entry.id)
            later = _amending(citation, holdings, view)
            found = companions_of(
                document, citation.span, shown[citation.version], holdings.rarity, later
            )
            shown[citation.version] += [one.span for one in found]
            citation = replace(
                citation,
                companions=tuple(
                    Companion(one.type, cite(document, one.span, view), one.term) for one in found
                ),
            )
        citations.append(citation)
    return replace(answer, citations=tuple(citations))


def _amending(citation: Citation, holdings: Holdings, view: Vantage) -> list[Document]:
    """The acts that have since changed what an act wrote into a code; a code is kept up to date."""
    if citation.entry.kind is not Kind.AMENDING_ACT:
        return []
    changes = view.works.amendments(citation.entry, view.day)
    return [holdings.document(change.actor.id) for change in changes]


def companions_of(
    document: Document,
    quote: Span,
    taken: Sequence[Span],
    rarity: Callable[[str], float],
    later: Sequence[Document] = (),
) -> list[Found]:
    """The exceptions to a quote, then the definitions of its terms, none of them `taken`.

    What `later` acts have rewritten since is left out.
    """
    law = _laws.of(document)
    definitions, limits = law.around(quote.start)
    acts = [_laws.of(act) for act in later]
    used = [quote, *taken]
    found: list[Found] = []
    for span in exceptions_to(law.layout, limits, quote):
        if len(found) == MOST_EXCEPTIONS or _is_rewritten(law.layout, span, acts):
            continue
        if not any(span.meets(other) for other in used):
            found.append(Found(span))
            used.append(span)
    defined = 0
    for one in defined_in(definitions, quote, document.text, rarity):
        clause = one.span
        if clause is None or defined == MOST_DEFINITIONS or any(clause.meets(x) for x in used):
            continue
        if _is_redefined(law.layout, one, clause, acts):
            continue
        found.append(Found(clause, one.term))
        used.append(clause)
        defined += 1
    return found


def _is_rewritten(layout: Layout, span: Span, acts: Sequence[Law]) -> bool:
    """Whether a later act writes the subdivision anew that a clause is of."""
    path = layout.clauses(span.start)
    if not path:
        return False
    own = (layout.number(span.start), layout.section(path[0]).label)
    return any(own in act.layout.subdivisions for act in acts)


def _is_redefined(layout: Layout, one: Definition, span: Span, acts: Sequence[Law]) -> bool:
    """Whether a later act defines the term anew for the same section."""
    number = layout.number(span.start)
    return any(
        other.stems == one.stems and act.layout.number(other.scope[0].start) == number
        for act in acts
        for other in act.around(0)[0]
    )
