"""Cells of a comparison: each place's own law, silence and absence told apart, copies compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.outlines.table import outline
from ingest.publishing import ingest
from pincite.errors import QuestionError
from pincite.kinds import Kind
from pincite.settings import Settings
from pincite.shelf import Shelf
from pincite.types import Document, Entry, Mark, Reading, Span
from service.comparing.stating import sought
from service.comparing.table import Comparison, compare, comparison_json
from service.engine import Engine

TOLL = "Must a truck pay a toll on the bridge?"

# id, kind, place, more of the entry, words of its one clause
ROWS = [
    ("zz-law", "statute", "zz", "", "A truck shall pay a toll of one dollar on the bridge."),
    (
        "arden",
        "ordinance",
        "zz/arden",
        "",
        "A truck shall pay a toll of two dollars on the bridge.",
    ),
    (
        "arden-bill",
        "bill",
        "zz/arden",
        'status = "pending"',
        "A truck must pay a toll of nine dollars on the bridge, the bridge of the toll.",
    ),
    (
        "quarter",
        "ordinance",
        "zz/arden/quarter",
        "",
        "A truck shall pay a toll of three dollars on the bridge.",
    ),
    (
        "brill",
        "ordinance",
        "zz/brill",
        "",
        "A truck shall pay a toll of five dollars on the bridge.",
    ),
    ("cole", "agreement", "zz/cole", "", "A truck shall pay a toll of six dollars on the bridge."),
    (
        "dale",
        "ordinance",
        "zz/dale",
        'status = "repealed"\neffective = 2001-01-01\nexpires = 2015-01-01',
        "A truck shall pay a toll of seven dollars on the bridge.",
    ),
    ("ever", "op_ed", "zz/ever", "", "Surely a truck must pay a toll on the bridge, I say."),
    ("finn", "ordinance", "zz/finn", "", "Nobody shall sell oysters in July without a licence."),
    (
        "gale",
        "ordinance",
        "zz/gale",
        "",
        "WHEREAS, a truck may pay a toll on the bridge; and whereas the bridge is old.",
    ),
    (
        "hale-old",
        "ordinance",
        "zz/hale",
        'work = "hale"\nstatus = "superseded"\neffective = 2001-01-01',
        "A truck shall pay a toll of eight dollars on the bridge.",
    ),
    (
        "hale-new",
        "ordinance",
        "zz/hale",
        'work = "hale"\nstatus = "in_force"\neffective = 2015-01-01\n'
        'notice = "Text of about May."\n'
        'supersedes = ["hale-old"]',
        "Nobody shall sell oysters in August without a licence.",
    ),
]


@pytest.fixture(scope="module")
def engine(
    tmp_path_factory: pytest.TempPathFactory, light_shelf: Callable[[Settings], Shelf]
) -> Iterator[Engine]:
    """The engine over ten one-clause documents of as many places."""
    folder: Path = tmp_path_factory.mktemp("places")
    lines = ['collection = "places"']
    for id_, kind, place, more, text in ROWS:
        (folder / f"{id_}.md").write_text(f"# {id_.title()}\n\n{text}\n", encoding="utf-8")
        lines.append(
            f'[[entry]]\nid = "{id_}"\nfile = "{id_}.md"\nkind = "{kind}"\n'
            f'title = "{id_.title()}"\njurisdiction = "{place}"\n{more}'
        )
    (folder / "catalogue.toml").write_text("\n\n".join(lines), encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), ocr="off")
    shelf = light_shelf(settings)
    ingest(settings, [folder], shelf=shelf)
    engine = Engine(settings, shelf)
    yield engine
    engine.close()


def table(engine: Engine, *places: str, as_of: date | None = None) -> Comparison:
    return compare(engine, [TOLL], places, as_of)


@pytest.mark.parametrize(
    ("place", "type_", "said"),
    [
        ("zz", "quote", "one dollar"),
        ("zz/arden", "quote", "two dollars"),  # not its quarter's, its country's, nor the bill's
        ("zz/arden/quarter", "quote", "three dollars"),
        ("zz/brill", "quote", "five dollars"),
        ("zz/cole", "quote", "six dollars"),  # an agreement, where no law is held
        ("zz/dale", "superseded", "seven dollars"),
        ("zz/ever", "silent", "1 document of Ever, Zz held"),  # an opinion is nobody's law
        ("zz/finn", "silent", "no provision on it was found"),
        ("zz/gale", "silent", "1 document of Gale, Zz held"),  # a recital is no rule
        ("zz/hull", "not_in_corpus", "no document of Hull, Zz is held; texts of Zz are"),
    ],
)
def test_a_cell_says_what_the_place_itself_says(
    engine: Engine, place: str, type_: str, said: str
) -> None:
    cell = table(engine, place).rows[0].cells[0]
    assert cell.type == type_
    assert said in (cell.citation.quote if cell.citation else cell.words)
    assert (cell.citation is None) == (type_ in ("silent", "not_in_corpus"))


@pytest.mark.parametrize(
    ("place", "channel", "words"),
    [
        ("zz/arden", "law", ""),
        ("zz/cole", "record", "no law of this place is held; this is agreement"),
        ("zz/dale", "record", "no text in force was found"),
    ],
)
def test_a_cell_that_is_no_law_in_force_says_so(
    engine: Engine, place: str, channel: str, words: str
) -> None:
    cell = table(engine, place).rows[0].cells[0]
    assert cell.citation is not None
    assert cell.citation.channel == channel
    assert cell.words.startswith(words)
    assert bool(cell.words) == bool(words)


def test_the_words_of_a_text_that_another_replaced_are_not_shown_as_what_a_place_says(
    engine: Engine,
) -> None:
    cell = table(engine, "zz/hale").rows[0].cells[0]
    assert (cell.type, cell.citation) == ("silent", None)
    assert "no provision on it was found in force; Hale-Old, para. 1 had one" in cell.words
    assert "superseded" in cell.words
    before = table(engine, "zz/hale", as_of=date(2010, 1, 1)).rows[0].cells[0]
    assert before.type == "quote"


def test_a_notice_says_of_which_text_it_is(engine: Engine) -> None:
    told = compare(
        engine, ["Shall nobody sell oysters in August without a licence?"], ["zz/hale"], None
    )
    assert "Hale-New: Text of about May." in told.notices


def test_law_that_was_repealed_later_is_law_on_its_day(engine: Engine) -> None:
    cell = table(engine, "zz/dale", as_of=date(2010, 1, 1)).rows[0].cells[0]
    assert cell.type == "quote"
    assert cell.citation is not None
    assert cell.citation.status == "in_force"


def test_a_cell_does_not_depend_on_the_other_columns(engine: Engine) -> None:
    alone = table(engine, "zz/brill").rows[0].cells[0]
    beside = table(engine, "zz", "zz/arden", "zz/brill", "zz/hull").rows[0].cells[2]
    assert (alone.type, alone.citation) == (beside.type, beside.citation)


def test_every_quote_stands_in_its_source(engine: Engine) -> None:
    told = table(engine, *dict.fromkeys(row[2] for row in ROWS))
    with engine.holdings() as holdings:
        for cell in told.rows[0].cells:
            if cell.citation:
                text = holdings.document(cell.citation.entry.id).text
                assert cell.citation.span.of(text) == cell.citation.quote


def test_copies_of_a_clause_show_the_words_in_which_they_differ(engine: Engine) -> None:
    first, second, silent = table(engine, "zz/arden", "zz/brill", "zz/finn").rows[0].cells
    assert first.changes == ()
    assert silent.changes == ()
    changed = {(c.kind, c.text.strip()) for c in second.changes if c.kind != "same"}
    assert changed == {("deleted", "two"), ("inserted", "five")}
    assert first.citation is not None
    kept = "".join(change.text for change in second.changes if change.kind != "inserted")
    assert kept == first.citation.quote


def test_questions_are_rows_and_places_columns_and_doubles_count_once(engine: Engine) -> None:
    other = "Shall nobody sell oysters in July without a licence?"
    told = compare(engine, [TOLL, other, TOLL], ["zz/arden", "zz/finn", "finn", "/zz/arden/"], None)
    assert [row.question for row in told.rows] == [TOLL, other]
    assert [column.jurisdiction for column in told.columns] == ["zz/arden", "zz/finn"]
    shown = comparison_json(told)
    types = [[cell["type"] for cell in row["cells"]] for row in shown["rows"]]
    assert types == [["quote", "silent"], ["silent", "quote"]]


def test_a_place_that_is_not_held_tells_what_around_it_is(engine: Engine) -> None:
    told = table(engine, "zz/arden/north")
    assert told.columns[0].around == ("zz", "zz/arden")
    assert told.rows[0].cells[0].words.endswith("; texts of Zz and Arden, Zz are")


@pytest.mark.parametrize(
    ("questions", "places", "said"),
    [
        ([], ["zz"], "0 questions were given; compare takes 1 to 10"),
        (["toll"] * 11, ["zz"], "11 questions"),
        (["toll"], [], "0 jurisdictions"),
        (["toll"], ["zz"] * 21, "21 jurisdictions"),
        ([" "], ["zz"], "the question is empty"),
        (["toll"], [""], "a jurisdiction is empty"),
        (["toll"], ["mars"], "unknown jurisdiction 'mars'; known are"),
        (["toll"], ["zz/Ärden"], "known are, for instance: zz/arden"),
        (["toll"], ["yy/arden"], "unknown jurisdiction 'yy/arden'"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_line(
    engine: Engine, questions: list[str], places: list[str], said: str
) -> None:
    with pytest.raises(QuestionError, match=said):
        compare(engine, questions, places, None)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("No officer shall ask about immigration status.", True),
        ("(a) Absent a judicial warrant, the District shall not hold anybody.", True),
        ("27A.2 A law enforcement agency shall comply with any instruction.", True),
        ("A city that adopts such a policy is ineligible for any grant.", True),
        ("WHEREAS, the city may welcome all of its residents; and", False),
        ("This act may be cited as the Sanctuary Values Act of 2020.", False),
        ("This order shall take effect on the first day of the next month.", False),
        ("The general assembly finds and declares that cities shall comply.", False),
        ("(3) “Sanctuary policy” means any directive that may limit cooperation.", False),
        ("Judicial warrant shall mean a warrant that a judge may issue.", False),
        ("As used in this chapter the word person may mean a city.", False),
        ("2. the number of persons who may be held pursuant to detainers.", False),
        ("(4) ICE detainers and administrative warrants, generally speaking here.", False),
        ("It shall not.", False),  # too short to say what
    ],
)
def test_a_rule_is_told_from_what_is_none(text: str, states: bool) -> None:
    assert sought("May the jail hold a person?").states(text) == states


REPORT = "The department shall post a report on the number of trucks that were stopped."
CONSTRUED = "Nothing in this section shall be construed to deny a driver the right to leave."


@pytest.mark.parametrize(
    ("question", "text", "states"),
    [
        ("What does toll mean?", "(3) “Toll” means any charge for the use of a bridge.", True),
        ("What is a toll?", "(3) “Toll” means any charge for the use of a bridge.", True),
        ("What is a toll?", "(3) “Bridge” means any way over water for a toll.", False),
        ("What is a toll?", "A truck shall pay a toll on the bridge.", False),
        ("What is a driver required to do?", "A driver shall stop at the bridge.", True),
        ("May a truck be stopped?", "(3) “Toll” means any charge for the use of it.", False),
        ("May the police stop trucks?", REPORT, False),
        ("Must the police report how many trucks they stop?", REPORT, True),
        ("May the police stop trucks?", "2. The number of trucks that shall be stopped.", False),
        ("What happens to a driver who pays no toll?", "A truck shall pay a toll here.", False),
        ("What happens to a driver who pays no toll?", "He is liable to a fine of it.", True),
        ("Must a driver wait?", CONSTRUED, False),
        ("May a driver leave?", CONSTRUED, True),
        ("Must a driver wait?", "A driver may only leave when the toll is paid.", True),
    ],
)
def test_what_is_asked_for_decides_what_may_answer(question: str, text: str, states: bool) -> None:
    assert sought(question).states(text) == states


def quoted(
    text: str, words: str, *deleted: str, question: str = "May a truck cross?"
) -> str | None:
    """What is quoted for some words of an ordinance of which an act deletes others."""
    marks = tuple(Mark(_span(text, one), "deleted") for one in deleted)
    reading = Reading(text, "plain", 1, marks=marks)
    entry = Entry("law", Kind.ORDINANCE, "A Law", "law.txt")
    sections = outline(Kind.ORDINANCE, reading)
    document = Document(entry, text, f"{text}{deleted}", sections=sections, marks=marks)
    found = sought(question).quoted(document, _span(text, words))
    return found.of(text) if found else None


def _span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_words_that_an_act_mostly_deletes_are_no_law() -> None:
    rule = "The warden [shall not let a truck cross by night.]"
    assert quoted(rule, rule) == rule
    assert quoted(rule, rule, "[shall not let a truck cross by night.]") is None
    few = "The warden [of the bridge] shall not let a truck cross by night."
    assert quoted(few, few, "[of the bridge]") == few
    # without the deleted word it commands nothing
    none = "The warden [shall] sees every truck that crosses the bridge by night."
    assert quoted(none, none, "[shall]") is None


def test_findings_and_purposes_are_no_rules_however_they_are_worded() -> None:
    found = "The council finds and declares that:\n(1) A truck may cross the bridge at any time."
    assert quoted(found, "(1) A truck may cross the bridge at any time.") is None
    ruled = "The warden shall see to it that:\n(1) a truck may cross the bridge at any time."
    item = "(1) a truck may cross the bridge at any time."
    assert quoted(ruled, item) == ruled
    assert quoted(ruled, item, question="What is a truck?") is None
    purpose = "§ 1. Purpose.\nTrucks shall be welcome to cross the bridge by night.\n"
    assert quoted(purpose, "Trucks shall be welcome to cross the bridge by night.") is None
