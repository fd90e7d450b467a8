"""Channel readers: every source as data, one way in."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from seed.channels.disputes import Dispute as Dispute, DisputeFile as DisputeFile
    from seed.channels.encoding import encoding_of as encoding_of
    from seed.channels.halves import HANDOUT_SHOWN as HANDOUT_SHOWN
    from seed.channels.profiles import PROFILES as PROFILES
    from seed.channels.reading import Reading as Reading, read_file as read_file
    from seed.channels.synonyms import (
        FIELD_OF as FIELD_OF,
        NO_FIELD as NO_FIELD,
        SYNONYMS as SYNONYMS,
    )
    from seed.channels.table import explained as explained
    from seed.channels.words import (
        NATURES as NATURES,
        OUTCOMES as OUTCOMES,
        RATINGS as RATINGS,
        URGENCIES as URGENCIES,
    )

__getattr__, __dir__ = lazily(
    __name__,
    {
        "disputes": ("Dispute", "DisputeFile"),
        "encoding": ("encoding_of",),
        "halves": ("HANDOUT_SHOWN",),
        "profiles": ("PROFILES",),
        "reading": ("Reading", "read_file"),
        "synonyms": ("FIELD_OF", "NO_FIELD", "SYNONYMS"),
        "table": ("explained",),
        "words": ("NATURES", "OUTCOMES", "RATINGS", "URGENCIES"),
    },
)
