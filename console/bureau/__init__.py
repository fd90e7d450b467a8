"""The bureau's own: its rules, its units, its operators."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.bureau.screen import UnitsScreen as UnitsScreen
    from console.bureau.unit import UnitScreen as UnitScreen

__getattr__, __dir__ = lazily(
    __name__,
    {
        "screen": ("UnitsScreen",),
        "unit": ("UnitScreen",),
    },
)
