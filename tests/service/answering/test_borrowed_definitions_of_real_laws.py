"""Rules of the real corpus whose terms are defined by reference, in another section or document.

A row: the law, the first and last words of what is quoted, the terms of it that the law itself
defines for the quoted words, the terms that it says are defined elsewhere and that are held, and
the day. `term@place` names another document, or another section of the same. What is not held, or
holds deleted words, is not listed: nothing may be invented. The rows above the line of dashes were
written before any of them was run.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest

from ingest.catalogue import load_catalogue
from ingest.outlines.table import outline
from ingest.readers.format import Limits
from ingest.readers.table import read
from pincite.types import Document, Span
from pincite.works import Works
from service.answering.borrowed import Elsewhere
from service.answering.companions import MOST_DEFINITIONS, Found, companions_of
from service.answering.layout import Layout
from service.linking.links import Links
from service.vantage import Vantage

pytestmark = pytest.mark.corpus

CATALOGUE = Path(__file__).parents[3] / "corpora" / "sanctuary" / "catalogue.toml"
# What the rows quote, what they point to, and what lies near enough to be mistaken for it.
HELD = """
    dc-code-23-1321 dc-code-24-211-07-2012 dc-law-24-257 eo-13767 eo-13768 iowa-code-27a
    nyc-int-0214-2024 nyc-int-0396-2024 nyc-local-law-2011-062 nyc-local-law-2013-022
    nyc-local-law-2014-058 nyc-local-law-2014-059 nyc-local-law-2017-226 nyc-local-law-2017-228
    nyc-local-law-2026-063 nyc-local-law-2026-114 somerville-code usc-8-1226 usc-8-1231
    usc-8-1324 usc-8-1357 usc-8-1373 usc-8-1621 usc-34-10152 usc-34-10153
