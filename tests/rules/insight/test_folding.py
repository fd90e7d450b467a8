"""One piece of news told once, in one sentence."""

from __future__ import annotations

from rules.insight.expected import Level
from rules.insight.folding import folded
from rules.insight.judging import Finding, Sign
from rules.insight.series import Kind, Subject
from rules.insight.telling import sentence_of
from tests.rules.insight.days import horizon, quiet

CITY = horizon(quiet(1))


def finding(
    text: str,
    ids: range,
    kind: Kind = "category",
    signs: tuple[Sign, ...] = ("rises",),
    mean: float = 0.0,
) -> Finding:
    level = Level(len(ids), mean, mean, 4.2, 0.001)
    return Finding(Subject(kind, text), signs, 160, 161, 7, level, 9, tuple(ids))


def texts(*findings: Finding) -> list[str]:
    return [one.subject.text for one in folded(findings)]


def test_a_category_goes_where_one_below_it_tells_most_of_its_rise() -> None:
    above, below = finding("甲/乙", range(30), mean=10), finding("甲/乙/丙", range(12), mean=1)
    assert texts(above, below) == ["甲/乙/丙"]
    few = finding("甲/乙/丙", range(9), mean=1)
    assert texts(above, few) == ["甲/乙", "甲/乙/丙"]


def test_a_problem_is_nearer_than_its_place_and_category() -> None:
    problem = finding("7", range(10), "problem", ("new",))
    assert texts(finding("甲", range(12)), finding("1/甲", range(10), "place"), problem) == ["7"]


def test_the_sentence_gives_period_figures_and_the_day_it_could_be_known() -> None:
    risen = finding("供水", range(31), mean=8.5)
    assert sentence_of(risen, CITY, "供水", 90) == (
        "供水：6月9日至6月15日31件，9名不同诉求人；前四周周均8.5件，为其3.6倍，"
        "按平日、全市来件和上年同期应有8.5件，高出4.2个标准差；6月14日即可发现。"
    )
    repeated = finding("某公司", range(5), "object", ("new", "repeats", "crosses"))
    told = sentence_of(repeated, CITY, "某公司", 90)
    assert "9名不同诉求人反映同一对象；此前90天没有" in told
