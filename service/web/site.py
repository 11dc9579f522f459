"""All pages of the site, wired here and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from service.web import asking, assets, comparing, corpus, reading, searching
from service.web.language import COOKIE, LANGUAGES

_A_YEAR = 365 * 24 * 3600

router = APIRouter(include_in_schema=False)


@router.post("/language")
def choose_language(request: Request, language: str = Form(), back: str = Form("/")) -> Response:
    """Keep the language that a reader chose, in the only cookie that there is."""
    response = RedirectResponse(_own_path(back), 303)
    if language in LANGUAGES:
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, language, _A_YEAR, httponly=True, samesite="strict", secure=secure
        )
    return response


def _own_path(address: str) -> str:
    """The path and query of a page here; `/` for an address elsewhere."""
    parts = urlsplit(address)
    own = not parts.scheme and not parts.netloc and address.startswith("/")
    sound = own and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if sound else "/"


for part in (asking, reading, searching, comparing, corpus, assets):
    router.include_router(part.router)
