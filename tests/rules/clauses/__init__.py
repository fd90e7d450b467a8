"""Tests of the reading of rules."""
