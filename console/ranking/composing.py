"""A whole bulletin for its readers: first page, parts, annexes and notes, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.ranking.annexed import annexes
from console.ranking.headline import headline
from console.ranking.heat import heat
from console.ranking.judged import attention, grades, ranking, supervision
from console.ranking.passages import VARIANTS, Passage, Variant
from console.ranking.sections import in_time, overall, satisfaction
from console.ranking.standings import standing_of, terms
from rules.errors import DubanError
from rules.ranking import IN_HAND, STATES

if TYPE_CHECKING:
    from models.ranking import EditionView
    from rules.ranking import Bulletin


@dataclass(frozen=True, slots=True)
class Composed:
    """A bulletin in words; ``lines`` stand on the first page in large type."""

    title: str
    standing: str
    lines: tuple[str, ...]
    parts: tuple[Passage, ...]
    annexes: tuple[Passage, ...]
    notes: tuple[str, ...]


def compose(view: EditionView, variant: Variant) -> Composed:
    """Return an edition's bulletin for its readers; refuses one published without."""
    bulletin = view.bulletin
    if bulletin is None:
        raise DubanError(
            f"{view.period.titled}发布时还没有{VARIANTS[variant]}，不能补做：请导出当时存下的文件"
        )
    judged = grades(view, view.poor_rated) if variant == "public" else ranking(view)
    last = attention(view, bulletin, variant) if variant != "public" else None
    return Composed(
        bulletin_title(view),
        f"{standing_of(view)}　{VARIANTS[variant]}",
        headline(view, bulletin, variant),
        (
            overall(view, bulletin),
            in_time(view, bulletin, variant),
            satisfaction(view, bulletin),
            judged,
            supervision(view, bulletin, variant),
            heat(bulletin, variant),
            *((last,) if last is not None else ()),
        ),
        tuple(annexes(view, bulletin, variant)),
        tuple(_notes(view, bulletin, variant)),
    )


UNTOLD = ("按原时限办结率", "办结率", "退单率", "重办率", "解决率")
"""Indicators that stand in the workbook alone."""


def _concerns(note: str, variant: Variant) -> bool:
    """Whether a note explains something that stands in a variant."""
    if variant == "public" and "位次" in note:
        return False
    return note.partition("：")[0] not in UNTOLD


def bulletin_title(view: EditionView) -> str:
    """Return what the bulletin is called: 2026年10月群众诉求办理情况通报."""
    return f"{view.period.titled}群众诉求办理情况通报"


def _notes(view: EditionView, bulletin: Bulletin, variant: Variant) -> list[str]:
    """Return the cut-off, the sums that must come out, and the terms and definitions."""
    cut = view.period.to_at.astimezone(view.zone)
    known = view.computed_at.astimezone(view.zone)
    hand = bulletin.in_hand
    parts = "＋".join(f"{IN_HAND[s]}{n}" for s in STATES if (n := getattr(hand, s)))
    return [
        f"统计截至{cut:%Y-%m-%d %H:%M}，{known:%Y-%m-%d %H:%M}编制；他方办理、只供分析的件不计。",
        "受理按诉求计件，转办、办结、在办、应办结和评价按办理轮次计件次。",
        "期末逾期未结：办结时限已过而未在时限内答复的；已按期答复、等待中心审核的不算逾期。",
        f"核对：{'；'.join(check.words for check in bulletin.checks(view.total))}；"
        f"期末在办{hand.all}件次＝{parts or '0'}。",
        *(note for note in terms(view) if _concerns(note, variant)),
        f"核验码：{view.digest[:16]}。",
    ]
