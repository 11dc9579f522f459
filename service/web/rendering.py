"""Templates to pages and to parts of pages, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.routing import Match

from pincite.said import N_, Said
from pincite.unseen import visibly
from service.coverage import card_lines
from service.reasons import REASONS
from service.web import labels, language, phrases
from service.web.assets import asset
from service.web.links import address, link, passage_link

Json = dict[str, Any]

# Stands in a template where something comes in later; what is escaped cannot hold it.
_HERE = "<!--here-->"

# Where each page of the site is, in the order of its navigation.
PAGES = {
    "ask": ("/", N_("Ask")),
    "search": ("/search", N_("Search")),
    "compare": ("/compare", N_("Compare")),
    "corpus": ("/corpus", N_("Corpus")),
    "evaluate": ("/evaluate", N_("Evaluate")),
}

# What may be quoted as what, and in a few words what that means.
CHANNELS = {"law": Said("Law"), "record": Said("Record"), "argument": Said("Argument")}
CHANNEL_SAYS = {
    "law": Said("what binds, where and when it does"),
    "record": Said("what was said, agreed or reported; it binds nobody as law"),
    "argument": Said("what somebody holds; a view, not law"),
}


def _shown(value: Any) -> Any:
    """What the service says, in the language spoken; a string of any origin hides nothing.

    Some strings, such as a file's name, come past the readers, which take out what is not seen.
    """
    return visibly(language.told(value)) if isinstance(value, str) else value


def in_english(words: str) -> Markup:
    """The attribute that tells a page of another language that this sentence stays English."""
    stays = language.spoken() != "en" and not isinstance(words, Said)
    return Markup(' lang="en"') if stays else Markup("")


_FOLDERS = [Path(__file__).parent / "templates"]
_LOADER = ChoiceLoader([FileSystemLoader(folder) for folder in _FOLDERS])


def templates_in(folder: Path) -> None:
    """Let a room of another package bring its templates; their names are none of those here."""
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)
        _LOADER.loaders = [FileSystemLoader(one) for one in _FOLDERS]


def _environment() -> Environment:
    env = Environment(
        loader=_LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        finalize=_shown,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension
        language.gettext,
        language.ngettext,
        newstyle=True,
        pgettext=language.pgettext,
        npgettext=language.npgettext,
    )
    env.globals |= {
        "asset": asset,
        "card_lines": card_lines,
        "languages": language.LANGUAGES,
        "in_english": in_english,
        "link": link,
        "passage_link": passage_link,
        "quoted": phrases.quoted,
        "reasons": REASONS,
        "address": address,
        "exports": {"docx": "Word", "markdown": "Markdown", "ris": "RIS", "csl-json": "CSL-JSON"},
        "channels": CHANNELS,
        "channel_says": CHANNEL_SAYS,
        "chips": labels.chips,
        "facts": labels.facts,
        "copied": labels.copied,
    }
    env.filters |= {"day": phrases.day, "place": phrases.place_name, "words": phrases.words}
    env.filters |= {"number": phrases.number}
    env.filters |= {"days": phrases.days, "capitalised": phrases.capitalised}
    return env


ENVIRONMENT = _environment()
"""The templates, for every router of the site."""


def page(
    request: Request, template: str, shown: Mapping[str, Any], status: int = 200, **headers: str
) -> Response:
    """A whole page, from a template that extends base.html; `shown` is what it may name."""
    text = _framed(request, template, shown)
    return HTMLResponse(text, status, {**_headers(request), **headers})


def page_in_pieces(request: Request, pieces: Iterator[str]) -> Response:
    """A whole page that is sent while it is made: its head at once, then piece by piece.

    What goes wrong before the first piece is raised here, so that it is said with its status;
    what goes wrong later the pieces have to say themselves.
    """
    first = next(pieces)
    headers = {**_headers(request), "X-Accel-Buffering": "no"}  # or a proxy may hold the head back
    every = chain([first], pieces)
    return StreamingResponse(every, headers=headers, media_type=HTMLResponse.media_type)


def around(request: Request, template: str, shown: Mapping[str, Any]) -> tuple[str, str]:
    """What stands above and what below the place at which something comes into a template."""
    above, _, below = _framed(request, template, shown).partition(_HERE)
    return above, below


def _framed(request: Request, template: str, shown: Mapping[str, Any]) -> str:
    return part(request, template, {"here": request.url.path, "back": _again(request), **shown})


def _pages(request: Request) -> dict[str, tuple[str, str]]:
    """The pages that this service has: a room of another package may be absent."""
    state = request.app.state
    if not hasattr(state, "pages"):
        state.pages = {name: one for name, one in PAGES.items() if _is_there(request, one[0])}
    found: dict[str, tuple[str, str]] = state.pages
    return found


def _is_there(request: Request, path: str) -> bool:
    asked = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)


def _again(request: Request) -> str:
    """Where to ask for the same page again, in another language."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}" if request.method == "GET" else "/"


def _headers(request: Request) -> dict[str, str]:
    spoken = language.language_of(request)
    return {"Content-Language": spoken, "Vary": "Accept-Language, Cookie"}


def part(request: Request, template: str, shown: Mapping[str, Any]) -> str:
    """A part of a page as HTML, for a script that puts it where the page has a place for it."""
    spoken = language.language_of(request)
    with language.speaking(spoken):
        frame = {"language": spoken, "pages": _pages(request)}
        return ENVIRONMENT.get_template(template).render({**frame, **shown})


def problem_page(request: Request, status: int, detail: str) -> Response:
    """A problem as a page, for a person who follows a link."""
    return page(request, "problem.html", {"problem": detail, "status": status}, status)
