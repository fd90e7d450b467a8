"""Which roles may write what is done beside single appeals: campaigns, the city's other doors."""

from __future__ import annotations

_IMPORTING = frozenset({"supervisor", "administrator"})
_SUPERVISOR = frozenset({"supervisor"})
_SUPERVISING = frozenset({"supervisor", "signer"})
_DECIDING = frozenset({"administrator", "signer"})

WIDER: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (
        _IMPORTING,
        (
            "campaign.start",
            "pledge.make",
            "police_group.end",
            "police_group.load",
            "reception.again",
            "reception.close",
            "reception.plan",
            "reception.receive",
            "reception.strike",
            "ticket.strike",
        ),
    ),
    (
        _SUPERVISOR,
        (
            "campaign.close",
            "campaign.export",
            "campaign.extend",
            "campaign.session",
            "campaign_task.add",
            "campaign_task.extend",
            "campaign_task.leave",
            "campaign_task.progress",
            "cell_matter.finish",
            "cell_matter.note",
            "cell_matter.pass",
            "council.decide",
            "council.hold",
            "council.line",
            "council.speak",
            "emergency.tell",
            "group_message.answer",
            "group_message.hand_on",
            "group_message.receipt",
            "group_message.record",
            "grid.codes",
            "opinion_topic.close",
            "opinion_topic.open",
            "opinion_topic.take",
            "opinion_topic.take_up",
            "pledge.break",
            "pledge.extend",
            "pledge.keep",
            "pledge.print",
            "pledge.sign",
            "pledge.void",
            "ticket.gather",
            "ticket.release",
            "visit.cancel",
            "visit.collect",
            "visit.hold",
            "visit.link",
            "visit.plan",
            "visit_task.add",
            "visit_task.finish",
        ),
    ),
    (
        _SUPERVISING,
        (
            "reception.publish",
            "reception.report",
        ),
    ),
    (
        _SUPERVISING | _DECIDING,
        (
            "duty.deputy",
            "duty.end",
            "duty.set",
        ),
    ),
    (
        _DECIDING,
        (
            "emergency.begin",
            "emergency.correct",
            "emergency.end",
        ),
    ),
)
"""Roles of which one is enough, and the verbs they may write."""
