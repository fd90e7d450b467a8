"""What is wrong with a policy file, in one Chinese line that names the place and the cure."""

from __future__ import annotations

import difflib
import re
import tomllib
from decimal import Decimal
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from rules.errors import PolicyError

_SAID = {
    "string_type": "应当是加引号的文字",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "bool_type": "应当是 true 或 false",
    "bool_parsing": "应当是 true 或 false",
    "decimal_type": "应当是数字",
    "decimal_parsing": "应当是数字",
    "tuple_type": "应当是方括号括起的列表",
    "dict_type": "应当是一组“名 = 值”",
    "model_type": "应当是一组“名 = 值”",
    "string_pattern_mismatch": "写法不对",
    "date_from_datetime_parsing": "应当是 2026-05-20 这样的日期",
    "date_parsing": "应当是 2026-05-20 这样的日期",
    "date_type": "应当是 2026-05-20 这样的日期",
}


def read_toml(text: str) -> dict[str, Any]:
    """The file as nested tables; PolicyError with line and column where TOML itself is broken."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        place = re.search(r"line (\d+), column (\d+)", str(fault))
        where = f"第{place[1]}行第{place[2]}列" if place else "末尾"
        raise PolicyError(
            f"规则文件{where}不合 TOML 写法，请检查这一行的引号、括号、等号和是否重复"
        ) from None


def refusal(fault: ValueError, model: type[BaseModel]) -> str:
    """One line for the gravest fault of a validation: an unknown key before all others."""
    if not isinstance(fault, ValidationError):
        return f"规则文件有误：{fault}"
    errors = sorted(fault.errors(), key=lambda each: each["type"] != "extra_forbidden")
    place, kind = errors[0]["loc"], errors[0]["type"]
    if kind == "extra_forbidden":
        return _unknown_key(place, model)
    return f"规则文件 {_written(place)}：{_reason(kind, dict(errors[0]))}"


def _unknown_key(place: tuple[int | str, ...], model: type[BaseModel]) -> str:
    *section, key = place
    known = _keys(model, section)
    near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.0)
    hint = f"，最接近的是 {near[0]}" if near else ""
    return f"规则文件 {_written(tuple(section))} 中没有 {key} 这一项{hint}，请改正后再装入"


def _keys(model: type[BaseModel], section: list[int | str]) -> list[str]:
    for part in section:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _inner(each))), None)


def _written(place: tuple[int | str, ...]) -> str:
    words = ""
    for part in place:
        if isinstance(part, int):
            words += f"第{part + 1}条"
        elif re.fullmatch(r"[\w-]+", part):
            words += f".{part}" if words else part
    return f"[{words}]" if words else "最外层"


def _reason(kind: str, error: dict[str, Any]) -> str:
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "missing":
        return "缺少这一项，请补上"
    if kind == "literal_error":
        known = error["ctx"]["expected"].replace(" or ", "、").replace(", ", "、").replace("'", "")
        return f"“{error['input']}”不在 {known} 之中"
    return f"“{error['input']}”{_SAID.get(kind, '不合要求')}，请改正后再装入"
