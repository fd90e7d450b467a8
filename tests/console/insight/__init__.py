"""Tests of console/insight."""
