"""Who cites what, what is held, and questions that name a citation, over a small corpus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.publishing import ingest
from pincite.errors import QuestionError
from pincite.library import Library
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Filters, Question
from service.api.app import create_app
from service.coverage_report import print_coverage
from service.engine import Engine
from service.linking.cited import citation_json_of, sources_json, viewed
from service.linking.links import Links

CATALOGUE = """
collection = "cited"

[[entry]]
id = "usc-8-1357"
file = "usc-1357.md"
kind = "statute"
title = "Powers of immigration officers"
citation = "8 U.S.C. § 1357"
jurisdiction = "us"
status = "in_force"

[[entry]]
id = "usc-8-1373"
file = "usc-1373.md"
kind = "statute"
title = "Communication between agencies"
citation = "8 U.S.C. § 1373"
jurisdiction = "us"
status = "in_force"

[[entry]]
id = "eo-13768"
file = "eo-13768.md"
kind = "executive_order"
title = "Public Safety in the Interior"
citation = "Exec. Order No. 13,768, 82 Fed. Reg. 8799 (Jan. 25, 2017)"
jurisdiction = "us"
status = "in_force"

[[entry]]
id = "dc-code"
file = "dc.md"
kind = "statute"
title = "Cooperation with detainers"
citation = "D.C. Code § 24-211.07"
jurisdiction = "us/dc"
status = "in_force"

[[entry]]
id = "nyc-ll-58"
file = "ll-58.md"
kind = "amending_act"
title = "Persons not to be detained"
citation = "N.Y.C. Local Law No. 58 of 2014"
jurisdiction = "us/ny/new-york-city"
status = "in_force"

[[entry]]
id = "printz"
file = "printz.md"
kind = "court_ruling"
title = "Printz v. United States"
citation = "Printz v. United States, 521 U.S. 898 (1997)"
jurisdiction = "us"
status = "in_force"
"""
FILES = {
    "usc-1357.md": """# Powers of immigration officers

## § 1357. Powers of officers

(a) An officer may interrogate an alien without a warrant in any place.

(b) An officer may administer oaths and take evidence about the right to enter.

(g) Performance of functions by State officers

(1) The Attorney General may enter into a written agreement with a State or a town.

(10) Nothing in this subsection requires an agreement in order for an officer of a State to
communicate with the Attorney General about the status of anybody.
""",
    "usc-1373.md": """# Communication

## § 1373. Communication between agencies

(a) No local government may prohibit its officers from sending status information.

(b) No person may prohibit keeping such information, or exchanging it with other towns.

(c) The Service shall respond to an inquiry by a town for a lawful purpose.
""",
    "eo-13768.md": """# Executive Order 13768

Section 8. Agreements. Agreements under section 287(g) of the INA are to be made with towns.

Section 9. Sanctuary Jurisdictions. It is the policy that towns comply with 8 U.S.C. 1373.

(a) Towns that willfully refuse to comply with 8 U.S.C. 1373(a) receive no grants; see
8 C.F.R. § 287.7 and INA § 212.
""",
    "dc.md": """# Detainers

## § 24-211.07. Cooperation with detainers

(a) The District shall not hold anybody on a detainer; 8 U.S.C. § 1373(b) is obeyed.

(b) The District shall not inquire into immigration status; see 8 C.F.R. § 287.7.
""",
    "ll-58.md": """# Local Law 58

Section 1. Subdivision b of section 9-131 of the administrative code of the city of New York is
amended to read as follows:

b. Prohibition on honoring a civil immigration detainer. The department shall not honor one.
""",
    "printz.md": """# Printz v. United States

Justice SCALIA delivered the opinion of the Court.

The Federal Government may not compel the States to enact a program. See New York v. United
States, 505 U.S. 144, 188, 112 S.Ct. 2408. Congress may not conscript the officers of a State.

