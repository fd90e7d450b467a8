"""Tests of rules/text."""
