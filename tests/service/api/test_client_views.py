"""`pincite.client` against the real service, and its views against what the API describes."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any, get_type_hints

import pytest
from fastapi.testclient import TestClient

from pincite.client import Answer, AsyncPincite, Passages, Pincite, Said, SearchResults, Stage
from pincite.client.answers import View
from pincite.client.calls import Asking, Bounds, Hiding
from pincite.client.documents import Comparison, Document, Listing, Lookup, Text
from pincite.errors import NotFound, QuestionError

Json = dict[str, Any]
TOLL = "What toll does a truck with three axles pay on the harbor bridge?"
ROUTES: list[tuple[str, str, type[View]]] = [
    ("post", "/v1/ask", Answer),
    ("get", "/v1/search", SearchResults),
    ("get", "/v1/documents", Listing),
    ("get", "/v1/documents/{id}", Document),
    ("get", "/v1/documents/{id}/text", Text),
    ("post", "/v1/compare", Comparison),
    ("get", "/v1/citations/{written}", Lookup),
]


@pytest.fixture(scope="module")
def described(engine: Any, local: Any) -> Json:
    api: Json = local(engine).get("/openapi.json").json()
    return api


@pytest.mark.parametrize(("method", "path", "view"), ROUTES, ids=[r[1] for r in ROUTES])
def test_a_view_has_every_field_that_the_api_gives_with_its_type(
    described: Json, method: str, path: str, view: type[View]
) -> None:
    response = described["paths"][path][method]["responses"]["200"]["content"]
    given = response["application/json"]["schema"]
    assert plain(view.model_json_schema(), None) == plain(given, described)


def plain(schema: Json, root: Json | None, seen: tuple[str, ...] = ()) -> Any:
    """A schema without what only explains, and with what it refers to in place."""
    root = root or schema
    if name := schema.get("$ref"):
        if name in seen:
            return f"as {len(seen) - seen.index(name)} above"
        target: Json = root
        for part in name.removeprefix("#/").split("/"):
            target = target[part]
        return plain(target, root, (*seen, name))
    kept = ("type", "enum", "const", "maxItems", "minItems")
    shown: Json = {name: schema[name] for name in kept if name in schema}
    if "properties" in schema:
        shown["properties"] = {k: plain(v, root, seen) for k, v in schema["properties"].items()}
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            shown[name] = plain(schema[name], root, seen)
    for name in ("anyOf", "prefixItems"):
        if name in schema:
            shown[name] = [plain(one, root, seen) for one in schema[name]]
    return shown


@pytest.mark.parametrize(
    ("method", "path", "bounds", "own"),
    [
        ("post", "/v1/ask", Asking, {"question"}),
        ("get", "/v1/search", Bounds, {"q", "top"}),
        ("get", "/v1/documents", Hiding, set()),
    ],
)
def test_the_client_can_bound_a_question_by_all_that_the_api_takes(
    described: Json, method: str, path: str, bounds: Any, own: set[str]
) -> None:
    operation = described["paths"][path][method]
    if method == "post":
        name = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        taken = set(described["components"]["schemas"][name.rsplit("/", 1)[-1]]["properties"])
    else:
        taken = {parameter["name"] for parameter in operation["parameters"]}
    singular = {"kind": "kinds", "document": "documents", "collection": "collections"}
    assert {singular.get(name, name) for name in taken} - own == set(get_type_hints(bounds))


def test_both_clients_have_the_same_methods() -> None:
    def methods(kind: type[Any]) -> dict[str, list[str]]:
        public = inspect.getmembers(kind, inspect.isfunction)
        return {
            name: list(inspect.signature(method).parameters)
            for name, method in public
            if not name.startswith("_")
        }

    assert methods(Pincite) == methods(AsyncPincite)


def test_everything_can_be_asked_of_a_service(service: str) -> None:
    with Pincite(service) as pincite:
        answer = pincite.ask(TOLL, place="zz/arden")
        first = answer.citations[0]
        assert first.in_force.from_ == "2019-04-01"
        text = pincite.text(first.document_id, first.start, first.end)
        assert text.text == first.quote
        assert text.version == first.version
        assert pincite.search(TOLL, 2, kinds=["ordinance"]).hits[0].kind == "ordinance"
        assert {one.id for one in pincite.documents(kinds=["op_ed"]).documents} == {"hostile"}
        assert pincite.document("arden-code-4-12").sections
        assert pincite.compare([TOLL], ["zz/arden"]).rows[0].cells[0].type == "quote"
        assert pincite.citation("8 U.S.C. § 1373(a)").held is False


def test_a_follow_up_brings_its_history(service: str) -> None:
    with Pincite(service) as pincite:
        answer = pincite.ask("And for an ambulance?", history=[{"question": TOLL}])
    assert answer.read_as is not None
    assert "harbor bridge" in answer.read_as.question


def test_errors_are_those_of_the_service(service: str) -> None:
    with Pincite(service) as pincite:
        with pytest.raises(NotFound, match="nobody"):
            pincite.document("nobody")
        with pytest.raises(QuestionError, match="empty"):
            pincite.ask(" ")
        with pytest.raises(QuestionError, match="empty"):
            list(pincite.ask_events(" "))
        with pytest.raises(QuestionError, match="no stretch"):
            pincite.text("arden-code-4-12", 9, 1)


def test_events_come_in_order_and_end_with_the_same_answer(service: str) -> None:
    with Pincite(service) as pincite:
        events = list(pincite.ask_events(TOLL))
        answer = pincite.ask(TOLL)
    kinds = [type(event) for event in events]
    assert kinds[0] is Stage
    assert kinds.index(Passages) < kinds.index(Said)
    last = events[-1]
    assert isinstance(last, Answer)
    assert last.statements == answer.statements
    assert [c.quote for c in last.citations] == [c.quote for c in answer.citations]
    said = [event for event in events if isinstance(event, Said)]
    assert [event.text for event in said] == [statement.text for statement in last.statements]


def test_a_stream_may_be_left(service: str) -> None:
    with Pincite(service) as pincite:
        events = pincite.ask_events(TOLL)
        next(events)
        events.close()
        assert pincite.ask(TOLL).statements


def test_the_awaited_client_says_the_same(service: str) -> None:
    async def said() -> tuple[Answer, Answer, str]:
        async with AsyncPincite(service) as pincite:
            answer = await pincite.ask(TOLL)
            events = [event async for event in pincite.ask_events(TOLL)]
            with pytest.raises(QuestionError):
                await pincite.ask("")
            lookup = await pincite.citation("8 U.S.C. § 1373(a)")
            last = events[-1]
            assert isinstance(last, Answer)
            return answer, last, lookup.key

    answer, last, key = asyncio.run(said())
    assert answer.statements == last.statements
    assert key == "8 usc 1373(a)"


def test_what_a_newer_service_adds_is_left_aside(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": TOLL}).json()
    assert Answer.model_validate(body | {"of_tomorrow": 1}) == Answer.model_validate(body)
