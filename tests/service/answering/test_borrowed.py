"""Definitions by reference, over a code made up for this: what is held elsewhere, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ingest.outlines.table import outline
from pincite.kinds import Kind
from pincite.types import Document, Entry, Link, Reading, Span
from pincite.works import Works
from service.answering.borrowed import Elsewhere
from service.answering.companions import MOST_DEFINITIONS, companions_of
from service.linking.links import Links
from service.vantage import Vantage

DAY = date(2026, 1, 1)
BOATS = """§ 1501. Boats
(a) In this section, the term "vessel" means a boat that carries goods.
(b) In this section, the term "cargo" means goods in a vessel.
(c) In this section, the term "berth" means a place for a vessel.
(d) In this section, the term "warden" means whoever keeps the harbor.
(e) The toll is one dollar.
(f) The term "lamp" has the meaning given in section 1502 of this title."""


def section(number: int, text: str, **more: Any) -> Document:
    reading = Reading(text, "plain", 1)
    name = more.pop("id", f"usc-{number}")
    entry = Entry(
        name,
        Kind.STATUTE,
        f"Section {number}",
        f"{name}.txt",
        citation=f"46 U.S.C. § {number}",
        jurisdiction="us",
        status="in_force",
        **more,
    )
    return Document(entry, text, f"{name}:{hash(text)}", sections=outline(Kind.STATUTE, reading))


def borrowed(
    quoting: Document, quote: str, *others: Document, day: date = DAY
) -> list[tuple[str, str]]:
    """Where the definitions of a quote stand, and their words."""
    held = {one.entry.id: one for one in (quoting, *others)}
    found = companions_of(
        quoting, _span(quoting, quote), (), lambda stem: 1.0, (), _elsewhere(held, day)
    )
    return [
        (
            (one.document or quoting).entry.id,
            one.span.of((one.document or quoting).text),
        )
        for one in found
        if one.type == "definition"
    ]


def _span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def _elsewhere(held: dict[str, Document], day: date) -> Elsewhere:
    library = SimpleNamespace(
        outline=lambda id_: held[id_].sections,
        mentions=lambda digest: None,
        put_mentions=lambda digest, found: None,
    )
    records = {
        id_: SimpleNamespace(entry=one.entry, version=id_, outline=id_) for id_, one in held.items()
    }
    links = Links(cast("Any", records), cast("Any", library), held.__getitem__)
    return Elsewhere(links, held.__getitem__, Vantage(day, works=Works(_entries(held))))


def _entries(held: dict[str, Document]) -> Sequence[Entry]:
    return [one.entry for one in held.values()]


VESSEL = 'In this section, the term "vessel" means a boat that carries goods.'
DEFINED = [("usc-1501", VESSEL)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A vessel (as defined in section 1501 of this title) shall pay.", DEFINED),
        ("A vessel, as that term is defined in section 1501(a) of this title, shall pay.", DEFINED),
        # the clause that is named defines something else; the section does not define it at all
        ("A vessel (as defined in section 1501(b) of this title) shall pay.", []),
        ("A barge (as defined in section 1501 of this title) shall pay.", []),
        # what is not held, and what is only cited
        ("A vessel (as defined in section 1599 of this title) shall pay.", []),
        ("A vessel shall pay as section 1501 of this title provides.", []),
        # the place that is named takes it from elsewhere in turn: one step, no more
        ("A lamp (as defined in section 1501 of this title) shall burn.", []),
    ],
)
def test_a_term_is_defined_where_the_quote_says(text: str, expected: list[tuple[str, str]]) -> None:
    quoting = section(1510, f"§ 1510. Tolls\n(a) {text}")
    assert borrowed(quoting, text, section(1501, BOATS)) == expected


def test_a_definition_that_only_refers_gives_way_to_what_it_refers_to() -> None:
    text = (
        "§ 1510. Tolls\n(a) Each vessel shall pay.\n"
        '(b) For purposes of this section, the term "vessel" has the same meaning as set forth in'
        " section 1501 of this title."
    )
    rule = "Each vessel shall pay."
    assert borrowed(section(1510, text), rule, section(1501, BOATS)) == [("usc-1501", VESSEL)]
    # where that is not held, the words that refer are shown, and nothing is made up
    ((where, words),) = borrowed(section(1510, text), rule)
    assert where == "usc-1510"
    assert "section 1501" in words


def test_two_sections_that_refer_to_each_other_define_nothing() -> None:
    refers = (
        "§ {own}. Tolls\n(a) Each vessel shall pay.\n"
        '(b) In this section, the term "vessel" has the meaning given in section {other} of this'
        " title."
    )
    one = section(1510, refers.format(own=1510, other=1501))
    two = section(1501, refers.format(own=1501, other=1510))
    assert [where for where, _ in borrowed(one, "Each vessel shall pay.", two)] == ["usc-1510"]
    itself = section(1510, refers.format(own=1510, other=1510))
    assert [where for where, _ in borrowed(itself, "Each vessel shall pay.")] == ["usc-1510"]


ALL = (
    "§ 1510. Tolls\n"
    "(a) For purposes of this section, all terms shall have the same meanings as set forth in"
    ' section 1501 of this title, except that the term "warden" means the mayor.\n'
    "(b) The warden of a berth shall weigh the cargo of each vessel."
)


def test_a_section_that_takes_all_its_terms_from_another_keeps_those_it_sets_apart() -> None:
    found = borrowed(section(1510, ALL), "The warden of a berth shall", section(1501, BOATS))
    assert [where for where, _ in found] == ["usc-1510", "usc-1501"]
    assert '"warden" means the mayor' in found[0][1]
    assert '"berth"' in found[1][1]


def test_no_more_than_three_definitions_are_shown() -> None:
    rule = "The warden of a berth shall weigh the cargo of each vessel."
    found = borrowed(section(1510, ALL), rule, section(1501, BOATS))
    assert len(found) == MOST_DEFINITIONS


def test_the_edition_in_force_on_the_day_defines_the_term() -> None:
    old = section(
        1501, BOATS, id="old", work="1501", effective=date(2000, 1, 1), expires=date(2010, 1, 1)
    )
    new = section(
        1501,
        BOATS.replace("carries goods", "carries people"),
        id="new",
        work="1501",
        effective=date(2010, 1, 1),
        relations=(Link("supersedes", "old"),),
    )
    text = "A vessel (as defined in section 1501 of this title) shall pay."
    quoting = section(1510, f"§ 1510. Tolls\n(a) {text}")
    assert [w for w, _ in borrowed(quoting, text, old, new)] == ["new"]
    assert [w for w, _ in borrowed(quoting, text, old, new, day=date(2005, 1, 1))] == ["old"]
    assert borrowed(quoting, text, old) == []  # it ended, and what came after is not held


def test_a_copy_of_a_text_defines_nothing_beside_the_better_one() -> None:
    whole = section(1501, BOATS)
    copy = section(1501, BOATS, id="copy", relations=(Link("same_text_as", "usc-1501"),))
    text = "A vessel (as defined in section 1501 of this title) shall pay."
    quoting = section(1510, f"§ 1510. Tolls\n(a) {text}")
    assert [w for w, _ in borrowed(quoting, text, copy, whole)] == ["usc-1501"]


def test_a_bill_defines_nothing() -> None:
    bill = section(1501, BOATS)
    bill = replace(bill, entry=replace(bill.entry, kind=Kind.BILL, status="pending"))
    text = "A vessel (as defined in section 1501 of this title) shall pay."
    assert borrowed(section(1510, f"§ 1510. Tolls\n(a) {text}"), text, bill) == []
