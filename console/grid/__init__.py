"""微邻里: places as they are listed, and what they have in hand, from the city to one cell."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.grid.cell_screen import (
        CellMattersScreen as CellMattersScreen,
    )
    from console.grid.opinion_screen import (
        OpinionsScreen as OpinionsScreen,
    )
    from console.grid.screen import (
        GridScreen as GridScreen,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "cell_screen": ("CellMattersScreen",),
        "opinion_screen": ("OpinionsScreen",),
        "screen": ("GridScreen",),
    },
)
