"""微邻里: places as they are and were, loaded as a list."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.grid.loading import (
        FaultyList as FaultyList,
        load_places as load_places,
        rehearse_places as rehearse_places,
    )
    from models.grid.place import (
        FoundPlace as FoundPlace,
        Move as Move,
        PlaceView as PlaceView,
        Step as Step,
        appeals_at as appeals_at,
        find_places as find_places,
        place_on as place_on,
        places_by_code as places_by_code,
        places_in as places_in,
        require_place as require_place,
        told_estates as told_estates,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "loading": ("FaultyList", "load_places", "rehearse_places"),
        "place": (
            "FoundPlace",
            "Move",
            "PlaceView",
            "Step",
            "appeals_at",
            "find_places",
            "place_on",
            "places_by_code",
            "places_in",
            "require_place",
            "told_estates",
        ),
    },
)