Id., at 166. The Act of Congress cannot commandeer the sheriffs of the counties either.
""",
}
Cited = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def cited_engine(
    tmp_path_factory: pytest.TempPathFactory, light_shelf: Callable[[Settings], Shelf]
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("cited")
    for name, text in {**FILES, "catalogue.toml": CATALOGUE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), ocr="off", reranker="off")
    shelf = light_shelf(settings)
    report = ingest(settings, [folder], shelf=shelf)
    assert report.documents == len(FILES)
    engine = Engine(settings, shelf)
    yield engine
    engine.close()


@pytest.fixture
def cited(cited_engine: Engine) -> Cited:
    def ask(written: str, passages: int = 5) -> dict[str, Any]:
        with cited_engine.holdings() as holdings:
            return citation_json_of(written, holdings, viewed(holdings, None), passages)

    return ask


@pytest.fixture
def cited_client(cited_engine: Engine) -> TestClient:
    return TestClient(
        create_app(cited_engine), base_url="http://127.0.0.1:8000", raise_server_exceptions=False
    )


@pytest.mark.parametrize(
    ("written", "citation", "document", "begins"),
    [
        ("8 USC 1373(a)", "8 U.S.C. § 1373(a)", "usc-8-1373", "(a) No local government"),
        ("section 1373(b) of title 8", "8 U.S.C. § 1373(b)", "usc-8-1373", "(b) No person"),
        ("INA § 287(g)(10)", "8 U.S.C. § 1357(g)(10)", "usc-8-1357", "(10) Nothing in this"),
        ("Exec. Order 13768 § 9(a)", "Exec. Order No. 13,768, § 9(a)", "eo-13768", "(a) Towns"),
        ("82 FR 8799", "Exec. Order No. 13,768", "eo-13768", ""),
        ("DC Code 24-211.07(b)", "D.C. Code § 24-211.07(b)", "dc-code", "(b) The District"),
        ("§ 24-211.07", "D.C. Code § 24-211.07", "dc-code", "§ 24-211.07."),
        ("Printz", "521 U.S. 898", "printz", ""),
        ("printz v. united states", "521 U.S. 898", "printz", ""),
    ],
)
def test_what_is_held_is_shown_where_it_stands(
    cited: Cited, written: str, citation: str, document: str, begins: str
) -> None:
    found = cited(written)
    assert found["held"]
    assert found["citation"] == citation
    place = found["places"][0]
    assert place["document_id"] == document
    assert place["text"].startswith(begins)
    assert place["exact"]


def test_an_act_that_sets_a_section_out_is_no_text_of_it(cited: Cited) -> None:
    found = cited("NYC Admin Code 9-131(b)")
    assert not found["held"]
    (place,) = found["places"]
    assert (place["document_id"], place["quoted_by_act"]) == ("nyc-ll-58", True)


def test_who_names_the_clause_stands_before_who_names_the_section(cited: Cited) -> None:
    found = cited("8 U.S.C. § 1373(a)")
    assert found["cited_by"] == {"documents": 2, "mentions": 3}
    assert [row["document_id"] for row in found["citing"]] == ["eo-13768", "dc-code"]
    names = [passage["names"] for row in found["citing"] for passage in row["passages"]]
    assert names == ["this", "above", "beside"]
    first = found["citing"][0]["passages"][0]
    assert first["written"] == "8 U.S.C. 1373(a)"
    assert first["pinpoint"].endswith("9(a)")


def test_a_clause_counts_for_its_section(cited: Cited) -> None:
    assert cited("8 U.S.C. § 1373")["cited_by"] == {"documents": 2, "mentions": 3}
    assert cited("8 U.S.C. § 1357")["citing"][0]["passages"][0]["written"].startswith("section 287")


def test_a_case_is_known_by_any_reporter_that_some_text_names_beside_the_first(
    cited: Cited,
) -> None:
    found = cited("112 S. Ct. 2408")
    assert (found["citation"], found["held"]) == ("505 U.S. 144", False)
    assert found["name"] == "New York v. United States"
    # 505 U.S. with its parallel is one mention, Id. another
    assert found["cited_by"] == {"documents": 1, "mentions": 2}
    pages = {passage["page"] for row in found["citing"] for passage in row["passages"]}
    assert pages == {"188", "166"}


def test_every_passage_and_place_is_verbatim(cited: Cited, cited_engine: Engine) -> None:
    found = cited("8 U.S.C. § 1373", 100)
    with cited_engine.holdings() as holdings:
        for place in found["places"]:
            text = holdings.document(place["document_id"]).text
            assert text[place["start"] : place["end"]].startswith(place["text"])
        for row in found["citing"]:
            text = holdings.document(row["document_id"]).text
            for passage in row["passages"]:
                assert text[passage["start"] : passage["end"]] == passage["written"]
                assert passage["text"] in text


@pytest.mark.parametrize(
    ("written", "said"),
    [("glowing mushrooms", "no citation that is known; write it as"), ("", "no citation")],
)
def test_what_is_no_citation_is_said_with_the_forms_that_are(
    cited: Cited, written: str, said: str
) -> None:
    with pytest.raises(QuestionError, match=said):
        cited(written)


def test_what_is_cited_and_not_held_is_the_reading_list(cited_engine: Engine) -> None:
    with cited_engine.holdings() as holdings:
        missing = sources_json(holdings, 10, held=False)
        held = sources_json(holdings, 10, held=True)
        every = sources_json(holdings, 10)
    listed = {row["citation"]: row["documents"] for row in missing["sources"]}
    assert list(listed) == [
        "8 C.F.R. § 287.7",  # in two documents
        "505 U.S. 144",  # twice in one
        "8 U.S.C. § 1182",
        "N.Y.C. Admin. Code § 9-131",
    ]
    assert listed["8 C.F.R. § 287.7"] == 2
    assert [row["citation"] for row in held["sources"]] == [
        "8 U.S.C. § 1373",
        "8 U.S.C. § 1357",
        "Exec. Order No. 13,768",
    ]
    assert every["count"] == missing["count"] + held["count"]


def test_the_coverage_report_says_what_to_fetch_first(
    cited_client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = cited_client.get("/v1/documents").json()
    missing = cited_client.get("/v1/citations", params={"held": "false"}).json()
    report = listed["reading_list"]
    assert report["sources"] == missing["count"] == 4
    assert report["mentions"] == sum(row["mentions"] for row in missing["sources"])
    assert [row["key"] for row in report["first"]] == [row["key"] for row in missing["sources"]]
    # what filters hide is no less missing
    hidden = cited_client.get("/v1/documents", params={"kind": "court_ruling"}).json()
    assert hidden["reading_list"] == report
    shown = cited_client.get("/corpus/missing").text
    assert "New York v. United States" in shown
    assert "505 U.S. 144" in shown
    print_coverage(listed)
    printed = capsys.readouterr().out
    assert "cited and not held: 4 sources" in printed
    assert "New York v. United States, 505 U.S. 144" in printed
    assert "statute 3" in printed
    print_coverage({**listed, "reading_list": {"sources": 0, "mentions": 0, "first": []}})
    assert "every source that is cited is held" in capsys.readouterr().out


def test_citations_are_kept_at_ingest_and_found_again_where_none_are(
    cited_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any) -> Any:
        raise AssertionError("citations were looked for again")

    with cited_engine.holdings() as holdings:
        library = cited_engine.shelf.library
        kept = Links(holdings.records, library, never)
        assert kept.mentions == holdings.links.mentions
        # a library that an older release filled has none, and may not be written to
        monkeypatch.setattr(Library, "mentions", lambda *_: None)
        old = Links(holdings.records, library, holdings.document)
        assert old.mentions == kept.mentions


@pytest.mark.parametrize(
    ("question", "document", "begins"),
    [
        ("8 USC 1373(a)", "usc-8-1373", "(a)"),
        ("What does section 1373 of title 8 say?", "usc-8-1373", ""),
        ("INA 287(g)", "usc-8-1357", ""),
        ("INA § 287(g)(10)", "usc-8-1357", "(10)"),
        ("section 287(g)(1) of the Immigration and Nationality Act", "usc-8-1357", "(1)"),
        ("Exec. Order 13768 section 9", "eo-13768", "Section 9"),
        ("D.C. Code 24-211.07", "dc-code", ""),
        ("D.C. Code 24-211.07(b)", "dc-code", "(b)"),
        ("NYC Admin Code 9-131", "nyc-ll-58", ""),
        ("Printz at 935", "printz", ""),
        ("521 U.S., at 935", "printz", ""),
        ("82 Fed. Reg. 8799", "eo-13768", ""),
    ],
)  # fmt: skip
def test_a_question_that_names_a_citation_gets_that_clause_first(
    cited_engine: Engine, question: str, document: str, begins: str
) -> None:
    hit = cited_engine.search(Question(question)).hits[0]
    assert hit.passage.document_id == document
    assert hit.passage.text.startswith(begins)
    with cited_engine.holdings() as holdings:
        text = holdings.document(document).text
    assert hit.passage.span.of(text) == hit.passage.text


def test_a_named_clause_does_not_pass_a_filter(cited_engine: Engine) -> None:
    found = cited_engine.search(Question("8 USC 1373(a)", filters=Filters(documents=("dc-code",))))
    assert {hit.passage.document_id for hit in found.hits} == {"dc-code"}


def test_a_section_of_the_act_is_said_to_be_read_as_one_of_the_code(cited_engine: Engine) -> None:
    asked = cited_engine.ask(Question("What does INA § 287(g)(10) say of an agreement?"))
    assert asked.answer is not None
    assert "“INA § 287(g)(10)” was read as “8 U.S.C. § 1357(g)(10)”." in asked.answer.notices


def test_the_api_takes_any_written_form(cited_client: TestClient) -> None:
    one = cited_client.get("/v1/citations/8%20U.S.C.%20%C2%A7%201373(a)")
    assert one.status_code == 200, one.text
    assert one.json()["key"] == "8 usc 1373(a)"
    act = cited_client.get("/v1/citations/Local%20Law%2058%2F2014")
    assert act.json()["places"][0]["document_id"] == "nyc-ll-58"
    listed = cited_client.get("/v1/citations", params={"held": "false", "top": 1})
    assert listed.json()["sources"][0]["citation"] == "8 C.F.R. § 287.7"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/v1/citations/glowing", "no citation that is known"),
        ("/v1/citations/8%20USC%201373?as_of=soon", "is no date"),
        ("/v1/citations?top=0", "top"),
        ("/v1/citations?kept=false", "no such parameter"),
    ],
)
def test_a_bad_request_is_one_clear_line(cited_client: TestClient, path: str, said: str) -> None:
    response = cited_client.get(path)
    assert response.status_code == 422
    assert said in response.json()["detail"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["cites", "Arden Code § 4-12"], 0, "held as Arden Code § 4-12"),
        (["cites", "8 U.S.C. § 1373"], 1, "not held in this corpus"),
        (["cites", "--missing"], 1, "0 sources are cited and not held"),
        (["documents", "--coverage"], 0, "every source that is cited is held"),
        (["cites", "glowing mushrooms"], 2, "no citation that is known"),
        (["cites"], 2, "give a citation, or --missing"),
    ],
)
def test_the_command_prints_and_tells_by_its_status(
    service: str,
    tiny_settings: Settings,
    console: Callable[..., Any],
    words: list[str],
    status: int,
    said: str,
) -> None:
    done = console(tiny_settings, *words)
    assert done.returncode == status, done.stderr
    assert said in " ".join((done.stdout + done.stderr).split())


def test_the_command_gives_json(
    service: str, tiny_settings: Settings, console: Callable[..., Any]
) -> None:
    words = ("cites", "Arden Code § 4-12(b)", "--json")
    found = json.loads(console(tiny_settings, *words).stdout)
    assert found["citation"] == "Arden Code § 4-12(b)"
    assert found["places"][0]["text"].startswith("(b) The harbor master")
