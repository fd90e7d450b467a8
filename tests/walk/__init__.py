"""A second engine of deadlines, slow and obvious, that shares no code with the first.

It goes minute by minute over a map of local time and says what DESIGN §5 says. ``python -m
tests.walk 50000`` sets it beside the fast one on that many random matters.
"""
