"""The reports on screen: the paper beside the list, the author's words, a leader's answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import reports
from models.reports import About
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.cells import rows_of


def test_a_report_is_signed_and_answered_by_key(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    with town.reading() as reader:
        tickets = [int(id) for (id,) in rows_of(reader, _SOME)]
    reports.draft_report(
        town, About(ticket_ids=tuple(tickets)), recipient="市委领导", causes="管网老化。"
    )

    async def journey(stage: Stage) -> None:
        stage.app.action_over("reports")
        await stage.settle()
        frame = stage.frame()
        assert "1 待签发 1" in frame and "本周0份/样板5份" in frame and "民情专报" in frame
        await stage.press("s")
        assert "还没有写建议" in stage.told()
        await stage.press("e", "2", *"gh", "enter")
        assert "已修改 专报草稿#1" in stage.told()
        await stage.press("s", "enter", "1", "enter")
        assert "已签发 武网民〔2026〕1号" in stage.told()
        await stage.press(".", "2")
        await stage.press("z", "space", *"3wd", "colon", *"ok", "enter")
        assert "已登记z对 武网民〔2026〕1号 的批示，批示待办记在" in stage.told()
        assert "3 批示待办 1" in stage.frame()

    play(town, journey, size=(140, 40))
    with town.reading() as reader:
        [done] = reports.report_list(reader)
    assert done.kept.proposals == "gh" and done.open_answers[0].limit_text == "3wd"
    assert (tmp_path / "duban" / "民情专报" / "武网民〔2026〕1号.docx").exists()


_SOME = """SELECT t.id FROM ticket t JOIN round r ON r.ticket_id = t.id AND r.n = t.rounds
           WHERE r.state IN ('dispatched', 'acknowledged') AND NOT t.confidential
             AND t.nature <> '举报' ORDER BY t.id LIMIT 5"""
