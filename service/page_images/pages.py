"""Pictures and sheets of the pages of originals: kept before, else drawn, each once at a time."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from importlib.metadata import version
from threading import Lock

from pydantic import TypeAdapter

from pincite.cache import Cache
from pincite.errors import FileRefused
from pincite.library import Library
from pincite.settings import Settings
from service.page_images.renderer import Limits, Renderer, sheet_of
from service.page_images.sheets import REVISION, Sheet, Size

_PDF = b"%PDF-"
# Where a header may begin: what stands before it is junk that readers of PDFs pass over.
_HEADER_WITHIN = 1024
# A page that was refused is not tried again for so long; nor are more than so many remembered.
_REFUSED_SECONDS, _MOST_REFUSED = 600.0, 1000
_SHEET = TypeAdapter(Sheet)
_PDFIUM = version("pypdfium2")


class PageImages:
    """The pages of PDFs in a library. Starts nothing before the first page is asked for."""

    def __init__(self, settings: Settings, library: Library, limits: Limits | None = None) -> None:
        limits = limits or Limits(max_bytes=settings.reader_max_mb * 2**20)
        self._library = library
        self._renderer = Renderer(limits)
        folder, most = settings.data_dir / "cache" / "pages", settings.page_images_mb * 2**20
        self._cache = Cache(folder, most)
        self._flights: dict[str, Future[bytes]] = {}
        self._refused: OrderedDict[str, tuple[float, FileRefused]] = OrderedDict()
        self._lock = Lock()

    def picture(self, sha256: str, number: int, size: Size) -> bytes:
        """A page of an original as a PNG. Raises FileRefused, NotFound and ReaderUnusable."""
        name = _named(sha256, number, f"{size}.png")
        return self._kept(
            name, lambda: self._renderer.picture(self._original(sha256), number, size)
        )

    def sheet(self, sha256: str, number: int) -> Sheet:
        """A page's size and characters. Raises FileRefused, NotFound and ReaderUnusable."""

        def read() -> bytes:
            return _SHEET.dump_json(self._renderer.sheet(self._original(sha256), number))

        name = _named(sha256, number, "json")
        sheet = sheet_of(self._kept(name, read)) or sheet_of(self._once(name, read))
        if sheet is None:
            raise FileRefused("crashed", f"page {number} could not be read")
        return sheet

    def close(self) -> None:
        """End what draws pages."""
        self._renderer.close()

    def _original(self, sha256: str) -> bytes:
        data = self._library.original(sha256)
        if _PDF not in data[:_HEADER_WITHIN]:
            raise FileRefused("wrong_type", "the file is no PDF, so it has no pages to be drawn")
        return data

    def _kept(self, name: str, make: Callable[[], bytes]) -> bytes:
        kept = self._cache.get(name)
        return self._once(name, make) if kept is None else kept

    def _once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What `make` makes, and keeps; who asks for it meanwhile waits for the same."""
        self._refuse_again(name)
        with self._lock:
            flight, first = self._flights.get(name), False
            if flight is None:
                flight, first = self._flights.setdefault(name, Future()), True
        if not first:
            return flight.result()
        try:
            made = make()
        except BaseException as error:
            self._landed(name)
            flight.set_exception(error)
            if isinstance(error, FileRefused):
                self._remember(name, error)
            raise
        self._cache.put(name, made)
        self._landed(name)
        flight.set_result(made)
        return made

    def _landed(self, name: str) -> None:
        with self._lock:
            del self._flights[name]

    def _refuse_again(self, name: str) -> None:
        """Raise what was raised a short while ago: a hostile page costs its seconds once."""
        with self._lock:
            when, refused = self._refused.get(name, (float("-inf"), None))
        if refused is not None and time.monotonic() - when < _REFUSED_SECONDS:
            raise FileRefused(refused.reason, refused.detail)

    def _remember(self, name: str, refused: FileRefused) -> None:
        with self._lock:
            self._refused[name] = (time.monotonic(), refused)
            self._refused.move_to_end(name)
            while len(self._refused) > _MOST_REFUSED:
                self._refused.popitem(last=False)


def _named(sha256: str, number: int, what: str) -> str:
    """The name under which something of a page is kept: all that can change it is in it."""
    return f"{sha256}-{number}-{REVISION}.{_PDFIUM}-{what}"
