"""What styles hide: words that a page holds and that nobody who looks at it sees.

    hides({"display": "none"})                          # True
    Sheet.of(".x { font-size: 0 }").hides(element)      # True for <p class="x">

No page is laid out: a style that hides by itself is known, one that hides among others is not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

from lxml.html import HtmlElement

Style = Mapping[str, str]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COMPOUND = re.compile(r"([a-zA-Z][\w-]*|\*)?((?:[.#][\w-]+)*)")
_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(px|pt|em|rem|ex|ch|%|vw|vh|in|cm|mm)?")
_FAINT = 0.05
_CLIPPED = re.compile(
    r"inset\( ?(?:[5-9]\d|100)%|circle\( ?0|rect\( ?[01](?:px)?[ ,]+[01](?:px)?[ ,]+[01]"
)
_OPACITY = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(%?)")
_TO_BRACKET = re.compile(r"[^()]*(?:[()]|\Z)")
_SCALED = re.compile(r"scale[xy3d]*\( ?0?\.?0* ?[,)]")
_POINTS = {"": 1.0, "px": 1.0, "pt": 1.33, "in": 96.0, "cm": 38.0, "mm": 3.8, "%": 0.16}
_EM = 16.0
_UNREADABLE = 2.0  # pixels
_FAR = -500.0
_OFFSETS = ("left", "top", "right", "bottom", "margin-left", "margin-top", "text-indent")
_EXTENTS = ("width", "height", "max-width", "max-height")
_WHITE = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_NO_COLOUR = re.compile(r"transparent|(?:rgba|hsla)\([^)]*,0?(?:\.0+)?\)|#\w{3}0|#\w{6}00")
_MOST_RULES = 5000
_LONGEST_SHEET = 500_000
_DECIDES = frozenset(
    {"display", "visibility", "opacity", "font-size", "color", "clip", "clip-path", "transform"}
    | {*_OFFSETS, *_EXTENTS}
)


def styled(written: str) -> dict[str, str]:
    """The declarations of a style attribute or of a rule's body; the last of a name counts."""
    pairs = (part.partition(":") for part in _COMMENT.sub("", written).split(";"))
    return {
        name.strip().lower(): " ".join(value.lower().replace("!important", "").split())
        for name, _, value in pairs
    }


def hides(style: Style) -> bool:
    """Whether these declarations alone keep words from being seen."""
    return bool(
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or _is_faint(style.get("opacity", ""))
        or _is_small(style.get("font-size", ""))
        or any(_pixels(style.get(name, "")) <= _FAR for name in _OFFSETS)
        or _is_shut(style)
        or _CLIPPED.search(style.get("clip-path", "") + style.get("clip", ""))
        or _SCALED.search(style.get("transform", ""))
        or _NO_COLOUR.fullmatch(_tight(style.get("color", "")))
    )


def ground_of(style: Style) -> str:
    """The colour that a style lays under words, or "image"; "" where it says nothing."""
    said = style.get("background-color") or style.get("background", "")
    if "url(" in said or "gradient" in said or "background-image" in style:
        return "image"
    # "rgb(0 0 0)" is one word.
    whole = _TO_BRACKET.sub(lambda m: _tight(m[0]) if m[0].endswith(")") else m[0], said)
    words = (word for word in whole.split(" ") if word)
    return next((word for word in words if word not in ("transparent", "none", "inherit")), "")


