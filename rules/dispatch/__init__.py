"""派单: who takes an appeal, how sure that is, and what the directory says of it."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from rules.dispatch.blending import (
        FIRST_WEIGHTS as FIRST_WEIGHTS,
        blended as blended,
        likeliest as likeliest,
        loudest as loudest,
    )
    from rules.dispatch.habits import (
        KIND as KIND,
        LIKE as LIKE,
        RECENT as RECENT,
        SAME as SAME,
        VOICES as VOICES,
        Asked as Asked,
        Habits as Habits,
        Places as Places,
    )
    from rules.dispatch.lines import (
        BASES as BASES,
        DISTRICT_OWN as DISTRICT_OWN,
        STREET_OWN as STREET_OWN,
        Clash as Clash,
        DispatchPolicy as DispatchPolicy,
        Line as Line,
        best_line as best_line,
        check_line as check_line,
        clashes as clashes,
        is_street_taker as is_street_taker,
    )
    from rules.dispatch.measuring import (
        LEAST_MEASURED as LEAST_MEASURED,
        Measured as Measured,
        Past as Past,
        measured as measured,
        voices_of as voices_of,
    )
    from rules.dispatch.sureness import (
        Band as Band,
        band_of as band_of,
        wilson as wilson,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "blending": ("FIRST_WEIGHTS", "blended", "likeliest", "loudest"),
        "habits": ("KIND", "LIKE", "RECENT", "SAME", "VOICES", "Asked", "Habits", "Places"),
        "lines": (
            "BASES",
            "DISTRICT_OWN",
            "STREET_OWN",
            "Clash",
            "DispatchPolicy",
            "Line",
            "best_line",
            "check_line",
            "clashes",
            "is_street_taker",
        ),
        "measuring": ("LEAST_MEASURED", "Measured", "Past", "measured", "voices_of"),
        "sureness": ("Band", "band_of", "wilson"),
    },
)
