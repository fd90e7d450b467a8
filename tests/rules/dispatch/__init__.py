"""Tests of rules/dispatch."""
