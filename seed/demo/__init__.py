"""The demo city: its people, places, appeals and papers, a function of seed, size and now."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from seed.demo.build import build_demo as build_demo
    from seed.demo.city import SIZES as SIZES, tickets_of as tickets_of
    from seed.demo.staff import OPERATORS as OPERATORS

__getattr__, __dir__ = lazily(
    __name__,
    {
        "build": ("build_demo",),
        "city": ("SIZES", "tickets_of"),
        "staff": ("OPERATORS",),
    },
)
