"""A logged question asked again on the same generation, with the settings of then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from pincite.errors import NotFound
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.asked import Asked
from service.holdings import Holdings
from service.journal.chain import Json
from service.journal.recording import QUESTIONS, hit_json, models, moving, program
from service.pipeline import ask_pipeline, run
from service.presenting import answer_json

# Scores that differ by less were rounded by another machine.
_ALIKE = 1e-4
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an answer, then and now, and how it differs; nothing where it does not."""

    name: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What asking again came to; `notes` say what else is not as it was."""

    id: str
    generation: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether passages, quotes and reason are those of the log."""
        return not any(part.differences for part in self.parts)


def settings_then(record: Json, settings: Settings) -> tuple[Settings, list[str]]:
    """The settings of the record in these places, and which of them this program has not."""
    kept = moving(settings)
    known = {k: v for k, v in record["settings"].items() if k in kept}
    unknown = sorted(set(record["settings"]) - set(known))
    # Nothing leaves the machine because of what a file says: no other server, data folder or key
    # than those of now, and the endpoint is that of now, or none.
    known["llm_url"] = settings.llm_url if known.get("llm_url") else None
    for name in ("dense_model", "reranker", "second_reranker", "selector"):
        wanted = str(known.get(name, ""))
        if wanted.startswith("hub:") and wanted != getattr(settings, name):
            raise NotFound(
                f"record {record['id']}: its {name} {wanted!r} may have to be fetched from the"
                f" network; set PINCITE_{name.upper()} to it to let that happen"
            )
    notes = [f"the setting {name} of then is unknown to this program" for name in unknown]
    try:
        return Settings(**{**settings.model_dump(), **known, "answer_log": None}), notes
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise NotFound(
            f"record {record['id']}: its setting {name} is impossible in this program;"
            " replay it with the release that logged it"
        ) from None


def replay(record: Json, settings: Settings, shelf: Shelf | None = None) -> Replayed:
    """Ask again. Raises NotFound where the generation is no longer held; PinciteError."""
    generation = record["generation"]
    then, notes = settings_then(record, settings)
    shelf = shelf or Shelf.of(then)
    if generation not in shelf.store.generations():
        raise NotFound(
            f"generation {generation} is no longer held: it was pruned; its texts are still in the"
            f" library, and `pincite recheck {record['id']}` checks the quotes"
        )
    holdings = Holdings.open(shelf, generation)
    try:
        asked = run(ask_pipeline(shelf, then), _asked(record, holdings))
        said, hits = answer_json(asked), [hit_json(hit) for hit in asked.hits[: then.rerank_depth]]
    finally:
        holdings.close()
    notes += [*_other_settings(record, then, settings), *_other_program(record, shelf)]
    notes += _asides(record, said, hits)
    return Replayed(record["id"], generation, tuple(_parts(record, said, hits)), tuple(notes))


def _asked(record: Json, holdings: Holdings) -> Asked:
    said = record["question"]
    try:
        question = QUESTIONS.validate_python(said["read"])
    except ValidationError as error:
        raise NotFound(
            f"record {record['id']}: its question cannot be asked of this program:"
            f" {error.errors()[0]['msg']}"
        ) from None
    return Asked(question, date.fromisoformat(said["day"]), holdings)


def _parts(record: Json, said: Json, hits: Sequence[Json]) -> Iterator[Part]:
    answer = record["answer"]
    yield Part("passages", tuple(_of_lists(_places(record["hits"]), _places(hits))))
    yield Part("quotes", tuple(_of_lists(_quotes(answer), _quotes(said))))
    was, now = answer["reason"], said["reason"]
    yield Part("reason", () if was == now else (f"was {was or 'none'}, is {now or 'none'}",))


def _places(hits: Sequence[Json]) -> list[str]:
    return [f"{h['document_id']} {h['version'][:12]} {h['start']}:{h['end']}" for h in hits]


def _quotes(answer: Json) -> list[str]:
    """Every quote of an answer, with where it stands, companions and the nearest included."""
    found = []
    for part in ("citations", "nearest"):
        for citation in answer[part]:
            pairs = [one["citation"] for one in citation.get("companions", ())]
            for one, place in zip([citation, *pairs], _places([citation, *pairs]), strict=True):
                found.append(f"{'nearest ' * (part == 'nearest')}{place} “{one['quote']}”")
    return found


def _of_lists(then: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """What one list has and the other lacks; then what has moved."""
    for at, one in enumerate(then, start=1):
        if one not in now:
            yield f"gone: {at}. {_short(one)}"
        elif now.index(one) != then.index(one):
            yield f"moved: {at}. is now {now.index(one) + 1}. {_short(one)}"
    for at, one in enumerate(now, start=1):
        if one not in then:
            yield f"new: {at}. {_short(one)}"


def _short(text: str) -> str:
    place, mark, quote = text.partition("“")
    return f"{place}{mark}{quote[:_SHOWN]}…”" if len(quote) > _SHOWN else text


def _other_settings(record: Json, then: Settings, settings: Settings) -> Iterator[str]:
    """Settings of now that were set back for this."""
    used, own = moving(then), moving(settings)
    for name, value in own.items():
        if name not in record["settings"]:
            yield f"the setting {name} is newer than the record; {value!r} was used"
        elif used[name] != value:
            yield f"{name} was {used[name]!r} and is {value!r} now; the former was used"


def _other_program(record: Json, shelf: Shelf) -> Iterator[str]:
    """Models, code and libraries that are not those of then."""
    for what, was, now in (
        ("model", record["models"], models(shelf)),
        ("program", record["program"], program()),
    ):
        flat, flat_now = _flat(was), _flat(now)
        for name in sorted(flat.keys() | flat_now.keys()):
            if flat.get(name) != flat_now.get(name):
                yield f"{what} {name} was {flat.get(name)}, is {flat_now.get(name)}"


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    if not isinstance(value, dict):
        return {name: value}
    return {
        k: v for key, one in value.items() for k, v in _flat(one, f"{name} {key}".strip()).items()
    }


def _asides(record: Json, said: Json, hits: Sequence[Json]) -> Iterator[str]:
    """What is not a passage, a quote or a reason, and is another."""
    answer = record["answer"]
    scores = {place: hit["score"] for place, hit in zip(_places(hits), hits, strict=True)}
    then = zip(_places(record["hits"]), record["hits"], strict=True)
    most = max((abs(scores[p] - hit["score"]) for p, hit in then if p in scores), default=0.0)
    if most > _ALIKE:
        yield f"scores differ by up to {most:.4f}"
    was, now = answer["confidence"], said["confidence"]
    if was != now and (was is None or now is None or abs(was - now) > _ALIKE):
        yield f"confidence was {was}, is {now}"
    if [s["text"] for s in answer["statements"]] != [s["text"] for s in said["statements"]]:
        model = answer["composition"]["model"]
        who = f"{model} wrote them, and may write otherwise" if model else "rules wrote them"
        yield f"the statements' words are others; {who}"


def replayed_json(told: Replayed) -> Json:
    """What `pincite replay` prints with --json."""
    return {
        "id": told.id,
        "generation": told.generation,
        "same": told.same,
        "parts": [
            {"part": part.name, "same": not part.differences, "differences": list(part.differences)}
            for part in told.parts
        ],
        "notes": list(told.notes),
    }