def is_lost(colour: str, ground: str) -> bool:
    """Whether words of a colour cannot be told from what they stand on; a page is white."""
    colour, ground = _tight(colour), ground or "white"
    return bool(colour) and (colour == ground or (colour in _WHITE and ground in _WHITE))


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector without relations: the ids and classes it names, and whether it hides them."""

    tag: str
    names: frozenset[str]
    hidden: bool
    place: int

    @property
    def weight(self) -> tuple[int, int, bool, int]:
        """What counts where several rules fit: ids, then classes, a tag, and the place last."""
        ids = sum(name.startswith("#") for name in self.names)
        return ids, len(self.names) - ids, bool(self.tag), self.place


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rules of a page's own style elements that hide something, or show it again.

    They stand under one of their names each, the rarest: a page may have as many rules as elements.
    """

    rules: Mapping[str, Sequence[_Rule]]

    @classmethod
    def of(cls, written: str) -> Sheet:
        """The rules of a sheet; those for a medium or with relations are passed over."""
        found = _rules(_COMMENT.sub(" ", written[:_LONGEST_SHEET]))
        rules = list(islice(found, _MOST_RULES))
        bearers = Counter(name for rule in rules for name in rule.names)
        by_name: defaultdict[str, list[_Rule]] = defaultdict(list)
        for rule in rules if any(rule.hidden for rule in rules) else ():
            by_name[min(rule.names, key=lambda name: bearers[name])].append(rule)
        return cls(by_name)

    def hides(self, element: HtmlElement) -> bool:
        """Whether the weightiest rule that fits hides the element; of equals the last."""
        classes = element.get("class", "").split()
        names = frozenset((f"#{element.get('id', '')}", *(f".{name}" for name in classes)))
        fitting = [
            rule
            for name in names
            for rule in self.rules.get(name, ())
            if rule.tag in ("", element.tag) and rule.names <= names
        ]
        return bool(fitting) and max(fitting, key=lambda rule: rule.weight).hidden


def _rules(written: str) -> Iterator[_Rule]:
    place = count()
    for rule in _without_at(written).split("}")[:-1]:
        before, brace, body = rule.rpartition("{")
        selectors = before.rpartition("{")[2]
        style = styled(body) if brace else {}
        if not _DECIDES & style.keys():
            continue
        for selector in selectors.split(","):
            found = _COMPOUND.fullmatch(selector.strip())
            if found and found[2]:  # a bare tag would hide a whole page, which scripts show again
                tag = "" if found[1] in (None, "*") else found[1].lower()
                names = frozenset(re.findall(r"[.#][\w-]+", found[2]))
                yield _Rule(tag, names, hides(style), next(place))


def _without_at(written: str) -> str:
    """The sheet without its @-blocks, which hold for a medium, a font or a movement."""
    kept: list[str] = []
    depth, at, skip_from = 0, 0, 0
    for found in re.finditer(r"@[^{};]*|[{};]", written):
        sign = found[0]
        if sign.startswith("@") and not skip_from and not depth:
            kept.append(written[at : found.start()])
            skip_from, at = 1, len(written)
        elif sign == ";" and skip_from and not depth:
            skip_from, at = 0, found.end()
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
            if skip_from and not depth:
                skip_from, at = 0, found.end()
    return "".join([*kept, written[at:]])


def _is_small(size: str) -> bool:
    return bool(_LENGTH.fullmatch(size)) and abs(_pixels(size)) < _UNREADABLE


def _is_faint(opacity: str) -> bool:
    found = _OPACITY.fullmatch(opacity)
    return found is not None and float(found[1]) / (100 if found[2] else 1) < _FAINT


def _is_shut(style: Style) -> bool:
    """Whether a box without extent cuts off what is in it."""
    said = f"{style.get('overflow', '')} {style.get('overflow-y', '')}".split()
    sizes = (style[name] for name in _EXTENTS if name in style)
    return bool({"hidden", "clip"} & set(said)) and any(
        _LENGTH.fullmatch(size) and abs(_pixels(size)) <= 1 for size in sizes
    )


def _pixels(length: str) -> float:
    """About how many pixels a length is; 0 for what is none."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS.get(found[2] or "", _EM) if found else 0.0


def _tight(colour: str) -> str:
    return colour.replace(" ", "")


def sheets_of(styles: Iterable[HtmlElement]) -> Sheet:
    """The sheet that a page's style elements make together."""
    return Sheet.of("\n".join(style.text or "" for style in styles if not style.get("media")))
