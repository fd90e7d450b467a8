"""The bureau's own templates as versions, and which of them is in force for a kind of paper."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.paper.templates import (
        HeldTemplate as HeldTemplate,
        Press as Press,
        Template as Template,
        digest_of as digest_of,
        load_template as load_template,
        template_in_force as template_in_force,
        template_versions as template_versions,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "templates": (
            "HeldTemplate",
            "Press",
            "Template",
            "digest_of",
            "load_template",
            "template_in_force",
            "template_versions",
        ),
    },
)
