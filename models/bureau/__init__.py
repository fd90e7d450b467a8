"""Who must answer and who acts: units, grids, operators."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.bureau.conditions import idle_conditions as idle_conditions
    from models.bureau.kept import (
        drop_view as drop_view,
        keep_view as keep_view,
        leave as leave,
    )
    from models.bureau.operators import (
        OperatorView as OperatorView,
        add_operator as add_operator,
        all_operators as all_operators,
        assign_units as assign_units,
        change_roles as change_roles,
        rename_operator as rename_operator,
        switch_off as switch_off,
    )
    from models.bureau.roster import (
        UnitChange as UnitChange,
        UnitRevision as UnitRevision,
        add_alias as add_alias,
        load_units as load_units,
        rehearse_units as rehearse_units,
        unit_records as unit_records,
    )
    from models.bureau.units import (
        GridDirectory as GridDirectory,
        GridRecord as GridRecord,
        Reference as Reference,
        UnitDirectory as UnitDirectory,
        UnitRecord as UnitRecord,
        check_units as check_units,
        check_words as check_words,
        write_reference as write_reference,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "conditions": ("idle_conditions",),
        "kept": ("drop_view", "keep_view", "leave"),
        "operators": (
            "OperatorView",
            "add_operator",
            "all_operators",
            "assign_units",
            "change_roles",
            "rename_operator",
            "switch_off",
        ),
        "roster": (
            "UnitChange",
            "UnitRevision",
            "add_alias",
            "load_units",
            "rehearse_units",
            "unit_records",
        ),
        "units": (
            "GridDirectory",
            "GridRecord",
            "Reference",
            "UnitDirectory",
            "UnitRecord",
            "check_units",
            "check_words",
            "write_reference",
        ),
    },
)
