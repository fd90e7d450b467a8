"""The list of other names that columns of the exchange form go by."""

from __future__ import annotations

from collections import Counter

from rules.intake import FIELDS, LABELS
from seed.channels.profile import normal
from seed.channels.synonyms import FIELD_OF, NO_FIELD, SYNONYMS


def test_a_name_means_one_field_and_is_no_forms_own_name() -> None:
    counts = Counter(name for names in SYNONYMS.values() for name in names)
    assert [name for name, count in counts.items() if count > 1] == []
    assert not {*counts, *NO_FIELD} & {*LABELS, *LABELS.values()}
    assert not counts.keys() & NO_FIELD


def test_names_stand_in_the_form_in_which_headers_are_compared() -> None:
    assert [name for name in (*FIELD_OF, *NO_FIELD) if normal(name) != name] == []
    assert SYNONYMS.keys() <= set(FIELDS)
