"""One text, one clause, one agency: what several documents have alike is shown once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ingest.publishing import ingest
from pincite.differing import word_changes
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.engine import Engine
from service.filtering import question_of
from service.presenting import answer_json, search_json
from service.sharing.duplicates import differences, duplicates_json

Json = dict[str, Any]

ORDER = """# Order on jails

## Sec. 1. Purpose.

The city finds that trust between residents and officers keeps every neighborhood safe and whole.

## Sec. 2. Detainers.

The warden shall not hold a person on a civil detainer beyond the hour of release set by a judge.
"""
OPINION = """# Marsh v. Orland

## Opinion of the Court

JUSTICE VALE delivered the opinion of the Court.

The question presented is whether a county sheriff may be commanded to run a federal program of
background checks upon buyers of river boats, as the statute of that year appears to require.

We hold that the federal government may not command the officers of a county to administer a
federal regulatory program, whatever the weight of the interest that the program may serve, and
no case by case weighing of burdens is needed to say so in this or in any later case.

The judgment of the court of appeals is accordingly reversed and the case is remanded.
"""
CASEBOOK = """# Marsh v. Orland

The question presented is whether a county sheriff may be commanded to run a federal program of
background checks upon buyers of river boats, as the statute of that year appears to require.

We hold that the federal government may never command the officers of a county to administer a
federal regulatory program, whatever the weight of the interest that the program may serve, and
no case by case weighing of burdens is needed to say so in this or in any later case.

## Questions

Question for students: would the dissent have come out the other way on these facts of the boats?
Compare the earlier cases on grants of money to schools, on the licence of lawyers and on the
weight of lorries, and say of each what the officers of the county were told to do, who told them,
and who answered to the voters for it. Then write a page on whether the line between a command and
a condition is one of kind or one of degree, with two examples from this chapter and one of your
own. Would it matter that the sheriff was willing? Would it matter that the burden was small, or
that it lasted for a few years only, until a machine could do the work at the counter of the shop?
Discuss the difference between a court that carries out a statute of another sovereign and a clerk
who does so, and find out how your own county keeps the records of the sale of boats at present.
"""
FORM = """# Memorandum of Agreement

## I. PARTIES

This agreement is between the Border Service and the {agency} on the terms that are set out below.

## II. TRANSFER

Officers of the {agency} shall transfer a person to the Border Service within {hours} hours of the
end of the sentence, and shall not keep that person in the jail for any longer time than that.

## III. INTERPRETERS

A certified officer shall offer an interpreter to every person who does not speak the language of
the questioning, and shall write the name of the interpreter into the log of the jail that day.
"""
AGENCIES = {
    "adams": ("Adams County Sheriff's Office", "zz/adams-county", 48, "jail_enforcement"),
    "brook": ("Brook County Sheriff's Office", "zz/brook-county", 48, "task_force"),
    "corin": ("Corin Police Department", "zz/corin", 24, "task_force"),
}
COMMON = """
[[entry]]
id = "order"
file = "order.md"
kind = "executive_order"
title = "Order on jails"
citation = "Exec. Order 7"
jurisdiction = "zz/marsh"
status = "in_force"

[[entry]]
id = "order-copy"
file = "copy.md"
kind = "executive_order"
title = "Order on jails, as scraped"
citation = "Exec. Order 7"
jurisdiction = "zz/marsh"
status = "in_force"
same_text_as = ["order"]

[[entry]]
id = "opinion"
file = "opinion.md"
kind = "court_ruling"
title = "Marsh v. Orland"
citation = "Marsh v. Orland, 5 Zz. 10 (1997)"
jurisdiction = "zz"
status = "in_force"

[[entry]]
id = "casebook"
file = "casebook.md"
kind = "other"
title = "Marsh v. Orland, abridged for students"
citation = "Marsh v. Orland (abridged)"
jurisdiction = "zz"
excerpt_of = ["opinion"]
"""


def agreement(name: str) -> str:
    agency, place, _, model = AGENCIES[name]
    return f"""
