"""Where the sentences of legal prose begin and end. Never breaks inside a citation.

A newline always ends a sentence: canonical text holds one block a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pincite.types import Span

# Words that always go on. The second row does so only with a capital ("Miss. Code", but "a miss.");
# the third only before a number ("No. 5").
_GOING_ON = """
    v vs e.g i.e cf viz mr mrs ms dr hon messrs prof gov gen col capt lt sgt rev st sec secs ch
    chs cl para paras subd subds pt pts tit p pp comp nn vol dept exec admin ann fed reg stat
    cong supp u.s.c c.f.r u.s.c.a d.c.r n.y.s n.e n.w s.e s.w a.2d p.2d l.ed f.supp s.ct h.r
    amend eff approx jan feb aug sept oct nov dec int'l ft bros
"""
_GOING_ON_CAPITALISED = """
    see cal mass tex fla ill mich minn wash ariz colo conn del ga ind kan ky la md miss mo mont
    neb nev okla ore pa tenn va vt wis wyo ala ark so const pub priv doc docs comm univ assn div
    dist rec rep reps mar apr jun jul mt ave blvd f s app art arts
"""
_GOING_ON_NUMBERED = "no nos n op ed fig ex exs art arts app"
# Words that may end a sentence: they do when what follows usually opens one.
_MAYBE_LAST = (
    "u.s d.c n.y n.j u.k inc corp co ltd llc l.p jr sr al etc seq a.m p.m ph.d esq id ibid"
)
_OPENING = """
    The This That These Those It In If When While Where As At But And Or For From He She We They
    There Thus Therefore However Moreover Nor Yet So Under Upon On Our Its His Her Their I You
    Such No Not Nothing To With Without Although Because Since After Before Any All Each Every
"""
_GOES_ON, _GOES_ON_CAPITALISED, _GOES_ON_NUMBERED, _MAY_END, _OPENERS = (
    frozenset(row.split())
    for row in (
        _GOING_ON,
        _GOING_ON_CAPITALISED,
        _GOING_ON_NUMBERED,
        _MAYBE_LAST,
        _OPENING,
    )
)
_END = re.compile(r"""[.!?]+["”’'\])]*(?=\s)""")
_NEXT = re.compile(r"""\s+["“‘'(\[—–-]*(?P<first>[A-Z0-9§¶*•]\S*|[a-z0-9]{1,4}\)\s*["“]?[A-Z])""")
_LAST_WORD = re.compile(r"""[^\s(\["“‘—–]+$""")
# "§ 1.", "Sec. 2-6.", "1.", "(a)", "II." at the very start name the clause; they do not end it.
_LEADER = re.compile(
    r"""["“\[\s]*(?:(?:§+|[Ss]ecs?\.|[Ss]ections?|SECTIONS?|SECS?\.|Art\.|ARTICLE|Article|CHAPTER
        |Chapter|Title|TITLE|PART|Part)\s*)?(?:\(?[0-9]+[\w.:–-]*\)?|\(?[A-Za-z]\)?|[IVXLivxl]+)\.?""",
    re.VERBOSE,
)


# A period's word, and the number of a clause, stand in so many characters before it.
_LOOK_BACK = 200


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, in order, without the white space between them.

    "8 U.S.C. § 1373(a) applies. It binds." has two: the second starts at "It".
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    at = start
    while at < stop:
        newline = text.find("\n", at, stop)
        line_end = stop if newline < 0 else newline
        found.extend(_in_line(text, at, line_end))
        at = line_end + 1
    return tuple(found)


def _in_line(text: str, start: int, end: int) -> Iterator[Span]:
    first = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, first, match, end):
            yield from _trimmed(text, first, match.end())
            first = match.end()
    yield from _trimmed(text, first, end)


def _ends_sentence(text: str, first: int, match: re.Match[str], end: int) -> bool:
    follows = _NEXT.match(text, match.end(), end)
    if follows is None:
        return False
    if match[0][0] != ".":
        return True
    if match[0].startswith("..") or text[max(match.start() - 2, 0) : match.start()] == ". ":
        # An ellipsis ends nothing by itself: ". . . The" may go on inside a quotation.
        return match[0].count(".") > 3
    before = text[max(first, match.start() - _LOOK_BACK) : match.start()]
    return _period_ends(before, match[0], follows["first"])


def _period_ends(before: str, stop: str, follows: str) -> bool:
    """Whether a single period after `before` closes a sentence that `follows` does not continue."""
    if _LEADER.fullmatch(before):
        return False
    if len(stop) > 1 and stop[-1] in '"”':
        return True
    last = _LAST_WORD.search(before)
    word = last[0].rstrip(",;)") if last else ""
    if not word:
        return True
    opens = follows.rstrip(",.;:'’”\")") in _OPENERS
    lowered = word.lower()
    if lowered in _GOES_ON or (word[0].isupper() and lowered in _GOES_ON_CAPITALISED):
        return opens and "." in word
    if lowered in _GOES_ON_NUMBERED:
        return not follows[0].isdigit()
    if lowered in _MAY_END:
        return opens
    if len(word) == 1 and word.isalpha():
        # An initial ("Antonin G. Scalia"), or the letter of a clause ("subdivision b.").
        return word.islower() or (word == "I" and opens)
    return not re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word) or opens


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
