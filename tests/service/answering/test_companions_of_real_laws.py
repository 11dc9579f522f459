"""Rules of the real corpus with the exceptions and definitions that a lawyer reads beside them.

A row: the law, the first and last words of what is quoted, the clauses that limit it, and the
terms of it that the law defines. All that limits is listed, also what is too long to be shown.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.catalogue import load_catalogue
from ingest.outlines.table import outline
from ingest.readers.format import Limits
from ingest.readers.table import read
from pincite.types import Document, Span
from service.answering.companions import (
    MOST_DEFINITIONS,
    MOST_EXCEPTIONS,
    Found,
    companions_of,
)
from service.answering.layout import Layout

pytestmark = pytest.mark.corpus

CATALOGUE = Path(__file__).parents[3] / "corpora" / "sanctuary" / "catalogue.toml"
Laws = Callable[[str], Document]


class Rule(NamedTuple):
    """A quote of a law, by its first and last words, and what goes with it."""

    law: str
    first: str
    last: str
    limits: str = ""
    terms: str = ""


RULES = [
    # 8 U.S.C. § 1357
    Rule("usc-8-1357", "(1) to interrogate", "in the United States;", "(e)"),
    Rule("usc-8-1357", "(1) Notwithstanding section 1342", "local law.", "(g)(9) (g)(10)"),
    Rule("usc-8-1357", "(2) An agreement under this", "laws.", "(g)(9) (g)(10)"),
    Rule("usc-8-1357", "(7) Except as provided", "tort claims).", "(g)(8) (g)(9) (g)(10)"),
    Rule("usc-8-1357", "(6) The Attorney General may not accept", "employee."),
    Rule("usc-8-1357", "(9) Nothing in this subsection", "under this subsection."),
    Rule("usc-8-1357", "(2) Such fingerprints", "upon request."),
    Rule("usc-8-1357", "An alien described in section 1101(a)(27)(J)", "of this title."),
    # 8 U.S.C. §§ 1373, 1644, 1252c: each prevails over other law, and yields to nothing
    Rule("usc-8-1373", "Notwithstanding any other provision", "any individual."),
    Rule("usc-8-1373", "The Immigration and Naturalization Service shall", "information."),
    Rule("usc-8-1644", "Notwithstanding any other", "United States."),
    Rule("usc-8-1252c", "Notwithstanding any other", "an individual who"),
    # 8 U.S.C. § 1324
    Rule("usc-8-1324", "(iii) knowing or in reckless", "transportation;", "(a)(1)(C)"),
    Rule("usc-8-1324", "No officer or person shall", "criminal laws."),
    Rule("usc-8-1324", "Seizures and forfeitures under", "Attorney General."),
    # 8 U.S.C. § 1226
    Rule("usc-8-1226", "On a warrant issued", "arrested alien; and", "(c)(1)"),
    Rule("usc-8-1226", "(2) may release the alien on", "conditional parole; but", "(c)(1)"),
    Rule("usc-8-1226", "The Attorney General at any time", "detain the alien."),
    Rule("usc-8-1226", "The Attorney General may release", "proceeding."),
    # 8 U.S.C. § 1231
    Rule(
        "usc-8-1231",
        "During the removal period, the",
        "1227(a)(4)(B) of this title.",
        "(h)",
        "removal period",
    ),
    Rule("usc-8-1231", "Except as provided in section 259(a)", "removal.", "(a)(2) (a)(4)(B) (h)"),
    Rule("usc-8-1231", "Notwithstanding paragraphs (1)", "political opinion.", "(b)(3)(B) (h)"),
    Rule(
        "usc-8-1231",
        "Except as provided by subparagraphs (B) and (C)",
        "the United States.",
        "(b)(1)(B) (b)(1)(C) (b)(3)(A) (h)",
    ),
    # 8 U.S.C. § 1621
    Rule(
        "usc-8-1621",
        "Notwithstanding any other provision of law and",
        "subsection (c)).",
        "(b) (d)",
        "State or local public benefit",
    ),
    Rule("usc-8-1621", "(1) Except as provided in paragraphs", "government.", "(c)(2)(A) (c)(3)"),
    Rule(
        "usc-8-1621",
        "A State may provide",
        "such eligibility.",
        "",
        "State or local public benefit",
    ),
    # 8 U.S.C. § 1367
    Rule(
        "usc-8-1367",
        "(2) permit use by or disclosure",
        "exhausted.",
        "(b)(1) (b)(2) (b)(3) (b)(4) (b)(5) (b)(6) (b)(8)",
    ),
    Rule("usc-8-1367", "Anyone who willfully uses", "each such violation."),
    # 34 U.S.C. § 10152
    Rule("usc-34-10152", "Not more than 10 percent", "such grant."),
    # D.C. Code § 24-211.07, and the act and the text before it
    Rule("dc-code-24-211-07-perm", "(a) Absent a", "24-211.02a(c)(6);", "(e) (f)"),
    Rule("dc-code-24-211-07-perm", "(B) Provide to a", "criminal case information;", "(a)(4) (a)"),
    Rule(
        "dc-code-24-211-07-perm",
        "(A) The federal immigration agency presents",
        "for the interview; or",
        "(a) (e) (f)",
    ),
    Rule("dc-code-24-211-07-perm", "(b) The District shall not inquire", "custody.", "(f)"),
    Rule("dc-code-24-211-07-perm", "(f) Nothing in this section", "right of action."),
    Rule("dc-law-23-282", "(b) The District shall not inquire", "custody.", "(f)"),
    Rule("dc-law-23-282", "This act shall take effect", "Register."),
    Rule("dc-code-24-211-07-2012", "(iii) A crime in another", "whichever is later.", "(c)"),
    # New York City
    Rule(
        "nyc-local-law-2014-058",
        "2. Federal immigration authorities shall not",
        "civil immigration laws.",
        "(e)",
        "federal immigration authorities; department",
    ),
    Rule("nyc-local-law-2014-058", "5. “Judicial warrant” shall mean", "such warrant."),
    Rule("nyc-local-law-2014-058", "§5. Severability.", "shall have been rendered."),
    Rule(
        "nyc-local-law-2014-059",
        "may only honor a civil immigration detainer",
        "detainer is presented; and",
        "(b)(2) (b)(3) (c) (d) (e)",
        "civil immigration detainer; federal immigration authorities; judicial warrant",
    ),
    Rule(
        "nyc-local-law-2014-059",
        "c. No conferral of authority.",
        "enactment of this section.",
        "",
        "civil immigration detainer",
    ),
    Rule(
        "nyc-local-law-2017-228",
        "c. No city resources",
        "immigration enforcement.",
        "(e)",
        "city property; immigration enforcement",
    ),
    Rule(
        "nyc-local-law-2017-228",
        "b. No agency shall subject",
        "immigration enforcement.",
        "(e)",
        "immigration enforcement",
    ),
    Rule(
        "nyc-local-law-2017-226",
        "b. The department may only honor",
        "detainer is presented; and",
        "(c) (d) (e)",
        "department",
    ),
    # the definition is bracketed here and there, and words of an act that it deletes are not shown
    Rule(
        "nyc-local-law-2026-063",
        "b. No agency shall subject",
        "immigration enforcement.",
        "",
        "immigration enforcement",
    ),
    Rule(
        "nyc-local-law-2011-062",
        "1. The department shall not honor",
        "individual’s release.",
        "(b)(2) (b)(3) (c) (d) (e)",
        "civil immigration detainer; department; federal immigration authorities",
    ),
    Rule(
        "nyc-eo-2003-041",
        "Section 2. No City",
        "guardian; or",
        "(b) (c) (d) (e)",
        "confidential information",
    ),
    Rule("nyc-eo-2003-041", "Section 5. This Order", "immediately."),
    Rule("nyc-eo-2003-041", "a. Law enforcement officers", "alien.", "", "illegal activity"),
    Rule("nyc-eo-2003-034", "Section 4. Law Enforcement", "criminal activity.", "", "alien"),
    Rule("nyc-eo-1989-124", "b. Each agency shall designate", "reports.", "", "alien; line worker"),
    # Somerville
    Rule(
        "somerville-code-2-6",
        "(4) ICE detainers and administrative",
        "admitted to bail.",
        "(h)",
        "ICE administrative warrant; ICE detainer; ICE",
    ),
    Rule("somerville-code-2-6", "(8) ICE access to facilities.", "videoconference.", "(h)", "ICE"),
    Rule("somerville-code-2-6", "(a) Purpose. The purpose of this ordinance is", "entirety."),
    Rule("somerville-code-2-6", "(1) The Somerville Public Library", "branch libraries."),
    # the whole code of Somerville: chapters, articles and divisions with definitions of their own
    Rule(
        "somerville-code",
        "(b) Ban on government use of face surveillance.",
        "obtained from a face surveillance system.",
        "(c)(4)",
        "face surveillance; face surveillance system; Somerville official; Somerville",
    ),
    Rule(
        "somerville-code",
        "(b) Nepotism prohibited. Unless otherwise",
        "term of the elected official.",
        "(b)",
        "immediate family member; elected official; full-time position; city",
    ),
    Rule(
        "somerville-code",
        "No retail establishment shall provide a disposable",
        "point of sale.",
        "text",
        "disposable plastic shopping bag; retail establishment",
    ),
    Rule(
        "somerville-code",
        "(1) No food establishment shall dispense",
        "request of an individual.",
        "(a)(3) (b)(1) (b)(2) (b)(3) (b)(4)",
        "food establishment; plastic beverage straw; plastic stirrer; plastic cutlery;"
        "prepared food",
    ),
    Rule(
        "somerville-code",
        "(a) Every person owning, managing, or controlling any retail",
        "parking area.",
        "",
        "litter",
    ),
    Rule(
        "somerville-code",
        "Any person who violates a provision of this ordinance which is promul",
        "$1,000.00.",
        "text",
    ),
    Rule(
        "somerville-code",
        "(a) Beginning in calendar year 1999, every elected official",
        "with the commission.",
        "(a)",
        "elected official; commission",
    ),
    Rule(
        "somerville-code",
        "(1) Property owners: The chief of police",
        "subsections (d) and (e) herein.",
        "",
        "property owner; premises; gathering",
    ),
    Rule(
        "somerville-code",
        "(4) Any surveillance technology approved by default",
        "following annual report.",
        "(d) (f)",
        "surveillance technology",
    ),
    Rule(
        "somerville-code",
        "The purpose of this article is to provide for the regulation of surveillance",
        "residents",
    ),
    # states
    Rule(
        "iowa-code-27a",
        "A law enforcement agency in this state that",
        "federal agency.",
        "",
        "immigration detainer request",
    ),
    Rule(
        "iowa-code-27a",
        "1. A local entity shall not adopt",
        "immigration laws.",
        "",
        "local entity; immigration law; policy",
    ),
    Rule(
        "iowa-code-27a", "1. Except as provided by subsection 5", "chapter.", "(5)", "local entity"
    ),
    Rule("iowa-code-27a", "2. “Immigration law” means", "et seq."),
    Rule("iowa-code-27a", "6. A party shall not be entitled", "subsection 1."),
    Rule(
        "tenn-code-4-42",
        "No state governmental entity or official shall adopt",
        "no longer in effect.",
        "",
        "state governmental entity; sanctuary policy; official",
    ),
    Rule("tenn-code-4-42", "(b) The person filing the complaint", "has occurred."),
    Rule(
        "tenn-code-7-68",
        "No local governmental entity or official shall adopt",
        "no longer in effect.",
        "",
        "local governmental entity; sanctuary policy; official",
    ),
    Rule("nc-gen-stat-162-62", "(a) When any person charged", "or both.", "(c)"),
    Rule("nc-gen-stat-153a-145-5", "(a) No county may", "permitted by federal law."),
    Rule("miss-code-25-1-119", "(2) Any policy", "force or effect."),
    Rule("ga-code-42-4-14", "(c) When any foreign national", "not expired.", "(d)"),
    Rule("ga-code-42-4-14", "(e) The Georgia Sheriffs", "this Code section."),
    Rule("va-code-53-1-220-2", "The Director, sheriff", "otherwise have been released."),
    Rule(
        "dc-law-24-257",
        "(b) Recoverable damages under this section",
        "another jurisdiction; and",
        "(c) (d)",
    ),
    Rule("nyc-eo-2008-120", "§ 3. Agency language access policies", "Adult Education."),
    Rule(
        "nyc-local-law-2025-056",
        "e. Upon publication of any proposed",
        "to the commissioner.",
        "",
        "surveillance technology impact and use policy",
    ),
    # executive orders
    Rule("eo-13768", "(a) In furtherance of this policy, the Attorney", "Secretary.", "(a)"),
    Rule(
        "eo-13767",
        "(a) In accordance with existing law, including",
        "border;",
        "(a)",
        "southern border; wall; operational control",
    ),
    Rule("eo-14287", "(a) With respect to sanctuary", "as appropriate.", "(a)"),
    Rule("eo-14218", "(c) Agencies shall refer any", "appropriate action.", "(a)"),
]


@pytest.fixture(scope="module")
def law(corpus_dir: Path) -> Laws:
    entries = {entry.id: entry for entry in load_catalogue(CATALOGUE)}
    read_before: dict[str, Document] = {}

    def held(name: str) -> Document:
        if name not in read_before:
            path = corpus_dir / "corpus" / entries[name].source
            reading = read(path.read_bytes(), path.suffix, Limits())
            sections = outline(entries[name].kind, reading)
            read_before[name] = Document(
                entries[name], reading.text, name, reading.pages, sections, reading.marks
            )
        return read_before[name]

    return held


def quoted(document: Document, rule: Rule) -> Span:
    start = document.text.index(rule.first)
    return Span(start, document.text.index(rule.last, start) + len(rule.last))


def companions(document: Document, rule: Rule) -> list[Found]:
    return companions_of(document, quoted(document, rule), (), lambda stem: 1.0)


def clause(document: Document, span: Span) -> str:
    """The labels of the clauses that a stretch stands in: "(g)(9)"."""
    layout = Layout(document)
    return "".join(layout.section(one).label for one in layout.clauses(span.start)) or "text"


def named(document: Document, found: list[Found]) -> set[str]:
    """Exceptions by their clauses, definitions by their terms."""
    return {one.term.lower() or clause(document, one.span) for one in found}


def expected(rule: Rule) -> set[str]:
    terms = {term.strip().lower() for term in rule.terms.split(";") if term}
    return set(rule.limits.split()) | terms | {f"{term}s" for term in terms}


def test_there_are_rules_enough_with_and_without_companions() -> None:
    alone = [rule for rule in RULES if not rule.limits and not rule.terms]
    assert len(RULES) >= 52
    assert len(alone) >= 12


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.law}: {rule.first[:30]}")
def test_no_companion_is_wrong(law: Laws, rule: Rule) -> None:
    document = law(rule.law)
    assert named(document, companions(document, rule)) <= expected(rule)


def test_precision_comes_first_and_few_are_missed(law: Laws) -> None:
    shown = right = wanted = 0
    for rule in RULES:
        document = law(rule.law)
        found = companions(document, rule)
        shown += len(found)
        right += sum(bool(named(document, [one]) & expected(rule)) for one in found)
        wanted += min(len(rule.limits.split()), MOST_EXCEPTIONS)
        wanted += min(len(rule.terms.split(";")) if rule.terms else 0, MOST_DEFINITIONS)
    print(f"precision {right}/{shown} = {right / shown:.3f}")
    print(f"recall {right}/{wanted} = {right / wanted:.3f}")
    assert right / shown >= 0.97
    assert right / wanted >= 0.85


def test_what_a_later_act_rewrote_is_no_companion(law: Laws) -> None:
    act, later = law("nyc-local-law-2014-059"), law("nyc-local-law-2026-063")
    rule = next(r for r in RULES if r.first.startswith("may only honor a civil"))

    def shown(*acts: Document) -> set[str]:
        found = companions_of(act, quoted(act, rule), (), lambda stem: 1.0, acts)
        return named(act, found)

    rewritten = {"(d)", "federal immigration authorities"}
    assert rewritten <= shown()
    assert not rewritten & shown(later)
    assert "judicial warrant" in shown(later)
