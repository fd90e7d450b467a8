"""Tests of rules/receptions."""
