"""大接访 as it is kept: what was promised, by when, and what became of it."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.receptions.pledge import (
        PledgeMoved as PledgeMoved,
        PledgeView as PledgeView,
        last_of_month as last_of_month,
        moves_of as moves_of,
        pledge_list as pledge_list,
        pledge_of as pledge_of,
        pledges_of_days as pledges_of_days,
        pledges_of_ids as pledges_of_ids,
        pledges_of_reception as pledges_of_reception,
        promised_before as promised_before,
    )
    from models.receptions.pledge_keeping import (
        break_pledge as break_pledge,
        extend_pledge as extend_pledge,
        keep_pledge as keep_pledge,
        void_pledge as void_pledge,
    )
    from models.receptions.pledge_making import (
        make_pledge as make_pledge,
        print_pledges as print_pledges,
        promise as promise,
        sign_pledges as sign_pledges,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "pledge": (
            "PledgeMoved",
            "PledgeView",
            "last_of_month",
            "moves_of",
            "pledge_list",
            "pledge_of",
            "pledges_of_days",
            "pledges_of_ids",
            "pledges_of_reception",
            "promised_before",
        ),
        "pledge_keeping": ("break_pledge", "extend_pledge", "keep_pledge", "void_pledge"),
        "pledge_making": ("make_pledge", "print_pledges", "promise", "sign_pledges"),
    },
)
