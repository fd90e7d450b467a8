"""Tests of rules/problems."""
