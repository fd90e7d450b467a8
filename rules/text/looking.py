"""Why somebody may see whose an appeal is: one of a few reasons, which the trail keeps."""

from __future__ import annotations

from collections.abc import Sequence

from rules.errors import Refused

LOOK_REASONS = ("联系诉求人", "核实情况", "核查回访", "督办协调")
"""What the work asks for; a policy may name more (``[privacy] reasons``)."""

OTHER_REASON = "其他"
"""The last of all reasons: it has to be said in one's own words."""

MORE_REASONS = 4
"""How many reasons a policy may add, so that a digit takes each."""


def stated(reason: str, reasons: Sequence[str], said: str | None = None) -> str:
    """Return a reason as it is kept; ``reasons`` are those there are, ``said`` the own words.

    A digit stands for the reason of that place. Refused where it is none of them, or where 其他
    is not said.
    """
    place = int(reason) if reason.isdecimal() else 0
    chosen = reasons[place - 1] if 0 < place <= len(reasons) else reason
    if chosen not in reasons:
        offered = "、".join(f"{n} {each}" for n, each in enumerate(reasons, 1))
        raise Refused(f"没有“{reason}”这个事由：请选 {offered}")
    if chosen != OTHER_REASON:
        return chosen
    if not (said or "").strip():
        raise Refused("选了其他，请用一句话写明为什么要看")
    return f"{OTHER_REASON}：{' '.join((said or '').split())}"
