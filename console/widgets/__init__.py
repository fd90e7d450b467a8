"""Parts of screens that know nothing of the store: they show what they are given."""

from __future__ import annotations




