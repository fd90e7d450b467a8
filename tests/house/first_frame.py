"""Imports inside functions: which there are, and whether the first frame needs them there.

Importing at the top is the rule. What the first frame of the console would have to load for
nothing is imported where it is used; every such import is listed below, so that the list is what
somebody who adds one has to look at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tests.house.tree import Import, Tree

Listed = Mapping[str, tuple[str, ...]]


FIRST_FRAME: Listed = {
    "console/__main__.py": (
        "console.cli.verbs.run",
        "importlib.metadata.PackageNotFoundError",
        "importlib.metadata.version",
    ),
    "console/app.py": (
        "console.opening.open_settled",
        "console.screens.about.AboutScreen",
        "console.screens.calendar.screen.CalendarScreen",
        "console.screens.commands.help_screen",
        "console.screens.commands.palette_screen",
        "console.screens.commands.run_command",
        "console.screens.desk.screen.DecisionScreen",
        "console.screens.first.FirstScreen",
        "console.screens.orders.screen.OrdersScreen",
        "console.screens.ranking.screen.RankingScreen",
        "console.screens.ticket.screen.TicketScreen",
        "rules.errors.DubanError",
    ),
    "console/cli/rank.py": ("json",),
    "console/cli/store.py": ("models.store.upgrade_postgres",),
    "console/cli/ticket/urging.py": ("console.documents.reminder_paper.write_reminders",),
    "console/config.py": ("console.locations.config_file",),
    "console/desk/__init__.py": (
        "models.clocks.ticket_derivations",
        "models.orders.draft",
        "models.views.desk_total",
        "models.views.queue_window",
        "models.views.ticket_view",
    ),
    "console/desk/about.py": ("models.views.store_facts",),
    "console/desk/calendar.py": (
        "models.clocks.calendar_versions",
        "models.clocks.calendars",
        "models.clocks.days_of",
        "models.clocks.rehearse_calendar",
        "seed.reference.builtin_calendar",
        "seed.reference.extended",
        "seed.reference.read_notice",
    ),
    "console/desk/casework.py": (
        "console.documents.reminder_paper.write_reminders",
        "console.locations.exports_dir",
        "models.casework",
        "models.casework.redo",
        "models.casework.undo",
        "models.matter.load_matter",
        "models.matter.position",
        "models.views.VERB_NAMES",
        "rules.casework.STEPS",
        "rules.casework.allowed_steps",
        "rules.casework.check_step",
        "rules.casework.status_label",
        "rules.errors.Refused",
    ),
    "console/desk/decisions.py": (
        "models.casework.Suggestions",
        "models.intake",
        "models.orders.orders_by_id",
        "models.views.desk_queues",
        "models.views.desk_rows",
        "models.views.foresee_extension",
        "rules.clocks.short_instant",
    ),
    "console/desk/facts.py": ("models.views.channel_names", "models.views.unit_choices"),
    "console/desk/orders.py": (
        "console.documents.as_text.lines_of",
        "console.documents.order_paper.order_paper",
        "console.locations.exports_dir",
        "models.orders",
        "models.orders.BASES",
        "models.orders.export_paper",
        "models.orders.listing",
        "models.orders.paper_of",
        "models.orders.preview_order",
        "models.views.ticket_ids",
        "rules.casework.Position",
        "rules.casework.allowed_steps",
        "seed.sheets.put",
    ),
    "console/desk/queue.py": (
        "models.views.queue_counts",
        "models.views.queue_moment",
        "models.views.queue_snapshot",
        "models.views.queue_window",
        "rules.casework.status_label",
        "rules.clocks.STEP_NAMES",
        "rules.text.mask_text",
    ),
    "console/desk/ranking.py": (
        "console.documents.edition.render_edition",
        "console.documents.edition.render_one",
        "console.documents.ranking_lines.COLUMNS",
        "console.documents.ranking_lines.columns_named",
        "console.documents.ranking_lines.group_name",
        "console.documents.ranking_lines.printed",
        "console.locations.exports_dir",
        "models.orders.draft_flag",
        "models.ranking.edition_of",
        "models.ranking.editions",
        "models.ranking.files_of",
        "models.ranking.flags",
        "models.ranking.month_tables",
        "models.ranking.raise_flags",
        "models.ranking.successors",
        "rules.errors.DubanError",
        "rules.ranking.MonthTable",
        "rules.ranking.last_complete",
        "rules.ranking.last_places",
        "rules.ranking.parse_period",
        "rules.ranking.period_after",
        "rules.ranking.period_before",
        "rules.ranking.running",
        "seed.sheets.put",
    ),
    "console/opening.py": ("seed.reference.first_content",),
    "console/screens/about.py": ("console.desk.about.about",),
    "console/screens/desk/deciding.py": ("console.screens.desk.screen.chosen_of",),
    "console/screens/forms.py": (
        "console.screens.acting.unit_choice",
        "rules.casework.RETURN_CODES",
    ),
    "console/screens/frame.py": ("console.desk.casework",),
    "console/screens/orders/acts.py": ("models.orders.Drafted",),
    "console/screens/queue/reading.py": ("console.screens.queue.sheet.write_sheet",),
    "console/screens/queue/sheet.py": ("xlsxwriter",),
    "console/screens/ranking/flags.py": ("models.ranking.RULES",),
    "models/store/opening.py": (
        "models.store.creation.create_postgres",
        "models.store.creation.create_sqlite",
        "models.store.upgrading.upgrade_sqlite",
    ),
    "models/store/store.py": (
        "models.store.database.make_engine",
        "models.store.writing.begin_work",
    ),
    "models/store/writing.py": ("psycopg",),
}
"""The file is loaded before the first frame, what it imports only when it is used."""


BY_NAME: Listed = {
    "console/cli/verbs.py": ("<computed>",),
    "rules/lazy.py": ("<computed>",),
}
"""Modules that are looked up by a name known only when the program runs."""


COMMAND_LINE: Listed = {
    "console/__main__.py": ("console.app.run",),
    "console/cli/demo.py": ("console.app.run",),
}
"""The command line draws nothing and loads no Textual, until it opens the console."""


DEFERRED: Mapping[str, Listed] = {
    "first frame": FIRST_FRAME,
    "by name": BY_NAME,
    "command line": COMMAND_LINE,
}


def unlisted(tree: Tree, deferred: Mapping[str, Listed] = DEFERRED) -> list[str]:
    """Return every import inside a function that is in no list, and every listed one that is gone.

    Each line ends with what to do: the import goes to the top of its file, or the list changes.
    """
    listed = {
        (file, imported): reason
        for reason, files in deferred.items()
        for file, many in files.items()
        for imported in many
    }
    there = {(found.source.path, found.imported): found for found in _deferred(tree)}
    return [
        *(
            f"{found.place}: {found.imported} is imported inside a function: to the top, or, where "
            "the first frame must not load it, into FIRST_FRAME of tests/house/first_frame.py"
            for key, found in there.items()
            if key not in listed
        ),
        *(
            f"{file}:1: {imported} is no longer imported inside a function: take it out of the "
            f"list “{reason}” of tests/house/first_frame.py"
            for (file, imported), reason in listed.items()
            if (file, imported) not in there
        ),
    ]


def needless(tree: Tree, early: Collection[str], listed: Listed = FIRST_FRAME) -> list[str]:
    """Return every listed import that spares the first frame nothing.

    ``early`` are the modules that the console loads for its first frame and its first rows.
    """
    broken = []
    for found in _deferred(tree):
        if found.imported not in listed.get(found.source.path, ()):
            continue
        home = tree.home(found)
        target = found.module if home is None else home.module
        if found.source.module not in early:
            broken.append(f"{found.place}: {found.source.module} is not loaded so early itself")
        elif target in early:
            broken.append(f"{found.place}: {target} is loaded by the first frame all the same")
    return broken


def _deferred(tree: Tree) -> list[Import]:
    return [found for source in tree.sources for found in source.imports if found.deferred]
