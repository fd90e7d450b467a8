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
    "console/casework/acting.py": (
        "console.casework.drafting.Drafting",
        "console.casework.handed_papers.handover_folder",
        "console.casework.handed_papers.write_handovers",
        "console.casework.reminding.Reminders",
        "console.casework.reminding.draft_reminders",
        "console.casework.reminding.record_reminders",
    ),
    "console/widgets/list_screen.py": ("console.widgets.questions.StepMenu",),
    "models/store/opening.py": (
        "models.store.creation.create_postgres",
        "models.store.creation.create_sqlite",
        "models.store.upgrading.upgrade_sqlite",
    ),
    "models/store/store.py": (
        "models.store.database.make_engine",
        "models.store.server.PostgresReader",
        "models.store.writing.begin_work",
    ),
}
"""The file is loaded before the first frame, what it imports only when it is used."""

BY_NAME: Listed = {
    "console/command/verbs.py": ("<computed>",),
    "rules/lazy.py": ("<computed>",),
}
"""Modules that are looked up by a name known only when the program runs."""

COMMAND_LINE: Listed = {
    "console/__main__.py": ("console.app.run",),
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
