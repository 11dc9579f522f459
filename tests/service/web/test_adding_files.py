"""Files are taken whole, put aside, given to a process of their own; each mistake has its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html
from playwright.sync_api import Browser, Page, expect

from ingest.publishing import ingest
from pincite.settings import Settings
from pincite.shelf import Shelf
from service.api.app import create_app
from service.engine import Engine
from service.web.adding import JOB, MOST_FILES, PATH, most_bytes
from tests.service.conftest import text_of
from tests.service.web.conftest import THEMES, serving, visiting

PAGE = {"accept": "text/html"}
RULE = b"# Ferry Rules\n\nThe ferry from Arden leaves at nine in the morning.\n"
SAID = {"kind": "ordinance", "place": "zz/arden", "issued": "2019-03-04"}
# In the place of the command line: it prints what it was given, or fails.
STAND_IN = """
import json, sys, time
from pathlib import Path
from pincite.progress import telling
files = [Path(word) for word in sys.argv[3:] if not word.startswith("--")][:-1]
with telling("", lines=True) as progress:
    progress(1, 3, files[0].name)
    if files[0].name == "stay.md":
        time.sleep(600)
    if files[0].name == "fail.md":
        print("pincite: another ingest is writing this index", file=sys.stderr)
        sys.exit(2)
texts = [file.read_text() for file in files]
refused = [{"source": "x.<b>", "reason": "empty", "detail": "no bytes"}]
print(json.dumps({"added": sys.argv[1:], "refused": refused, "report": None, "texts": texts}))
"""


@pytest.fixture
def taking(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf], monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """A client of a service that takes files, whose command line is the stand-in."""
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("service.jobs.jobs.COMMAND_LINE", "stand_in")
    settings = Settings(data_dir=tmp_path / "var", corpus_dir=tmp_path / "corpus", reader_max_mb=1)
    taking = client(settings, light_shelf)
    yield taking
    app: Any = taking.app
    app.state.jobs.close()


def client(settings: Settings, light_shelf: Callable[[Settings], Shelf]) -> TestClient:
    app = create_app(Engine(settings, light_shelf(settings)))
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def send(taking: TestClient, *named: tuple[str, bytes], **said: str) -> Any:
    """What comes back for files sent as a browser's form sends them."""
    files = [("files", (name, content)) for name, content in named]
    return taking.post(PATH, data={**SAID, **said}, files=files, headers=PAGE)


def ended(taking: TestClient) -> Any:
    """The job, when it has ended."""
    app: Any = taking.app
    job = app.state.jobs.last(JOB)
    job.wait(60)
    return job


def parsed(response: Any) -> Any:
    return html.fromstring(response.text)


def text(response: Any) -> str:
    return text_of(parsed(response).xpath("//main")[0])


def test_without_the_setting_nothing_is_taken(
    tmp_path: Path, light_shelf: Callable[[Settings], Shelf]
) -> None:
    settings = Settings(data_dir=tmp_path)
    assert settings.corpus_dir is None
    off = client(settings, light_shelf)
    assert off.get(PATH).status_code == 404
    assert "corpus_dir" in off.post(PATH, files={"files": ("a.md", RULE)}).json()["detail"]
    assert most_bytes(settings) == 256 * 1024


def test_files_go_to_the_command_line_whole_and_nothing_of_them_stays(taking: TestClient) -> None:
    response = send(taking, ("ferry.md", RULE), ("C:\\texts\\tolls.md", b"Tolls"))
    assert response.status_code == 200  # after the redirect to the page that tells of it
    job = ended(taking)
    assert job.state == "done", job.trouble
    words = job.result["added"]
    assert words[:2] == ["corpora", "include"]
    assert [Path(word).name for word in words[2:4]] == ["ferry.md", "tolls.md"]
    assert {"--kind=ordinance", "--jurisdiction=zz/arden", "--issued=2019-03-04"} < set(words)
    assert job.result["texts"] == [RULE.decode(), "Tolls"]
    assert not Path(words[2]).parent.exists()  # put aside no longer


def test_the_page_tells_what_was_added_and_refused_as_text(taking: TestClient) -> None:
    send(taking, ("ferry.md", RULE))
    ended(taking)
    said = text(taking.get(PATH, headers=PAGE))
    assert "1 file was not added" in said
    assert "x.<b>: The file is empty. Fetch it again." in said


def test_a_failure_is_told_and_the_form_is_there_again(taking: TestClient) -> None:
    send(taking, ("fail.md", RULE))
    ended(taking)
    page = taking.get(PATH, headers=PAGE)
    assert "another ingest is writing this index" in text(page)
    assert parsed(page).xpath("//input[@type='file']")


def test_while_files_are_added_others_wait_and_it_can_be_cancelled(taking: TestClient) -> None:
    page = parsed(send(taking, ("stay.md", RULE)))
    assert page.xpath("//progress")
    assert not page.xpath("//input[@type='file']")
    assert "files are being added already" in text(send(taking, ("ferry.md", RULE)))
    assert "Cancelled." in text(taking.post(f"{PATH}/cancel", headers=PAGE))
    assert ended(taking).state == "cancelled"


