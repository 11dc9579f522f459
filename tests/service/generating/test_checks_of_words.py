"""Numbers, names, commands and denials of a statement are held against its quotes."""

from __future__ import annotations

import pytest

from service.generating.checking import word_faults
from service.generating.modality import denies, modals
from service.generating.numbers import figures, unsupported_figures
from service.generating.proper_names import unsupported_names

RULE = "No officer shall hold a person on a detainer for more than twenty-four (24) hours."


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("twenty-four hours", {("24", "hour")}),
        ("24 hours", {("24", "hour")}),
        ("a 24-hour period", {("24", "hour")}),
        ("twenty-four (24) hours", {("24", "hour"), ("24", "hour")}),
        ("three business days", {("3", "day")}),
        ("$1,000", {("1000", "dollar")}),
        ("one thousand dollars", {("1000", "dollar")}),
        ("two hundred and fifty dollars", {("250", "dollar")}),
        ("10%", {("10", "percent")}),
        ("ten per cent", {("10", "percent")}),
        ("March 3, 2017", {("march", "month of the year"), ("3", ""), ("2017", "")}),
        ("2017-03-03", {("march", "month of the year"), ("3", ""), ("2017", "")}),
        ("3/3/2017", {("march", "month of the year"), ("3", ""), ("2017", "")}),
        ("2.50 dollars", {("2.5", "dollar")}),
        ("a second offense", {("2", "th")}),
        # Words that count nothing.
        ("no one", set()),
        ("one of them may", set()),
        ("must first obtain", set()),
        ("it may be", set()),
        ("May 3", {("may", "month of the year"), ("3", "")}),
        ("007", {("7", "")}),
        ("000", {("0", "")}),
        ("9" * 5000, {("9" * 5000, "")}),  # more digits than int() reads
    ],
)
def test_figures_are_read_however_they_are_written(said: str, meant: set[tuple[str, str]]) -> None:
    assert figures(said) - {("24", "")} == meant


@pytest.mark.parametrize(
    ("statement", "quote", "wrong"),
    [
        ("It pays $1,000.", "a fine of one thousand dollars", set()),
        ("It pays $1,000.", "a fine of ten thousand dollars", {("1000", "dollar")}),
        ("It takes 30 days.", "within 30 hours", {("30", "day")}),
        ("It is 5.", "5 percent", set()),  # a bare number is held by its value
        ("It binds by April 1.", "on March 1, 2019", {("april", "month of the year")}),
    ],
)
def test_a_figure_needs_its_value_and_what_it_counts(
    statement: str, quote: str, wrong: set[tuple[str, str]]
) -> None:
    assert unsupported_figures(statement, quote) == wrong


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("The jail shall hold him.", {"obliges"}),
        ("The jail must hold him.", {"obliges"}),
        ("The jail is required to hold him.", {"obliges"}),
        ("The jail may hold him.", {"permits"}),
        ("The jail shall not hold him.", {"forbids"}),
        ("The jail cannot hold him.", {"forbids"}),
        ("No jail may hold him.", {"forbids"}),
        ("Neither the jail nor the sheriff shall hold him.", {"forbids"}),
        ("The jail need not hold him.", {"requires not"}),
        ("The jail is not required to hold him.", {"requires not"}),
        ("Nothing here requires it.", {"requires not"}),
        ("It was signed in May 2017.", set()),
        ("It was signed on May 3.", set()),
    ],
)
def test_commands_are_told_from_permissions_and_prohibitions(said: str, done: set[str]) -> None:
    assert modals(said) == done


