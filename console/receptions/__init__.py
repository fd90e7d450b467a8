"""大接访: reception days, the form at the table, what was promised."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.receptions.pledge_list import PledgesScreen as PledgesScreen
    from console.receptions.reception_days import DaysScreen as DaysScreen

__getattr__, __dir__ = lazily(
    __name__, {"pledge_list": ("PledgesScreen",), "reception_days": ("DaysScreen",)}
)
