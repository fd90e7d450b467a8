"""Tests of rules/insight."""
