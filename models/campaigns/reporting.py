"""Progress by file: what units report of their tasks; each line is taken, or refused with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models.bureau import UnitDirectory
from models.campaigns.campaign import CampaignView, TaskView, task_of, tasks_of
from models.campaigns.running import put_progress
from models.store import Journal, Work, retried
from rules.campaigns import Reported, Unread
from rules.errors import DubanError, Refused

if TYPE_CHECKING:
    from models.store import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: lines taken, lines that say nothing new, and those refused."""

    taken: int
    unchanged: int
    refused: tuple[Unread, ...]


@retried
def take_progress(
    store: Store, campaign: CampaignView, lines: Sequence[Reported | Unread]
) -> Taken:
    """Take what a file tells of a campaign's tasks in one transaction; bad lines stay out of it.

    The same file again changes nothing.
    """
    with store.writing(journal=Journal("campaign_task.progress")) as work:
        work.require(verb="campaign_task.progress")
        if campaign.closed_at is not None:
            raise Refused(f"专题“{campaign.name}”已结项，不收进展")
        taken = unchanged = 0
        refused = [line for line in lines if isinstance(line, Unread)]
        for line in lines:
            if isinstance(line, Unread):
                continue
            try:
                task = _task(work, campaign, line)
                at = _when(work, line)
                if _known(work, task, line, at):
                    unchanged += 1
                    continue
                put_progress(
                    work,
                    task,
                    percent=line.percent,
                    text=line.text,
                    done=line.done,
                    at=at,
                    by_file=True,
                )
                taken += 1
            except DubanError as refusal:
                refused.append(Unread(line.line, line.cells, str(refusal)))
        return Taken(taken, unchanged, tuple(sorted(refused, key=lambda one: one.line)))


def _task(work: Work, campaign: CampaignView, line: Reported) -> TaskView:
    """Return the task that a line is about; ``Refused`` where that is not sure."""
    if line.number is not None:
        task = task_of(work, line.number)
        if task.campaign_id != campaign.id:
            raise Refused(f"任务#{line.number} 不属于专题“{campaign.name}”")
        if line.title and line.title != task.title:
            raise Refused(f"任务#{line.number} 是“{task.title}”，与表中所写不符")
        if line.unit and _unit(work, line.unit) != task.unit_id:
            raise Refused(f"任务#{line.number} 由{task.unit}承担，与表中所写不符")
        return task
    unit = _unit(work, line.unit)
    own = [
        task
        for task in tasks_of(work, campaign.id)
        if (task.unit_id, task.title) == (unit, line.title)
    ]
    if len(own) != 1:
        raise Refused(
            f"{line.unit}没有“{line.title}”这项任务" if not own else "有几项同名任务，请写编号"
        )
    return own[0]


def _unit(work: Work, word: str) -> int:
    return UnitDirectory(work).named(word, work.timekeeper().local(work.at).date())


def _when(work: Work, line: Reported) -> datetime:
    """Return when what a line tells happened; a day alone is meant to its end, as far as it is."""
    if line.at is None:
        return work.at
    return min(work.at, line.at + timedelta(days=1, seconds=-1)) if line.date_only else line.at


def _known(work: Work, task: TaskView, line: Reported, at: datetime) -> bool:
    """Return whether a line says what is on record already."""
    same = line.percent in (None, task.percent) and line.done == (task.done_at is not None)
    if not same or line.text not in ("", task.told or ""):
        return False
    if line.at is None or task.told_at is None:
        return line.at is None
    local = work.timekeeper().local
    return local(at).date() == local(task.told_at).date() if line.date_only else at == task.told_at
