"""The policy a new store starts with."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest

from rules.bureau.policy import Policy, read_policy
from rules.casework.routing import unit_words
from rules.clocks.precedence import choose
from rules.clocks.tags import Tags
from rules.errors import PolicyError
from seed.reference.catalogue import first_content, reference

SHIPPED = files("seed.reference").joinpath("policy.toml").read_text(encoding="utf-8")

EXAMPLES = re.findall(r"^# ((?:holidays|workdays|special_hours|seasons) = .*)$", SHIPPED, re.M)


def limit(step: str, **tags: Any) -> str | None:
    choice = choose(read_policy(SHIPPED).limits, Tags(**tags), step)
    return choice.winner.limit(step) if choice else None


def test_the_shipped_policy_sets_the_usual_limits() -> None:
    assert [limit(step) for step in ("dispatch", "acknowledge", "contact", "close", "judge")] == [
        "4wh",
        "1wd",
        "1wd",
        "5wd",
        "1wd",
    ]
    assert limit("close", nature="咨询") == "2wd"
    assert [limit(step, urgency="特急") for step in ("dispatch", "close", "extension")] == [
        "15m",
        "24h",
        "none",
    ]


def test_praise_has_no_limit_but_that_of_handing_it_on() -> None:
    steps = ("dispatch", "acknowledge", "contact", "close", "judge", "extension")
    assert [limit(step, nature="表扬") for step in steps] == ["4wh", *["none"] * 5]


def test_the_shipped_policy_takes_what_others_answer_for_analysis_alone() -> None:
    intake = read_policy(SHIPPED).intake
    asked = (("12315", "duban"), ("房管热线", "duban"), ("其他", "12315"), ("12345电话", "duban"))
    assert [intake.for_analysis(*each) for each in asked] == [True, True, True, False]
    assert read_policy("").intake.analysis_only == ()
    with pytest.raises(PolicyError, match="最接近的是 analysis_only"):
        read_policy('[intake]\nanalysis = ["12315"]')


def test_the_shipped_policy_names_someone_who_can_sign() -> None:
    policy = read_policy(SHIPPED)
    assert [leader.name for leader in policy.signers_of("order")] == ["张明", "李华"]
    assert [leader.name for leader in policy.signers_of("referral_duty")] == ["张明"]
    assert [leader.name for leader in policy.leaders_of("city")] == ["周正"]


def test_what_the_shipped_policy_writes_out_are_the_defaults_of_the_code() -> None:
    shipped, default = read_policy(SHIPPED), Policy()
    for section in ("office", "colours", "ranking", "flags", "orders", "privacy"):
        assert getattr(shipped, section) == getattr(default, section)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_commented_example_of_the_office_works(example: str) -> None:
    assert read_policy(f"[office]\n{example}") != Policy()


def test_the_commented_entry_for_petitions_works() -> None:
    lines = (
        SHIPPED.split("# 信访事项的例子：15日内决定受不受理，自受理之日起60日办结：\n")[1]
        .split("\n\n")[0]
        .splitlines()
    )
    example = "\n".join(line.removeprefix("# ") for line in lines)
    assert read_policy(example).limits[0].close == "60d"


def test_there_are_examples_to_try() -> None:
    assert len(EXAMPLES) == 4


def test_the_shipped_policy_routes_nothing_of_itself() -> None:
    assert read_policy(SHIPPED).routing == ()


def test_the_commented_routing_rules_work_and_name_units_that_exist() -> None:
    lines = SHIPPED[SHIPPED.index("# [[routing]]") :].splitlines()
    rules = read_policy("\n".join(line.removeprefix("# ") for line in lines)).routing
    units = {word for u in reference().units for word in (u.code, u.name, u.short_name)}
    assert len(rules) == 2
    assert {word for _, word in unit_words(rules)} <= units


def test_a_policy_that_names_no_limits_has_the_shipped_ones() -> None:
    shipped = read_policy(first_content().policy_text)
    assert read_policy('[bureau]\nname = "测试部"\n').limits == shipped.limits
