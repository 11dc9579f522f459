"""Citations print as The Bluebook has them: golden forms, by kind, each with its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.citing.acts import Change
from pincite.citing.pinpoints import Pin
from pincite.citing.printing import FORMS, printed
from pincite.kinds import Kind
from pincite.types import Entry, Locator, Status


def entry(kind: Kind, citation: str | None, **known: object) -> Entry:
    blank = Entry("x", kind, "Title", "folder/x.md", citation=citation)
    return replace(blank, **known)  # type: ignore[arg-type]


# Rule, kind, citation, place, printed.
CODES = [
    ("12.3", "8 U.S.C. § 1373", "§ 1373(a)", "8 U.S.C. § 1373(a)"),
    ("12.3", "8 U.S.C. § 1373", "", "8 U.S.C. § 1373"),
    ("12.3", "8 U.S.C.", "§ 1357(g)(10)(B)", "8 U.S.C. § 1357(g)(10)(B)"),
    ("3.3(c)", "8 U.S.C. § 1373", "§ 1373(a)–(b)", "8 U.S.C. § 1373(a)–(b)"),
    ("3.3(c)", "34 U.S.C. § 10102", "§ 10102(a)(5)–(b)", "34 U.S.C. § 10102(a)(5)–(b)"),
    ("3.3(b)", "8 U.S.C.", "§§ 1371–1373", "8 U.S.C. §§ 1371–1373"),
    ("3.3(b)", "Tenn. Code Ann. §§ 7-68-101 to -105", "§§ 7-68-103 to -105",
     "Tenn. Code Ann. §§ 7-68-103 to -105"),
    ("12.9.4", "8 U.S.C. § 1373", "§ 1373 note", "8 U.S.C. § 1373 note"),
    ("12.9.4", "N.C. Gen. Stat. § 162-62", "§ 162-62 note, Effect of Amendments",
     "N.C. Gen. Stat. § 162-62 note (Effect of Amendments)"),
    ("14.2", "8 C.F.R. pt. 287", "§ 287.7(d)", "8 C.F.R. § 287.7(d)"),
    ("14.2", "8 C.F.R.", "§ 287.7(d)", "8 C.F.R. § 287.7(d)"),
    ("T1 Va.", "Va. Code Ann. § 53.1-220.2", "§ 53.1-220.2(A)", "Va. Code Ann. § 53.1-220.2(A)"),
    ("T1 Tenn.", "Tenn. Code Ann. §§ 7-68-101 to -105", "§ 7-68-103(a)",
     "Tenn. Code Ann. § 7-68-103(a)"),
    ("T1 N.C.", "N.C. Gen. Stat. § 153A-145.5", "§ 153A-145.5(b)",
     "N.C. Gen. Stat. § 153A-145.5(b)"),
    ("T1 Iowa", "Iowa Code ch. 27A", "§ 27A.4(1)", "Iowa Code § 27A.4(1)"),
    ("T1 Tex.", "Tex. Gov't Code Ann. ch. 752", "§ 752.053(a)(1)",
     "Tex. Gov't Code Ann. § 752.053(a)(1)"),
    ("T1 Ga.", "Ga. Code Ann. § 42-4-14", "§ 42-4-14(c)", "Ga. Code Ann. § 42-4-14(c)"),
    ("T1 Fla.", "Fla. Stat. ch. 908", "§ 908.103", "Fla. Stat. § 908.103"),
    ("T1 Fla.", "Fla. Stat. § 908.104 (2024)", "§ 908.104(4)", "Fla. Stat. § 908.104(4) (2024)"),
    ("T1 Miss.", "Miss. Code Ann. § 25-1-119", "§ 25-1-119(1)(a)",
     "Miss. Code Ann. § 25-1-119(1)(a)"),
    ("T1 Ill.", "5 Ill. Comp. Stat. 805/15", "§ 15(a)", "5 Ill. Comp. Stat. 805/15(a)"),
    ("T1 Cal.", "Cal. Gov't Code § 7284.6", "§ 7284.6(a)(1)(C)",
     "Cal. Gov't Code § 7284.6(a)(1)(C)"),
    ("T1 D.C.", "D.C. Code § 24-211.07", "§ 24-211.07(b)", "D.C. Code § 24-211.07(b)"),
    ("12.9.2", "N.Y.C. Admin. Code § 9-131", "§ 9-131(b)(1)", "N.Y.C. Admin. Code § 9-131(b)(1)"),
    ("12.9.2", "N.Y.C. Admin. Code", "§ 9-131(b)(1)", "N.Y.C. Admin. Code § 9-131(b)(1)"),
    ("12.9.2", "Chi., Ill., Mun. Code ch. 2-173", "§ 2-173-020(a)",
     "Chi., Ill., Mun. Code § 2-173-020(a)"),
    ("12.9.2", "S.F., Cal., Admin. Code ch. 12H", "§ 12H.2", "S.F., Cal., Admin. Code § 12H.2"),
    ("12.9.2", "Seattle, Wash., Mun. Code", "§ 4.18.015(A)",
     "Seattle, Wash., Mun. Code § 4.18.015(A)"),
    ("12.9.2", "Somerville, Mass., Code of Ordinances", "Sec. 2-6(e)",
     "Somerville, Mass., Code of Ordinances § 2-6(e)"),
    ("12.9.2", "Somerville, Mass., Code of Ordinances", "Part I, Sec. 2-5(d)",
     "Somerville, Mass., Code of Ordinances pt. I, § 2-5(d)"),
    ("3.4", "Somerville, Mass., Code of Ordinances", "App. B, Rule 25(1)",
     "Somerville, Mass., Code of Ordinances app. B, Rule 25(1)"),
    ("3.4", "Somerville, Mass., Code of Ordinances", "Schedule D",
     "Somerville, Mass., Code of Ordinances sched. D"),
    ("12.3", "Alder Code ch. 12.40 (2023)", "§ 12.40.040(a)", "Alder Code § 12.40.040(a) (2023)"),
    ("12.3", "Alder Code ch. 12.40 (2023)", "Ch. 12.40", "Alder Code ch. 12.40 (2023)"),
    # what does not lie in the cited chapter, range or code is never joined to it
    ("12.3", "Alder Code ch. 12.40 (2023)", "§ 12.41.040",
     "Alder Code ch. 12.40 (2023), § 12.41.040"),
    ("12.3", "Alder Code ch. 12.4 (2023)", "§ 12.40.040",
     "Alder Code ch. 12.4 (2023), § 12.40.040"),
    ("12.3", "Alder Code ch. 9-60", "Ch. 60", "Alder Code ch. 9-60"),
    ("12.3", "Tenn. Code Ann. §§ 7-68-101 to -105", "§ 7-68-106",
     "Tenn. Code Ann. §§ 7-68-101 to -105, § 7-68-106"),
    ("12.3", "9 A.F.C. §§ 214, 215, 219", "§ 215(c)", "9 A.F.C. § 215(c)"),
    ("12.3", "9 A.F.C. §§ 214, 215, 219", "§ 216", "9 A.F.C. §§ 214, 215, 219, § 216"),
    ("12.3", "Alder Code §§ 8-1901 to 8-1907", "Sec. 8-1905(a)–(c)", "Alder Code § 8-1905(a)–(c)"),
    # a file of one section that goes on with the next
    ("12.9.2", "Alder Code § 2-6", "Sec. 2-8(a)", "Alder Code § 2-8(a)"),
    ("12.3", "8 U.S.C. § 1373", "§ 2", "8 U.S.C. § 1373, § 2"),
    # an act's own second section is none of the code's
    ("12.3", "Alder Code", "Sec. 2", "Alder Code, § 2"),
]  # fmt: skip

CONSTITUTIONS = [
    ("11", "U.S. Const.", "Art. I, § 8(3)", "U.S. Const. art. I, § 8, cl. 3"),
    ("11", "U.S. Const.", "Amend. XIV, § 1", "U.S. Const. amend. XIV, § 1"),
    ("11", "U.S. Const.", "Amend. X", "U.S. Const. amend. X"),
    ("11", "U.S. Const.", "pmbl., para. 1", "U.S. Const. pmbl."),
    ("11", "N.Y. Const.", "Art. IX, § 2(c)", "N.Y. Const. art. IX, § 2(c)"),
]

ORDERS = [
    ("14.2", "Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)", "Sec. 9(a)", "",
     "Exec. Order No. 13,768, § 9(a), 82 Fed. Reg. 8799 (Jan. 25, 2017)"),
    ("14.2", "Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)", "Sec. 9(a)", "8801",
     "Exec. Order No. 13,768, § 9(a), 82 Fed. Reg. 8799, 8801 (Jan. 25, 2017)"),
    ("3.2(a)", "Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)", "at 8799", "8799",
     "Exec. Order No. 13,768, 82 Fed. Reg. 8799, 8799 (Jan. 25, 2017)"),
    ("3.2(a)", "Exec. Order No. 14,159, 90 Fed. Reg. 8443 (Jan. 20, 2025)", "§§ 2–4", "8443–44",
     "Exec. Order No. 14,159, §§ 2–4, 90 Fed. Reg. 8443, 8443–44 (Jan. 20, 2025)"),
    ("14.2", "Exec. Order No. 12,291, 3 C.F.R. 127 (1981)", "§ 2(b)", "",
     "Exec. Order No. 12,291, § 2(b), 3 C.F.R. 127 (1981)"),
    ("14.2", "N.Y.C. Exec. Order No. 41 (Sept. 17, 2003)", "Sec. 2(e)(i)", "",
     "N.Y.C. Exec. Order No. 41, § 2(e)(i) (Sept. 17, 2003)"),
    ("14.2", "N.Y.C. Exec. Order No. 60 (Dec. 2, 2025)", "pmbl., para. 16", "",
     "N.Y.C. Exec. Order No. 60, pmbl., para. 16 (Dec. 2, 2025)"),
    ("14.2", "Port Alder Exec. Order 2019-04", "§ 2", "", "Port Alder Exec. Order 2019-04, § 2"),
]  # fmt: skip

AMENDING = Change("amending", "§ 9-131(a)", "Admin. Code § 9-131(a)")
PROPOSED = Change("proposed", "§ 6-143", "Admin. Code § 6-143")
ACTS = [
    ("12.4", Kind.AMENDING_ACT, "N.Y.C. Local Law No. 58 of 2014", "§ 1", AMENDING,
     "N.Y.C. Local Law No. 58 (2014) § 1, amending Admin. Code § 9-131(a)"),
    ("12.4", Kind.AMENDING_ACT, "N.Y.C. Local Law No. 58 of 2014", "§ 5", None,
     "N.Y.C. Local Law No. 58 (2014) § 5"),
    ("12.4", Kind.AMENDING_ACT, "N.Y.C. Local Law No. 58 of 2014", "", None,
     "N.Y.C. Local Law No. 58 (2014)"),
    ("12.4", Kind.AMENDING_ACT, "D.C. Law 23-282", "Sec. 3",
     Change("amending", "Sec. 7(b)", "D.C. Code § 24-211.07(b)"),
     "D.C. Law 23-282, § 3, amending D.C. Code § 24-211.07(b)"),
    ("12.4", Kind.AMENDING_ACT, "Port Alder Ord. 2022-31 (2022)", "Sec. 3",
     Change("adding", "§ 12.40.055(b)"),
     "Port Alder Ord. 2022-31, § 3 (2022), adding § 12.40.055(b)"),
    ("12.4", Kind.AMENDING_ACT, "Pub. L. No. 119-1 (2025)", "Sec. 2", Change("", "§ 236(c)"),
     "Pub. L. No. 119-1, § 2 (2025) (setting out § 236(c))"),
    ("13.2", Kind.BILL, "N.Y.C. Council Int. 1092-2018", "§ 1", PROPOSED,
     "N.Y.C. Council Int. 1092-2018 § 1 (proposed Admin. Code § 6-143)"),
    ("13.2", Kind.BILL, "H.R. 29, 119th Cong. (2025)", "Sec. 2(a)", None,
     "H.R. 29, 119th Cong. § 2(a) (2025)"),
    ("13.2", Kind.BILL, "H.B. 77 (Marenga 2023) (not enacted)", "Sec. 2", None,
     "H.B. 77 § 2 (Marenga 2023) (not enacted)"),
    ("13.3", Kind.RESOLUTION, "N.Y.C. Council Res. 0836-2025", "Whereas cl. 16", None,
     "N.Y.C. Council Res. 0836-2025, whereas cl. 16"),
    ("13.3", Kind.RESOLUTION, "Halvorsen Res. 2022-14", "(2)", None,
     "Halvorsen Res. 2022-14, cl. 2"),
    ("13.3", Kind.RESOLUTION, "Halvorsen Res. 2022-14", "(1)–(2)", None,
     "Halvorsen Res. 2022-14, cls. (1)–(2)"),
]  # fmt: skip

PRINTZ = "Printz v. United States, 521 U.S. 898 (1997)"
NFIB = "Nat'l Fed'n of Indep. Bus. v. Sebelius, 567 U.S. 519 (2012)"
RULINGS = [
    ("3.2(a)", PRINTZ, "at 935", Locator(part="majority"),
     "Printz v. United States, 521 U.S. 898, 935 (1997)"),
    ("3.2(a)", PRINTZ, "at 935–936", Locator(),
     "Printz v. United States, 521 U.S. 898, 935–36 (1997)"),
    ("3.2(b)", PRINTZ, "at 935 n.11", Locator(),
     "Printz v. United States, 521 U.S. 898, 935 n.11 (1997)"),
    ("10.6.1", PRINTZ, "at 944",
     Locator(part="dissent", author="Stevens, J.", headings=("Justice STEVENS, dissenting.",)),
     "Printz v. United States, 521 U.S. 898, 944 (1997) (Stevens, J., dissenting)"),
    ("10.6.1", PRINTZ, "at 936", Locator(part="concurrence", author="O'Connor, J."),
     "Printz v. United States, 521 U.S. 898, 936 (1997) (O'Connor, J., concurring)"),
    ("10.6.1", NFIB, "at 575", Locator(part="plurality", author="Roberts, C. J."),
     "Nat'l Fed'n of Indep. Bus. v. Sebelius, 567 U.S. 519, 575 (2012) (plurality opinion)"),
    ("10.6.1", NFIB, "at 548", Locator(part="in_part", author="Roberts, C. J.", headings=("I",)),
     "Nat'l Fed'n of Indep. Bus. v. Sebelius, 567 U.S. 519, 548 (2012) (opinion of Roberts, C.J.)"),
    ("10.6.1", NFIB, "at 590", Locator(part="in_part", author="Ginsburg, J.", headings=(
        "JUSTICE GINSBURG, concurring in part, concurring in the judgment in part, and dissenting"
        " in part.",)),
     "Nat'l Fed'n of Indep. Bus. v. Sebelius, 567 U.S. 519, 590 (2012) (Ginsburg, J., concurring in"
     " part, concurring in the judgment in part, and dissenting in part)"),
    ("10.6.1", "Crosby v. Nat'l Foreign Trade Council, 530 U.S. 363 (2000)", "at 388",
     Locator(part="concurrence", author="Scalia, J.", headings=("Scalia, concurring in judgment",)),
     "Crosby v. Nat'l Foreign Trade Council, 530 U.S. 363, 388 (2000)"
     " (Scalia, J., concurring in the judgment)"),
    ("10.6.1", "Youngstown Sheet & Tube Co. v. Sawyer, 343 U.S. 579 (1952)", "at 637",
     Locator(part="concurrence", author="Jackson, J.", headings=(
         "Mr. Justice JACKSON, concurring in the judgment and opinion of the Court.",)),
     "Youngstown Sheet & Tube Co. v. Sawyer, 343 U.S. 579, 637 (1952) (Jackson, J., concurring)"),
    ("6.1(a)", "Youngstown Sheet & Tube Co. v. Sawyer, 343 U.S. 579 (1952)", "at 667",
     Locator(part="dissent", author="Vinson, C. J."),
     "Youngstown Sheet & Tube Co. v. Sawyer, 343 U.S. 579, 667 (1952) (Vinson, C.J., dissenting)"),
    # a copy without the reporter's pages: no page is invented
    ("10.8.1", "Arizona v. United States, 567 U.S. 387 (2012)", "slip op. at 20–21", Locator(),
     "Arizona v. United States, 567 U.S. 387 (2012), slip op. at 20–21"),
    ("3.3", PRINTZ, "Part III.B, ¶ 23", Locator(),
     "Printz v. United States, 521 U.S. 898 (1997), pt. III.B, ¶ 23"),
    ("10.6.1", PRINTZ, "syllabus, para. 4", Locator(part="syllabus"),
     "Printz v. United States, 521 U.S. 898 (1997) (syllabus, para. 4)"),
    ("10.8.1", "Dellarosa v. Brackwater, No. 19-0482 (D. Mar. July 23, 2020)", "slip op. at 3",
     Locator(), "Dellarosa v. Brackwater, No. 19-0482 (D. Mar. July 23, 2020), slip op. at 3"),
]  # fmt: skip

DAY = date(2022, 3, 14)
PAPERS = [
    ("17.2.3", entry(Kind.DOJ_MEMO, "Memorandum, Office of Legal Advice (Mar. 14, 2022)"), "p. 4",
     "Memorandum, Office of Legal Advice, at 4 (Mar. 14, 2022)"),
    ("17.2.3", entry(Kind.DOJ_MEMO, None, issuer="Office of Legal Advice", issued=DAY),
     "Part II.B", "Memorandum from Office of Legal Advice, Title, pt. II.B (Mar. 14, 2022)"),
    ("21.4", entry(Kind.AGREEMENT, "MOA between ICE and York County (June 9, 2020)"), "§ IV.C",
     "MOA between ICE and York County, § IV.C (June 9, 2020)"),
    ("21.4", entry(Kind.AGREEMENT, "MOA between ICE and York County (June 9, 2020)"), "App. B, 3.B",
     "MOA between ICE and York County, app. B, § 3.B (June 9, 2020)"),
    ("21.4", entry(Kind.AGREEMENT, None, title="Memorandum", parties=("A", "B", "C"), issued=DAY),
     "§ IV", "Memorandum between A, B, and C, § IV (Mar. 14, 2022)"),
    ("17.5", entry(Kind.FACT_SHEET, None, issuer="The White House", issued=DAY), "para. 4",
     "The White House, Title, para. 4 (Mar. 14, 2022)"),
    ("16.6", entry(Kind.OP_ED, "Grant Sewell, Holds, Register (Jan. 29, 2023)"), "para. 2",
     "Grant Sewell, Holds, Register (Jan. 29, 2023), para. 2"),
    ("16.6", entry(Kind.OP_ED, None, issuer="Denver For All"), "para. 2",
     "Denver For All, Title, para. 2"),
    ("16.6", entry(Kind.NEWS, None, issuer="NBC Latino", issued=date(2017, 9, 5)), "para. 12",
     "Title, NBC Latino (Sept. 5, 2017), para. 12"),
    ("10.8.3", entry(Kind.TRANSCRIPT, "Transcript of Oral Argument, A v. B (No. 11-182)"),
     "tr. at 67–68", "Transcript of Oral Argument at 67–68, A v. B (No. 11-182)"),
    ("17", entry(Kind.OTHER, None, issued=DAY), "para. 2", "Title (Mar. 14, 2022), para. 2"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "citation", "place", "form"), CODES)
def test_a_section_of_a_code(rule: str, citation: str, place: str, form: str) -> None:
    for kind in (Kind.STATUTE, Kind.ORDINANCE):
        assert printed(entry(kind, citation), Pin(place)) == form, rule


@pytest.mark.parametrize(("rule", "citation", "place", "form"), CONSTITUTIONS)
def test_a_clause_of_a_constitution(rule: str, citation: str, place: str, form: str) -> None:
    assert printed(entry(Kind.CONSTITUTION, citation), Pin(place)) == form, rule


@pytest.mark.parametrize(("rule", "citation", "place", "pages", "form"), ORDERS)
def test_a_section_of_an_order(rule: str, citation: str, place: str, pages: str, form: str) -> None:
    found = printed(entry(Kind.EXECUTIVE_ORDER, citation), Pin(place, pages=pages))
    assert found == form, rule


@pytest.mark.parametrize(("rule", "kind", "citation", "unit", "change", "form"), ACTS)
def test_text_held_only_in_an_act_is_cited_as_that_act(
    rule: str, kind: Kind, citation: str, unit: str, change: Change | None, form: str
) -> None:
    place = f"{unit} ({change})" if change else unit
    assert printed(entry(kind, citation), Pin(place, change=change)) == form, rule


@pytest.mark.parametrize(("rule", "citation", "place", "where", "form"), RULINGS)
def test_a_page_of_a_ruling_and_whose_words_they_are(
    rule: str, citation: str, place: str, where: Locator, form: str
) -> None:
    assert printed(entry(Kind.COURT_RULING, citation), Pin(place, where)) == form, rule


@pytest.mark.parametrize(("rule", "paper", "place", "form"), PAPERS)
def test_what_is_no_law_is_cited_with_author_and_date(
    rule: str, paper: Entry, place: str, form: str
) -> None:
    assert printed(paper, Pin(place)) == form, rule


def test_a_byline_of_the_text_is_the_author() -> None:
    memo = entry(Kind.DOJ_MEMO, None, issuer="Office of Grants")
    assert printed(memo, Pin("p. 2", author="Jane Roe")) == "Memorandum from Jane Roe, Title, at 2"
    news = entry(Kind.NEWS, None, issuer="Alder Harbor News")
    assert printed(news, Pin(author="Jane Roe")) == "Jane Roe, Title, Alder Harbor News"


@pytest.mark.parametrize(
    ("status", "form"),
    [
        ("in_force", "D.C. Code § 24-211.07(a)"),
        ("superseded", "D.C. Code § 24-211.07(a) (2012) (superseded 2021)"),
        ("repealed", "D.C. Code § 24-211.07(a) (2012) (repealed 2021)"),
    ],
)
def test_an_ended_edition_of_a_code_is_told_from_todays(status: Status, form: str) -> None:
    old = entry(
        Kind.STATUTE,
        "D.C. Code § 24-211.07",
        effective=date(2012, 12, 11),
        expires=date(2021, 4, 27),
    )
    assert printed(old, Pin("§ 24-211.07(a)"), status) == form


def test_without_a_citation_title_and_date_are_printed() -> None:
    for kind in Kind:
        assert printed(entry(kind, None)) in ("Title", "Memorandum, Title", "between, Title")
        dated = printed(entry(kind, None, issued=DAY))
        assert dated == ("Title" if kind is Kind.CONSTITUTION else "Title (Mar. 14, 2022)")


def test_every_kind_has_a_form() -> None:
    assert set(FORMS) == set(Kind)


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\n\r\u2028\u202e\u2066\u200b\x00()§,")), max_size=60
)
WORDS = st.one_of(HOSTILE, st.just("x" * 10_000), st.just("word " * 2_000), st.just("(" * 9_000))
PLACES = st.sampled_from(
    [
        "",
        "§ 4(a)",
        "Sec. 3 (amending § 4)",
        "at 935 n.11",
        "App. B, 3",
        "(1)–(2)",
        "para. 4",
        "p. 4",
    ]
)
STATUSES: list[Status] = ["in_force", "superseded", "repealed", "unknown"]


@given(
    kind=st.sampled_from(Kind),
    title=WORDS,
    citation=st.none() | WORDS,
    issuer=st.none() | WORDS,
    parties=st.lists(WORDS, max_size=3).map(tuple),
    issued=st.none() | st.dates(),
    expires=st.none() | st.dates(),
    place=PLACES | HOSTILE,
    author=HOSTILE,
    status=st.sampled_from(STATUSES),
)
def test_hostile_words_print_inertly_and_bounded(
    kind: Kind,
    title: str,
    citation: str | None,
    issuer: str | None,
    parties: tuple[str, ...],
    issued: date | None,
    expires: date | None,
    place: str,
    author: str,
    status: Status,
) -> None:
    known = {"title": title, "issuer": issuer, "parties": parties, "issued": issued}
    where = Locator(part="dissent", author=author, headings=(author,))
    hostile = entry(kind, citation, expires=expires, **known)
    line = printed(hostile, Pin(place, where, author=author), status)
    assert line.isprintable()
    assert line == line.strip() != ""
    assert len(line) <= 1_200
    assert "None" not in line or "None" in f"{title}{citation}{issuer}{author}{parties}"


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_unknown_leaves_a_mark(kind: Kind) -> None:
    for place in ("", "§ 4(a)", "para. 2", "p. 2"):
        line = printed(entry(kind, None), Pin(place))
        assert "None" not in line
        assert "()" not in line
        assert ", ," not in line
        assert not line.endswith((",", "("))


def test_a_thousand_citations_are_printed_at_once() -> None:
    known = [entry(kind, "8 U.S.C. § 1373") for kind in Kind]
    known += [entry(Kind.COURT_RULING, PRINTZ), entry(Kind.EXECUTIVE_ORDER, ORDERS[0][1])]
    pin = Pin("§ 1373(a)", Locator(part="dissent", author="Stevens, J."))
    started = process_time()
    for n in range(1_000):
        printed(known[n % len(known)], pin)
    assert process_time() - started < 0.1
