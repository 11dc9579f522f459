"""Benchmarks: what one is made of, where they are found, how one is loaded.

A benchmark is a folder with a `benchmark.toml`, which names the folder's format:

    title = "ObliQA dev: clauses of regulators' rules"
    format = "beir"                            # a row of eval/formats/table.py
    task = "ranking"                           # or "answering"
    measures = ["nDCG@10", "R@10"]
    depth = 100                                # optional: ranked stretches a search is asked for
    data = "bench/obliqa"                      # optional: below the data root
    [options]                                  # the format's own
    [settings]                                 # those that the collection is ingested with
    [floors]                                   # by measure, see eval/gating.py

Without `data` the benchmark's data lie beside its file.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from eval.collection import Collection
from eval.errors import BenchmarkAbsent, BenchmarkError, UnknownBenchmark
from eval.formats.rows import Row, toml_file
from eval.formats.source import Content, Format, Source
from eval.formats.table import FORMATS
from eval.words import Case, Split, Task
from pincite.errors import CatalogueError
from pincite.settings import Settings

MANIFEST = "benchmark.toml"
BENCHMARKS = Path(__file__).parent / "benchmarks"
DATA_VARIABLE = "PINCITE_TEST_CORPUS"
_FIELDS = (
    *("title", "about", "format", "task", "measures", "depth"),
    *("data", "options", "settings", "floors"),
)
_DEPTHS: dict[Task, int] = {"ranking": 100, "answering": 20}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark as it is run: its cases, what they search, and how they are measured.

    `depth` is how many ranked stretches a search is asked for. `fingerprint` is a sha256 over
    the data that the cases come from, whatever the half or the sample.
    """

    name: str
    title: str
    task: Task
    measures: tuple[str, ...]
    cases: tuple[Case, ...]
    collection: Collection
    depth: int
    fingerprint: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Listed:
    """A benchmark as it is listed: `absent` says why it cannot be run, else it is None."""

    name: str
    title: str
    questions: int
    absent: str | None = None


@dataclass(frozen=True, slots=True)
class _Manifest:
    """A benchmark.toml, read and checked."""

    row: Row
    source: Source
    format: Format
    title: str
    task: Task


def data_root() -> Path:
    """The folder of the data that are not carried here: the variable's, or beside the checkout."""
    return Path(os.environ.get(DATA_VARIABLE) or BENCHMARKS.parents[2] / "shared" / "data")


def listed(folders: Sequence[Path] = (), data: Path | None = None) -> tuple[Listed, ...]:
    """Every benchmark of ours and of `folders`, those that cannot be run with the reason."""
    return tuple(_listed(name, folder, data) for name, folder in sorted(_found(folders).items()))


def load(
    name: str,
    folders: Sequence[Path] = (),
    data: Path | None = None,
    split: Split | None = None,
) -> Benchmark:
    """The benchmark of that name, or one half of it.

    Raises UnknownBenchmark, BenchmarkAbsent, BenchmarkError.
    """
    folder = _place(name, folders)
    manifest = _manifest(folder, data)
    content = _content(name, manifest)
    return Benchmark(
        name=name,
        title=manifest.title,
        task=manifest.task,
        measures=manifest.row.texts("measures"),
        cases=_half(content.cases, split, manifest),
        collection=content.collection,
        depth=_depth(manifest),
        fingerprint=_fingerprint(manifest),
        folder=folder,
    )


def source_of(name: str, folders: Sequence[Path] = (), data: Path | None = None) -> Source:
    """Where a benchmark's files are, before they are read. Raises as `load` does."""
    return _manifest(_place(name, folders), data).source


def sampled(benchmark: Benchmark, limit: int, seed: int = 0) -> Benchmark:
    """The benchmark with at most `limit` of its cases, always the same for one seed.

    Every case is drawn by its own id, so a smaller sample is part of a larger one. What is
    searched stays whole, and the cases keep their order.
    """
    drawn = sorted(benchmark.cases, key=lambda case: _lot(seed, case.id))[: max(limit, 0)]
    kept = {case.id for case in drawn}
    return replace(benchmark, cases=tuple(case for case in benchmark.cases if case.id in kept))


