"""The store: opening, reading, one unit of work, the trail, backup and upgrade."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.store.actor import active_operators as active_operators
    from models.store.backup import back_up as back_up
    from models.store.backup import restore as restore
    from models.store.bulk import each_of as each_of
    from models.store.bulk import update_many as update_many
    from models.store.errors import LostRace as LostRace
    from models.store.errors import StoreError as StoreError
    from models.store.grants import grant as grant
    from models.store.grants import withdraw as withdraw
    from models.store.opening import open_store as open_store
    from models.store.reader import Reader as Reader
    from models.store.reader import Rows as Rows
    from models.store.reader import from_text as from_text
    from models.store.reader import like as like
    from models.store.store import ROLES as ROLES
    from models.store.store import Store as Store
    from models.store.trail import Verification as Verification
    from models.store.trail import canonical as canonical
    from models.store.trail import iso as iso
    from models.store.trail import verify_trail as verify_trail
    from models.store.transcript import LINES as LINES
    from models.store.transcript import MANIFEST as MANIFEST
    from models.store.transcript import transcribe as transcribe
    from models.store.upgrading import upgrade_postgres as upgrade_postgres
    from models.store.version import SCHEMA as SCHEMA
    from models.store.work import WITHIN as WITHIN
    from models.store.work import Journal as Journal
    from models.store.work import Model as Model
    from models.store.work import Work as Work
    from models.store.work import table as table
    from models.store.work import values_of as values_of

__getattr__, __dir__ = lazily(
    __name__,
    {
        "actor": ("active_operators",),
        "backup": ("back_up", "restore",),
        "bulk": ("each_of", "update_many",),
        "errors": ("LostRace", "StoreError",),
        "grants": ("grant", "withdraw",),
        "opening": ("open_store",),
        "reader": ("Reader", "Rows", "from_text", "like",),
        "store": ("ROLES", "Store",),
        "trail": ("Verification", "canonical", "iso", "verify_trail",),
        "transcript": ("LINES", "MANIFEST", "transcribe",),
        "upgrading": ("upgrade_postgres",),
        "version": ("SCHEMA",),
        "work": ("Journal", "Model", "WITHIN", "Work", "table", "values_of",),
    },
)
