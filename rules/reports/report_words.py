"""The sentences and rows of a report: every figure is of the value it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from rules.clocks import chinese_date
from rules.paper import Row
from rules.ranking import print_rate
from rules.reports.cases import Example
from rules.reports.figures import KNOWN_BY, WEEKS_BEFORE, Figures, Share

CURVE = ("时段", "件数", "前四周周均")
"""Columns of what is drawn: a week, its count, the mean of the four weeks before it."""

SPREADS = {"place": "属地", "unit": "承办单位", "channel": "来源渠道"}
"""What appeals are told apart by, by the column of ``Counted``."""

NAMED = 3
"""Names that a sentence tells."""

TIMES = 3
"""From so many times the mean on, it is told in times."""


def situation(figures: Figures, what: str, now: str) -> tuple[tuple[str, str], ...]:
    """Return 一、基本情况 as (claim, sentence); ``what`` names the appeals, ``now`` the instant."""
    told = [("total", _total(figures, what)), ("known", _known(figures))]
    told.append(("week", _week(figures)))
    told.append(("standing", _standing(figures, now)))
    return tuple((claim, text) for claim, text in told if text)


def _total(figures: Figures, what: str) -> str:
    unnamed = f"，另有{figures.unnamed}件不知诉求人" if figures.unnamed else ""
    days = (
        f"{chinese_date(figures.first)}至{_till(figures.first, figures.last)}"
        if figures.first != figures.last
        else chinese_date(figures.first)
    )
    people = f"，涉及不同诉求人{figures.reporters}人{unnamed}" if figures.reporters else ""
    return f"{days}，受理{what}{figures.total}件{people}。"


def _till(first: date, last: date) -> str:
    """Return a later day, its year only where it is another."""
    return chinese_date(last) if last.year != first.year else f"{last.month}月{last.day}日"


def _known(figures: Figures) -> str:
    if figures.known is None:
        return ""
    first = f"首件于{chinese_date(figures.first)}受理"
    if figures.known == figures.first:
        return f"{first}，当日已有多名诉求人反映，当日即可察觉。"
    return (
        f"{first}；到{_till(figures.first, figures.known)}反映的不同诉求人达到{KNOWN_BY}名，"
        "从那天起即可察觉为共性问题。"
    )


def _week(figures: Figures) -> str:
    if figures.week is None:
        return ""
    monday, count = figures.week
    told = f"最近一个整周（{monday.month}月{monday.day}日至{_end(monday)}）受理{count}件"
    if figures.mean is None:
        return f"{told}；此前四周的数据不全，不作比较。"
    if not figures.mean:
        return f"{told}，此前{WEEKS_BEFORE}周没有受理。" if count else ""
    mean = print_mean(figures.mean)
    return f"{told}，此前{WEEKS_BEFORE}周周均{mean}件，{_beside(count, figures.mean)}。"


def _end(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"{sunday.month}月{sunday.day}日"


def _beside(count: int, mean: Fraction) -> str:
    """Return how a count stands to a mean: 为其3.4倍, 多25.0%, 少10.0%, 与其持平."""
    if count == mean:
        return "与周均持平"
    if count >= TIMES * mean:
        return f"为周均的{print_mean(count / mean)}倍"
    return f"比周均{'多' if count > mean else '少'}{print_mean(abs(count - mean) * 100 / mean)}%"


def _standing(figures: Figures, now: str) -> str:
    late = f"（其中逾期未答复{figures.late}件）" if figures.late else ""
    ratings = f"，群众评价不满意{figures.unsatisfied}件" if figures.unsatisfied else ""
    others = f"，另有{figures.elsewhere}件由来源方办理" if figures.elsewhere else ""
    return f"截至{now}，已办结{figures.closed}件，在办{figures.open}件{late}{ratings}{others}。"


def print_mean(value: Fraction) -> str:
    """Return a mean with one decimal, half up; a whole number without."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def curve_rows(figures: Figures) -> tuple[Row, ...]:
    """Return what is drawn: a row a week; the last of them may not be over yet."""
    return tuple(
        {
            CURVE[0]: f"{week.month}.{week.day}",
            CURVE[1]: str(count),
            CURVE[2]: "" if mean is None else print_mean(mean),
        }
        for week, count, mean in figures.weeks
    )


def spread_words(by: str, shares: Sequence[Share], total: int) -> str:
    """Return how appeals are spread over the names of one sort: the first of them and their part.

    ``by`` is a key of ``SPREADS``.
    """
    named = [one for one in shares if not one.rest][:NAMED]
    told = "、".join(f"{one.name}{one.count}件" for one in named)
    if len(shares) == 1:
        return f"按{SPREADS[by]}，全部为{told}。"
    count = sum(one.count for one in named)
    part = f"，合计占{print_rate(Fraction(count, total))}" if len(named) > 1 else ""
    rest = "居前的是" if len(named) < len(shares) else "为"
    return f"按{SPREADS[by]}，{rest}{told}{part}。"


def spread_rows(spreads: Mapping[str, Sequence[Share]], total: int) -> tuple[Row, ...]:
    """Return the rows of a table in which spreads stand beside each other, their sums last.

    ``spreads`` go by the words that their columns begin with: 属地, 属地件数, 属地占比.
    """
    longest = max(map(len, spreads.values()))
    rows: list[dict[str, str]] = [{} for _ in range(longest + 1)]
    for word, shares in spreads.items():
        told: list[Share | None] = [*shares, *[None] * (longest - len(shares))]
        for row, one in zip(
            rows, [*told, Share("合计", sum(s.count for s in shares))], strict=True
        ):
            row[word] = one.name if one else ""
            row[f"{word}件数"] = str(one.count) if one else ""
            row[f"{word}占比"] = print_rate(Fraction(one.count, total)) if one else ""
    return tuple(rows)


def case_words(n: int, example: Example, year: int) -> str:
    """Return a case: by which rule it was chosen, when and how it came, what became of it.

    ``year`` is the paper's own: the day of another is told with it.
    """
    one = example.of
    same = one.day.year == year
    day = f"{one.day.month}月{one.day.day}日" if same else chinese_date(one.day)
    handled = f"由{one.unit}办理" if one.unit else "尚待交办"
    again = "，经重办" if one.again else ""
    if one.unsatisfied:
        end = f"{again}，群众评价不满意"
    elif one.since is not None:
        end = f"{again}，至今{one.since}天尚未办结"
    else:
        end = f"{again}，已办结"
    return (
        f"案例{n}（{example.rule}）。{day}，{one.district}一名诉求人"
        f"通过{one.channel}反映：“{example.text}”。{handled}{end}。"
    )
