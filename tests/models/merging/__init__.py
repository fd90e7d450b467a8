"""Tests of merged appeals."""
