"""Problems: what several citizens mean at once, linked by what they complain of.

After each import ``link_new(store)`` puts new appeals together. To read: ``problems(reader,
ProblemFilter(...))`` lists them, ``problem_of(reader, id)`` gives one, ``problem_appeals`` its
appeals masked and why each belongs, ``spread_of`` its units, channels, places and shared keys,
``days_of`` its curve by day, ``problems_of_tickets`` which problem tickets belong to. To decide:
``confirm_problem``, ``refuse_problem``, ``name_problem``, ``link_tickets``, ``split_tickets``,
``split_by_key``, ``join_problems``; each takes the version that was seen. 举报 and 保密 are never
part of a problem. ``known_at`` is when the N-th different citizen had reported it (policy
``[problems] alarm``).
"""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.problems.deciding import (
        confirm_problem as confirm_problem,
        join_problems as join_problems,
        link_tickets as link_tickets,
        name_problem as name_problem,
        refuse_problem as refuse_problem,
        split_by_key as split_by_key,
        split_tickets as split_tickets,
    )
    from models.problems.keyed import OPEN_TO_ALL as OPEN_TO_ALL, every as every
    from models.problems.linking import (
        Linked as Linked,
        link_new as link_new,
        link_or_leave as link_or_leave,
        waiting_count as waiting_count,
    )
    from models.problems.listing import (
        KIND_NAMES as KIND_NAMES,
        PROBLEM_STATES as PROBLEM_STATES,
        STANDING as STANDING,
        ProblemAppeal as ProblemAppeal,
        ProblemFilter as ProblemFilter,
        ProblemLine as ProblemLine,
        Reason as Reason,
        TicketProblem as TicketProblem,
        problem_appeals as problem_appeals,
        problem_count as problem_count,
        problem_of as problem_of,
        problems as problems,
        problems_of_tickets as problems_of_tickets,
    )
    from models.problems.spread import (
        Share as Share,
        Shared as Shared,
        Spread as Spread,
        days_of as days_of,
        spread_of as spread_of,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "deciding": (
            "confirm_problem",
            "join_problems",
            "link_tickets",
            "name_problem",
            "refuse_problem",
            "split_by_key",
            "split_tickets",
        ),
        "keyed": ("OPEN_TO_ALL", "every"),
        "linking": ("Linked", "link_new", "link_or_leave", "waiting_count"),
        "listing": (
            "KIND_NAMES",
            "PROBLEM_STATES",
            "STANDING",
            "ProblemAppeal",
            "ProblemFilter",
            "ProblemLine",
            "Reason",
            "TicketProblem",
            "problem_appeals",
            "problem_count",
            "problem_of",
            "problems",
            "problems_of_tickets",
        ),
        "spread": ("Share", "Shared", "Spread", "days_of", "spread_of"),
    },
)
