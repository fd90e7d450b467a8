"""``python -m tests.bench.pages 2000``: orders of random matters, printed and measured."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from console.orders.paper import order_paper
from rules.casework import PAPER_NAMES
from rules.orders import Act, Facts, Given
from rules.paper import Content
from tests.console.papers import SIGNED, ZONE, paper, ticket
from tests.pages import Printed, measures, printed, printer

BATCH = 100
"""Papers a run of LibreOffice."""

WORDS = [
    *(
        "武汉市",
        "洪山区",
        "东湖新技术开发区",
        "关山街道",
        "虎泉小区",
        "二次供水",
        "停水",
        "电梯",
        "困人",
    ),
    *("夜间施工", "噪音扰民", "占道经营", "物业费", "拆迁补偿", "教育培训机构", "退费", "水泵房"),
    *(
        "3号楼",
        "12345热线",
        "2026年",
        "公交",
        "路灯",
        "不亮",
        "积水",
        "反复",
        "长期",
        "未解决",
        "多次反映",
    ),
    *("临街商铺", "油烟", "垃圾清运", "停车位", "“共有产权”", "《物业条例》", "幼儿园"),
    *("的", "及", "和", "关于", "，", "。"),
]

UNITS = (
    "武汉市水务局",
    "武汉市洪山区人民政府",
    "武汉东湖新技术开发区管理委员会",
    "武汉市城市管理执法委员会（武汉市综合行政执法局）",
    "武汉市青山区（化工区）人民政府红卫路街道办事处白玉山片区综合服务和行政审批联合工作专班",
)


def orders_at_random(seed: int = 1) -> Iterator[Content]:
    """Yield orders of every kind over 1 to 200 appeals, short ones and the worst of all."""
    draw = random.Random(seed)
    while True:
        yield _order(draw)


def _order(draw: random.Random) -> Content:
    count = draw.choice((0, 1, 1, 1, 2, 3, draw.randint(4, 20), draw.randint(20, 200)))
    tickets = tuple(_ticket(draw, n) for n in range(1, count + 1))
    kind = draw.choice(list(PAPER_NAMES))
    title = f"关于“{_words(draw, draw.choice((4, 12, 24, 60, 88)))}”逾期未办结的{PAPER_NAMES[kind]}"
    return paper(
        *tickets,
        none=not count,
        kind=kind,
        level=draw.randint(1, 3),
        title=title[: draw.choice((34, 98))],
        unit=draw.choice(UNITS),
        evidence=tuple(_words(draw, 40) for _ in range(draw.choice((0, 0, 1, 5)))),
        cause=_words(draw, draw.choice((6, 60, 400))),
        demands=tuple(
            _words(draw, draw.randint(8, 120)) + "。" for _ in range(draw.choice((1, 3, 3, 5, 9)))
        ),
        contact=draw.choice(("李晓", "欧阳诸葛晓明")),
        phone=draw.choice(("", "027-82831234")),
        previous=draw.choice(("", "", "武网督〔2026〕3号")),
    )


def _ticket(draw: random.Random, n: int) -> Facts:
    day = datetime(2026, 10, 1, 9, tzinfo=ZONE) + timedelta(days=draw.randint(0, 45))
    given = Given(day + timedelta(days=3), (), draw.choice(("不满意", "满意")))
    replies = tuple(Act(day + timedelta(days=2)) for _ in range(draw.randint(0, 4)))
    return ticket(
        f"WH{day:%Y%m%d}-{n:05}",
        title=_words(draw, draw.choice((6, 12, 20, 40))),
        summary=_words(draw, draw.choice((0, 20, 100, 200))),
        channel=draw.choice(("12345电话", "城市留言板", "市长信箱", "110联动")),
        received=Act(day),
        dispatched=Act(day + timedelta(days=1)),
        due_at=SIGNED + timedelta(days=draw.randint(-40, 20)),
        remaining=f"超期{draw.randint(1, 60)}个工作日",
        urgency=draw.choice(("一般", "一般", "特急")),
        replies=replies,
        sent_back=replies,
        closed=draw.choice((None, Given(day + timedelta(days=4), (), "已解决"))),
        round=draw.randint(1, 4),
        result=draw.choice((None, given)),
        work=draw.choice((None, given)),
    )


def _words(draw: random.Random, length: int) -> str:
    told = ""
    while len(told) < length:
        told += draw.choice(WORDS)
    return told[:length]


def print_orders(papers: Sequence[Content]) -> list[Printed]:
    """Print orders and return their pages."""
    with tempfile.TemporaryDirectory() as folder:
        return printed({f"{n:05}": order_paper(one) for n, one in enumerate(papers)}, Path(folder))


def main(count: int, seed: int = 1) -> None:
    """Print so many orders, a batch at a time, and say what the ruler found."""
    if absent := printer():
        raise SystemExit(absent)
    found: Counter[str] = Counter()
    examples: dict[str, str] = {}
    edges: list[tuple[float, float, float, float]] = []
    begun, drawn, at = orders_at_random(seed), 0, time.perf_counter()
    while drawn < count:
        for one in print_orders(list(islice(begun, min(BATCH, count - drawn)))):
            found["papers"] += 1
            found["pages"] += len(one.sheets)
            found["blank pages"] += sum(not sheet.told for sheet in one.sheets)
            faults = list(one.faults())
            for kind in {fault.partition(":")[0] for fault in faults}:
                found[f"papers with {kind}"] += 1
            for fault in faults:
                examples.setdefault(fault.partition(":")[0], f"{drawn + int(one.name)}: {fault}")
            edges += filter(None, map(measures, one.sheets))
        drawn += BATCH
    for name, number in found.items():
        print(f"{name:28}{number:8}")
    for fault in examples.values():
        print(f"  e.g. {fault}")
    left, right, top, bottom = zip(*edges, strict=True)
    print(f"text from {min(left):.1f} to {max(right):.1f} mm across")
    print(f"and from {min(top):.1f} to {max(bottom):.1f} mm down, of 210 x 297 mm")
    print(f"{count / (time.perf_counter() - at):.0f} papers a second drawn, printed and measured")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
