"""What stands for an appeal of which no word is told, in lists and on papers."""

from __future__ import annotations

REPORTED, SECRET = "举报件", "保密件"
"""What stands for an appeal of which no word is told: a report of wrongdoing, or a secret one."""


def kept_back(nature: str, confidential: bool | None) -> str:
    """Return what stands for an appeal that no list or paper tells of, "" for any other."""
    if nature == "举报":
        return REPORTED
    return SECRET if confidential else ""


def listed_title(title: str, nature: str, confidential: bool | None) -> str:
    """Return what a list or a reminder calls an appeal."""
    return kept_back(nature, confidential) or title


def paper_title(title: str, nature: str, confidential: bool | None) -> str:
    """Return what a paper or an export calls an appeal: （保密件，内容保密）."""
    kept = kept_back(nature, confidential)
    return _ON_PAPER.format(kept) if kept else title


_ON_PAPER = "（{}，内容保密）"

KEPT_TITLES = frozenset(_ON_PAPER.format(kept) for kept in (REPORTED, SECRET))
"""What our own exports say instead of a title: coming back, it tells nothing."""
