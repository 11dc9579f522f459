"""Each format read a second time, by other means than the reader's, to check the reader.

`python -m eval.independent FILE` prints the words: PDFs are read that way, in a child process
that can be killed, since the second PDF library was seen to hang on a hostile file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

_WORD = re.compile(r"[^\W_]+")
_SECONDS = 180


def words(text: str) -> list[str]:
    """The words of a text for comparison: NFKC, lower case, line-end hyphens joined."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=\w)[-\u00ad\u2010\ufffe\x02]\s*\n\s*(?=\w)", "", text)
    text = re.sub("[\u00ad\ufffe\x02]", "", text)
    return [match[0].casefold() for match in _WORD.finditer(text)]


def independent_text(path: Path) -> str:
    """A file's text by another library than its reader's, markup decoded, nothing cleaned."""
    return EXTRACTIONS[path.suffix.lower()](path)


def _pdf(path: Path) -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-m", "eval.independent", str(path)],
        capture_output=True,
        timeout=_SECONDS,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    return done.stdout.decode("utf-8")


def _pdfium(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf).replace("\r", "")
    finally:
        pdf.close()


def _markup(path: Path) -> str:
    from lxml import etree

    parser = etree.HTMLParser() if path.suffix == ".html" else etree.XMLParser(no_network=True)
    tree = etree.fromstring(path.read_bytes(), parser)
    etree.strip_elements(tree, "script", "style", "head", etree.Comment, with_tail=False)
    return "\n".join(map(str, tree.itertext()))


def _rtf(path: Path) -> str:
    from striprtf.striprtf import rtf_to_text

    raw = path.read_text(encoding="cp1252", errors="replace")
    return str(rtf_to_text(raw, errors="ignore"))  # type: ignore[no-untyped-call]


def _markdown(path: Path) -> str:
    """The raw text without front matter, comments, tags, link targets and images."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->|</?[a-zA-Z][^>]*>", " ", text, flags=re.S)
    target = r"\((?:[^()]|\([^()]*\))*\)"
    return re.sub(rf"!\[[^\]]*\]{target}|\]{target}", " ", text)


def _plain(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _legistar(path: Path) -> str:
    """The record's own plain texts; the reader prefers its RTF for the act."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return "\n".join(str(record.get(name) or "") for name in ("Title", "Summary", "Text"))


def _docx(path: Path) -> str:
    from zipfile import ZipFile

    from lxml import etree

    with ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join(
        "".join(map(str, p.itertext("{*}t", "{*}delText", "{*}tab"))) for p in tree.iter("{*}p")
    )


EXTRACTIONS: dict[str, Callable[[Path], str]] = {
    ".pdf": _pdf,
    ".html": _markup,
    ".htm": _markup,
    ".xml": _markup,
    ".rtf": _rtf,
    ".md": _markdown,
    ".txt": _plain,
    ".json": _legistar,
    ".docx": _docx,
}

if __name__ == "__main__":
    sys.stdout.buffer.write(_pdfium(Path(sys.argv[1])).encode("utf-8", "replace"))
