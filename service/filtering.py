"""What a person typed for a filter, to Filters that the open generation can apply."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pincite.errors import QuestionError
from pincite.generations import Manifest
from pincite.index.schema import ancestors
from pincite.kinds import Kind
from pincite.places import is_possible, place_path
from pincite.said import N_, Said
from pincite.types import Filters, Question

if TYPE_CHECKING:
    from service.holdings import Holdings


_MOST_ECHOED = 80
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

_PATH = re.compile(r"[a-z]{2}(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")


def question_of(
    text: str,
    holdings: Holdings,
    *,
    place: str | None = None,
    as_of: str | None = None,
    kinds: Sequence[str] = (),
    only_jurisdiction: str | None = None,
    documents: Sequence[str] = (),
    collections: Sequence[str] = (),
    issued_from: str | None = None,
    issued_to: str | None = None,
    top: int = 10,
    llm: bool = True,
) -> Question:
    """A Question from typed words. Raises QuestionError that names the known values."""
    manifest = holdings.manifest
    if not 1 <= top <= 100:
        raise QuestionError(f"top = {top}: between 1 and 100 passages can be shown")
    return Question(
        text=text,
        place=place_of(place, places_of(manifest)),
        as_of=day_of("as-of", as_of),
        top=top,
        llm=llm,
        filters=filters_of(
            manifest,
            kinds=kinds,
            only_jurisdiction=only_jurisdiction,
            documents=documents,
            collections=collections,
            issued_from=issued_from,
            issued_to=issued_to,
        ),
    )


def filters_of(
    manifest: Manifest,
    *,
    kinds: Sequence[str] = (),
    only_jurisdiction: str | None = None,
    documents: Sequence[str] = (),
    collections: Sequence[str] = (),
    issued_from: str | None = None,
    issued_to: str | None = None,
) -> Filters:
    """Filters from typed words. Raises QuestionError that names the known values."""
    ids = [record.entry.id for record in manifest.records]
    held = sorted({r.entry.collection for r in manifest.records if r.entry.collection})
    return Filters(
        kinds=tuple(Kind(one_of("kind", kind, [k.value for k in Kind])) for kind in kinds),
        jurisdiction=_known("jurisdiction", only_jurisdiction, places_of(manifest)),
        documents=tuple(one_of("document", document, ids) for document in documents),
        collections=tuple(one_of("collection", collection, held) for collection in collections),
        issued_from=day_of("issued-from", issued_from),
        issued_to=day_of("issued-to", issued_to),
    )


def places_of(manifest: Manifest) -> tuple[str, ...]:
    """Every jurisdiction of the manifest's documents, with all that each lies in."""
    known = {r.entry.jurisdiction for r in manifest.records if r.entry.jurisdiction}
    return tuple(sorted({place for path in known for place in ancestors(path)}))


def place_of(value: str | None, known: Sequence[str], name: str = "place") -> str | None:
    """A place that somebody typed; it may have no text here, if it lies in one that has.

    Names count too: "Georgia", "New York City". Raises QuestionError that names the nearest known
    ones, or the state that does not exist.
    """
    path = (value or "").strip("/").lower()
    if _PATH.fullmatch(path) and path.split("/")[0] in known and path.count("/"):
        if not is_possible(path):
            raise QuestionError(
                Said(
                    "unknown {name} {place!r}: the United States have no state {state!r}; write it"
                    " as us/ny/new-york-city",
                    name=name,
                    place=path[:_MOST_ECHOED],
                    state=path.split("/")[1][:_MOST_ECHOED],
                )
            )
        return path
    return place_path(path, known) or _known(name, value, known)


def _known(name: str, value: str | None, known: Sequence[str]) -> str | None:
    return None if not value else one_of(name, value.strip("/").lower(), known)


def one_of(name: str, value: str, known: Sequence[str]) -> str:
    """A known value, or a place by its last part. Raises QuestionError that names the nearest."""
    if value in known:
        return value
    short = [path for path in known if path.endswith(f"/{value}")]
    if len(short) == 1:
        return short[0]
    near = difflib.get_close_matches(value, known, n=3, cutoff=0.4) or list(known)[:8]
    given = {"name": name, "value": value[:_MOST_ECHOED]}
    if not near:
        raise QuestionError(Said("unknown {name} {value!r}; none is known here", **given))
    known_are = N_("unknown {name} {value!r}; known are, for instance: {known}")
    raise QuestionError(Said(known_are, known=", ".join(near), **given))


def day_of(name: str, value: str | None) -> date | None:
    """A day that somebody typed, as 2017-11-22. Raises QuestionError for what is none."""
    if not value:
        return None
    if not _DAY.fullmatch(value):
        no_date = N_("{name} = {value!r} is no date; write it as 2017-11-22")
        raise QuestionError(Said(no_date, name=name, value=value[:_MOST_ECHOED]))
    try:
        return date.fromisoformat(value)
    except ValueError:
        no_day = N_("{name} = {value!r}: there is no such day; write it as 2017-11-22")
        raise QuestionError(Said(no_day, name=name, value=value)) from None
