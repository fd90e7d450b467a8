"""The words by which a rule says whose clock it sets, for what, and from when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.clocks import NATURES

EXTENDS = re.compile("延长|延期|(?<!顺)延至|延时")

EXTENDS_TO = re.compile("(?:延长|延期|(?<!顺)延)(?:到|至)(?:最[多长])?$")

IN_ALL = re.compile("(?:累计|合计|总计|总共)[^,，;；]{0,10}$")

SINCE = re.compile("(?:不得|不)?超过.{0,10}(?:收到|接到|受理|交办).{0,3}起$")

AFTERWARDS = re.compile("作出.{0,16}决定之日起$|(?:办结|答复)之日起$")

ELSEWHERE = re.compile("(?<!不)(?<!不得)超过$")

RESTATED = re.compile("^内?(?:不能|未能|未|无法|期满|届满)")

RETURNS = re.compile("退回|退单|回退|退件|提出异议|交还|不属于.{0,12}(?:职责|职权|管辖)")

PAUSES = re.compile("挂起|暂停计时|中止计时|中止办理")

HELPS = re.compile("协办|配合单位|会办")

HARD = re.compile("复杂|疑难")

EARLY = re.compile("预警|提醒|黄牌|黄灯|黄色")

STEPS = {
    "accept": "受理(?:或者?不予受理)?(?:的)?决定|是否受理|受理告知"
    "|告知[^,，。]{0,12}(?:接收|受理)|书面告知(?:信访人|投诉人|诉求人)",
    "acknowledge": "签收|接收(?!情况)|接单",
    "contact": "联系(?:诉求人|来电人|来信人|当事人|群众|市民|反映人)|首次联系|先行联系",
    "progress": "(?:反馈|报告|通报)[^,，。]{0,6}(?:进展|进度)|阶段性"
    "|(?:进展|进度)[^,，。]{0,6}(?:反馈|报告)",
    "judge": "审核(?:答复|办理结果|完毕)|结果审核",
    "review": "复查意见|核查(?:完毕|结果)|完成核查",
    "feedback": "(?:督办|督查)[^,，。]{0,10}(?:反馈|回复|报送)",
    "dispatch": "(?:派单|转办|交办|派发|转送|分派|派遣|转交)(?:至|给|到|有权|相关|有关|承办|完毕|$)"
    "|(?:派单|转办|交办|派发|转送|派遣)(?=[,，。;；])",
    "close": "办结|办理|办复|答复|回复|反馈|(?<!方式)处理(?!权限|意见)|处置|调解|核查|立案"
    "|作出行政许可决定|清除|拆除|修复|完毕",
}
"""What a step is called, the more telling first; ``close`` is whatever else is done."""

SORTS = re.compile("区分情况|(?:分别|下列|如下)[^,，。]{0,16}处理")
"""A clause that says where appeals go to: its limit is that of the dispatch."""

ENDS = re.compile("办结|办理完毕|行政许可决定|调解协议")
"""What says of a clause that it is about the end itself: it goes before others that may be."""

CITIZEN = re.compile(
    "^(?:(?:经|对).{0,20}?[,，])?(?:信访人|诉求人|申请人|投诉人|举报人|来电人|来信人|群众|市民|第三方"
    "|被许可人|利害关系人|当事人|消费者|公民)"
)

CITIZEN_ACTS = re.compile(
    "(?:其他组织|申请人|信访人|诉求人|投诉人|举报人|当事人)(?:可以|有权|应当)[^,，。]{0,24}$"
)

DUTY = re.compile("(?:机关|单位|部门|机构|中心|平台|办公室|政府)[^,，]{0,16}(?:应|须|要|可)")

_GOT = "(?:收到|接到|接报?)[^,，]{0,8}"

STARTS = {
    "supplemented": "(?:收到|补正).{0,6}补正",
    "accepted": "(?:自|从)[^,，]{0,8}受理|受理之日|受理后",
    "instructed": "批示(?:之日|后|作出)",
    "dispatched": f"{_GOT}(?:工单|转办|交办|派单|派发|派遣|任务|转送|热线事项|转交)"
    "|(?:交办|派单)(?:之日|后)",
    "received": f"{_GOT}(?:诉求|来件|来信|来电|邮件|申请|投诉|举报|信访事项|反映|之日|后)",
}
"""What starts a clock, by the word a policy has for it."""

GRANTS = {
    "deputy": "分管(?:负责人|领导|负责同志)",
    "city": "(?:本级人民政府|市政府|政府负责|市领导|市委)",
    "principal": "(?:负责人|主要领导|主要负责同志|负责同志|机构)[^,，]{0,6}(?:批准|同意|审批|签字)",
}
"""Who grants an extension, by the rank a policy has for it."""

URGENT = {
    "特急": "特急|(?:特别|十分|万分)紧急|危及|突发|重大应急|生命财产|生命安全|人身安全",
    "紧急": "急件|紧急|应急|民生保障|水、?电、?[气热]",
}

AGAIN = re.compile("重办|重新办理|二次办理|再次办理")

VAGUE = re.compile(
    "应当?[^,，。;；]{0,8}(立即|及时|尽快|第一时间|合理(?:的)?(?:期限|时限|时间))[^,，。;；]{0,8}"
    "(?:签收|接收|联系|办结|办理|答复|回复|退回|转办|转送|派单|反馈|处置|处理|延长)"
    "|适当延长(?![^。；;]*\\d)|确定[^,，。]{0,6}合理期限"
    "|(?:酌情|协商|另行)[^,，。;；]{0,6}(?:确定|约定|规定)[^,，。;；]{0,8}(?:期限|时限|时间)"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What this bureau calls its channels and its categories (paths such as ``公用事业/供水``)."""

    channels: Sequence[str] = ()
    categories: Sequence[str] = ()

    def category(self, words: str) -> tuple[str, ...]:
        """Return the categories that words name, the longest name alone; none is usual."""
        named = {
            path: part
            for path in self.categories
            for part in (path.rpartition("/")[2],)
            if len(part) > 1 and part != "其他" and part in words
        }
        longest = max((len(part) for part in named.values()), default=0)
        return tuple(sorted(path for path, part in named.items() if len(part) == longest))


