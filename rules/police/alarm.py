"""警情: what goes to 110 at once and is never kept here."""

from __future__ import annotations

import re

CALL_110 = "警情请立即拨打110（火情119、急救120）：本系统不登记、不保存警情"
"""What a person reads instead of a form."""

_WORDS = re.compile(
    "救命|杀人|砍人|捅人|捅伤|砍伤|行凶|持刀|拿刀|持枪|枪声|绑架|劫持|抢劫|抢夺|强奸|猥亵"
    "|正在打|打起来|在打架|聚众斗殴|斗殴|入室盗窃|正在偷|小偷在|撬门|撬锁|放火|纵火|起火|着火"
    "|失火|爆炸|煤气泄漏|跳楼|轻生|自杀|割腕|溺水|落水|撞人|车祸|肇事逃逸|失踪|走失|拐卖|报警"
)


def alarm_in(text: str) -> str:
    """Return the word by which a message sounds like 警情, empty where none does.

    A sign for people, not a verdict: what a person has looked at and found calm may be kept.
    """
    found = _WORDS.search("".join(text.split()))
    return found[0] if found else ""
