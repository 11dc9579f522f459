"""The page of what changed between two texts: two editions of a work, or two versions of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from pincite.citing.pinpoints import pinpoints
from pincite.differing import changed_words
from pincite.errors import NotFound
from pincite.types import Document, Span
from pincite.works import in_time, work_of
from service.describing import record_json
from service.engine import Engine
from service.history import history
from service.holdings import Holdings
from service.vantage import Vantage, today
from service.web.links import VERSION_DIGITS, link
from service.web.redlines import Row, redline
from service.web.rendering import page
from service.web.versions import meant

Json = dict[str, Any]

# Rows shown of two texts, and unchanged paragraphs around each change.
_MOST_ROWS = 1_000
_AROUND = 1

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: what it is, how it stands, and where it is read."""

    document: Document
    record: Json
    standing: str
    href: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring rows of one clause; `kept` counts paragraphs left out because both have them."""

    where: str
    href: str
    rows: tuple[Row, ...] = ()
    kept: int = 0


@router.get("/documents/{id}/changes")
def changes(
    id: str,
    request: Request,
    other: Annotated[str, Query(alias="with")] = "",
    v: str = "",
    whole: bool = False,
) -> Response:
    """What leads from the older of two texts to the newer, word by word, clause by clause.

    `with` names another document, `v` a version that this one had; without either, what there is
    to compare with is listed.
    """
    engine: Engine = request.app.state.engine
    with engine.holdings() as holdings:
        holdings.record(id)
        others = [one for one in history(holdings.manifest, id)["versions"] if one["id"] != id]
        shown: Json = {"record": record_json(holdings.record(id)), "others": others}
        shown |= {"other": other, "v": v, "whole": whole, "old": None}
        sides = _sides(holdings, id, other, v)
        if sides:
            shown |= _compared(*sides, whole=whole)
    return page(request, "changes.html", shown)


def _sides(holdings: Holdings, id_: str, other: str, version: str) -> tuple[Side, Side] | None:
    """The older and the newer text; None where nothing was chosen. Raises NotFound."""
    if version:
        then = meant(holdings, id_, version, 0, 0)
        if then.state == "unknown":
            raise NotFound(
                f"text version {version[:VERSION_DIGITS]!r} of {id_!r} is not known here"
            )
        old = then.record.version[:VERSION_DIGITS]
        earlier = Side(then.document, record_json(then.record), "", link(id_, v=old), then.day)
        return earlier, _side(holdings, id_)
    if not other:
        return None
    holdings.record(other)
    entries = (holdings.record(name).entry for name in (other, id_))
    older, newer = sorted(entries, key=in_time)
    return _side(holdings, older.id), _side(holdings, newer.id)


def _side(holdings: Holdings, id_: str) -> Side:
    view = Vantage(today(), works=holdings.works)
    record = holdings.record(id_)
    standing = view.works.standing(record.entry, view.day).words
    return Side(holdings.document(id_), record_json(record), standing, link(id_))


def _compared(old: Side, new: Side, *, whole: bool) -> Json:
    rows = redline(old.document.text, new.document.text)
    changed = [row for row in rows if row.changed]
    deleted, inserted = changed_words([piece for row in changed for piece in row.pieces])
    groups = list(_groups(_near(rows, _AROUND if not whole else len(rows)), old, new))
    return {
        "old": old,
        "new": new,
        "same_work": work_of(old.document.entry) == work_of(new.document.entry),
        "groups": groups,
        "deleted": deleted,
        "inserted": inserted,
        "paragraphs": len(changed),
        "same": len(rows) - len(changed),
        "left_out": max(0, len(changed) - _MOST_ROWS),
    }


def _near(rows: Sequence[Row], around: int) -> list[list[Row] | int]:
    """Runs of rows in or near changes, and between them how many were left out."""
    shown: set[int] = set()
    changed = [at for at, row in enumerate(rows) if row.changed][:_MOST_ROWS]
    for at in changed:
        shown.update(range(max(0, at - around), min(len(rows), at + around + 1)))
    runs: list[list[Row] | int] = []
    for is_shown, ats in groupby(range(len(rows)), lambda at: at in shown):
        run = [rows[at] for at in ats]
        runs.append(run if is_shown else sum(not row.changed for row in run))
    return runs


def _groups(runs: Sequence[list[Row] | int], old: Side, new: Side) -> Iterator[Group]:
    """Rows by the clause that they stand in, as the newer text has it."""
    for run in runs:
        if isinstance(run, int):
            if run:
                yield Group("", "", kept=run)
            continue
        named = zip(_places(run, old, new), run, strict=True)
        for (where, _), rows in groupby(named, key=lambda one: (one[0][0], one[0][1].href)):
            found = list(rows)
            side, span = found[0][0][1], _span(found[0][1], found[0][0][1] is old)
            version = side.document.version[:VERSION_DIGITS]
            href = link(side.record["id"], v=version, start=span.start, end=span.end)
            yield Group(where, href, tuple(row for _, row in found))


def _places(run: Sequence[Row], old: Side, new: Side) -> list[tuple[str, Side]]:
    """Where each row stands, and in which of the texts: in the newer, unless it is gone there."""
    found: list[tuple[str, Side]] = []
    for row in run:
        side = old if row.gone else new
        span = _span(row, row.gone)
        said = pinpoints(side.document, [span])[0] if span.start < span.end else ""
        found.append((said, side))
    return found


def _span(row: Row, is_old: bool) -> Span:
    return row.old if is_old else row.new
