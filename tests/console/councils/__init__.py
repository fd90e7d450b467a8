"""Tests of console/councils."""
