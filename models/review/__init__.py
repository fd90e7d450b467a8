"""核查: unsatisfied matters handed out one by one, and what each review ends with."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.review.leasing import (
        Handed as Handed,
        release as release,
        renew as renew,
        take_next as take_next,
        take_one as take_one,
    )
    from models.review.verdicts import judge as judge

__getattr__, __dir__ = lazily(
    __name__,
    {
        "leasing": ("Handed", "release", "renew", "take_next", "take_one"),
        "verdicts": ("judge",),
    },
)
