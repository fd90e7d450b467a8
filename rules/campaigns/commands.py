"""指挥部文件: what begins and ends 特殊时期, how one is called, what citizens are told of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rules.errors import Refused
from rules.text import harmless_line

_MOST = 80  # characters of a title


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the command by its number, date and title."""

    number: str
    day: date
    title: str

    @property
    def name(self) -> str:
        """Return it as a paper quotes it: 《关于…的通知》（武防指〔2026〕3号）."""
        return f"《{self.title}》（{self.number}）"


def commanded(number: str, day: date, title: str, today: date) -> Document:
    """Return a document that has number, title and a day that has come; ``Refused`` otherwise."""
    number, title = harmless_line(number), harmless_line(title)
    if not number or not title:
        raise Refused("特殊时期以指挥部文件为准：请写明文号 --document 和标题 --title")
    if not re.search(r"\d", number):
        raise Refused(f"“{number}”不像文号：请写指挥部文件的文号，例如 武防指〔2026〕3号")
    if len(title) > _MOST or len(number) > _MOST:
        raise Refused(f"文号和标题各不超过{_MOST}字：请照文件抄写")
    if day > today:
        raise Refused("文件日期在将来：请核对成文日期")
    return Document(number, day, title.strip("《》"))


def pause_notice(number: str, kind: str, document: str, since: str) -> str:
    """Return what is sent when a limit is paused; ``since`` is in the bureau's words."""
    return (
        f"您反映的事项（{number}）：因{kind}，按{document}，非紧急事项的办理时限自{since}起暂停，"
        "特殊时期结束后接着计算。抢险救援类诉求不受影响，如遇险情请立即拨打110、119或12345。"
    )


def resume_notice(number: str, kind: str, document: str, due: str) -> str:
    """Return what is sent when it runs again; ``due`` is in the bureau's words, empty of none."""
    until = f"，办理时限顺延至{due}" if due else ""
    return f"您反映的事项（{number}）：{kind}特殊时期已结束（{document}），恢复办理{until}。"
