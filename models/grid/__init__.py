"""微邻里: places as they are and were, matters their cells settle, codes and opinions."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.grid.cell_file import (
        TakenMatters as TakenMatters,
        take_matters as take_matters,
    )
    from models.grid.cell_matters import (
        finish_matter as finish_matter,
        matters_exported as matters_exported,
        note_matter as note_matter,
        pass_up as pass_up,
    )
    from models.grid.cell_reading import (
        CellCounts as CellCounts,
        CellMatterView as CellMatterView,
        cell_counts as cell_counts,
        cell_matter_of as cell_matter_of,
        matters_in as matters_in,
    )
    from models.grid.coming import (
        TakenComing as TakenComing,
        take_coming as take_coming,
        take_up as take_up,
    )
    from models.grid.door_codes import (
        CellCode as CellCode,
        codes_to_print as codes_to_print,
    )
    from models.grid.loading import (
        FaultyList as FaultyList,
        load_places as load_places,
        rehearse_places as rehearse_places,
    )
    from models.grid.opinions import (
        close_topic as close_topic,
        open_topic as open_topic,
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
    from models.grid.topics import (
        ChoiceCount as ChoiceCount,
        OpinionView as OpinionView,
        TopicView as TopicView,
        counted as counted,
        opinion_topics as opinion_topics,
        proposals_of as proposals_of,
        topic_named as topic_named,
        topic_of as topic_of,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "cell_file": (
            "TakenMatters",
            "take_matters",
        ),
        "cell_matters": (
            "finish_matter",
            "matters_exported",
            "note_matter",
            "pass_up",
        ),
        "cell_reading": (
            "CellCounts",
            "CellMatterView",
            "cell_counts",
            "cell_matter_of",
            "matters_in",
        ),
        "coming": (
            "TakenComing",
            "take_coming",
            "take_up",
        ),
        "door_codes": (
            "CellCode",
            "codes_to_print",
        ),
        "loading": (
            "FaultyList",
            "load_places",
            "rehearse_places",
        ),
        "opinions": (
            "close_topic",
            "open_topic",
        ),
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
        "topics": (
            "ChoiceCount",
            "OpinionView",
            "TopicView",
            "counted",
            "opinion_topics",
            "proposals_of",
            "topic_named",
            "topic_of",
        ),
    },
)
