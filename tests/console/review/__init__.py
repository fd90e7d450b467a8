"""Tests of console/review."""
