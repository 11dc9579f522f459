"""A folder without a catalogue: what is in it, and what its files say of themselves.

The kind comes from a folder's name, title and date from the reader's facts or the document's
head. Nothing is guessed: not from a file's time, not from a date that could mean two days.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ingest.catalogue import CATALOGUE_FILE
from ingest.heads import date_of, title_of
from pincite.citations.find import citations_in, code_of
from pincite.citations.keys import CitationKind, kind_of
from pincite.errors import RefusalReason
from pincite.generations import Refusal
from pincite.kinds import KINDS, Kind
from pincite.types import Entry, Reading

MAX_DEPTH = 50

# What memos and bills are printed in; collections of opinions of law are cited as reporters are.
_PAPERS: frozenset[CitationKind] = frozenset({"register", "journal", "bill", "city_order", "case"})
_PAPERED = frozenset(
    {Kind.DOJ_MEMO, Kind.AGREEMENT, Kind.BILL, Kind.RESOLUTION, Kind.FACT_SHEET, Kind.TRANSCRIPT}
)
_OTHER_NAMES = {
    "act": Kind.AMENDING_ACT,
    "commentary": Kind.OP_ED,
    "moa": Kind.AGREEMENT,
    "opinion": Kind.COURT_RULING,
    "order": Kind.EXECUTIVE_ORDER,
    "press": Kind.NEWS,
    "ruling": Kind.COURT_RULING,
}


def entries_of(
    folder: Path, suffixes: Collection[str]
) -> tuple[tuple[Entry, ...], tuple[Refusal, ...]]:
    """An entry for each file below `folder` that a reader knows, a refusal for each other one.

    Hidden files and catalogues are passed over; links to folders inside are not followed, as
    what they hold is read at its own place. `suffixes` are those that readers know (".pdf").
    """
    files: list[str] = []
    refusals: list[Refusal] = []
    for found in _walk(folder, folder.resolve(), ()):
        if isinstance(found, Refusal):
            refusals.append(found)
        elif (suffix := PurePosixPath(found).suffix.lower()) not in suffixes:
            what = f"no reader knows {suffix!r}" if suffix else "a file without an ending"
            refusals.append(Refusal(found, "unknown_type", f"{what}; convert it, or leave it out"))
        else:
            files.append(found)
    entries = (
        Entry(id, _kind_of(folder, source), PurePosixPath(source).name, source)
        for source, id in zip(files, _ids(files), strict=True)
    )
    return tuple(entries), tuple(refusals)


def fill_from_facts(entry: Entry, reading: Reading) -> Entry:
    """The entry with the title and the day that its file states, where it had none.

    Until a title is known, a file's name stands for it.
    """
    title = entry.title
    if title == PurePosixPath(entry.source).name:
        title = title_of(reading) or title
    facts = dict(reversed(reading.facts))  # the first of a name counts
    return replace(
        entry,
        title=title,
        issued=entry.issued or date_of(reading),
        citation=entry.citation or _citation(entry.kind, facts.get("citation", "").strip()) or None,
    )


def _citation(kind: Kind, stated: str) -> str:
    """The citation that a file gives itself; what is no law does not bear a law's."""
    if KINDS[kind].channel == "law":
        return stated
    named = {kind_of(key) for key in citations_in(stated)}
    papers = _PAPERS if kind in _PAPERED else frozenset[CitationKind]()
    return "" if code_of(stated) or named - papers else stated


def _walk(folder: Path, root: Path, above: tuple[str, ...]) -> Iterator[str | Refusal]:
    """The files below a folder in the order of their paths, and what cannot be read."""
    place = "/".join(above)
    if len(above) > MAX_DEPTH:
        yield Refusal(place, "unreadable", f"more than {MAX_DEPTH} folders deep; move it up")
        return
    try:
        with os.scandir(folder) as listing:
            children = sorted(listing, key=lambda child: child.name)
    except OSError as error:
        yield _refused(
            place or str(folder), "unreadable", f"{error.strerror}; mend its permissions"
        )
        return
    for child in children:
        if child.name.startswith(".") or child.name == CATALOGUE_FILE:
            continue
        source = "/".join((*above, child.name))
        refusal = _refusal_of(Path(child.path), source, root)
        if refusal is not None:
            yield refusal
        elif child.is_dir(follow_symlinks=False):
            yield from _walk(Path(child.path), root, (*above, child.name))
        elif child.is_file():
            yield source


def _refusal_of(path: Path, source: str, root: Path) -> Refusal | None:
    """Why a file or folder is not read, before it is opened; None when it may be."""
    try:
        source.encode()
    except UnicodeEncodeError:
        return _refused(source, "unreadable", "its name is not UTF-8; rename it")
    try:
        if path.is_symlink():
            target = path.resolve(strict=True)
            if not target.is_relative_to(root):
                what = "a link that leads out of the folder; copy the file in"
                return _refused(source, "outside_corpus", what)
            if target.is_dir():
                around = path.parent.resolve().is_relative_to(target)
                what = "a link to a folder that holds it; remove it"
                return _refused(source, "link_loop", what) if around else None
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            path.open("rb").close()
        elif not stat.S_ISDIR(mode):
            return _refused(source, "unreadable", "a pipe, socket or device, not a file")
    except FileNotFoundError:
        return _refused(source, "unreadable", "a link that leads nowhere; remove it")
    except RuntimeError:  # Path.resolve up to Python 3.12 says so of links that lead to each other
        return _refused(source, "link_loop", "a link that leads to itself; remove it")
    except OSError as error:
        return _refused(source, "unreadable", f"{error.strerror}; mend its permissions")
    return None


def _refused(source: str, reason: RefusalReason, detail: str) -> Refusal:
    return Refusal(os.fsencode(source).decode(errors="replace"), reason, detail)


def _kind_of(folder: Path, source: str) -> Kind:
    """The kind that the nearest folder's name tells; `other` when none does."""
    for name in (*reversed(PurePosixPath(source).parts[:-1]), folder.resolve().name):
        kind = kind_named(name)
        if kind is not None:
            return kind
    return Kind.OTHER


def kind_named(name: str) -> Kind | None:
    """The kind that a folder's name means: `op_ed`, `Op-Eds`, `court rulings`, `policies`."""
    word = re.sub(r"[\s_-]+", "_", name.strip().lower())
    for form in (word, re.sub("ies$", "y", word), word.removesuffix("s")):
        if form in set(Kind):
            return Kind(form)
        if form in _OTHER_NAMES:
            return _OTHER_NAMES[form]
    return None


def _ids(sources: list[str]) -> list[str]:
    """One id for each path, from the path alone; alike ones are told apart by their ending."""
    plain = [slug(str(PurePosixPath(source).with_suffix(""))) for source in sources]
    longer = [slug(source) for source in sources]
    seen, seen_longer = Counter(plain), Counter(longer)
    return [
        short
        if short and seen[short] == 1
        else long
        if long and seen_longer[long] == 1
        else f"{long}-{hashlib.sha256(source.encode()).hexdigest()[:8]}".strip("-")
        for source, short, long in zip(sources, plain, longer, strict=True)
    ]


def slug(path: str) -> str:
    """A path or a name as an id is spelt; empty where it has no letter and no digit."""
    letters = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
