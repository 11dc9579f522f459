"""Which words of a quote decide a question, and when none are marked."""

from __future__ import annotations

import pytest

from pincite.kinds import Kind
from pincite.types import Answer, Citation, Entry, Locator, Mark, Question, Span, Statement
from service.answering.deciding import decided, deciding_in
from service.answering.sorts import sort_asked

LIMIT = (
    "No officer may arrest a person on a civil detainer, except where a judge has signed a warrant."
)


def even(term: str) -> float:
    return 1.0


def marked(question: str, quote: str, *, best: bool = False) -> list[str]:
    return [span.of(quote) for span in deciding_in(question, quote, even, best=best)]


@pytest.mark.parametrize(
    ("question", "quote", "words"),
    [
        (
            "May an officer inquire into immigration status?",
            "An officer shall not inquire into a person's immigration status.",
            ["shall not inquire"],
        ),
        (
            "May a state prohibit officials from sending information?",
            "A State official may not prohibit any official from sending information.",
            ["may not prohibit"],
        ),
        ("Can an officer arrest a person on a detainer?", LIMIT, ["No", "may arrest", "except"]),
        (
            # the list says what its lead-in forbids
            "May the department honor a civil detainer?",
            "The department shall not:\n(1) honor a civil detainer; or\n(2) buy horses.",
            ["shall not"],
        ),
        (
            "Do we have to report to the council?",
            "The chief who may appoint clerks must report to the council each year.",
            ["must report"],
        ),
        (
            "How long may the jail hold a person?",
            "The jail may hold a person for no more than forty-eight (48) hours.",
            ["no more than forty-eight (48) hours"],
        ),
        (
            "How much of the grant may be used for costs?",
            "Not more than 10 percent of a grant may be used for costs.",
            ["Not more than 10 percent"],
        ),
        (
            "How much is the fine for holding a person?",
            "Whoever holds a person pays a fine of $1,500 for each day.",
            ["$1,500"],
        ),
        (
            "How many deputy mayors are there?",
            "Section 3. There shall be eight deputy mayors.",
            ["eight"],
        ),
        (
            "When does the ordinance take effect?",
            "This ordinance takes effect on Jan. 20, 2025.",
            ["Jan. 20, 2025"],
        ),
        (
            "By what date must agencies post signs?",
            "Agencies must post signs no later than September 30, 2026.",
            ["no later than September 30, 2026"],
        ),
        (
            "What happens if a city violates this chapter?",
            "A city that violates this chapter shall be denied state funds.",
            ["shall be denied state funds"],
        ),
        (
            "What is the penalty for violating this chapter?",
            "Whoever is found violating this chapter is liable for a civil penalty of $500.",
            ["a civil penalty of $500"],
        ),
        (
            "Who appoints the inspector?",
            "The inspector is appointed by the Mayor for five years.",
            ["the Mayor"],
        ),
        (
            "Who shall publish the list of jurisdictions?",
            "The Attorney General shall publish a list of jurisdictions.",
            ["The Attorney General"],
        ),
        (
            "To whom do the mayor's powers devolve by delegation?",
            "All powers of the mayor are delegated to the Deputy Mayor for Administration.",
            ["the Deputy Mayor for Administration"],
        ),
    ],
)
def test_the_words_that_decide(question: str, quote: str, words: list[str]) -> None:
    assert marked(question, quote) == words


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        # no sort of words would decide it
        ("What does the order say?", "The order shall not apply."),
        ("Why did the city refuse?", "The city shall not honor requests."),
        # a duty to do something else
        ("May an officer ask about status?", "The officer shall wear a badge on duty."),
        # the two nearest clauses say opposite things
        ("May a jail hold a person?", "A jail may hold a person. A jail may not hold a person."),
        # what a party says
        ("Must states enforce the act?", "Petitioners contend that states must enforce the act."),
        # the number of a section
        ("How many deputies may a county name?", "Under section 12 deputies are named."),
        # three figures as near
        ("How long is the term?", "The term is 1 year, 2 years or 3 years."),
        # nothing of the question
        ("How long may a jail hold a person?", "Permits for fireworks end after 30 days."),
    ],
)
def test_nothing_is_marked_where_the_rule_is_not_sure(question: str, quote: str) -> None:
    assert marked(question, quote) == []


def test_of_the_best_quote_the_one_figure_was_asked_for() -> None:
    question, quote = (
        "How long on the job does a deputy need?",
        "Candidates show two years of work.",
    )
    assert marked(question, quote) == []
    assert marked(question, quote, best=True) == ["two years"]


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("Under the order, may DHS let people in?", "yes_no"),
        ("If a jail is full, can we ask for help?", "yes_no"),
        ("How can a city appeal?", None),
        ("What must a city certify, and is it required?", None),
        ("wat hapens if we do not comply? What happens?", "consequence"),
        ("Is the order good?", None),
        ("How many days may a jail hold someone?", "quantity"),
        ("How many members are there?", "number"),
        ("Who pays?", "who"),
    ],
)
def test_the_sort_of_words_that_would_decide(question: str, sort: str | None) -> None:
    assert sort_asked(question) == sort


def cited(
    quote: str,
    channel: str = "law",
    marks: tuple[Mark, ...] = (),
    kind: Kind = Kind.STATUTE,
) -> Citation:
    return Citation(
        Entry("a", kind, "A", "a.md"),
        "v",
        Span(50, 50 + len(quote)),
        quote,
        Locator(),
        "1 Code § 1",
        "",
        channel,  # type: ignore[arg-type]
        "",
        "in_force",
        marks=marks,
    )


def answered(citation: Citation) -> Answer:
    statement = Statement(citation.quote, citation.channel, (1,))
    return Answer(Question("q"), (statement,), (citation,))


def test_words_that_an_act_deletes_decide_nothing() -> None:
    quote, question = "The jail may not hold [a person].", "May the jail hold a person?"
    plain = decided(answered(cited(quote)), question, even).citations[0]
    assert [span.of(quote) for span in plain.deciding] == ["may not hold"]
    gone = Mark(Span(50 + 9, 50 + 20), "deleted")
    deleted = decided(answered(cited(quote, marks=(gone,))), question, even).citations[0]
    assert deleted.deciding == ()


def test_an_argument_decides_no_question_of_law() -> None:
    citation = cited("A jail may hold a person.", "argument")
    assert not decided(answered(citation), "May a jail hold a person?", even).citations[0].deciding


def test_of_a_ruling_only_the_verb_that_is_asked_of_decides() -> None:
    def marks(quote: str) -> list[str]:
        citation = cited(quote, kind=Kind.COURT_RULING)
        answer = decided(answered(citation), "May Congress command a state to act?", even)
        return [span.of(quote) for span in answer.citations[0].deciding]

    assert marks("Congress may not command a state to act.") == ["may not command"]
    assert marks("Congress and a state may agree to act.") == []


def test_the_same_figure_twice_is_one_answer() -> None:
    quote = "The jail may hold a person for 48 hours. After 48 hours the jail may hold no person."
    assert marked("How long may the jail hold a person?", quote) == ["48 hours"]
    other = quote.replace("After 48", "After 72")
    assert marked("How long may the jail hold a person?", other) == []


def test_a_long_quote_of_modals_costs_no_more_than_its_length() -> None:
    quote = "No officer " + "and no clerk, " * 2000 + "may hold a person."
    assert len(marked("May an officer hold a person?", quote)) <= 3
