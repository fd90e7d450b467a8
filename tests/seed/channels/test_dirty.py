"""Every kind of dirt combined at random: rows come in right or are refused by their cause."""

from __future__ import annotations

from pathlib import Path

from tests.bench.dirty import scored


def test_no_dirt_makes_a_wrong_fact(tmp_path: Path) -> None:
    score = scored(40, tmp_path, seed=2)
    assert score.counts["wrong"] == score.counts["lost"] == 0, score.faults
    assert score.counts["refused otherwise"] == 0, score.faults
    assert score.share >= 0.95, score.faults
