"""The papers of the ladder: 提示函 → 督办单 → 二次督办 → 约谈 → 移送, and 催办."""

from __future__ import annotations

PAPER_NAMES = {
    "order": "督办单",
    "notice": "提示函",
    "reminder": "催办通知",
    "talk": "约谈通知",
    "referral": "移送函",
}
