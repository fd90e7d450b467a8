"""A report put together: figures, spread and examples as of an instant, causes as its author wrote.

Every figure is counted anew for the instant; what a person writes is never made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from models.letters import LetterView, Making, Signature, framed, letter_words
from models.reports.about import (
    About,
    Row,
    candidates,
    common_category,
    counted,
    figures,
    problem_of,
    rows_of,
)
from models.reports.report import about_of, report_of_letter
from models.tables import ReportTicket
from rules.errors import Refused
from rules.paper import Content, Statement, Value
from rules.reports import (
    Figures,
    Share,
    case_words,
    curve_rows,
    examples,
    situation,
    spread,
    spread_rows,
    spread_words,
)
from rules.text import MASKED

if TYPE_CHECKING:
    from models.letters import Scene
    from models.orders import Draft
    from models.store import Source, Work

SITUATION, CASES = "基本情况", "典型案例"

SPREAD_FIELDS = {"place": "属地", "unit": "单位", "channel": "渠道"}
"""The fields of a spread begin with these words."""

TABLE = "分布情况表（件）"

MOST = 10
"""Names that a table tells."""

TO_WRITE = "（未写：签发前须由拟稿人写明）"
"""What stands in the preview of a draft for what its author has still to write."""

NO_CASE = "所涉诉求均不宜引用，不举案例。"

NOTE = "附注：举报件、保密件不计入；他方办理、只供分析的诉求与本部同一件的只计一次。"


def named(source: Source, about: About, rows: Sequence[Row]) -> str:
    """Return what a report's title calls its appeals, masked."""
    if about.problem_id is not None:
        return MASKED.text(problem_of(source, about.problem_id).name)
    name = about.category.rpartition("/")[2] if about.category else common_category(rows)
    return name or "所列诉求"


def _called(source: Source, about: About, rows: Sequence[Row]) -> str:
    """Return the same as a sentence says it."""
    if about.problem_id is not None:
        return f"反映“{named(source, about, rows)}”的诉求"
    return f"“{about.category}”类诉求" if about.category else "本专报所列诉求"


def compose_report(scene: Scene, letter: LetterView, signature: Signature) -> Content:
    """Put a report together as of the scene's instant; ``Refused`` where nothing can be counted."""
    report = report_of_letter(scene.source, letter.id)
    about = about_of(scene.source, report)
    rows = rows_of(scene.source, about, scene.now)
    found = figures(scene.source, about, rows, scene.keeper, scene.now)
    told = counted(rows, scene.keeper, scene.now)
    numbers = tuple(one.number for one in told)
    what = _called(scene.source, about, rows)
    statements = [
        Statement(claim, text, SITUATION, (), numbers)
        for claim, text in situation(found, what, scene.moment(scene.now))
    ]
    values: dict[str, Value] = {}
    spreads: dict[str, tuple[Share, ...]] = {}
    for by, word in SPREAD_FIELDS.items():
        spreads[word] = spread((getattr(one, by) for one in told), MOST)
        text = spread_words(by, spreads[word], found.total)
        statements.append(Statement(f"by_{by}", text, f"{word}情况", (), numbers))
        values[f"{word}情况"] = text
    statements += _cases(scene, rows)
    kept = report.kept
    values |= {
        "期号": _issue(letter, signature),
        SITUATION: _texts(statements, SITUATION),
        "趋势图": curve_rows(found) if len(found.weeks) > 1 else (),
        "趋势图题": _caption(found) if len(found.weeks) > 1 else "",
        "附表题": TABLE,
        "附件": (TABLE,),
        "附表": spread_rows(spreads, found.total),
        CASES: _texts(statements, CASES) or (NO_CASE,),
        "原因": _lines(kept.causes) or (TO_WRITE,),
        "建议": _lines(kept.proposals) or (TO_WRITE,),
        "附注": (NOTE,),
    }
    frame = framed(scene, letter, signature)
    frame["机关标志"] = scene.policy.papers.of(letter.kind).name
    return Content(letter.kind, frame | values, tuple(statements), scene.now)


def _caption(found: Figures) -> str:
    return f"各周受理件数及此前四周周均{'（末周未满）' if found.partly else ''}"


def _issue(letter: LetterView, signature: Signature) -> str:
    """Return 2026年第12期 of a number 武网民〔2026〕12号."""
    year, _, serial = signature.number.partition("〔")[2].partition("〕")
    return f"{year}年第{serial.removesuffix('号')}期"


def _cases(scene: Scene, rows: Sequence[Row]) -> list[Statement]:
    """Return the examples that were chosen, each with the events of its appeal."""
    chosen = examples(candidates(scene.source, rows, scene.keeper, scene.now))
    ids = {one.number: one.id for one in rows}
    year = scene.keeper.local(scene.now).year
    return [
        Statement(
            "case",
            case_words(n, one, year),
            CASES,
            tuple(
                int(seq)
                for (seq,) in scene.source.rows(_PROVED, id=ids[one.of.number], now=scene.now)
            ),
            (one.of.number,),
        )
        for n, one in enumerate(chosen, 1)
    ]


_PROVED = """
SELECT seq FROM event WHERE subject_kind = 'ticket' AND subject_id = :id AND at <= :now
  AND verb IN ('ticket.intake', 'ticket.dispatch', 'ticket.rework', 'ticket.close', 'ticket.rate')
ORDER BY seq
"""


def _texts(statements: Sequence[Statement], field: str) -> tuple[str, ...]:
    return tuple(one.text for one in statements if one.field == field)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(MASKED.text(line) for line in text.splitlines() if line)


def _approved(source: Source, letter: LetterView) -> Draft:
    """Return a draft as it is approved; ``Refused`` before its author wrote what only he can."""
    kept = report_of_letter(source, letter.id).kept
    missing = [word for word, text in (("原因", kept.causes), ("建议", kept.proposals)) if not text]
    if missing:
        raise Refused(
            f"专报草稿#{kept.id} 还没有写{'和'.join(missing)}：请先修改补上"
            "（--causes、--proposals），本系统不代拟"
        )
    draft = letter_words(letter)
    about = [kept.problem_id or 0, kept.category or "", *map(str, (kept.since, kept.until))]
    return replace(draft, words=(*draft.words, kept.causes, kept.proposals, *about))


def _keep(work: Work, letter: LetterView, content: Content) -> None:
    """Keep which appeals a signed report counted."""
    report = report_of_letter(work, letter.id)
    found = rows_of(work, about_of(work, report), work.at)
    rows = [(report.id, one.id) for one in found]
    work.insert_new(ReportTicket, ("report_id", "ticket_id"), rows)
    payload = {"number": report.letter.number, "tickets": len(rows)}
    work.event("report.sign", "report", report.id, payload=payload)


MAKING = Making(compose_report, _approved, _keep)
"""How a report is put together, approved and kept where a letter is made."""
