"""Tests of rules/ranking."""
