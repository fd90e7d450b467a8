"""承诺: what is missing of one, who may move its date, what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from rules.errors import Refused
from rules.receptions.pledge import (
    FATES,
    OF_CITIZENS,
    Promise,
    fate,
    require_extension,
    require_promise,
)

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
DUE = NOW + timedelta(days=30)
WHOLE = Promise("十二月底前修好泵房", DUE, 7, "周正副市长", "陈科长")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_at": None}, "没有期限：请写哪天以前兑现，例如 2026-12-31 或 10wd"),
        ({"due_at": NOW}, "期限已过"),
        ({"text": ""}, "为群众办什么"),
        ({"unit_id": None}, "责任单位"),
        ({"leader": ""}, "接访领导"),
        ({"person": "王小二"}, "不能由诉求人签"),
        ({"kind": "oath"}, "承诺书、保证书"),
        ({"kind": "guarantee", "person": "王小二"}, "保证书由单位出具"),
        *(({"text": f"本人保证{word}"}, "不写群众的保证") for word in OF_CITIZENS),
    ],
)
def test_a_promise_says_what_by_whom_and_by_when(changes: dict[str, Any], said: str) -> None:
    assert require_promise(WHOLE, NOW, "王小二") == DUE
    with pytest.raises(Refused, match=said):
        require_promise(replace(WHOLE, **changes), NOW, "王小二")


def test_only_whoever_pledged_gives_a_later_date_and_only_before_it_has_passed() -> None:
    later = DUE + timedelta(days=5)
    require_extension("周正副市长", "周正副市长", DUE, later, NOW)
    with pytest.raises(Refused, match="只有作出承诺的周正副市长"):
        require_extension("周正副市长", "李局长", DUE, later, NOW)
    with pytest.raises(Refused, match="已过兑现期限"):
        require_extension("周正副市长", "周正副市长", DUE, later, DUE + timedelta(seconds=1))
    with pytest.raises(Refused, match="晚于原期限"):
        require_extension("周正副市长", "周正副市长", DUE, DUE, NOW)


moments = st.none() | st.integers(-50, 50).map(lambda hours: NOW + timedelta(hours=hours))


@given(kept=moments, broken=moments, void=moments, now=moments.filter(bool))
def test_every_promise_has_one_fate(
    kept: datetime | None, broken: datetime | None, void: datetime | None, now: datetime
) -> None:
    met = fate(NOW, kept, broken, void, now)
    assert met in FATES
    assert (met == "void") == (void is not None)
    if void is None:
        assert (met in ("kept", "late")) == (kept is not None)
        assert (met == "kept") == (kept is not None and kept <= NOW)
        if kept is None and broken is None:
            assert met == ("overdue" if now > NOW else "running")
