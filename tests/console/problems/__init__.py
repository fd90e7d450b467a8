"""Tests of console/problems."""
