"""A file in TOML, typed by a model: what is wrong with it is one Chinese line and its cure."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from rules.errors import DubanError

Whole = TypeVar("Whole", bound=BaseModel)

_SAID = {
    "string_type": "应当是加引号的文字",
    "string_pattern_mismatch": "写法不对",
    "tuple_type": "应当是方括号括起的列表",
    **dict.fromkeys(("int_type", "int_parsing"), "应当是整数"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "应当是 true 或 false"),
    **dict.fromkeys(("decimal_type", "decimal_parsing"), "应当是数字"),
    **dict.fromkeys(("dict_type", "model_type"), "应当是一组“名 = 值”"),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing"), "应当是 2026-05-20 这样的日期"
    ),
}

_LONG = re.compile("“([^”]{40})[^”]{2,}”", re.DOTALL)
"""A quotation too long for one line, and what of it is kept."""


def nearest(word: str, known: Sequence[str]) -> str:
    """Return the clause that names what of ``known`` is most like a word, "" for nothing known."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.0)
    return f"，最接近的是 {near[0]}" if near else ""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One kind of file: what people call it, and the error its faults are raised as."""

    what: str
    error: type[DubanError]

    def read(self, text: str, model: type[Whole]) -> Whole:
        """Return the file as ``model``; ``error`` names line, section and nearest key."""
        return self.check(self._tables(text), model)

    def check(self, data: Mapping[str, Any], model: type[Whole]) -> Whole:
        """Return tables as ``model``; ``error`` names section and nearest key."""
        try:
            return model.model_validate(data)
        except ValidationError as fault:
            raise self.error(self._refusal(fault, model)) from None

    def _tables(self, text: str) -> dict[str, Any]:
        """Return the nested tables; ``error`` with line and column where TOML itself is broken."""
        try:
            return tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as fault:
            place = re.search(r"line (\d+), column (\d+)", str(fault))
            where = f"第{place[1]}行第{place[2]}列" if place else "末尾"
            raise self.error(
                f"{self.what}{where}不合 TOML 写法，请检查这一行的引号、括号、等号和是否重复"
            ) from None
        except RecursionError:
            raise self.error(f"{self.what}里括号套得太深，请检查括号是否成对") from None

    def _refusal(self, fault: ValidationError, model: type[BaseModel]) -> str:
        """Return one line for the gravest fault: an unknown key before all others."""
        errors = sorted(fault.errors(), key=lambda each: each["type"] != "extra_forbidden")
        place, kind = errors[0]["loc"], errors[0]["type"]
        if kind == "extra_forbidden":
            *section, key = place
            known = _keys(model, section)
            where = f"{self.what} {_written(tuple(section))}"
            return f"{where} 中没有 {key} 这一项{nearest(str(key), known)}，请改正后再装入"
        reason = _LONG.sub("“\\1..”", _reason(kind, dict(errors[0])))
        return f"{self.what} {_written(place)}：{reason}"


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
