"""The ranking: its screen, its editions on paper, the flags."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.ranking.edition import render_edition as render_edition
    from console.ranking.objection_list import ask_ruling as ask_ruling
    from console.ranking.screen import RankingScreen as RankingScreen
    from console.ranking.standings import movement_words as movement_words

__getattr__, __dir__ = lazily(
    __name__,
    {
        "edition": ("render_edition",),
        "objection_list": ("ask_ruling",),
        "screen": ("RankingScreen",),
        "standings": ("movement_words",),
    },
)
