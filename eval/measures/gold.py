"""Where gold stands in what was given: shared characters, covered groups, moved quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from eval.words import Cited, Group, Ranked, Support
from pincite.types import Span

Texts = Callable[[str, str], str | None]
"""A document's canonical text by its id and version; None where that is not held."""
Place = tuple[str, str]


class Context:
    """What measures look things up in. Remembers where a moved quote was found."""

    def __init__(self, text: Texts = lambda _document, _version: None) -> None:
        self.text = text
        self._moved: dict[tuple[Support, str], Span | None] = {}

    def place(self, support: Support, version: str) -> Span | None:
        """Where gold stands in a version of its document; None when its words are gone."""
        if support.version == version:
            return support.span
        if (support, version) not in self._moved:
            self._moved[support, version] = self._found(support, version)
        return self._moved[support, version]

    def _found(self, support: Support, version: str) -> Span | None:
        # Imported here, since it opens indexes: a run whose gold has not moved needs none.
        from eval.freezing import relocated

        text = self.text(support.document_id, version)
        moved = None if text is None else relocated(support, version, text)
        return moved.span if moved else None


NOWHERE = Context()


def shared(first: Span, second: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same characters as spans in order, none of which meets another."""
    done: list[Span] = []
    for span in sorted(spans):
        if done and span.start <= done[-1].end:
            done[-1] = Span(done[-1].start, max(done[-1].end, span.end))
        elif span.start < span.end:
            done.append(span)
    return done


def by_place(ranked: Iterable[Ranked]) -> dict[Place, list[Span]]:
    """The stretches of each text version, joined."""
    spans: dict[Place, list[Span]] = {}
    for one in ranked:
        spans.setdefault((one.document_id, one.version), []).append(one.span)
    return {place: joined(found) for place, found in spans.items()}


def covered(support: Support, found: dict[Place, list[Span]], context: Context) -> float:
    """The share of gold's characters that lie in the stretches: in the version that has most."""
    best = 0.0
    for (document_id, version), spans in found.items():
        if document_id == support.document_id and (gold := context.place(support, version)):
            inside = sum(shared(gold, span) for span in spans)
            best = max(best, inside / max(1, gold.end - gold.start))
    return best


def answers(cited: Cited, support: Support, context: Context) -> bool:
    """Whether a quote is right: it holds half of gold's characters, or lies wholly inside."""
    if cited.document_id != support.document_id or cited.span.start >= cited.span.end:
        return False
    gold = context.place(support, cited.version)
    if gold is None:
        return False
    return gold.holds(cited.span) or 2 * shared(gold, cited.span) >= gold.end - gold.start > 0


def right(cited: Cited, groups: Sequence[Group], context: Context) -> Support | None:
    """The first gold stretch that a quote is right for."""
    supports = (support for group in groups for support in group.supports)
    return next((one for one in supports if answers(cited, one, context)), None)


def named(support: Support) -> str:
    """Gold by its printed place."""
    return f"{support.pinpoint} of {support.document_id}".removeprefix(" of ")
