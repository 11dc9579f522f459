"""Settings say where they come from, and refuse what they do not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from pincite.errors import SettingsError
from pincite.settings import load


def test_defaults_stand_alone(tmp_path: Path) -> None:
    settings, sources = load({}, tmp_path)
    assert settings.data_dir == Path("var")
    assert set(sources.values()) == {"default"}


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "pincite.toml").write_text("port = 9000\nleg_depth = 50\n")
    settings, sources = load({"PINCITE_PORT": "9100"}, tmp_path)
    assert (settings.port, settings.leg_depth) == (9100, 50)
    assert sources["port"] == "PINCITE_PORT"
    assert sources["leg_depth"].endswith("pincite.toml")


@pytest.mark.parametrize(
    ("environ", "file", "said"),
    [
        ({"PINCITE_DATADIR": "x"}, "", "PINCITE_DATA_DIR"),  # misspelt: the near name is offered
        ({"PINCITE_PORT": "eighty"}, "", "PINCITE_PORT"),
        ({"PINCITE_PORT": "70000"}, "", "65535"),
        ({"PINCITE_OCR": "magic"}, "", "PINCITE_OCR"),
        ({}, "prot = 1\n", "port"),
        ({}, "port = \n", "TOML"),
        ({"PINCITE_CONFIG": "nowhere.toml"}, "", "nowhere.toml"),
    ],
)
def test_a_wrong_setting_is_named(
    environ: dict[str, str], file: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "pincite.toml").write_text(file)
    with pytest.raises(SettingsError, match=said) as caught:
        load(environ, tmp_path)
    assert "\n" not in str(caught.value)


def test_hosts_are_listed_with_commas(tmp_path: Path) -> None:
    settings, _ = load({"PINCITE_ALLOWED_HOSTS": "a.example, b.example"}, tmp_path)
    assert settings.allowed_hosts == ("a.example", "b.example")
