"""The command line says where questions go, and asks for quotes alone."""

from __future__ import annotations

import json
from typing import Any

from service.commands import _given

URL = {"PINCITE_LLM_URL": "http://127.0.0.1:9/v1", "PINCITE_LLM_MODEL": "m"}
KEY = "sk-very-secret-0123456789"


def test_settings_name_the_host_and_hide_the_key(console: Any, tiny_settings: Any) -> None:
    shown = console(tiny_settings, "settings", **URL, PINCITE_LLM_API_KEY=KEY)
    assert "Questions and passages leave this machine for 127.0.0.1:9." in shown.stdout
    assert KEY not in shown.stdout + shown.stderr
    words = {"PINCITE_INDEX_URL": "http://me:s3cret@127.0.0.1:9", "PINCITE_INDEX_API_KEY": KEY}
    shown = console(tiny_settings, "settings", **words)
    assert "http://(set)@127.0.0.1:9" in shown.stdout
    assert "s3cret" not in shown.stdout
    assert KEY not in shown.stdout
    quiet = console(tiny_settings, "settings")
    assert "leave this machine" not in quiet.stdout
    assert json.loads(console(tiny_settings, "settings", "--json", **URL).stdout)["llm_model"]


def test_no_llm_is_told_to_a_running_service() -> None:
    assert _given({"llm": False, "place": None, "kinds": []}) == {"llm": False}
