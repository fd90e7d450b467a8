"""Tests of console/receptions."""
