"""Words that mean harm do none, in small; there are as many of them as is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import hostile
from tests.faults.harmlessness import harm_in
from tests.faults.outcome import SMALL
from tests.faults.payloads import PAYLOADS


def test_no_payload_gets_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = hostile.run(SMALL, tmp_path)
    assert all(one.tried for one in done)
    assert not [one for one in done if one.lost], capsys.readouterr().out


def test_there_are_forty_three_and_harm_is_seen_where_there_is_some() -> None:
    assert len(set(PAYLOADS)) == 43
    assert sum(bool(harm_in(payload)) for payload in PAYLOADS) == 23
    assert not harm_in("第一行\n第二行，é")
