"""``python -m tests.bench.pages 2000``: papers of random matters, printed and measured."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from console.paper.defaults import default_template
from console.paper.filling import Form
from rules.paper import FIELDS, PAPER_KINDS, Content, Field, Row, Value, check_code, title_lines
from tests.console.papers import SIGNED
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


def papers_at_random(seed: int = 1) -> Iterator[Content]:
    """Yield papers of every kind over 0 to 200 appeals, short ones and the worst of all."""
    draw = random.Random(seed)
    while True:
        for kind in FIELDS:
            yield _paper(draw, kind)


def _paper(draw: random.Random, kind: str) -> Content:
    values = {field.word: _value(draw, field) for field in FIELDS[kind]}
    number = f"武网督〔2026〕{draw.randint(1, 1200)}号"
    bureau, day = "武汉市网上群众工作部", f"2026年{draw.randint(1, 12)}月{draw.randint(1, 28)}日"
    title = f"关于“{_words(draw, draw.choice((4, 12, 24, 60, 88)))}”逾期未办结的{PAPER_KINDS[kind]}"
    known: dict[str, Value] = {
        "机关标志": bureau + PAPER_KINDS[kind],
        "文种": PAPER_KINDS[kind],
        "紧急程度": draw.choice(("", "特急")),
        "密级": draw.choice(("", "", "内部")),
        "文号": number,
        "标题": title_lines(title),
        "主送": draw.choice(UNITS),
        "签发人": "部长 张明",
        "情况表题": "办理情况表",
        "署名": draw.choice((bureau, f"{bureau}（代章）")),
        "成文日期": day,
        "联系人": draw.choice(("李晓", "欧阳诸葛晓明")),
        "联系电话": draw.choice(("", "027-82831234")),
        "抄送": draw.choice(("", "市信访局，市政府督查室。", "，".join((*UNITS, *UNITS)) + "。")),
        "印发机关": bureau,
        "印发日期": day,
        "核验码": check_code(number, "9f" * 32),
        "反馈期限": "2026年11月25日17:30",
        "反馈时限": "3个工作日",
        "限时要求": "请于2026年11月25日17:30前（3个工作日内）办结并反馈。",
        **_annexes(draw, values),
    }
    return Content(kind, {**values, **{k: v for k, v in known.items() if k in values}}, at=SIGNED)


def _annexes(draw: random.Random, values: dict[str, Value]) -> dict[str, Value]:
    """Return the labels of the annexes that are printed."""
    listed = len(values.get("诉求清单", ()))
    titles = {"清单附件号": f"涉及工单清单（{listed}件）"} if listed > 1 else {}
    titles |= {"核算单附件号": "办结时限核算单"} if draw.random() < 0.5 else {}
    titles |= {"回执附件号": "督办单回执"} if draw.random() < 0.8 else {}
    labels = {label: f"附件{n}" for n, label in enumerate(titles, 1)}
    told = tuple(f"{n}.{title}" for n, title in enumerate(titles.values(), 1))
    none = dict.fromkeys(("清单附件号", "核算单附件号", "回执附件号"), "")
    return {"件数": f"{listed}件", "附件": told, **none, **labels}


def _value(draw: random.Random, field: Field) -> Value:
    if field.form == "line":
        return _words(draw, draw.choice((0, 6, 30)) or 6 * field.needed)
    if field.form == "lines":
        count = draw.choice((1, 3, 3, 5, 9)) if field.needed else draw.choice((0, 0, 1, 2))
        return tuple(_words(draw, draw.randint(8, 160)) + "。" for _ in range(count))
    if field.word == "核算单":
        return tuple(_reckoning(draw))
    if field.form == "chart":
        return tuple(_drawn(draw, field.columns, n) for n in range(draw.choice((0, 2, 12))))
    count = draw.choice((1, 1, 2, 3, draw.randint(4, 20), draw.randint(20, 200)))
    return tuple(_row(draw, field.columns, n) for n in range(1, count + 1))


def _drawn(draw: random.Random, columns: Sequence[str], n: int) -> Row:
    first, *counts = columns
    return {first: f"11.{n + 1}", **{name: str(draw.randint(0, 400)) for name in counts}}


def _row(draw: random.Random, columns: Sequence[str], n: int) -> Row:
    known = {
        "序号": str(n),
        "工单编号": f"WH20261101-{n:05}",
        "诉求事项": _words(draw, draw.choice((6, 12, 20, 40))),
        "来源渠道": draw.choice(("12345电话", "城市留言板", "市长信箱", "110联动")),
        "受理日期": draw.choice(("11.1", "2025.12.31")),
        "办结时限": "11.17",
        "办理情况": draw.choice(("在办", "超期12个工作日，不满意", "已办结，满意")),
    }
    return {column: known.get(column) or _words(draw, 8) for column in columns}


def _reckoning(draw: random.Random) -> Iterator[Row]:
    for n in range(1, draw.choice((1, 2, 10)) + 1):
        yield {"抬头": f"工单 WH20261101-{n:05}", "日期": "", "名称": "", "说明": ""}
        for day in range(1, draw.randint(4, 20)):
            name, told = f"第{day}日", _words(draw, 20) if day % 5 == 0 else ""
            yield {"抬头": "", "日期": f"11-{day:02} 周三", "名称": name, "说明": told}


def _words(draw: random.Random, length: int) -> str:
    told = ""
    while len(told) < length:
        told += draw.choice(WORDS)
    return told[:length]


@cache
def _form(kind: str) -> Form:
    return Form(default_template(kind), kind)


def print_papers(
    contents: Sequence[Content], more: Mapping[str, bytes] | None = None
) -> list[Printed]:
    """Fill the templates that are shipped, print the papers, then ``more``; return their pages."""
    with tempfile.TemporaryDirectory() as folder:
        filled = {
            f"{n:04}-{one.kind}": _form(one.kind).fill(one.values, one.at)
            for n, one in enumerate(contents)
        }
        return printed({**filled, **(more or {})}, Path(folder))


def main(count: int, seed: int = 1) -> None:
    """Print so many papers, a batch at a time, and say what the ruler found so far."""
    if absent := printer():
        raise SystemExit(absent)
    found: Counter[str] = Counter()
    edges: list[tuple[float, float, float, float]] = []
    begun, at = papers_at_random(seed), time.perf_counter()
    while found["papers"] < count:
        for one in print_papers(list(islice(begun, min(BATCH, count - found["papers"])))):
            found["papers"] += 1
            found["pages"] += len(one.sheets)
            found["backs with the imprint alone"] += one.sheets[-1].back
            found["blank pages"] += sum(not sheet.told for sheet in one.sheets)
            faults = list(one.faults())
            for kind in {fault.partition(":")[0] for fault in faults}:
                found[f"papers with {kind}"] += 1
            for fault in faults:
                print(f"  {found['papers']} {one.name}: {fault}", flush=True)
            edges += filter(None, map(measures, one.sheets))
        rate = found["papers"] / (time.perf_counter() - at)
        told = ", ".join(f"{number} {name}" for name, number in found.items())
        print(f"{told}; {rate:.1f} papers a second", flush=True)
        left, right, top, bottom = zip(*edges, strict=True)
        print(f"text from {min(left):.1f} to {max(right):.1f} mm across, ", end="")
        print(f"from {min(top):.1f} to {max(bottom):.1f} mm down, of 210 x 297 mm", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
