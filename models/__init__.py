"""First floor: the store, its tables, every read and every transaction on them."""

from __future__ import annotations
