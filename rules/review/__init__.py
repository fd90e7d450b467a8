"""How unsatisfied matters are verified: who is called when, what is looked at twice."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.review.calling import CallingHours as CallingHours, drawn as drawn
    from rules.review.mending import Effect as Effect, mended as mended
    from rules.review.signs import (
        AGAIN as AGAIN,
        SIGNS as SIGNS,
        Answer as Answer,
        Closing as Closing,
        Halt as Halt,
        Sign as Sign,
        Told as Told,
        came_again as came_again,
        copied as copied,
        paused_late as paused_late,
        rushed as rushed,
        signs_among as signs_among,
    )
    from rules.review.terms import ReviewPolicy as ReviewPolicy
    from rules.review.windows import (
        ObjectionPolicy as ObjectionPolicy,
        Windows as Windows,
        data_windows as data_windows,
        dispatch_until as dispatch_until,
        rating_until as rating_until,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "calling": ("CallingHours", "drawn"),
        "mending": ("Effect", "mended"),
        "signs": (
            "AGAIN",
            "SIGNS",
            "Answer",
            "Closing",
            "Halt",
            "Sign",
            "Told",
            "came_again",
            "copied",
            "paused_late",
            "rushed",
            "signs_among",
        ),
        "terms": ("ReviewPolicy",),
        "windows": (
            "ObjectionPolicy",
            "Windows",
            "data_windows",
            "dispatch_until",
            "rating_until",
        ),
    },
)
