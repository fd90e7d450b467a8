"""Tests of the rules of merging."""