def _lot(seed: int, id: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{id}".encode()).digest()


def _found(folders: Sequence[Path]) -> dict[str, Path]:
    """Benchmarks by name. A folder given is a benchmark, or holds some."""
    found: dict[str, Path] = {}
    for folder in (BENCHMARKS, *folders):
        if not folder.is_dir():
            raise BenchmarkError(folder, None, None, "there is no such folder of benchmarks")
        within = [folder] if (folder / MANIFEST).is_file() else sorted(folder.iterdir())
        for place in (one.resolve() for one in within if (one / MANIFEST).is_file()):
            if found.setdefault(place.name, place) != place:
                problem = f"another benchmark has this name, in {found[place.name]}; rename one"
                raise BenchmarkError(place, None, None, problem)
    return found


def _place(name: str, folders: Sequence[Path]) -> Path:
    found = _found(folders)
    if name not in found:
        raise UnknownBenchmark(name, sorted(found))
    return found[name]


def _listed(name: str, folder: Path, data: Path | None) -> Listed:
    title = ""
    try:
        manifest = _manifest(folder, data)
        title = manifest.title
        return Listed(name, title, len(_content(name, manifest).cases))
    except BenchmarkAbsent as absent:
        return Listed(name, title, 0, absent.reason)
    except BenchmarkError as error:
        return Listed(name, title, 0, str(error))


def _manifest(folder: Path, data: Path | None) -> _Manifest:
    row = toml_file(folder / MANIFEST)
    row.only(_FIELDS)
    format = FORMATS[row.choice("format", tuple(FORMATS))]
    below = row.optional("data")
    source = Source(
        folder=folder,
        data=(data or data_root()) / below if below else folder,
        options=_options(row, format),
        settings=_settings(row),
    )
    row.texts("measures")
    return _Manifest(row, source, format, row.text("title"), row.choice("task", get_args(Task)))


def _options(row: Row, format: Format) -> dict[str, Any]:
    options = row.table("options")
    options.only(tuple(format.options))
    for name, kind in format.options.items():
        if name in options.values or name in format.required:
            options.of(name, kind)
    return dict(options.values)


def _settings(row: Row) -> dict[str, Any]:
    settings = row.table("settings")
    settings.only(tuple(Settings.model_fields))
    try:
        Settings(**settings.values)
    except ValidationError as error:
        problem = error.errors()[0]
        raise settings.error(str(problem["loc"][0]), problem["msg"]) from None
    return dict(settings.values)


def _content(name: str, manifest: _Manifest) -> Content:
    """What the format reads. Raises BenchmarkAbsent when a file that it needs is not there."""
    data = manifest.source.data
    if not data.is_dir():
        reason = f"there is no folder {data}"
        raise BenchmarkAbsent(name, f"{reason}; {DATA_VARIABLE} names the folder of the data")
    for file in manifest.format.files(manifest.source):
        if not file.is_file():
            raise BenchmarkAbsent(name, f"there is no file {file}")
    try:
        content = manifest.format.read(manifest.source)
    except CatalogueError as error:
        raise BenchmarkError(error.path, error.line, None, error.what) from None
    if not content.cases:
        raise manifest.row.error(None, "the benchmark has no questions")
    return content


def _half(cases: tuple[Case, ...], split: Split | None, manifest: _Manifest) -> tuple[Case, ...]:
    if split is None:
        return cases
    half = tuple(case for case in cases if case.split == split)
    if not half:
        raise manifest.row.error(None, f"no question is in the half {split!r}; run it whole")
    return half


def _depth(manifest: _Manifest) -> int:
    row = manifest.row
    return row.number("depth", 1) if "depth" in row.values else _DEPTHS[manifest.task]


def _fingerprint(manifest: _Manifest) -> str:
    """Over the names and bytes of the data's files and the format's options."""
    source = manifest.source
    options: Mapping[str, Any] = source.options
    digest = hashlib.sha256(repr(sorted(options.items())).encode())
    for file in manifest.format.files(source):
        digest.update(f"{file.name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
