"""Notices as the State Council words them: of irregular years, and made from known days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

OPENING = (
    "国务院办公厅关于{year}年部分节假日安排的通知\n国办发明电〔{before}〕7号\n各省、自治区、直辖市"
    "人民政府，国务院各部委、各直属机构：\n　　经国务院批准，现将{year}年元旦、春节、清明节、"
    "劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。\n"
)

CLOSING = (
    "　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，"
    "要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。\n国务院办公厅\n{before}年11月4日\n"
)

NOTICE_2026 = (
    OPENING.format(year=2026, before=2025)
    + (
        "　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n"
        "　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。"
        "2月14日（周六）、2月28日（周六）上班。\n"
        "　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n"
        "　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n"
        "　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n"
        "　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n"
        "　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。"
        "9月20日（周日）、10月10日（周六）上班。\n"
    )
    + CLOSING.format(before=2025)
)

NOTICE_2024 = OPENING.format(year=2024, before=2023) + (
    "一、元旦：1月1日放假，与周末连休。\n二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、"
    "2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。\n"
    "三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。\n四、劳动节：5月1日至5日放假调休，"
    "共5天。4月28日（星期日）、5月11日（星期六）上班。\n五、端午节：6月10日放假，与周末连休。\n"
    "六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。\n七、国庆节：10月1日至7日放假调休，"
    "共7天。9月29日（星期日）、10月12日（星期六）上班。\n"
)

NOTICE_2020 = OPENING.format(year=2020, before=2019) + (
    "一、元旦：2020年1月1日放假，共1天。二、春节：1月24日至30日放假调休，共7天。1月19日（星期日）、"
    "2月1日（星期六）上班。三、清明节：4月4日至6日放假调休，共3天。四、劳动节：5月1日至5日放假调休，共5天。"
    "4月26日（星期日）、5月9日（星期六）上班。五、端午节：6月25日至27日放假调休，共3天。6月28日（星期日）"
    "上班。六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。"
)

LONGER_2020 = (
    "国务院办公厅关于延长2020年春节假期的通知\n国办发明电〔2020〕1号\n经国务院批准，为加强疫情防控工作，"
    "现将延长2020年春节假期的具体安排通知如下。\n一、延长2020年春节假期至2月2日（农历正月初九，星期日），"
    "2月3日（星期一）起正常上班。\n二、各地大专院校、中小学、幼儿园推迟开学，具体时间由教育部门另行通知。\n"
    "三、因疫情防控不能休假的职工，应根据《中华人民共和国劳动法》规定安排补休，未休假期的工资报酬应按照有关"
    "政策保障落实。\n国务院办公厅\n2020年1月26日"
)

NOTICE_2015 = OPENING.format(year=2015, before=2014) + (
    "一、元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。\n二、春节：2月18日至24日放假调休，共7天。"
    "2月15日（星期日）、2月28日（星期六）上班。\n三、清明节：4月5日放假，4月6日（星期一）补休。\n四、劳动节："
    "5月1日放假，与周末连休。\n五、端午节：6月20日放假，6月22日（星期一）补休。\n六、中秋节：9月27日放假。\n"
    "七、国庆节：10月1日至7日放假调休，共7天。10月10日（星期六）上班。\n"
)

PARADE_2015 = (
    "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知\n国发明电〔2015〕1号\n"
    "2015年是中国人民抗日战争暨世界反法西斯战争胜利70周年。2015年9月3日全国放假1天。为方便公众安排假日"
    "期间生产生活，特作如下调休：\n9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）"
    "调休，9月6日（星期日）上班。\n国务院\n2015年5月13日"
)

NOTICE_2013 = OPENING.format(year=2013, before=2012) + (
    "一、元旦：1月1日至3日放假调休，共3天。1月5日（星期六）、1月6日（星期日）上班。\n二、春节：2月9日至15日"
    "放假调休，共7天。2月16日（星期六）、2月17日（星期日）上班。\n三、清明节：4月4日至6日放假调休，共3天。"
    "4月7日（星期日）上班。\n四、劳动节：4月29日至5月1日放假调休，共3天。4月27日（星期六）、4月28日（星期日）"
    "上班。\n五、端午节：6月10日至12日放假调休，共3天。6月8日（星期六）、6月9日（星期日）上班。\n六、中秋节："
    "9月19日至21日放假调休，共3天。9月22日（星期日）上班。\n七、国庆节：10月1日至7日放假调休，共7天。"
    "9月29日（星期日）、10月12日（星期六）上班。\n"
)

NOTICE_2008 = (
    "国务院办公厅关于2008年部分节假日安排的通知\n根据《国务院关于修改〈全国年节及纪念日放假办法〉的决定》，"
    "经国务院批准，现将2008年元旦等放假调休日期的具体安排通知如下：\n（一）元旦：2007年12月30日—2008年1月"
    "1日放假，共3天。其中，1月1日（星期二）为法定节假日，12月30日（星期日）为公休日，12月29日（星期六）公休日"
    "调至12月31日（星期一），12月29日（星期六）上班。\n（二）春节：2月6日—12日（农历除夕至正月初六）放假，"
    "共7天。其中，2月6日（除夕）、2月7日（春节）、2月8日（正月初二）为法定节假日，2月9日（星期六）、2月10日"
    "（星期日）照常公休，2月2日（星期六）、2月3日（星期日）两个公休日调至2月11日（星期一）、2月12日（星期二），"
    "2月2日（星期六）、2月3日（星期日）上班。\n（三）清明节：4月4日—6日放假，共3天。其中，4月4日（清明节）为"
    "法定节假日，4月5日（星期六）、4月6日（星期日）照常公休。\n（四）“五一”国际劳动节：5月1日—3日放假，共3天。"
    "其中，5月1日为法定节假日，5月3日（星期六）为公休日，5月4日（星期日）公休日调至5月2日（星期五），5月4日"
    "（星期日）上班。\n（五）端午节：6月7日—9日放假，共3天。其中，6月7日（星期六）照常公休，6月8日（农历五月"
    "初五，端午节）为法定节假日，6月8日（星期日）公休日调至6月9日（星期一）。\n（六）中秋节：9月13日—15日放假，"
    "共3天。其中，9月13日（星期六）为公休日，9月14日（农历八月十五，中秋节）为法定节假日，9月14日（星期日）"
    "公休日调至9月15日（星期一）。\n（七）国庆节：9月29日—10月5日放假，共7天。其中，10月1日、2日、3日为法定"
    "节假日，9月27日（星期六）、9月28日（星期日）两个公休日调至9月29日（星期一）、30日（星期二），10月4日"
    "（星期六）、5日（星期日）照常公休，9月27日（星期六）、9月28日（星期日）上班。\n国务院办公厅\n"
    "二○○七年十二月十六日"
)

WRITTEN: dict[int, Sequence[str]] = {
    2008: (NOTICE_2008,),
    2013: (NOTICE_2013,),
    2015: (NOTICE_2015, PARADE_2015),
    2020: (NOTICE_2020, LONGER_2020),
    2024: (NOTICE_2024,),
    2026: (NOTICE_2026,),
}
"""The notices of some years, worded as they were published."""

WORDINGS = ("plain", "weekdays", "dashes", "wrapped")
"""Ways of wording: none, weekdays in brackets, dashes and （一）, full width and broken lines."""

_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def worded(year: int, days: Mapping[date, tuple[str, bool]], wording: str) -> str:
    """Return a notice of a year from its days: (festival, whether off)."""
    names = dict.fromkeys(name for name, _ in days.values())
    body = "".join(_section(n, name, year, days, wording) for n, name in enumerate(names))
    opening, closing = OPENING.format(year=year, before=year - 1), CLOSING.format(before=year - 1)
    if wording != "wrapped":
        return opening + body + closing
    text = (opening + body + closing).translate(_FULL)
    return "\n".join(text[n : n + 37] for n in range(0, len(text), 37))


def _section(
    n: int, name: str, year: int, days: Mapping[date, tuple[str, bool]], wording: str
) -> str:
    mine = sorted(day for day, (of, _) in days.items() if of == name)
    off = [day for day in mine if days[day][1]]
    clauses = [_stretch(run, year, wording) for run in _runs(off)]
    if len(clauses) == 1:
        clauses[0] += f"放假调休，共{len(off)}天"
    else:
        clauses = [f"{clauses[0]}放假", *(f"{clause}补休" for clause in clauses[1:])]
    ordinal = (
        f"（{'一二三四五六七八'[n]}）" if wording == "dashes" else f"{'一二三四五六七八'[n]}、"
    )
    text = f"{ordinal}{name}：{'，'.join(clauses)}。"
    weekends = [day for day in mine if not days[day][1] and day.weekday() > 4]
    if weekends:
        text += "、".join(_dated(day, year, wording) for day in weekends) + "上班。"
    return text + "\n"


def _runs(days: Sequence[date]) -> list[list[date]]:
    parts = groupby(enumerate(days), key=lambda pair: pair[1] - timedelta(pair[0]))
    return [[day for _, day in part] for _, part in parts]


def _stretch(run: Sequence[date], year: int, wording: str) -> str:
    first = _dated(run[0], year, wording)
    if len(run) == 1:
        return first
    last = _dated(run[-1], year, wording)
    if run[-1].month == run[0].month and run[-1].year == run[0].year:
        last = last.partition("月")[2]
    return first + ("—" if wording == "dashes" else "至") + last


def _dated(day: date, year: int, wording: str) -> str:
    early = f"{day.year}年" if day.year != year and wording != "weekdays" else ""
    told = f"{early}{day.month}月{day.day}日"
    return told + (f"（周{'一二三四五六日'[day.weekday()]}）" if wording == "weekdays" else "")
