"""There are as many payloads as is said, and harm is seen where there is some."""

from __future__ import annotations

from tests.faults.harmlessness import harm_in
from tests.faults.payloads import PAYLOADS


def test_there_are_forty_three_and_harm_is_seen_where_there_is_some() -> None:
    assert len(set(PAYLOADS)) == 43
    assert sum(bool(harm_in(payload)) for payload in PAYLOADS) == 23
    assert not harm_in("第一行\n第二行，é")
