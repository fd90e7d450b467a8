"""The bureau's policy, typed and checked: all that differs between cities (DESIGN §7).

What is wrong with one is said in one Chinese line that names the place and the cure.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, ValidationError, field_validator

from rules.casework import RoutingRule, forestalled, rule_name
from rules.clocks import USUAL_LIMITS, ColourPolicy, LimitEntry, OfficePolicy, Section, clash
from rules.errors import PolicyError
from rules.orders import OrderPolicy
from rules.ranking import FlagPolicy, RankingPolicy
from rules.review import ObjectionPolicy, ReviewPolicy
from rules.text import LOOK_REASONS, MORE_REASONS, OTHER_REASON, Masking


class BureauPolicy(Section):
    """``[bureau]``: who keeps this store."""

    name: str = "网上群众工作部"
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,6}$")] = "WH"
    timezone: str = "Asia/Shanghai"

    @field_validator("name")
    @classmethod
    def _one_printable_line(cls, name: str) -> str:
        if not name.isprintable() or not name.strip():
            raise ValueError("单位名称要写成一行文字，其中不能有控制字符")
        return name

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"没有“{name}”这个时区，请写 Asia/Shanghai 这样的 IANA 名") from None
        return name


class LeaderPolicy(Section):
    """One of ``[[leaders]]``: who may sign (签发人)."""

    name: Annotated[str, Field(min_length=1)]
    post: str = ""


LookReason = Annotated[str, Field(pattern=r"^\S{1,12}$")]

OUTGOING = "[privacy] mask = false 只用于屏幕：文书、导出和复制不许不脱敏，仍一律脱敏"
"""What is refused where masking is switched off."""


class PrivacyPolicy(Section):
    """``[privacy]``: ``mask`` is for screens, ``keep_personal`` a number of years such as ``3y``.

    What leaves the house is masked whatever ``mask`` says. ``reasons`` are further ones for which
    somebody may look at a telephone number.
    """

    mask: bool = True
    keep_personal: Annotated[str, Field(pattern=r"^[1-9]\d?y$")] = "3y"
    reasons: Annotated[tuple[LookReason, ...], Field(max_length=MORE_REASONS)] = ()

    @property
    def look_reasons(self) -> tuple[str, ...]:
        """Every reason for a look, in the order of its digit; 其他 is the last."""
        return (*LOOK_REASONS, *self.reasons, OTHER_REASON)

    @property
    def on_screen(self) -> Masking:
        """How the bureau's own people are shown a citizen on screens and in commands."""
        return Masking(self.mask)

    @property
    def caution(self) -> str | None:
        """What is to be said where masking was switched off; None where it is on."""
        return None if self.mask else OUTGOING

    @property
    def years(self) -> int:
        """For how many years after the close personal data is kept."""
        return int(self.keep_personal.removesuffix("y"))

    def kept_since(self, now: datetime) -> datetime:
        """The instant before which an appeal must have been closed for its data to be erased.

        ``now`` is in the bureau's zone; from 29 February it goes back to the 28th.
        """
        year = now.year - self.years
        try:
            return now.replace(year=year)
        except ValueError:
            return now.replace(year=year, day=28)


class Policy(Section):
    """One version of the policy, whole."""

    bureau: BureauPolicy = BureauPolicy()
    office: OfficePolicy = OfficePolicy()
    limits: tuple[LimitEntry, ...] = USUAL_LIMITS
    colours: ColourPolicy = ColourPolicy()
    ranking: RankingPolicy = RankingPolicy()
    flags: FlagPolicy = FlagPolicy()
    review: ReviewPolicy = ReviewPolicy()
    objections: ObjectionPolicy = ObjectionPolicy()
    orders: OrderPolicy = OrderPolicy()
    leaders: tuple[LeaderPolicy, ...] = ()
    privacy: PrivacyPolicy = PrivacyPolicy()
    routing: tuple[RoutingRule, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The bureau's zone."""
        return ZoneInfo(self.bureau.timezone)

    def usual_limit(self, step: str) -> str | None:
        """The limit of a step where no entry of ``[[limits]]`` speaks of it."""
        return self.orders.receipt if step == "receipt" else None

    @field_validator("limits")
    @classmethod
    def _no_clash(cls, limits: tuple[LimitEntry, ...]) -> tuple[LimitEntry, ...]:
        places = clash(limits)
        if places is not None:
            one, other = places
            raise ValueError(
                f"第{one + 1}条与第{other + 1}条时限的条件相同（{limits[one].title()}），"
                "请合并或改其一"
            )
        return limits

    @field_validator("routing")
    @classmethod
    def _none_idle(cls, rules: tuple[RoutingRule, ...]) -> tuple[RoutingRule, ...]:
        places = forestalled(rules)
        if places is not None:
            first, idle = (rule_name(place + 1, rules[place]) for place in places)
            raise ValueError(
                f"{idle}永远轮不到：{first}（{rules[places[0]].title()}）排在前面且已包括它，"
                "请把较窄的一条移到前面或删去"
            )
        return rules


def read_policy(text: str) -> Policy:
    """The policy written in TOML; PolicyError naming line, section and nearest key otherwise."""
    data = read_toml(text)
    try:
        return Policy.model_validate(data)
    except ValueError as fault:
        raise PolicyError(refusal(fault, Policy)) from None


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
    except RecursionError:
        raise PolicyError("规则文件里括号套得太深，请检查括号是否成对") from None


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
