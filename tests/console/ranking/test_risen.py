"""What rose in a week stands in its bulletin, frozen when it is published, never for the public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from console.ranking.heat import heat
from console.ranking.passages import Sentences, Variant
from console.ranking.risen import risen_in
from models.ranking.publishing import publish_edition, whole_edition
from models.store.store import Store
from rules.ranking import Risen, parse_period
from tests.console.editions import bulletin
from tests.models.appeals import taken
from tests.models.insight.bursts import burst, usual

WEEK = "2026-W46"


def told(variant: Variant, risen: tuple[Risen, ...] | None) -> str:
    """Return the sentences of 热点与预警."""
    passage = heat(replace(bulletin(), risen=risen), variant)
    return "".join(one.text for one in passage.blocks if isinstance(one, Sentences))


def test_what_rose_is_frozen_with_the_edition_of_its_week(store: Store) -> None:
    taken(store, *usual(), *burst())
    zone = store.timekeeper().zone
    week = parse_period(WEEK, zone)
    risen = risen_in(store, week)
    assert risen is not None
    [one] = risen
    assert (one.name, one.signs, one.count) == (
        "武昌区徐家棚街道001社区 停水",
        ("新", "升", "重复", "跨"),
        9,
    )
    assert risen_in(store, parse_period("2026-10", zone)) is None
    frozen = publish_edition(store, week, risen=risen)
    taken(store, *burst(6, "Z", object="供水公司"))
    again = whole_edition(store, week, risen=())
    assert again.bulletin == frozen.bulletin and again.bulletin is not None
    assert again.bulletin.risen == risen


@pytest.mark.parametrize("variant", ["leader", "circular"])
def test_the_bulletin_tells_it_in_a_sentence(variant: Variant) -> None:
    one = Risen("锦绣家园停水", ("新", "升"), 9, 8, date(2026, 11, 9))
    assert "锦绣家园停水（新、升，9件、8人，11月9日即可发现）。" in told(variant, (one,))
    many = told(variant, tuple(replace(one, name=f"第{n}项") for n in range(7)))
    assert "等7项" in many and "第5项" not in many
    assert "没有新出现、上升" in told(variant, ())
    assert "新出现" not in told(variant, None)


def test_the_public_edition_names_no_place() -> None:
    one = Risen("锦绣家园停水", ("新",), 9, 8, date(2026, 11, 9))
    assert "锦绣家园" not in told("public", (one,))
