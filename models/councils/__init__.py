"""会商 as it is kept, and what stands with it: suspended accounts (挂账), 先办后议."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.councils.accounted import account_notes as account_notes
    from models.councils.council import (
        CouncilView as CouncilView,
        SeatView as SeatView,
        council_list as council_list,
        council_of as council_of,
    )
    from models.councils.sitting import (
        decide_council as decide_council,
        hold_council as hold_council,
        line_from_council as line_from_council,
        speak_at_council as speak_at_council,
    )
    from models.councils.unsolved import (
        AccountView as AccountView,
        FirstView as FirstView,
        account_list as account_list,
        first_list as first_list,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "accounted": ("account_notes",),
        "council": ("CouncilView", "SeatView", "council_list", "council_of"),
        "sitting": (
            "decide_council",
            "hold_council",
            "line_from_council",
            "speak_at_council",
        ),
        "unsolved": ("AccountView", "FirstView", "account_list", "first_list"),
    },
)
