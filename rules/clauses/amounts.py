"""How long, as rules write it (五个工作日 24小时 十五日), with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from rules.clocks import WRITTEN, Limit

_AMOUNT = re.compile(
    rf"(?=[\d半一二两三四五六七八九十百])(?:\d+(?:\.\d)?|半|{WRITTEN})个?"
    r"(?:工作(?:日|小时|时)|工时|小时|钟头|分钟|自然日|(?<=个)月|(?P<bare>[日天]))(?P<half>半)?"
    "|(?:当日|当天|即日)(?=[内前办答回处反联签])"
)

_NEAR = 8
"""How many signs around a stretch of time tell what it is."""

_DATE = re.compile(r"[\d年月每星前后昨今明]$")

_ORDINAL = re.compile("[第次下首]$")

_ALWAYS = re.compile("[(（]?(?:含|人工|全天|全时|服务|工作制|受理|值守|不间断|在线|×)")
"""What follows a stretch of time that says when somebody is there, not how long something takes."""

_SPEAKS = re.compile("(?:以内|之内|内|前|的|办|[,，。;；、]|签|处|清|$)")

_LEADS = re.compile("(?:为|过|长|至|到|于|般|延|:|：|限|期|类|件|项|第|诉求|事项)$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A stretch of time in a sentence, and the limit it is; None for what no limit can say.

    ``written`` is how the sentence has it, ``before`` are the words since the amount before it (or
    the start), ``after`` those up to the next one (or the end).
    """

    written: str
    limit: Limit | None
    before: str
    after: str


def amounts_of(sentence: str, working: Container[int] = ()) -> list[Amount]:
    """Return the stretches of time in a sentence; dates and times of day are none of them.

    So many 日 are working days as ``working`` holds.
    """
    found = list(_found(sentence))
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(sentence)]
    return [
        Amount(
            match[0],
            _limit(match, working),
            sentence[ends[n] : match.start()],
            sentence[match.end() : starts[n + 1]],
        )
        for n, match in enumerate(found)
    ]


def _found(sentence: str) -> Iterator[re.Match[str]]:
    for match in _AMOUNT.finditer(sentence):
        before = sentence[max(match.start() - _NEAR, 0) : match.start()]
        after = sentence[match.end() : match.end() + _NEAR]
        dated = _DATE.search(before) or not (_SPEAKS.match(after) or _LEADS.search(before))
        if match["bare"] and dated:
            continue
        if not (_ORDINAL.search(before) or before.endswith(tuple("×xX*")) or _ALWAYS.match(after)):
            yield match


def _limit(match: re.Match[str], working: Container[int]) -> Limit | None:
    try:
        limit = Limit.read(match[0])
    except ValueError:
        return None
    works = match["bare"] and limit.unit == "d" and limit.count in working
    return Limit(limit.count, "wd") if works else limit
