"""One appeal and every step that can be taken on it, on screen and command line."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.casework.acting import (
        CaseworkScreen as CaseworkScreen,
        Which as Which,
    )
    from console.casework.caselist import CaseworkList as CaseworkList
    from console.casework.forms import (
        Forms as Forms,
        begun as begun,
        line_of as line_of,
        unit_choice as unit_choice,
    )
    from console.casework.pane import TicketPane as TicketPane, covered as covered
    from console.casework.screen import TicketScreen as TicketScreen
    from console.casework.taking import (
        Chosen as Chosen,
        Said as Said,
        chosen_rows as chosen_rows,
        read_ticket as read_ticket,
        take as take,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "acting": ("CaseworkScreen", "Which"),
        "caselist": ("CaseworkList",),
        "forms": ("Forms", "begun", "line_of", "unit_choice"),
        "pane": (
            "TicketPane",
            "covered",
        ),
        "screen": ("TicketScreen",),
        "taking": ("Chosen", "Said", "chosen_rows", "read_ticket", "take"),
    },
)
