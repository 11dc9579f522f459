"""Written forms to keys: one row a form."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pincite.citations.find import citations_in, code_of, named_in
from pincite.citations.finding import mentions
from pincite.citations.grammars import Context
from pincite.citations.ina import INA_SECTIONS
from pincite.citations.keys import CODES, nested, printed_key, section_of

CITY, ROXBURY = Context("us/ny/new-york-city"), Context("us/ma/roxbury", "roxbury code")
# What is written, and the deepest key of each citation in it.
ANYWHERE = [
    ("8 U.S.C. § 1373(a)", ["8 usc 1373(a)"]),
    ("8 USC 1373(a)", ["8 usc 1373(a)"]),
    ("Is Roxbury Code § 2-6 in force?", ["roxbury code 2-6"]),
    ("May Roxbury, Mass. Code § 2-6 be used?", ["roxbury code 2-6"]),
    ("what section 2-6 of the Roxbury code says", ["roxbury code 2-6"]),
    ("Will County Code § 4-2", ["will county code 4-2"]),
    ("8 U. S. C. §1373(c)", ["8 usc 1373(c)"]),
    ("8 U.S. C. §1182(f )", ["8 usc 1182(f)"]),
    ("8 U.S.C.A. § 1373", ["8 usc 1373"]),
    ("8 usc 1373(a)", ["8 usc 1373(a)"]),
    ("ina 287(g) and dc code 24-211.07", ["8 usc 1357(g)", "dc code 24-211.07"]),
    ("8 United States Code section 1304(e)", ["8 usc 1304(e)"]),
    ("8 U.S.C. sec. 1644", ["8 usc 1644"]),
    ("section 1373 of title 8", ["8 usc 1373"]),
    ("section 1373(a) of title 8, United States Code", ["8 usc 1373(a)"]),
    ("Section 1459 of title 19 of the United States code", ["19 usc 1459"]),
    ("subsection (b) of section 1373 of title 8", ["8 usc 1373(b)"]),
    ("Title 8, section 1373", ["8 usc 1373"]),
    ("Title 8, United States Code, § 1373(b)", ["8 usc 1373(b)"]),
    ("8 U.S.C. §§ 1226, 1231(a) and (b)", ["8 usc 1226", "8 usc 1231(a)", "8 usc 1231(b)"]),
    ("8 U.S.C. 1373 and 1644", ["8 usc 1373", "8 usc 1644"]),
    ("8 U.S.C. 1228 and 1229a(d)", ["8 usc 1228", "8 usc 1229a(d)"]),
    ("8 U.S.C. 1373 and 1996 amendments", ["8 usc 1373"]),  # a year is no section
    ("8 U.S.C. § 1373 (2012)", ["8 usc 1373"]),  # nor is it a clause
    ("8 U.S.C. §§ 1101–1537", ["8 usc 1101", "8 usc 1537"]),
    ("42 U.S.C. §1395dd; 42 U.S.C. § 300gg-91", ["42 usc 1395dd", "42 usc 300gg-91"]),
    ("INA § 287(g)", ["8 usc 1357(g)"]),
    ("INA 287(g)", ["8 usc 1357(g)"]),
    ("I.N.A. § 212(a)(4)", ["8 usc 1182(a)(4)"]),
    ("section 287(g)(10) of the INA", ["8 usc 1357(g)(10)"]),
    ("Section 287(g) of the Immigration and Nationality Act", ["8 usc 1357(g)"]),
    ("Immigration and Nationality Act § 240B", ["8 usc 1229c"]),
    ("sections 238 and 240(d) of the INA", ["8 usc 1228", "8 usc 1229a(d)"]),
    ("section 235(b)(1)(A)(i) and (ii) of the INA", ["8 usc 1225(b)(1)(A)(i)", "8 usc 1225(b)(1)(A)(ii)"]),
    ("INA § 274A(b)", ["8 usc 1324a(b)"]),
    ("INA § 999", ["ina 999"]),
    ("section 1103(a)(2) of the INA", ["8 usc 1103(a)(2)"]),  # the Code's number, as some write
    ("8 C.F.R. § 287.7(d)", ["8 cfr 287.7(d)"]),
    ("8 CFR 287.5(c)(6)", ["8 cfr 287.5(c)(6)"]),
    ("6 C.F.R. §§ 5.20-5.36", ["6 cfr 5.20", "6 cfr 5.36"]),
    ("26 C.F.R. § 1.401-1", ["26 cfr 1.401-1"]),
    ("8 C.F.R. § 287.5(a)(l)", ["8 cfr 287.5(a)(1)"]),  # a misread page
    ("Section 287.7 of Title 8 of the Code of Federal Regulations", ["8 cfr 287.7"]),
    ("23 CFR Part 655", ["23 cfr pt 655"]),
    ("Exec. Order No. 13,768", ["eo 13768"]),
    ("Executive Order 13768", ["eo 13768"]),
    ("E.O. 13768", ["eo 13768"]),
    ("EO 14159", ["eo 14159"]),
    ("Exec. Order No. 13,768, § 9(a), 82 Fed. Reg. 8799", ["eo 13768 § 9(a)", "82 fr 8799"]),
    ("Exec. Order 13768 section 9", ["eo 13768 § 9"]),
    ("section 9(a) of Executive Order 13768", ["eo 13768 § 9(a)"]),
    ("Executive Orders 13768, 13993 and 14159", ["eo 13768", "eo 13993", "eo 14159"]),
    ("82 FR 8799", ["82 fr 8799"]),
    ("90 Fed.Reg. 10,581", ["90 fr 10581"]),
    ("Pub. L. No. 104-208, § 642", ["pub l 104-208", "§ 642"]),
    ("Public Law 107-296", ["pub l 107-296"]),
    ("Pub.L. 99-240, 99 Stat. 1842", ["pub l 99-240", "99 stat 1842"]),
    ("110 Stat. 3009-707", ["110 stat 3009-707"]),
    ("D.C. Code § 24-211.07(b)", ["dc code 24-211.07(b)"]),
    ("D.C. Official Code § 2-1401.02(4A)", ["dc code 2-1401.02(4A)"]),
    ("DC Code 24-211.07", ["dc code 24-211.07"]),
    ("section 23-1321 of the District of Columbia Official Code", ["dc code 23-1321"]),
    ("D.C. Law 23-282", ["dc law 23-282"]),
    ("D.C. Act 23-131", ["dc act 23-131"]),
    ("N.Y.C. Admin. Code § 9-131(b)(1)", ["nyc admin code 9-131(b)(1)"]),
    ("NYC Admin Code 9-131", ["nyc admin code 9-131"]),
    ("New York City Administrative Code section 9-131 (h)(2)", ["nyc admin code 9-131(h)(2)"]),
    ("section 14-154 of the administrative code of the city of New York", ["nyc admin code 14-154"]),
    ("paragraph 4 of subdivision a of section 9-131 of the administrative code of the city of New York", ["nyc admin code 9-131(a)(4)"]),
    ("New York City Charter sections 217, 219 and 1301(2)(b)", ["nyc charter 217", "nyc charter 219", "nyc charter 1301(2)(b)"]),
    ("Local Law 58 of 2014", ["nyc ll 58/2014"]),
    ("local law number 228 for the year 2017", ["nyc ll 228/2017"]),
    ("Local Law No. 58 (2014)", ["nyc ll 58/2014"]),
    ("N.Y.C. Exec. Order No. 41 (Sept. 17, 2003)", ["nyc eo 41/2003"]),
    ("N.Y.C. Council Int. 0214-2024", ["nyc int 214/2024"]),
    ("Res. 836 of 2025", ["nyc res 836/2025"]),
    ("Va. Code Ann. § 53.1-218", ["va code 53.1-218"]),
    ("Tenn. Code Ann. § 7-68-103(a)", ["tenn code 7-68-103(a)"]),
    ("Miss. Code Ann. § 25-1-119", ["miss code 25-1-119"]),
    ("N.C. Gen. Stat. § 153A-145.5", ["nc gen stat 153a-145.5"]),
    ("Ga. Code Ann. § 42-4-14", ["ocga 42-4-14"]),
    ("O.C.G.A. § 42-4-14(b)", ["ocga 42-4-14(b)"]),
    ("Iowa Code section 27A.4", ["iowa code 27a.4"]),
    ("Ariz. Rev. Stat. Ann. §11–1051(B)", ["ariz rev stat 11-1051(B)"]),
    ("Cal. Gov't Code § 7284.6(a)", ["cal gov't code 7284.6(a)"]),
    ("Tex. Health & Safety Code Ann. §§311.022(a) and (b)", ["tex health & safety code 311.022(a)", "tex health & safety code 311.022(b)"]),
    ("Port Alder Mun. Code § 12.40.040(a)", ["port alder code 12.40.040(a)"]),
    ("Somerville, Mass., Code of Ordinances § 2-6(e)", ["somerville code 2-6(e)"]),
    ("section 2-6 of the Somerville Municipal Code", ["somerville code 2-6"]),
    ("What does Somerville Code 2-6(e) forbid?", ["somerville code 2-6(e)"]),
    ("M.G.L. c. 268A, § 3", ["mass gen laws 268a/3"]),
    ("Chapter 40, Section 21D of the General Laws", ["mass gen laws 40/21d"]),
    ("section 17 of chapter 138 of the General Laws", ["mass gen laws 138/17"]),
    ("N.Y. Penal Law § 120.00", ["ny penal law 120.00"]),
    ("section 170.70 of the New York criminal procedure law", ["ny crim proc law 170.70"]),
    ("U.S. Const. art. I, § 8, cl. 3", ["us const art 1 § 8 cl 3"]),
    ("Article II, Section 3 of the United States Constitution", ["us const art 2 § 3"]),
    ("U.S. Const., Amdt. 10", ["us const amend 10"]),
    ("the Fifth and Fourteenth Amendments", ["us const amend 5", "us const amend 14"]),
    ("the Twenty-first Amendment", ["us const amend 21"]),
    ("Printz v. United States, 521 U.S. 898, 935 (1997)", ["521 us 898"]),
    ("505 U. S. 144", ["505 us 144"]),
    ("641 F.3d 339", ["641 f 3d 339"]),
    ("100 Yale L.J. 1131", ["100 yale l j 1131"]),
    ("§ 9-131(b)", ["§ 9-131(b)"]),
    ("no citation at all in 2017", []),
    ("born on 12 Mar. 2017 at 8 US Rooms", []),
    ("it took 30 Days 15 Hours", []),
]  # fmt: skip
WITHIN = [
    (CITY, "section 9-131 of the Administrative Code", ["nyc admin code 9-131"]),
    (CITY, "sections 384, 824 and 1802 of the Charter", ["nyc charter 384", "nyc charter 824", "nyc charter 1802"]),
    (CITY, "section 10.10 of the criminal procedure law", ["ny crim proc law 10.10"]),
    (CITY, "Executive Order No. 34, dated May 13, 2003", ["nyc eo 34/2003"]),
    (CITY, "as 9-131 and section 10-178 provide", ["nyc admin code 10-178"]),
    (Context("us/tx"), "section 9-131 of the Administrative Code", []),
    (Context("us/tx"), "Executive Order No. 34, dated May 13, 2003", []),
    (Context("us", "8 usc", "statute"), "section 1182(a)(2) or 1227(a)(4)(B) of this title", ["8 usc 1182(a)(2)", "8 usc 1227(a)(4)(B)"]),
    (ROXBURY, "in accordance with section 1-11 (b) of the Code of Ordinances", ["roxbury code 1-11(b)"]),
    (ROXBURY, "as § 12-102 defines", ["roxbury code 12-102"]),
    (ROXBURY, "Sec. 2-61. Bonds of officers.\nEach officer gives one.", []),  # begins there
    (Context("us", "", "court_ruling"), "under Art. I, §8, cl. 4, it may", ["us const art 1 § 8 cl 4"]),
    (Context("us/ma/roxbury"), "App., Art. II, § 1", []),
]  # fmt: skip
POINTING_BACK = [
    ("8 U. S. C. §1373(a). Later, §1373(c) adds", ["8 usc 1373(a)", "8 usc 1373(c)"]),
    ("section 235(b) of the INA; under section 235(b)(1)(A)", ["8 usc 1225(b)", "8 usc 1225(b)(1)(A)"]),
    ("8 U.S.C. § 1373. Section 1903(w) of the Social Security Act", ["8 usc 1373"]),
    ("8 U.S.C. § 1373(a). Id. § 1644.", ["8 usc 1373(a)", "8 usc 1644"]),
    ("8 U.S.C. § 1373(a). Ibid.", ["8 usc 1373(a)", "8 usc 1373(a)"]),
    ("Printz v. United States, 521 U.S. 898 (1997). Id., at 935. Id. at 936.", ["521 us 898", "521 us 898", "521 us 898"]),
    ("Printz v. United States, 521 U.S. 898 (1997). See 521 U. S., at 935", ["521 us 898", "521 us 898"]),
    ("Printz v. United States, 521 U.S. 898 (1997). See Printz, supra, at 935", ["521 us 898", "521 us 898"]),
    ("Printz v. United States, 521 U.S. 898. App. 23. Id., at 24", ["521 us 898"]),  # of App.
    ("Printz v. United States, 521 U.S. 898. Id., at 7", ["521 us 898"]),  # no page of it
    ("Id., at 935; 521 U.S., at 935; Lopez, supra", []),  # nothing to point at
    ("New York v. United States, 505 U.S. 144, 166, 112 S.Ct. 2408, 2423", ["505 us 144", "505 us 144"]),
    ("United States v. Lopez, 514 U.S. 549. Clinton v. United States, supra", ["514 us 549"]),
    ("an agreement under 287(g) is", ["8 usc 1357(g)"]),
    ("Exec. Order No. 13,780, 82 Fed. Reg. 13209", ["eo 13780", "eo 13780"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "keys"), ANYWHERE, ids=[text for text, _ in ANYWHERE])
def test_a_written_form_has_its_key(text: str, keys: list[str]) -> None:
    assert [one.key if one else forms[-1] for one, forms in named_in(text)] == keys


@pytest.mark.parametrize(("context", "text", "keys"), WITHIN, ids=[row[1] for row in WITHIN])
def test_a_form_may_need_to_know_whose_text_it_stands_in(
    context: Context, text: str, keys: list[str]
) -> None:
    assert [one.key for one in mentions(text, context)] == keys


@pytest.mark.parametrize(("text", "keys"), POINTING_BACK, ids=[row[0] for row in POINTING_BACK])
def test_what_points_back_cites_what_it_points_at(text: str, keys: list[str]) -> None:
    assert [one.key for one in mentions(text)] == keys


def test_a_mention_says_where_it_stands_and_how_it_is_written() -> None:
    text = "See New York v. United States, 505 U.S. 144, 166, 112 S.Ct. 2408; id., at 188."
    first, parallel, again = mentions(text)
    assert first.span.of(text) == "505 U.S. 144"
    assert (first.pin, first.name, first.written) == ("166", "New York v. United States", "full")
    assert parallel.keys == ("505 us 144", "112 s ct 2408")
    assert (parallel.written, again.written, again.pin) == ("parallel", "id", "188")


def test_a_clause_counts_for_all_that_it_lies_in() -> None:
    (one,) = mentions("8 U.S.C. § 1357(g)(10)(A)")
    assert one.keys == tuple(nested("8 usc 1357(g)(10)(A)"))
    assert one.keys[:2] == ("8 usc 1357", "8 usc 1357(g)")


@pytest.mark.parametrize(
    ("citation", "code"),
    [
        ("8 U.S.C. § 1373", "8 usc"),
        ("D.C. Code § 24-211.07", "dc code"),
        ("Iowa Code ch. 27A", "iowa code"),
        ("Port Alder Mun. Code ch. 12.40 (2017)", "port alder code"),
        ("Tenn. Code Ann. §§ 7-68-101 to -105", "tenn code"),
        ("Somerville, Mass., Code of Ordinances", "somerville code"),
        ("Printz v. United States, 521 U.S. 898 (1997)", ""),
        ("Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)", ""),
    ],
)
def test_the_code_that_a_text_is_of(citation: str, code: str) -> None:
    assert code_of(citation) == code


# Rows of the public classification table at the ends of its runs, and what lies between runs.
CLASSIFIED = {
    "101": "1101", "105": "1105", "106": "1105a", "208": "1158", "210a": "1161", "212": "1182",
    "213a": "1183a", "216": "1186a", "219": "1189", "224": "1204", "231": "1221", "235": "1225",
    "236": "1226", "236a": "1226a", "239": "1229", "240": "1229a", "240b": "1229c", "240c": "1230",
    "241": "1231", "242": "1252", "243": "1253", "244": "1254a", "245": "1255", "250": "1260",
    "258": "1288", "266": "1306", "274": "1324", "274a": "1324a", "280": "1330", "287": "1357",
    "293": "1363", "301": "1401", "309": "1409", "310": "1421", "329a": "1440-1", "348": "1459",
    "349": "1481", "357": "1489", "358": "1501", "361": "1504", "411": "1521", "507": "1537",
}  # fmt: skip


def test_sections_of_the_act_are_those_of_the_code() -> None:
    assert {number: INA_SECTIONS[number] for number in CLASSIFIED} == CLASSIFIED
    assert len(set(INA_SECTIONS.values())) == len(INA_SECTIONS)


NUMBER = st.from_regex(r"[1-9][0-9]{0,3}", fullmatch=True)
CLAUSES = st.lists(st.sampled_from(["(a)", "(1)", "(A)", "(ii)", "(10)"]), max_size=4).map("".join)
SECTIONED = ["8 usc", "8 cfr", *CODES, "ariz rev stat", "port alder code", "cal gov't code"]


@given(st.sampled_from(SECTIONED), NUMBER, NUMBER, CLAUSES)
def test_a_printed_section_is_found_as_its_key(
    code: str, first: str, second: str, clauses: str
) -> None:
    number = f"{first}.{second}" if code == "iowa code" else first
    key = f"{code} {number}{clauses}"
    assert citations_in(printed_key(key)) == nested(key)


@given(
    st.sampled_from(
        [
            "eo {n}", "eo {n} § 9(a)", "pub l 104-{y}", "{v} stat {y}", "{v} fr {y}",
            "dc law 23-{v}", "dc act 23-{v}", "nyc ll {v}/2014", "nyc eo {v}/2003",
            "nyc int {y}/2024", "nyc res {y}/2025", "mass gen laws 40/{v}", "mass gen laws {v}",
            "us const art 1 § {c} cl 3", "us const amend {c}", "{v} us {y}", "{v} s ct {y}",
            "{v} f 3d {y}", "{v} l ed 2d {y}", "{v} yale l j {y}", "§ {v}-131(b)", "8 cfr pt {v}",
            "ina {v}(g)",
        ]
    ),
    st.integers(13000, 14999), st.integers(1, 280), st.integers(20, 998), st.integers(1, 9),
)  # fmt: skip
@example("ina {v}(g)", 13000, 999, 20, 1)
def test_a_printed_source_is_found_as_its_key(
    form: str, order: int, volume: int, page: int, clause: int
) -> None:
    key = form.format(n=order, v=volume, y=page, c=clause)
    found = citations_in(printed_key(key))
    if key.startswith("ina "):
        number = section_of(key).removeprefix("ina ")
        key = f"8 usc {INA_SECTIONS[number]}(g)" if number in INA_SECTIONS else key
    assert found[-1] == key
    assert citations_in(printed_key(found[-1])) == found


_WORDS = """
    8 U.S.C. § §§ 1373 (a) ( ) , ; and or of to the title INA Id. Ibid. at supra 521 U.S. U. S. Code
    Stat. Fed. Reg. Exec. Order No. 13,768 section Section sections Local Law 58 2014 Art. I Tenth
    Amendment Amendments v. Printz D.C. 9-131 287(g) c. 40 General Laws . – — (²)
