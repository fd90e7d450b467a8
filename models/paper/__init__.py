"""The bureau's own templates as versions, and which of them is in force for a kind of paper."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.paper.templates import (
        HeldTemplate as HeldTemplate,
        MadeWith as MadeWith,
        Press as Press,
        Template as Template,
        called as called,
        digest_of as digest_of,
        load_template as load_template,
        made_with as made_with,
        template_in_force as template_in_force,
        template_versions as template_versions,
        templates_for as templates_for,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "templates": (
            "HeldTemplate",
            "MadeWith",
            "Press",
            "Template",
            "called",
            "digest_of",
            "load_template",
            "made_with",
            "template_in_force",
            "template_versions",
            "templates_for",
        ),
    },
)
