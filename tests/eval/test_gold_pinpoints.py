"""Gold places and the program's: how they are compared, and how many of the real ones agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.opinions import rulings
from eval.pinpoints import TARGET, Verdict, accuracy, judge, load_gold, report, verdict
from pincite.citing.acts import Change
from pincite.citing.pinpoints import Pin, pin
from pincite.citing.printing import printed
from pincite.types import Document, Locator, Span

JUDGED: list[tuple[str, Pin, Verdict]] = [
    ("§ 1373(a)", Pin("§ 1373(a)"), "equal"),
    ("§ 3(a)", Pin("Sec. 3(a)"), "equal"),
    ("§ IV(E)", Pin("§ IV.E"), "equal"),
    ("§ 9-131(b)", Pin("§ 1 (adding § 9-131(b))", change=Change("adding", "§ 9-131(b)")), "equal"),
    ("§ 3 (sec. 7(a))", Pin("Sec. 3 (amending Sec. 7(a))"), "equal"),
    ("§ 2 (para. (8A)(A))", Pin("Sec. 2 (amending § 206(8A)(A))",
                                change=Change("amending", "§ 206(8A)(A)")), "equal"),
    ("§ 4, Amendments note", Pin("§ 4 note, Amendments"), "equal"),
    ("§ 1373(a)", Pin("§ 1373(a)(1)"), "inside"),
    ("syllabus", Pin("syllabus at 4"), "inside"),
    ("Part IV-B", Pin("slip op. at 55", Locator(path=("IV", "IV.B"))), "inside"),
    ("Part IV-B", Pin("slip op. at 55", Locator(path=("IV", "IV.A"))), "wrong"),
    ("§ 1373(a)", Pin("§ 1373"), "wide"),
    ("§ 1373(a)", Pin("§ 1373(b)"), "wrong"),
    ("§ 13", Pin("§ 137"), "wrong"),
    ("at 918", Pin("¶ 23"), "unpaged"),
    ("at 918", Pin("at 919", pages="919"), "wrong"),
    ("", Pin("para. 4"), "unlabelled"),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "found", "expected"), JUDGED)
def test_a_place_is_judged(gold: str, found: Pin, expected: Verdict) -> None:
    assert verdict(gold, found) == expected


# Document, its words, the printed citation.
PRINTED = [
    ("usc-8-1373", "entity or official may not prohibit", "8 U.S.C. § 1373(a)"),
    ("usc-8-1357", "to communicate with the Attorney General regarding the immigration status",
     "8 U.S.C. § 1357(g)(10)(A)"),
    ("usc-34-10152", "Not more than 10 percent of a grant", "34 U.S.C. § 10152(e)"),
    ("va-code-53-1-220-2", "does not obligate or authorize local law-enforcement",
     "Va. Code Ann. § 53.1-220.2 note (Opinions of the Attorney General)"),
    ("tenn-code-7-68", "is ineligible to enter into any grant contract",
     "Tenn. Code Ann. § 7-68-103"),
    ("nc-gen-stat-162-62", "shall be construed to deny bond", "N.C. Gen. Stat. § 162-62(c)"),
    ("miss-code-25-1-119", "limits or prohibits any person from communicating",
     "Miss. Code Ann. § 25-1-119(1)(a)"),
    ("iowa-code-27a", "Victim of or witness to a crime", "Iowa Code § 27A.7"),
    ("dc-code-24-211-07", "The District shall not inquire", "D.C. Code § 24-211.07(b)"),
    ("dc-law-23-282", "Hold an individual in the District's custody after",
     "D.C. Law 23-282, § 3, amending D.C. Code § 24-211.07(a)(1)"),
    ("dc-law-24-257", "then the Clerk shall not issue",
     "D.C. Law 24-257, § 201(b)(3), adding D.C. Code § 13-443(d)"),
    ("dc-law-21-275", "Within the previous 10 years",
     "D.C. Law 21-275, § 2, amending D.C. Code § 38-1202.06(8A)(A)"),
    ("nyc-local-law-2014-058", "shall mean a warrant based on probable cause",
     "N.Y.C. Local Law No. 58 (2014) § 1, amending Admin. Code § 9-131(a)(5)"),
    ("nyc-local-law-2011-062", "is identified as a known gang member",
     "N.Y.C. Local Law No. 62 (2011) § 1, adding Admin. Code § 9-131(b)(2)(i)(D)"),
    ("nyc-int-1092-2018", "The city shall not provide a good or goods",
     "N.Y.C. Council Int. 1092-2018 § 1 (proposed Admin. Code § 6-143)"),
    ("nyc-res-0836-2025", "authorizes the Speaker (i) to commence",
     "N.Y.C. Council Res. 0836-2025, resolved cl. 1"),
    ("somerville-code-2-6", "may not inquire about the immigration status of any victim",
     "Somerville, Mass., Code of Ordinances § 2-6(e)(2)"),
    ("eo-13768", "are not eligible to receive Federal grants",
     "Exec. Order No. 13,768, § 9(a), 82 Fed. Reg. 8799 (Jan. 25, 2017)"),
    ("eo-14287", "shall identify appropriate Federal funds",
     "Exec. Order No. 14,287, § 3(a), 90 Fed. Reg. 18761, 18762 (Apr. 28, 2025)"),
    ("nyc-eo-2003-041", "is suspected by such officer or employee",
     "N.Y.C. Exec. Order No. 41, § 2(e)(i) (Sept. 17, 2003)"),
    ("nyc-eo-2003-041", '"Illegal activity" means unlawful activity',
     "N.Y.C. Exec. Order No. 41, § 3 (Sept. 17, 2003), amending Exec. Order No. 34, § 2(d)"),
    ("nyc-eo-2003-034", "immigration status is relevant to the determination",
     "N.Y.C. Exec. Order No. 34, § 3(a)(1) (May 13, 2003)"),
    ("printz-v-united-states", "There is not a clause, sentence, or paragraph",
     "Printz v. United States, 521 U.S. 898 (1997), pt. I, ¶ 74 (Stevens, J., dissenting)"),
    ("arizona-v-united-states", "Congress has made clear that no formal agreement",
     "Arizona v. United States, 567 U.S. 387 (2012), slip op. at 20"),
    ("nfib-v-sebelius", "What Congress is not free to do is to penalize",
     "Nat'l Fed'n of Indep. Bus. v. Sebelius, 567 U.S. 519 (2012), slip op. at 55"
     " (plurality opinion)"),
    ("arizona-oral-argument", "you're in a queue for 60 minutes",
     "Transcript of Oral Argument at 67, Arizona v. United States, 567 U.S. 387 (2012)"
     " (No. 11-182)"),
    ("287g-hardee-county-sheriff", "The LEA will cover the costs of all LEA personnel",
     "287(g) Memorandum of Agreement between ICE and Hardee County Sheriff's Office, § IV.E"
     " (Feb. 26, 2025)"),
    ("287g-york-county-sheriff", "ICE reserves the right to conduct an internal review",
     "287(g) Memorandum of Agreement between ICE and York County Sheriff's Office, Addendum"
     " (June 9, 2020)"),
    ("news-sanctuary-cities-join-forces", "NEW YORK — Several cities",
     "'We Cannot Hide': Sanctuary Cities Join Forces in First Meeting of Its Kind, NBC Latino,"
     " para. 3"),
]  # fmt: skip


@pytest.fixture(scope="module")
def held(corpus_dir: Path) -> dict[str, Document]:
    wanted = {one.document_id for one in load_gold()} | {row[0] for row in PRINTED}
    return {document.entry.id: document for document in rulings(corpus_dir, sorted(wanted))}


@pytest.mark.corpus
@pytest.mark.parametrize(("document_id", "words", "citation"), PRINTED)
def test_a_quote_of_a_real_text_is_cited_as_a_lawyer_cites_it(
    held: dict[str, Document], document_id: str, words: str, citation: str
) -> None:
    document = held[document_id]
    start = document.text.index(words)
    place = pin(document, Span(start, start + len(words)))
    assert printed(document.entry, place) == citation


@pytest.mark.corpus
def test_the_places_of_the_benchmark_are_found(held: dict[str, Document]) -> None:
    judged = [judge(gold, held[gold.document_id]) for gold in load_gold()]
    share, compared = accuracy(judged)
    assert compared > 150
    assert share >= TARGET, report(judged)
