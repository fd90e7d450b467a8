"""The store: opening, reading, one unit of work, the trail, backup and upgrade."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from models.store.actor import Actor as Actor, active_operators as active_operators
    from models.store.anchors import keep_anchor as keep_anchor, read_anchors as read_anchors
    from models.store.apart import (
        LEFT_TO_SIGNERS as LEFT_TO_SIGNERS,
        left_to as left_to,
        signer_beside as signer_beside,
    )
    from models.store.backup import back_up as back_up, restore as restore
    from models.store.bulk import (
        Model as Model,
        count_up as count_up,
        each_of as each_of,
        table as table,
    )
    from models.store.confirming import (
        ClockState as ClockState,
        clock_state as clock_state,
        confirm_clock as confirm_clock,
    )
    from models.store.counts import reckon as reckon
    from models.store.creation import FirstContent as FirstContent
    from models.store.disclosed import Disclosed as Disclosed, disclosures as disclosures
    from models.store.errors import LostRace as LostRace, StoreError as StoreError
    from models.store.failures import explained as explained
    from models.store.files import (
        WholeFiles as WholeFiles,
        clear_leftovers as clear_leftovers,
        plain_file as plain_file,
        private as private,
        whole_file as whole_file,
    )
    from models.store.findings import Verification as Verification
    from models.store.grants import follow_roles as follow_roles, require_login as require_login
    from models.store.journal import WITHIN as WITHIN, Journal as Journal, values_of as values_of
    from models.store.opening import open_store as open_store
    from models.store.pairs import (
        FORGET_PAIRS as FORGET_PAIRS,
        Matching as Matching,
        matching as matching,
        tail_of as tail_of,
    )
    from models.store.permitted import (
        CALLERS as CALLERS,
        PERMITTED as PERMITTED,
        WORKING as WORKING,
        called as called,
        outside as outside,
        require_inside as require_inside,
        require_roles as require_roles,
    )
    from models.store.place_counts import (
        CONTACT as CONTACT,
        LEVELS as LEVELS,
        OF_ROUND as OF_ROUND,
        OF_TICKET as OF_TICKET,
        RATED as RATED,
        months_of as months_of,
        of_round as of_round,
        of_ticket as of_ticket,
        seconds_of as seconds_of,
    )
    from models.store.present import machine_clock as machine_clock
    from models.store.reader import Reader as Reader, like as like, literal as literal
    from models.store.retrying import retried as retried
    from models.store.rows import HOUR as HOUR, Query as Query, Source as Source
    from models.store.store import Store as Store
    from models.store.trail import canonical as canonical, iso as iso
    from models.store.transcript import (
        LINES as LINES,
        MANIFEST as MANIFEST,
        transcribe as transcribe,
    )
    from models.store.unit_words import (
        spoken_units as spoken_units,
        units_named as units_named,
    )
    from models.store.upgrading import upgrade_postgres as upgrade_postgres
    from models.store.verifying import verify_store as verify_store, verify_trail as verify_trail
    from models.store.version import SCHEMA as SCHEMA
    from models.store.work import Work as Work

__getattr__, __dir__ = lazily(
    __name__,
    {
        "actor": ("Actor", "active_operators"),
        "anchors": ("keep_anchor", "read_anchors"),
        "apart": ("LEFT_TO_SIGNERS", "left_to", "signer_beside"),
        "backup": ("back_up", "restore"),
        "bulk": ("Model", "count_up", "each_of", "table"),
        "confirming": ("ClockState", "clock_state", "confirm_clock"),
        "counts": ("reckon",),
        "creation": ("FirstContent",),
        "disclosed": ("Disclosed", "disclosures"),
        "errors": ("LostRace", "StoreError"),
        "failures": ("explained",),
        "files": ("WholeFiles", "clear_leftovers", "plain_file", "private", "whole_file"),
        "findings": ("Verification",),
        "grants": ("follow_roles", "require_login"),
        "journal": ("Journal", "WITHIN", "values_of"),
        "opening": ("open_store",),
        "pairs": ("FORGET_PAIRS", "Matching", "matching", "tail_of"),
        "permitted": (
            "CALLERS",
            "PERMITTED",
            "WORKING",
            "called",
            "outside",
            "require_inside",
            "require_roles",
        ),
        "place_counts": (
            "CONTACT",
            "LEVELS",
            "OF_ROUND",
            "OF_TICKET",
            "RATED",
            "months_of",
            "of_round",
            "of_ticket",
            "seconds_of",
        ),
        "present": ("machine_clock",),
        "reader": ("Reader", "like", "literal"),
        "retrying": ("retried",),
        "rows": ("HOUR", "Query", "Source"),
        "store": ("Store",),
        "trail": ("canonical", "iso"),
        "transcript": ("LINES", "MANIFEST", "transcribe"),
        "unit_words": ("spoken_units", "units_named"),
        "upgrading": ("upgrade_postgres",),
        "verifying": ("verify_store", "verify_trail"),
        "version": ("SCHEMA",),
        "work": ("Work",),
    },
)
