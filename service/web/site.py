"""All pages of the site, wired here and nowhere else."""

from __future__ import annotations

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from service.web import (
    adding,
    asking,
    assets,
    changing,
    comparing,
    corpus,
    feedback,
    page_images,
    reading,
    searching,
)
from service.web.language import COOKIE, LANGUAGES
from service.web.links import own_path

_A_YEAR = 365 * 24 * 3600

router = APIRouter(include_in_schema=False)


@router.post("/language")
def choose_language(request: Request, language: str = Form(), back: str = Form("/")) -> Response:
    """Keep the language that a reader chose, in the only cookie that there is."""
    response = RedirectResponse(own_path(back), 303)
    if language in LANGUAGES:
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, language, _A_YEAR, httponly=True, samesite="strict", secure=secure
        )
    return response


_ROOMS = (asking, feedback, reading, changing, page_images, searching, comparing, corpus, adding)
for part in (*_ROOMS, assets):
    router.include_router(part.router)