"""
PIECES = st.sampled_from([*_WORDS.split(), "\n", "\u2028", "\u00ad"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join)))
@example("8 U.S.C. §§ 1,2,3,(a),(b) and 4; § 1(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)")
def test_mentions_lie_inside_in_order_and_apart(text: str) -> None:
    end = 0
    for one in mentions(text, CITY):
        assert end <= one.span.start < one.span.end <= len(text)
        assert one.key in one.keys
        assert printed_key(one.key)
        end = one.span.end


HOSTILE = [
    "1", " ", "8 U.S.C. ", "§", "§ 1", "§ 1, ", "§§ 1 (a)", "(a)", "A ", "A. ", "Aa, ", "of ", "Id. ",
    "521 U.S. 1 ", "521 U.S. 1, ", "1 A 1 ", "1 A.B. ", "v. ", "A v. ", "A v. A, ", "supra ", "A, supra ",
    "First and ", "First, ", "Amendment ", "Exec. Order ", "Executive Order 13768, ", "Local Law ",
    "section ", "section 1 of ", "subdivision a of ", "Code § ", "Aa Code § 1 ", "Art. I, ", "M.G.L. c. ",
    "1-1", "1.", "1–", "General Laws ", "N.Y.C. ", "INA ", "287(g)", "\n", "a\n", "8 U.S.C. § 1 and ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_a_hostile_text_costs_no_more_than_a_long_one(piece: str) -> None:
    mentions("521 U.S. 898; 12 F.3d 34")  # eyecite's tables are loaded once
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    mentions(text, CITY)
    citations_in(text)
    assert time.process_time() - started < 2.0  # both; one second each
