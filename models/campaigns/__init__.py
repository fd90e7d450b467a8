"""专题 and 特殊时期 as they are kept: tasks with clocks, sessions, what events pause."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.campaigns.campaign import (
        AppealLine as AppealLine,
        CampaignView as CampaignView,
        ExtensionView as ExtensionView,
        SessionView as SessionView,
        TaskView as TaskView,
        appeals_of as appeals_of,
        campaign_by_name as campaign_by_name,
        campaign_list as campaign_list,
        campaign_of as campaign_of,
        extensions_of as extensions_of,
        sessions_of as sessions_of,
        task_of as task_of,
        tasks_of as tasks_of,
    )
    from models.campaigns.emergencies import (
        EmergencyView as EmergencyView,
        Reached as Reached,
        begin_emergency as begin_emergency,
        correct_emergency as correct_emergency,
        emergency_list as emergency_list,
        emergency_of as emergency_of,
        end_emergency as end_emergency,
        place_of as place_of,
        running_emergencies as running_emergencies,
    )
    from models.campaigns.gathering import (
        Campaigns as Campaigns,
        Gathered as Gathered,
        gather as gather,
        release as release,
    )
    from models.campaigns.notices import (
        Notice as Notice,
        tell_citizens as tell_citizens,
    )
    from models.campaigns.ranked import (
        in_emergency as in_emergency,
        ranked_in_emergencies as ranked_in_emergencies,
    )
    from models.campaigns.reporting import (
        Taken as Taken,
        take_progress as take_progress,
    )
    from models.campaigns.running import (
        add_task as add_task,
        close_campaign as close_campaign,
        exported as exported,
        extend_campaign as extend_campaign,
        extend_task as extend_task,
        start_campaign as start_campaign,
        tell_progress as tell_progress,
    )
    from models.campaigns.sessions import (
        SESSION_KINDS as SESSION_KINDS,
        Asked as Asked,
        hold_session as hold_session,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "campaign": (
            "AppealLine",
            "CampaignView",
            "ExtensionView",
            "SessionView",
            "TaskView",
            "appeals_of",
            "campaign_by_name",
            "campaign_list",
            "campaign_of",
            "extensions_of",
            "sessions_of",
            "task_of",
            "tasks_of",
        ),
        "emergencies": (
            "EmergencyView",
            "Reached",
            "begin_emergency",
            "correct_emergency",
            "emergency_list",
            "emergency_of",
            "end_emergency",
            "place_of",
            "running_emergencies",
        ),
        "gathering": (
            "Campaigns",
            "Gathered",
            "gather",
            "release",
        ),
        "notices": (
            "Notice",
            "tell_citizens",
        ),
        "ranked": (
            "in_emergency",
            "ranked_in_emergencies",
        ),
        "reporting": (
            "Taken",
            "take_progress",
        ),
        "running": (
            "add_task",
            "close_campaign",
            "exported",
            "extend_campaign",
            "extend_task",
            "start_campaign",
            "tell_progress",
        ),
        "sessions": (
            "Asked",
            "SESSION_KINDS",
            "hold_session",
        ),
    },
)