[[entry]]
id = "{name}"
file = "{name}.md"
kind = "agreement"
title = "Memorandum of Agreement: {agency}"
citation = "Memorandum of Agreement between the Border Service and {agency}"
jurisdiction = "{place}"
parties = ["Border Service", "{agency}"]
agreement.agency = "{agency}"
agreement.model = "{model}"
"""


@pytest.fixture(scope="module")
def engine(
    tmp_path_factory: pytest.TempPathFactory, light_shelf: Callable[[Settings], Shelf]
) -> Iterator[Engine]:
    """The engine over a corpus in which much is held twice."""
    folder = tmp_path_factory.mktemp("alike")
    texts = {"order": ORDER, "copy": ORDER, "opinion": OPINION, "casebook": CASEBOOK}
    for name, (agency, _, hours, _) in AGENCIES.items():
        texts[name] = FORM.format(agency=agency, hours=hours)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    catalogue = COMMON + "".join(agreement(name) for name in AGENCIES)
    (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [folder], shelf=shelf)
    engine = Engine(settings, shelf)
    yield engine
    engine.close()


def searched(engine: Engine, words: str, **bounds: Any) -> list[Json]:
    with engine.holdings() as holdings:
        question = question_of(words, holdings, **bounds)
    hits: list[Json] = search_json(engine.search(question))["hits"]
    return hits


def ids(hits: list[Json]) -> list[str]:
    return [hit["document_id"] for hit in hits]


def test_the_same_text_in_two_documents_is_shown_once_by_the_one_to_cite(engine: Engine) -> None:
    hits = searched(engine, "warden hold a person on a civil detainer beyond the hour of release")
    assert "order" in ids(hits)
    assert "order-copy" not in ids(hits)


def test_a_copy_that_was_asked_for_stays(engine: Engine) -> None:
    words = "warden hold a person on a civil detainer"
    assert set(ids(searched(engine, words, documents=["order-copy"]))) == {"order-copy"}
    assert "order-copy" in ids(searched(engine, f"{words}, as scraped"))


def test_a_silently_edited_excerpt_is_never_cited_as_the_opinion(engine: Engine) -> None:
    hits = searched(engine, "may the federal government never command officers of a county")
    quoted = [hit for hit in hits if "command the officers of a county" in hit["quote"]]
    assert [hit["document_id"] for hit in quoted] == ["opinion"]
    assert "may not command" in quoted[0]["quote"]
    assert all("never command" not in hit["quote"] for hit in hits)


def test_what_only_the_excerpt_says_is_its_own_and_a_record(engine: Engine) -> None:
    hits = searched(engine, "question for students: would the dissent have come out otherwise")
    own = [hit for hit in hits if "Question for students" in hit["quote"]]
    assert [(hit["document_id"], hit["channel"]) for hit in own] == [("casebook", "record")]
    assert own[0]["citation"].startswith("Marsh v. Orland (abridged)")


def test_a_clause_of_several_agreements_is_one_hit_with_its_holders(engine: Engine) -> None:
    hits = searched(engine, "certified officer offers an interpreter")
    clauses = [hit for hit in hits if "offer an interpreter" in hit["quote"]]
    assert len(clauses) == 1
    holders = {clauses[0]["document_id"], *ids(clauses[0]["also_in"])}
    assert holders == set(AGENCIES)
    for other in clauses[0]["also_in"]:
        with engine.holdings() as holdings:
            text = holdings.document(other["document_id"]).text
        assert "offer an interpreter" in text[other["start"] : other["end"]]


def test_another_number_is_another_clause(engine: Engine) -> None:
    hits = searched(engine, "transfer a person to the Border Service within hours of the sentence")
    clauses = [hit for hit in hits if "shall transfer a person" in hit["quote"]]
    hours = sorted("48" if "48 hours" in hit["quote"] else "24" for hit in clauses)
    assert hours == ["24", "48"]
    also = {hit["document_id"]: ids(hit["also_in"]) for hit in clauses}
    assert also.pop("corin") == []
    assert {(name, *others) for name, others in also.items()} <= {
        ("adams", "brook"),
        ("brook", "adams"),
    }


@pytest.mark.parametrize(
    ("question", "theirs"),
    [
        ("What does the Brook County agreement say of an interpreter?", "brook"),
        ("Does the Corin Police Department offer an interpreter?", "corin"),
        ("What says the agreement with Adams of an interpreter?", "adams"),
        ("What says Corin's agreement of an interpreter?", "corin"),
    ],
)
def test_an_agreement_that_is_named_is_the_only_one_shown(
    engine: Engine, question: str, theirs: str
) -> None:
    hits = searched(engine, question)
    assert set(ids(hits)) & set(AGENCIES) == {theirs}
    assert all(hit["also_in"] == [] for hit in hits)
    with engine.holdings() as holdings:
        answer = answer_json(engine.ask(question_of(question, holdings)))
    cited = {one["document_id"] for one in (*answer["citations"], *answer["nearest"])}
    assert cited & set(AGENCIES) <= {theirs}


def test_an_agency_that_has_no_agreement_here_gets_nobody_elses(engine: Engine) -> None:
    hits = searched(engine, "What does the Delmont County agreement say of an interpreter?")
    assert not set(ids(hits)) & set(AGENCIES)


def test_the_report_names_an_edited_excerpt_with_its_edits(engine: Engine) -> None:
    with engine.holdings() as holdings:
        report = duplicates_json(holdings.manifest, engine.shelf.library)
    by_name = {tuple(d["id"] for d in pair["documents"]): pair for pair in report["pairs"]}
    assert by_name["order", "order-copy"]["declared"] == "same_text"
    assert by_name["order", "order-copy"]["containment"] == 1.0
    assert by_name["order", "order-copy"]["differences"] == []
    forms = [pair for pair in report["pairs"] if pair["declared"] == "template"]
    assert {d["id"] for pair in forms for d in pair["documents"]} <= set(AGENCIES)


def test_an_edit_is_shown_with_the_words_around_it() -> None:
    found = differences(word_changes(OPINION, CASEBOOK), 3)
    edit = next(one for one in found if one["deleted"] == "not")
    assert edit["inserted"] == "never"
    assert edit["before"].endswith("the federal government may ")
    assert edit["after"].startswith(" command the officers")
