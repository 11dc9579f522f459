"""The arrows between packages point one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"pincite", "ingest", "service", "eval"}
MAY_IMPORT = {
    "pincite": set(),
    "ingest": {"pincite"},
    "service": {"pincite"},
    "eval": {"pincite", "ingest", "service"},
}
# The command line is where the doors are opened.
EXCEPT = {Path("pincite/cli.py")}
# One module owns each of these libraries.
OWNED = {
    "qdrant_client": {"pincite/index/server.py", "pincite/index/server_points.py"},
    "qdrant_edge": {
        "pincite/index/edge.py",
        "pincite/index/edge_points.py",
        "pincite/embedding.py",
    },
    "sentence_transformers": {"pincite/embedding.py"},
    "haystack": {
        "ingest/pipeline.py",
        "service/pipeline.py",
        "service/generating/endpoint.py",
    },
    "openai": {"service/generating/endpoint.py"},
    "httpcore": {"service/generating/wire.py", "service/generating/endpoint.py"},
    "onnxruntime": {"pincite/onnx.py"},
    "pypdfium2": {
        "ingest/readers/pdf/page_images.py",
        "service/page_images/drawing.py",
        "eval/independent.py",
    },
    "eyecite": {"pincite/citations/reporters.py", "eval/speed/citation_speed.py"},
    "ir_measures": {"eval/measures/ranking.py"},
    "httpx2": {"service/tools/relay.py"},
    "mcp": {f"service/tools/{name}.py" for name in ("server", "mounting", "relay")},
    "mcp_types": {"service/tools/server.py", "service/tools/relay.py"},
}


def modules() -> list[Path]:
    """Each of ours, in an order that two workers agree on."""
    return sorted(p.relative_to(ROOT) for one in OURS for p in (ROOT / one).rglob("*.py"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", modules(), ids=str)
def test_imports_point_one_way(path: Path) -> None:
    package = path.parts[0]
    ours = {name.split(".")[0] for name in imported(path)} & OURS
    allowed = MAY_IMPORT[package] | {package} | (OURS if path in EXCEPT else set())
    assert ours <= allowed, f"{path} imports {ours - allowed}"


@pytest.mark.parametrize("library", sorted(OWNED))
def test_one_module_owns_each_engine(library: str) -> None:
    users = {str(p) for p in modules() if library in {i.split(".")[0] for i in imported(p)}}
    assert users <= OWNED[library]


def test_the_shared_words_load_without_engines_or_models() -> None:
    code = (
        "import sys, pincite.types, pincite.settings, pincite.cli, pincite.index.schema;"
        "heavy = {'torch', 'qdrant_client', 'haystack', 'sentence_transformers', 'fastapi'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
