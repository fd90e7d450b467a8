"""One appeal and every step that can be taken on it, on screen and command line."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.casework.acting import (
        CaseworkScreen as CaseworkScreen,
        Which as Which,
    )
    from console.casework.advising import Adviser as Adviser, adviser_of as adviser_of
    from console.casework.caselist import CaseworkList as CaseworkList
    from console.casework.forms import (
        Forms as Forms,
        begun as begun,
        line_of as line_of,
        unit_choice as unit_choice,
    )
    from console.casework.handed_papers import (
        handover_folder as handover_folder,
        write_day as write_day,
    )
    from console.casework.lettering import offer_letters as offer_letters
    from console.casework.pane import (
        Sections as Sections,
        TicketPane as TicketPane,
        covered as covered,
    )
    from console.casework.screen import TicketScreen as TicketScreen
    from console.casework.suggested import ABOUT_SUGGEST as ABOUT_SUGGEST, suggest as suggest
    from console.casework.taking import (
        Chosen as Chosen,
        Said as Said,
        chosen_of as chosen_of,
        chosen_rows as chosen_rows,
        parted as parted,
        read_ticket as read_ticket,
        take as take,
    )
    from console.casework.telephone import LookingScreen as LookingScreen
    from console.casework.ticket import ticket_app as ticket_app

__getattr__, __dir__ = lazily(
    __name__,
    {
        "acting": ("CaseworkScreen", "Which"),
        "advising": ("Adviser", "adviser_of"),
        "caselist": ("CaseworkList",),
        "forms": ("Forms", "begun", "line_of", "unit_choice"),
        "handed_papers": ("handover_folder", "write_day"),
        "lettering": ("offer_letters",),
        "pane": (
            "Sections",
            "TicketPane",
            "covered",
        ),
        "screen": ("TicketScreen",),
        "suggested": ("ABOUT_SUGGEST", "suggest"),
        "taking": (
            "Chosen",
            "Said",
            "chosen_of",
            "chosen_rows",
            "parted",
            "read_ticket",
            "take",
        ),
        "telephone": ("LookingScreen",),
        "ticket": ("ticket_app",),
    },
)
