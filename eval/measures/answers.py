"""Measures of an answer: whether it is right, what it cites, whether its quotes stand.

Measures of citations apply to answers that cite; that nothing was said is counted by CitationR,
Accuracy and the measures of abstention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.measures.gold import Context, answers, named, right
from eval.measures.measure import Definition
from eval.measures.rightness import asked, cited_by, first, overlong, rightness
from eval.measures.spans import without_gold
from eval.words import Case, Cited, Given, Score, Support

STATEMENTS = 3
# What follows a pinpoint's words in one that lies inside it, or that begins there.
_INSIDE = ("(", " (", ".", ",", "–", " n.")
_SECTION_WORD = re.compile(r"§+|\bsec(?:tion|\.)s?")
_DOTTED = re.compile(r"(?<!\bn)\.(\w+)")
_REWRITTEN = re.compile(r"\((?:adding|amending|proposed|repealing) (?P<clause>.+)\)$")


def accuracy(case: Case, given: Given, context: Context, _: int) -> Score:
    """Whether the outcome is right, see `rightness`; of answerable questions, silence is 0."""
    return rightness(case, given, context)


def answered_wrong(case: Case, given: Given, context: Context, _: int) -> Score:
    """Whether a question that the corpus answers was answered, and wrong."""
    judged = rightness(case, given, context)
    if judged.value is None:
        return judged
    return Score(float(judged.value == 0 and bool(given.statements)), judged.reason)


def citation_precision(case: Case, given: Given, context: Context, _: int) -> Score:
    """The share of cited characters that belong to right quotes, in the first three statements.

    A right quote counts whole, so that quoting the clause around a short gold stretch costs
    nothing; an overlong quote is wrong.
    """
    cited = cited_by(given, STATEMENTS)
    if not cited:
        return Score(None, _uncited(given))
    sound = [one for one in cited if not overlong(one) and right(one, case.groups, context)]
    above, below = (sum(len(one.quote) for one in those) for those in (sound, cited))
    reason = f"{len(sound)} of {len(cited)} quotes are right ({above} of {below} characters)"
    return Score(above / below if below else 0.0, reason)


def citation_recall(case: Case, given: Given, context: Context, _: int) -> Score:
    """The share of gold groups that a quote of the first three statements is right for."""
    if not asked(given):
        return Score(None, _uncited(given))
    cited = [one for one in cited_by(given, STATEMENTS) if not overlong(one)]
    missed = [
        group
        for group in case.groups
        if not any(answers(one, gold, context) for one in cited for gold in group.supports)
    ]
    if not missed:
        return Score(1.0, "every gold group is quoted")
    reason = "not quoted: " + " and ".join(named(group.supports[0]) for group in missed)
    return Score(1 - len(missed) / len(case.groups), reason)


def right_document(case: Case, given: Given, _context: Context, _: int) -> Score:
    """Whether the first statement cites a gold document."""
    cited = first(given)
    if not cited:
        return Score(None, _uncited(given))
    gold = {support.document_id for group in case.groups for support in group.supports}
    found = [one.document_id for one in cited if one.document_id in gold]
    if found:
        return Score(1.0, f"the first statement cites {found[0]}")
    return Score(0.0, f"the first statement cites {_documents(cited)}, not {_listed(gold)}")


def right_pinpoint(case: Case, given: Given, _context: Context, _: int) -> Score:
    """Whether the first statement cites a gold document at the gold pinpoint, or one inside it.

    "§ 4(a)(1)" is inside "§ 4(a)", and "at 935–36" begins at "at 935"; "§ 4" is wider, and wrong.
    A page is not asked of a copy that prints none.
    """
    cited = first(given)
    if not cited:
        return Score(None, _uncited(given))
    for one in cited:
        if any(_stands_at(one, support) for support in _pinpointed(case)):
            return Score(1.0, f"{one.pinpoint} of {one.document_id}")
        if any(_unpaged(one, support) for support in _pinpointed(case)):
            return Score(None, f"this copy of {one.document_id} prints no page, only paragraphs")
    found = " and ".join(f"{one.pinpoint or 'no place'} of {one.document_id}" for one in cited)
    return Score(0.0, f"{found}, not {_listed({named(gold) for gold in _pinpointed(case)})}")


def quote_verified(_case: Case, given: Given, context: Context, _: int) -> Score:
    """The share of quotes that stand, to the letter, where they say they stand."""
    cited = cited_by(given)
    if not cited:
        return Score(None, _uncited(given))
    lost = [one.citation for one in cited if not _verified(one, context)]
    if not lost:
        return Score(1.0, f"all {len(cited)} stand")
    return Score(1 - len(lost) / len(cited), f"not where it says: {', '.join(lost)}")


def quote_words(_case: Case, given: Given, _context: Context, _: int) -> Score:
    """The mean length of the answer's quotes in words."""
    cited = cited_by(given)
    if not cited:
        return Score(None, _uncited(given))
    lengths = [len(one.quote.split()) for one in cited]
    long = sum(map(overlong, cited))
    reason = ", ".join(map(str, lengths)) + " words" + (f"; {long} overlong" if long else "")
    return Score(sum(lengths) / len(lengths), reason)


