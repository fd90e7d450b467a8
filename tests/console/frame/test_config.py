"""The user's configuration: what it may say, and that a fault is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.frame.config import Config, ConfigError, parse_config, read_config
from console.frame.settings import config_file


def test_an_empty_file_is_as_shipped() -> None:
    assert parse_config("") == Config(theme="dark", ascii=False, keys={})


def test_theme_symbols_and_keys_can_be_chosen() -> None:
    text = 'theme = "light"\nsymbols = "ascii"\n[keys]\n"queue.dispatch" = "p,f6"\n'
    assert parse_config(text) == Config("light", True, {"queue.dispatch": "p,f6"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('theme = "pink"', "pink"),
        ('symbols = "emoji"', "emoji"),
        ('[keys]\n"queue.explode" = "x"', "queue.explode"),
        ("theme = ", "TOML"),
        ("theme = " + "[" * 5000, "括号"),
    ],
)
def test_a_fault_is_named(text: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        parse_config(text)


def test_a_file_in_another_encoding_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    config_file().parent.mkdir()
    config_file().write_bytes('theme = "暗"'.encode("gb18030"))
    with pytest.raises(ConfigError, match="UTF-8"):
        read_config()
