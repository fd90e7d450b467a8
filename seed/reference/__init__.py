"""Reference data of the city of Wuhan: what a new store begins with."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from seed.reference.catalogue import (
        first_content as first_content,
        read_units as read_units,
        reference as reference,
        units_text as units_text,
    )
    from seed.reference.content import (
        example_policies as example_policies,
        example_policy as example_policy,
        shipped_cases as shipped_cases,
        shipped_policy as shipped_policy,
    )
    from seed.reference.document import document_of as document_of
    from seed.reference.handed_in import (
        holidays_in as holidays_in,
        holidays_of as holidays_of,
    )
    from seed.reference.holidays import (
        YearNotice as YearNotice,
        builtin_calendar as builtin_calendar,
        extended as extended,
    )
    from seed.reference.pinyin import initials as initials, spelled as spelled

__getattr__, __dir__ = lazily(
    __name__,
    {
        "catalogue": ("first_content", "read_units", "reference", "units_text"),
        "content": ("example_policies", "example_policy", "shipped_cases", "shipped_policy"),
        "document": ("document_of",),
        "handed_in": ("holidays_in", "holidays_of"),
        "holidays": ("YearNotice", "builtin_calendar", "extended"),
        "pinyin": ("initials", "spelled"),
    },
)
