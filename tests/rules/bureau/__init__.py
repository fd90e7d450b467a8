"""Tests of rules/bureau."""
