"""The settings of the language model: off unless named, and its key never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from pincite.errors import SettingsError
from pincite.settings import Settings, load

URL = {"PINCITE_LLM_URL": "https://llm.example:8443/v1/", "PINCITE_LLM_MODEL": "m"}


def test_nothing_leaves_by_default(tmp_path: Path) -> None:
    settings, _ = load({}, tmp_path)
    assert settings.llm_url is None
    assert settings.llm_host is None


def test_the_host_is_told_from_the_url(tmp_path: Path) -> None:
    settings, _ = load(URL, tmp_path)
    assert settings.llm_host == "llm.example:8443"
    assert settings.llm_url == "https://llm.example:8443/v1"


def test_an_empty_url_is_none(tmp_path: Path) -> None:
    assert load({"PINCITE_LLM_URL": ""}, tmp_path)[0].llm_url is None


@pytest.mark.parametrize(
    "url",
    [
        "llm.example",
        "ftp://llm.example",
        "http://",
        "http://[",
        "http://llm.example:99999",
        "https://user:word@llm.example/v1",
        "https://llm.example/v1?key=word",
        "https://llm.example/v1#word",
    ],
)
def test_a_url_that_is_none_or_holds_a_key_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load({**URL, "PINCITE_LLM_URL": url}, tmp_path)
    assert "PINCITE_LLM_URL" in str(caught.value)
    assert "word" not in str(caught.value)


def test_an_endpoint_needs_a_model(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="name the model"):
        load({**URL, "PINCITE_LLM_MODEL": " "}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LLM_SECONDS", "0"),
        ("LLM_MAX_TOKENS", "0"),
        ("LLM_PASSAGES", "0"),
        ("LLM_SUPPORT", "much"),
    ],
)
def test_impossible_bounds_are_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load({**URL, f"PINCITE_{name}": value}, tmp_path)


def test_a_key_is_in_no_repr_and_in_no_complaint(tmp_path: Path) -> None:
    assert "sk-word" not in repr(Settings(llm_api_key="sk-word"))
    (tmp_path / "pincite.toml").write_text('llm_api_key = ["sk-word"]', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load({}, tmp_path)
    assert "sk-word" not in str(caught.value)
