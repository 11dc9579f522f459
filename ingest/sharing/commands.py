"""What `pincite corpora pack` and `add` do. Values in, plain values out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.catalogue import CATALOGUE_FILE, load_catalogue
from ingest.sharing.form import PackManifest
from ingest.sharing.packing import from_catalogue, from_generation, pack
from ingest.sharing.taking import add, read_manifest
from pincite.errors import IndexMissing, UsageError
from pincite.generations import Manifest
from pincite.settings import Settings
from pincite.shelf import library_of, published_manifest

Json = dict[str, Any]


def corpora_pack(
    settings: Settings,
    out: Path,
    *,
    collection: str | None = None,
    catalogue: Path | None = None,
    folder: Path | None = None,
    everything: bool = False,
) -> Json:
    """Pack a collection of the index, or what a catalogue lists. Raises PinciteError."""
    if catalogue is not None:
        if collection is not None:
            raise UsageError("--collection packs from the index, --catalogue from files: name one")
        corpus = from_catalogue(catalogue, folder or catalogue.parent)
    elif folder is not None:
        raise UsageError("--folder needs --catalogue, which lists what is in it")
    else:
        library = library_of(settings)
        corpus = from_generation(published_manifest(settings, library), library, collection)
    manifest = pack(corpus, out, everything=everything)
    return {**_said(manifest), "file": str(out), "bytes": out.stat().st_size}


def corpora_add(settings: Settings, file: Path, into: Path | None) -> Json:
    """Check a pack and put it into a folder, by default of data_dir. Raises PinciteError."""
    published = _published(settings)
    records = published.records if published else ()
    held = {record.entry.id: record.source_sha256 for record in records}
    if into is None:
        into = settings.data_dir / "corpora" / read_manifest(file).name
    manifest = add(file, into, held)
    entries = load_catalogue(into / CATALOGUE_FILE)
    # The root of a catalogued folder is its one collection: what else is of that root leaves.
    roots = {entry.collection for entry in entries}
    here = {entry.id for entry in entries}
    replaces = [r.entry.id for r in records if {r.root} == roots and r.entry.id not in here]
    return {**_said(manifest), "folder": str(into), "replaces": sorted(replaces)}


def _published(settings: Settings) -> Manifest | None:
    try:
        return published_manifest(settings, library_of(settings))
    except IndexMissing:
        return None


def _said(manifest: PackManifest) -> Json:
    return {
        "name": manifest.name,
        "files": [file.model_dump(mode="json") for file in manifest.files],
        "left_out": [text.model_dump(mode="json") for text in manifest.left_out],
        "links_left_out": list(manifest.links_left_out),
    }


def print_pack(result: Json) -> None:
    """What was packed or taken, with what was left out."""
    from rich.console import Console
    from rich.text import Text

    out = Console(highlight=False)
    for text in result["left_out"]:
        where = text["url"] or f"sha256 {text['sha256'][:12]}…"
        out.print(Text(f"left out: {text['id']}: {text['why']}; {where}", "yellow"))
    for file in result["files"]:
        if file["licence"] is None:
            out.print(Text(f"no licence: {file['id']}", "yellow"))
    count = f"{result['name']}: {len(result['files'])} texts"
    count += f", {len(result['left_out'])} left out" if result["left_out"] else ""
    if "file" in result:
        out.print(Text(f"{count}; {result['bytes'] / 1e6:.1f} MB in {result['file']}"))
        return
    if result["replaces"]:
        some = ", ".join(result["replaces"][:3])
        out.print(
            Text(
                f"ingesting it takes {len(result['replaces'])} texts of the same collection out"
                f" of the index: {some}",
                "yellow",
            )
        )
    out.print(Text(f"{count}, all checked; now: pincite ingest {result['folder']}"))
