"""民情专报: drafted on what citizens mean at once, signed, sent, answered, carried out; 台账."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.reports.about import About as About
    from models.reports.daily import (
        Daily as Daily,
        daily_of as daily_of,
        export_daily as export_daily,
    )
    from models.reports.ledger_book import (
        Ledger as Ledger,
        export_ledger as export_ledger,
        report_ledger as report_ledger,
    )
    from models.reports.report import (
        Answer as Answer,
        ReportView as ReportView,
        report_by_name as report_by_name,
        report_list as report_list,
        report_of_letter as report_of_letter,
        reports_by_id as reports_by_id,
        tickets_of_report as tickets_of_report,
    )
    from models.reports.report_content import MAKING as MAKING
    from models.reports.report_course import (
        adopt_report as adopt_report,
        answer_report as answer_report,
        carry_out_report as carry_out_report,
        send_report as send_report,
        tell_of_report as tell_of_report,
    )
    from models.reports.report_drafts import (
        amend_report as amend_report,
        circulate_report as circulate_report,
        draft_report as draft_report,
        preview_report as preview_report,
        sign_reports as sign_reports,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "about": ("About",),
        "report_drafts": (
            "amend_report",
            "circulate_report",
            "draft_report",
            "preview_report",
            "sign_reports",
        ),
        "report_content": ("MAKING",),
        "report_course": (
            "adopt_report",
            "answer_report",
            "carry_out_report",
            "send_report",
            "tell_of_report",
        ),
        "daily": ("Daily", "daily_of", "export_daily"),
        "ledger_book": ("Ledger", "export_ledger", "report_ledger"),
        "report": (
            "Answer",
            "ReportView",
            "report_by_name",
            "report_list",
            "report_of_letter",
            "reports_by_id",
            "tickets_of_report",
        ),
    },
)
