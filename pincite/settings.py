"""One settings object, read once at a door and passed down.

Sources, strongest first: arguments, `PINCITE_*` variables, `pincite.toml` in the working
directory (or the file that `PINCITE_CONFIG` names), defaults. Unknown names are refused.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from pincite.errors import SettingsError

PREFIX = "PINCITE_"
CONFIG_VARIABLE = "PINCITE_CONFIG"
CONFIG_FILE = "pincite.toml"
MODEL_OFF = "off"
_MAY_BE_UNSET = {"index_url", "library_url", "index_api_key", "llm_url", "llm_api_key"} | {
    *("answer_log", "corpus_dir", "feedback_log")
}
_OUTSIDE = {CONFIG_VARIABLE} | {
    f"PINCITE_TEST_{name}" for name in ("QDRANT_URL", "CORPUS", "LLM_URL", "LLM_MODEL")
}


class Settings(BaseSettings):
    """Every setting, with its unit in its description."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(Path("var"), description="folder of the index and the library")
    index_url: str | None = Field(
        None,
        description="URL of a Qdrant server; unset: the embedded engine in data_dir",
    )
    index_api_key: str | None = Field(None, description="API key of the Qdrant server", repr=False)
    library_url: str | None = Field(
        None,
        description="fsspec URL of the library (s3://...); unset: data_dir/library",
    )

    dense_model: str = Field(
        "packaged:all-MiniLM-L6-v2",
        description="dense encoder: packaged:NAME, a sentence-transformers folder, or hub:NAME",
    )
    dense_weight: float = Field(0.5, ge=0, description="weight of the dense leg in the fusion")
    bm25_weight: float = Field(0.5, ge=0, description="weight of the BM25 leg in the fusion")
    fusion: Literal["scores", "ranks"] = Field(
        "scores",
        description="how the legs are fused: by their scaled scores, or by ranks alone (RRF)",
    )
    reranker: str = Field(
        "packaged:answerai-colbert-small-v1",
        description="reads question and passage together: packaged:NAME, or off",
    )
    rerank_depth: int = Field(20, ge=1, le=200, description="passages that are reranked")
    answer_depth: int = Field(
        16, ge=1, le=200, description="passages that are reranked for an answer, which quotes few"
    )
    rerank_weight: float = Field(
        0.7, ge=0, le=1, description="share of the reranker in the order of what it reads"
    )
    second_reranker: str = Field(
        "packaged:pincite-reranker",
        description="reads the best of those again, more exactly: packaged:NAME, or off",
    )
    second_depth: int = Field(12, ge=1, le=50, description="passages that it reads for a list")
    answer_second_depth: int = Field(
        6, ge=1, le=50, description="passages that it reads for an answer, which quotes few"
    )
    second_weight: float = Field(
        0.4, ge=0, le=1, description="share of the second reranker in the order of what it reads"
    )
    selector: str = Field(
        "packaged:pincite-selector",
        description="tells which clause answers from those that only speak of it; off: none does",
    )
    bm25_average_length: float = Field(
        120.0, gt=0, description="words of an average passage, for BM25's length normalisation"
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto",
        description="number format of the dense encoder; auto: bfloat16 where it is fast",
    )
    threads: int = Field(0, ge=0, description="threads for the encoder; 0: as many as cores")
    batch_size: int = Field(16, ge=1, le=4096, description="texts a call of the encoder")
    leg_depth: int = Field(100, ge=10, le=1000, description="passages taken from each leg")
    per_document: int = Field(3, ge=1, le=100, description="passages shown of one document at most")

    reader_seconds: float = Field(120.0, gt=0, description="time limit for reading one file, s")
    reader_memory_mb: int = Field(1536, ge=256, description="memory limit for reading one file, MB")
    reader_max_mb: int = Field(100, ge=1, description="largest file that is read, MB")
    reader_max_pages: int = Field(3000, ge=1, description="most pages that are read of one file")
    reader_max_chars: int = Field(20_000_000, ge=1000, description="longest text that is kept")
    corpus_dir: Path | None = Field(
        None,
        description="catalogued folder that the page adds files to; unset: it can add none",
    )
    ocr: Literal["auto", "off", "rapidocr", "tesseract"] = Field(
        "auto",
        description="engine for scanned pages; auto: tesseract if installed, else rapidocr",
    )

    llm_url: str | None = Field(
        None,
        description="base URL of an OpenAI-compatible endpoint; unset: nothing leaves the machine",
    )
    llm_model: str = Field(
        "", validate_default=True, description="the model's name at that endpoint"
    )
    llm_api_key: str | None = Field(None, description="API key of that endpoint", repr=False)
    llm_seconds: float = Field(30.0, gt=0, le=600, description="time limit of a model's reply, s")
    llm_max_tokens: int = Field(1200, ge=1, le=32_768, description="longest reply of the model")
    llm_passages: int = Field(8, ge=1, le=30, description="passages given to the model")
    llm_support: float = Field(
        0.935,
        ge=-1,
        description="least score of the reranker for a model's statement with what it quotes",
    )

    answer_log: Path | None = Field(
        None,
        description="file that keeps every question and answer, private; unset: nothing is kept",
    )
    feedback_log: Path | None = Field(
        None,
        description="file that keeps what readers say of answers, private; unset: nobody is asked",
    )
    word_vectors_mb: int = Field(
        1024,
        ge=0,
        description="disk space for the reranker's word vectors of passages, MB; 0: none are kept",
    )
    page_images_mb: int = Field(
        200, ge=0, description="disk space for pictures of PDF pages, MB; 0: none are kept"
    )
    most_asking: int = Field(
        48, ge=1, le=10_000, description="questions answered or waiting at once; more get a 503"
    )
    question_max_chars: int = Field(2000, ge=10, description="longest question")
    host: str = Field("127.0.0.1", description="address the service listens on")
    port: int = Field(8000, ge=0, le=65535, description="port the service listens on")
    allowed_hosts: tuple[str, ...] = Field(
        ("127.0.0.1", "localhost", "[::1]"),
        description="Host headers that are answered",
    )
    use_service: bool = Field(
        True,
        description="whether ask and search use a running service when there is one",
    )

    @field_validator("llm_url")
    @classmethod
    def _is_base_url(cls, url: str | None) -> str | None:
        """A key in the URL would be shown wherever the URL is."""
        if url is None:
            return None
        try:
            parts = urlsplit(url)
            sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            sound = False
        if not sound or parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("write http(s)://HOST[:PORT][/PATH], with no user, query or fragment")
        return url.rstrip("/")

    @field_validator("llm_model")
    @classmethod
    def _is_named(cls, model: str, info: ValidationInfo) -> str:
        if info.data.get("llm_url") and not model.strip():
            raise ValueError("llm_url is set, so name the model that is asked there")
        return model.strip()

    @property
    def llm_host(self) -> str | None:
        """The host that questions and passages are sent to; None where nothing leaves."""
        return urlsplit(self.llm_url).netloc if self.llm_url else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments only: `load` merges the file and the environment itself, to name sources."""
        return (init_settings,)


def load(
    environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> tuple[Settings, dict[str, str]]:
    """The settings in force and, for each name, the source it came from.

    Raises SettingsError for an unknown name or an impossible value.
    """
    environ = os.environ if environ is None else environ
    path = Path(environ.get(CONFIG_VARIABLE) or (folder or Path.cwd()) / CONFIG_FILE)
    from_file = _read_file(path, required=CONFIG_VARIABLE in environ)
    from_environ = {
        name[len(PREFIX) :].lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and name not in _OUTSIDE
    }
    _refuse_unknown(from_file, str(path), lambda name: name)
    _refuse_unknown(from_environ, "environment", lambda name: PREFIX + name.upper())
    sources = dict.fromkeys(Settings.model_fields, "default")
    sources |= dict.fromkeys(from_file, str(path))
    sources |= {name: PREFIX + name.upper() for name in from_environ}
    values = {**from_file, **{n: _listed(n, v) for n, v in from_environ.items()}}
    try:
        return Settings(**values), sources
    except ValidationError as error:
        raise SettingsError(_first_problem(error, sources)) from None


def environment(settings: Settings) -> dict[str, str]:
    """The variables under which another process loads these very settings, and reads no file."""
    plain = settings.model_dump(mode="json")
    named = {PREFIX + name.upper(): _as_variable(value) for name, value in plain.items()}
    return {CONFIG_VARIABLE: os.devnull, **named}


def _as_variable(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return "" if value is None else str(value)


def _read_file(path: Path, *, required: bool) -> dict[str, Any]:
    if not path.exists():
        if required:
            raise SettingsError(f"{path}: no such file; {CONFIG_VARIABLE} names it")
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from None


def _refuse_unknown(values: Mapping[str, Any], where: str, spell: Any) -> None:
    known = list(Settings.model_fields)
    for name in values:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {spell(near[0])}?" if near else "; see `pincite settings`"
            raise SettingsError(f"{where}: unknown setting {spell(name)}{hint}")


def _listed(name: str, value: str) -> Any:
    """A variable that holds a list is written with commas."""
    if name == "allowed_hosts":
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value or None if name in _MAY_BE_UNSET else value


def _first_problem(error: ValidationError, sources: Mapping[str, str]) -> str:
    problem = error.errors()[0]
    name = str(problem["loc"][0])
    given = repr(problem["input"])
    if name.endswith("_key") or set("@?#") & set(given):  # a key, or a URL that may hold one
        given = "(not shown)"
    said = problem["msg"].removeprefix("Value error, ")
    return f"{sources.get(name, name)}: {name} = {given}: {said}"
