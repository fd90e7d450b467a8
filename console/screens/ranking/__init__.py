"""F3 排名: who stands where in the last complete period, and who must be supervised for it."""

from __future__ import annotations

from console.screens.ranking.screen import RankingScreen

__all__ = ["RankingScreen"]
