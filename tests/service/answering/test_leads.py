"""Lead-ins by kind, part and standing: golden over every kind, and over the sample's citations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pincite.kinds import Channel, Kind
from pincite.types import (
    Answer,
    Citation,
    Entry,
    Link,
    Locator,
    Mark,
    Part,
    Question,
    Span,
    Statement,
    Status,
)
from pincite.works import Works
from service.answering.leads import _OF_KINDS, _OF_PARTS, lead_of, led
from service.vantage import Vantage

VIEW = Vantage(date(2026, 11, 22))
QUOTE = "No jail holds anyone."
PRINTZ: dict[str, Any] = {
    "kind": Kind.COURT_RULING,
    "title": "Printz v. United States",
    "text": "Printz v. United States, 521 U.S. 898 (1997)",
    "issuer": "Supreme Court of the United States",
}
CIRCUIT: dict[str, Any] = {
    "kind": Kind.COURT_RULING,
    "title": "United States v. California",
    "text": "United States v. California, 921 F.3d 865, 890 (9th Cir. 2019)",
    "issuer": "United States Court of Appeals for the Ninth Circuit",
}
MAJORITY, NOWHERE = Locator(part="majority"), Locator()


def cited(
    kind: Kind = Kind.STATUTE,
    text: str = "",
    title: str = "A Text",
    quote: str = QUOTE,
    where: Locator = NOWHERE,
    status: Status = "in_force",
    standing: str = "",
    channel: Channel = "law",
    **entry: Any,
) -> Citation:
    return Citation(
        entry=Entry("it", kind, title, "x.md", **entry),
        version="v",
        span=Span(100, 100 + len(quote)),
        quote=quote,
        locator=where,
        text=text,
        pinpoint="",
        channel=channel,
        authority="",
        status=status,
        standing=standing,
    )


def separate(part: Part, author: str) -> Locator:
    return Locator(part=part, author=author)


ENDED: dict[str, Any] = {
    "status": "superseded",
    "standing": "superseded on 2021-04-27 by D.C. Law 23-282",
}
GOLDEN = [
    (cited(text="8 U.S.C. § 1373(a)"), "8 U.S.C. § 1373(a) provides:"),
    (cited(Kind.CONSTITUTION, "U.S. Const. amend. X"), "U.S. Const. amend. X provides:"),
    (
        cited(Kind.ORDINANCE, "Port Alder Mun. Code § 12.40.040(a) (2023)"),
        "Port Alder Mun. Code § 12.40.040(a) provides:",
    ),
    (
        cited(text="D.C. Code § 24-211.07(c) (2012) (superseded 2021)", **ENDED),
        "D.C. Code § 24-211.07(c), superseded on 2021-04-27 by D.C. Law 23-282, provided:",
    ),
    (
        cited(
            Kind.AMENDING_ACT, "N.Y.C. Local Law No. 58 (2014) § 3, amending Admin. Code § 9-131(b)"
        ),
        "N.Y.C. Local Law No. 58 (2014) § 3, amending Admin. Code § 9-131(b), provides:",
    ),
    (
        cited(
            Kind.EXECUTIVE_ORDER,
            "Exec. Order No. 14,287, § 2(a), 90 Fed. Reg. 18761, 18761 (Apr. 28, 2025)",
        ),
        "Exec. Order No. 14,287, § 2(a) provides:",
    ),
    (
        cited(
            Kind.EXECUTIVE_ORDER,
            "Exec. Order No. 13,768, § 9(a), 82 Fed. Reg. 8799, 8801 (Jan. 25, 2017)",
            status="revoked",
            standing="revoked on 2021-01-20 by Exec. Order No. 13,993",
        ),
        "Exec. Order No. 13,768, § 9(a), revoked on 2021-01-20 by Exec. Order No. 13,993,"
        " provided:",
    ),
    (
        cited(
            Kind.EXECUTIVE_ORDER,
            "N.Y.C. Exec. Order No. 35, § 4 (May 25, 2018)",
            status="unknown",
        ),
        "N.Y.C. Exec. Order No. 35, § 4 (May 25, 2018), not known to be still in force, provides:",
    ),
    (
        cited(text="1 Code § 2", status="pending", standing="not in force before 2027-01-01"),
        "1 Code § 2, not in force before 2027-01-01, will provide:",
    ),
    (
        cited(text="1 Code § 2", quote="WHEREAS, jails are full;", channel="record"),
        "1 Code § 2 recites:",
    ),
    (
        cited(Kind.BILL, "H.B. 77 § 4 (Marenga 2023) (not enacted)", status="not_enacted"),
        "The bill H.B. 77 § 4 (Marenga 2023), never enacted, would have provided:",
    ),
    (
        cited(Kind.BILL, "N.Y.C. Council Int. 0515-2026 § 2", status="pending"),
        "The bill N.Y.C. Council Int. 0515-2026 § 2, not enacted, would provide:",
    ),
    (
        cited(Kind.RESOLUTION, "Halvorsen Res. 2022-14, cl. 1", channel="record"),
        "Halvorsen Res. 2022-14, cl. 1, says:",
    ),
    (
        cited(
            Kind.RESOLUTION,
            "N.Y.C. Council Res. 0708-2025, whereas cl. 2",
            quote="Whereas, jails are full; and",
            status="not_enacted",
            channel="record",
        ),
        "N.Y.C. Council Res. 0708-2025, whereas cl. 2, never adopted, would have recited:",
    ),
    (
        cited(Kind.RESOLUTION, "Res. 5", quote="Resolved, That jails be closed", channel="record"),
        "Res. 5 resolves:",
    ),
    (
        cited(
            Kind.AGREEMENT,
            "287(g) Memorandum of Agreement between ICE and Arcadia Police Department, § X"
            " (Mar. 5, 2025)",
            status="unknown",
            channel="record",
        ),
        "The agreement between ICE and Arcadia Police Department provides:",
    ),
    (
        cited(
            Kind.AGREEMENT,
            "MOA 12",
            parties=("Federal Immigration Service", "Jane Roe"),
            channel="record",
            status="expired",
            standing="expired on 2020-01-01",
        ),
        "The agreement between the Federal Immigration Service and Jane Roe, expired on 2020-01-01,"
        " provided:",
    ),
    (
        cited(
            Kind.DOJ_MEMO,
            "Memorandum",
            issuer="Attorney General",
            status="unknown",
            channel="record",
        ),
        "The memo of the Attorney General says:",
    ),
    (
        cited(
            Kind.DOJ_MEMO,
            "Memorandum",
            issuer="Department of Justice, Office of Legal Advice",
            issued=date(2022, 3, 14),
            status="unknown",
            channel="record",
        ),
        "The memo of the Department of Justice, Office of Legal Advice (Mar. 14, 2022) says:",
    ),
    (
        cited(Kind.FACT_SHEET, issuer="The White House", channel="record"),
        "A fact sheet of the White House says:",
    ),
    (
        cited(
            Kind.TRANSCRIPT,
            title="Oral argument in Arizona v. United States",
            where=Locator(author="JUSTICE SOTOMAYOR"),
            channel="record",
        ),
        "In the transcript “Oral argument in Arizona v. United States”, Justice Sotomayor said:",
    ),
    (
        cited(Kind.OP_ED, issuer="Noor Castellane, Port Alder Courier", channel="argument"),
        "An op-ed by Noor Castellane in Port Alder Courier argues:",
    ),
    (
        cited(Kind.OP_ED, issuer="The White House", channel="argument"),
        "An op-ed by the White House argues:",
    ),
    (
        cited(Kind.OP_ED, title="Sense", channel="argument"),
        "An op-ed, “Sense”, argues:",
    ),
    (cited(Kind.NEWS, issuer="NBC Latino", channel="argument"), "NBC Latino reports:"),
    (cited(Kind.OTHER, title="Notes", channel="record"), "“Notes” says:"),
    (
        cited(text="D.C. Code § 24-211.07 note", where=Locator(part="note"), channel="record"),
        "An editorial note to D.C. Code § 24-211.07 says:",
    ),
    (
        cited(**PRINTZ, where=MAJORITY, quote="We hold that Congress may not do so."),
        "In Printz v. United States, the Court held:",
    ),
    (
        # the majority said it, and did not say that it holds it
        cited(**PRINTZ, where=MAJORITY, quote="The Act requires CLEOs to act."),
        "In Printz v. United States, the Court wrote:",
    ),
    (
        # that was another case
        cited(**PRINTZ, where=MAJORITY, quote="In New York we have held so."),
        "In Printz v. United States, the Court wrote:",
    ),
    (
        cited(**PRINTZ, where=Locator(part="plurality"), quote="We hold so."),
        "In Printz v. United States, a plurality wrote:",
    ),
    (
        cited(**PRINTZ, where=separate("dissent", "Stevens, J."), quote="We hold nothing."),
        "In Printz v. United States, Justice Stevens, dissenting, argued:",
    ),
    (
        cited(**PRINTZ, where=separate("concurrence", "Roberts, C. J.")),
        "In Printz v. United States, Chief Justice Roberts, concurring, wrote:",
    ),
    (
        cited(**PRINTZ, where=Locator(part="dissent")),
        "In Printz v. United States, a dissenting opinion argued:",
    ),
    (
        cited(**PRINTZ, where=Locator(part="syllabus"), channel="record"),
        "The syllabus of Printz v. United States says:",
    ),
    (
        cited(**CIRCUIT, where=MAJORITY, quote="We therefore conclude that it is."),
        "In United States v. California, the Ninth Circuit held:",
    ),
    (
        cited(**CIRCUIT, where=separate("dissent", "Wardlaw, J.")),
        "In United States v. California, Judge Wardlaw, dissenting, argued:",
    ),
]


@pytest.mark.parametrize(("citation", "lead"), GOLDEN, ids=[lead for _, lead in GOLDEN])
def test_the_lead_says_whose_words_follow(citation: Citation, lead: str) -> None:
    assert lead_of(citation, VIEW) == lead


def test_every_kind_and_every_part_has_a_lead() -> None:
    assert set(_OF_KINDS) | {Kind.COURT_RULING} == set(Kind)
    assert {c.entry.kind for c, _ in GOLDEN} == set(Kind)
    for part in ("majority", "plurality", "per_curiam", "concurrence", "in_part", "dissent"):
        assert part in _OF_PARTS


def test_only_a_majority_holds() -> None:
    for part in _OF_PARTS.keys() - {"majority", "per_curiam"}:
        lead = lead_of(cited(**PRINTZ, where=Locator(part=part), quote="We hold so."), VIEW)
        assert "held" not in lead


def test_a_footnote_of_the_court_is_said_to_be_one() -> None:
    note = Mark(Span(90, 300), "footnote", "3")
    citation = replace(cited(**PRINTZ, where=MAJORITY), marks=(note,))
    assert lead_of(citation, VIEW) == "In Printz v. United States, in a footnote, the Court wrote:"


def test_law_of_a_past_day_that_has_ended_since_speaks_in_the_past() -> None:
    old = Entry("old", Kind.EXECUTIVE_ORDER, "Old", "o.md", effective=date(2017, 1, 25))
    link = Link("revokes", "old")
    new = Entry(
        "new", Kind.EXECUTIVE_ORDER, "N", "n.md", effective=date(2021, 1, 20), relations=(link,)
    )
    view = Vantage(date(2018, 5, 1), works=Works([old, new]))
    citation = replace(cited(Kind.EXECUTIVE_ORDER, "Exec. Order No. 1, § 2"), entry=old)
    assert lead_of(citation, view) == "On 2018-05-01, Exec. Order No. 1, § 2 provided:"


def test_hostile_titles_stay_one_bounded_line() -> None:
    lead = lead_of(cited(Kind.OTHER, title="A\n\u202e" + "very " * 200, channel="record"), VIEW)
    assert "\n" not in lead
    assert "\u202e" not in lead
    assert len(lead) < 200


def test_a_statement_that_is_no_quote_gets_no_lead() -> None:
    citation = cited(text="1 Code § 2")
    statements = (Statement(QUOTE, "law", (1,)), Statement("It was revoked.", "law", (1,)))
    answer = led(Answer(Question("q"), statements, (citation,)), VIEW)
    assert [one.lead for one in answer.statements] == ["1 Code § 2 provides:", ""]
    assert [one.text for one in answer.statements] == [QUOTE, "It was revoked."]