@pytest.mark.parametrize(
    ("said", "no"),
    [
        ("It may not restrict them.", False),  # a denial of a refusal
        ("It prohibits them.", True),
        ("It does not.", True),
        ("It is unlawful to hold them.", True),
        ("An unlawful hold is compensated.", False),
        ("They answer whether or not they are paid.", False),
        ("It takes no more than two days.", False),
        ("Executive Order No. 9 is revoked.", False),
    ],
)
def test_one_denial_denies_and_two_do_not(said: str, no: bool) -> None:
    assert denies(said) is no


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("No officer shall hold a person on a detainer for more than 24 hours.", None),
        ("An officer may not hold a person on a detainer for more than 24 hours.", None),
        ("An officer shall hold a person on a detainer for 24 hours.", "modal: obliges"),
        ("An officer may hold a person on a detainer for 24 hours.", "modal: permits"),
        ("An officer holds a person on a detainer.", "negation"),
        ("No officer shall hold a person for more than 48 hours.", "figure: 48 hour"),
        ("No officer shall hold a person on a detainer without a warrant.", "limit: without"),
        ("No officer shall hold a person on a detainer unless asked.", "limit: except"),
        ("No officer of Chicago shall hold a person on a detainer.", "name: chicago"),
    ],
)
def test_a_statement_says_no_more_than_its_quote(statement: str, fault: str | None) -> None:
    found = word_faults(statement, RULE, RULE, "Arden Code § 4-12", RULE)
    assert fault in found if fault else found == []


def test_half_a_sentence_may_not_say_its_opposite() -> None:
    sentence = "It is not true that the sheriff may detain a person on a detainer."
    half = "the sheriff may detain a person on a detainer"
    found = word_faults("The sheriff may detain a person on a detainer.", half, sentence, "", "")
    assert found == ["negation"]


def test_a_lead_in_governs_its_items() -> None:
    rule = "No officer shall:\n(a) hold a person;\n(b) ask a person for papers."
    assert word_faults("No officer shall ask a person for papers.", rule, rule, "", "") == []
    assert word_faults("An officer asks a person for papers.", rule, rule, "", "")


@pytest.mark.parametrize("item", ["(1) hold a person", "(2) ask a person", "(3) tell a person"])
def test_numbered_items_in_one_line_are_governed_too(item: str) -> None:
    rule = "No officer shall (1) hold a person; (2) ask a person; or (3) tell a person."
    said = item[4:]
    assert word_faults(f"No officer shall {said}.", rule, rule, "", "") == []
    assert word_faults(f"Officers {said}.", rule, rule, "", "") == ["negation"]
    assert word_faults(f"An officer shall {said}.", rule, rule, "", "")


def test_the_stops_of_short_words_end_no_clause() -> None:
    rule = "No person in the U.S. or in Dist. No. 9 may carry a lantern."
    assert word_faults("A person may carry a lantern.", rule, rule, "", "")
    assert word_faults("No person may carry a lantern.", rule, rule, "", "") == []


@pytest.mark.parametrize(
    ("statement", "quote", "known", "wrong"),
    [
        ("Under 8 U.S.C. § 1373(a), a state may not do it.", "may not", "8 U.S.C. § 1373(a)", []),
        ("It takes 24 days.", "It takes days.", "Code § 24", ["figure: 24 day"]),
        ("Under section 24 it takes days.", "It takes days.", "Code § 24", []),
    ],
)
def test_the_number_of_a_section_is_no_figure(
    statement: str, quote: str, known: str, wrong: list[str]
) -> None:
    assert [f for f in word_faults(statement, quote, quote, known, quote) if "fig" in f] == wrong


@pytest.mark.parametrize(
    ("statement", "quote", "wrong"),
    [
        ("It binds ICE.", "Immigration and Customs Enforcement", set()),
        ("It binds DHS.", "the Department of Homeland Security", set()),
        ("It binds the U.S. government.", "the government of the United States", set()),
        ("It binds FEMA.", "the Department of Homeland Security", {"fema"}),
        ("Texas may not do it.", "the State may not do it", {"texa"}),  # at the start, too
        ("Officers may not do it.", "the police may not do it", set()),
        ("The governor may not do it.", "the sheriff may not do it", {"governor"}),
        ("The sheriff may not do it.", "the sheriff may not do it", set()),
        ("John Doe may not do it.", "the sheriff may not do it", {"john", "doe"}),
    ],
)
def test_names_stand_in_the_quote(statement: str, quote: str, wrong: set[str]) -> None:
    assert unsupported_names(statement, quote, "", quote) == wrong
