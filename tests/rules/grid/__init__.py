"""Tests of the levels of places and of lists of them."""
