"""What 1, 2 and 3 mean in each queue of the desk (UX.md, keys of F9)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision: the verb of casework or of orders, its word, and a line begun for it."""

    verb: str
    name: str
    begun: str = ""


AMEND = "请补正："


VERDICTS: dict[str, tuple[Verdict, ...]] = {
    "return": (
        Verdict("grant_return", "同意退单"),
        Verdict("refuse_return", "不同意退单"),
        Verdict("refuse_return", "退回补正", AMEND),
    ),
    "extension": (
        Verdict("grant_extension", "同意延期"),
        Verdict("refuse_extension", "不同意延期"),
        Verdict("refuse_extension", "退回补正", AMEND),
    ),
    "pause": (
        Verdict("grant_pause", "同意挂起"),
        Verdict("refuse_pause", "不同意挂起"),
        Verdict("refuse_pause", "退回补正", AMEND),
    ),
    "judge": (
        Verdict("close", "认可并办结"),
        Verdict("send_back", "退回"),
        Verdict("send_back", "退回补正", AMEND),
    ),
    "conflict": (Verdict("keep", "保留本库的值"), Verdict("take", "采用来件的值")),
    "sign": (Verdict("sign", "签发"), Verdict("amend", "修改"), Verdict("void", "作废")),
    "deliver": (Verdict("deliver", "送达"), Verdict("void", "作废")),
    "feedback": (
        Verdict("accept", "销号"),
        Verdict("reject", "退回重报"),
        Verdict("reject", "退回补正"),
    ),
}
"""待派 is not here: there 1, 2 and 3 are the suggested units."""


ARBITRATION = (
    Verdict("arbitrate", "裁定由其他单位办理"),
    Verdict("arbitrate", "裁定由原单位办理"),
)
"""A second return is not answered but ruled on, once and for all."""


def verdicts(key: str, mark: str) -> tuple[Verdict, ...]:
    """Return what may be decided on a matter of a queue."""
    return ARBITRATION if mark == "二次退单" else VERDICTS.get(key, ())
