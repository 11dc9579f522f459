"""Templates to pages and to parts of pages, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pincite.unseen import visibly
from service.coverage import card_lines
from service.reasons import REASONS
from service.web import language, phrases
from service.web.assets import asset
from service.web.links import link, passage_link

Json = dict[str, Any]

# Where each page of the site is, in the order of its navigation.
PAGES = {
    "ask": ("/", "Ask"),
    "search": ("/search", "Search"),
    "compare": ("/compare", "Compare"),
    "corpus": ("/corpus", "Corpus"),
    "evaluate": ("/evaluate", "Evaluate"),
}


def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        # What came past the readers, such as a file's name, hides nothing on a page either.
        finalize=lambda value: visibly(value) if isinstance(value, str) else value,
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
        "link": link,
        "pages": PAGES,
        "passage_link": passage_link,
        "quoted": phrases.quoted,
        "reasons": REASONS,
        "exports": {"docx": "Word", "markdown": "Markdown", "ris": "RIS", "csl-json": "CSL-JSON"},
        "channels": {"law": "Law", "record": "Record", "argument": "Argument"},
    }
    env.filters |= {"day": phrases.day, "place": phrases.place_name, "words": phrases.words}
    return env


ENVIRONMENT = _environment()
"""The templates, for every router of the site."""


def page(
    request: Request, template: str, shown: Mapping[str, Any], status: int = 200, **headers: str
) -> Response:
    """A whole page, from a template that extends base.html; `shown` is what it may name."""
    text = part(request, template, {"here": request.url.path, **shown})
    spoken = language.language_of(request)
    kept = {"Content-Language": spoken, "Vary": "Accept-Language, Cookie", **headers}
    return HTMLResponse(text, status, kept)


def part(request: Request, template: str, shown: Mapping[str, Any]) -> str:
    """A part of a page as HTML, for a script that puts it where the page has a place for it."""
    spoken = language.language_of(request)
    with language.speaking(spoken):
        return ENVIRONMENT.get_template(template).render(language=spoken, **shown)


def problem_page(request: Request, status: int, detail: str) -> Response:
    """A problem as a page, for a person who follows a link."""
    return page(request, "problem.html", {"problem": detail, "status": status}, status)
