"""Who must answer and who acts: units, grids, operators."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.bureau.operators import OperatorView as OperatorView
    from models.bureau.operators import add_operator as add_operator
    from models.bureau.operators import all_operators as all_operators
    from models.bureau.operators import change_roles as change_roles
    from models.bureau.operators import switch_off as switch_off
    from models.bureau.roster import UnitChange as UnitChange
    from models.bureau.roster import UnitRevision as UnitRevision
    from models.bureau.roster import load_units as load_units
    from models.bureau.roster import rehearse_units as rehearse_units
    from models.bureau.roster import unit_records as unit_records
    from models.bureau.units import FirstContent as FirstContent
    from models.bureau.units import GridBook as GridBook
    from models.bureau.units import GridRecord as GridRecord
    from models.bureau.units import UnitBook as UnitBook
    from models.bureau.units import UnitRecord as UnitRecord
    from models.bureau.units import check_units as check_units
    from models.bureau.units import check_words as check_words
    from models.bureau.units import write_reference as write_reference

__getattr__, __dir__ = lazily(
    __name__,
    {
        "operators": ("OperatorView", "add_operator", "all_operators", "change_roles", "switch_off",),
        "roster": ("UnitChange", "UnitRevision", "load_units", "rehearse_units", "unit_records",),
        "units": ("FirstContent", "GridBook", "GridRecord", "UnitBook", "UnitRecord", "check_units", "check_words", "write_reference",),
    },
)
