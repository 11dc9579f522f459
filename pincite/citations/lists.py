"""Numbers of sections as they are listed behind one sign: "§§ 1226, 1231(a) and (b)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.citations.keys import squeezed, tidy

# A clause: "(a)", "(10)", "(iii)", "(4A)"; never "(2012)" or "(the)". Only a short one may stand
# behind a space: "§ 9-131 (h)(2)".
CLAUSES = (
    r"(?:\s?\((?:\d{1,2}|[A-Za-z])\s?\)"
    r"|\((?:\d{3}|[ivxIVX]{2,6}|[A-Z]{2}|[a-z]{2}|\d{1,2}[A-Za-z]{1,2}|[a-z]-\d)\)){0,9}"
)
CODE_NUMBER = r"\d(?:[\w.:–—-]{0,30}\w)?(?<!_)"
CFR_NUMBER = r"\d{1,4}(?:\.\d{1,4}[a-z]{0,2}(?:-\d{1,3}[A-Z]?(?![\d.]))?)?(?!\w)"
USC_NUMBER = r"\d{1,5}(?:[a-z]{1,3}|[A-Z]{1,2})?(?:-\d{1,3}[a-z]?)?(?!\w)"
# What reads as a further number and is the volume of a reporter: "§ 4, 92 Stat. 907".
_NO_VOLUME = r"(?!\s(?:[A-Z][\w.]*\.|U\. ?S|F\.|FR\b|CFR\b|USC\b))"
_SIGN = r"(?:§§?\s?|[Ss]ections?\s|[Ss]ecs?\.\s)?"
_MOST = 40
_COMPOUND = re.compile(r"\d+[A-Za-z]?(?:[-.]\d+[A-Za-z]?){1,3}")


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a list with its clauses, both as keys write them."""

    start: int
    end: int
    number: str
    clauses: str


class Listing:
    """How the numbers of one sort of code are listed."""

    def __init__(self, number: str) -> None:
        separator = r"(?:,?\s(?:and|or|to|through)\s|[,;]\s|\s?[–—-]\s?)"
        self._first = re.compile(rf"(?P<number>{number})(?P<clauses>{CLAUSES})")
        self._next = re.compile(
            rf"{separator}{_SIGN}(?:(?P<number>{number})(?P<clauses>{CLAUSES}){_NO_VOLUME}"
            rf"|(?P<siblings>(?:\([0-9A-Za-z]{{1,4}}\)){{1,9}}))"
        )

    def read(self, text: str, at: int, *, several: bool) -> Iterator[Item]:
        """The list that starts at `at`; `several` when its sign announces more than one."""
        found = self._first.match(text, at)
        if found is None:
            return
        item = _item(found, found["number"], found["clauses"])
        yield item
        for _ in range(_MOST):
            found = self._next.match(text, item.end)
            if found is None or not _continues(found, item, several=several):
                return
            if found["siblings"]:
                item = _item(found, item.number, _sibling(item.clauses, found["siblings"]))
            else:
                item = _item(found, found["number"], found["clauses"])
            yield item


def _item(found: re.Match[str], number: str, clauses: str) -> Item:
    start = found.start("number") if found["number"] else found.start("siblings")
    return Item(start, found.end(), tidy(number), squeezed(clauses))


def _continues(found: re.Match[str], before: Item, *, several: bool) -> bool:
    """Whether what follows is of the list; behind a single sign only what looks like it is."""
    if found["siblings"]:
        return bool(before.clauses) and not found[0].startswith((", (", "; ("))
    if several:
        return True
    number = found["number"]
    if _COMPOUND.fullmatch(number) and _COMPOUND.fullmatch(before.number):
        return "and" in found[0] or "or" in found[0]
    long = len(re.match(r"\d*", number)[0]) > 2  # type: ignore[index]
    joined = found[0].lstrip(", ").startswith(("and ", "or "))
    return long and joined and not re.fullmatch(r"(?:19|20)\d\d", number)


def _sibling(before: str, siblings: str) -> str:
    """The clauses of a sibling: "(b)(1)(ii)" beside "(b)(1)(i)" when only "(ii)" is written."""
    clauses = re.findall(r"\([\w-]+\)", before)
    count = siblings.count("(")
    return "".join(clauses[: max(len(clauses) - count, 0)]) + siblings


CODE_LIST = Listing(CODE_NUMBER)
CFR_LIST = Listing(CFR_NUMBER)
USC_LIST = Listing(USC_NUMBER)
