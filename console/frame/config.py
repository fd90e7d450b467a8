"""The user's own wishes: theme, symbols, keys; read before the first frame."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.frame.bound import words
from console.frame.settings import config_file
from console.frame.theme import THEMES
from rules.errors import DubanError


class ConfigError(DubanError):
    """The configuration file says something that cannot be done."""


@dataclass(frozen=True, slots=True)
class Config:
    """``theme`` is a key of ``THEMES``; ``keys`` maps a command's id to its new keys."""

    theme: str = "dark"
    ascii: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)


def parse_config(text: str) -> Config:
    """Read a configuration; every fault is a ``ConfigError`` that names the line's word."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"配置文件不是正确的 TOML（{error}）：请改正后重试") from error
    except RecursionError:
        raise ConfigError("配置文件里括号套得太深：请检查括号是否成对") from None
    theme = given.get("theme", "dark")
    if theme not in THEMES:
        raise ConfigError(f"配置里没有主题 {theme}：可写 {'、'.join(THEMES)}")
    symbols = given.get("symbols", "unicode")
    if symbols not in ("unicode", "ascii"):
        raise ConfigError(f"配置里 symbols = {symbols} 不认得：可写 unicode、ascii")
    return Config(theme, symbols == "ascii", _keys(given.get("keys", {})))


def read_config() -> Config:
    """Read the user's configuration file; without one everything is as shipped.

    ``DUBAN_ASCII`` and ``NO_COLOR`` in the environment count as wishes too.
    """
    path = config_file()
    try:
        config = parse_config(path.read_text(encoding="utf-8")) if path.exists() else Config()
    except UnicodeDecodeError:
        raise ConfigError(f"配置文件 {path} 不是 UTF-8 文本：请另存为 UTF-8 后重试") from None
    theme = "contrast" if os.environ.get("NO_COLOR") else config.theme
    return Config(theme, config.ascii or bool(os.environ.get("DUBAN_ASCII")), config.keys)


def _keys(given: Mapping[str, Any]) -> dict[str, str]:
    for id in given:
        if words(id) is None:
            raise ConfigError(f"配置 [keys] 里没有命令 {id}：按 F1 可查命令编号")
    return {id: str(keys) for id, keys in given.items()}
