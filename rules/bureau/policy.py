"""The bureau's policy, typed and checked: all that differs between cities (DESIGN §7).

What is wrong with one is said in one Chinese line that names the place and the cure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from rules.casework import RoutingRule, forestalled, rule_name
from rules.clocks import (
    USUAL_LIMITS,
    ColourPolicy,
    EmergencyPolicy,
    LimitEntry,
    LimitText,
    OfficePolicy,
    Section,
    ZoneName,
    clash,
)
from rules.dispatch import DispatchPolicy
from rules.errors import PolicyError
from rules.grid import GridPolicy
from rules.insight import InsightPolicy
from rules.merging import MergingPolicy
from rules.orders import OrderPolicy
from rules.paper import RANK_NAMES, PapersPolicy, Rank, with_papers
from rules.ranking import FlagPolicy, RankingPolicy
from rules.review import ObjectionPolicy, ReviewPolicy
from rules.text import LOOK_REASONS, MORE_REASONS, OTHER_REASON, Masking
from rules.tomlfile import TomlFile

USUAL = {
    "pledge": "15wd",
    "cell": "1wd",
    "respond": "3m",
    "arrive": "10m",
    "inform": "24h",
    "visit_task": "10wd",
    "account": "6mo",
}
"""Limits of the city's other doors where no entry of ``[[limits]]`` speaks of them."""


class BureauPolicy(Section):
    """``[bureau]``: who keeps this store."""

    name: str = "网上群众工作部"
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,6}$")] = "WH"
    timezone: ZoneName = "Asia/Shanghai"

    @field_validator("name")
    @classmethod
    def _one_printable_line(cls, name: str) -> str:
        if not name.isprintable() or not name.strip():
            raise ValueError("单位名称要写成一行文字，其中不能有控制字符")
        return name


class LeaderPolicy(Section):
    """One of ``[[leaders]]``: who may sign (签发人), or a leader of the city, who approves.

    Without a ``rank`` the first is the principal, the others are deputies.
    """

    name: Annotated[str, Field(min_length=1)]
    post: str = ""
    rank: Rank | None = None


class ReportPolicy(Section):
    """``[reports]``: for how long a time that a unit reports of itself needs no evidence."""

    span: LimitText = "1wd"


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


Named = Annotated[str, Field(pattern=r"^\S(.{0,58}\S)?$")]


class IntakePolicy(Section):
    """``[intake]``: ``analysis_only`` names channels and sources whose matters others answer."""

    analysis_only: tuple[Named, ...] = ()

    def for_analysis(self, channel: str, source: str) -> bool:
        """Return whether an appeal of a channel and a source comes in for insight alone."""
        return channel in self.analysis_only or source in self.analysis_only


class ProblemPolicy(Section):
    """``[problems]``: how many different citizens make a problem, and how many an alarm."""

    least: Annotated[int, Field(ge=2, le=100)] = 3
    alarm: Annotated[int, Field(ge=2, le=1000)] = 5


class Policy(Section):
    """One version of the policy, whole; a ``draft`` is one that nobody has checked yet."""

    draft: bool = False
    bureau: BureauPolicy = BureauPolicy()
    office: OfficePolicy = OfficePolicy()
    limits: tuple[LimitEntry, ...] = USUAL_LIMITS
    colours: ColourPolicy = ColourPolicy()
    emergency: EmergencyPolicy = EmergencyPolicy()
    ranking: RankingPolicy = RankingPolicy()
    flags: FlagPolicy = FlagPolicy()
    problems: ProblemPolicy = ProblemPolicy()
    dispatch: DispatchPolicy = DispatchPolicy()
    review: ReviewPolicy = ReviewPolicy()
    objections: ObjectionPolicy = ObjectionPolicy()
    reports: ReportPolicy = ReportPolicy()
    orders: OrderPolicy = OrderPolicy()
    papers: PapersPolicy = PapersPolicy()
    leaders: tuple[LeaderPolicy, ...] = ()
    intake: IntakePolicy = IntakePolicy()
    grid: GridPolicy = GridPolicy()
    insight: InsightPolicy = InsightPolicy()
    privacy: PrivacyPolicy = PrivacyPolicy()
    merging: MergingPolicy = MergingPolicy()
    routing: tuple[RoutingRule, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The bureau's zone."""
        return ZoneInfo(self.bureau.timezone)

    def usual_limit(self, step: str) -> str | None:
        """The limit of a step where no entry of ``[[limits]]`` speaks of it."""
        return self.orders.receipt if step == "receipt" else USUAL.get(step)

    @property
    def granting(self) -> tuple[LeaderPolicy, ...]:
        """The leaders whom an entry of ``[[limits]]`` wants named as granting extensions."""
        return self.leaders_of(
            *{rank for entry in self.limits for rank in entry.extension_by or ()}
        )

    def leaders_of(self, *ranks: str) -> tuple[LeaderPolicy, ...]:
        """Return the leaders of some ranks, in the policy's order."""
        ranked = [
            (leader.rank or ("deputy" if place else "principal"), leader)
            for place, leader in enumerate(self.leaders)
        ]
        return tuple(leader for rank, leader in ranked if rank in ranks)

    def rank_of(self, name: str) -> str | None:
        """Return the rank of a leader of that name; None for nobody the policy names."""
        for rank in RANK_NAMES:
            if any(leader.name == name for leader in self.leaders_of(rank)):
                return rank
        return None

    def signers_of(self, kind: str) -> tuple[LeaderPolicy, ...]:
        """Return who may sign a kind of paper."""
        return self.leaders_of(*self.papers.of(kind).signs)

    @model_validator(mode="before")
    @classmethod
    def _older_orders(cls, tables: Any) -> Any:
        return with_papers(tables) if isinstance(tables, Mapping) else tables

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

    @model_validator(mode="after")
    def _somebody_grants(self) -> Policy:
        for entry in self.limits:
            for rank in entry.extension_by or ():
                if rank not in RANK_NAMES:
                    raise ValueError(
                        f"extension_by 的“{rank}”不在 {'、'.join(RANK_NAMES)} 之中，请改正"
                    )
                if not self.leaders_of(rank):
                    raise ValueError(
                        f"{entry.title()}的延期须由{RANK_NAMES[rank]}（{rank}）批准，"
                        "而 [[leaders]] 里没有这一级的领导，请补上"
                    )
        return self

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


UNCHECKED = "这是由原文草拟的规则，还没有人核对：请对照原文逐条改好，删去 draft 一行再装入"
"""What is said of a draft; it is refused where it would come into force."""

_FILE = TomlFile("规则文件", PolicyError)


def read_policy(text: str) -> Policy:
    """The policy written in TOML; PolicyError naming line, section and nearest key otherwise."""
    return _FILE.read(text, Policy)


def checked_policy(text: str) -> Policy:
    """The policy written in TOML that is to come into force; PolicyError for a draft, too."""
    policy = read_policy(text)
    if policy.draft:
        raise PolicyError(UNCHECKED)
    return policy