def unanswerable_or_without_gold(case: Case) -> str | None:
    """Why an answer cannot be right or wrong by its quotes."""
    return "the corpus cannot answer" if case.answerable is False else without_gold(case)


def _without_pinpoint(case: Case) -> str | None:
    return None if _pinpointed(case) else "no gold pinpoint is given"


def _unjudged(case: Case) -> str | None:
    return None if case.answerable is False else without_gold(case)


def _pinpointed(case: Case) -> list[Support]:
    return [gold for group in case.groups for gold in group.supports if gold.pinpoint]


def _stands_at(cited: Cited, gold: Support) -> bool:
    there = _plain(gold.pinpoint)
    return cited.document_id == gold.document_id and any(
        here == there
        or there.startswith(f"{here}–")
        or (here.startswith(there) and here[len(there) :].startswith(_INSIDE))
        for here in map(_plain, _places(cited.pinpoint))
        if here
    )


def _unpaged(cited: Cited, gold: Support) -> bool:
    """Whether the gold's page can't be compared: right words, in a copy without printed pages."""
    return (
        cited.document_id == gold.document_id
        and gold.pinpoint.startswith("at ")
        and cited.pinpoint.startswith(("¶", "para."))
        and cited.span.meets(gold.span)
    )


def _places(pinpoint: str) -> list[str]:
    """A pinpoint, and the clause of the code that it says an act's section adds or amends."""
    rewritten = _REWRITTEN.search(pinpoint)
    return [pinpoint, rewritten["clause"]] if rewritten else [pinpoint]


def _plain(pinpoint: str) -> str:
    """Without the word for "section", and with one way to set a clause off: "IV.E" is "IV(E)"."""
    bare = _SECTION_WORD.sub(" ", pinpoint.casefold())
    return " ".join(_DOTTED.sub(r"(\1)", bare).split())


def _verified(cited: Cited, context: Context) -> bool:
    text = context.text(cited.document_id, cited.version)
    return text is not None and bool(cited.quote) and cited.span.of(text) == cited.quote


def _uncited(given: Given) -> str:
    if not asked(given):
        return "no answer was asked for"
    return "the answer cites nothing" if given.statements else "nothing was answered"


def _documents(cited: Sequence[Cited]) -> str:
    return _listed({one.document_id for one in cited})


def _listed(names: set[str]) -> str:
    return " or ".join(sorted(names))


ROWS = (
    Definition(
        "Accuracy", "Questions with the right outcome, silence included", accuracy, _unjudged
    ),
    Definition(
        "AnsweredRight",
        "Answerable questions that were answered right",
        accuracy,
        unanswerable_or_without_gold,
    ),
    Definition(
        "AnsweredWrong",
        "Answerable questions that were answered wrong",
        answered_wrong,
        unanswerable_or_without_gold,
        better="low",
        failed=None,
    ),
    Definition(
        "RightDocument",
        "Answers whose first statement cites a gold document",
        right_document,
        without_gold,
    ),
    Definition(
        "RightPinpoint",
        "Answers whose first statement cites the gold pinpoint",
        right_pinpoint,
        _without_pinpoint,
    ),
    Definition(
        "CitationP",
        "Share of the quoted characters that are right",
        citation_precision,
        without_gold,
    ),
    Definition(
        "CitationR", "Share of the gold groups that are quoted", citation_recall, without_gold
    ),
    Definition("QuoteVerified", "Share of the quotes that stand in their source", quote_verified),
    Definition(
        "QuoteWords", "Words of a quote", quote_words, unit="words", better="neither", failed=None
    ),
)
