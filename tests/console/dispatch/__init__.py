"""Tests of console/dispatch."""