def step_of(*segments: str) -> str | None:
    """Return the step that the first telling segment speaks of, by the first word of it."""
    for words in segments:
        found = [
            (match.start(), place, step)
            for place, (step, pattern) in enumerate(STEPS.items())
            if (match := re.search(pattern, words)) is not None
        ]
        telling = [each for each in found if each[2] != "close"] or found
        if telling:
            return min(telling)[2]
    return None


def conditions_of(words: str, known: Vocabulary) -> dict[str, tuple[str | int, ...]]:
    """Return what a limit is for, by the keys of an entry of ``[[limits]]``."""
    asked: dict[str, tuple[str | int, ...]] = {}
    natures = tuple(
        nature
        for nature in NATURES[:-1]
        if re.search(f"(?<!被)(?<!改进)(?<!工作){nature}(?!人)", words)
    )
    if natures and len(natures) < len(NATURES) - 2:
        asked["nature"] = natures
    urgency = next((name for name, said in URGENT.items() if re.search(said, words)), None)
    if urgency is not None:
        asked["urgency"] = (urgency,)
    channels = tuple(name for name in known.channels if name != "其他" and name in words)
    if channels:
        asked["channel"] = channels
    if AGAIN.search(words):
        asked["round"] = (2,)
    if not natures and urgency is None and (categories := known.category(words)):
        asked["category"] = categories
    return asked


def start_of(words: str) -> str | None:
    """Return what starts the clock; None where the words do not say."""
    return next((start for start, said in STARTS.items() if re.search(said, words)), None)
