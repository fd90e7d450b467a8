"""A decision on an appeal becomes a letter by key: drafted there, signed in the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.casework import take
from models.letters import LetterView, listing
from models.store.store import Store
from tests.console.stage import Stage, play
from tests.models.cells import value_of


def test_a_reply_is_drafted_on_the_appeal_and_signed_in_the_list(
    town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    with town.reading() as reader:
        ticket = int(value_of(reader, _RUNNING))
    take(town, "ask_extension", [ticket], limit_text="3wd", reason="要会商")
    take(town, "refuse_extension", [ticket], reason="理由不充分")

    async def journey(stage: Stage) -> None:
        stage.app.open_ticket(ticket)
        await stage.settle()
        await stage.press("w")
        await stage.press("1")
        assert "已拟延期批复 公文草稿#1" in stage.told()
        await stage.press("w")
        await stage.press("4")
        frame = stage.frame()
        assert "1 待签发 1" in frame and "武网复〔2026〕×号" in frame
        await stage.press("s")
        await stage.press("enter")
        await stage.press("1", "enter")
        assert "已签发 武网复〔2026〕1号" in stage.told()
        assert "武网复〔2026〕1号" in stage.frame()

    play(town, journey, size=(140, 40))
    [signed] = letters(town)
    assert (signed.signer, signed.status) == ("张明", "signed")
    assert (tmp_path / "duban" / "公文" / "武网复〔2026〕1号.docx").exists()


def letters(store: Store) -> list[LetterView]:
    """Return every letter."""
    with store.reading() as reader:
        return listing(reader)


_RUNNING = """SELECT d.ticket_id FROM deadline d JOIN round r ON r.id = d.round_id
              WHERE d.step = 'close' AND d.stopped_at IS NULL AND r.state = 'acknowledged'
                AND d.due_at > '2026-11-21' ORDER BY d.id LIMIT 1"""
