"""Tests of rules/visits."""
