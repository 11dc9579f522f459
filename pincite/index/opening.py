"""Which store the settings name. Engines are imported only when they are used."""

from __future__ import annotations

from pincite.index.schema import Store
from pincite.settings import Settings


def open_store(settings: Settings) -> Store:
    """The Qdrant server at `index_url`, or the embedded engine in `data_dir`.

    Nothing is connected to and nothing is created.
    """
    if settings.index_url:
        from pincite.index.server import ServerStore

        return ServerStore.at(settings.index_url, settings.index_api_key, settings.data_dir)
    from pincite.index.edge import EdgeStore

    return EdgeStore(settings.data_dir)
