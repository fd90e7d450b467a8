"""The store: opening, reading, one unit of work, the trail, backup and upgrade."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.store.actor import active_operators as active_operators
    from models.store.backup import back_up as back_up, restore as restore
    from models.store.bulk import (
        Model as Model,
        each_of as each_of,
        table as table,
        update_many as update_many,
    )
    from models.store.creation import FirstContent as FirstContent
    from models.store.errors import LostRace as LostRace, StoreError as StoreError
    from models.store.grants import grant as grant, withdraw as withdraw
    from models.store.opening import open_store as open_store
    from models.store.reader import (
        Reader as Reader,
        Rows as Rows,
        from_text as from_text,
        like as like,
        literal as literal,
    )
    from models.store.store import Store as Store
    from models.store.trail import (
        Verification as Verification,
        canonical as canonical,
        iso as iso,
        verify_trail as verify_trail,
    )
    from models.store.transcript import (
        LINES as LINES,
        MANIFEST as MANIFEST,
        transcribe as transcribe,
    )
    from models.store.upgrading import upgrade_postgres as upgrade_postgres
    from models.store.version import SCHEMA as SCHEMA
    from models.store.work import (
        WITHIN as WITHIN,
        Journal as Journal,
        Work as Work,
        values_of as values_of,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "actor": ("active_operators",),
        "backup": ("back_up", "restore"),
        "bulk": ("Model", "each_of", "table", "update_many"),
        "creation": ("FirstContent",),
        "errors": ("LostRace", "StoreError"),
        "grants": ("grant", "withdraw"),
        "opening": ("open_store",),
        "reader": ("Reader", "Rows", "from_text", "like", "literal"),
        "store": ("Store",),
        "trail": ("Verification", "canonical", "iso", "verify_trail"),
        "transcript": ("LINES", "MANIFEST", "transcribe"),
        "upgrading": ("upgrade_postgres",),
        "version": ("SCHEMA",),
        "work": ("Journal", "WITHIN", "Work", "values_of"),
    },
)
