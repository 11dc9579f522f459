"""Where a curator adds files to the corpus, if the settings name a folder for them.

The files come whole before anything is done with them; then a child process puts them into the
folder and ingests it (`pincite corpora include`), so that all is published at once or nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from pincite.errors import IndexUnusable, NotFound, PinciteError, UsageError
from pincite.file_names import checked
from pincite.kinds import KINDS, Kind
from pincite.places import place_name
from pincite.said import Said
from pincite.settings import Settings
from service.api.problems import status_of
from service.engine import Engine
from service.filtering import places_of
from service.jobs import Job
from service.web import watching
from service.web.corpus_rooms import ADDING, rooms_of
from service.web.refusals import REFUSALS
from service.web.rendering import page

Json = dict[str, Any]

PATH = ADDING
MOST_FILES = 50
JOB = "the ingest of added files"
_MOST_FIELDS = 10
_TIMES_THE_LARGEST = 4
_FORM_BYTES = 256 * 1024
_LONGEST_PLACE = 200
_OFF = "no files are added here: the setting corpus_dir names no folder for them"

router = APIRouter(include_in_schema=False)


def most_bytes(settings: Settings) -> int:
    """What all files of one request may have together."""
    if settings.corpus_dir is None:
        return _FORM_BYTES
    return _TIMES_THE_LARGEST * settings.reader_max_mb * 2**20 + _FORM_BYTES


@router.get(PATH)
def files(request: Request) -> Response:
    """The form, or how far the files are that were added last."""
    _folder(request)
    return _page(request)


@router.post(PATH)
async def add(request: Request) -> Response:
    """Take the files, and begin their ingest. A person's mistake is told above the form."""
    try:
        folder = _folder(request)
        job = watching.last_job(request, JOB)
        if job and job.running:  # before a single file is taken
            raise UsageError("files are being added already; wait for their end, or cancel it")
        async with request.form(max_files=MOST_FILES, max_fields=_MOST_FIELDS) as form:
            await run_in_threadpool(_begin, request, form, folder)
    except PinciteError as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        return await run_in_threadpool(_page, request, error)
    return RedirectResponse(PATH, 303)


def _page(request: Request, error: PinciteError | None = None) -> Response:
    settings = _engine(request).settings
    job = watching.last_job(request, JOB)
    shown = {
        "here": "/corpus",
        "back": PATH,
        "room": PATH,
        "rooms": rooms_of(request),
        "problem": str(error or ""),
        "kinds": [(kind.value, KINDS[kind].name) for kind in Kind],
        "places": _places(request),
        "most_files": MOST_FILES,
        "most_bytes": settings.reader_max_mb * 2**20,
        "most_mb": settings.reader_max_mb,
        **_told(job),
    }
    return page(request, "add_files.html", shown, status_of(error) if error else 200)


def _told(job: Job | None) -> Json:
    """What a page names of a job."""
    return {"job": job, "at": PATH, "reasons_of": REFUSALS, "kind_names": KINDS}


# When it is cancelled, the folder is put back as it was, and nothing is published.
watching.add_routes(router, PATH, JOB, "parts/added.html", _told)


def _begin(request: Request, form: FormData, folder: Path) -> None:
    """Keep the files aside, and start the process that takes them from there."""
    uploads = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    words = ["--into", str(folder.resolve()), *_said(form), "--json", "--progress"]
    most = _engine(request).settings.reader_max_mb
    aside = Path(tempfile.mkdtemp(prefix="pincite-adding-"))

    def cleared() -> None:
        shutil.rmtree(aside, ignore_errors=True)

    try:
        names = [str(_kept(upload, aside, most)) for upload in _checked(uploads)]
        watching.jobs_of(request).start(JOB, ["corpora", "include", *names, *words], after=cleared)
    except BaseException:
        cleared()
        raise


def _checked(uploads: Sequence[UploadFile]) -> Sequence[UploadFile]:
    names = [_name(upload) for upload in uploads]
    twice = next((name for name in names if names.count(name) > 1), None)
    if not uploads:
        raise UsageError(Said("no file was chosen"))
    if twice:
        raise UsageError(f"{twice}: two of the files have this name; rename one of them")
    return uploads


def _name(upload: UploadFile) -> str:
    """A file's own name: some browsers send the folder with it."""
    return checked((upload.filename or "").replace("\\", "/").rpartition("/")[2])


def _kept(upload: UploadFile, aside: Path, most_mb: int) -> Path:
    place = aside / _name(upload)
    if (upload.size or 0) > most_mb * 2**20:
        raise UsageError(f"{place.name}: larger than {most_mb} MB (PINCITE_READER_MAX_MB)")
    with place.open("xb") as file:
        shutil.copyfileobj(upload.file, file)
    return place


def _said(form: FormData) -> list[str]:
    """What is said of the files, as options. Each value stands in the word of its option."""
    kind, place, issued = (str(form.get(name, "")).strip() for name in ("kind", "place", "issued"))
    if kind not in set(Kind):
        raise UsageError(f"unknown kind {kind[:40]!r}; choose one of the list")
    words = [f"--kind={kind}"]
    if place:
        if len(place) > _LONGEST_PLACE:
            raise UsageError("the place is too long; write it as us/ny/new-york-city")
        words.append(f"--jurisdiction={place.lower()}")
    if issued:
        try:
            words.append(f"--issued={date.fromisoformat(issued)}")
        except ValueError:
            raise UsageError(f"{issued[:40]!r} is not a day like 2017-11-22") from None
    return words


def _places(request: Request) -> list[tuple[str, str]]:
    """The places that the corpus knows, with their names."""
    try:
        with _engine(request).holdings() as holdings:
            return [(path, place_name(path)) for path in places_of(holdings.manifest)]
    except IndexUnusable:  # before the first ingest there is none
        return []


def _folder(request: Request) -> Path:
    folder = _engine(request).settings.corpus_dir
    if folder is None:
        raise NotFound(_OFF)
    return folder


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.engine
    return engine
