"""Each house rule, broken once in a small tree: the failure names file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.house import first_frame, queries, rooms, shape, writing
from tests.house.tree import Tree

Check = Callable[[Tree], list[str]]

Files = Mapping[str, str]

LAZY = """from typing import TYPE_CHECKING
from rules.lazy import lazily
if TYPE_CHECKING:
    from models.clocks.stored import put as put
__getattr__, __dir__ = lazily(__name__, {"stored": ("put",)})
"""

ROOM: Files = {
    "rules/lazy.py": "def lazily() -> None: ...\n",
    "models/clocks/__init__.py": LAZY,
    "models/clocks/stored.py": "def put() -> None: ...\n",
}


def circles(tree: Tree) -> list[str]:
    return rooms.circles(tree, "models")


def shared(tree: Tree) -> list[str]:
    return shape.shared_basenames(tree, "console")


def one_unformatted(tree: Tree) -> list[str]:
    return shape.unformatted(tree, most=1)


def deferred(tree: Tree) -> list[str]:
    return first_frame.unlisted(
        tree, {"first frame": {"console/app.py": ("console.shown.shown", "console.gone.gone")}}
    )


def needless(tree: Tree) -> list[str]:
    listed = {"console/app.py": ("models.store.Store", "json"), "console/late.py": ("json",)}
    return first_frame.needless(tree, ("console.app", "models.store"), listed)


BROKEN: tuple[tuple[Check, Files, list[str]], ...] = (
    (
        rooms.floors_upward,
        {"rules/a.py": "import rules.b\n", "rules/b.py": "def f():\n    import models.c\n"},
        ["rules/b.py:2: rules imports models.c"],
    ),
    (
        rooms.rooms_upward,
        {
            "models/clocks/a.py": "from models import casework\nfrom models.store import b\n",
            "models/casework/__init__.py": "",
            "models/store/b.py": "",
            "models/attic/c.py": "",
        },
        [
            "models/attic/c.py:1: room models.attic has no place in ORDER",
            "models/clocks/a.py:1: models.clocks imports models.casework (models.casework)",
        ],
    ),
    (
        rooms.rooms_upward,
        {
            "seed/reference/a.py": "import seed.channels.b\n",
            "seed/channels/b.py": "import seed.sheets\n",
            "seed/sheets.py": "",
        },
        ["seed/reference/a.py:1: seed.reference imports seed.channels (seed.channels.b)"],
    ),
    (
        rooms.views_read_below,
        {
            "models/views/a.py": "from models.views import b\n",
            "models/views/b.py": "",
            "console/c.py": "from models.views import a\n",
            "seed/d.py": "\n\nfrom models.views import a\n",
        },
        ["seed/d.py:3: seed.d imports models.views.a"],
    ),
    (
        rooms.past_the_door,
        {
            **ROOM,
            "models/clocks/settling.py": "from models.clocks.stored import put\n",
            "models/clocks/sweeping.py": "from models.clocks import put\n",
            "models/casework/a.py": "from models.clocks import put\n",
            "models/casework/b.py": "from models.clocks.stored import put\n",
            "console/c.py": "import models.clocks.stored\nimport models.gone\n",
        },
        [
            "models/casework/b.py:1: models.clocks.stored is read past models.clocks",
            "models/clocks/sweeping.py:1: models.clocks.sweeping imports its own room",
            "console/c.py:1: models.clocks.stored is read past models.clocks",
            "console/c.py:2: nothing is called models.gone",
        ],
    ),
    (
        circles,
        {
            "models/a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
            "    from models.b import b\n",
            "models/b.py": "import models.c\n",
            "models/c.py": "def f():\n    from models import a\n",
            "models/d.py": "import models.a\n",
        },
        [
            "models/a.py:3 imports models.b.b, models/b.py:1 imports models.c, "
            "models/c.py:2 imports models.a"
        ],
    ),
    (
        rooms.doors_ajar,
        {
            **ROOM,
            "models/clocks/__init__.py": LAZY.replace('("put",)', '("put", "stored", "end")'),
            "models/clocks/stored.py": "\nstored = end = 1\n",
        },
        [
            "models/clocks/__init__.py:5: end is not imported for type checking",
            "models/clocks/__init__.py:5: stored defines no put",
            "models/clocks/__init__.py:5: stored is not imported for type checking",
            "models/clocks/__init__.py:5: stored is a file of the room, too",
        ],
    ),
    (
        rooms.doors_ajar,
        {**ROOM, "models/clocks/__init__.py": LAZY.replace('{"stored": ("put",)}', "{}")},
        ["models/clocks/__init__.py:4: put is not in the table of names"],
    ),
    (
        rooms.doors_ajar,
        {**ROOM, "models/clocks/__init__.py": LAZY.replace(" as put", "")},
        ["models/clocks/__init__.py:4: put is not told to be given (as put)"],
    ),
    (
        shared,
        {
            "console/a/screen.py": "",
            "console/b/screen.py": "",
            "console/a/look.tcss": "",
            "console/b/look.tcss": "",
            "console/a/rows.py": "",
            "console/b/rows.py": "",
        },
        ["console/a/rows.py:1: called as console/b/rows.py"],
    ),
    (
        shape.long_files,
        {"models/a.py": "\n" * 350, "models/b.py": "\n" * 351},
        ["models/b.py:351: 351 lines"],
    ),
    (
        shape.small_files,
        {
            **ROOM,
            "models/a.py": "from models.clocks import put\nimport models.b\n" + "\n" * 40,
            "models/b.py": "\n" * 29,
            "models/c.py": "import models.d\n" + "\n" * 40,
            "models/d.py": "\n" * 30,
        },
        [
            "models/b.py:1: 29 lines, one user (models.a)",
            "models/clocks/stored.py:1: 1 lines, one user (models.a)",
        ],
    ),
    (
        shape.long_functions,
        {"models/a.py": "class A:\n    def f(self):\n" + "        x = 1\n" * 50},
        ["models/a.py:2: f has 51 lines"],
    ),
    (
        one_unformatted,
        {"models/a.py": 'x = 1  # fmt: skip\ny = "# fmt: skip"\n# fmt: off\n'},
        ["models/a.py:1: 2 times"],
    ),
    (
        shape.bare_ignores,
        {
            "models/a.py": "a = 1  # type: ignore\nb = 1  # type: ignore[misc]\n"
            "c = 1  # type: ignore[arg-type, misc]  # says why\n",
        },
        ["models/a.py:1: # type: ignore", "models/a.py:2: # type: ignore[misc]"],
    ),
    (
        shape.later,
        {"models/a.py": 'x = "TODO"\n\ny = 1  # TODO later\n'},
        ["models/a.py:3: # TODO later"],
    ),
    (
        shape.vague_names,
        {
            "models/utils.py": "",
            "models/a.py": "class StoreManager:\n    def path_helper(self): ...\n",
            "models/b.py": "def manage(): ...\n",
        },
        [
            "models/a.py:1: StoreManager",
            "models/a.py:2: path_helper",
            "models/utils.py:1: utils",
        ],
    ),
    (
        deferred,
        {
            "console/app.py": "def f():\n    from console.shown import shown\n"
            "    from console.other import other\n",
        },
        [
            "console/app.py:3: console.other.other is imported inside a function: ",
            "console/app.py:1: console.gone.gone is no longer imported inside a function: ",
        ],
    ),
    (
        needless,
        {
            "console/app.py": "def f():\n    from models.store import Store\n    import json\n",
            "console/late.py": "def f():\n    import json\n",
            "models/store.py": "class Store: ...\n",
        },
        [
            "console/app.py:2: models.store is loaded by the first frame all the same",
            "console/late.py:2: console.late is not loaded so early itself",
        ],
    ),
    (
        writing.sql_above,
        {
            "models/a.py": 'A = "SELECT id FROM ticket"\n',
            "seed/b.py": 'B = f"DELETE FROM {1}"\nC = "UPDATE ticket SET x = 1"\n',
            "console/c.py": '"""Say SELECT id FROM ticket."""\n\nD = "\\nSELECT id\\nFROM ticket"\n'
            'E = "Select what is shown from the list"\nF = "INSERT INTO ticket VALUES (1)"\n',
        },
        [
            "seed/b.py:1: DELETE FROM",
            "seed/b.py:2: UPDATE ticket SET x = 1",
            "console/c.py:3: SELECT id FROM ticket",
            "console/c.py:5: INSERT INTO ticket VALUES (1)",
        ],
    ),
    (
        writing.ends_elsewhere,
        {
            "models/store/a.py": 'conn.execute("COMMIT")\nconn.commit()\n',
            "models/orders/b.py": 'conn.execute("BEGIN IMMEDIATE")\nconn.commit()\n'
            'x = "Begin here"\n',
        },
        ["models/orders/b.py:2: .commit()", "models/orders/b.py:1: BEGIN IMMEDIATE"],
    ),
    (
        writing.files_written_elsewhere,
        {
            "models/store/files.py": "def a(path):\n    path.write_bytes(b'')\n",
            "console/a.py": "import os\n\ndef a(path, part):\n    path.open('w')\n"
            "    open(path, mode='ab')\n    part.write_text('')\n    path.open('rb')\n"
            "    os.open(path, os.O_WRONLY)\n    os.replace(part, path)\n    book.save(path)\n"
            "    out = BytesIO()\n    book.save(out)\n    ZipFile(path, 'w')\n    ZipFile(path)\n",
        },
        [
            "console/a.py:4: path.open('w')",
            "console/a.py:5: open(path, mode='ab')",
            "console/a.py:8: os.open(path, os.O_WRONLY)",
            "console/a.py:9: os.replace(part, path)",
            "console/a.py:10: book.save(path)",
            "console/a.py:13: ZipFile(path, 'w')",
        ],
    ),
    (
        writing.clocks_written_elsewhere,
        {
            "models/clocks/a.py": "from models.tables import Deadline\nwork.insert(Deadline)\n",
            "models/orders/b.py": "from models.tables import Deadline, Round\n"
            "work.update(Round, 1)\nwork.update(Deadline, 1)\nDeadline(id=1)\n"
            'work.run("UPDATE crossing SET x = 1")\nx = "SELECT id FROM pause"\n',
        },
        [
            "models/orders/b.py:3: work.update: Deadline",
            "models/orders/b.py:4: Deadline: Deadline",
            "models/orders/b.py:5: UPDATE crossing",
        ],
    ),
    (
        shape.unclear_signs,
        {"console/a.py": '"""Say … here."""\n\nA = "红Ⅱ"\nB = f"等{1}…"\nC = "红2.."\n'},
        ["console/a.py:3: 红Ⅱ", "console/a.py:4: …"],
    ),
    (
        queries.hidden,
        {
            "models/a.py": 'A = Query(Row, "SELECT 1")\n'
            'def f():\n    return Query[Row](Row, "SELECT 1")\n'
        },
        ["models/a.py:3: a Query is made inside f"],
    ),
)


@pytest.mark.parametrize(
    ("check", "files", "told"),
    BROKEN,
    ids=[f"{check.__name__}-{place}" for place, (check, _, _) in enumerate(BROKEN)],
)
def test_a_broken_rule_is_told_with_file_and_line(
    tmp_path: Path, check: Check, files: Files, told: list[str]
) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = check(Tree(tmp_path))
    assert len(found) == len(told), found
    for line, start in zip(found, told, strict=True):
        assert line.startswith(start)
