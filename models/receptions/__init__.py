"""大接访 as it is kept: its days, who was received about what, what was promised."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.receptions.day_report import (
        DayReport as DayReport,
        Promised as Promised,
        export_report as export_report,
        publish_day as publish_day,
        report_of_day as report_of_day,
        report_of_year as report_of_year,
        sums_by_unit as sums_by_unit,
    )
    from models.receptions.hints import Before as Before, been_before as been_before
    from models.receptions.meeting import (
        MeetingView as MeetingView,
        meeting_of as meeting_of,
        meetings_of as meetings_of,
    )
    from models.receptions.placed import Received as Received
    from models.receptions.planning import Plan as Plan, close_day as close_day, plan as plan
    from models.receptions.pledge import (
        PledgeMoved as PledgeMoved,
        PledgeView as PledgeView,
        Unwritten as Unwritten,
        last_of_month as last_of_month,
        moves_of as moves_of,
        pledge_list as pledge_list,
        pledge_of as pledge_of,
        pledges_of_days as pledges_of_days,
        pledges_of_ids as pledges_of_ids,
        pledges_of_reception as pledges_of_reception,
        promised_before as promised_before,
        reception_named as reception_named,
        unwritten as unwritten,
    )
    from models.receptions.pledge_keeping import (
        break_pledge as break_pledge,
        extend_pledge as extend_pledge,
        keep_pledge as keep_pledge,
        void_pledge as void_pledge,
    )
    from models.receptions.pledge_making import (
        make_pledge as make_pledge,
        print_pledges as print_pledges,
        promise as promise,
        sign_pledges as sign_pledges,
        write_promises as write_promises,
    )
    from models.receptions.receiving import (
        Taken as Taken,
        mark_again as mark_again,
        receive as receive,
        take_parties as take_parties,
    )
    from models.receptions.reception import (
        DayView as DayView,
        ReceptionView as ReceptionView,
        reception_days as reception_days,
        reception_of as reception_of,
        receptions_on as receptions_on,
    )
    from models.receptions.reception_figures import (
        PlaceFigures as PlaceFigures,
        day_figures as day_figures,
        sum_of as sum_of,
    )
    from models.receptions.striking import Struck as Struck, strike_last as strike_last

__getattr__, __dir__ = lazily(
    __name__,
    {
        "day_report": (
            "DayReport",
            "Promised",
            "export_report",
            "publish_day",
            "report_of_day",
            "report_of_year",
            "sums_by_unit",
        ),
        "pledge": (
            "PledgeMoved",
            "PledgeView",
            "Unwritten",
            "last_of_month",
            "moves_of",
            "pledge_list",
            "pledge_of",
            "pledges_of_days",
            "pledges_of_ids",
            "pledges_of_reception",
            "promised_before",
            "reception_named",
            "unwritten",
        ),
        "pledge_keeping": ("break_pledge", "extend_pledge", "keep_pledge", "void_pledge"),
        "pledge_making": (
            "make_pledge",
            "print_pledges",
            "promise",
            "sign_pledges",
            "write_promises",
        ),
        "reception_figures": ("PlaceFigures", "day_figures", "sum_of"),
        "hints": ("Before", "been_before"),
        "meeting": ("MeetingView", "meeting_of", "meetings_of"),
        "planning": ("Plan", "close_day", "plan"),
        "placed": ("Received",),
        "receiving": ("Taken", "mark_again", "receive", "take_parties"),
        "reception": (
            "DayView",
            "ReceptionView",
            "reception_days",
            "reception_of",
            "receptions_on",
        ),
        "striking": ("Struck", "strike_last"),
    },
)