def test_what_goes_on_ends_with_the_service(taking: TestClient) -> None:
    with taking:
        send(taking, ("stay.md", RULE))
        app: Any = taking.app
        assert app.state.jobs.last(JOB).running
    assert app.state.jobs.last(JOB).state == "cancelled"


@pytest.mark.parametrize(
    ("named", "said", "told"),
    [
        ([], {}, "no file was chosen"),
        ([("ferry.md", RULE)], {"kind": "--rebuild"}, "unknown kind"),
        ([("ferry.md", RULE)], {"issued": "soon"}, "'soon' is not a day"),
        ([("ferry.md", RULE)], {"place": "x" * 300}, "the place is too long"),
        ([(".profile", RULE)], {}, "no name for a file"),
        ([("a/../..", RULE)], {}, "no name for a file"),
        ([("a\u202eb.md", RULE)], {}, "no name for a file"),
        ([("--into.md", RULE)], {}, "no name for a file"),
        ([("ferry.md", RULE), ("x/ferry.md", RULE)], {}, "two of the files have this name"),
        ([("large.md", b"x" * (2**20 + 1))], {}, "larger than 1 MB"),
    ],
)
def test_a_mistake_is_told_above_the_form_and_nothing_begins(
    taking: TestClient, named: list[tuple[str, bytes]], said: dict[str, str], told: str
) -> None:
    response = send(taking, *named, **said)
    assert response.status_code == 422
    [problem] = parsed(response).xpath("//p[@role='alert' and not(@hidden)]")
    assert told in problem.text_content()
    app: Any = taking.app
    assert app.state.jobs.last(JOB) is None


def test_a_script_hears_of_a_mistake_as_a_problem(taking: TestClient) -> None:
    response = taking.post(PATH, data={"kind": "law"}, files={"files": ("a.md", RULE)})
    assert response.status_code == 422
    assert response.json()["detail"].startswith("unknown kind 'law'")


def test_too_many_files_and_too_much_of_them_are_refused(taking: TestClient) -> None:
    many = [(f"{n}.md", RULE) for n in range(MOST_FILES + 1)]
    assert send(taking, *many).status_code == 400
    assert send(taking, ("large.md", b"x" * (5 * 2**20))).status_code == 413


def test_a_page_of_another_site_sends_nothing(taking: TestClient) -> None:
    files = {"files": ("ferry.md", RULE)}
    elsewhere = {**PAGE, "sec-fetch-site": "cross-site"}
    assert taking.post(PATH, data=SAID, files=files, headers=elsewhere).status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("theme", THEMES)
def test_the_page_is_accessible_at_any_width(
    browser: Browser, taking: TestClient, axe: Callable[[Page], list[str]], theme: str
) -> None:
    app: Any = taking.app
    with serving(app.state.engine) as address, visiting(browser, address) as visit:
        page = visit(PATH, theme, viewport={"width": 320, "height": 640})
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
@pytest.mark.model
def test_files_dropped_on_the_page_are_answered_from(
    browser: Browser, tmp_path: Path, axe: Callable[[Page], list[str]]
) -> None:
    settings = Settings(data_dir=tmp_path / "var", corpus_dir=tmp_path / "corpus", ocr="off")
    first = tmp_path / "first"
    first.mkdir()
    (first / "memo.txt").write_text("The mayor of Arden may sell the old ferry.\n")
    ingest(settings, [first])
    engine = Engine(settings, look_again=0.1)
    rule = {"name": "ferry-rules.md", "text": RULE.decode()}
    with serving(engine) as address, visiting(browser, address) as visit:
        page = visit(PATH)
        assert axe(page) == []
        dropped = page.evaluate_handle(
            "files => { const all = new DataTransfer(); for (const one of files)"
            " all.items.add(new File([one.text], one.name)); return all; }",
            [rule, {"name": "empty.md", "text": ""}],
        )
        page.dispatch_event(".drop", "drop", {"dataTransfer": dropped})
        expect(page.locator(".files-chosen li")).to_have_count(2)
        page.get_by_label("What they are").select_option("ordinance")
        page.get_by_label("Whose they are").fill("zz/arden")
        page.get_by_role("button", name="Add to the corpus").click()
        expect(page.locator("#job")).to_contain_text("1 file is in the corpus now", timeout=120_000)
        expect(page.locator("#job")).to_contain_text("The file is empty")
        expect(page.locator("#said")).to_have_text("The files were added.")
        assert axe(page) == []
        page.goto(f"{address}/corpus?q=ferry")
        expect(page.get_by_role("link", name="Ferry Rules")).to_be_visible()
    engine.close()
    assert (tmp_path / "corpus" / "ordinance" / "ferry-rules.md").read_bytes() == RULE
    assert "zz/arden" in (tmp_path / "corpus" / "catalogue.toml").read_text()
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == [
        ".adding.lock",
        "catalogue.toml",
        "ordinance",
    ]
