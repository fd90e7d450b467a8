"""How a title is broken into lines: at words, lines of like length (GB/T 9704, 7.3.1).

No dictionary is at hand. What is told from the text itself: names that are known, numbers with
what they count, marks, little words, and the words that titles of these papers are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

LINE = 19.0
"""Characters of a title's 22 points to a line, of which the type area holds 20.

A digit or letter is half a one in 小标宋, but wider in the faces that stand in for it.
"""

GAP = 0.22

TORN, UNKNOWN = 1000.0, 9.0
"""What it costs to end a line inside a word, and where no word is known to end."""

MORE = 3
"""Lines a title takes at most beyond the fewest, so that no name is torn."""

_WHOLE = (
    "关于 逾期 未办结 未签收 未反馈 未整改 不满意 不落实 不到位 长期 反复 突出 重复 末位 "
    "预警 问题 诉求 投诉 举报 求助 群众 居民 业主 市民 反映 督办单 督办 提示函 催办 约谈 "
    "移送 通知 通报 记录 函件 整改 报告 情况 限期 办理 办结 解决 小区 社区 街道 街办 开发区 "
    "新区 二次供水 供水 停水 供电 停电 供暖 供气 燃气 天然气 自来水 水泵房 水泵 水质 水压 "
    "电梯 困人 夜间 施工 噪音 噪声 扰民 占道 经营 油烟 垃圾 清运 污水 积水 内涝 路灯 道路 "
    "破损 井盖 公交 地铁 停车位 停车场 停车 充电桩 物业费 物业 业委会 维修 基金 违法 违章 "
    "违规 搭建 建设 拆迁 征收 补偿 安置 回迁房 不动产 产权 办证 交房 楼盘 开发商 房屋 漏水 "
    "渗水 拖欠 工资 农民工 社保 医保 养老金 养老 低保 残疾人 幼儿园 学校 小学 中学 入学 教育 "
    "培训 机构 退费 学费 医院 药店 食品 安全 消防 通道 环境 污染 扬尘 异味 宠物 养犬 树木 "
    "绿化 公园 广场 广告 电动车 共享单车 快递 外卖 预付卡 健身房 人民政府 管理委员会 管委会 "
    "办公室 办事处 委员会 管理局 水务局 城管局 住建局 公安局 教育局 分局 集团 公司"
)

_KEPT = re.compile(
    "|".join(
        (
            r"[一-龥]{1,4}〔\d{4}〕[\d×]+号",
            r"\d+(?:年(?:\d+月(?:\d+日)?)?|月(?:\d+日)?|[件个号栋楼层室户人次名元万天小时]+)?",
            r"[A-Za-z0-9.:/-]+",
            r"第[一二三四五六七八九十\d]+[期次批号]",
            *sorted(map(re.escape, _WHOLE.split()), key=len, reverse=True),
        )
    )
)

_AFTER, _BEFORE = "的于及和与、，：”》）", "“《（"
"""Marks and little words after which, and before which, a line may well end."""

_NEVER_FIRST, _NEVER_LAST = "”》）、，。：；！？的", "“《（"

_BEGINS = ("关于", "等", "逾期", "群众", "末位", "限期", "督办单", "提示函", "通知", "函")


def title_lines(title: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a title in lines; ``names`` are never torn where a line can hold them."""
    fewest = max(1, int(-(-_width(title) // LINE)))
    if fewest == 1:
        return (title,)
    costs = [TORN, *_costs(title, names)]
    counts = range(fewest, fewest + MORE + 1)
    return min(filter(None, (_broken(title, costs, count) for count in counts)))[1]


def _broken(title: str, costs: Sequence[float], count: int) -> tuple[float, tuple[str, ...]] | None:
    """Return the cost and the lines of the best way to break a title into so many lines."""
    ideal = _width(title) / count
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (3.0 * count, ())}
    for _ in range(count):
        reached: dict[int, tuple[float, tuple[str, ...]]] = {}
        for begun, (cost, lines) in best.items():
            for end in range(begun + 1, len(title) + 1):
                line = title[begun:end]
                width = _width(line)
                if width > LINE:
                    break
                told = cost + (width - ideal) ** 2 / 4 + (costs[end] if end < len(title) else 0)
                if end not in reached or told < reached[end][0]:
                    reached[end] = (told, (*lines, line))
        best = reached
    return best.get(len(title))


def _costs(title: str, names: Sequence[str]) -> Iterator[float]:
    """Yield what it costs to end a line after each sign but the last."""
    torn = set(_inside(title, names))
    ends = {found.end() for found in _KEPT.finditer(title)}
    for at in range(1, len(title)):
        before, after = title[at - 1], title[at]
        if at in torn or after in _NEVER_FIRST or before in _NEVER_LAST:
            yield TORN
        elif before in _AFTER or after in _BEFORE or title.startswith(_BEGINS, at):
            yield 0.0
        else:
            yield UNKNOWN / 3 if at in ends else UNKNOWN


def _inside(title: str, names: Sequence[str]) -> Iterator[int]:
    """Yield every place inside a name or a word that is known."""
    for name in names:
        at = title.find(name) if len(name) > 1 and _width(name) <= LINE else -1
        while at >= 0:
            yield from range(at + 1, at + len(name))
            at = title.find(name, at + len(name))
    for found in _KEPT.finditer(title):
        yield from range(found.start() + 1, found.end())


def _width(text: str) -> float:
    """Return the width in characters, with the white that is set between Chinese and digits."""
    gaps = sum(a.isascii() != b.isascii() and (a + b).isalnum() for a, b in pairwise(text))
    return sum(0.5 if sign.isascii() else 1.0 for sign in text) + gaps * GAP
