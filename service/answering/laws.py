"""Laws as they were last read for companions: what each defines, limits and refers to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from pincite.types import Document, Section, Span
from service.answering.definitions import Definition, definitions_in
from service.answering.exceptions import Limit, limits_in
from service.answering.layout import Layout
from service.answering.referrals import Referral, referrals_in

_KEPT = 64  # laws whose definitions and limits are kept in memory


@dataclass(frozen=True, slots=True)
class Rules:
    """What a part of a law says about its other parts."""

    definitions: tuple[Definition, ...]
    limits: tuple[Limit, ...]
    referrals: tuple[Referral, ...]


class Law:
    """One version of a law with what it defines and limits, found when first asked for."""

    def __init__(self, document: Document) -> None:
        self.layout = Layout(document)
        self._parts: dict[Span, Rules] = {}

    def around(self, at: int) -> Rules:
        """What the law around an offset defines, and its clauses that limit others."""
        part = self.layout.neighbourhood(at)
        if part not in self._parts:
            self._parts[part] = Rules(
                definitions_in(self.layout, part),
                limits_in(self.layout, part),
                referrals_in(self.layout, part),
            )
        return self._parts[part]


class _Laws:
    """The laws last cited, by version; another outline of a version is another law."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Sequence[Section], Law]] = OrderedDict()
        self._lock = Lock()

    def of(self, document: Document) -> Law:
        """The law of a document."""
        with self._lock:
            sections, law = self._kept.get(document.version, (None, None))
            if law is None or sections is not document.sections:
                law = Law(document)
                self._kept[document.version] = (document.sections, law)
            self._kept.move_to_end(document.version)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return law


law_of = _Laws().of