""".split()  # noqa: SIM905
LL58, SOMERVILLE = "nyc-local-law-2014-058", "somerville-code"
TODAY = date(2026, 11, 22)


class Rule(NamedTuple):
    """A quote of a law, and where the terms of it are defined."""

    law: str
    first: str
    last: str
    own: str = ""
    elsewhere: str = ""
    day: date = TODAY


RULES = [
    # N.Y.C. Admin. Code § 9-205: "the same meanings as set forth in section 9-131", which is held
    # in acts: of 2014, and of 2026 for federal immigration authorities, there with deleted words
    Rule(
        "nyc-local-law-2017-226",
        "b. The department may only honor",
        "is presented; and",
        "department",
        f"civil immigration detainer@{LL58}; judicial warrant@{LL58}",
    ),
    Rule(
        "nyc-local-law-2017-226",
        "b. The department may only honor",
        "is presented; and",
        "department",
        f"civil immigration detainer@{LL58}; judicial warrant@{LL58};"
        f"federal immigration authorities@{LL58}",
        date(2020, 1, 1),  # before the act of 2026
    ),
    Rule(
        "nyc-local-law-2017-226",
        "c. No conferral of authority.",
        "enactment of this section.",
        "",
        f"civil immigration detainer@{LL58}",
    ),
    Rule(
        "nyc-local-law-2017-226",
        "(b) is identified as a possible match",
        "screening database.",
        "",
        f"terrorist screening database@{LL58}",
    ),
    Rule("nyc-local-law-2017-226", "g. Publication of policy", "authorities.", "department"),
    # §§ 4-210 and 23-1101 are not held; § 10-178, which also defines city property, is another
    Rule(
        "nyc-local-law-2026-114",
        "c. No later than September 30, 2026, each covered agency",
        "subdivision b of section 4-210.",
        "city property; covered agencies",
    ),
    # a definition by reference to an act that this act amends: § 102(4A) stands in § 301
    Rule(
        "dc-law-24-257",
        "(4) Providing contraception to an entity",
        "voluntary consent;",
        "contraception",
    ),
    # § 102 of the Human Rights Act is not § 102 of this act
    Rule("dc-law-24-257", "(a) A person who has had a judgment", "that judgment.", "person"),
    # § 1641 of the title is not held; nor are §§ 1324a, 1365 of title 18, 1396b of title 42
    Rule("usc-8-1621", "(1) a qualified alien (as defined in", "of this title),"),
    Rule("usc-8-1324", "(i) is an unauthorized alien", "of this title), and"),
    Rule("usc-8-1621", "(1) Assistance for health care items", "transplant procedure."),
    # § 1101 of title 8
    Rule(
        "eo-13768",
        "In furtherance of the policy described in section 2",
        "removable aliens.",
        day=date(2018, 1, 1),
    ),
    # D.C. Code § 23-1331 is not held, § 23-1321 is
    Rule(
        "dc-code-24-211-07-2012",
        "(i) A dangerous crime as defined in",
        "currently in custody;",
        day=date(2015, 1, 1),
    ),
    # Somerville: sections that point to sections of other articles
    Rule(
        SOMERVILLE,
        "No common sewer shall be laid or shall be connected",
        "except by the city.",
        "",
        "common sewer@11-140; city@11-140",
    ),
    Rule(
        SOMERVILLE,
        "No private sewer or drain connecting with a common sewer subject",
        "storm or tidewater.",
        "",
        "common sewer@11-140; private sewer@11-140",
    ),
    Rule(
        SOMERVILLE,
        "(a) In order to make housing available to an individual",
        "policies, practices and procedures.",
    ),
    Rule(
        SOMERVILLE,
        "Sidewalk Snow and Ice Removal (Sec. 12-8) - Residential dwelling (as defined",
        "three family dwelling",
        "",
        "residential dwelling@11-31",
    ),
    # what the chapter itself defines needs no pointing; a reference adds nothing to it
    Rule(
        SOMERVILLE,
        "(a) All dwellings of seven or more units desirous",
        "apply to such dwellings.",
        "refuse@11-31; rubbish@11-31; residential dwelling@11-31",
        "refuse@11-31",
    ),
    Rule(
        SOMERVILLE,
        "(a) Before the city may enter into any contract with an applicant",
        "contracting entity.",
        "applicant@15-71; contract@15-71",
        "applicant@15-71",
    ),
    # "living wage has the meaning stated in section 2-399 (b)": the clause that sets it
    Rule(
        SOMERVILLE,
        "(a) Applicability. Covered employers shall pay no less than the living wage",
        "covered employees.",
        "covered employer@2-398; covered employee@2-398",
        "living wage",
    ),
    # ---- written when the rows above had been run once
    Rule(
        "nyc-local-law-2017-226",
        "3. the number of persons transferred",
        "civil immigration detainers;",
        "",
        f"civil immigration detainer@{LL58}; federal immigration authorities@{LL58}",
        date(2019, 6, 1),
    ),
    # the clause that refers is itself no use of the terms that it sets apart
    Rule("nyc-local-law-2017-226", "d. No conflict with existing law.", "applicable law."),
    # before § 9-205 was added the section that it names had other definitions
    Rule(
        "nyc-local-law-2017-226",
        "b. The department may only honor",
        "is presented; and",
        "department",
        "civil immigration detainer@nyc-local-law-2013-022;"
        "federal immigration authorities@nyc-local-law-2013-022",
        date(2014, 1, 1),
    ),
    Rule(
        "nyc-local-law-2026-114",
        "b. No later than August 31, 2026",
        "by September 25, 2026.",
        "covered agencies; designated citywide languages",
    ),
    Rule(
        "dc-law-24-257",
        "(7) Providing, consenting to, receiving",
        "gender-affirming care.",
        "gender-affirming care",
    ),
    Rule("usc-8-1324", "(iii) in the case of a violation of", "or both; and"),
    Rule(
        "eo-13767",
        "(b) The Secretary shall take all appropriate action and allocate",
        "asylum officers",
        "asylum officer@3; secretary@3",
        day=date(2018, 1, 1),
    ),
    Rule(
        SOMERVILLE,
        "No person shall cut into, interfere with or obstruct a main drain",
        "from the city engineer.",
        "",
        "common sewer@11-140; private sewer@11-140; main drain@11-140; drain@11-140; city@11-140",
    ),
    Rule(
        SOMERVILLE,
        "(a) All stormwater, except as hereinafter",
        "discharge to combined sewers.",
        "",
        "stormwater@11-140; combined sewer@11-140; sanitary sewer@11-140; storm drain@11-140;"
        "discharges@11-140",
    ),
    Rule(
        SOMERVILLE,
        "(b) Applicability: This section shall apply exclusively to city trees",
        "language of this section.",
        "city tree@12-102; public shade tree@12-102; removal@12-102",
        "city tree@12-102",
    ),
    Rule(
        SOMERVILLE,
        "(b) For the purposes of this article, surveillance technology and surveillance data",
        "as defined in section 10-62:",
        "surveillance technology@10-62; surveillance data@10-62; surveillance@10-62",
    ),
    Rule(
        SOMERVILLE,
        "(b) Any service contract that is subject",
        "on the service contract.",
        "service contract@2-398; covered employee@2-398; services@2-398",
        "living wage@2-399",
    ),
    Rule(
        SOMERVILLE,
        "(c) No owner or person with an interest in real property",
        "state building code.",
        "exterior architectural feature@7-17; historic district@7-17; structure@7-17;"
        "building@7-17; building@7-28",
    ),
]


@pytest.fixture(scope="module")
def held(corpus_dir: Path) -> dict[str, Document]:
    entries = {entry.id: entry for entry in load_catalogue(CATALOGUE)}
    found = {}
    for name in HELD:
        path = corpus_dir / "corpus" / entries[name].source
        reading = read(path.read_bytes(), path.suffix, Limits())
        sections = outline(entries[name].kind, reading)
        found[name] = Document(
            entries[name], reading.text, name, reading.pages, sections, reading.marks
        )
    return found


@pytest.fixture(scope="module")
def seen_from(held: dict[str, Document]) -> Callable[[date], Elsewhere]:
    """What the corpus holds elsewhere on a day, from texts that no library keeps."""
    kept: dict[str, Any] = {}
    library = SimpleNamespace(
        outline=lambda id_: held[id_].sections, mentions=kept.get, put_mentions=kept.__setitem__
    )
    records = {
        id_: SimpleNamespace(entry=one.entry, version=id_, outline=id_) for id_, one in held.items()
    }
    links = Links(cast("Any", records), cast("Any", library), held.__getitem__)
    works = Works(one.entry for one in held.values())
    return lambda day: Elsewhere(links, held.__getitem__, Vantage(day, works=works))


def defined(held: dict[str, Document], rule: Rule, elsewhere: Elsewhere) -> set[str]:
    document = held[rule.law]
    start = document.text.index(rule.first)
    quote = Span(start, document.text.index(rule.last, start) + len(rule.last))
    found = companions_of(document, quote, (), lambda stem: 1.0, (), elsewhere)
    return {said(document, rule, one) for one in found if one.type == "definition"}


def said(document: Document, rule: Rule, one: Found) -> str:
    layout = Layout(document)
    own = layout.number(document.text.index(rule.first))
    number = layout.number(one.span.start)
    where = one.document.entry.id if one.document else number if number != own else ""
    return f"{one.term.lower()}@{where}" if where else one.term.lower()


def listed(terms: str) -> set[str]:
    found = {term.strip() for term in terms.split(";") if term}
    return found | {term.replace("@", "s@") if "@" in term else f"{term}s" for term in found}


def test_there_are_cases_enough_with_and_without_what_they_point_to() -> None:
    assert len(RULES) >= 20
    assert sum(not rule.elsewhere for rule in RULES) >= 8


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.law}: {rule.first[:30]}")
def test_no_definition_is_wrong(
    held: dict[str, Document], seen_from: Callable[[date], Elsewhere], rule: Rule
) -> None:
    found = defined(held, rule, seen_from(rule.day))
    assert found <= listed(rule.own) | listed(rule.elsewhere)


def test_precision_is_whole_and_few_are_missed(
    held: dict[str, Document], seen_from: Callable[[date], Elsewhere]
) -> None:
    shown = right = borrowed = wanted = 0
    for rule in RULES:
        found = defined(held, rule, seen_from(rule.day))
        shown += len(found)
        right += len(found & (listed(rule.own) | listed(rule.elsewhere)))
        borrowed += len(found & listed(rule.elsewhere))
        wanted += min(len(rule.elsewhere.split(";")) if rule.elsewhere else 0, MOST_DEFINITIONS)
    print(f"precision {right}/{shown}, recall of what is elsewhere {borrowed}/{wanted}")
    assert right == shown
    assert borrowed >= 0.8 * wanted
