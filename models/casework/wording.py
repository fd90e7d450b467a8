"""What a person must have written before an act is done."""

from __future__ import annotations

from collections.abc import Sequence

from rules.errors import Refused

OUTCOMES = ("已解决", "部分解决", "未解决", "解释说明")
RETURN_CODES = {
    "duty": "非本单位职责",
    "area": "不在本单位管辖范围",
    "repeat": "重复诉求",
    "unclear": "诉求信息不清，无法办理",
    "handled": "已有其他单位在办",
    "legal": "已进入诉讼、信访等法定程序",
    "other": "其他",
}
"""退单理由: what a unit may say when it gives an appeal back (DOMAIN §2.3)."""


def written(text: str, what: str) -> str:
    """Return a text that must not be empty."""
    if not text.strip():
        raise Refused(f"须写明{what}：请填写后再办")
    return text.strip()


def one_of(word: str, words: Sequence[str], what: str) -> str:
    """Return a word that must be one of a list."""
    if word not in words:
        raise Refused(f"{what}“{word}”不在名录中：请用 {'、'.join(words)}")
    return word
