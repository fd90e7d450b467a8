"""值班, 代理 as they are kept, and what follows from them."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.rota.assigning import (
        end_duty as end_duty,
        set_deputy as set_deputy,
        set_duty as set_duty,
    )
    from models.rota.duty import (
        DutyView as DutyView,
        OnDuty as OnDuty,
        deputies_of_leaders as deputies_of_leaders,
        duty_of as duty_of,
        may_sign as may_sign,
        on_duty as on_duty,
        require_signer as require_signer,
        rota_since as rota_since,
        signers_now as signers_now,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "assigning": ("end_duty", "set_deputy", "set_duty"),
        "duty": (
            "DutyView",
            "OnDuty",
            "deputies_of_leaders",
            "duty_of",
            "may_sign",
            "on_duty",
            "require_signer",
            "rota_since",
            "signers_now",
        ),
    },
)
