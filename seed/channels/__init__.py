"""Channel readers: every source as data, one way in."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from seed.channels.campaign_files import (
        read_progress_file as read_progress_file,
        read_questions as read_questions,
    )
    from seed.channels.dispatch_lines import (
        labels_of as labels_of,
        read_lines as read_lines,
        write_lines as write_lines,
    )
    from seed.channels.disputes import Dispute as Dispute, DisputeFile as DisputeFile
    from seed.channels.draft import Draft as Draft, drafted as drafted
    from seed.channels.encoding import encoding_of as encoding_of
    from seed.channels.grid_files import (
        read_cell_matters as read_cell_matters,
        read_code_file as read_code_file,
    )
    from seed.channels.group_messages import (
        read_group_messages as read_group_messages,
        read_groups as read_groups,
    )
    from seed.channels.guess import SURE as SURE, Guess as Guess
    from seed.channels.halves import HANDOUT_SHOWN as HANDOUT_SHOWN
    from seed.channels.learned import profile_of as profile_of
    from seed.channels.place_list import (
        read_places as read_places,
        write_places as write_places,
    )
    from seed.channels.profile import Profile as Profile
    from seed.channels.profiles import PROFILES as PROFILES, shipped_text as shipped_text
    from seed.channels.questions import (
        UnknownUnit as UnknownUnit,
        UnknownWord as UnknownWord,
        unknown_units as unknown_units,
        unknown_words as unknown_words,
    )
    from seed.channels.reading import Reading as Reading, read_file as read_file
    from seed.channels.reception_files import (
        read_parties as read_parties,
        read_plan as read_plan,
    )
    from seed.channels.synonyms import (
        FIELD_OF as FIELD_OF,
        NO_FIELD as NO_FIELD,
        SYNONYMS as SYNONYMS,
    )
    from seed.channels.table import (
        SeveralSheets as SeveralSheets,
        UnknownHeader as UnknownHeader,
        cell_text as cell_text,
        explained as explained,
    )
    from seed.channels.visit_files import read_visit_file as read_visit_file
    from seed.channels.words import (
        NATURES as NATURES,
        OUTCOMES as OUTCOMES,
        RATINGS as RATINGS,
        URGENCIES as URGENCIES,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "campaign_files": ("read_progress_file", "read_questions"),
        "reception_files": ("read_parties", "read_plan"),
        "disputes": ("Dispute", "DisputeFile"),
        "dispatch_lines": ("labels_of", "read_lines", "write_lines"),
        "draft": ("Draft", "drafted"),
        "encoding": ("encoding_of",),
        "grid_files": ("read_cell_matters", "read_code_file"),
        "group_messages": ("read_group_messages", "read_groups"),
        "guess": ("Guess", "SURE"),
        "learned": ("profile_of",),
        "place_list": ("read_places", "write_places"),
        "profile": ("Profile",),
        "halves": ("HANDOUT_SHOWN",),
        "profiles": ("PROFILES", "shipped_text"),
        "questions": ("UnknownUnit", "UnknownWord", "unknown_units", "unknown_words"),
        "reading": ("Reading", "read_file"),
        "synonyms": ("FIELD_OF", "NO_FIELD", "SYNONYMS"),
        "table": ("SeveralSheets", "UnknownHeader", "cell_text", "explained"),
        "visit_files": ("read_visit_file",),
        "words": ("NATURES", "OUTCOMES", "RATINGS", "URGENCIES"),
    },
)
