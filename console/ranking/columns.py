"""The columns of the board, and which counts each of its figures stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.widgets import Cell, Column

if TYPE_CHECKING:
    from rules.ranking import Tally

RESULTS = ("result_satisfied", "result_basic", "result_unsatisfied")

VERIFIED = ("verified_satisfied", "verified_basic", "verified_unsatisfied")

VERIFIED_WORKS = ("verified_work_satisfied", "verified_work_basic", "verified_work_unsatisfied")

WORKS = ("work_satisfied", "work_basic", "work_unsatisfied")


@dataclass(frozen=True, slots=True)
class BoardFigure:
    """A column of numbers: its heading, the counts of a tally it opens, and their word.

    ``rate``: it shows a share, and opens what the share is of. ``verified``: editions of earlier
    versions do not hold it.
    """

    title: str
    opens: str
    counts: tuple[str, ...]
    rate: bool = False
    verified: bool = False

    def of(self, tally: Tally) -> int:
        """Return how many it opens."""
        return sum(getattr(tally, name) for name in self.counts)


SHOWN = (
    BoardFigure("群众满意率", "有效评价", RESULTS, rate=True),
    BoardFigure("核实后", "核实后有效评价", VERIFIED, rate=True, verified=True),
    BoardFigure("满意/评价", "有效评价", RESULTS),
    BoardFigure("不满意件", "不满意件", ("result_unsatisfied",)),
    BoardFigure("改评", "群众改评", ("rerated",), verified=True),
    BoardFigure("剔除", "剔除", ("excluded",), verified=True),
    BoardFigure("工作满意率", "有效工作评价", WORKS, rate=True),
    BoardFigure("核实后工作", "核实后有效工作评价", VERIFIED_WORKS, rate=True, verified=True),
    BoardFigure("按时办结率", "应办结", ("due",), rate=True),
    BoardFigure("其中延期", "延期内办结", ("after_extension",)),
    BoardFigure("结转逾期", "结转逾期未结", ("carried",)),
)

COUNTED = (
    BoardFigure("应办结", "应办结", ("due",)),
    BoardFigure("按时办结", "按时办结", ("on_time",)),
    BoardFigure("逾期办结", "逾期办结", ("late",)),
    BoardFigure("到期未结", "到期未结", ("open",)),
    BoardFigure("满意", "满意", ("result_satisfied",)),
    BoardFigure("基本满意", "基本满意", ("result_basic",)),
    BoardFigure("工作评价", "有效工作评价", WORKS),
    BoardFigure("工作不满意", "工作不满意", ("work_unsatisfied",)),
    BoardFigure("核实后不满意", "核实后不满意件", ("verified_unsatisfied",), verified=True),
    BoardFigure("来件评价", "来件评价", ("by_import",), verified=True),
    BoardFigure("回访评价", "回访评价", ("by_callback",), verified=True),
    BoardFigure("登记评价", "登记评价", ("by_operator",), verified=True),
    BoardFigure("未评计满意", "到期未评按满意计", ("by_default",), verified=True),
    BoardFigure("已核查", "不满意件中已核查", ("reviewed",)),
    BoardFigure("本期办结", "本期办结（并单后件数）", ("closed",)),
    BoardFigure("办结工单", "本期办结工单数（并入的也计）", ("closed", "merged")),
    BoardFigure("已解决", "已解决", ("resolved",)),
    BoardFigure("部分解决", "部分解决", ("partly",)),
    BoardFigure("未解决", "未解决", ("unresolved",)),
    BoardFigure("解释说明", "解释说明", ("explained",)),
    BoardFigure("本期交办", "本期交办", ("dispatched",)),
    BoardFigure("退单", "退单", ("returned",)),
    BoardFigure("重办", "重办", ("reworked",)),
    BoardFigure("应签收", "应签收", ("acknowledge_due",)),
    BoardFigure("按时签收", "按时签收", ("acknowledged_on_time",)),
)
"""What stands to the right, a plain count each."""

FIGURES = {figure.title: figure for figure in (*SHOWN, *COUNTED)}

UNSATISFIED = "不满意件"
"""The figure asked for first."""

COLUMNS = (
    Column("位次", 4, frozen=True, align="right"),
    Column("升降", 4, frozen=True),
    Column("单位", 18, frozen=True),
    Column("末位", 6, frozen=True),
    Column("群众满意率", 10, align="right"),
    Column("核实后", 8, align="right"),
    Column("满意/评价", 9, align="right"),
    Column("不满意件", 8, align="right"),
    Column("改评", 4, align="right"),
    Column("剔除", 4, align="right"),
    Column("工作满意率", 10, align="right"),
    Column("核实后工作", 10, align="right"),
    Column("按时办结率", 10, align="right"),
    Column("其中延期", 8, align="right"),
    Column("结转逾期", 8, align="right"),
    *(Column(f.title, max(6, 2 * len(f.title)), align="right") for f in COUNTED),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board, a cell for each of ``COLUMNS``, with the units and counts behind it.

    The ``id`` of a unit is above 0, that of a group's heading below, that of all units 0.
    """

    id: int
    cells: Sequence[Cell]
    name: str
    units: tuple[int, ...]
    tally: Tally


def counted(tally: Tally) -> list[Cell]:
    """Return the cells of ``COUNTED``."""
    return [_count(figure, tally) for figure in COUNTED]


def verified_counts(tally: Tally) -> list[Cell]:
    """Return the cells of 改评 and 剔除."""
    return [_count(FIGURES[title], tally) for title in ("改评", "剔除")]


def _count(figure: BoardFigure, tally: Tally) -> Cell:
    if figure.verified and tally.verified is None:
        return "—", "dim"
    count = figure.of(tally)
    return str(count), "" if count else "dim"
