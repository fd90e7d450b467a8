"""被反映主体: names of firms in appeals, which are one firm's, what was decided on them."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.entities.aliasing import (
        confirm_alias as confirm_alias,
        join_entities as join_entities,
        refuse_alias as refuse_alias,
        separate_name as separate_name,
    )
    from models.entities.comparing import Suggested as Suggested, suggest as suggest
    from models.entities.documents import (
        DECISIONS as DECISIONS,
        add_decision as add_decision,
        revoke_decision as revoke_decision,
    )
    from models.entities.entity import (
        DecisionView as DecisionView,
        EntityView as EntityView,
        NameView as NameView,
        entities_by_id as entities_by_id,
        entity_named as entity_named,
        known_entities as known_entities,
    )
    from models.entities.hearing import hear as hear
    from models.entities.pool import heard_names as heard_names
    from models.entities.renaming import name_entity as name_entity
    from models.entities.suggested import (
        STATES as STATES,
        SuggestionView as SuggestionView,
        suggestion_by_id as suggestion_by_id,
        suggestions as suggestions,
        suggestions_among as suggestions_among,
    )
    from models.entities.weekly import (
        Course as Course,
        appeals_named as appeals_named,
        courses_of as courses_of,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "aliasing": ("confirm_alias", "join_entities", "refuse_alias", "separate_name"),
        "documents": ("DECISIONS", "add_decision", "revoke_decision"),
        "entity": (
            "DecisionView",
            "EntityView",
            "NameView",
            "entities_by_id",
            "entity_named",
            "known_entities",
        ),
        "hearing": ("hear",),
        "renaming": ("name_entity",),
        "pool": ("heard_names",),
        "suggested": (
            "STATES",
            "SuggestionView",
            "suggestion_by_id",
            "suggestions",
            "suggestions_among",
        ),
        "comparing": ("Suggested", "suggest"),
        "weekly": ("Course", "appeals_named", "courses_of"),
    },
)
