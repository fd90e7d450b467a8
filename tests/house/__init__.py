"""The house rules (HOUSE.md), each held for the whole tree by a test that names file and line."""
